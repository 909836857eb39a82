"""Whether a clause speaks of what was done, is under way or is planned, by its own words."""

from __future__ import annotations

import functools
import re

from ruamel.yaml import YAML

from summarywriter.chinese.text import folded
from summarywriter.facts.model import Status
from summarywriter.resources import read_text


@functools.cache
def _patterns() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    table = YAML(typ="safe").load(read_text("facts", "status.yaml"))
    return tuple((Status(name), re.compile("|".join(patterns))) for name, patterns in table.items())


def status_of(text: str) -> Status | None:
    """The status that the words of ``text`` state, or ``None`` where they state none.

    Example:
        >>> status_of("擬在商圈設立3個法律諮詢點")
        <Status.PLANNED: 'planned'>
        >>> status_of("模擬上游水位驟漲") is None
        True
    """
    form = folded(text)
    return next((status for status, pattern in _patterns() if pattern.search(form)), None)
