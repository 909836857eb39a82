"""A model's reply read back into slotted text.

Models keep `{3}` nearly always and write ｛3｝, 【3】, [[3]] or <3> sometimes; all are one token here.
Raw text that is exactly a fact's own words is put back to a slot, so that a model that forgot the rule
still gives a draft that can be corrected and refilled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from summarywriter.chinese.text import folded
from summarywriter.draft.align import align
from summarywriter.draft.cleaning import clean, refuses
from summarywriter.draft.listing import labels
from summarywriter.draft.numbering import SlotTable, forms_read
from summarywriter.facts.index import Fact, FactIndex
from summarywriter.plan import SectionPlan
from summarywriter.slots import Cite, Draft, Piece, Slot, headed
from summarywriter.slots.surface import equivalent

_BODY = (
    r"\s*(?P<cite{0}>\^)?\s*(?P<n{0}>\d{{1,4}}(?:\s*[,，、]\s*\^?\d{{1,4}})*)\s*"
    r"(?:[:：]\s*(?P<form{0}>[^\W\d_]{{1,5}}))?\s*"
)
_BRACKETS = (("\\{{1,2}", "\\}{1,2}"), ("｛", "｝"), ("【", "】"), (r"\[\[", r"\]\]"), ("⟦", "⟧"), ("<", ">"))
_SLOT = re.compile(
    "|".join(opener + _BODY.format(n) + closer for n, (opener, closer) in enumerate(_BRACKETS))
)
_GROUPS = tuple((f"cite{n}", f"n{n}", f"form{n}") for n in range(len(_BRACKETS)))
_NUMBER = re.compile(r"\d+")
_ENDS_A_UNIT = re.compile(r"[，。；：、！？）”》\s]|$")


class SlipKind(StrEnum):
    """What a reply did to its slots that it should not have."""

    UNKNOWN_SLOT = "unknown_slot"
    EMPTY = "empty"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing wrong in a reply's slots, found before filling; a value, for the flow to weigh.

    Attributes:
        kind: What it is.
        text: As the reply has it.
    """

    kind: SlipKind
    text: str = ""

    def __str__(self) -> str:
        """Kind and text, for the trace."""
        return f"{self.kind} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A reply as a draft, and what was wrong in its slots."""

    draft: Draft
    slips: tuple[Slip, ...] = ()


def parse_draft(text: str, table: SlotTable, section: SectionPlan, index: FactIndex) -> Parsed:
    """Read a reply.

    Args:
        text: The reply's content.
        table: The numbers that the request gave.
        section: What was asked for; its heading is put before the text.
        index: The facts.
    """
    slips: list[Slip] = []
    paragraphs = []
    for line in _without_notes(clean(text, section), index):
        pieces = _unit_once(tuple(_pieces(line, table, index, slips)), index)
        aligned = align(pieces, table.facts, index)
        if aligned:
            paragraphs.append(aligned)
    if not paragraphs:
        slips.append(Slip(SlipKind.EMPTY))
    elif not any(isinstance(piece, Slot | Cite) for pieces in paragraphs for piece in pieces) and refuses(
        text
    ):
        slips.append(Slip(SlipKind.REFUSAL))
    return Parsed(Draft(section.id, headed(section, paragraphs), "model"), tuple(slips))


def _without_notes(lines: tuple[str, ...], index: FactIndex) -> Iterator[str]:
    """The lines, less the notes that the list of facts has for the model, where it copied them."""
    notes = index.once("notes", lambda: _our_notes(index))
    for line in lines:
        for note in notes:
            line = line.replace(note, "")  # noqa: PLW2901
        if line:
            yield line


def _our_notes(index: FactIndex) -> tuple[str, ...]:
    words = labels(index.event.script)
    return tuple(note for note in (*words["status"].values(), words["optional"]) if _is_ours(note, index))


def _is_ours(note: str, index: FactIndex) -> bool:
    return not any(note in fact.text for fact in index)


def _pieces(line: str, table: SlotTable, index: FactIndex, slips: list[Slip]) -> Iterator[Piece]:
    at = 0
    for match in _SLOT.finditer(line):
        if match.start() > at:
            yield line[at : match.start()]
        at = match.end()
        yield from _slots(match, table, index, slips)
    if at < len(line):
        yield line[at:]


def _slots(match: re.Match[str], table: SlotTable, index: FactIndex, slips: list[Slip]) -> Iterator[Piece]:
    """The slots or citations of one token; a number that stands for nothing is a slip."""
    cite, said, form = next(names for names in _GROUPS if match[names[1]])
    numbers = [int(n) for n in _NUMBER.findall(match[said])]
    known = [fact for n in numbers if (fact := table.fact(n)) is not None]
    if len(known) < len(numbers):
        slips.append(Slip(SlipKind.UNKNOWN_SLOT, match.group()))
    if match[cite]:
        if known:
            yield Cite(tuple(known))
        return
    for position, fact in enumerate(known):
        if position:
            yield "、"
        yield Slot(fact, _form(match[form] or "", index[fact]))


def _form(word: str, fact: Fact) -> str:
    """A form that the fact's kind has; any other is dropped, and the fact printed as it is."""
    if fact.quantity is not None:
        return word if word and equivalent(fact.quantity.unit, word) else ""
    form = forms_read().get(word, "")
    if fact.person is not None:
        return form if form in ("name", "full", "short") else ""
    if fact.date is not None:
        return form if form == "day" else ""
    return form if fact.organisers is not None and form == "bare" else ""


def _unit_once(pieces: tuple[Piece, ...], index: FactIndex) -> tuple[Piece, ...]:
    """Drop a measure word that the model wrote again after a quantity's slot: {3}人， for 600多人."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if isinstance(piece, str) and isinstance(last, Slot):
            quantity = index[last.fact].quantity
            unit = quantity.unit if quantity is not None else ""
            if unit and folded(piece).startswith(folded(unit)) and _ENDS_A_UNIT.match(piece[len(unit) :]):
                piece = piece[len(unit) :]  # noqa: PLW2901
        if piece != "":
            out.append(piece)
    return tuple(out)
