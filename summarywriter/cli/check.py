"""``summarywriter check``: any text, whoever wrote it, against its facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text
from summarywriter.cli.terminal import Terminal, cells

if TYPE_CHECKING:
    from summarywriter.cli.manuscript import Manuscript
    from summarywriter.facts.model import EventFacts
    from summarywriter.verify.report import Finding, VerificationReport

_BEFORE, _AFTER = 24, 16
"""Characters of the line shown before a span's start and after its end: a paragraph is one long line."""
_LONGEST = 40


def check(
    summary: Annotated[Path, typer.Argument(metavar="SUMMARY", help=help_text("summary"))],
    facts: options.FactsPath,
    *,
    format: options.FormatName = options.Format.TEXT,
    length: options.Length = None,
    lang: options.Language = None,
) -> None:
    """Print findings; errors exit with 1."""
    from summarywriter.cli.manuscript import read_manuscript
    from summarywriter.cli.setting import open_sheet
    from summarywriter.render import report_to_data
    from summarywriter.verify import verify_text

    sheet, terminal = open_sheet(facts, lang)
    manuscript = read_manuscript(summary, lang=terminal.lang, script=terminal.script)
    report = manuscript.placed(verify_text(manuscript.text, sheet, length=length))
    if format is options.Format.JSON:
        terminal.data(report_to_data(report, lang=terminal.lang, script=terminal.script))
    else:
        for finding in report.findings:
            _print(finding, manuscript, terminal, summary)
        _print_coverage(report, sheet, terminal)
    if report.errors:
        raise typer.Exit(1)


def _print(finding: Finding, manuscript: Manuscript, terminal: Terminal, file: Path) -> None:
    from summarywriter.verify.report import Severity

    grade = terminal.words(f"cli.severity.{finding.severity.value}")
    said = terminal.words(finding.code, **finding.params)
    ids = f" [{', '.join(finding.facts)}]" if finding.facts else ""
    head = f"{file}:{finding.line}:{finding.column}: {grade} {finding.code} {said}{ids}"
    terminal.result(head, "error" if finding.severity is Severity.ERROR else None)
    shown, mark = excerpt(manuscript.line(finding.line), finding.column - 1, finding.end - finding.start)
    if shown.strip():
        terminal.result(f"    {shown}")
        terminal.result(f"    {mark}")
    if finding.suggestion:
        terminal.result(f"    {terminal.words('cli.suggestion', text=finding.suggestion)}")


def excerpt(line: str, start: int, length: int) -> tuple[str, str]:
    r"""The part of a line around a span, and the carets that stand under the span on a terminal.

    >>> print("\n".join(excerpt("參加600多人。", 2, 5)))
    參加600多人。
        ^^^^^^^
    """
    line = line.replace("\t", " ")
    length = max(1, min(length, len(line) - start, _LONGEST))
    first = max(0, start - _BEFORE)
    last = min(len(line), start + length + _AFTER)
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    before = f"{head}{line[first:start]}"
    return f"{before}{line[start:last]}{tail}", " " * cells(before) + "^" * cells(
        line[start : start + length]
    )


def _print_coverage(report: VerificationReport, sheet: EventFacts, terminal: Terminal) -> None:
    from summarywriter.facts.index import FactIndex

    index = FactIndex.of(sheet)
    for fact in report.untold:
        terminal.result(
            terminal.words("cli.untold", fact=fact, text=index[fact].text if fact in index else "")
        )
    unsure = len(report.findings) - len(report.errors) - len(report.warnings)
    terminal.say(
        "cli.checked",
        "error" if report.errors else "good",
        errors=len(report.errors),
        warnings=len(report.warnings),
        unsure=unsure,
        told=report.told,
        total=report.total,
    )
