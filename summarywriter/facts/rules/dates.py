"""Dates that contradict the calendar, each other, or the order of things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from summarywriter.chinese.dates import DateValue, find_dates, find_impossible_dates
from summarywriter.chinese.datevalues import DatePoint
from summarywriter.chinese.text import folded
from summarywriter.facts.diagnostic import Diagnostic, about, found, words
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.facts.model import Status

_FAR = timedelta(days=92)
"""A quarter from the period is no preparation any more, but another event or a slip."""

_ANY_YEAR = 2000
"""A leap year, so that every date exists in it."""

_YEAR = re.compile(r"(?<![0-9])(19[0-9]{2}|20[0-9]{2})(?=年|年度|\])")
_CLOCK = re.compile(r"([0-9]{1,2})[时点:]([0-9]{1,2})?")
_DAYS = "一二三四五六日"


def check(index: FactIndex) -> Iterator[Diagnostic]:
    """Every diagnostic about dates."""
    for fact in index:
        if fact.date is not None:
            yield from _weekday(index, fact, fact.date)
        if fact.kind in (FactKind.DATE, FactKind.TEXT_DATE) and fact.date is not None and fact.date.time:
            yield from _clock(index, fact, fact.date.time)
        if fact.kind is FactKind.DATE:
            yield from _inside(index, fact)
            yield from _written_after(index, fact)
        if fact.kind in FREE_TEXT:
            for span, _ in find_impossible_dates(fact.text):
                yield found(index, "FL204", fact, text=fact.text[span.start : span.end])
        if fact.kind is FactKind.NEXT_STEP:
            yield from _still_to_come(index, fact)
        if fact.kind is FactKind.DOCNUMBER:
            yield from _earlier(index, fact)
    yield from _two_times(index)
    yield from _document(index)
    yield from _title(index)


def event_year(index: FactIndex) -> int | None:
    """The year of the event, if the sheet states one anywhere that counts."""
    event = index.event
    for value in (event.period, *(activity.date for activity in event.activities)):
        if value is not None and (value.start.year or (value.end and value.end.year)):
            return value.start.year or (value.end.year if value.end else None)
    named = _YEAR.search(folded(event.title))
    return int(named[1]) if named else None


def _bounds(value: DateValue, year: int | None) -> tuple[date, date] | None:
    """First and last day that a date can mean; ``None`` where its year is masked, or is anyone's guess."""
    if value.is_masked or (year is None and value.start.year is None):
        return None
    if value.more:
        return value.bounds(value.start.year or year or 0)
    guess = value.start.year or year or 0
    first = value.start.bounds(guess)
    last = (value.end or value.start).bounds(value.end.year if value.end and value.end.year else guess)
    if first is None or last is None:
        return None
    if value.end is not None and value.end.year is None and last[1] < first[0]:  # 12月28日至1月3日
        last = value.end.bounds(guess + 1) or last
    return first[0], last[1]


def _same_mask(value: DateValue, period: DateValue) -> tuple[DateValue, DateValue]:
    """Give two dates with masked years the same year, so that their months can be compared."""
    if not (value.is_masked and period.is_masked and value.start.masked_year == period.start.masked_year):
        return value, period
    return _with_year(value), _with_year(period)


def _with_year(value: DateValue, year: int = _ANY_YEAR) -> DateValue:
    def point(end: DatePoint) -> DatePoint:
        return DatePoint(year, None, end.month, end.day, end.part)

    end = point(value.end) if value.end else None
    return DateValue(point(value.start), end, more=tuple(_with_year(one, year) for one in value.more))


def _weekday(index: FactIndex, fact: Fact, value: DateValue) -> Iterator[Diagnostic]:
    """星期 beside a date that falls on another day."""
    if value.weekday_given is None or value.is_masked:
        return
    point, year = value.start, value.start.year or event_year(index)
    if year is None or point.month is None or point.day is None:
        return
    try:
        true = date(year, point.month, point.day).weekday()
    except ValueError:
        return
    if true != value.weekday_given:
        yield found(index, "FL203", fact, text=fact.text, given=_DAYS[value.weekday_given], true=_DAYS[true])


def _clock(index: FactIndex, fact: Fact, time: str) -> Iterator[Diagnostic]:
    """25時, 9時70分."""
    last_hour, last_minute = 24, 59
    for hour, minute in _CLOCK.findall(folded(time)):
        if int(hour) > last_hour or int(minute or 0) > last_minute:
            yield found(index, "FL204", fact, text=time)
            return


