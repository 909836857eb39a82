"""SW204 and SW206: days that come round, as 每周五."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words


@functools.cache
def _every() -> re.Pattern[str]:
    """每周五, 逢星期六、日; its group holds the days."""
    day, week, count = (either(words(name)) for name in ("weekday", "week", "week_counter"))
    return re.compile(f"{either(words('recurring'))}{week}({day}(?:、?{week}?{day}(?!{count}))*)")


def recurring(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """每周五 where the sheet has 每周一."""
    stated = {day for match in _every().finditer(known.haystack) for day in _days(match[1])}
    for match in _every().finditer(analysis.form):
        if analysis.form.startswith(words("week_counter"), match.end()) or analysis.overlaps_claim(
            *match.span()
        ):
            continue
        told = _days(match[1])
        if told <= stated or known.says(match.group()):
            continue
        right = "、".join(f"周{day}" for day in sorted(stated))
        yield analysis.finding("SW204" if stated else "SW206", *match.span(), stated=right)


def _days(text: str) -> set[str]:
    return {"日" if day == "天" else day for day in re.findall(either(words("weekday")), text)}
