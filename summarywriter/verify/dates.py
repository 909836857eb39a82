"""SW2xx: dates, times of day, weekdays."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarywriter.chinese.dates import DateMention, DatePoint, DateValue, find_impossible_dates, format_date
from summarywriter.chinese.datevalues import has_clock
from summarywriter.chinese.script import Script
from summarywriter.chinese.text import Span
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import FOOT, Dated, Known
from summarywriter.verify.recurring import recurring
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words

#: From this overlap on, a sentence tells the free text that a date stands in.
_TELLS = 0.5


@dataclass(frozen=True, slots=True)
class DateBinding:
    """A date of the text, the stated dates it may be, and what is wrong with it (``""`` for nothing)."""

    mention: DateMention
    dated: tuple[Dated, ...]
    verdict: str = ""


def bind_dates(analysis: Analysis, known: Known, context: Contexts) -> tuple[DateBinding, ...]:
    """Bind every date of the text, in order."""
    return tuple(_bind(analysis, known, context, mention) for mention in analysis.dates)


def dates(analysis: Analysis, known: Known, bindings: tuple[DateBinding, ...]) -> Iterator[Finding]:
    """Every finding on a date."""
    yield from _impossible(analysis)
    yield from recurring(analysis, known)
    yield from _first_days(analysis, known, bindings)
    for binding in bindings:
        (start, end), value = binding.mention.span, binding.mention.value
        if binding.verdict:
            facts = tuple(fact for dated in binding.dated[:1] for fact in dated.facts)
            stated = binding.dated[0].value.surface if binding.dated else ""
            yield analysis.finding(binding.verdict, start, end, facts, _suggested(binding), stated=stated)
        elif value.weekday_given is not None:
            yield from _weekday(analysis, known, binding)
        elif (told := _said_weekday(analysis, end)) is not None and value.end is None and value.start.day:
            day, span = told
            mention = replace(binding.mention, value=replace(value, weekday_given=day), span=span)
            yield from _weekday(analysis, known, replace(binding, mention=mention))


def _impossible(analysis: Analysis) -> Iterator[Finding]:
    """2月30日, and a period that ends before it starts."""
    for span, _ in find_impossible_dates(analysis.form):
        if not analysis.overlaps_claim(*span):
            yield analysis.finding("SW202", *span, stated="")


@functools.cache
def _first_day() -> re.Pattern[str]:
    return re.compile(f"{either(words('opening_day'))}[(,为是即]*$")


def _first_days(analysis: Analysis, known: Known, bindings: tuple[DateBinding, ...]) -> Iterator[Finding]:
    """廟會首日（3月28日）, where nothing began on that day."""
    starts = [d.value for d in known.dated if d.facts]
    for binding in bindings:
        (start, end), value = binding.mention.span, binding.mention.value
        if (
            binding.verdict
            or value.end is not None
            or not _first_day().search(analysis.form[max(0, start - 8) : start])
        ):
            continue
        ranges = [v.start for v in starts if v.end is not None and v.start.day]
        if not ranges or any(_point_part(point, value.start) for point in ranges):
            continue
        if value.start.day and not analysis.overlaps_claim(start, end):
            yield analysis.finding("SW207", start, end)


@functools.cache
def _weekday_said() -> re.Pattern[str]:
    day, week = either(words("weekday")), either(words("week"))
    return re.compile(f"[(,]?{either(words('falls_on'))}(?P<said>{week}(?P<day>{day}))(?![、和及])")


def _said_weekday(analysis: Analysis, end: int) -> tuple[int, Span] | None:
    """10月18日是星期五: a weekday told of the date before it, and where it stands."""
    match = _weekday_said().match(analysis.form, end)
    day = "一二三四五六日".find(match["day"].replace("天", "日")) if match else -1
    return None if match is None or day < 0 else (day, Span(*match.span("said")))  # 周末 is no one day


def _suggested(binding: DateBinding) -> str:
    """The stated date as the text would write it, where there is but one that can be meant."""
    told, meant = binding.mention.value, {(d.value.start, d.value.end) for d in binding.dated}
    if binding.verdict in ("SW201", "SW205") or len(meant) != 1:
        return ""
    value = binding.dated[0].value
    if (value.end is None) != (told.end is None):
        return ""
    year = bool(told.start.year or told.start.masked_year)
    text = format_date(value, script=Script.HANS, year=year, time=told.time is not None)
    return text if told.weekday_given is None else ""


def _weekday(analysis: Analysis, known: Known, binding: DateBinding) -> Iterator[Finding]:
    value = binding.mention.value
    years = {d.value.start.year for d in binding.dated if d.value.start.year} | {
        d.value.start.year for d in known.dated if d.value.start.year and not binding.dated
    }
    given = {d.value.weekday_given for d in binding.dated if d.value.weekday_given is not None}
    if value.weekday_given in given:
        return
    days = set()
    for year in {value.start.year} if value.start.year else years:
        days.add(DateValue(replace(value.start, year=year)).weekday())
    days.discard(None)  # a weekday that no fact states, and the calendar does, is the house's to rule on
    if days and value.weekday_given in days:
        yield analysis.finding("SW206", *binding.mention.span, policy="weekdays")
        return
    right = "" if len(days) != 1 else "星期" + "一二三四五六日"[next(iter(days)) or 0]
    yield analysis.finding("SW204" if days else "SW206", *binding.mention.span, stated=right)


def _bind(analysis: Analysis, known: Known, context: Contexts, mention: DateMention) -> DateBinding:
    value, (start, end) = mention.value, mention.span
    claim = analysis.claimed(start, end)
    same = [d for d in known.dated if d.value.same(value)]
    if value.start.is_empty and value.time:
        same = [d for d in same if d.value.time]  # a bare time is no date without one
        same = same or [d for d in known.dated if d.value.time and has_clock(d.value.time, value.time)]
    if claim is not None:
        own = [d for d in same if set(d.facts) & set(claim.facts)]
        return DateBinding(mention, tuple(own))
    timed = [d for d in known.dated if d.value.time and _without_time(d.value).same(_without_time(value))]
    if value.time and timed and not value.start.is_empty and not any(d.value.same(value) for d in timed):
        return DateBinding(mention, tuple(timed), "SW203")
    if value.time and value.start.day and value.start.month is None and value.end is None:
        here = context.at(analysis.sentence_index(start))
        of_day = [d for d in known.dated if d.owner in here and d.value.start.day == value.start.day]
        if (
            of_day
            and all(d.value.time and d.value.end is None for d in of_day)
            and not any(replace(d.value, start=value.start).same(value) for d in of_day)
        ):
            return DateBinding(
                mention, tuple(of_day), "SW203"
            )  # 安排在16日上午, of what was on the 16th at 3
    if same and value.start.year and not _is_stated_year(known, value.start.year):
        return DateBinding(mention, tuple(same), "SW205")
    if agreeing := same or [d for d in known.dated if _says_part(d.value, value)]:
        verdict, meant = _misplaced(analysis, known, context, start, agreeing)
        if verdict and same:  # 自5月17日展至…: the first day of one, which another has for its only day
            agreeing = [*same, *(d for d in known.dated if _says_part(d.value, value))]
            verdict, meant = _misplaced(analysis, known, context, start, agreeing)
        return DateBinding(mention, meant, verdict)
    return _altered(analysis, known, context, mention)


def _altered(analysis: Analysis, known: Known, context: Contexts, mention: DateMention) -> DateBinding:
    """A date that no fact states: a year filled in or changed, another date altered, or made up."""
    value = mention.value
    if value.start.is_empty and value.time:
        grams = analysis.sentence_at(mention.span.start).grams
        timed = [d for d in known.dated if d.value.time and d.facts]
        meant = [d for d in timed if d.words & grams]
        return DateBinding(mention, tuple(meant or timed), "SW203" if timed else "SW201")
    other_year = [d for d in known.dated if _without_year(d.value).same(_without_year(value))]
    filled = [d for d in other_year if d.value.start.year is None]
    if filled and value.start.year and not _is_stated_year(known, value.start.year):
        return DateBinding(mention, tuple(filled), "SW205")
    if filled:
        return DateBinding(mention, tuple(filled))
    if other_year and value.start.month is not None:
        return DateBinding(mention, tuple(other_year), "SW202")
    altered = _meant(analysis, known, context, mention)
    return DateBinding(mention, tuple(altered), "SW202" if altered else "SW201")


def _is_stated_year(known: Known, year: int) -> bool:
    return any(year in (d.value.start.year, d.value.end.year if d.value.end else None) for d in known.dated)


def _without_time(value: DateValue) -> DateValue:
    return replace(value, time=None)


def _without_year(value: DateValue) -> DateValue:
    def bare(point: DatePoint) -> DatePoint:
        return replace(point, year=None, masked_year=None)

    return replace(value, start=bare(value.start), end=value.end and bare(value.end), time=None)


def _says_part(stated: DateValue, told: DateValue) -> bool:
    """Whether a coarser or shorter telling agrees: 14日 or 10月 of 10月14日, one end of a period."""
    if told.end is not None and told.start.month is None and told.end.month is None and told.start.day:
        # 9日至10日, the month said before
        return (
            stated.end is not None
            and _point_part(stated.start, replace(told.start, month=stated.start.month))
            and _point_part(stated.end, replace(told.end, month=stated.end.month))
            and replace(stated, time=told.time).same(replace(stated, time=stated.time))
        )
    if told.end is not None:
        # 11月1日至30日 for a stated November, or a period told by its months.
        return (
            told.end.day is None and stated.end is not None
            and _point_part(stated.start, told.start) and _point_part(stated.end, told.end)
        )  # fmt: skip
    if told.start.is_empty:
        return bool(
            told.time and stated.time and replace(told, start=stated.start, end=stated.end).same(stated)
        )
    points = (stated.start,) if stated.end is None else (stated.start, stated.end)
    if not any(_point_part(point, told.start) for point in points):
        return False
    if told.time is None or stated.time is None:
        return True
    return replace(told, start=stated.start, end=stated.end).same(stated)


def _point_part(stated: DatePoint, told: DatePoint) -> bool:
    """Whether all that is told of a point is stated of it, masked and unstated years aside."""
    if told.year is not None and told.year != stated.year:
        return False
    if told.masked_year and not (stated.masked_year or stated.year is None):
        return False
    if told.month is not None and told.month != stated.month:
        return False
    if told.day is not None and told.day != stated.day:
        return False
    return not (told.part and told.part != stated.part)


def _misplaced(
    analysis: Analysis, known: Known, context: Contexts, start: int, same: list[Dated]
) -> tuple[str, tuple[Dated, ...]]:
    """A stated date that stands with an activity that has another one."""
    number = analysis.sentence_index(start)
    here = context.named[number]
    if not here or any(d.owner in here or d.owner is None for d in same):
        return "", tuple(sorted(same, key=lambda d: d.owner not in here))
    clause = analysis.clause_at(start)
    following = analysis.form[start : clause.end + 30]
    grams = analysis.sentences[number].grams
    for dated in same:
        if dated.owner == FOOT:
            continue
        doing = known.doings.get(dated.owner or "")
        if doing is None or grams & (doing.own | doing.marks) or (grams & dated.words and not doing.dates):
            return "", tuple(same)
    for key in here:
        doing = known.doings[key]
        if doing.dates and (
            doing.name[:4] in following or doing.name[:4] in analysis.form[max(0, start - 30) : start]
        ):
            own = tuple(d for d in known.dated if d.owner == key and d.facts)
            return "SW207", (*own, *same)
    return "", tuple(same)


def _meant(analysis: Analysis, known: Known, context: Contexts, mention: DateMention) -> list[Dated]:
    """The stated date that a date in no fact was meant to be, as far as its sentence tells."""
    start, value = mention.span.start, mention.value
    number = analysis.sentence_index(start)
    sentence = analysis.sentences[number]
    told = [
        d for d in known.dated
        if d.facts and d.owner is None and d.words and len(d.words & sentence.grams) >= _TELLS * len(d.words)
    ]  # fmt: skip
    if told:
        return told
    here = context.named[number]
    if here:
        following = analysis.form[start : analysis.clause_at(start).end + 30]
        own = [d for d in known.dated if d.owner in here and d.facts]
        nearest = [d for d in own if known.doings[d.owner or ""].name[:3] in following]
        return nearest or own
    period = [d for d in known.dated if d.facts == ("period",)]
    if period and (value.end is not None) == (period[0].value.end is not None):
        return period
    # A day beside a stated one, in a sentence that names no activity outright.
    carried = context.carried[number]
    return [d for d in known.dated if d.owner in carried and d.facts] if carried else []
