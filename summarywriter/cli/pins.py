"""``write --pins``: what a person has pinned in an earlier version, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.cli.terminal import Terminal

if TYPE_CHECKING:
    from summarywriter.pins import PinnedText
    from summarywriter.summary import Summary

_LONGEST = 40
"""Characters of a passage that a message quotes."""


def taken_over(given: Path | None, outputs: Sequence[Path], terminal: Terminal) -> PinnedText | None:
    """What is pinned in the file that was named; else in a .docx that is about to be written over.

    Raises:
        FactsError: The file cannot be read.
    """
    from summarywriter.refill.pinned import has_pins, load_pins

    if given is None:
        given = next((path for path in outputs if has_pins(path)), None)
        if given is None:
            return None
        terminal.say("cli.pins_of_output", "quiet", file=given)
    pins = load_pins(given, lang=terminal.lang)
    if not pins.spans:
        terminal.say("cli.pins_none", "warning", file=given)
    return pins


def tell_pins(summary: Summary, terminal: Terminal) -> None:
    """Tell how many passages were taken over, and which of them a person must look at."""
    taken = [event for event in summary.trace.events if event.kind == "pin"]
    if not taken:
        return
    terminal.say("cli.pins_taken", "good", count=len(taken))
    for event in taken:
        text = short(event.data["text"])
        if not event.data["placed"]:
            terminal.say("cli.pin_no_place", "warning", text=text)
        if event.data["twice"]:
            terminal.say("cli.pin_twice", "warning", text=text, facts=", ".join(event.data["twice"]))


def short(text: str) -> str:
    """As much of a sentence as a message quotes."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
