"""``summarywriter lint``: what is wrong in the facts, and what a reader will ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarywriter.cli import options
from summarywriter.cli.terminal import Terminal

if TYPE_CHECKING:
    from summarywriter.facts.lint import Diagnostic


def lint(
    facts: options.FactsPath,
    *,
    format: options.FormatName = options.Format.TEXT,
    lang: options.Language = None,
) -> None:
    """Print diagnostics and questions; errors exit with 1."""
    from summarywriter.cli.setting import open_sheet
    from summarywriter.facts.lint import lint as find

    sheet, terminal = open_sheet(facts, lang)
    found = find(sheet)
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    if format is options.Format.JSON:
        terminal.data({"version": 1, "diagnostics": [_data(item, terminal) for item in found]})
    else:
        for diagnostic in found:
            _print(diagnostic, terminal, facts)
        warnings = sum(diagnostic.severity == "warning" for diagnostic in found)
        terminal.say(
            "cli.linted",
            "error" if errors else "good",
            errors=errors,
            warnings=warnings,
            questions=len(found) - errors - warnings,
        )
    if errors:
        raise typer.Exit(1)


def _print(diagnostic: Diagnostic, terminal: Terminal, file: Path) -> None:
    place = f"{file}:{diagnostic.line}" if diagnostic.line else str(file)
    grade = terminal.words(f"cli.severity.{diagnostic.severity}")
    ids = f" [{', '.join(diagnostic.facts)}]" if diagnostic.facts else ""
    told = diagnostic.told(lang=terminal.lang, script=terminal.script)
    line = f"{place}: {grade} {diagnostic.code} {told}{ids}"
    terminal.result(line, "error" if diagnostic.severity == "error" else None)
    if diagnostic.suggestion:
        terminal.result(f"    {terminal.words('cli.suggestion', text=diagnostic.suggestion)}")


def _data(diagnostic: Diagnostic, terminal: Terminal) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.told(lang=terminal.lang, script=terminal.script),
        "line": diagnostic.line,
        "facts": list(diagnostic.facts),
        "suggestion": diagnostic.suggestion,
    }
