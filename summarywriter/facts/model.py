"""The fact sheet as types: frozen, closed, every field a fact.

The shapes follow the sheet that users fill in. Every scalar is text as the user wrote it; quantities
and dates are parsed into `Quantity` and `DateValue`, which keep their surface. `load_facts` reads
files; a library user may build `EventFacts` directly, with the same shorthands.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

from summarywriter.chinese.dates import DateValue
from summarywriter.chinese.quantities import Quantity
from summarywriter.chinese.script import Script
from summarywriter.facts.origin import Origin
from summarywriter.facts.shorthand import (
    fault,
    is_recurring,
    organisers_from_text,
    quantity_from_parts,
    read_date,
    read_figure,
    read_name,
    read_quantity,
    read_term,
    read_title,
    unmarked,
)

__all__ = [
    "Activity",
    "Basis",
    "Entry",
    "EventFacts",
    "Figure",
    "Level",
    "Organisers",
    "Person",
    "Sheet",
    "Status",
    "Term",
    "quantity_from_parts",
]


class Level(StrEnum):
    """Whose summary it is; decides the genre where none is given."""

    TOWNSHIP = "township"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    DISTRICT = "district"
    CITY = "city"
    PROVINCE = "province"


class Status(StrEnum):
    """Whether a thing was done, is under way, or is planned; planned is never told as done."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"


def _entry(value: Any) -> Any:
    """Read a clause, or a figure that stands among clauses (``{action: 轉診, object: …, value: 23}``)."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, Mapping) and "text" not in value and ("value" in value or "quantity" in value):
        figure = Figure.model_validate(read_figure(value))
        told = {"text": f"{figure.actor or ''}{figure.scope or ''}{figure.label}{figure.quantity.surface}"}
        return {**{key: value[key] for key in ("id", "required", "status", "allow") if key in value}, **told}
    return value


class Sheet(BaseModel):
    """The settings shared by every part of a sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _blanks_are_absent(cls, data: Any) -> Any:
        """Treat ``key: null`` (a line left blank in the sheet) as absent."""
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if value is not None and value != ""}
        return data


Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SheetDate = Annotated[DateValue, BeforeValidator(read_date)]


class Term(Sheet):
    """One figure that a derived one was added up from.

    Attributes:
        unit: Whose sheet it stands in.
        fact: Its id there.
        quantity: What it says.
    """

    unit: Name
    fact: str = ""
    quantity: Annotated[Quantity, BeforeValidator(read_quantity)]


TermField = Annotated[Term, BeforeValidator(read_term)]


class Figure(Sheet):
    """A quantity and what it counts.

    Attributes:
        action: The verb (發放), where one is known.
        object: What is counted (科普宣傳資料); empty where the verb says it all (參加 600多人).
        quantity: Number, modifier, measure word.
        actor: Whose figure it is, where it is not the activity's or the unit's own.
        scope: What it covers (當天, 全程, 全區 …).
        of: Id of the figure that this one is part of.
        derived: The figures of other sheets that it is the sum of; empty where it was counted.
    """

    id: str | None = None
    action: str | None = None
    object: str = ""
    quantity: Quantity
    actor: str | None = None
    scope: str | None = None
    of: str | None = None
    derived: tuple[TermField, ...] = ()
    required: bool = True
    status: Status = Status.DONE
    allow: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Action and object together, as in the sheet's shorthand."""
        return f"{self.action or ''}{self.object}"


class Entry(Sheet):
    """A free-text fact: a subjectless verb-object clause, or for problems a full clause."""

    id: str | None = None
    text: Name
    required: bool = True
    status: Status = Status.DONE
    allow: tuple[str, ...] = ()


class Basis(Sheet):
    """A document that the event rests on; without ``title``, the issuers' arrangement itself (統一部署)."""

    id: str | None = None
    title: Annotated[str | None, BeforeValidator(unmarked)] = None
    issuers: tuple[Name, ...] = ()
    number: str | None = None
    required: bool = True

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.title or self.issuers or self.number):
            raise fault("facts.empty_basis")
        return self


