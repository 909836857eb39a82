"""Dates as values: points and periods whose year may be masked or unstated, and how they compare."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Self

from summarywriter.chinese.numerals import parse_folded
from summarywriter.chinese.text import folded

#: Days that a part of a month may mean; wide, since no standard fixes 初 and 底. 31 is the month's end.
_MONTH_PARTS = {
    "初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31),
    "上半月": (1, 15), "下半月": (16, 31), "上中旬": (1, 20), "中下旬": (11, 31), "中": (11, 20),
}  # fmt: skip
#: Months that a part of a year may mean.
_YEAR_PARTS = {
    "初": (1, 3), "底": (10, 12), "末": (10, 12), "上半年": (1, 6), "下半年": (7, 12),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip
#: Clock hours that a part of a day may mean, first and last, both included.
_DAY_PARTS = {
    "凌晨": (0, 6), "早上": (4, 11), "早晨": (4, 11), "清晨": (4, 9), "上午": (5, 12), "中午": (11, 14),
    "下午": (12, 19), "傍晚": (16, 20), "晚上": (17, 24), "晚": (17, 24), "夜间": (17, 24), "夜里": (17, 24),
    "夜": (17, 24),
}  # fmt: skip
#: Parts of the day in which hours are counted again from one.
_AFTER_NOON = frozenset({"下午", "傍晚", "晚上", "晚", "夜间", "夜里", "夜", "中午"})
MONTH_PARTS, YEAR_PARTS, DAY_PARTS = tuple(_MONTH_PARTS), tuple(_YEAR_PARTS), tuple(_DAY_PARTS)

_NOON = 12
#: A leap year, for a date whose year is unstated may be any, 29 February included.
_LEAP = 2000
_CLOCK = re.compile(
    r"(?P<h>[0-9]{1,2}|[〇零一二三四五六七八九十两]{1,3})(?:[时点:])"
    r"(?P<m>半|一刻|三刻|整|[0-9]{1,2}|[〇零一二三四五六七八九十]{1,3})?分?"
)


class DateError(ValueError):
    """A text is no date, or no possible one.

    Attributes:
        reason: 'format' (no date at all), 'impossible' (2月30日) or 'reversed' (ends before it starts).
    """

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DatePoint:
    """One end of a date, as exact as it was stated.

    Attributes:
        year: The year, None if masked or unstated.
        masked_year: A masked year as given ('20XX', '20xx', 'xx'), else None.
        month: 1 to 12, or None.
        day: 1 to 31, or None.
        part: A part of the month or, with no month, of the year, in comparison form: 初, 上旬, 上半年.
    """

    year: int | None = None
    masked_year: str | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stated, as beside a bare time of day."""
        return self == DatePoint()

    def bounds(self, year: int) -> tuple[date, date] | None:
        """First and last day it may mean if its unknown year is `year`; None without month and year."""
        year = self.year or year
        if self.month is None:
            if self.day is not None or (self.year is None and self.masked_year is None):
                return None
            first, last = _YEAR_PARTS.get(self.part or "", (1, 12))
            return date(year, first, 1), date(year, last, monthrange(year, last)[1])
        length = monthrange(year, self.month)[1]
        if self.day is not None:
            # 29 February of an unstated year, seen in a common one, is its 28th.
            day = min(self.day, length)
            return date(year, self.month, day), date(year, self.month, day)
        first, last = _MONTH_PARTS.get(self.part or "", (1, 31))
        return date(year, self.month, first), date(year, self.month, min(last, length))

    def same(self, other: DatePoint, *, default_year: int | None = None) -> bool:
        """Whether both say the same day, month or part; see `DateValue.same` for the year."""
        if (self.month, self.day, _part(self.part)) != (other.month, other.day, _part(other.part)):
            return False
        if self.masked_year or other.masked_year:
            # A masked year tells nothing, yet a known year in its place was filled in by someone.
            return self.year is None and other.year is None
        mine, theirs = self.year or default_year, other.year or default_year
        return mine is None or theirs is None or mine == theirs


