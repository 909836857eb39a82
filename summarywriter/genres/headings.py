"""Headings composed from the facts below them: pure, deterministic, and never promising what is not there.

The bank of four-character groups is data (headings.yaml). A group may be said only where one fact, an
activity with all its parts or one entry, bears it out; a document says no group twice.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.model import Level, Status
from summarywriter.resources import read_text

_HAN = re.compile(r"[\u3400-\u9fff]+")
_GROUP = 4
"""Characters of a group: headings are made of 四字格."""
_PAIR = 2
"""Groups of a heading, at most."""
_NAMED = 3
"""What a word in an activity's name counts, against one in its parts: a heading says what was done, not what
was handed out on the way."""
_FEW = 3
"""Up to so many facts may stand under a heading that tells of one of them."""
_NAMES = frozenset({FactKind.ORGANISERS, FactKind.PERSON, FactKind.ISSUERS})
"""Who took part says nothing of what was done: 科技局 holds no 科技講座, and pupils may come to a square."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact as headings see it: its words, its parts' words, and which kinds of part it has.

    Attributes:
        name: Its own text, folded.
        text: Everything said of it, folded, the parts kept apart by line breaks.
        kinds: Kinds of its parts and its own.
    """

    name: str
    text: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """A four-character group and what makes it true; see headings.yaml."""

    say: str
    where: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...]
    kinds: frozenset[str]
    outside: frozenset[str]

    def holds(self, item: Evidence) -> bool:
        """Whether ``item`` alone bears the group out."""
        return (
            self.kinds <= item.kinds
            and all(any(word in item.text for word in choice) for choice in self.words)
            and not any(word in item.text for word in self.lacks)
        )

    def strength(self, item: Evidence) -> int:
        """How well ``item`` bears the group out: not at all, by a part of it, or by what it is called."""
        if not self.holds(item):
            return 0
        return _NAMED if any(word in item.name for choice in self.words for word in choice) else 1


@functools.cache
def bank() -> dict[str, Any]:
    """headings.yaml as it stands."""
    data: dict[str, Any] = YAML(typ="safe").load(read_text("genres", "headings.yaml"))
    return data


@functools.cache
def groups() -> tuple[Group, ...]:
    """The bank of groups, the most telling first."""
    return tuple(
        Group(
            entry["say"],
            frozenset(entry["where"]),
            tuple(tuple(folded(choice).split()) for choice in entry.get("words", ())),
            tuple(folded(entry.get("lacks", "")).split()),
            frozenset(entry.get("kinds", ())),
            frozenset(entry.get("outside", ())),
        )
        for entry in bank()["groups"]
    )


def evidence(index: FactIndex, fact_id: str) -> Evidence:
    """What a heading may say of a fact and its parts; a planned one bears out nothing."""
    fact = index[fact_id]
    if fact.status is Status.PLANNED:
        return Evidence(folded(fact.text), "", frozenset())
    texts, kinds = [fact.text], {str(fact.kind)}
    for part in (fact, *index.parts(fact_id)):
        if part.status is Status.PLANNED:
            continue
        kinds.add(str(part.kind))
        if part.kind in _NAMES:
            continue
        texts.append(part.text)
        if part.figure is not None:
            texts.append(part.figure.label + (part.quantity.unit if part.quantity else ""))
    activity = index.activity(fact_id)
    if activity is not None and activity.field:
        texts.append(activity.field)
    return Evidence(folded(fact.text), folded("\n".join(texts)), frozenset(kinds))


def _clash(one: str, other: str) -> bool:
    """Whether two groups repeat a word (隱患排查，入戶排查) or a character out of step (應急演練，以練促防).

    The same character in the same place is what makes groups parallel: 按周調度，按月通報.
    """
    if any(one[n : n + 2] in other for n in range(len(one) - 1)):
        return True
    return any(a == b and m != n for m, a in enumerate(one) for n, b in enumerate(other))


@dataclass(slots=True)
class Headings:
    """The headings of one document: what has been said is not said again.

    Attributes:
        script: The sheet's.
        level: Whose summary it is.
    """

    script: Script
    level: Level | None = None
    _said: list[str] = field(default_factory=list)

    def reserve(self, *names: str) -> None:
        """Keep ``names`` (fields that will be headings themselves) out of composed headings."""
        self._said.extend(folded(name) for name in names)

    def composed(self, items: Sequence[Evidence], where: str, *, first: Sequence[str] = ()) -> str | None:
        """A heading of one or two groups that tell the most of ``items``; ``None`` where none would.

        Args:
            items: The facts below the heading.
            where: ``activities``, ``organisation`` or ``publicity``.
            first: The fields below the heading. A field of four characters is a group that the sheet
                itself bears out.
        """
        chosen: list[str] = [name for name in first if is_group(name)][:_PAIR]
        covered = {n for n, item in enumerate(items) if any(folded(name) in item.text for name in chosen)}
        while len(chosen) < _PAIR and (best := self._best(items, where, chosen, covered)):
            say, told = best
            chosen.append(say)
            covered |= told
        short = len(chosen) == 1 or len(items) > _FEW
        if not chosen or (short and 2 * len(covered) < len(items)):
            return None
        self._said.extend(folded(say) for say in chosen)
        return "，".join(_in_order(chosen, items, self._own_words(first)))

    def _own_words(self, first: Sequence[str]) -> dict[str, Group | None]:
        known: dict[str, Group | None] = dict.fromkeys(first)
        known.update((printed(group.say, self.script), group) for group in groups())
        return known

    def _best(
        self, items: Sequence[Evidence], where: str, chosen: Sequence[str], covered: set[int]
    ) -> tuple[str, set[int]] | None:
        best: tuple[str, set[int]] | None = None
        best_score = 0
        for group in groups():
            if where not in group.where or (self.level and self.level.value in group.outside):
                continue
            say = folded(group.say)
            if any(say in other for other in self._said) or any(_clash(say, folded(o)) for o in chosen):
                continue
            told = {n: strength for n, item in enumerate(items) if (strength := group.strength(item))}
            if not told or (where == "activities" and max(told.values()) < _NAMED):
                continue
            # A second group must tell of something: of what the first does not, if there is such a one.
            score = sum(strength for n, strength in told.items() if n not in covered)
            if best is None or score > best_score:
                best, best_score = (printed(group.say, self.script), set(told)), score
        return best

    def own(self, name: str, *, of_field: bool = False) -> str:
        """A field's or an activity's own name; a short field says that it is activities (農村 → 農村活動)."""
        activities = self.say("活動")
        short = of_field and len(name) < _GROUP and not name.endswith(activities)
        heading = f"{name}{activities}" if short else name
        self._said.append(folded(heading))
        return heading

    def plain(self, feeds: Iterable[str]) -> str:
        """The role's plain heading, by what is told."""
        there = set(feeds)
        for entry in bank()["plain"]:
            if set(entry["needs"]) <= there:
                return self.fixed(entry["say"])
        return self.fixed("有關情況")

    def fixed(self, text: str) -> str:
        """A genre's own words as a heading."""
        heading = self.say(text)
        self._said.append(folded(heading))
        return heading

    def other(self) -> str:
        """The heading of activities that belong to no group."""
        return self.fixed(bank()["other"])

    def say(self, text: str) -> str:
        """A genre's own words in the sheet's script."""
        return printed(text, self.script)