class Organisers(Sheet):
    """Organisations in the order given: complete, or examples with a total.

    Attributes:
        role: 主辦, 承辦, 牽頭, 配合 …
        names: The organisations, in the order given.
        total: Quantity of all of them (15個單位) where ``names`` are examples.
        complete: False where ``names`` are examples.
    """

    id: str | None = None
    role: str | None = None
    names: tuple[Name, ...] = ()
    total: str | None = None
    complete: bool = True
    required: bool = True


class Person(Sheet):
    """A person; ``role`` is what the person did (講話, 主持), ``post`` the office held."""

    id: str | None = None
    name: Name
    post: str | None = None
    role: str | None = None
    required: bool = True


EntryField = Annotated[Entry, BeforeValidator(_entry)]
FigureField = Annotated[Figure, BeforeValidator(read_figure)]
PersonField = Annotated[Person, BeforeValidator(read_name)]


def _organisers(value: Any) -> Any:
    """Accept one mapping, an enumeration, a list of names, or a list of mappings."""
    if isinstance(value, str):
        return [organisers_from_text(value)]
    if isinstance(value, Mapping | Organisers):
        return [value]
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return [{"names": value}]
    return value


OrganisersField = Annotated[tuple[Organisers, ...], BeforeValidator(_organisers)]


class Activity(Sheet):
    """One thing that was done, with all that is known of it."""

    id: str | None = None
    name: Name
    field: str | None = None
    theme: Annotated[str | None, BeforeValidator(unmarked)] = None
    date: SheetDate | None = None
    time: str | None = None
    place: str | None = None
    organisers: OrganisersField = ()
    people: tuple[PersonField, ...] = ()
    details: tuple[EntryField, ...] = ()
    quotes: tuple[EntryField, ...] = ()
    figures: tuple[FigureField, ...] = ()
    required: bool = True
    status: Status = Status.DONE

    @model_validator(mode="before")
    @classmethod
    def _recurring_is_a_time(cls, data: Any) -> Any:
        """``date: 每周六`` names no day: it is told as the time."""
        date = data.get("date") if isinstance(data, Mapping) else None
        if isinstance(date, str) and is_recurring(date):
            rest = {key: value for key, value in data.items() if key != "date"}
            return {**rest, "time": f"{date.strip()}{data.get('time') or ''}"}
        return data


class EventFacts(Sheet):
    """A whole fact sheet. See `load_facts` for files and `FactIndex` for the facts one by one.

    ``unplaced`` holds what was taken out of an old text and has no place yet: no fact, and never told.
    """

    title: Name
    genre: str | None = None
    script: Script = Script.HANT
    level: Level | None = None
    unit: str | None = None
    addressee: str | None = None
    date: SheetDate | None = None
    theme: Annotated[str | None, BeforeValidator(unmarked)] = None
    period: SheetDate | None = None
    basis: tuple[Annotated[Basis, BeforeValidator(read_title)], ...] = ()
    organisers: OrganisersField = ()
    people: tuple[PersonField, ...] = ()
    activities: tuple[Annotated[Activity, BeforeValidator(read_name)], ...] = ()
    totals: tuple[FigureField, ...] = ()
    measures: tuple[EntryField, ...] = ()
    results: tuple[EntryField, ...] = ()
    media: tuple[EntryField, ...] = ()
    problems: tuple[EntryField, ...] = ()
    next_steps: tuple[EntryField, ...] = ()
    unplaced: tuple[EntryField, ...] = ()
    attachments: tuple[Name, ...] = ()
    allow: tuple[str, ...] = ()

    _origin: Origin = PrivateAttr(default_factory=Origin)

    def _repr_html_(self) -> str:
        """A notebook's view: every fact with its id and kind."""
        from summarywriter.facts.index import FactIndex
        from summarywriter.messages import render
        from summarywriter.tables import html_table

        def words(key: str) -> str:
            return render(key, script=self.script.value)

        rows = [
            (
                fact.id,
                words(f"review.kind.{fact.kind.value}"),
                fact.figure.label if fact.figure else "",
                fact.text,
            )
            for fact in FactIndex.of(self)
        ]
        return html_table(
            self.title, [words(f"table.{name}") for name in ("id", "kind", "label", "text")], rows
        )

    @property
    def origin(self) -> Origin:
        """Where the sheet was read, for messages."""
        return self._origin