def _part(part: str | None) -> str | None:
    return "底" if part == "末" else part


class _Clock(NamedTuple):
    part: str
    hour: int | None
    minute: int


def has_clock(stated: str, told: str) -> bool:
    """Whether a time of day is one of those that a text names: 十一點半 of 上午9時至11時30分.

    >>> has_clock("上午9時至11時30分", "十一點半"), has_clock("上午9時", "十一點半")
    (True, False)
    """
    theirs = [clock for clock in _clocks(told) if clock.hour is not None]
    mine = [clock for clock in _clocks(stated) if clock.hour is not None]
    return bool(theirs) and all(any(_same_clock(one, other) for other in mine) for one in theirs)


def _clocks(time: str | None) -> list[_Clock]:
    """The times of day named in a text: '下午2时至5时半' gives two, '上午' one without an hour."""
    if not time:
        return []
    form = "".join(folded(time).split())
    part = next((p for p in DAY_PARTS if form.startswith(p)), "")
    clocks: list[_Clock] = []
    for match in _CLOCK.finditer(form):
        hour = parse_folded(match["h"].lstrip("0") or "零")
        minute_text = match["m"] or ""
        minute = {"": 0, "整": 0, "半": 30, "一刻": 15, "三刻": 45}.get(minute_text)
        if minute is None:
            minute = int(parse_folded(minute_text.lstrip("0").lstrip("零〇") or "零") or 0)
        own = next((p for p in DAY_PARTS if form.endswith(p, 0, match.start())), part)
        clocks.append(_Clock(own, None if hour is None else int(hour), minute))
    return clocks or ([_Clock(part, None, 0)] if part else [])


