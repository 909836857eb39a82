"""Sections before they have their place in the document, and the numerals that it gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarywriter.chinese.numerals import format_chinese
from summarywriter.chinese.script import Script
from summarywriter.genres.genre import GenreSection, Numbering
from summarywriter.plan.document import SectionPlan, Unit


@dataclass(slots=True)
class Sketch:
    """A section before it has its place in the document.

    Attributes:
        shape: The genre's section that it comes from.
        units: What is told.
        heading: Its heading, if any.
        depth: 1 for a section, 2 for a subsection.
        numbering: The style of its numeral.
        run_in: The heading runs into the paragraph.
        mark: What closes a run-in heading.
        children: How many of the sketches after it are its subsections.
        share: Its weight in the document's length.
    """

    shape: GenreSection
    units: tuple[Unit, ...] = ()
    heading: str | None = None
    depth: int = 1
    numbering: Numbering = ""
    run_in: bool = False
    mark: str = ""
    children: int = 0
    share: float = 1.0


def numbered(sketches: Sequence[Sketch], script: Script) -> tuple[list[Sketch], tuple[SectionPlan, ...]]:
    """Give sections their ids, numerals and levels.

    A document of one heading needs none: its subsections, if it has any, rise to its place.

    Returns:
        The sketches that became sections, and the sections.
    """
    kept = _without_lone_heading(sketches)
    plans: list[SectionPlan] = []
    counts = {1: 0, 2: 0}
    for n, sketch in enumerate(kept, 1):
        number = ""
        if sketch.heading is not None and sketch.numbering:
            counts[sketch.depth] += 1
            number = _numeral(counts[sketch.depth], sketch.numbering, script)
        if sketch.depth == 1:
            counts[2] = 0
        plans.append(
            SectionPlan(
                id=f"s{n}",
                role=sketch.shape.role,
                heading=sketch.heading,
                number=number,
                level=sketch.depth if sketch.heading is not None else 0,
                run_in=sketch.run_in,
                units=sketch.units,
                mark=sketch.mark,
            )
        )
    return kept, tuple(plans)


def _without_lone_heading(sketches: Sequence[Sketch]) -> list[Sketch]:
    out = list(sketches)
    headed = [sketch for sketch in out if sketch.depth == 1 and sketch.heading is not None]
    if len(headed) != 1:
        return out
    lone = headed[0]
    at = next(n for n, sketch in enumerate(out) if sketch is lone)
    if not lone.children:
        out[at] = replace(lone, heading=None, numbering="", run_in=False, mark="")
        return out
    for n in range(at + 1, at + 1 + lone.children):
        out[n] = replace(out[n], depth=1, numbering=lone.numbering or out[n].numbering)
    if lone.units:
        out[at] = replace(lone, heading=None, numbering="", run_in=False, mark="", children=0)
    else:
        del out[at]
    return out


def _numeral(n: int, style: Numbering, script: Script) -> str:
    written = format_chinese(Decimal(n), script)
    return {"一、": f"{written}、", "（一）": f"（{written}）", "1.": f"{n}.", "（1）": f"（{n}）"}.get(
        style, ""
    )
