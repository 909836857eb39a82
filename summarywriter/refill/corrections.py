"""What a corrected sheet changes in a written text: each place, its old words and its new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarywriter.assemble import BACK, FRONT
from summarywriter.chinese.script import Script
from summarywriter.facts.index import FactIndex
from summarywriter.render.json import SavedSummary
from summarywriter.slots import Filled, Line, fill
from summarywriter.slots.surface import gap
from summarywriter.summary import Summary


@dataclass(frozen=True, slots=True)
class Correction:
    """One place of the text as it was written.

    Attributes:
        start: First character in `SavedSummary.text`.
        end: One past the last.
        old: What was written there.
        new: What the corrected facts say.
        facts: Ids of the facts, as they were; empty for a title, an addressee, a date.
    """

    start: int
    end: int
    old: str
    new: str
    facts: tuple[str, ...] = ()


def corrections(saved: SavedSummary, summary: Summary) -> tuple[Correction, ...]:
    """Compare a written summary with its refill, slot by slot.

    Args:
        saved: As it was written.
        summary: The same, refilled.

    Raises:
        ValueError: The saved text is not what its slots fill to: the file was changed by hand.
    """
    before = fill(saved.drafts, FactIndex.of(saved.facts), script=saved.plan.script)
    if len(before.text) != len(saved.text):  # another script keeps every character's place
        raise ValueError("text and slots of the file differ")
    found: list[Correction] = []
    old_body = [line for line in before.lines if line.section not in (FRONT, BACK)]
    new_body = [line for line in summary.filled.lines if line.section not in (FRONT, BACK)]
    for old, new in zip(old_body, new_body, strict=True):
        found += _line(saved.text, before, old, summary, new)
    for kind in ("title", "addressee", "signature", "date"):
        then = next((line for line in before.lines if line.kind == kind), None)
        now = next((line for line in summary.filled.lines if line.kind == kind), None)
        if then is not None:
            text = summary.text[now.start : now.end] if now is not None else ""
            found.append(Correction(then.start, then.end, saved.text[then.start : then.end], text))
    return tuple(sorted((c for c in found if c.old != c.new), key=lambda c: c.start))


def _line(text: str, before: Filled, old: Line, summary: Summary, new: Line) -> Iterator[Correction]:
    then = _slots(before, text, old, Script(summary.plan.script))
    now = _slots(summary.filled, summary.text, new, Script(summary.plan.script))
    if len(then) != len(now):  # cannot be told apart: the line as a whole
        facts = tuple(fact for _, _, ids in then for fact in ids)
        yield Correction(
            old.start, old.end, text[old.start : old.end], summary.text[new.start : new.end], facts
        )
        return
    at, at_now = old.start, new.start
    for (start, end, facts), (start_now, end_now, _) in zip(then, now, strict=True):
        # What stands between slots moves only where the filling joins it to them.
        yield Correction(at, start, text[at:start], summary.text[at_now:start_now])
        yield Correction(start, end, text[start:end], summary.text[start_now:end_now], facts)
        at, at_now = end, end_now
    yield Correction(at, old.end, text[at : old.end], summary.text[at_now : new.end])


def _slots(filled: Filled, text: str, line: Line, script: Script) -> list[tuple[int, int, tuple[str, ...]]]:
    """Spans of the slots of a line in order, gaps of facts that are gone among them."""
    spans = [
        (claim.start, claim.end, claim.facts)
        for claim in filled.claims
        if claim.how == "slot" and line.start <= claim.start and claim.end <= line.end
    ]
    for mark in re.finditer(re.escape(gap(script)), text[line.start : line.end]):
        start, end = line.start + mark.start(), line.start + mark.end()
        if not any(first <= start < last for first, last, _ in spans):
            spans.append((start, end, ()))
    return _disjoint(sorted(spans))


def _disjoint(spans: Sequence[tuple[int, int, tuple[str, ...]]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """One span for slots that were joined into one wording."""
    result: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, facts in spans:
        if result and start < result[-1][1]:
            first, last, ids = result[-1]
            result[-1] = (first, max(last, end), (*ids, *facts))
        else:
            result.append((start, end, facts))
    return result
