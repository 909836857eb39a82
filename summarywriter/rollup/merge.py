"""Entries of several units that say the same, made one and counted: problems, measures, results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import folded
from summarywriter.facts.model import Entry
from summarywriter.rollup.report import Report
from summarywriter.rollup.words import words

SAME = 75.0
"""Likeness (0 to 100) from which two entries are taken to say the same; below, both stand."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What several units say.

    Attributes:
        text: The wording that most have, else the one nearest to all.
        said: Who says it, and in which words.
        likeness: The least likeness of any wording to ``text``, 100 where all are alike.
    """

    text: str
    said: tuple[tuple[Report, str], ...]
    likeness: float

    @property
    def units(self) -> tuple[str, ...]:
        """The units that say it, each once."""
        return tuple(dict.fromkeys(report.name for report, _ in self.said))


def merged(reports: Sequence[Report], field: str) -> tuple[Merged, ...]:
    """The entries of ``field`` of all units, those that most units have first.

    Entries are compared without the words that only soften them, and never made one where a number or a
    denial differs.
    """
    groups: list[list[tuple[Report, str]]] = []
    for report in reports:
        for entry in _entries(report, field):
            home = next((group for group in groups if _agrees(entry, report, group)), None)
            if home is None:
                groups.append([(report, entry.text)])
            else:
                home.append((report, entry.text))
    found = [_as_one(group) for group in groups]
    return tuple(sorted(found, key=lambda one: -len(one.units)))


def _entries(report: Report, field: str) -> tuple[Entry, ...]:
    found: tuple[Entry, ...] = getattr(report.facts, field)
    return found


def _agrees(entry: Entry, report: Report, group: list[tuple[Report, str]]) -> bool:
    """Whether an entry says what every entry of a group says."""
    return all(likeness(entry.text, report, text, other) >= SAME for other, text in group)


def likeness(one: str, first: Report, other: str, second: Report) -> float:
    """How alike two entries are, 0 to 100; 0 where a number or a denial differs."""
    from rapidfuzz import fuzz

    mine, theirs = _core(one, first), _core(other, second)
    if _numbers(one) != _numbers(other) or _denials(mine) != _denials(theirs):
        return 0.0
    if not mine or not theirs:
        return 100.0 if folded(one) == folded(other) else 0.0
    return float(fuzz.ratio(mine, theirs))


#: 覆蓋不夠 is a lack like 不足; 不夠及時 is 不及時.
_NOT_ENOUGH = re.compile(r"不够(?![一-鿿])")
_MARKS = re.compile(r"[\s，,、；;。.：:“”\"]")


def _core(text: str, report: Report) -> str:
    """A text without its unit's name, marks, and the words that say little."""
    form = folded(text).replace(folded(report.name), "")
    form = _MARKS.sub("", _NOT_ENOUGH.sub("不足", form).replace("不够", "不"))
    for word in words("lacking"):
        form = form.replace(word, "不足")
    for word in words("empty"):
        form = form.replace(word, "")
    return form


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(
        sorted(f"{found.quantity.value}{found.quantity.unit_key}" for found in find_quantities(text))
    )


_DENIAL = re.compile("不|未|没|无|缺|少")


def _denials(form: str) -> bool:
    return bool(_DENIAL.search(form))


def _as_one(group: list[tuple[Report, str]]) -> Merged:
    texts = Counter(text for _, text in group)
    reports = {text: report for report, text in group}

    def nearness(text: str) -> float:
        return sum(likeness(text, reports[text], other, report) for report, other in group)

    text = max(texts, key=lambda text: (texts[text], nearness(text)))
    least = min(likeness(text, reports[text], other, report) for report, other in group)
    return Merged(text, tuple(group), least if len(texts) > 1 else 100.0)
