"""Bundles of facts: an activity with all its parts, an entry with what stands inside it.

Every fact of a sheet belongs to exactly one bundle, and a bundle is told together: whatever sections a
genre has, nothing is lost and nothing is told twice.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summarywriter.chinese.dates import find_dates
from summarywriter.chinese.names import same_name
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.genres.genre import Feed
from summarywriter.genres.headings import leads, prepares

_FEEDS: Mapping[FactKind, Feed] = {
    FactKind.UNIT: "unit",
    FactKind.THEME: "theme",
    FactKind.PERIOD: "period",
    FactKind.BASIS: "basis",
    FactKind.ISSUERS: "basis",
    FactKind.DOCNUMBER: "basis",
    FactKind.ORGANISERS: "organisers",
    FactKind.PERSON: "people",
    FactKind.ACTIVITY: "activities",
    FactKind.TOTAL: "totals",
    FactKind.MEASURE: "measures",
    FactKind.RESULT: "results",
    FactKind.MEDIA: "media",
    FactKind.PROBLEM: "problems",
    FactKind.NEXT_STEP: "next_steps",
}
"""What tells a fact that no activity owns."""

_PARTS = (
    FactKind.DATE,
    FactKind.PLACE,
    FactKind.THEME,
    FactKind.ORGANISERS,
    FactKind.PERSON,
    FactKind.DETAIL,
    FactKind.QUOTE,
    FactKind.FIGURE,
)
"""The order in which an activity's parts are listed."""


@dataclass(frozen=True, slots=True)
class Bundles:
    """A sheet's facts by what tells them.

    Attributes:
        index: The facts.
        heads: For each feed the ids that head a bundle, in sheet order.
        members: For each head its bundle, the head first.
    """

    index: FactIndex
    heads: Mapping[Feed, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]] = field(repr=False)

    def facts(self, heads: Iterable[str]) -> tuple[str, ...]:
        """The bundles of ``heads``, one after the other."""
        return tuple(fact for head in heads for fact in self.members[head])

    def of(self, feed: Feed) -> tuple[str, ...]:
        """The heads that ``feed`` tells."""
        return self.heads.get(feed, ())


def bundle(index: FactIndex, left_out: Collection[str] = (), *, preparation: bool = True) -> Bundles:
    """Sort every fact into its bundle.

    Args:
        index: The facts.
        left_out: Ids that are told nowhere.
        preparation: Keep the meetings that prepare the event apart from its activities.
    """
    owned: dict[str | None, list[Fact]] = {}
    for fact in index:
        if fact.id not in left_out:
            owned.setdefault(fact.owner, []).append(fact)
    # A document of no title is headed by whoever issued it: its facts have an owner that is no fact.
    top = [
        fact
        for fact in index
        if fact.id not in left_out
        and (fact.owner is None or fact.owner in left_out or (fact.owner not in index))
    ]
    attached, told = _acting(top, owned)
    heads: dict[Feed, list[str]] = {}
    members: dict[str, tuple[str, ...]] = {}
    several = sum(fact.kind is FactKind.ACTIVITY and not prepares(fact.text) for fact in top)
    for fact in top:
        if fact.id in told:
            continue
        feed = _FEEDS.get(fact.kind, "activities")
        if preparation and fact.kind is FactKind.ACTIVITY and several and prepares(fact.text):
            feed = "preparation"
        heads.setdefault(feed, []).append(fact.id)
        members[fact.id] = tuple(part.id for part in _expand(fact, owned, attached))
    if "measures" in heads:
        heads["measures"] = in_time_order(index, heads["measures"])
    return Bundles(index, {feed: tuple(ids) for feed, ids in heads.items()}, members)


def in_time_order(index: FactIndex, entries: Sequence[str]) -> list[str]:
    """Entries by date where they open with one, those of no date after them; but who led stands first."""
    dated = {entry: day for entry in entries if (day := _day(index[entry])) is not None}
    if len(dated) <= 1:
        return list(entries)
    leading = list(
        itertools.takewhile(lambda entry: entry not in dated and leads(index[entry].text), entries)
    )
    rest = [entry for entry in entries if entry not in dated and entry not in leading]
    return [*leading, *sorted(dated, key=dated.__getitem__), *rest]


