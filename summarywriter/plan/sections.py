"""Sections of a plan: what each tells, and under which heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summarywriter.facts.index import FactIndex
from summarywriter.genres.genre import COMPOSED, OWN, Feed, Genre, GenreSection, Parts
from summarywriter.genres.headings import Headings, evidence
from summarywriter.plan.divide import Part, activity_units, divide
from summarywriter.plan.document import Unit, UnitKind
from summarywriter.plan.place import Bundles, wholes_first
from summarywriter.plan.sketch import Sketch

PLAIN = "plain"
"""A heading of a genre: the role's plain name, by what is told."""

_OPENING: tuple[Feed, ...] = ("basis", "unit", "period", "theme", "organisers")
"""The order in which an opening lists its facts: 根據…，某單位於…舉辦以…為主題的…，由…主辦."""
_ENTRIES: tuple[Feed, ...] = ("measures", "results", "media")
_ORGANISATION = frozenset({"organisers", "people", "preparation", "measures"})
_PUBLICITY = frozenset({"media", "totals", "results"})


@dataclass(slots=True)
class Builder:
    """Fills a genre's sections with a sheet's facts.

    Attributes:
        genre: The shape.
        bundles: The facts.
        headings: The document's headings so far.
        gaps: Roles of sections that the sheet has no facts for.
        signature: The author's name, where no section tells it.
    """

    genre: Genre
    bundles: Bundles
    headings: Headings
    gaps: list[str] = field(default_factory=list)
    signature: str | None = None

    @property
    def _index(self) -> FactIndex:
        return self.bundles.index

    def build(self) -> list[Sketch]:
        """The sections that have facts, in order."""
        told = self._told()
        sketches: list[Sketch] = []
        for position, shape in enumerate(self.genre.sections):
            feeds = told.get(position, ())
            if not feeds:
                self.gaps.append(shape.role)
                continue
            sketches.extend(self._section(shape, feeds))
        return sketches

    def one_paragraph(self) -> list[Sketch]:
        """Everything in one section without a heading: for a sheet with next to nothing to tell."""
        shape = GenreSection(role="body", tells=("activities",))
        there = self._signed({feed for feed in self.bundles.heads if self.bundles.of(feed)})
        feeds: list[Feed] = [feed for feed in (*_OPENING, "people") if feed in there]
        for section in self.genre.sections:
            feeds.extend(feed for feed in section.tells if feed in there and feed not in feeds)
        feeds.extend(sorted(there - set(feeds)))
        self.gaps = [s.role for s in self.genre.sections if not there & set(s.tells)]
        return [Sketch(shape, self._units(feeds))]

    # --- which section tells what -------------------------------------------------------------

    def _signed(self, there: set[Feed]) -> set[Feed]:
        """Leave the author to the foot where a note would open with nothing but its name."""
        if there & set(_OPENING) == {"unit"} and "activities" in there:
            self.signature = self._index.event.unit
            return there - {"unit"}
        return there

    def _told(self) -> Mapping[int, tuple[Feed, ...]]:
        """For each section, by position, the feeds that it tells: every feed of the sheet exactly once."""
        there: set[Feed] = {feed for feed in self.bundles.heads if self.bundles.of(feed)}
        if self.genre.teller("unit") == self.genre.teller("activities"):
            there = self._signed(there)
        told: dict[int, list[Feed]] = {}
        astray: list[Feed] = []
        for feed in sorted(there):
            position = self.genre.teller(feed)
            needs = self.genre.sections[position].needs
            if needs and not there & set(needs):
                astray.append(feed)
            else:
                told.setdefault(position, []).append(feed)
        for feed in astray:
            if feed == "unit":
                self.signature = self._index.event.unit
            else:  # what has no section of its own stands before the first thing that is told
                told.setdefault(min(told, default=0), []).append(feed)
        return {position: self._ordered(position, feeds) for position, feeds in told.items()}

    def _ordered(self, position: int, feeds: Iterable[Feed]) -> tuple[Feed, ...]:
        tells = self.genre.sections[position].tells
        place = {feed: n for n, feed in enumerate(tells)}
        return tuple(sorted(feeds, key=lambda feed: (place.get(feed, -1), feed)))

    # --- one section --------------------------------------------------------------------------

    def _section(self, shape: GenreSection, feeds: Sequence[Feed]) -> list[Sketch]:
        how = shape.parts
        if how is not None:
            subject: Feed = "measures" if how.by == "entry" else "activities"
            heads = self.bundles.of(subject) if subject in feeds else ()
            before = tuple(feed for feed in feeds if feed != subject)
            parts = divide(self._index, heads, how)
            drawn = self._parts(shape, parts, how, of=len(heads)) if parts else []
            if drawn:
                return self._divided(shape, drawn, before, how, heads)
        heading = self._heading(shape.headings, feeds, self._all(feeds))
        return [self._sketch(shape, self._units(feeds), heading)]

    def _all(self, feeds: Iterable[Feed]) -> tuple[str, ...]:
        return tuple(head for feed in feeds for head in self.bundles.of(feed))

    def _sketch(self, shape: GenreSection, units: tuple[Unit, ...], heading: str | None) -> Sketch:
        return Sketch(
            shape,
            units,
            heading,
            numbering=shape.numbering if heading else "",
            run_in=shape.run_in and heading is not None,
            mark=shape.mark if shape.run_in and heading else "",
            share=shape.share,
        )

    def _divided(
        self,
        shape: GenreSection,
        drawn: list[Sketch],
        before: Sequence[Feed],
        how: Parts,
        heads: Sequence[str],
    ) -> list[Sketch]:
        if not how.nested:
            if before:
                drawn[0].units = (*self._units(before), *drawn[0].units)
            return drawn
        heading = self._heading(
            shape.headings, ("activities",) if how.by != "entry" else ("measures",), heads
        )
        parent = self._sketch(shape, self._units(before), heading)
        parent.children, parent.share = len(drawn), 0.0
        return [parent, *drawn]

    def _parts(self, shape: GenreSection, parts: Sequence[Part], how: Parts, *, of: int) -> list[Sketch]:
        """Subsections, or sections instead of this one; none if one of them has no heading to stand under."""
        # Fields head their own parts and must not be said above them.
        if OWN in how.headings:
            self.headings.reserve(*(name for part in parts for name in part.names))
        drawn: list[Sketch] = []
        everything = sum(len(part.heads) for part in parts) or 1
        for part in parts:
            heading = self._part_heading(part, how)
            if heading is None:
                return []
            units = (
                self._entries(part.heads)
                if how.by == "entry"
                else activity_units(self.bundles, part.heads, of=of)
            )
            drawn.append(
                Sketch(
                    shape,
                    units,
                    heading,
                    depth=2 if how.nested else 1,
                    numbering=how.numbering,
                    run_in=how.run_in,
                    mark=how.mark if how.run_in else "",
                    share=shape.share * len(part.heads) / everything,
                )
            )
        return drawn

    def _part_heading(self, part: Part, how: Parts) -> str | None:
        for wanted in how.headings:
            if wanted == COMPOSED and part.kind in ("theme", "activity"):
                items = [evidence(self._index, head) for head in part.heads]
                where = "organisation" if how.by == "entry" else "activities"
                if (heading := self.headings.composed(items, where)) is not None:
                    return heading
            elif wanted == OWN:
                if (heading := self._own_heading(part)) is not None:
                    return heading
            elif wanted not in (COMPOSED, OWN):
                return self.headings.fixed(wanted)
        return None

    def _own_heading(self, part: Part) -> str | None:
        if part.kind == "other":
            lone = self._index[part.heads[0]].text if len(part.heads) == 1 else ""
            return self.headings.own(lone) if 0 < len(lone) <= _LONE_NAME else self.headings.other()
        if not part.names:
            return None
        if part.kind == "theme":
            return self.headings.fixed(part.names[0])
        if len(part.names) > 1:
            return self.headings.own("，".join(part.names))
        return self.headings.own(part.names[0], of_field=part.kind == "field")

    def _heading(self, wanted: Sequence[str], feeds: Sequence[Feed], heads: Sequence[str]) -> str | None:
        """The first heading of the genre's that holds."""
        items = [evidence(self._index, head) for head in heads]
        for heading in wanted:
            if heading == COMPOSED:
                if (found := self.headings.composed(items, _where(feeds))) is not None:
                    return found
            elif heading == PLAIN:
                return self.headings.plain(feeds)
            elif heading == OWN:
                if len(heads) == 1:
                    return self.headings.own(self._index[heads[0]].text)
            else:
                return self.headings.fixed(heading)
        return self.headings.plain(feeds) if wanted else None

    # --- units --------------------------------------------------------------------------------

    def _units(self, feeds: Sequence[Feed]) -> tuple[Unit, ...]:
        units: list[Unit] = []
        opening = [feed for feed in _OPENING if feed in feeds]
        if opening:
            kind: UnitKind = "organisers" if opening == ["organisers"] else "opening"
            units.append(Unit(kind, self.bundles.facts(self._all(opening))))
        for feed in feeds:
            units.extend(self._unit(feed))
        return tuple(units)

    def _unit(self, feed: Feed) -> tuple[Unit, ...]:
        heads = self.bundles.of(feed)
        if feed in ("activities", "preparation"):
            return activity_units(self.bundles, heads, of=len(self._index.event.activities))
        if feed == "totals":
            figures = wholes_first(self._index[head] for head in heads)
            return (Unit("figures", self.bundles.facts(figure.id for figure in figures)),)
        if feed in _ENTRIES:
            return self._entries(heads)
        kinds: Mapping[Feed, UnitKind] = {
            "people": "people",
            "problems": "problems",
            "next_steps": "next_steps",
        }
        return (Unit(kinds[feed], self.bundles.facts(heads)),) if feed in kinds else ()

    def _entries(self, heads: Sequence[str]) -> tuple[Unit, ...]:
        return (Unit("entries", self.bundles.facts(heads)),) if heads else ()


_LONE_NAME = 12
"""Characters of the longest activity's name that heads a part by itself, where it belongs nowhere else."""


def _where(feeds: Sequence[Feed]) -> str:
    if set(feeds) & _PUBLICITY and not set(feeds) & {"activities", "measures"}:
        return "publicity"
    return "organisation" if set(feeds) & _ORGANISATION and "activities" not in feeds else "activities"
