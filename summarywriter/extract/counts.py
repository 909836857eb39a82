"""Counts as a text writes them, beyond what the verifier's grammar reads.

The verifier leaves alone what is as often no count (一面, 8省), for it must not accuse a true sentence. A
person who reads a sheet strikes out what is none; so here such counts are taken where the words around
them show that they are meant as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from summarywriter.chinese.measures import measures
from summarywriter.chinese.numerals import NUMBER
from summarywriter.chinese.quantities import Modifier, Quantity, find_quantities, parse_quantity
from summarywriter.chinese.text import Folded, Span, fold
from summarywriter.extract.words import pattern, words


def counts_in(line: str) -> list[tuple[Span, Quantity]]:
    """The quantities of a line of a source, in order, each with its place.

    >>> [q.surface for _, q in counts_in("義工80人留宿一晚，收到錦旗2面，8省選手到場。")]
    ['80人', '一晚', '2面', '8省']
    """
    form = fold(line)
    found = [(m.span, m.quantity) for m in find_quantities(line)]
    if len(form.text) != len(line):
        return found
    named = bytearray(len(line))
    for match in pattern("no_count").finditer(form.text):
        named[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    kept = [
        _as_meant(form.text, *each)
        for each in found
        if not named[each[0].start] and not _is_told_before(form.text, each[0])
    ]
    for span, quantity in kept:
        if quantity.unit:  # 逾4,100萬 is no count by itself where 步 follows it
            named[span.start : span.end] = b"\1" * (span.end - span.start)
    further = [each for each in _further(line, form) if not any(named[each[0].start : each[0].end])]
    ends = {span.start: span.end for span, _ in further}
    kept = [each for each in kept if ends.get(each[0].start, 0) <= each[0].end] + further
    return sorted(kept, key=lambda each: each[0])


def _is_told_before(form: str, span: Span) -> bool:
    """Whether what reads as a quantity only speaks of things told before."""
    return bool(pattern("said_before").search(form, max(0, span.start - _NEAR), span.start))


_NEAR = 3


def _as_meant(form: str, span: Span, quantity: Quantity) -> tuple[Span, Quantity]:
    """A quantity with what stands apart from it: 至少開展|2次, 20秒|內, 4分半|鐘."""
    exact = quantity.modifier is Modifier.EXACT and quantity.high is None
    measure = measures().get(quantity.unit_key)
    if (
        quantity.unit == "分"
        and form[span.start : span.end].endswith("半")
        and form.startswith("钟", span.end)
    ):
        return Span(span.start, span.end + 1), replace(quantity, unit="分鐘", surface="")
    if (
        exact
        and measure is not None
        and measure.kind == "duration"
        and pattern("inside").match(form, span.end)
    ):
        return Span(span.start, span.end + 1), replace(quantity, modifier=Modifier.AT_MOST, surface="")
    bound = pattern("bound_apart").search(form, max(0, span.start - _FAR), span.start) if exact else None
    if bound is not None:
        least = bound["most"] is None
        modifier = Modifier.AT_LEAST if least else Modifier.AT_MOST
        return span, replace(quantity, modifier=modifier, surface="")
    return span, quantity


_FAR = 8


def _further(line: str, form: Folded) -> Iterator[tuple[Span, Quantity]]:
    """Counts by measure words of one trade, and 一 with a measure word where it closes its clause."""
    for match in _traded().finditer(form.text):
        name = "said" if match["said"] else "road"
        span = Span(*match.span(name))
        if _LONE_ONE.match(match[name]):
            continue  # as any other measure word: only where it closes its clause
        if (quantity := parse_quantity(line[span.start : span.end])) is not None:
            yield span, quantity
    for match in _single().finditer(form.text):
        if (quantity := parse_quantity(line[match.start() : match.end()])) is not None:
            yield Span(*match.span()), quantity


_LONE_ONE = re.compile("一(?![一二三四五六七八九十百千万])")


@cache
def _traded() -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, words("traded_measures")), key=len, reverse=True))
    return re.compile(
        rf"(?<![A-Za-z0-9.第《“])(?P<said>(?:近|约|超|逾)?{NUMBER}[余多]?(?:{either}))(?!{pattern('no_trade').pattern})"
        rf"|分(?:成|为|别)?(?P<road>[0-9两三四五六七八九十]{{1,2}}路)"
    )


@cache
def _single() -> re.Pattern[str]:
    things = sorted((words("single_measures") | set(measures())) - words("no_single"), key=len, reverse=True)
    either = "|".join(map(re.escape, things))
    return re.compile(rf"(?<={pattern('before_single').pattern})一(?:{either})(?=[,。;、!)]|$)")
