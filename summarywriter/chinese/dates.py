"""Dates in text: EDTF (ISO 8601-2) and plain Chinese of either script, read and written.

The values are in `datevalues` and are part of this module's interface.
"""

from __future__ import annotations

import functools
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarywriter.chinese.datevalues import (
    DAY_PARTS,
    MONTH_PARTS,
    YEAR_PARTS,
    DateError,
    DatePoint,
    DateValue,
)
from summarywriter.chinese.numerals import parse_folded
from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import Folded, Span, enclosures, fold, folded

__all__ = [
    "DateError", "DateMention", "DatePoint", "DateValue", "find_dates", "format_date", "parse_date",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date found in running text; `span` is in that text."""

    span: Span
    value: DateValue


# --- patterns, all on the comparison form; `_` in a name stands for a part --------------------------

_MASK = r"20[xX×*]{2}|20[0-9][xX×*]|[xX×*]{4}|[xX×*]{2}"
#: 2025 年 5 月 14 日: Word and what is read out of a .pdf part figures from Han characters.
_APART = "(?:(?<=[0-9xX×*]) )?"
#: 二O一八 with a Latin O, and a zero for 〇, are common slips.
_FIGURES = "〇零一二三四五六七八九oO0"
#: A figure may not begin inside a longer one; a comma divides clauses unless a digit stands before it that
#: is no clock's.
_BEFORE = r"(?<![0-9.])(?:(?<![0-9],)|(?<=:[0-9][0-9],))"
_BEFORE_HAN = "(?<![〇零一二三四五六七八九十百千万])"
_YEAR = (
    rf"(?P<year>{_MASK}|(?<![0-9.])(?:1[89]|2[01])[0-9]{{2}}"
    rf"|{_BEFORE_HAN}[一二][{_FIGURES}]{{3}}){_APART}年(?!代|级)"
)
_MONTH_NUMBER = rf"{_BEFORE}[0-9]{{1,2}}|{_BEFORE_HAN}(?:十[一二]?|[一二三四五六七八九])"
_MONTH = rf"(?P<month>{_MONTH_NUMBER}){_APART}月(?!球|亮|饼|老|嫂)份?"
_HAN_DAY = "[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY_NUMBER = rf"{_BEFORE}[0-9]{{1,2}}|{_BEFORE_HAN}(?:{_HAN_DAY})"
_DAY = rf"(?P<day>{_DAY_NUMBER}){_APART}[日号](?!捐)"
#: In brackets right after a day, the numeral alone is a weekday: 11月6日（四）.
_WEEKDAY = (
    r"(?:\(?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)?|(?<=[日号])\((?P<short>[一二三四五六日])\))"
)
_HOUR = r"(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_MINUTE = rf"(?:半|一刻|三刻|整|(?:[0-9]{{1,2}}|[〇零一二三四五六七八九十]{{1,3}})(?:{_APART}分)?)"
_HOUR_MARK = "(?:时(?!代|间|段|候|尚|长|期|空|刻|有)|点)"
_DIAL = "(?:[0-9]{1,2}:[0-5][0-9](?![0-9]|:[0-9]))"
_CLOCK = rf"(?:{_HOUR}{_APART}{_HOUR_MARK}(?: ?(?:许|{_MINUTE}))?|{_DIAL})"
#: With no 上午 before it: 三点 would be three points (of a list), and 一时 a while.
_BARE_CLOCK = (
    rf"(?:[0-9]{{1,2}}时(?!代|间|段|候|尚|长|期|空|刻|有)(?:许|{_MINUTE})?"
    rf"|{_HOUR}(?:时|点)(?:半|整|许|{_HOUR}分)|[0-9]{{1,2}}点(?=在|集合|开始|出发|前|准时)|{_DIAL})"
)
_DAY_PART = "(?:" + "|".join(sorted(DAY_PARTS, key=len, reverse=True)) + ")(?!会|宴|餐|报|市|校)"
_TO = r"(?:——|[—–\-~]|至|到)"
_TIME = (
    rf"(?P<time>(?:{_DAY_PART})(?: ?{_CLOCK}(?:{_TO}(?:{_DAY_PART})?{_CLOCK})?)?"
    rf"|(?<![0-9.:]){_BARE_CLOCK}(?:{_TO}(?:{_DAY_PART})?{_CLOCK})?)"
)
_PART_OF_MONTH = "(?P<mpart>" + "|".join(sorted(MONTH_PARTS[:-1], key=len, reverse=True)) + ")"
_PART_OF_YEAR = "第?(?P<ypart>" + "|".join(sorted(YEAR_PARTS, key=len, reverse=True)) + ")"
_GAP = " ?"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("_", _GAP))


_POINTS = (
    _compile(f"{_YEAR}_{_MONTH}_{_DAY}"),
    _compile(f"{_YEAR}_{_MONTH}(?P<day>{_DAY_NUMBER})(?=、(?:{_DAY_NUMBER})[日号])"),  # 2018年5月17、18日
    _compile(f"{_YEAR}_{_MONTH}(?:_{_PART_OF_MONTH})?"),
    _compile(f"{_YEAR}(?:_{_PART_OF_YEAR})?"),
    _compile(f"{_MONTH}_{_DAY}"),
    re.compile(
        rf"{_BEFORE}(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12][0-9]|0?[1-9])\((?:周|星期)?[一二三四五六日]\)"
    ),
    _compile(f"{_MONTH}(?P<day>{_DAY_NUMBER})(?=、(?:{_DAY_NUMBER})[日号])"),  # 5月17、18日
    _compile(f"{_MONTH}(?:_{_PART_OF_MONTH})?"),
    _compile(
        f"(?<!第)(?<!为期)(?<!历时)(?<!连续)(?<!共)(?<!每)(?<!第 )(?<!为期 )(?<!历时 )(?<!连续 )(?<!共 )"
        f"(?P<day>{_DAY_NUMBER}){_APART}日(?!内|间|游|报|捐|以内|之内|元)"
    ),  # 8号 alone is a number, 3日内 a duration
)
_PART_ONLY = re.compile(_PART_OF_MONTH)
_ISO = re.compile(
    r"(?<![0-9.])(?P<year>[0-9]{4}|20[xX]{2})[-./](?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})(?![0-9])"
)
_WEEKDAY_AT = re.compile(_GAP + _WEEKDAY)
_TIME_AT = re.compile(_GAP + _TIME)
_ANY = "[0-9xX〇一二三四五六七八九十]"
_SHAPE = re.compile(
    rf"(?:{_ANY}{{4}}[年\-./])?(?:{_ANY}{{1,3}}[月\-./])?(?:{_ANY}{{1,3}}[日号]?)?"
    rf"(?:{_TO}(?:{_ANY}{{4}}年)?(?:{_ANY}{{1,3}}月)?{_ANY}{{1,3}}[日号])?"
)
_TO_AT = re.compile(_GAP + _TO + _GAP)
#: First ends without their unit: 5月14—21日, 3—5月, 2018—2020年.
_SHORT = tuple(
    re.compile(p)
    for p in (
        (
            rf"(?:{_YEAR} ?)?(?:{_MONTH}) ?(?P<first>{_DAY_NUMBER}) ?{_TO} ?(?P<last>{_DAY_NUMBER})"
            rf"{_APART}[日号]"
        ),
        (
            rf"(?:{_YEAR} ?)?(?P<first>{_MONTH_NUMBER}) ?{_TO} ?(?P<last>{_MONTH_NUMBER})"
            rf"{_APART}月(?!{_DAY_NUMBER}[日号])份?"
        ),
        rf"(?<![0-9.])(?P<first>[0-9]{{4}}){_TO}(?P<last>[0-9]{{4}})年",
    )
)
#: Where a date can begin at all; every other character is passed over at once.
_START = re.compile(rf"[0-9〇一二三四五六七八九十xX×*]|{_DAY_PART}")
_JOIN = re.compile("[、和与及至到]")
_LIST_JOIN = re.compile(" ?[、和与及,] ?")
#: Runs in which no date begins but at their first character.
_RUN = re.compile("[0-9]+|[〇零一二三四五六七八九十]+|.", re.DOTALL)


def _number(text: str) -> int:
    value = parse_folded(text.lstrip("0") or "零")
    return -1 if value is None else int(value)


def _year(text: str) -> tuple[int | None, str | None]:
    if re.search(r"[xX×*]", text):
        return None, text
    return _number(re.sub("[oO0零]", "〇", text) if not text.isdigit() else text), None


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
    if match := _ISO.match(text, position):
        return _point(match), match.end()
    for pattern in _POINTS:
        if match := pattern.match(text, position):
            return _point(match), match.end()
    return None


def _read_weekday(text: str, position: int) -> tuple[int | None, int]:
    match = _WEEKDAY_AT.match(text, position)
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
    for index, pattern in enumerate(_SHORT):
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
    to = _TO_AT.match(text, position)
    if to is None:
        return None
    if found := _read_point(text, to.end()):
        return found
    if start.part and (match := _PART_ONLY.match(text, to.end())):
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
    elif match := re.compile(_TIME).match(text, position):
        if not any(c in match["time"] for c in "时点:"):
            return None  # 上午 alone is no date
        return DateValue(DatePoint(), time=match["time"]), match.end()
    else:
        return None
    time = None
    if (value.end or value.start).day is not None and (match := _TIME_AT.match(text, position)):
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
            join = _LIST_JOIN.match(form, position)
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


_RELATIVE = re.compile("[前后每隔同当][一两][日天]")


def _scan(text: str, *, titles: bool) -> tuple[DateMention | tuple[Span, DateError], ...]:
    form = fold(text)
    if not _START.search(form.text):  # most clauses
        return ()
    return _scanned(text, titles or "《" not in form.text)


@functools.lru_cache(maxsize=64)
def _scanned(text: str, titles: bool) -> tuple[DateMention | tuple[Span, DateError], ...]:  # noqa: FBT001  a key
    """Kept a while, for a text is asked for its dates, for false ones and for its quantities."""
    return tuple(_scanning(text, fold(text), titles=titles))


def _scanning(text: str, form: Folded, *, titles: bool) -> Iterator[DateMention | tuple[Span, DateError]]:
    skipped = [] if titles else enclosures(form.text, openers="《")
    position, previous, ended = 0, DatePoint(), -1
    while match := _START.search(form.text, position):
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
            position = max(_end(_SHAPE, form.text, start), start + 1)
            yield form.source(start, position), error.with_traceback(None)
            continue
        if found is None:
            position = _end(_RUN, form.text, start)
            continue
        value, position = found
        if (
            value.start.month is None
            and value.start.day is not None
            and start == ended + 1
            and _JOIN.match(form.text, ended)
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


def _point_text(point: DatePoint, *, year: bool, month: bool = True) -> str:
    text = ""
    if year and (point.year or point.masked_year):
        text = f"{point.year or point.masked_year}年"
    if month and point.month is not None:
        text += f"{point.month}月"
    if point.day is not None:
        text += f"{point.day}日"
    return text + (point.part or "")


def format_date(
    value: DateValue, *, script: Script, year: bool = True, elide_month: bool = True, time: bool = True
) -> str:
    """Write a date in plain Chinese: 2018年5月19日上午, 5月19日至26日, 9月7日、14日.

    Args:
        value: What to write; a masked year is written as it was given.
        script: Script of 上半年, 時 and so on.
        year: Write the year where it is known or masked. A year that is all there is, is always written.
        elide_month: Leave out the second end's month if it is the first's.
        time: Write the time of day.
    """
    if value.more:
        return _list_text(value, script=script, year=year, elide_month=elide_month, time=time)
    start, end = value.start, value.end
    text = _point_text(start, year=year or start.month is None)
    if end is not None:
        new_year = (end.year, end.masked_year) != (start.year, start.masked_year) or end.month is None
        repeated = elide_month and not new_year and end.month == start.month and (end.day or end.part)
        tail = _point_text(end, year=new_year and (year or end.month is None), month=not repeated)
        text += "至" + tail
    if time and value.time:
        text += value.time
    return to_script(text, script)


def _list_text(value: DateValue, *, script: Script, year: bool, elide_month: bool, time: bool) -> str:
    """The dates of a list; what a date shares with the one before it is left out."""
    out: list[str] = []
    last: DatePoint | None = None
    for one in value.each:
        start = one.start
        new_year = last is None or (start.year, start.masked_year) != (last.year, last.masked_year)
        text = format_date(one, script=script, year=new_year and (year or last is not None), time=time)
        plain = last is not None and not new_year and start.day is not None and start.month == last.month
        if plain and elide_month:
            text = text.removeprefix(f"{start.month}月")
        out.append(text)
        last = one.end or start
    return "、".join(out)
