"""Slotted text: prose in which every fact is a reference, and its filling.

A `Draft` is what a model or the realiser writes for one section: blocks of pieces. A piece is plain
text, a `Slot` (the library writes the fact there) or a `Cite` (the clause before it tells that fact
in its own words). Filling is one pass over the document, for a date's year and a person's post
depend on what was mentioned before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where the library writes a fact.

    Attributes:
        fact: Id of the fact.
        form: ``""`` the fact's own surface by its kind's rules; for a quantity an equivalent measure
            word (``名``); for a person ``name``, ``full`` (post and name) or ``short``; for a date
            ``day`` (no time of day); for organisers ``bare`` (without role).
    """

    fact: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """The clause before this point tells these facts in words of its own; prints nothing."""

    facts: tuple[str, ...]


Piece = str | Slot | Cite
BlockKind = Literal["title", "addressee", "heading", "paragraph", "signature", "date"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or heading of slotted text.

    Attributes:
        kind: What it is on the page.
        pieces: Text, slots and citations in order.
        level: Heading level, 1 to 4; 0 for anything else.
        lead: For a paragraph that opens with a run-in head (（一）統一部署。…), the head's length in
            pieces; 0 otherwise.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written for one section.

    Attributes:
        section: Id of the `SectionPlan`.
        blocks: Its paragraphs and headings.
        origin: ``model`` or ``realiser``.
    """

    section: str
    blocks: tuple[Block, ...]
    origin: Literal["model", "realiser"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of filled text and the facts that it tells.

    Attributes:
        start: First character, in the document's text.
        end: One past the last character.
        facts: Ids of the facts told.
        how: ``slot`` (written by the library), ``cite`` (told in the writer's words), ``align``
            (raw text matched to a fact by the verifier).
    """

    start: int
    end: int
    facts: tuple[str, ...]
    how: Literal["slot", "cite", "align"] = "slot"


@dataclass(frozen=True, slots=True)
class Line:
    """One filled block: where it stands in the document's text, and what it was."""

    start: int
    end: int
    kind: BlockKind
    level: int
    section: str
    lead_end: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """A document's text with everything known about it.

    Attributes:
        text: Blocks joined by one newline each.
        claims: In order of start.
        lines: One for each block, in order.
    """

    text: str
    claims: tuple[Claim, ...]
    lines: tuple[Line, ...]


def to_data(drafts: Sequence[Draft]) -> list[dict[str, object]]:
    """Drafts as plain data for JSON: text as strings, slots and citations as small objects."""
    return [
        {
            "section": draft.section,
            "origin": draft.origin,
            "blocks": [
                {
                    "kind": block.kind,
                    "level": block.level,
                    "lead": block.lead,
                    "pieces": [_piece_data(piece) for piece in block.pieces],
                }
                for block in draft.blocks
            ],
        }
        for draft in drafts
    ]


def _piece_data(piece: Piece) -> object:
    match piece:
        case Slot(fact, form):
            return {"slot": fact, "form": form} if form else {"slot": fact}
        case Cite(facts):
            return {"cite": list(facts)}
        case _:
            return piece


def from_data(data: Sequence[Mapping[str, object]]) -> tuple[Draft, ...]:
    """The inverse of `to_data`.

    Raises:
        ValueError: ``data`` is no slotted draft.
    """
    try:
        return tuple(
            Draft(
                str(entry["section"]),
                tuple(_block(block) for block in entry["blocks"]),  # type: ignore[attr-defined]
                "model" if entry["origin"] == "model" else "realiser",
            )
            for entry in data
        )
    except (KeyError, TypeError) as error:
        msg = f"not a slotted draft: {error}"
        raise ValueError(msg) from error


def _block(data: Mapping[str, object]) -> Block:
    pieces = tuple(_piece(piece) for piece in data["pieces"])  # type: ignore[attr-defined]
    return Block(str(data["kind"]), pieces, int(str(data.get("level", 0))), int(str(data.get("lead", 0))))  # type: ignore[arg-type]


def _piece(data: object) -> Piece:
    if isinstance(data, Mapping):
        if "slot" in data:
            return Slot(str(data["slot"]), str(data.get("form", "")))
        return Cite(tuple(str(fact) for fact in data["cite"]))
    return str(data)
