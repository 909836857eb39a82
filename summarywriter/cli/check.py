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
    from summarywriter.verify import Policy
    from summarywriter.verify.report import Finding, VerificationReport

_BEFORE, _AFTER = 24, 16
"""Characters of the line shown before a span's start and after its end: a paragraph is one long line."""
_LONGEST = 40

Checked = tuple[Path, "Manuscript", "VerificationReport"]


def check(
    texts: Annotated[list[Path], typer.Argument(metavar="SUMMARY... FACTS", help=help_text("texts"))],
    *,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="FACTS", help=help_text("facts_option"))
    ] = None,
    format: Annotated[
        options.CheckFormat, typer.Option("--format", help=help_text("format"))
    ] = options.CheckFormat.TEXT,
    explain: Annotated[bool, typer.Option("--explain", help=help_text("explain"))] = False,
    fix: Annotated[bool, typer.Option("--fix", help=help_text("fix"))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=help_text("yes"))] = False,
    config: options.ConfigFile = None,
    length: options.Length = None,
    lang: options.Language = None,
) -> None:
    """Print findings; errors exit with 1."""
    from summarywriter.cli.setting import open_sheet, policy_for, refuse

    files, sheet_file = _told_apart(texts, facts)
    if (fix or explain) and format is not options.CheckFormat.TEXT:
        refuse("cli.check.fix_format")
    sheet, terminal = open_sheet(sheet_file, lang)
    policy = policy_for(config, terminal)
    if fix:
        from summarywriter.cli.mending import mend_file

        for file in files:
            mend_file(file, sheet, terminal, length=length, policy=policy, yes=yes)
    checked = [_checked(file, sheet, terminal, length, policy) for file in files]
    for file, manuscript, _ in checked:
        if manuscript.document is not None and manuscript.document.has_unread_text:
            terminal.say("cli.check.unread", "quiet", file=file)
    if explain:
        from summarywriter.cli.explaining import print_groundings

        for file, manuscript, _ in checked:
            print_groundings(file, manuscript, sheet, terminal)
    _deliver(checked, sheet, terminal, format)
    if any(report.errors for _, _, report in checked):
        raise typer.Exit(1)


def _told_apart(texts: list[Path], facts: Path | None) -> tuple[list[Path], Path]:
    """The texts and the sheet: the last argument, unless ``--facts`` names it."""
    from summarywriter.cli.setting import refuse

    if facts is not None:
        return texts, facts
    if len(texts) < 2:  # noqa: PLR2004  a text and its sheet
        refuse("cli.check.needs_both")
    return texts[:-1], texts[-1]


def _checked(
    file: Path, sheet: EventFacts, terminal: Terminal, length: int | None, policy: Policy
) -> Checked:
    from summarywriter.cli.manuscript import read_manuscript
    from summarywriter.verify import verify_text

    manuscript = read_manuscript(file, lang=terminal.lang, script=terminal.script)
    return (
        file,
        manuscript,
        manuscript.placed(verify_text(manuscript.text, sheet, length=length, policy=policy)),
    )


def _deliver(
    checked: list[Checked], sheet: EventFacts, terminal: Terminal, format: options.CheckFormat
) -> None:
    if format is options.CheckFormat.SARIF:
        from summarywriter import __version__
        from summarywriter.render.sarif import CheckedFile, sarif

        found = [CheckedFile(str(file), manuscript.source, report) for file, manuscript, report in checked]
        terminal.data(sarif(found, sheet, version=__version__, lang=terminal.lang, script=terminal.script))
    elif format is options.CheckFormat.JSON:
        terminal.data(_json(checked, terminal))
    else:
        for file, manuscript, report in checked:
            for finding in report.findings:
                _print(finding, manuscript, sheet, terminal, file)
            _print_coverage(report, sheet, terminal, file if len(checked) > 1 else None)
        if len(checked) > 1:
            terminal.say(
                "cli.check.total",
                files=len(checked),
                errors=sum(len(report.errors) for _, _, report in checked),
                warnings=sum(len(report.warnings) for _, _, report in checked),
            )


def _json(checked: list[Checked], terminal: Terminal) -> dict[str, object]:
    """One report as it is; several under the names of their files."""
    from summarywriter.render import report_to_data

    reports = [
        (file, report_to_data(report, lang=terminal.lang, script=terminal.script))
        for file, _, report in checked
    ]
    if len(reports) == 1:
        return reports[0][1]
    return {
        "version": 1,
        "files": [
            {"file": str(file), "findings": data["findings"], "coverage": data["coverage"]}
            for file, data in reports
        ],
    }


def _print(
    finding: Finding, manuscript: Manuscript, sheet: EventFacts, terminal: Terminal, file: Path
) -> None:
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
    for fact in finding.facts[:1]:
        if line := _fact_line(fact, sheet):
            terminal.result(f"    = {line}")
    if finding.suggestion:
        terminal.result(f"    {terminal.words('cli.suggestion', text=finding.suggestion)}")


def _fact_line(fact_id: str, sheet: EventFacts) -> str:
    """A fact as ``facts.yaml:12: a1.f2 發放宣傳手冊1500份``."""
    from summarywriter.facts.index import FactIndex

    index = FactIndex.of(sheet)
    if fact_id not in index:
        return ""
    fact = index[fact_id]
    line = sheet.origin.line(fact.path)
    place = f"{sheet.origin.file}:{line}: " if line and sheet.origin.file else ""
    label = fact.figure.label if fact.figure is not None else ""
    text = fact.text if fact.text.startswith(label) else label + fact.text
    return f"{place}{fact_id} {text}"


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


def _print_coverage(
    report: VerificationReport, sheet: EventFacts, terminal: Terminal, file: Path | None
) -> None:
    from summarywriter.facts.index import FactIndex

    index = FactIndex.of(sheet)
    name = f"{file}: " if file is not None else ""
    for fact in report.untold:
        text = index[fact].text if fact in index else ""
        terminal.result(name + terminal.words("cli.untold", fact=fact, text=text))
    unsure = len(report.findings) - len(report.errors) - len(report.warnings)
    said = terminal.words(
        "cli.checked",
        errors=len(report.errors),
        warnings=len(report.warnings),
        unsure=unsure,
        told=report.told,
        total=report.total,
    )
    terminal.note(name + said, "error" if report.errors else "good")