_OPENS = 12
"""Characters within which a date still says when an entry was done (全縣於5月11日…)."""


def _day(entry: Fact) -> tuple[int, int, int] | None:
    """The day an entry was done, as near as its text says; ``None`` where it does not open with one."""
    mention = next(iter(find_dates(entry.text)), None)
    if mention is None or mention.span.start > _OPENS or mention.value.start.month is None:
        return None
    bounds = mention.value.start.bounds(mention.value.start.year or _SOME_YEAR)
    return (
        (bounds[0].year if mention.value.start.year else 0, bounds[0].month, bounds[0].day)
        if bounds
        else None
    )


_SOME_YEAR = 2000


def _acting(
    top: Iterable[Fact], owned: Mapping[str | None, list[Fact]]
) -> tuple[dict[str, list[Fact]], set[str]]:
    """Persons of the whole who act somewhere, by the fact that they stand beside.

    The sheet gives a post once, at the top; it is told where the person first acts: before the person of
    the same name in an activity, else after the free text that names them.
    """
    people = [fact for fact in top if fact.kind is FactKind.PERSON and fact.person is not None]
    acting: dict[str, list[Fact]] = {}
    told: set[str] = set()
    for person in people:
        place = _where_acting(person, owned)
        if place is not None:
            acting.setdefault(place, []).append(person)
            told.add(person.id)
    return acting, told


def _where_acting(person: Fact, owned: Mapping[str | None, list[Fact]]) -> str | None:
    others = [fact for facts in owned.values() for fact in facts if fact.owner is not None]
    for fact in others:
        if fact.kind is FactKind.PERSON and same_name(fact.text, person.text):
            return fact.id
    entries = [fact for facts in owned.values() for fact in facts if fact.kind in FREE_TEXT]
    for fact in entries:
        if person.text in fact.text:
            return fact.id
    return None


def _expand(
    fact: Fact, owned: Mapping[str | None, list[Fact]], attached: Mapping[str, list[Fact]]
) -> Iterable[Fact]:
    if fact.kind is FactKind.PERSON:
        yield from attached.get(fact.id, ())
    yield fact
    for part in _ordered(owned.get(fact.id, ())):
        yield from _expand(part, owned, attached)
    if fact.kind in FREE_TEXT:
        yield from attached.get(fact.id, ())


def _ordered(parts: Iterable[Fact]) -> list[Fact]:
    """Parts in telling order; a figure that is part of another stands after its whole."""
    rank = {kind: n for n, kind in enumerate(_PARTS)}
    return wholes_first(sorted(parts, key=lambda part: rank.get(part.kind, len(_PARTS))))


def wholes_first(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in their order, but each figure right after the figure that it is part of, if that is here."""
    facts = list(facts)
    here = {fact.id for fact in facts}
    below: dict[str | None, list[Fact]] = {}
    for fact in facts:
        whole = fact.figure.of if fact.figure is not None else None
        whole = _resolved(whole, fact, here)
        below.setdefault(whole, []).append(fact)
    out: list[Fact] = []
    seen: set[str] = set()

    def put(fact: Fact) -> None:
        if fact.id in seen:
            return
        seen.add(fact.id)
        out.append(fact)
        for part in below.get(fact.id, ()):
            put(part)

    for fact in below.get(None, ()):
        put(fact)
    for fact in facts:  # a ring of parts, which no sheet should have, still loses nothing
        put(fact)
    return out


def _resolved(whole: str | None, fact: Fact, here: Collection[str]) -> str | None:
    """The id of the whole, given in full (a2.f1) or local to the activity (f1)."""
    if whole is None:
        return None
    for candidate in (whole, f"{fact.owner}.{whole}"):
        if candidate in here and candidate != fact.id:
            return candidate
    return None
