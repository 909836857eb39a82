"""The realiser: prose from the plan, without a model, and the fallback for any section.

Clause frames (`frames`); ways to bring an activity in (`heads`, `unplaced`, from the parts in `head`);
its clauses in order (`scenes`: who came in `attending`, what was done in `doings`, parts of a whole in
`parts`, what was quoted in `quoted`); aggregation into sentences (`aggregate`); totals, measures and the
rest (`entries`, `opening`); and the words that stand between facts (`voice`, phrases.yaml).
"""

from __future__ import annotations

from itertools import pairwise

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.realise import entries, opening
from summarywriter.realise.aggregate import pack
from summarywriter.realise.scene import Scene
from summarywriter.realise.scenes import phrases_of, scene_of
from summarywriter.realise.voice import Pieces, Voice
from summarywriter.slots import Draft, headed

__all__ = ["realise", "realise_section"]

_PARAGRAPH = 170  # characters that a paragraph of activities aims at
_FULL = 250  # and that one of several activities does not pass if it can
_THIN = 70  # fewer are no paragraph beside others
_NOTE = 350  # characters of facts that make a note, not a report
_JOINED = 180  # characters up to which totals, results and the press are one paragraph


def realise(plan: DocumentPlan, index: FactIndex) -> tuple[Draft, ...]:
    """Write every section of ``plan``; the same facts give the same text."""
    voice = Voice(plan, index)
    return tuple(_section(voice, section) for section in plan.sections)


def realise_section(section: SectionPlan, plan: DocumentPlan, index: FactIndex) -> Draft:
    """Write one section as `realise` would."""
    drafts = realise(plan, index)
    return next(draft for draft in drafts if draft.section == section.id)


def _section(voice: Voice, section: SectionPlan) -> Draft:
    paragraphs: list[list[Pieces]] = []
    scenes: list[Scene] = []
    headed_by = folded(section.heading or "") if len(section.units) == 1 else ""
    last: Unit | None = None
    opening_ = section.role == "opening"
    formulas = [] if section.heading and section.units else list(section.formulas[:1])
    if opening_ and formulas and sum(len(fact.text) for fact in voice.index if fact.span is None) < _NOTE:
        formulas = []  # a note needs no 現將有關情況總結如下
    if formulas and not opening_:
        paragraphs.append([(formula,) for formula in formulas])
    for unit in section.units:
        if unit.kind in ("activity", "group"):
            scenes.extend(scene_of(voice.index, facts) for facts in _activities(voice.index, unit))
            if len(scenes) == 1:
                scenes[0].titled = folded(scenes[0].name.text) == headed_by
            continue
        paragraphs.extend(_told(voice, scenes))
        scenes = []
        sentences = _unit(voice, unit, section)
        if sentences and _follows(voice, last, unit, paragraphs):
            paragraphs[-1].extend(sentences)
        elif sentences:
            paragraphs.append(sentences)
        last = unit
    paragraphs.extend(_told(voice, scenes))
    if formulas and opening_ and paragraphs:
        paragraphs[-1].extend((text,) for text in formulas)
    joined = [tuple(piece for sentence in paragraph for piece in sentence) for paragraph in paragraphs]
    return Draft(section.id, headed(section, [p for p in joined if p]), "realiser")


def _follows(voice: Voice, last: Unit | None, unit: Unit, paragraphs: list[list[Pieces]]) -> bool:
    """Whether what was reached goes on in the paragraph of the totals, and the press in that of either."""
    after = last is not None and last.kind in ("figures", "entries") and unit.kind == "entries"
    if not after or last is None or not paragraphs:
        return False
    told = _role(voice.index, unit)
    if told == "measures" or _role(voice.index, last) == "measures":
        return False
    size = sum(voice.width(sentence) for sentence in paragraphs[-1])
    return size + sum(len(voice.index[fact].text) for fact in unit.facts) <= _JOINED


def _unit(voice: Voice, unit: Unit, section: SectionPlan) -> list[Pieces]:
    under = section.heading is not None and len(section.units) == 1
    match unit.kind:
        case "opening":
            return opening.opening(voice, unit.facts)
        case "organisers":
            return opening.organisers(voice, unit.facts)
        case "people":
            return opening.people(voice, unit.facts)
        case "figures":
            return entries.totals(voice, unit.facts)
        case "problems":
            return entries.problems(voice, unit.facts, under_heading=under)
        case "next_steps":
            return entries.next_steps(voice, unit.facts, under_heading=under)
        case "entries":
            return entries.entries(voice, unit.facts, _role(voice.index, unit))
        case _:
            return []


def _role(index: FactIndex, unit: Unit) -> str:
    kinds = {FactKind.MEASURE: "measures", FactKind.RESULT: "results", FactKind.MEDIA: "media"}
    return next((kinds[index[i].kind] for i in unit.facts if index[i].kind in kinds), "")


def _activities(index: FactIndex, unit: Unit) -> list[tuple[str, ...]]:
    """Split a unit's facts at each activity's name; what stands before the first goes with it."""
    out: list[list[str]] = []
    waiting: list[str] = []
    for fact in unit.facts:
        if index[fact].kind is FactKind.ACTIVITY:
            out.append([*waiting, fact])
            waiting = []
        elif out and index[fact].owner is not None:
            out[-1].append(fact)
        else:
            waiting.append(fact)
    if waiting and out:
        out[-1].extend(waiting)
    return [tuple(part) for part in out]


def _told(voice: Voice, scenes: list[Scene]) -> list[list[Pieces]]:
    """Activities as paragraphs: a large one alone, small ones together, those of one day side by side."""
    told = [phrases_of(voice, scene, block) for block, scene in enumerate(scenes)]
    voice.coming.clear()
    sizes = [sum(voice.width(clause.pieces) + 1 for clause in clauses) for clauses in told]
    paragraphs = []
    for start, end in pairwise(_breaks(scenes, sizes)):
        pool = [clause for clauses in told[start:end] for clause in clauses]
        paragraphs.append([pieces for _, pieces in pack(voice, pool)])
    return paragraphs


def _breaks(scenes: list[Scene], sizes: list[int]) -> list[int]:
    """Where paragraphs begin, and the end: the cheapest way to cut the row of activities."""
    best, cut = [0.0], [0]
    for end in range(1, len(scenes) + 1):
        ways = []
        for start in range(end):
            size = sum(sizes[start:end])
            off = (size - _PARAGRAPH) / _PARAGRAPH
            over = max(0.0, (size - _FULL) / _PARAGRAPH) if end - start > 1 else 0.0
            thin = 1.0 if size < _THIN and len(scenes) > 1 else 0.0
            cost = off * off * (0.7 if off < 0 else 1.4) + 3.0 * over + thin
            ways.append(
                (best[start] + cost + (_parting(scenes[start - 1], scenes[start]) if start else 0.0), start)
            )
        value, start = min(ways)
        best.append(value)
        cut.append(start)
    bounds = [len(scenes)]
    while bounds[-1]:
        bounds.append(cut[bounds[-1]])
    return bounds[::-1]


def _parting(left: Scene, right: Scene) -> float:
    """What it costs to begin a paragraph between two activities: little where days change."""
    if left.undone != right.undone:
        return 0.05
    if left.day is not None and left.day == right.day:
        return 0.6
    return 0.1 if left.day is not None and right.day is not None else 0.2
