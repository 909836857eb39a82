"""SW111 and SW406: which way a figure moves, and whether it is a change or a level.

下降12.5% told as 上升12.5% is turned round; a rate of 92% told as 提高92% says another thing with the same
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.bound import Binding
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.report import Finding
from summarywriter.verify.telling import Telling
from summarywriter.verify.words import either, pattern, words

#: So many characters before a figure hold the verb that moves it.
_REACH = 8
#: A clause that shares so much with a free text tells it.
_TELLS = 0.5
_PARTS = ("%", "‰", "成", "个百分点", "百分点", "倍")


def trends(
    analysis: Analysis, known: Known, bindings: tuple[Binding, ...], telling: Telling
) -> Iterator[Finding]:
    """Every finding on the way a figure, or what a free text tells, moves."""
    for binding in bindings:
        if binding.counted is not None and binding.counted.facts and not binding.verdict:
            yield from _figure(analysis, known, binding, binding.counted)
    yield from _told(analysis, known, telling)
    yield from _reversed(analysis, known, bindings)


def _reversed(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """由58秒縮短至95秒, where the sheet has 由95秒縮短至58秒."""
    for one, other in pairwise(bindings):
        if one.counted is None or other.counted is None or not one.counted.facts or not other.counted.facts:
            continue
        first, second = known.index[one.counted.facts[0]], known.index[other.counted.facts[0]]
        if first.span is None or second.span is None or first.owner != second.owner or first.owner is None:
            continue
        (start, end), (next_start, next_end) = one.mention.span, other.mention.span
        stated = folded(known.index[first.owner].text) if first.owner in known.index else ""
        between = analysis.form[end:next_start]
        lead = analysis.form[max(analysis.clause_at(start).start, start - _REACH) : start]
        if analysis.claimed(start, end) or first.span.start <= second.span.start:
            continue
        if not re.search("[由从][^,;。]*[至到为]", stated):
            continue
        if re.search("[由从][^,;。]{0,4}$", lead) and re.fullmatch("[^,;。]{0,8}[至到为]了?", between):
            yield analysis.finding("SW105", start, next_end, (first.id, second.id), stated=stated)


def _stated(known: Known, counted: Counted) -> str:
    """What the sheet says of a figure: its label, or the whole text that it stands in."""
    fact = known.index[counted.facts[0]]
    owner = known.index[fact.owner] if fact.owner and fact.owner in known.index else None
    text = owner.text if fact.figure is None and owner is not None else counted.label
    return folded(text)


def _figure(analysis: Analysis, known: Known, binding: Binding, counted: Counted) -> Iterator[Finding]:
    start, end = binding.mention.span
    before = binding.around.before[-_REACH:]
    stated = _stated(known, counted)
    turn = _turned(before, stated)
    if turn is not None:
        first = start - len(before) + turn[0]
        yield analysis.finding("SW406", first, end, counted.facts, stated=stated)
        return
    if counted.quantity.unit_key not in _PARTS:
        return
    kind = _kind(before)
    own = _kind_stated(stated, counted)
    if kind and own and kind != own and not analysis.overlaps_claim(start - 1, start):
        yield analysis.finding("SW111", start - _verb_length(before), end, counted.facts, label=counted.label)


def _turned(said: str, stated: str) -> tuple[int, int] | None:
    """Where a text moves the other way than the sheet says."""
    for one, other in (("rising", "falling"), ("falling", "rising")):
        match = pattern(one).search(said)
        if match and pattern(other).search(stated) and not pattern(one).search(stated):
            return None if pattern(other).search(said) else match.span()
    return None


_BLUR = r"(?:了|约|近|超过?|达|逾)*"


def _kind(before: str) -> str:
    """Whether a percentage is told as a change (提高了92%) or as a level (提高到92%, 達標率92%)."""
    if re.search(rf"{either((*words('rising'), *words('falling')))}{_BLUR}$", before):
        return "level" if re.search(rf"[至到]{_BLUR}$", before) else "change"
    if re.search(rf"(?:[至到]|[率度](?:为|是|达到?|有)?|占比?|比例(?:为|是|达到?)?){_BLUR}$", before):
        return "level"
    return ""


def _verb_length(before: str) -> int:
    match = re.search(rf"{either((*words('rising'), *words('falling')))}{_BLUR}$", before)
    return len(match.group()) if match else 0


def _kind_stated(stated: str, counted: Counted) -> str:
    at = stated.find(folded(counted.quantity.surface)) if counted.quantity.surface else -1
    before = stated[:at] if at >= 0 else stated
    if kind := _kind(before):
        return kind
    return "level" if re.search("[率度比重例]$", before.rstrip("为是达到有")) else ""


def _told(analysis: Analysis, known: Known, telling: Telling) -> Iterator[Finding]:
    """A free text without a figure, told the other way: 投訴減少 as 投訴增多."""
    for fact in known.index:
        if fact.kind not in FREE_TEXT:
            continue
        stated = folded(fact.text)
        if not (pattern("rising").search(stated) or pattern("falling").search(stated)):
            continue
        for clause in telling.clauses(fact, _TELLS):
            said = analysis.form[clause.start : clause.end]
            turn = _turned(said, stated)
            if turn is None or analysis.overlaps_claim(clause.start + turn[0], clause.start + turn[1]):
                continue
            if content_ngrams(said) & content_ngrams(stated):
                yield analysis.finding("SW406", clause.start + turn[0], clause.start + turn[1], (fact.id,),
                                       stated=fact.text)  # fmt: skip
