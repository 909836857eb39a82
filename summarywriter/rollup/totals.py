"""Totals: which figures of which units are added to which, and what may not be.

A unit's own total of a kind stands for it; where it reports none, its activities' figures are added up,
but for persons and households, who may come twice. Planned figures, figures of a single day, shares and
averages are never added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from summarywriter.chinese.quantities import Modifier, Quantity, format_quantity
from summarywriter.chinese.script import Script
from summarywriter.chinese.sums import add, adds_up
from summarywriter.chinese.text import folded
from summarywriter.facts.derivation import rounded
from summarywriter.facts.index import Fact, FactKind
from summarywriter.facts.model import Figure, Status, Term
from summarywriter.rollup.notice import Notice
from summarywriter.rollup.report import Report
from summarywriter.rollup.words import action_class, thing_class, words


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes two figures addable.

    Attributes:
        action: Class of the verb.
        thing: Class of what is counted.
        unit: Key of the measure word.
        actor: Whose figure, where it is not the unit's own.
        scope: What it covers, where that is not the whole event.
        whole: The kind that it is a part of (其中), if any.
    """

    action: str
    thing: str
    unit: str
    actor: str = ""
    scope: str = ""
    whole: Kind | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit adds to a total."""

    report: Report
    facts: tuple[Fact, ...]

    @property
    def is_total(self) -> bool:
        """Whether the unit states it as a total of its own; else its activities' figures are added."""
        return all(fact.kind is FactKind.TOTAL for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Total:
    """One total.

    Attributes:
        kind: What it counts.
        shares: Who adds what, in the order of the reports.
        figure: The figure for the sheet, with its derivation.
    """

    kind: Kind
    shares: tuple[Share, ...]
    figure: Figure

    @property
    def terms(self) -> tuple[Fact, ...]:
        """Every figure that is added up."""
        return tuple(fact for share in self.shares for fact in share.facts)

    @property
    def by_totals(self) -> bool:
        """Whether most units state it as a total of their own."""
        return 2 * sum(share.is_total for share in self.shares) >= len(self.shares)


def totals(reports: Sequence[Report], script: Script) -> tuple[tuple[Total, ...], tuple[Notice, ...]]:
    """Every total, those that most units report first; and what could not be added."""
    shares: dict[Kind, list[Share]] = defaultdict(list)
    notices: list[Notice] = []
    for report in reports:
        for kind, facts in _contributions(report, notices).items():
            shares[kind].append(Share(report, facts))
    found = []
    for kind, given in shares.items():
        total = _total(kind, tuple(given), script)
        if total is not None:
            found.append(total)
            notices += _lost(total)
    order = {kind: place for place, kind in enumerate(shares)}
    found.sort(key=lambda total: (-len(total.shares), order[total.kind]))
    return tuple(found), (*_apart(found), *notices)


def kind_of(fact: Fact, report: Report) -> Kind | None:
    """What a figure may be added to; ``None`` where it may not be added at all."""
    figure, quantity = fact.figure, fact.quantity
    if figure is None or quantity is None or fact.status is Status.PLANNED or not adds_up(quantity):
        return None
    form, scope = folded(figure.label), folded(figure.scope or "")
    if scope in words("part_scopes") or any(word in form for word in words("averages")):
        return None
    whole = report.index.whole(fact.id)
    above = kind_of(whole, report) if whole is not None else None
    if whole is not None and above is None:
        return None
    return Kind(
        action=action_class(figure.action or ""),
        thing=thing_class(figure.object),
        unit=quantity.unit_key,
        actor=folded(figure.actor or "") if folded(figure.actor or "") != folded(report.name) else "",
        scope="" if scope in words("whole_scopes") else scope,
        whole=above,
    )


# --- what one unit adds -----------------------------------------------------------------------------


def _contributions(report: Report, notices: list[Notice]) -> dict[Kind, tuple[Fact, ...]]:
    own = _by_kind(report, FactKind.TOTAL)
    items = _by_kind(report, FactKind.FIGURE)
    found = {kind: _most_general(facts) for kind, facts in own.items()}
    for kind, facts in items.items():
        if kind in found or (kind.action == action_class("參加") and kind.unit in words("persons")):
            continue  # who came to one activity is no total of anything
        if kind.unit in words("persons") and len(facts) > 1:
            label = facts[0].figure.label if facts[0].figure else ""
            notices.append(
                Notice("RU109", (report.name,), {"unit": report.name, "what": label, "count": len(facts)})
            )
            continue
        found[kind] = facts
    return found


def _by_kind(report: Report, what: FactKind) -> dict[Kind, tuple[Fact, ...]]:
    found: dict[Kind, list[Fact]] = defaultdict(list)
    for fact in report.index:
        if fact.kind is what and (kind := kind_of(fact, report)) is not None:
            found[kind].append(fact)
    return {kind: tuple(facts) for kind, facts in found.items()}


def _most_general(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Of a unit's totals of one kind the one whose thing is the class itself holds the others."""
    general = [f for f in facts if f.figure and folded(f.figure.object) == thing_class(f.figure.object)]
    return tuple(general[:1]) if general else facts


# --- the sums ---------------------------------------------------------------------------------------


def _total(kind: Kind, shares: tuple[Share, ...], script: Script) -> Total | None:
    facts = [(share.report, fact) for share in shares for fact in share.facts]
    quantities = [fact.quantity for _, fact in facts if fact.quantity is not None]
    found = add(quantities)
    if found is None:
        return None
    if found.modifier is Modifier.ABOUT:
        found = rounded(found)
    quantity = replace(found, surface=format_quantity(found, script))
    action, thing = _label([fact.figure for _, fact in facts if fact.figure is not None])
    figure = Figure(
        action=action,
        object=thing,
        quantity=quantity,
        actor=_common(fact.figure.actor for _, fact in facts if fact.figure),
        scope=_common(fact.figure.scope for _, fact in facts if fact.figure) if kind.scope else None,
        derived=tuple(
            Term(unit=report.unit, fact=fact.id, quantity=fact.quantity)
            for report, fact in facts
            if fact.quantity is not None
        ),
    )
    return Total(kind, shares, figure)


def _label(figures: Sequence[Figure]) -> tuple[str | None, str]:
    """The verb and noun that most use; for several nouns of one class, its general one if any unit has it."""
    action = Counter(figure.action for figure in figures).most_common(1)[0][0]
    things = Counter(figure.object for figure in figures)
    general = [thing for thing in things if folded(thing) == thing_class(thing)]
    if len(things) > 1 and general:
        return action, max(general, key=lambda thing: things[thing])
    return action, things.most_common(1)[0][0]


def _common(values: Iterable[str | None]) -> str | None:
    return Counter(values).most_common(1)[0][0]


def label_variants(total: Total) -> tuple[str, ...]:
    """Other nouns that are counted in a total, for a person to judge."""
    things = dict.fromkeys(fact.figure.object for fact in total.terms if fact.figure is not None)
    return tuple(thing for thing in things if thing and folded(thing) != folded(total.figure.object))


def _lost(total: Total) -> Iterable[Notice]:
    for share in total.shares:
        for fact in share.facts:
            if fact.quantity is not None and (fact.quantity.masked or fact.quantity.value is None):
                yield Notice(
                    "RU106",
                    (share.report.name,),
                    {
                        "unit": share.report.name,
                        "what": f"{total.figure.label}{fact.text}",
                        "total": f"{total.figure.label}{total.figure.quantity.surface}",
                    },
                )


def _apart(found: Sequence[Total]) -> Iterable[Notice]:
    """Totals that count one thing by several measure words: 人 by some, 人次 by others."""
    alike: Mapping[tuple[str, ...], list[Total]] = defaultdict(list)
    for total in found:
        kind = total.kind
        if kind.whole is None:
            alike[kind.action, kind.thing, kind.actor, kind.scope].append(total)
    for group in alike.values():
        if len(group) > 1:
            told = "、".join(f"{_unit(t)}（{len(t.shares)}）" for t in group)
            names = tuple(share.report.name for total in group[1:] for share in total.shares)
            yield Notice("RU107", names, {"what": group[0].figure.label, "units": told})


def _unit(total: Total) -> str:
    quantity: Quantity = total.figure.quantity
    return quantity.unit
