"""Content determination and document structuring: which section tells which fact, in what order.

Pure: the same facts and genre give the same plan. Both writers, the model's prompt and the realiser,
write from it, and the verifier holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

UnitKind = Literal[
    "opening",  # basis, theme, period, organisers of the whole
    "organisers",  # who led, who joined
    "people",  # people of the whole, told nowhere else
    "activity",  # one activity with all its facts
    "group",  # several small activities of one field told together
    "figures",  # totals
    "entries",  # measures, results, media
    "problems",
    "next_steps",
    "closing",  # a formula that claims nothing
]


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing that is told together: an activity, the totals, the problems.

    Attributes:
        kind: What it is; the realiser has one planner for each.
        facts: Ids of the facts told here, in telling order (for an activity its own id first).
        field: The field that groups activities (農村, 青少年 …), if any.
    """

    kind: UnitKind
    facts: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section.

    Attributes:
        id: ``s1``, ``s2`` … in order.
        role: The genre's role for it (``opening``, ``activities``, ``totals`` …).
        heading: Heading text without its numeral; ``None`` for a section with no heading.
        number: The numeral as printed (``一、``, ``（二）``, ``3.``); ``""`` for none.
        level: Heading level, 1 to 4; 0 with no heading.
        run_in: True where the heading runs into the paragraph (（一）統一部署，分頭落實。…).
        units: What is told here. Empty for a heading that only opens its subsections.
        formulas: The genre's ready sentences for here, tagged as claiming nothing: the opening's stand
            at its end (現將有關情況總結如下。), any other section's at its beginning.
        length: Target length in characters; ``None`` for no target.
        mark: What closes a run-in head: ``。`` or ``：``; ``""`` where the head stands alone.
    """

    id: str
    role: str
    heading: str | None = None
    number: str = ""
    level: int = 0
    run_in: bool = False
    units: tuple[Unit, ...] = ()
    formulas: tuple[str, ...] = ()
    length: int | None = None
    mark: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts told here, in telling order."""
        return tuple(fact for unit in self.units for fact in unit.facts)


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """The whole document.

    Attributes:
        title: The title as printed.
        genre: Name of the genre.
        reason: Why this genre: ``given``, or what about the sheet chose it.
        script: ``hans`` or ``hant``, the sheet's.
        sections: In order.
        left_out: Ids of facts left out for length (only ``required: false`` ones).
        gaps: Roles of sections that the genre has and the facts do not.
        addressee: 主送, if any.
        signature: The author's name for the foot, if the genre prints one.
        date: The date for the foot, as printed, if the facts have one.
        length: Ceiling in characters, if asked for.
        words: Reference words chosen for this sheet (``whole``: 全鎮, ``our``: 我區 …).
    """

    title: str
    genre: str
    reason: str
    script: str
    sections: tuple[SectionPlan, ...]
    left_out: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    addressee: str | None = None
    signature: str | None = None
    date: str | None = None
    length: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """A notebook's view: each section with the facts that it tells."""
        from summarywriter.messages import render, role_name
        from summarywriter.tables import html_table

        def words(key: str) -> str:
            return render(key, script=self.script)

        rows = [
            (
                s.id,
                role_name(s.role, script=self.script),
                f"{s.number}{s.heading or ''}",
                str(s.length or ""),
                ", ".join(s.facts),
            )
            for s in self.sections
        ]
        head = [words(f"table.{name}") for name in ("id", "role", "heading", "length", "facts")]
        return html_table(f"{self.title}（{self.genre}）", head, rows)

    def section_of(self, fact: str) -> str | None:
        """Id of the section that tells ``fact``."""
        return next((section.id for section in self.sections if fact in section.facts), None)
