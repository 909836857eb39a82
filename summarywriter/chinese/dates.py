"""Dates in text: EDTF (ISO 8601-2) and plain Chinese of either script, read and written.

The values are in `datevalues`, what they look like in `datepatterns`, how they are written in `datewriting`;
the values and `format_date` are part of this module's interface.
"""

from __future__ import annotations

import functools
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarywriter.chinese.datepatterns import (
    ISO,
    JOIN,
    LIST_JOIN,
    PART_ONLY,
    POINTS,
    RUN,
    SHAPE,
    SHORT,
    START,
    TIME,
    TIME_AT,
    TO_AT,
    WEEKDAY_AT,
)
from summarywriter.chinese.datevalues import (
    MONTH_PARTS,
    DateError,
    DatePoint,
    DateValue,
)
from summarywriter.chinese.datewriting import format_date
from summarywriter.chinese.numerals import parse_folded
from summarywriter.chinese.text import Folded, Span, enclosures, fold, folded

__all__ = [
    "DateError", "DateMention", "DatePoint", "DateValue", "find_dates", "format_date", "parse_date",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date found in running text; `span` is in that text."""

    span: Span
    value: DateValue


def _number(text: str) -> int:
    value = parse_folded(text.lstrip("0") or "零")
    return -1 if value is None else int(value)


def _year(text: str) -> tuple[int | None, str | None]:
    if re.search(r"[xX×*]", text):
        return None, text
    year = _number(re.sub("[oO0零]", "〇", text) if not text.isdigit() else text)
    return (year + _REPUBLIC if text.isdigit() and len(text) <= 3 else year), None  # noqa: PLR2004


_REPUBLIC = 1911
"""The year before the Republic's first: 113年 is 2024."""


def _checked(point: DatePoint) -> DatePoint:
    """The point, if the calendar has it."""
    if point.month is not None and not 1 <= point.month <= 12:  # noqa: PLR2004
        raise DateError(f"no month {point.month}", "impossible")
    if point.day is not None:
        length = 31 if point.month is None else monthrange(point.year or 2000, point.month)[1]
        if not 1 <= point.day <= length:
            raise DateError(f"month {point.month} has no day {point.day}", "impossible")
    if point.year is not None and not 1 <= point.year < 9999:  # noqa: PLR2004
        raise DateError(f"no year {point.year}", "impossible")
    return point


def _point(match: re.Match[str]) -> DatePoint:
    groups = match.groupdict()
    year, masked = _year(groups["year"]) if groups.get("year") else (None, None)
    month, day = (_number(groups[k]) if groups.get(k) else None for k in ("month", "day"))
    return _checked(DatePoint(year, masked, month, day, groups.get("mpart") or groups.get("ypart")))


def _ordered(value: DateValue) -> DateValue:
    """The period, if it does not end before it starts."""
    start, end = value.start, value.end
    if end is None:
        return value
    if start.year is None and end.year is not None and not start.masked_year:
        raise DateError("a period's first year cannot follow from its last", "format")
    bounds = replace(value, end=replace(end, year=end.year or start.year)).bounds(2000)
    if bounds is None:
        wrong = (
            start.day is not None and end.day is not None and start.month == end.month and end.day < start.day
        )
    else:
        first = start.bounds(2000)
        last = replace(end, year=end.year or start.year).bounds(start.year or 2000)
        wrong = first is not None and last is not None and last[1] < first[0]
        # 12月28日至1月3日 crosses a New Year nobody states.
        late, early = 10, 3
        if (
            wrong
            and None in (start.year, end.year)
            and (start.month or 0) >= late
            and (end.month or 12) <= early
        ):
            wrong = False
    if wrong:
        raise DateError("the period ends before it starts", "reversed")
    return value


# --- Chinese ----------------------------------------------------------------------------------------


def _read_point(text: str, position: int) -> tuple[DatePoint, int] | None:
    if match := ISO.match(text, position):
        return _point(match), match.end()
    for pattern in POINTS:
        if match := pattern.match(text, position):
            return _point(match), match.end()
    return None


def _read_weekday(text: str, position: int) -> tuple[int | None, int]:
    match = WEEKDAY_AT.match(text, position)
    if match is None:
        return None, position
    named = match["weekday"] or match["short"]
    return "一二三四五六日天".index(named) % 7 if named != "天" else 6, match.end()


def _inherit(end: DatePoint, start: DatePoint) -> DatePoint:
    """Give a period's last end what it shares with the first."""
    if end.month is None and (end.day is not None or (end.part and end.part in MONTH_PARTS and not end.year)):
        end = replace(end, month=start.month)
    if end.year is None and end.masked_year is None:
        crosses = start.year is not None and (end.month or 12) < (start.month or 1)
        if not crosses:
            end = replace(end, year=start.year, masked_year=start.masked_year)
    return _checked(end)


def _read_short(text: str, position: int) -> tuple[DateValue, int] | None:
    for index, pattern in enumerate(SHORT):
        match = pattern.match(text, position)
        if match is None:
            continue
        groups = match.groupdict()
        year, masked = _year(groups["year"]) if groups.get("year") else (None, None)
        first, last = _number(match["first"]), _number(match["last"])
        if index == 0:
            month = _number(groups["month"])
            ends = [DatePoint(year, masked, month, day) for day in (first, last)]
        elif index == 1:
            ends = [DatePoint(year, masked, month) for month in (first, last)]
        else:
            ends = [DatePoint(y) for y in (first, last)]
        return _ordered(DateValue(_checked(ends[0]), _checked(ends[1]))), match.end()
    return None


def _read_end(text: str, position: int, start: DatePoint) -> tuple[DatePoint, int] | None:
    to = TO_AT.match(text, position)
    if to is None:
        return None
    if found := _read_point(text, to.end()):
        return found
    if start.part and (match := PART_ONLY.match(text, to.end())):
        return DatePoint(part=match["mpart"]), match.end()
    return None


def _read(text: str, position: int) -> tuple[DateValue, int] | None:
    """The date or time of day that begins at `position`, at its longest.

    Raises:
        DateError: What begins there is an impossible or a reversed date.
    """
    weekday: int | None = None
    value: DateValue
    if short := _read_short(text, position):
        value, position = short
    elif found := _read_point(text, position):
        start, position = found
        value = DateValue(start)
        weekday, position = _read_weekday(text, position)
        if last := _read_end(text, position, start):
            end, position = last
            _, position = _read_weekday(text, position)
            value = _ordered(DateValue(start, _inherit(end, start)))
    elif match := re.compile(TIME).match(text, position):
        if not any(c in match["time"] for c in "时点:"):
            return None  # 上午 alone is no date
        return DateValue(DatePoint(), time=match["time"]), match.end()
    else:
        return None
    time = None
    if (value.end or value.start).day is not None and (match := TIME_AT.match(text, position)):
        time, position = match["time"], match.end()
        if weekday is None and value.end is None:
            weekday, position = _read_weekday(text, position)  # 5月10日上午9時（星期五）
    return replace(value, time=time, weekday_given=weekday), position


# --- EDTF -------------------------------------------------------------------------------------------

_EDTF = re.compile(
    r"(?:(?P<year>[0-9]{4}|[0-9]{2}[0-9xX][xX]|[xX]{4}|-)-?)??"
    r"(?:(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?:T(?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2})?)?[?~%]?"
)
_EDTF_SHAPE = re.compile(
    r"(?:[0-9xX]{4}(?:-[0-9]{2}){0,2}|(?:--)?[0-9]{2}-[0-9]{2}|--[0-9]{2})(?:T[0-9:]+)?[?~%]?"
)


def _edtf_point(text: str) -> tuple[DatePoint, str | None]:
    match = _EDTF.fullmatch(text) if _EDTF_SHAPE.fullmatch(text) else None
    if match is None:
        raise DateError(f"no date: {text!r}", "format")
    given = match["year"]
    # XXXX is EDTF for a year unstated; 20XX is what a masking of years leaves.
    year, masked = (None, None) if given in (None, "-") or given.lower() == "xxxx" else _year(given)
    month, day = (int(match[k]) if match[k] else None for k in ("month", "day"))
    time = match["time"]
    if time is not None and (time > "24:00" or int(time[3:]) > 59):  # noqa: PLR2004
        raise DateError(f"no time of day: {time}", "impossible")
    return _checked(DatePoint(year, masked, month, day)), time and time.removeprefix("0")


def _parse_edtf(text: str) -> DateValue:
    first, slash, last = text.partition("/")
    start, time = _edtf_point(first)
    if not slash:
        return DateValue(start, time=time)
    end, _ = _edtf_point(last)
    if start.year is None and end.year is not None and not start.masked_year:
        start = replace(start, year=end.year)
    return _ordered(DateValue(start, _inherit(end, start), time))


# --- public -----------------------------------------------------------------------------------------


def parse_date(text: str) -> DateValue:
    """Read a text that is one date or period and nothing else.

    EDTF (2018-05-19, 2018-05, 20XX-05-17, 05-17, 2018-05-19/2018-05-26, 2018-05-19T09:00) and plain
    Chinese in either script (二〇一八年五月, 5月19日上午9時, 20xx年5月17日至24日, 5月中旬).

    Raises:
        DateError: With `reason` 'format', 'impossible' or 'reversed'.
    """
    surface = text.strip()
    form = folded(surface)
    if len(form) > 80:  # noqa: PLR2004  no date is so long
        raise DateError("no date: too long", "format")
    if form and set(form) <= set("0123456789xX-/T:?~%"):
        try:
            return replace(_parse_edtf(form), surface=surface)
        except DateError as error:
            if error.reason != "format":
                raise
    return replace(_parse_list(form, surface), surface="".join(surface.split()))


def _parse_list(form: str, surface: str) -> DateValue:
    """One date, or several with 、 between them; a later one takes over the month and the year before it."""
    values: list[DateValue] = []
    position = 0
    while position < len(form):
        if values:
            join = LIST_JOIN.match(form, position)
            position = join.end() if join else position
        found = _read(form, position) if not values or join else None
        if found is None or (values and found[0].start.is_empty):
            raise DateError(f"no date: {surface!r}", "format")
        value, position = found
        values.append(_carried(value, values[-1].end or values[-1].start) if values else value)
    if not values:
        raise DateError(f"no date: {surface!r}", "format")
    return replace(values[0], more=tuple(replace(value, surface="") for value in values[1:]))


def _carried(value: DateValue, before: DatePoint) -> DateValue:
    """A date of a list with what it leaves unsaid: 14日 after 9月7日 is 9月14日."""
    start = value.start
    if start.month is None and start.day is not None:
        start = replace(start, month=before.month)
    if start.year is None and not start.masked_year:
        start = replace(start, year=before.year, masked_year=before.masked_year)
    _checked(start)
    return _ordered(replace(value, start=start, end=value.end and _inherit(value.end, start)))


def find_dates(text: str, *, titles: bool = False) -> list[DateMention]:
    """Dates, periods and clock times in running text, in order.

    A day without its month (21日) has month None, unless 、 or 和 joins it to one that has. What looks
    like a date but cannot be one (2月30日) is not reported: `find_impossible_dates` does that.

    Args:
        text: Running text in either script.
        titles: Report dates inside 《》 too; by default they belong to the title.
    """
    return [mention for mention in _scan(text, titles=titles) if isinstance(mention, DateMention)]


def find_impossible_dates(text: str) -> list[tuple[Span, DateError]]:
    """Dates in running text that the calendar does not have, and periods that end before they start."""
    return [mention for mention in _scan(text, titles=False) if not isinstance(mention, DateMention)]


def date_spans(text: str) -> list[Span]:
    """Where dates stand in a text, possible or not, titles included, in order."""
    return [m.span if isinstance(m, DateMention) else m[0] for m in _scan(text, titles=True)]


_RELATIVE = re.compile(".?一[日天](?=[一两二三四数多])|[前后每隔同当][一两][日天]")


def _scan(text: str, *, titles: bool) -> tuple[DateMention | tuple[Span, DateError], ...]:
    form = fold(text)
    if not START.search(form.text):  # most clauses
        return ()
    return _scanned(text, titles or "《" not in form.text)


@functools.lru_cache(maxsize=64)
def _scanned(text: str, titles: bool) -> tuple[DateMention | tuple[Span, DateError], ...]:  # noqa: FBT001  a key
    """Kept a while, for a text is asked for its dates, for false ones and for its quantities."""
    return tuple(_scanning(text, fold(text), titles=titles))


def _scanning(text: str, form: Folded, *, titles: bool) -> Iterator[DateMention | tuple[Span, DateError]]:
    skipped = [] if titles else enclosures(form.text, openers="《")
    position, previous, ended = 0, DatePoint(), -1
    while match := START.search(form.text, position):
        start = match.start()
        while skipped and skipped[0].end <= start:
            skipped.pop(0)
        if skipped and skipped[0].start <= start:
            position = skipped[0].end
            continue
        if relative := _RELATIVE.match(form.text, max(0, start - 1)):
            position = relative.end()
            continue  # 前一日上午: the day before one that was told
        try:
            found = _read(form.text, start)
        except DateError as error:
            position = max(_end(SHAPE, form.text, start), start + 1)
            yield form.source(start, position), error.with_traceback(None)
            continue
        if found is None:
            position = _end(RUN, form.text, start)
            continue
        value, position = found
        if (
            value.start.month is None
            and value.start.day is not None
            and start == ended + 1
            and JOIN.match(form.text, ended)
        ):
            shared = replace(
                value.start, month=previous.month, year=previous.year, masked_year=previous.masked_year
            )
            value = replace(value, start=shared, end=value.end and _inherit(value.end, shared))
        previous, ended = value.end or value.start, position
        yield _mention(text, form, start, position, value)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start + 1


def _mention(text: str, form: Folded, start: int, end: int, value: DateValue) -> DateMention:
    span = form.source(start, end)
    surface = text[span.start : span.end]
    return DateMention(span, replace(value, surface="".join(surface.split())))
