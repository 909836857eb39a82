"""A genre: the shape of one kind of summary, as data that a user can write.

A genre file says which sections there are and in what order, which facts each tells, how headings read
and are numbered, and which ready sentences the genre allows. It never says anything about an event.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from summarywriter.facts.model import Level

Feed = Literal[
    "unit",
    "basis",
    "theme",
    "period",
    "organisers",
    "people",
    "preparation",  # activities that prepare the event: meetings, launches of a plan
    "activities",
    "totals",
    "measures",
    "results",
    "media",
    "problems",
    "next_steps",
]
"""What a section may tell: a key of the sheet, or a kind of activity."""


def _numeral(value: object) -> object:
    """YAML reads an unquoted ``1.`` as a number; its writer meant the numeral."""
    return "1." if isinstance(value, float) and value == 1 else value


Numbering = Annotated[Literal["", "一、", "（一）", "1.", "（1）"], BeforeValidator(_numeral)]

COMPOSED = "composed"
"""A heading made of four-character groups that the facts below it make true."""
OWN = "own"
"""A heading that is the field's or the activity's own name."""


def _words(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Shape(BaseModel):
    """The settings shared by every part of a genre."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Formula(Shape):
    """A ready sentence. ``claims: none`` is written beside each, so that nobody adds one that claims."""

    text: Annotated[str, Field(min_length=2)]
    claims: Literal["none"]


Headings = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_words)]
Formulas = tuple[Formula, ...]


class Parts(Shape):
    """How a section is divided.

    Attributes:
        by: ``field`` (the sheet's fields; without them, by theme where there are many activities),
            ``activity`` (one each), ``theme`` (what was done: publicity, inspection …), ``entry``
            (measures by what they are about).
        nested: Subsections under the section's heading; if false, the parts are sections themselves.
        headings: As of a section.
        numbering: As of a section.
        run_in: The heading runs into the paragraph.
        mark: What closes a run-in heading.
        most: More parts than this are told together instead.
    """

    by: Literal["field", "activity", "theme", "entry"]
    nested: bool = True
    headings: Headings = (OWN,)
    numbering: Numbering = ""
    run_in: bool = False
    mark: Literal["。", "："] = "。"
    most: Annotated[int, Field(ge=2)] = 8


class GenreSection(Shape):
    """One section of a genre.

    Attributes:
        role: What it is for; the plan, the prompts and the report name it so.
        tells: What it tells, in order. A section whose facts a sheet does not have is left out.
        headings: In order of preference: ``composed``, ``own`` or a text; the first that holds is
            printed. Empty for a section with no heading.
        numbering: How the heading is numbered; ``""`` for not.
        run_in: The heading runs into the paragraph.
        mark: What closes a run-in heading.
        parts: How it is divided, if at all.
        needs: Told here only if the sheet has one of these; else its facts go where they can be told.
        share: Its part of the length, as a weight.
        lead_in: Ready sentences to begin with, the preferred one first.
        close: Ready sentences to end with, the preferred one first.
    """

    role: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    tells: Annotated[tuple[Feed, ...], Field(min_length=1)]
    headings: Headings = ()
    numbering: Numbering = ""
    run_in: bool = False
    mark: Literal["。", "："] = "。"
    parts: Parts | None = None
    needs: tuple[Feed, ...] = ()
    share: Annotated[float, Field(gt=0)] = 1.0
    lead_in: Formulas = ()
    close: Formulas = ()

    @property
    def formulas(self) -> tuple[str, ...]:
        """The ready sentences that a plan carries: the first to begin with, and the first to end with."""
        return tuple(formula.text for formula in (*self.lead_in[:1], *self.close[:1]))


class Genre(Shape):
    """One kind of summary.

    Attributes:
        name: What `genre:` of a sheet and ``--genre`` say.
        title: Its Chinese name, which a sheet may give as well.
        about: One line for a user who chooses.
        levels: Whose summaries take this shape.
        sections: In order.
        length: Ceiling in characters where none is asked for.
        signature: Print the author's name and the date at the foot.
        numerals: How figures are written; a figure given in a sheet keeps its own form.
        register_notes: Style of the genre, for the prompts.
        phrases: Turns of phrase by purpose, for the prompts; none claims anything.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Annotated[str, Field(min_length=1)]
    about: str = ""
    levels: tuple[Level, ...] = ()
    sections: Annotated[tuple[GenreSection, ...], Field(min_length=1)]
    length: Annotated[int, Field(ge=100)] = 2000
    signature: bool = False
    numerals: Literal["arabic", "as_given"] = "arabic"
    register_notes: tuple[str, ...] = ()
    phrases: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tells_everything_once(self) -> Genre:
        """A kind of fact with no section would be lost, and with two it would be told twice."""
        tells = [feed for section in self.sections for feed in section.tells]
        twice = sorted({feed for feed in tells if tells.count(feed) > 1})
        if twice:
            raise ValueError(f"told by two sections: {', '.join(twice)}")
        missing = [feed for feed in _MUST_TELL if feed not in tells]
        if missing:
            raise ValueError(f"told by no section: {', '.join(missing)}")
        return self

    def teller(self, feed: Feed) -> int:
        """Position of the section that tells ``feed``; what it does not name goes to its nearest kin.

        ``preparation`` are activities, ``unit``, ``basis``, ``theme``, ``period`` and ``organisers`` open
        the document, and ``people`` stand beside the organisers.
        """
        for candidate in (feed, *_KIN.get(feed, ())):
            for position, section in enumerate(self.sections):
                if candidate in section.tells:
                    return position
        return 0


_MUST_TELL: tuple[Feed, ...] = (
    "activities", "totals", "measures", "results", "media", "problems", "next_steps",
)  # fmt: skip
_KIN: dict[Feed, tuple[Feed, ...]] = {
    "preparation": ("activities",),
    "people": ("organisers", "basis", "measures"),
    "organisers": ("basis", "theme", "period"),
    "period": ("theme", "basis", "organisers"),
    "theme": ("period", "basis", "organisers"),
    "basis": ("theme", "period", "organisers"),
}
