"""Corrected facts into a written summary: the same prose, filled and verified again, with no model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import replace
from pathlib import Path

from summarywriter.assemble import BACK, FRONT, Checked, back, check_drafts, front, summarise
from summarywriter.chinese.dates import format_date
from summarywriter.chinese.script import Script
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.pins import PinnedText, carry
from summarywriter.plan import DocumentPlan, SectionPlan
from summarywriter.render.json import SavedSummary, load_summary_json
from summarywriter.slots import Cite, Draft, Filled, Piece, Pinned, Slot
from summarywriter.slots.surface import gap
from summarywriter.summary import Summary, Trace, TraceEvent
from summarywriter.tracing import TraceLog
from summarywriter.verify.policy import DEFAULT, Policy
from summarywriter.verify.report import Finding
from summarywriter.verify.rules import severity

_UNFILLED = "SW513"


def refill(
    saved: SavedSummary | str | Path,
    facts: EventFacts,
    *,
    script: str | None = None,
    policy: Policy = DEFAULT,
    pins: PinnedText | None = None,
) -> Summary:
    """Fill a written summary with corrected facts.

    A fact is the one that a slot meant if it is the same kind of thing said of the same thing: ids by
    position shift when a line is put in, and a figure must not slide into another's sentence. A slot
    whose fact has gone prints 〔待補〕, with a finding; a fact that has come is untold in the coverage.

    Args:
        saved: A summary's JSON file, or what was read from it.
        facts: The corrected sheet.
        script: As of `SummaryWriter`.
        policy: The same.
        pins: As of `SummaryWriter.write`; what is pinned in the file itself is kept without them.

    Raises:
        FactsError: The file cannot be read, or is no summary.
    """
    if not isinstance(saved, SavedSummary):
        saved = load_summary_json(saved)
    old, new = FactIndex.of(saved.facts), FactIndex.of(facts)
    moved = moves(old, new)
    plan = _replanned(saved, facts, moved)
    body = tuple(_moved(draft, moved) for draft in saved.drafts if draft.section not in (FRONT, BACK))
    drafts = (_kept(front(plan), saved), *body, _kept(back(plan), saved))
    checked = check_drafts(drafts, new, plan, {}, policy=policy)
    log = TraceLog()
    if pins is not None and pins.spans:
        checked = carry(checked, new, pins, log, policy=policy)
    drafts, filled, report = checked.drafts, checked.filled, checked.report
    found = {(finding.code, finding.start) for finding in report.findings}
    gone = tuple(f for f in _gaps(filled, drafts, new, plan) if (f.code, f.start) not in found)
    report = replace(
        report, findings=tuple(sorted((*report.findings, *gone), key=lambda f: (f.start, f.end)))
    )
    lost = sorted(fact for fact, now in moved.items() if now is None)
    kept = set(moved.values())
    come = [fact.id for fact in new if fact.id not in kept]
    event = TraceEvent("decision", "refill", "", {"removed": lost, "added": come})
    trace = Trace((event, *log.trace(saved.model).events), saved.model)
    return summarise(Checked(drafts, filled, report, {}, plan), plan, new, trace, script=script)


def _kept(around: Draft, saved: SavedSummary) -> Draft:
    """Title and addressee, or signature and date, as a person has pinned them."""
    written = (block for draft in saved.drafts if draft.section == around.section for block in draft.blocks)
    pinned = {block.kind: block for block in written if all(isinstance(p, Pinned) for p in block.pieces)}
    blocks = {block.kind: block for block in around.blocks} | pinned
    order = ("title", "addressee", "signature", "date")
    return replace(around, blocks=tuple(blocks[kind] for kind in order if kind in blocks))


def moves(old: FactIndex, new: FactIndex) -> Mapping[str, str | None]:
    """Where each fact of a sheet stands in the corrected one; ``None`` where it is no longer there.

    Said of the same thing under the same id is the same fact; said of the same thing under another id,
    if only one is, has moved. What is said of may itself have been corrected (a name, a noun): that is
    taken for a correction only where nothing was put in or taken out beside it.
    """
    old_topics, new_topics = _topics(old), _topics(new)
    once = {topic: fact for fact, topic in new_topics.items() if Counter(new_topics.values())[topic] == 1}
    alone = Counter(old_topics.values())
    kept = {once[topic] for topic in old_topics.values() if topic in once}
    siblings_then, siblings_now = _siblings(old), _siblings(new)
    result: dict[str, str | None] = {}
    for fact in old:
        topic = old_topics[fact.id]
        same_id = new.facts.get(fact.id)
        owner = result.get(fact.owner, fact.owner) if fact.owner else None
        if same_id is not None and new_topics[fact.id] == topic and same_id.owner == owner:
            result[fact.id] = fact.id
        elif alone[topic] == 1 and topic in once:
            result[fact.id] = once[topic]
        elif (
            same_id is not None
            and same_id.kind is fact.kind
            and siblings_then[_place(fact)] == siblings_now[_place(same_id)]
            and fact.id not in kept
        ):
            result[fact.id] = fact.id
        else:
            result[fact.id] = None
    return result


def _topics(index: FactIndex) -> dict[str, Hashable]:
    """What each fact is said of: never the value that a correction changes."""
    return {fact.id: _topic(fact, index) for fact in index}


def _topic(fact: Fact, index: FactIndex) -> Hashable:
    owner = index[fact.owner] if fact.owner and fact.owner in index else None
    above = (owner.kind, folded(owner.text)) if owner is not None else None
    if fact.figure is not None:
        figure = fact.figure
        said = folded("|".join((figure.label, figure.actor or "", figure.scope or "")))
    elif fact.person is not None:
        said = folded(f"{fact.person.role or ''}|{fact.text}")
    elif fact.organisers is not None:
        said = folded(fact.organisers.role or "")
    elif fact.date is not None or fact.span is not None or fact.kind.value in ("place", "docnumber"):
        said = ""
    else:
        said = folded(fact.text)
    return fact.kind, above, said


def _place(fact: Fact) -> Hashable:
    return fact.kind, fact.owner


def _siblings(index: FactIndex) -> Counter[Hashable]:
    return Counter(_place(fact) for fact in index)


def _moved(draft: Draft, moved: Mapping[str, str | None]) -> Draft:
    blocks = (
        replace(block, pieces=tuple(_piece(piece, moved) for piece in block.pieces)) for block in draft.blocks
    )
    return replace(draft, blocks=tuple(blocks))


def _piece(piece: Piece, moved: Mapping[str, str | None]) -> Piece:
    match piece:
        case Slot(fact, form):
            return Slot(moved.get(fact) or _gone(fact), form)
        case Cite(facts):
            return Cite(tuple(now for fact in facts if (now := moved.get(fact))))
        case _:
            return piece


def _gone(fact: str) -> str:
    """An id that no sheet has, for a slot whose id another fact may have now."""
    return fact if fact.endswith("?") else f"{fact}?"


def _replanned(saved: SavedSummary, facts: EventFacts, moved: Mapping[str, str | None]) -> DocumentPlan:
    """The plan with the facts that there still are, and title, author and date as they are now."""
    plan, old = saved.plan, saved.facts
    title = facts.title if plan.title == old.title else plan.title
    signature = facts.unit if plan.signature and plan.signature == old.unit else plan.signature
    date = plan.date
    if facts.date != old.date:
        date = format_date(facts.date, script=Script(plan.script)) if facts.date and plan.date else None
    sections = tuple(_section(section, moved) for section in plan.sections)
    return replace(
        plan, title=title, signature=signature, date=date, addressee=facts.addressee, sections=sections
    )


def _section(section: SectionPlan, moved: Mapping[str, str | None]) -> SectionPlan:
    units = (
        replace(unit, facts=tuple(now for fact in unit.facts if (now := moved.get(fact))))
        for unit in section.units
    )
    return replace(section, units=tuple(units))


def _gaps(filled: Filled, drafts: tuple[Draft, ...], index: FactIndex, plan: DocumentPlan) -> list[Finding]:
    """A finding for each slot whose fact is gone, where its gap stands."""
    mark = gap(Script(plan.script))
    slots = (piece for draft in drafts for block in draft.blocks for piece in block.pieces)
    gone = [slot.fact for slot in slots if isinstance(slot, Slot) and slot.fact not in index]
    # A lost figure prints the same mark, but is a fact still, and claimed.
    claimed = [(claim.start, claim.end) for claim in filled.claims if claim.how == "slot"]
    marks = (match.start() for match in re.finditer(re.escape(mark), filled.text))
    unclaimed = (at for at in marks if not any(start <= at < end for start, end in claimed))
    findings: list[Finding] = []
    for start, fact in zip(unclaimed, gone, strict=False):
        line = filled.text.count("\n", 0, start) + 1
        column = start - filled.text.rfind("\n", 0, start)
        findings.append(
            Finding(
                _UNFILLED,
                severity(_UNFILLED),
                start,
                start + len(mark),
                line,
                column,
                mark,
                (fact.removesuffix("?"),),
                {"text": mark},
            )
        )
    return findings
