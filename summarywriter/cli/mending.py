"""``check --fix``: what is certain, shown as a diff first, and written back in the file's own encoding."""

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


def mend_file(
    file: Path, sheet: EventFacts, terminal: Terminal, *, length: int | None, policy: Policy, yes: bool
) -> None:
    """Mend one text.

    A person at a terminal is asked; without one, only ``yes`` writes. A .docx is shown, not written: its
    layout is a person's.

    Raises:
        FactsError: The text cannot be read.
        RenderError: It cannot be written.
    """
    from summarywriter.cli.manuscript import read_manuscript
    from summarywriter.render import write_whole
    from summarywriter.verify.mend import applied, mends

    manuscript = read_manuscript(file, lang=terminal.lang, script=terminal.script)
    edits = manuscript.edits(mends(manuscript.text, sheet, length=length, policy=policy))
    if not edits:
        terminal.say("cli.fix.none", file=file)
        return
    mended = applied(manuscript.source, edits)
    rows = difflib.unified_diff(
        manuscript.source.splitlines(), mended.splitlines(), str(file), str(file), lineterm="", n=0
    )
    for row in rows:
        tone: Tone = "good" if row.startswith("+") else "error" if row.startswith("-") else "quiet"
        terminal.result(row, tone)
    if file.suffix.lower() == ".docx":
        terminal.say("cli.fix.docx", "warning", file=file)
        return
    question = terminal.words("cli.fix.ask", file=file, count=len(edits))
    if not yes and not (is_live(sys.stdin) and typer.confirm(question, default=False, err=True)):
        terminal.say("cli.fix.not_written", "warning", file=file)
        return
    write_whole(file, manuscript.encoded(mended), lang=terminal.lang, script=terminal.script)
    terminal.say("cli.fix.written", "good", file=file, count=len(edits))