def _inside(index: FactIndex, fact: Fact) -> Iterator[Diagnostic]:
    """An activity that was not within the event's period."""
    period, value = index.event.period, fact.date
    if period is None or value is None or fact.status is not Status.DONE:
        return
    value, period = _same_mask(value, period)
    for one in value.each:
        yield from _inside_one(index, fact, one, period)


def _inside_one(index: FactIndex, fact: Fact, value: DateValue, period: DateValue) -> Iterator[Diagnostic]:
    year = event_year(index)
    if year is None and not (value.is_masked or period.is_masked):
        year = _ANY_YEAR  # no year is stated anywhere: the months still compare
    mine, whole = _bounds(value, year), _bounds(period, year)
    if mine is None or whole is None or (mine[0] <= whole[1] and mine[1] >= whole[0]):
        return
    away = whole[0] - mine[1] if mine[1] < whole[0] else mine[0] - whole[1]
    name = index[fact.owner].text if fact.owner else ""
    if away <= _FAR and any(word in folded(name) for word in words("around")):
        return
    yield found(
        index, "FL201" if away > _FAR else "FL202", fact, name=name, text=fact.text, period=period_text(index)
    )


def period_text(index: FactIndex) -> str:
    """The event's period as the sheet gives it."""
    return index.event.period.surface if index.event.period else ""


def _two_times(index: FactIndex) -> Iterator[Diagnostic]:
    """``date: 5月19日上午`` beside ``time: 下午3時``."""
    for activity in index.event.activities:
        if not (activity.time and activity.date and activity.date.time):
            continue
        given = DateValue(DatePoint(), time=activity.time)
        if not DateValue(DatePoint(), time=activity.date.time).same(given):
            fact = next(fact for fact in index if fact.kind is FactKind.DATE and fact.path[:2] == (
                "activities", index.event.activities.index(activity)))  # fmt: skip
            yield found(index, "FL205", fact, name=activity.name, one=activity.date.time, other=activity.time)


def _document(index: FactIndex) -> Iterator[Diagnostic]:
    """A summary dated before its event was over."""
    event = index.event
    if event.date is None or event.period is None:
        return
    year = event_year(index)
    signed, whole = _bounds(event.date, year), _bounds(event.period, year)
    if signed and whole and signed[1] < whole[1] and event.period.start.day is not None:
        yield about(index, "FL206", ("date",), text=event.date.surface, period=period_text(index))


def _written_after(index: FactIndex, fact: Fact) -> Iterator[Diagnostic]:
    """Something told as done on a day after the summary was signed."""
    signed = index.event.date
    if signed is None or fact.date is None or fact.status is not Status.DONE:
        return
    year = event_year(index)
    day, mine = _bounds(signed, year), _bounds(fact.date, year)
    if day and mine and mine[0] > day[1]:
        name = index[fact.owner].text if fact.owner else ""
        yield found(index, "FL210", fact, name=name, text=fact.text, signed=signed.surface)


def _still_to_come(index: FactIndex, fact: Fact) -> Iterator[Diagnostic]:
    """A plan dated, with its year, before the event was over."""
    period = index.event.period
    whole = _bounds(period, event_year(index)) if period else None
    if whole is None:
        return
    for mention in find_dates(fact.text):
        if mention.value.start.year is None:
            continue
        mine = _bounds(mention.value, None)
        if mine and mine[1] < whole[0]:
            yield found(
                index, "FL208", fact, text=fact.text, date=mention.value.surface, period=period_text(index)
            )


_NUMBER_YEAR = re.compile(r"[\[〔(【]((?:19|20)[0-9]{2})[\]〕)】]")


def _earlier(index: FactIndex, fact: Fact) -> Iterator[Diagnostic]:
    """A document of a year after the event cannot be what the event rests on."""
    year, number = event_year(index), _NUMBER_YEAR.search(folded(fact.text))
    if year is not None and number and int(number[1]) > year:
        yield found(index, "FL207", fact, number=fact.text, year=year)


def _title(index: FactIndex) -> Iterator[Diagnostic]:
    """The year in the title beside the years of the event."""
    years = {int(year) for year in _YEAR.findall(folded(index.event.title))}
    stated = {
        point.year
        for value in (index.event.period, *(activity.date for activity in index.event.activities))
        if value is not None
        for point in (value.start, value.end)
        if point is not None and point.year is not None
    }
    if years and stated and not years & stated:
        yield about(
            index,
            "FL209",
            ("title",),
            title="、".join(f"{year}年" for year in sorted(years)),
            event="、".join(f"{year}年" for year in sorted(stated)),
        )
