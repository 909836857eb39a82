"""The sheet as it is being filled: every entry with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from summarywriter.chinese.text import Span
from summarywriter.extract.damage import Damage
from summarywriter.extract.pieces import Piece
from summarywriter.extract.values import Found

TEXTS = ("measures", "results", "media", "problems", "next_steps")
"""The sheet's lists of free text."""


@dataclass(slots=True)
class Passage:
    """A text of the source, or a model's wording of one.

    Attributes:
        text: What goes into the sheet.
        spans: The places in the source that it is taken from.
    """

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class Counted:
    """A quantity with what it counts.

    Attributes:
        value: The quantity found.
        action: The verb, in the source's characters.
        object: What is counted, in the source's characters.
        actor: Whose it is.
        scope: What it covers.
        of: The figure that it is part of.
        sure: Whether nothing about it had to be guessed.
        planned: Whether the source only plans it.
        id: Its id in the sheet.
    """

    value: Found
    action: str = ""
    object: str = ""
    actor: str = ""
    scope: str = ""
    of: Counted | None = None
    sure: bool = True
    planned: bool = False
    id: str = ""


@dataclass(slots=True)
class Party:
    """Organisations in one role."""

    names: list[Passage]
    role: str = ""
    complete: bool = True
    total: str = ""


@dataclass(slots=True)
class Human:
    """A person in one activity."""

    name: Passage
    post: str = ""
    role: str = ""


@dataclass(slots=True)
class Doing:
    """One activity."""

    name: Passage
    id: str = ""
    area: str = ""
    date: Found | None = None
    place: Passage | None = None
    parties: list[Party] = field(default_factory=list)
    people: list[Human] = field(default_factory=list)
    details: list[Passage] = field(default_factory=list)
    quotes: list[Found] = field(default_factory=list)
    figures: list[Counted] = field(default_factory=list)
    sure: bool = True
    planned: bool = False


@dataclass(slots=True)
class Document:
    """A document that the event rests on."""

    title: Found | None = None
    issuers: list[Passage] = field(default_factory=list)
    number: Found | None = None


@dataclass(slots=True)
class Filling:
    """One sheet while it is being filled, and when it is done."""

    title: Passage | None = None
    unit: Passage | None = None
    theme: Found | None = None
    period: Found | None = None
    basis: list[Document] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    people: list[Human] = field(default_factory=list)
    activities: list[Doing] = field(default_factory=list)
    totals: list[Counted] = field(default_factory=list)
    texts: dict[str, list[Passage]] = field(default_factory=lambda: {name: [] for name in TEXTS})
    unplaced: list[Found] = field(default_factory=list)

    def counted(self) -> Iterator[Counted]:
        """Every figure."""
        for doing in self.activities:
            yield from doing.figures
        yield from self.totals

    def number(self) -> None:
        """Give every entry its id, in order."""
        for n, doing in enumerate(self.activities, 1):
            doing.id = f"a{n}"
            for k, figure in enumerate(doing.figures, 1):
                figure.id = f"f{k}"
        for n, figure in enumerate(self.totals, 1):
            figure.id = f"t{n}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a model said that the source does not bear out.

    Attributes:
        section: Id of the section that it was asked about.
        path: Where in its reply.
        said: What it said.
        reason: Key of the message that says why it was refused.
    """

    section: str
    path: str
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was taken out of one piece.

    Attributes:
        source: The whole source text.
        piece: Which part of it.
        values: Every value found there, in order.
        damage: Every broken passage there, in order.
        sheet: The sheet.
        refusals: What a model said and the source does not bear out.
        model: Name of the model that placed the values, ``""`` where none did.
        fallen_back: Ids of the sections that no model placed although one was asked.
    """

    source: str
    piece: Piece
    values: tuple[Found, ...]
    damage: tuple[Damage, ...]
    sheet: Filling
    refusals: tuple[Refusal, ...] = ()
    model: str = ""
    fallen_back: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The piece's own text."""
        return self.source[self.piece.span.start : self.piece.span.end]
