"""A line of text cut where marks and notes begin and end, so that spans which overlap can be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarywriter.render.review.data import PageLine, PageMark, PageNote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that are all alike.

    Attributes:
        text: The characters.
        kind: Classes of what is shown: ``slot``, ``cite`` …, ``lead``; ``""`` for plain text.
        facts: Numbers of the facts to light up, the foremost first; empty where there are none.
        mark: Number of the mark, the same for all its pieces; 0 for none.
        opens: This is the mark's first piece: the one a keyboard stops at.
        closes: This is the mark's last piece.
        notes: Numbers of the notes on it.
        severity: The gravest of those notes; ``""`` for none.
    """

    text: str
    kind: str = ""
    facts: tuple[int, ...] = ()
    mark: int = 0
    opens: bool = False
    closes: bool = False
    notes: tuple[int, ...] = ()
    severity: str = ""


_GRAVEST = ("error", "warning", "unverifiable", "question", "remark")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Facts, marks and notes by number: no word of a sheet ever becomes an id or a selector.

    Attributes:
        facts: Fact id to number, from 1.
        marks: From 1, in order of their place.
        notes: From 1, in order.
    """

    facts: Mapping[str, int]
    marks: Sequence[PageMark]
    notes: Sequence[PageNote]


def pieces(text: str, line: PageLine, numbers: Numbers) -> tuple[Piece, ...]:
    """Cut one line.

    Of marks that overlap, the narrowest is what a reader points at; a figure inside a clause that tells
    a fact is the figure. A mark that narrower ones hide altogether is seen through them.
    """
    marks = [(n, m) for n, m in enumerate(numbers.marks, 1) if m.start < line.end and line.start < m.end]
    notes = [(n, m) for n, m in enumerate(numbers.notes, 1) if m.start < line.end and line.start < m.end]
    cuts = {line.start, line.end}
    spans = [(m.start, m.end) for _, m in marks] + [(note.start, note.end) for _, note in notes]
    cuts |= {min(max(at, line.start), line.end) for span in spans for at in span}
    if line.lead_end > line.start:
        cuts.add(line.lead_end)
    places = sorted(cuts)
    runs = []
    for start, end in pairwise(places):
        over = [(n, m) for n, m in marks if m.start <= start and end <= m.end]
        over.sort(key=lambda item: (item[1].end - item[1].start, item[0]))
        noted = [(n, m) for n, m in notes if m.start <= start and end <= m.end]
        runs.append((start, end, over, noted))
    shown = [over[0][0] if over else 0 for _, _, over, _ in runs]
    hidden = {number for number, _ in marks} - set(shown)
    result = []
    for at, (start, end, over, noted) in enumerate(runs):
        number = shown[at]
        seen = [*over[:1], *((n, m) for n, m in over[1:] if n in hidden)]
        facts = dict.fromkeys(numbers.facts[f] for _, m in seen for f in m.facts if f in numbers.facts)
        kinds: list[str] = [over[0][1].how] if over else []
        if start < line.lead_end:
            kinds.append("lead")
        severities = {note.severity for _, note in noted}
        result.append(
            Piece(
                text=text[start:end],
                kind=" ".join(kinds),
                facts=tuple(facts),
                mark=number if facts else 0,
                opens=bool(number) and number not in shown[:at],
                closes=bool(number) and number not in shown[at + 1 :],
                notes=tuple(n for n, _ in noted),
                severity=next((s for s in _GRAVEST if s in severities), ""),
            )
        )
    return tuple(result)
