"""What linting finds in the facts themselves, and the one table of its rules."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ruamel.yaml import YAML

from summarywriter.facts.index import Fact, FactIndex
from summarywriter.messages import render
from summarywriter.resources import read_text

Gravity = Literal["error", "warning", "question"]
"""A contradiction; something a person should look at; something a reader will ask."""

RULES: Mapping[str, Gravity] = {
    # figures
    "FL101": "error",  # a part is larger than its whole
    "FL102": "error",  # an item is larger than the total of its kind
    "FL103": "error",  # items add up to more than their total
    "FL104": "warning",  # parts add up to more than their whole: right only if they overlap
    "FL105": "error",  # one thing with two values
    "FL106": "warning",  # one thing stated twice
    "FL107": "warning",  # a lost figure
    "FL108": "warning",  # blurred at both ends
    "FL109": "warning",  # a share of more than a hundred per cent
    "FL110": "warning",  # a number with no measure word
    "FL111": "warning",  # nought, told as an achievement
    "FL112": "error",  # a derived total that its terms do not come to
    # dates
    "FL201": "error",  # far outside the period
    "FL202": "warning",  # outside the period
    "FL203": "error",  # the weekday is another
    "FL204": "error",  # a date or time of day that does not exist
    "FL205": "error",  # two times of day
    "FL206": "warning",  # written before the event ended
    "FL207": "warning",  # rests on a document of a later year
    "FL208": "warning",  # a plan for a time already past
    "FL209": "warning",  # the title names another year
    "FL210": "warning",  # done, at a time after the summary was written
    # names
    "FL301": "warning",  # one character from another name
    "FL302": "warning",  # a mask where the real name is known
    "FL303": "warning",  # a mask
    "FL304": "warning",  # one person with two posts
    "FL305": "error",  # two themes
    "FL306": "warning",  # title and unit name two places
    "FL307": "warning",  # two ordinals for one event
    # texts
    "FL401": "warning",  # secrecy marking
    "FL402": "warning",  # personal data
    "FL403": "warning",  # talks to the program
    "FL404": "warning",  # words of a plan in what is said to be done
    "FL405": "warning",  # praise
    "FL406": "warning",  # a full stop inside a clause that will be joined to others
    "FL407": "warning",  # longer than a clause
    "FL408": "error",  # a placeholder that was never filled in
    "FL409": "warning",  # control, invisible or broken characters
    "FL410": "warning",  # the same text twice
    "FL420": "warning",  # taken out of an old text and not placed
    # what a reader will ask
    "FL501": "question",  # who chaired
    "FL502": "question",  # how many
    "FL503": "question",  # where
    "FL504": "question",  # when
    "FL505": "question",  # totals
    "FL506": "question",  # problems
    "FL507": "question",  # basis
    "FL508": "question",  # which year
    "FL509": "question",  # from when to when
    "FL510": "question",  # what came of it
    "FL511": "question",  # who organised it
    "FL512": "question",  # what is done about the problems
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing in a sheet that is wrong, doubtful or missing.

    Attributes:
        code: ``FL101`` …; stable.
        facts: Ids of the facts concerned; empty where something is missing.
        params: Values for the message of the catalogue.
        line: Line of the first fact concerned, where the sheet came from a file.
        suggestion: What to write in its place, or ``""``.
    """

    code: str
    facts: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    line: int | None = None
    suggestion: str = ""

    @property
    def severity(self) -> Gravity:
        """How grave, from the one table of rules."""
        return RULES[self.code]

    @property
    def message(self) -> str:
        """The message in Traditional Chinese; `told` gives others."""
        return self.told()

    def told(self, *, lang: str = "zh", script: str = "hant") -> str:
        """The message in ``lang`` (``zh``, ``en``), and for Chinese in ``script``."""
        return render(self.code, lang=lang, script=script, **self.params)


@functools.cache
def words(name: str) -> Any:
    """A list or setting of lint.yaml."""
    return _table()[name]


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of lint.yaml, for folded text; the lines of a list are alternatives."""
    given = _table()[name]
    return re.compile(given if isinstance(given, str) else "|".join(given), re.MULTILINE)


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = YAML(typ="safe").load(read_text("facts", "lint.yaml"))
    return table


def found(index: FactIndex, rule: str, /, *facts: Fact, suggestion: str = "", **params: Any) -> Diagnostic:
    """A diagnostic about ``facts``, on the first one's line."""
    line = index.event.origin.line(facts[0].path) if facts else None
    return Diagnostic(rule, tuple(fact.id for fact in facts), params, line, suggestion)


def about(
    index: FactIndex, rule: str, path: tuple[str | int, ...], suggestion: str = "", /, **params: Any
) -> Diagnostic:
    """A diagnostic about a value that is no fact of its own (the title)."""
    return Diagnostic(rule, (), params, index.event.origin.line(path), suggestion)


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names for a message, not all of them where there are many."""
    every = list(names)
    shown = "、".join(f"「{name}」" for name in every[:most])
    return shown if len(every) <= most else f"{shown}等{len(every)}項"
