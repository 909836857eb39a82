"""What a house lets pass: the rules that are a matter of taste, each with a default and a reason.

Figures, dates and names are no matter of taste. What can be argued about is here: praise, superlatives, what
a writer may work out for himself, and figures told more weakly than the sheet has them. docs/policy.md
gives each with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from summarywriter.errors import PolicyError
from summarywriter.messages import render
from summarywriter.verify.report import Finding, Severity
from summarywriter.verify.rules import RULES


class Ruling(StrEnum):
    """What becomes of a finding."""

    ERROR = "error"
    WARNING = "warning"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rulings of one house.

    Attributes:
        praise: 成效顯著 and its like, where no fact says so (SW401).
        superlatives: 首次, 規模最大, an honour, where no fact says so (SW402).
        derived_durations: 為期8天, rightly counted from stated dates (SW107).
        derived_totals: A sum or a difference, rightly worked out (SW107).
        derived_ratios: A percentage, rightly worked out (SW107).
        weekdays: A weekday that the calendar gives and no fact states (SW206).
        weaker_figures: 600多人 for a stated 635人: less said, and true (SW102, SW104).
        severity: Rulings by code of rule, before all others.
        alike: Groups of verbs or nouns that the house uses for one another around a figure.
        units: Groups of measure words that it takes for one.
    """

    praise: Ruling = Ruling.WARNING
    superlatives: Ruling = Ruling.ERROR
    derived_durations: Ruling = Ruling.ERROR
    derived_totals: Ruling = Ruling.ERROR
    derived_ratios: Ruling = Ruling.ERROR
    weekdays: Ruling = Ruling.ALLOW
    weaker_figures: Ruling = Ruling.ERROR
    severity: Mapping[str, Ruling] = field(default_factory=dict, hash=False)
    alike: tuple[tuple[str, ...], ...] = ()
    units: tuple[tuple[str, ...], ...] = ()

    def judged(self, finding: Finding) -> Finding | None:
        """A finding as this house sees it; ``None`` where it lets it pass."""
        ruling = self.severity.get(finding.code) or self._by_topic(finding)
        if ruling is None:
            return finding
        if ruling is Ruling.ALLOW:
            return None
        return replace(finding, severity=Severity(ruling.value))

    def _by_topic(self, finding: Finding) -> Ruling | None:
        topic = finding.params.get("policy") or _TOPICS.get(finding.code)
        return getattr(self, topic) if topic else None


_TOPICS = {"SW401": "praise", "SW402": "superlatives"}
_WORDS = ("alike", "units")
_NAMES = tuple(f.name for f in fields(Policy) if f.name not in ("severity", *_WORDS))
DEFAULT = Policy()


def read_policy(table: Mapping[str, object], *, lang: str = "zh", script: str = "hant") -> Policy:
    """Read a ``[policy]`` table.

    Args:
        table: Keys are attributes of `Policy`; values ``error``, ``warning`` or ``allow``; ``severity`` is a
            table of codes, ``alike`` and ``units`` lists of lists of words.
        lang: Language of messages, ``zh`` or ``en``.
        script: Script of Chinese messages.

    Raises:
        PolicyError: A key, a code or a value that there is none of; the message names it and what is right.

    Example:
        >>> read_policy({"derived_durations": "allow", "severity": {"SW511": "allow"}}).derived_durations
        <Ruling.ALLOW: 'allow'>
    """
    reader = _Reader(lang, script)
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key == "severity":
            found[key] = reader.severities(value)
        elif key in _WORDS:
            found[key] = reader.groups(key, value)
        elif key in _NAMES:
            found[key] = reader.ruling(key, value)
        else:
            near = get_close_matches(str(key), (*_NAMES, *_WORDS, "severity"), 1, 0.4)
            raise reader.fault("unknown_key", str(key), near=near[0] if near else ", ".join(_NAMES))
    return Policy(**found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the values of a table, and tells what is wrong with one."""

    lang: str
    script: str

    def fault(self, why: str, key: str, **params: str) -> PolicyError:
        return PolicyError(
            render(f"policy.{why}", lang=self.lang, script=self.script, key=key, **params), key
        )

    def ruling(self, key: str, value: object) -> Ruling:
        try:
            return Ruling(str(value))
        except ValueError:
            raise self.fault("bad_value", key, value=str(value)) from None

    def severities(self, value: object) -> dict[str, Ruling]:
        if not isinstance(value, Mapping):
            raise self.fault("severity_table", "severity")
        for code in value:
            if code not in RULES:
                near = get_close_matches(str(code), RULES, 1)
                raise self.fault("unknown_code", str(code), near=near[0] if near else "SW101")
        return {str(code): self.ruling(str(code), wanted) for code, wanted in value.items()}

    def groups(self, key: str, value: object) -> tuple[tuple[str, ...], ...]:
        def is_group(group: object) -> bool:
            return isinstance(group, list) and len(group) > 1 and all(isinstance(w, str) and w for w in group)

        if isinstance(value, list) and all(map(is_group, value)):
            return tuple(map(tuple, value))
        raise self.fault("groups", key)
