"""``check --fix``: what is certain, shown as a diff first, and written into the file as it is."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarywriter.cli.terminal import Terminal, Tone, is_live

if TYPE_CHECKING:
    from summarywriter.facts.model import EventFacts
    from summarywriter.verify import Policy
    from summarywriter.verify.mend import Edit


def mend_file(
    file: Path, sheet: EventFacts, terminal: Terminal, *, length: int | None, policy: Policy, yes: bool
) -> None:
    """Mend one text, or one .docx in its own runs.

    A person at a terminal is asked; without one, only ``yes`` writes.

    Raises:
        FactsError: The text cannot be read.
        RenderError: It cannot be written: it is read-only, open elsewhere, or the system refuses.
    """
    from summarywriter.cli.manuscript import read_manuscript
    from summarywriter.render import check_replaceable, write_whole
    from summarywriter.verify.mend import mends

    manuscript = read_manuscript(file, lang=terminal.lang, script=terminal.script)
    edits = manuscript.edits(mends(manuscript.text, sheet, length=length, policy=policy))
    document = manuscript.document
    if document is not None:
        held = [edit for edit in edits if not document.whole.may_change(edit.start, edit.end)]
        for edit in held:
            line = manuscript.source.count("\n", 0, edit.start) + 1
            old = manuscript.source[edit.start : edit.end]
            terminal.say("cli.fix.held", "warning", file=file, line=line, old=old, new=edit.text)
        edits = tuple(edit for edit in edits if edit not in held)
    if not edits:
        terminal.say("cli.fix.none", file=file)
        return
    _show(file, manuscript.source, edits, terminal)
    if document is not None and document.obstacle is not None:
        terminal.say(f"cli.fix.{document.obstacle}", "warning", file=file)
        return
    check_replaceable(file, lang=terminal.lang, script=terminal.script)
    question = terminal.words("cli.fix.ask", file=file, count=len(edits))
    if not yes and not (is_live(sys.stdin) and typer.confirm(question, default=False, err=True)):
        terminal.say("cli.fix.not_written", "warning", file=file)
        return
    write_whole(file, manuscript.content(edits), lang=terminal.lang, script=terminal.script)
    terminal.say("cli.fix.written", "good", file=file, count=len(edits))


def _show(file: Path, source: str, edits: tuple[Edit, ...], terminal: Terminal) -> None:
    """The lines before and after, as a diff."""
    from summarywriter.verify.mend import applied

    rows = difflib.unified_diff(
        source.splitlines(), applied(source, edits).splitlines(), str(file), str(file), lineterm="", n=0
    )
    for row in rows:
        tone: Tone = "good" if row.startswith("+") else "error" if row.startswith("-") else "quiet"
        terminal.result(row, tone)
