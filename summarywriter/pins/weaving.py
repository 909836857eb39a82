"""A section's draft with pinned passages in it, in the place of what was written about the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from summarywriter.facts.index import FactIndex
from summarywriter.pins.pinned import NUMERAL, Passage, PinnedText
from summarywriter.pins.places import likeness
from summarywriter.pins.told import Sentence, divided, without
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.realise import realise
from summarywriter.slots import Block, Draft, Piece, Pinned

Way = Literal["cut", "told_anew", "realised"]
"""What becomes of a sentence that tells a pinned fact and others: its clauses about the pinned fact are cut
out; the realiser tells the others anew; or the realiser writes the rest of the section."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A passage, and what it is about.

    Attributes:
        passage: The passage.
        facts: Facts that it tells, and those of which it says something else than the sheet.
        section: Id of the section that it belongs to; ``None`` if it has no place.
        pieces: The passage, with citations of what it tells in words of its own.
        same: The sentences of that section, from and to, that say the very same; ``None`` if none do.
    """

    passage: Passage
    facts: frozenset[str]
    section: str | None
    pieces: tuple[Piece, ...]
    same: tuple[int, int] | None = None


@dataclass(slots=True)
class _Part:
    """A sentence, a pinned passage, or a block that is no paragraph, in the order of the text."""

    paragraph: int
    sentence: Sentence | None = None
    pin: Pin | None = None
    block: Block | None = None
    is_out: bool = False
    is_changed: bool = False
    same_as: Pin | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        if self.pin is not None:
            return self.pin.pieces
        return self.sentence.pieces if self.sentence is not None and not self.is_out else ()


@dataclass
class Loom:
    """Weaves pinned passages into the sections of one document.

    Args:
        plan: The plan.
        index: The facts.
        earlier: The text that the passages come from.
        facts: What all passages together are about, but for those that the new text has as they are.
    """

    plan: DocumentPlan
    index: FactIndex
    earlier: PinnedText
    facts: frozenset[str]
    _parts: list[_Part] = field(default_factory=list)

    def woven(self, draft: Draft, texts: Sequence[str], pins: Sequence[Pin], way: Way) -> Draft:
        """One section with its pins.

        Args:
            draft: As it was written.
            texts: Its sentences as printed.
            pins: Those that belong to it, in the order of the earlier text.
            way: What becomes of a sentence that tells a pinned fact and others.
        """
        head = [block for block in draft.blocks if block.kind != "paragraph"]
        lead = next((b.pieces[: b.lead] for b in draft.blocks if b.kind == "paragraph"), ())
        if way == "realised":
            told = self.facts.union(*(pin.facts for pin in pins))
            rest = self._rest(draft.section, self._own_facts(draft.section) - told)
            draft = replace(draft, blocks=(*head, *_led(rest.blocks, lead)), origin="realiser")
            texts = ()
        self._parts = self._taken_apart(draft, texts)
        written = [part for part in self._parts if part.sentence is not None]
        for pin in pins:
            for part in written[slice(*pin.same)] if pin.same and way != "realised" else ():
                part.is_out, part.same_as = True, pin
        for part in written:
            if not part.is_out:
                self._thin(part, draft.section, pins, way)
        for pin in pins:
            self._put(pin)
        if not pins and not any(part.is_changed for part in self._parts):
            return draft
        return replace(draft, blocks=tuple(self._together(draft)))

    def _taken_apart(self, draft: Draft, texts: Sequence[str]) -> list[_Part]:
        parts: list[_Part] = []
        printed = iter(texts)
        for number, block in enumerate(draft.blocks):
            if block.kind != "paragraph":
                parts.append(_Part(number, block=block))
                continue
            for sentence in divided(block, self.index):
                sentence.text = next(printed, "")
                parts.append(_Part(number, sentence=sentence))
        return parts

    # --- what was written about the same facts --------------------------------------------------------

    def _thin(self, part: _Part, section: str, pins: Sequence[Pin], way: Way) -> None:
        """Take out of a sentence what a pinned passage tells."""
        sentence = part.sentence
        assert sentence is not None  # noqa: S101  the caller's condition
        same = sentence.facts & self.facts
        if not sentence.facts - self.facts:
            said = any(likeness(sentence.text, pin.passage.text) for pin in pins if sentence.text)
            part.is_out = part.is_changed = bool(same) or said
        elif same:
            rest = without(sentence, self.facts, self.index) if way == "cut" else None
            if rest is None and way != "realised":
                told = self._rest(section, sentence.facts - self.facts)
                rest = tuple(p for block in told.blocks for p in block.pieces[block.lead :])
            if rest:
                part.sentence, part.is_changed = replace(sentence, pieces=rest), True

    def _rest(self, section: str, facts: frozenset[str]) -> Draft:
        """What the realiser makes of some facts of a section, without its heading and formulas."""
        plan = next(one for one in self.plan.sections if one.id == section)
        alone = replace(plan, units=self._units(plan, facts), heading=None, formulas=())
        return realise(replace(self.plan, sections=(alone,)), self.index)[0]

    def _units(self, section: SectionPlan, facts: frozenset[str]) -> tuple[Unit, ...]:
        """A section's units with some of their facts, and the names of what these belong to."""
        owners = {self.index[fact].owner for fact in facts}
        units = (
            replace(unit, facts=tuple(f for f in unit.facts if f in facts or f in owners))
            for unit in section.units
        )
        return tuple(unit for unit in units if unit.facts)

    def _own_facts(self, section: str) -> frozenset[str]:
        plan = next(one for one in self.plan.sections if one.id == section)
        return frozenset(plan.facts)

    # --- where a passage goes -------------------------------------------------------------------------

    def _put(self, pin: Pin) -> None:
        """Put a passage where its facts were told; else by its neighbours; else in the plan's order."""
        place = self._in_place_of(pin)
        if place is None:
            place = self._beside(pin)
        if place is None:
            place = self._by_plan(pin)
        while place < len(self._parts) and self._parts[place].pin is not None:
            place += 1  # those put here before stood before it
        near = self._parts[place - 1] if place else None
        after = self._parts[place] if place < len(self._parts) else None
        paragraph = next((p.paragraph for p in (near, after) if p is not None and p.block is None), 0)
        if after is not None and after.is_out:
            paragraph = after.paragraph
        self._parts.insert(place, _Part(paragraph, pin=pin))

    def _in_place_of(self, pin: Pin) -> int | None:
        same = next((n for n, part in enumerate(self._parts) if part.same_as is pin), None)
        if same is not None:
            return same
        for n, part in enumerate(self._parts):
            sentence = part.sentence
            if sentence is None or part.same_as is not None:
                continue
            is_version = part.is_out and bool(likeness(sentence.text, pin.passage.text))
            if sentence.facts & pin.facts or (is_version and not pin.facts):
                begins = next((f for f in self._in_order(sentence.facts)), "") in pin.facts
                return n if part.is_out or begins else n + 1
        return None

    def _in_order(self, facts: frozenset[str]) -> list[str]:
        order = {fact.id: n for n, fact in enumerate(self.index)}
        return sorted(facts, key=order.__getitem__)

    def _beside(self, pin: Pin) -> int | None:
        before, after = self.earlier.around(pin.passage)
        best, place = 0.0, None
        for n, part in enumerate(self._parts):
            text = (
                part.pin.passage.text if part.pin is not None else part.sentence.text if part.sentence else ""
            )
            for neighbour, offset in ((before, 1), (after, 0)):
                if part.pin is not None and neighbour and neighbour in text:
                    return n + offset
                ratio = likeness(neighbour, text) if neighbour and text else 0.0
                if ratio > best:
                    best, place = ratio, n + offset
        return place

    def _by_plan(self, pin: Pin) -> int:
        """Before the first sentence that tells what comes later in the sheet; else at the end."""
        order = {fact.id: n for n, fact in enumerate(self.index)}
        first = min((order[fact] for fact in pin.facts), default=len(order))
        for n, part in enumerate(self._parts):
            told = part.sentence.facts if part.sentence is not None else ()
            if told and min(order[fact] for fact in told) > first:
                return n
        return len(self._parts)

    # --- back to blocks ---------------------------------------------------------------------------------

    def _together(self, draft: Draft) -> list[Block]:
        blocks: list[Block] = []
        lead: tuple[Piece, ...] = ()
        pieces: tuple[Piece, ...] = ()

        def close() -> None:
            nonlocal lead, pieces
            if pieces:
                blocks.append(Block("paragraph", (*lead, *pieces), lead=len(lead)))
                lead, pieces = (), ()

        paragraph = -1
        for part in self._parts:
            if part.paragraph != paragraph:
                close()
                paragraph = part.paragraph
                block = draft.blocks[paragraph] if paragraph < len(draft.blocks) else None
                lead = block.pieces[: block.lead] if block is not None and block.kind == "paragraph" else lead
            if part.block is not None:
                blocks.append(part.block)
            elif part.pin is not None and part.pin.passage.whole:
                close()
                lead, pieces = _own_head(lead, part.pin)
                close()
            elif part.pin is not None:
                lead, pieces = _own_head(lead, part.pin) if not pieces else (lead, (*pieces, *part.pieces))
            else:
                pieces = (*pieces, *part.pieces)
        close()
        if lead and not any(block.lead for block in blocks):  # a head whose paragraph is gone
            blocks.append(Block("paragraph", lead, lead=len(lead)))
        return blocks


def _led(blocks: tuple[Block, ...], lead: tuple[Piece, ...]) -> tuple[Block, ...]:
    """Paragraphs with a run-in head before the first."""
    if not lead:
        return blocks
    first = blocks[0].pieces if blocks else ()
    return (Block("paragraph", (*lead, *first), lead=len(lead)), *blocks[1:])


def _own_head(lead: tuple[Piece, ...], pin: Pin) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """A passage after a run-in head: where it brings the head along, the head is pinned too."""
    first, *rest = pin.pieces
    if not lead or not isinstance(first, Pinned) or NUMERAL.match(first) is None:
        return lead, pin.pieces
    ends = [at for mark in "。：" if (at := first.find(mark)) >= 0]
    cut = min(ends) + 1 if ends else 0
    after = (Pinned(first[cut:]),) if cut < len(first) else ()
    return ((Pinned(first[:cut]),), (*after, *rest)) if cut and (after or rest) else (lead, pin.pieces)
