"""Every single fact of a sheet, with its id, in sheet order.

The sheet nests; coverage, slots and citations do not. The index flattens: one `Fact` for every
field that a summary must tell, ids as given or from the position (`a2.f1`), and one more for every
quantity, date, name and quotation found inside free text (`a2.d1.q1`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from summarywriter.facts.fact import FREE_TEXT, Fact, FactKind
from summarywriter.facts.flatten import flatten
from summarywriter.facts.model import Activity, EventFacts, Status

__all__ = ["FREE_TEXT", "Fact", "FactIndex", "FactKind", "Status", "whole_of"]

T = TypeVar("T")
"""What is worked out of the facts."""


@dataclass(frozen=True, slots=True)
class FactIndex:
    """The facts of one sheet by id, in sheet order.

    Attributes:
        event: The sheet.
        facts: Id to fact, in sheet order.
    """

    event: EventFacts
    facts: Mapping[str, Fact] = field(repr=False)
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def of(cls, event: EventFacts) -> FactIndex:
        """Flatten ``event``."""
        facts: dict[str, Fact] = {}
        for fact in flatten(event):
            facts.setdefault(fact.id, fact)
        return cls(event, facts)

    def __getitem__(self, fact_id: str) -> Fact:
        return self.facts[fact_id]

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self.facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def __len__(self) -> int:
        return len(self.facts)

    def parts(self, fact_id: str) -> tuple[Fact, ...]:
        """Facts owned by ``fact_id``: an activity's fields, or what stands inside a free text."""
        return self.once("parts", self._owned).get(fact_id, ())

    def _owned(self) -> dict[str, tuple[Fact, ...]]:
        owned: dict[str, list[Fact]] = {}
        for fact in self:
            if fact.owner is not None:
                owned.setdefault(fact.owner, []).append(fact)
        return {owner: tuple(parts) for owner, parts in owned.items()}

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """Something worked out of the facts, made when it is first asked for and kept with them.

        Args:
            what: Its name, with all that it depends on besides the facts.
            make: Makes it.
        """
        try:
            return cast("T", self._made[what])
        except KeyError:
            made = self._made[what] = make()
            return made

    def required(self) -> tuple[Fact, ...]:
        """Every fact that must be told."""
        return tuple(fact for fact in self if fact.required)

    def whole(self, fact_id: str) -> Fact | None:
        """The figure that the figure ``fact_id`` is part of (its ``of``), or ``None``."""
        return whole_of(self, self.facts[fact_id])

    def allowed(self, fact_id: str) -> tuple[str, ...]:
        """Codes that the entry of a fact allows (``allow:``), or the entry that it stands in."""
        fact: Fact | None = self.facts[fact_id]
        while fact is not None:
            entry = fact.figure or _entry_at(self.event, fact.path)
            if codes := tuple(getattr(entry, "allow", ())):
                return codes
            fact = self.facts.get(fact.owner or "")
        return ()

    def activity(self, fact_id: str) -> Activity | None:
        """The activity whose id is ``fact_id``."""
        fact = self.facts.get(fact_id)
        if fact is None or fact.kind is not FactKind.ACTIVITY or not isinstance(fact.path[-1], int):
            return None
        return self.event.activities[fact.path[-1]]


def _entry_at(event: EventFacts, path: tuple[str | int, ...]) -> object:
    found: object = event
    for part in path:
        if isinstance(part, int) and isinstance(found, tuple):
            found = found[part]
        else:
            found = getattr(found, str(part), None)
    return found


def whole_of(index: FactIndex, fact: Fact) -> Fact | None:
    """The figure that ``fact`` is part of: an id of its own activity, or else of the whole sheet."""
    of = fact.figure.of if fact.figure is not None else None
    if not of:
        return None
    names = (f"{fact.owner}.{of}", of) if fact.owner else (of,)
    found = next((index.facts[name] for name in names if name in index.facts), None)
    return found if found is not None and found.figure is not None else None
