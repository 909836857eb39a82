"""What changed since a reply was recorded: the nearest request on file, and the lines in which it differs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from summarywriter.chat import Request
from summarywriter.messages import render

_MOST, _LONGEST = 8, 100
"""Lines that are shown of a difference, and characters of each: it is to be read in a terminal."""


class Line(NamedTuple):
    """One line of a request.

    Attributes:
        part: ``system``, ``user``, or ``facts`` for a line of the list of facts.
        text: As it is sent.
    """

    part: str
    text: str


def what_changed(request: Request, recorded: Mapping[str, Request]) -> str:
    """How the nearest recording of the same stage and section differs, for a message; several lines.

    Args:
        request: What was asked now.
        recorded: Requests on file, by the file's name.
    """
    same = {
        name: other
        for name, other in recorded.items()
        if (other.stage, other.section) == (request.stage, request.section)
    }
    if not same:
        there = sorted({f"{other.stage} {other.section}".strip() for other in recorded.values()})
        if not there:
            return render("replay.none", lang="en")
        return render("replay.others", lang="en", there=", ".join(there))
    lines = list(_lines(request))
    name = max(sorted(same), key=lambda name: _likeness(lines, list(_lines(same[name]))))
    changed = list(_changes(list(_lines(same[name])), lines))
    if not changed:  # equal in every word: the form that a reply shall have is another
        return render("replay.schema", lang="en", file=name)
    shown = [f"  {sign} {line.part}: {_short(line.text.strip())}" for sign, line in changed[:_MOST]]
    if len(changed) > _MOST:
        shown.append("  " + render("replay.more", lang="en", count=len(changed) - _MOST))
    return "\n".join([render("replay.nearest", lang="en", file=name), *shown])


def _lines(request: Request) -> Iterator[Line]:
    for message in request.messages:
        in_facts = False
        for text in message.content.split("\n"):
            in_facts = in_facts and text != "</facts>"
            yield Line("facts" if in_facts else message.role, text)
            in_facts = in_facts or text == "<facts>"


def _likeness(lines: list[Line], others: list[Line]) -> float:
    return difflib.SequenceMatcher(None, lines, others, autojunk=False).ratio()


def _changes(old: list[Line], new: list[Line]) -> Iterable[tuple[str, Line]]:
    """Lines that are gone (``-``) and lines that are new (``+``), in order."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield from (("-", line) for line in old[a:b])
            yield from (("+", line) for line in new[c:d])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
