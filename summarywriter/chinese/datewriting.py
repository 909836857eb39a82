"""Dates written in plain Chinese of either script."""

from __future__ import annotations

from summarywriter.chinese.datevalues import DatePoint, DateValue
from summarywriter.chinese.script import Script, to_script


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
