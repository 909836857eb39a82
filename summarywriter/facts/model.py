"""The fact sheet as types: frozen, closed, every field a fact.

The shapes follow the sheet that users fill in. Every scalar is text as the user wrote it; quantities
and dates are parsed into `Quantity` and `DateValue`, which keep their surface. `load_facts` reads
files; a library user may build `EventFacts` directly, with the same shorthands.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from summarywriter.chinese.dates import DateError, DateValue, parse_date
from summarywriter.chinese.quantities import Modifier, Quantity, parse_quantity
from summarywriter.chinese.script import Script
from summarywriter.lexicon import split_label, split_shorthand


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


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return parse_date(value)
        except DateError as error:
            raise ValueError(str(error)) from error
    return value


def _entry(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _figure(value: Any) -> Any:
    """Read ``發放宣傳手冊 1500份`` or the long form into the fields of `Figure`."""
    if isinstance(value, str):
        parts = split_shorthand(value)
        if parts is None:
            msg = f"no quantity found in {value!r}: write what it counts, a space, then the quantity"
            raise ValueError(msg)
        action, object_, quantity = parts
        return {"action": action, "object": object_, "quantity": quantity}
    if isinstance(value, dict) and "quantity" not in value and "value" in value:
        value = dict(value)
        number, unit, modifier = str(value.pop("value")), value.pop("unit", ""), value.pop("modifier", None)
        quantity = quantity_from_parts(number, unit or "", modifier)
        value["quantity"] = quantity
        if not value.get("action") and value.get("object"):
            value["action"], value["object"] = split_label(value["object"])
    elif isinstance(value, dict) and isinstance(value.get("quantity"), str):
        parsed = parse_quantity(value["quantity"])
        if parsed is None:
            msg = f"not a quantity: {value['quantity']!r}"
            raise ValueError(msg)
        value = {**value, "quantity": parsed}
    return value


_SURFACES = {
    Modifier.OVER: "{number}余{unit}",
    Modifier.NEAR: "近{number}{unit}",
    Modifier.ABOUT: "約{number}{unit}",
    Modifier.AT_LEAST: "至少{number}{unit}",
    Modifier.AT_MOST: "至多{number}{unit}",
}


def quantity_from_parts(number: str, unit: str, modifier: str | None) -> Quantity:
    """Build a `Quantity` from the long form's fields.

    Args:
        number: The number as written (``300``, ``1.5萬``, ``上千``).
        unit: The measure word.
        modifier: A `Modifier` value, or ``None`` for what the number itself says.

    Raises:
        ValueError: The number or the modifier cannot be read.
    """
    kind = Modifier(modifier) if modifier else None
    surface = _SURFACES[kind].format(number=number, unit=unit) if kind in _SURFACES else f"{number}{unit}"
    quantity = parse_quantity(surface)
    if quantity is None:
        msg = f"not a quantity: {surface!r}"
        raise ValueError(msg)
    return quantity


class Sheet(BaseModel):
    """The settings shared by every part of a sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


Name = Annotated[str, Field(min_length=1)]
SheetDate = Annotated[DateValue, BeforeValidator(_date)]


class Figure(Sheet):
    """A quantity and what it counts.

    Attributes:
        action: The verb (發放), where one is known.
        object: What is counted (科普宣傳資料); empty where the verb says it all (參加 600多人).
        quantity: Number, modifier, measure word.
        actor: Whose figure it is, where it is not the activity's or the unit's own.
        scope: What it covers (當天, 全程, 全區 …).
        of: Id of the figure that this one is part of.
    """

    id: str | None = None
    action: str | None = None
    object: str = ""
    quantity: Quantity
    actor: str | None = None
    scope: str | None = None
    of: str | None = None
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
    title: str | None = None
    issuers: tuple[Name, ...] = ()
    number: str | None = None
    required: bool = True


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
FigureField = Annotated[Figure, BeforeValidator(_figure)]
PersonField = Annotated[Person, BeforeValidator(_named)]


def _organisers(value: Any) -> Any:
    """Accept one mapping, a list of names, or a list of mappings."""
    if isinstance(value, dict):
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


class EventFacts(Sheet):
    """A whole fact sheet. See `load_facts` for files and `FactIndex` for the facts one by one."""

    title: Name
    genre: str | None = None
    script: Script = Script.HANT
    level: Level | None = None
    unit: str | None = None
    addressee: str | None = None
    date: SheetDate | None = None
    theme: str | None = None
    period: SheetDate | None = None
    basis: tuple[Annotated[Basis, BeforeValidator(lambda v: {"title": v} if isinstance(v, str) else v)], ...] = ()
    organisers: OrganisersField = ()
    people: tuple[PersonField, ...] = ()
    activities: tuple[Annotated[Activity, BeforeValidator(_named)], ...] = ()
    totals: tuple[FigureField, ...] = ()
    measures: tuple[EntryField, ...] = ()
    results: tuple[EntryField, ...] = ()
    media: tuple[EntryField, ...] = ()
    problems: tuple[EntryField, ...] = ()
    next_steps: tuple[EntryField, ...] = ()
    allow: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _nulls_are_absent(cls, data: Any) -> Any:
        """Treat ``key: null`` (a line left blank in the sheet) as absent."""
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None and value != ""}
        return data
