"""The fact sheet as types: frozen, closed, every field a fact.

The shapes follow the sheet that users fill in. Every scalar is text as the user wrote it; quantities
and dates are parsed into `Quantity` and `DateValue`, which keep their surface. `load_facts` reads
files; a library user may build `EventFacts` directly, with the same shorthands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from summarywriter.chinese.dates import DateError, DateValue, parse_date
from summarywriter.chinese.quantities import Modifier, Quantity, parse_quantity
from summarywriter.chinese.script import Script
from summarywriter.lexicon import split_label, split_shorthand
from summarywriter.messages import render


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


def _fault(code: str, **params: Any) -> PydanticCustomError:
    """What a validator raises: the loader tells it by the same code in the user's language."""
    return PydanticCustomError(code, render(code, lang="en", **params).replace("{", "(").replace("}", ")"), params)  # type: ignore[arg-type]


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return parse_date(value)
        except DateError as error:
            raise _fault(f"facts.date_{error.reason}", text=value) from error
    if not isinstance(value, DateValue):
        raise _fault("facts.date_format", text=repr(value))
    return value


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _titled(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _entry(value: Any) -> Any:
    """Read a clause, or a figure that stands among clauses (``{action: 轉診, object: …, value: 23}``)."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, Mapping) and "text" not in value and ("value" in value or "quantity" in value):
        figure = Figure.model_validate(_figure(value))
        told = {"text": f"{figure.actor or ''}{figure.scope or ''}{figure.label}{figure.quantity.surface}"}
        return {**{key: value[key] for key in ("id", "required", "status", "allow") if key in value}, **told}
    return value


def _figure(value: Any) -> Any:
    """Read ``發放宣傳手冊 1500份`` or the long form into the fields of `Figure`."""
    if isinstance(value, str):
        parts = split_shorthand(value)
        if parts is None:
            raise _fault("facts.no_quantity", text=value)
        action, object_, quantity = parts
        return {"action": action, "object": object_, "quantity": quantity}
    if not isinstance(value, Mapping):
        return value
    fields = dict(value)
    if "quantity" not in fields and "value" in fields:
        number, unit, modifier = fields.pop("value"), fields.pop("unit", None), fields.pop("modifier", None)
        fields["quantity"] = quantity_from_parts(str(number), str(unit or ""), modifier)
    elif isinstance(fields.get("quantity"), str):
        written = f"{fields['quantity']}{fields.pop('unit', None) or ''}"
        modifier = fields.pop("modifier", None)
        fields["quantity"] = quantity_from_parts(written, "", modifier)
    if not fields.get("action") and isinstance(fields.get("object"), str):
        fields["action"], fields["object"] = split_label(fields["object"])
    return fields


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
        ValueError: The number or the modifier cannot be read, or they contradict each other.
    """
    kind = Modifier(modifier) if modifier else None
    bare = parse_quantity(f"{number}{unit}")
    if bare is not None and (kind is None or bare.modifier is not Modifier.EXACT):
        if kind not in (None, Modifier.VAGUE, bare.modifier):
            raise _fault("facts.two_modifiers", text=f"{number}{unit}", modifier=str(modifier))
        return bare
    surface = _SURFACES[kind].format(number=number, unit=unit) if kind in _SURFACES else f"{number}{unit}"
    quantity = parse_quantity(surface)
    if quantity is None:
        raise _fault("facts.no_number", text=surface)
    return quantity


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

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.title or self.issuers or self.number):
            raise _fault("facts.empty_basis")
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
FigureField = Annotated[Figure, BeforeValidator(_figure)]
PersonField = Annotated[Person, BeforeValidator(_named)]


_ENUMERATION = re.compile(r"[、，,；;]\s*")
_AND_OTHERS = re.compile(r"^(?P<names>.+?)等(?P<total>[^、，,；;等]*)$")


def organisers_from_text(text: str) -> dict[str, Any]:
    """Read an enumeration into the fields of `Organisers`.

    Example:
        >>> organisers_from_text("市科協、市司法局等15個單位")
        {'names': ['市科協', '市司法局'], 'total': '15個單位', 'complete': False}
    """
    others = _AND_OTHERS.match(text)
    if others and (not others["total"] or parse_quantity(others["total"])):
        names = [name for name in _ENUMERATION.split(others["names"]) if name]
        return {"names": names, "total": others["total"] or None, "complete": False}
    return {"names": [name for name in _ENUMERATION.split(text) if name]}


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


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where a sheet was read: no part of what it says, so that all origins are equal.

    Attributes:
        file: Name of the file as the user gave it; ``""`` for none.
        lines: Line of each value, by its path of canonical keys and positions from 0.
    """

    file: str = ""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return hash(Origin)

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """The line of the value at ``path``, or of what holds it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None


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
    basis: tuple[Annotated[Basis, BeforeValidator(_titled)], ...] = ()
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

    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def origin(self) -> Origin:
        """Where the sheet was read, for messages."""
        return self._origin