def printed(text: str, script: Script) -> str:
    """The project's own Traditional words in the sheet's script.

    Only ever towards Simplified: a conversion to Traditional expects Simplified, and would turn 聯合 and
    活動周 into other words.
    """
    return to_script(text, script) if script is Script.HANS else text


def is_group(name: str) -> bool:
    """Whether ``name`` can stand as a four-character group."""
    return len(name) == _GROUP and _HAN.fullmatch(name) is not None


def _in_order(
    chosen: Sequence[str], items: Sequence[Evidence], known: dict[str, Group | None]
) -> tuple[str, ...]:
    """Groups in the order of the facts that bear them out."""

    def place(say: str) -> int:
        group = known.get(say)
        for n, item in enumerate(items):
            if group.holds(item) if group else folded(say) in item.text:
                return n
        return len(items)

    return tuple(sorted(chosen, key=place))


def theme_of(item: Evidence, table: str) -> str | None:
    """The theme of a fact: by its own text first, then by its parts."""
    return _theme_in(item.name, table) or _theme_in(item.text, table)


def theme_by_name(item: Evidence, table: str) -> str | None:
    """The theme that a fact's own text says, whatever its parts say."""
    return _theme_in(item.name, table)


def _theme_in(text: str, table: str) -> str | None:
    for theme in bank()["themes"][table]:
        if any(word in text for word in folded(theme["words"]).split()):
            return str(theme["say"])
    return None


def prepares(name: str) -> bool:
    """Whether an activity of this name prepares the event (動員會, 籌備會議)."""
    text = folded(name)
    return any(word in text for word in folded(bank()["preparation"]).split())


def launches(name: str) -> bool:
    """Whether an activity of this name opens the event (啟動儀式, 開幕式, 出征儀式)."""
    text = folded(name)
    return any(word in text for word in folded(bank()["launch"]).split())


def leads(text: str) -> bool:
    """Whether a measure says who led (書記任組長): it stands before what was done by date."""
    form = folded(text)
    return any(word in form for word in folded(bank()["leadership"]).split())
