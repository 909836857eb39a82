"""What slotted text is made of, and what it becomes when it is filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from summarywriter.chinese.text import Span


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where the library writes a fact.

    Attributes:
        fact: Id of the fact.
        form: ``""`` the fact's own surface by its kind's rules; for a quantity an equivalent measure
            word (``名``); for a person ``name``, ``full`` (post and name) or ``short``; for a date
            ``day`` (no time of day); for organisers ``bare`` (the names alone, with no 等 and total).
            A role (主辦) is a verb of the sentence, and never printed by a slot.
    """

    fact: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """The clause before this point tells these facts in words of its own; prints nothing."""

    facts: tuple[str, ...]


class Pinned(str):
    """Text that a person has pinned: it stays as it is, whatever the facts have become."""

    __slots__ = ()


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
        pinned: Spans of passages that a person has pinned, in order.
    """

    text: str
    claims: tuple[Claim, ...]
    lines: tuple[Line, ...]
    pinned: tuple[Span, ...] = ()
