"""The values that a text holds, each with its place: the verifier's grammar run the other way."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from summarywriter.chinese.dates import DatePoint, DateValue, find_dates
from summarywriter.chinese.measures import load_data
from summarywriter.chinese.names import (
    NameMention,
    find_document_numbers,
    find_organisations,
    find_persons,
    find_quotations,
    find_titles,
)
from summarywriter.chinese.quantities import Quantity
from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.counts import counts_in
from summarywriter.extract.words import pattern


class ValueKind(StrEnum):
    """What a value is."""

    QUANTITY = "quantity"
    DATE = "date"
    DOCNUMBER = "docnumber"
    TITLE = "title"
    QUOTE = "quote"
    ORGANISATION = "organisation"
    PERSON = "person"
    PLACE = "place"


#: A value lost is a loss whatever else happens; names and places are found by best effort.
SURE = frozenset({ValueKind.QUANTITY, ValueKind.DATE, ValueKind.DOCNUMBER, ValueKind.TITLE, ValueKind.QUOTE})


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a source text.

    Attributes:
        kind: What it is.
        span: Where it stands in the source, in characters; outer marks included.
        text: The source at that span, without the outer marks of titles and quotations.
        quantity: What a quantity says.
        date: What a date says.
        post: A person's post, where one stands beside the name.
    """

    kind: ValueKind
    span: Span
    text: str
    quantity: Quantity | None = None
    date: DateValue | None = None
    post: str | None = None


def find_values(text: str, start: int, end: int) -> list[Found]:
    """Every value that stands in a part of a source, in order.

    The part is read line by line, so that memory does not grow with its length, and a mark that is never
    closed spoils one line only.

    Args:
        text: The source.
        start: First character of the part.
        end: One past its last.
    """
    found: list[Found] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            found.extend(sorted(_in_line(text[start:stop], start), key=lambda value: value.span))
        start = stop + 1
    return found


def within(values: Sequence[Found], span: Span) -> list[Found]:
    """Those of an ordered list of values that begin inside a span."""
    first = bisect_left(values, span.start, key=lambda value: value.span.start)
    last = bisect_left(values, span.end, key=lambda value: value.span.start)
    return list(values[first:last])


def _in_line(line: str, offset: int) -> Iterator[Found]:
    def placed(span: Span) -> Span:
        return Span(span.start + offset, span.end + offset)

    named = (
        (ValueKind.TITLE, find_titles(line)),
        (ValueKind.QUOTE, find_quotations(line)),
        (ValueKind.DOCNUMBER, find_document_numbers(line)),
    )
    covered = _Covered(len(line))
    for kind, mentions in named:
        for mention in mentions:
            covered.add(mention.span)
            yield Found(kind, placed(mention.span), mention.text)
    for span, date in _dates_in(line):
        if span not in covered:
            covered.add(span)
            yield Found(ValueKind.DATE, placed(span), line[span.start : span.end], date=date)
    for span, quantity in counts_in(line):
        if span not in covered:
            yield Found(ValueKind.QUANTITY, placed(span), line[span.start : span.end], quantity=quantity)
    for mention in find_organisations(line):
        if mention.span not in covered:
            yield Found(ValueKind.ORGANISATION, placed(mention.span), mention.text)
    for mention in find_persons(line):
        if mention.span not in covered and len(mention.text) > 1:
            yield Found(
                ValueKind.PERSON, placed(mention.span), mention.text, post=_post_beside(line, mention)
            )
    yield from _places(line, offset)


def _dates_in(line: str) -> Iterator[tuple[Span, DateValue]]:
    """The dates of a line; one period where the years at both ends are only named: 去年11月至今年1月."""
    dates = [(mention.span, mention.value) for mention in find_dates(line)]
    dates = sorted([*dates, *_years_of_republic(line, dates)], key=lambda each: each[0])
    number = 0
    while number < len(dates):
        span, date = dates[number]
        number += 1
        if number < len(dates) and date.end is None and not date.more:
            after, last = dates[number]
            between = _TO_YEAR.fullmatch(line, span.end, after.start)
            if between and last.end is None and not last.more:
                before = _YEAR_NAMED.search(line, max(0, span.start - 2), span.start)
                first = before.start() if before else span.start
                span, number = Span(first, after.end), number + 1
                date = replace(date, end=last.start, surface=line[first : after.end])
        yield span, date


def _years_of_republic(
    line: str, dates: Sequence[tuple[Span, DateValue]]
) -> Iterator[tuple[Span, DateValue]]:
    """Years of the Republic by themselves (113年食農教育), where nothing makes them a length of time."""
    form = fold(line)
    if len(form.text) != len(line):
        return
    for match in pattern("republic").finditer(form.text):
        span = Span(*match.span())
        if not any(span.start < taken.end and taken.start < span.end for taken, _ in dates):
            point = DatePoint(int(match["year"]) + _REPUBLIC)
            yield span, DateValue(point, surface=line[span.start : span.end])


_REPUBLIC = 1911
_TO_YEAR = re.compile("(?:至|到|—|-)(?:今|本|次|翌|當|当|明)年")
_YEAR_NAMED = re.compile("[去前上今]年$")


class _Covered:
    """Which characters of a line belong to a value already."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def add(self, span: Span) -> None:
        self._marks[span.start : span.end] = b"\1" * (span.end - span.start)

    def __contains__(self, span: object) -> bool:
        """Whether a span touches any of them."""
        return isinstance(span, Span) and any(self._marks[span.start : span.end])


def _places(line: str, offset: int) -> Iterator[Found]:
    form = fold(line)
    for match in pattern("place").finditer(form.text):
        if pattern("no_place").search(match["place"]) or not _HAN.match(match["place"]):
            continue
        span = form.source(*match.span("place"))
        yield Found(
            ValueKind.PLACE, Span(span.start + offset, span.end + offset), line[span.start : span.end]
        )


_HAN = re.compile(r"[一-鿿A-Za-z0-9“]")


@cache
def _posts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted({folded(w) for w in load_data("names.yaml")["person"]["posts"]}, key=len, reverse=True)
    either = "|".join(map(re.escape, words))
    return re.compile(rf"(?:[一-鿿]{{0,12}}、)?[一-鿿]{{0,12}}(?:{either})$"), re.compile(either)


_BORDER = re.compile(
    r".*(?:[,;。:、]|由|请|会议|分别|同时|邀请|出席的|参加的|以及|和|与|及|上|中|后|在)(?=[一-鿿])"
)


def _post_beside(line: str, mention: NameMention) -> str | None:
    """The post before a name, else after it; 同志 and 老师 are none."""
    first = max(0, mention.span.start - _FAR)
    line = line[first : mention.span.end + _FAR]
    form = folded(line)
    if len(form) != len(line):
        return None
    start, end = mention.span.start - first, mention.span.end - first
    before, after = _posts()
    if match := before.search(form, 0, start):
        words = match.group()
        own = max((m.end() for m in [_BORDER.match(words.rpartition("、")[2])] if m), default=0)
        cut = len(words) - len(words.rpartition("、")[2])
        lead = words[: max(cut - 1, 0)]
        keeps = bool(lead) and bool(after.search(lead[-4:])) and not own
        begin = match.start() if keeps else match.start() + cut + own
        if keeps and (inner := _BORDER.match(lead)):
            begin += inner.end()
        post = line[begin:start]
        return post if folded(post) not in _TITLES else None
    if (match := after.match(form, end)) and match.group() not in _TITLES:
        return line[match.start() : match.end()]
    return None


_FAR = 28
_TITLES = frozenset({"同志", "先生", "女士", "老师", "专家", "代表", ""})
