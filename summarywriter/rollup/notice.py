"""What a person must look at before a rolled-up sheet is used, and the one table of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summarywriter.messages import render

RULES = {
    "RU101": "the same joint event reported by two units",
    "RU102": "a unit missing from the list of those expected",
    "RU103": "a unit's totals contradict its own items",
    "RU104": "several reports of one unit",
    "RU105": "a figure an order of magnitude from what the others suggest",
    "RU106": "a lost figure: the total becomes 至少",
    "RU107": "figures of one kind that may not be added: 人 and 人次",
    "RU108": "reports that differ in what they should share: theme, period",
    "RU109": "a unit's persons counted activity by activity: not added",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at.

    Attributes:
        code: ``RU101`` …; stable.
        units: The units concerned.
        params: Values for the message of the catalogue.
    """

    code: str
    units: tuple[str, ...]
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def told(self, *, lang: str = "zh", script: str = "hant") -> str:
        """The message in ``lang`` (``zh``, ``en``), and for Chinese in ``script``."""
        return render(self.code, lang=lang, script=script, **self.params)