def _same_clock(a: _Clock, b: _Clock) -> bool:
    def on_dial(clock: _Clock) -> int | None:
        if clock.hour is None:
            return None
        later = clock.part in _AFTER_NOON and 0 < clock.hour < (6 if clock.part == "中午" else _NOON)
        return clock.hour + (_NOON if later else 0)

    mine, theirs = on_dial(a), on_dial(b)
    if mine is not None and theirs is not None:
        parts = a.part == b.part or not a.part or not b.part or mine == theirs
        # 3:30 with no part of the day may be 下午3:30; 上午9时 is no 21:00.
        earlier = a if mine < theirs else b
        loose = not earlier.part and abs(mine - theirs) == _NOON
        return a.minute == b.minute and parts and (mine == theirs or loose)
    if mine is None and theirs is None:
        first, second = _DAY_PARTS[a.part], _DAY_PARTS[b.part]
        return a.part == b.part or (first == second)
    hour, part = (mine, b.part) if mine is not None else (theirs, a.part)
    low, high = _DAY_PARTS[part]
    return hour is not None and (low <= hour <= high)


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date or a period, with the time of day if one was stated.

    Attributes:
        start: The date, or a period's first end.
        end: A period's last end, in full (the month it shares with the start is repeated here).
        time: The time of day as given: 上午, 上午9时, 9:30.
        surface: The whole as given, '' if made otherwise.
        weekday_given: The weekday stated beside the date, Monday 0 to Sunday 6, right or wrong.
        more: Of a list of days (9月7日、14日), those after the first, each in full.
    """

    start: DatePoint
    end: DatePoint | None = None
    time: str | None = None
    surface: str = ""
    weekday_given: int | None = None
    more: tuple[DateValue, ...] = ()

    @property
    def each(self) -> tuple[DateValue, ...]:
        """The days or periods of a list one by one; itself where it is no list."""
        return (replace(self, more=()), *self.more) if self.more else (self,)

    @property
    def is_masked(self) -> bool:
        """Whether a year of it is masked."""
        own = bool(self.start.masked_year or (self.end and self.end.masked_year))
        return own or any(value.is_masked for value in self.more)

    @property
    def time_key(self) -> str:
        """The time of day in one form for comparison: '上午9:00', '上午', '9:30—11:00'; '' if unstated."""
        return "—".join(
            c.part + ("" if c.hour is None else f"{c.hour}:{c.minute:02}") for c in _clocks(self.time)
        )

    def same(self, other: Self, *, default_year: int | None = None) -> bool:
        """Whether both state the same date.

        A year or a time of day left out on one side agrees with any; a masked year agrees with a masked
        or an unstated one only, never with a known one.

        Args:
            other: What to compare with.
            default_year: Read into years left unstated.
        """
        if len(self.more) != len(other.more):
            return False
        if self.more:
            pairs = zip(self.each, other.each, strict=True)
            return all(mine.same(theirs, default_year=default_year) for mine, theirs in pairs)
        if (self.end is None) != (other.end is None):
            return False
        if not self.start.same(other.start, default_year=default_year):
            return False
        if (
            self.end is not None
            and other.end is not None
            and not self.end.same(other.end, default_year=default_year)
        ):
            return False
        mine, theirs = _clocks(self.time), _clocks(other.time)
        if not mine or not theirs:
            # A bare time must meet a time: else it would agree with every other.
            return not self.start.is_empty or len(mine) == len(theirs)
        return all(_same_clock(a, b) for a, b in zip(mine, theirs, strict=False))

    def bounds(self, year: int) -> tuple[date, date] | None:
        """First and last day it may mean if years unknown are `year` (the next one if it crosses it)."""
        if self.more:
            all_bounds = [value.bounds(year) for value in self.each]
            known = [found for found in all_bounds if found is not None]
            whole = len(known) == len(all_bounds)
            return (min(a for a, _ in known), max(b for _, b in known)) if whole else None
        first = self.start.bounds(year)
        if first is None or self.end is None:
            return first
        last = self.end.bounds(self.start.year or year)
        if last is None:
            return None
        if last[1] < first[0] and self.end.year is None:
            last = self.end.bounds((self.start.year or year) + 1)
        return None if last is None else (first[0], last[1])

    def contains(self, other: Self | DatePoint) -> bool | None:
        """Whether another date lies wholly inside this one.

        Years left unstated are taken to agree; None where that, a masked year or a coarse date (5月 in a
        period of some days) leaves it open.
        """
        inner = DateValue(other) if isinstance(other, DatePoint) else other
        year = self.start.year or inner.start.year or _LEAP
        outer_bounds, inner_bounds = self.bounds(year), inner.bounds(year)
        if outer_bounds is None or inner_bounds is None:
            return None
        if inner_bounds[1] < outer_bounds[0] or inner_bounds[0] > outer_bounds[1]:
            return None if self.end is not None and self.end.year is None and self._crosses else False
        if not (outer_bounds[0] <= inner_bounds[0] and inner_bounds[1] <= outer_bounds[1]):
            return None
        masks = {bool(self.start.masked_year), bool(inner.start.masked_year)}
        return None if len(masks) > 1 and (self.start.year or inner.start.year) else True

    @property
    def _crosses(self) -> bool:
        """Whether a period with no years runs over New Year (12月28日至1月3日)."""
        return self.end is not None and (self.end.month or 12) < (self.start.month or 1)

    def days(self) -> int | None:
        """Length in days, both ends counted; None unless both are days of a month."""
        if self.more:
            lengths_of = [value.days() for value in self.each]
            return None if None in lengths_of else sum(filter(None, lengths_of))
        if self.start.day is None or self.start.month is None:
            return None
        if self.end is None:
            return 1
        if self.end.day is None or self.end.month is None:
            return None
        lengths = set()
        for year in {self.start.year} if self.start.year else {_LEAP, _LEAP + 1, _LEAP - 1}:
            if (bounds := self.bounds(year)) is None:
                return None
            lengths.add((bounds[1] - bounds[0]).days + 1)
        return lengths.pop() if len(lengths) == 1 else None  # 29 February may lie between

    def weekday(self) -> int | None:
        """The weekday it falls on, Monday 0 to Sunday 6; None for a period or an unknown year."""
        point = self.start
        if self.end is not None or self.more or not (point.year and point.month and point.day):
            return None
        return date(point.year, point.month, point.day).weekday()
