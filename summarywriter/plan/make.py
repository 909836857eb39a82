"""`make_plan`: from a sheet and a genre to the plan that both writers follow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from summarywriter.chinese.dates import format_date
from summarywriter.errors import EmptyFactsError
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.model import EventFacts
from summarywriter.genres.choose import FEW, choose_genre, weight
from summarywriter.genres.genre import Genre
from summarywriter.genres.headings import Headings, printed
from summarywriter.genres.words import level_of, words
from summarywriter.messages import render
from summarywriter.plan.document import DocumentPlan, SectionPlan
from summarywriter.plan.length import estimate, leave_out, targets
from summarywriter.plan.place import bundle
from summarywriter.plan.sections import Builder
from summarywriter.plan.sketch import Sketch, numbered


def make_plan(
    facts: EventFacts | FactIndex,
    genre: Genre | str | None = None,
    *,
    length: int | None = None,
    genre_folder: str | Path | None = None,
) -> DocumentPlan:
    """Decide what is told where.

    Every fact is in exactly one section, but for the author's name where the genre has no opening (it is
    the plan's ``signature``) and for what ``left_out`` names.

    Args:
        facts: The sheet, or its index where one is at hand.
        genre: The genre or its name; else the sheet's own, else the one that its level and facts suggest.
        length: Ceiling in characters; else the genre's.
        genre_folder: A user's genres.

    Raises:
        EmptyFactsError: There is nothing to tell.
        GenreError: The genre asked for does not exist, or its file is wrong.
    """
    index = facts if isinstance(facts, FactIndex) else FactIndex.of(facts)
    event = index.event
    if all(fact.kind is FactKind.UNIT for fact in index):
        raise EmptyFactsError(render("facts.empty", script=event.script.value))
    chosen, reason = choose_genre(index, genre, folder=genre_folder)
    ceiling = length or chosen.length

    builder, sketches, sections = _build(index, chosen, ())
    excess = sum(estimate(index, section) for section in sections) - ceiling
    left_out = leave_out(index, excess) if excess > 0 else ()
    if left_out:
        builder, sketches, sections = _build(index, chosen, left_out)

    goals = targets(index, sections, [sketch.share for sketch in sketches], ceiling)
    return DocumentPlan(
        title=event.title,
        genre=chosen.name,
        reason=reason,
        script=event.script.value,
        sections=tuple(
            replace(section, length=goal or None) for section, goal in zip(sections, goals, strict=True)
        ),
        left_out=left_out,
        gaps=tuple(dict.fromkeys(builder.gaps)),
        addressee=event.addressee,
        signature=builder.signature or (event.unit if chosen.signature else None),
        date=format_date(event.date, script=event.script) if event.date else None,
        length=ceiling,
        words=words(event),
    )


def _build(
    index: FactIndex, genre: Genre, left_out: Collection[str]
) -> tuple[Builder, Sequence[Sketch], tuple[SectionPlan, ...]]:
    event = index.event
    apart = genre.teller("preparation") != genre.teller("activities")
    bundles = bundle(index, left_out, preparation=apart)
    builder = Builder(genre, bundles, Headings(event.script, level_of(event)))
    sparse = weight(index) - len(left_out) <= FEW
    sketches = builder.one_paragraph() if sparse else builder.build()
    sketches, sections = numbered(sketches, event.script)
    # 現將有關情況總結如下 announces sections: a text that has none to announce goes without.
    headed = any(section.heading for section in sections)
    shapes = [sketch.shape for sketch in sketches]
    spoken = tuple(
        replace(section, formulas=tuple(printed(text, event.script) for text in shape.formulas))
        if (headed or section.role != "opening") and shape not in shapes[:n]  # once, not in every part
        else section
        for n, (shape, section) in enumerate(zip(shapes, sections, strict=True))
    )
    return builder, sketches, spoken
