"""Handing a finished summary over: the text or the files, and what the verifier has to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summarywriter.chinese.script import Script
from summarywriter.cli.leaf import is_for_eyes, shown
from summarywriter.cli.terminal import Terminal
from summarywriter.facts.index import FactIndex
from summarywriter.messages import role_name
from summarywriter.render import DocxLook, check_target, render_text, save
from summarywriter.slots.surface import gap
from summarywriter.summary import Summary
from summarywriter.verify.report import Finding, Severity

_SHOWN = 40


def check_outputs(paths: Sequence[Path], terminal: Terminal) -> None:
    """Refuse files that could not be written, before the work is done.

    Raises:
        RenderError: The first that could not.
    """
    for path in paths:
        check_target(path, lang=terminal.lang, script=terminal.script)


def deliver(
    summary: Summary,
    paths: Sequence[Path],
    terminal: Terminal,
    *,
    draft: bool,
    docx: DocxLook | None = None,
) -> None:
    """Write the files, or print the text where none was asked for; then tell how well it is grounded.

    Raises:
        RenderError: A file cannot be written.
    """
    for path in paths:
        written = save(summary, path, draft=draft, docx=docx, lang=terminal.lang)
        terminal.result(terminal.words("cli.written", path=written))
    if not paths:
        _show(summary, terminal, draft=draft)
    tell(summary, terminal)


def _show(summary: Summary, terminal: Terminal, *, draft: bool) -> None:
    """The text: set for a reader on a terminal, plain in a pipe."""
    if not is_for_eyes():
        terminal.result(render_text(summary, draft=draft).rstrip("\n"))
        return
    if draft:
        terminal.result(terminal.words("render.draft"), "warning")
    for line, is_heading in shown(summary):
        terminal.result(line, "heading" if is_heading else None)


def tell(summary: Summary, terminal: Terminal) -> None:
    """Tell fallbacks, findings, gaps and untold facts, and the verifier's line last."""
    titles = {
        section.id: section.heading or role_name(section.role, lang=terminal.lang, script=terminal.script)
        for section in summary.plan.sections
    }
    for section, reason in summary.trace.fallbacks.items():
        name = titles.get(section, section)
        terminal.say("cli.fallback", "warning", section=section, title=name, reason=reason)
    found = [f for f in summary.report.findings if f.severity is not Severity.UNVERIFIABLE]
    for finding in found[:_SHOWN]:
        pinned = any(start < finding.end and finding.start < end for start, end in summary.filled.pinned)
        mark = terminal.words("cli.into_pinned_mark") if pinned else ""
        told = f"{mark}{_finding(finding, terminal)}"
        terminal.note(told, "error" if finding.severity is Severity.ERROR else "warning")
    if len(found) > _SHOWN:
        terminal.say("cli.more", count=len(found) - _SHOWN)
    gaps = sum(summary.text.count(gap(script)) for script in Script)
    if gaps:
        terminal.say("cli.gaps", "warning", count=gaps)
    index = FactIndex.of(summary.facts)
    for fact in summary.report.untold:
        terminal.say("cli.untold", "warning", fact=fact, text=index[fact].text if fact in index else "")
    report = summary.report
    terminal.say(
        "cli.verified",
        "good" if not report.errors and not report.untold else "warning",
        errors=len(report.errors),
        told=report.told,
        total=report.total,
    )


def _finding(finding: Finding, terminal: Terminal) -> str:
    said = terminal.words(finding.code, **finding.params)
    return terminal.words(
        "cli.finding", line=finding.line, column=finding.column, code=finding.code, said=said
    )
