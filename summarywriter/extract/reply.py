"""What a model may answer: the shape of its reply, read with patience and believed in nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from summarywriter.draft import without_thinking

_MOST = 200
"""Entries read of one list; more is a model that runs on."""


class Part(BaseModel):
    """The settings shared by every part of a reply."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Cited(Part):
    """A value or a wording, and where it is from.

    Attributes:
        text: The words.
        n: Number of the value that they are, where they are one.
        at: Numbers of the sentences that they are from.
    """

    text: str = ""
    n: int | None = None
    at: tuple[int, ...] = ()


def _cited(value: Any) -> Any:
    """A text alone, or a sentence number alone, is read as well."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, Mapping) and isinstance(value.get("at"), int):
        return {**value, "at": (value["at"],)}
    return value


def _listed(value: Any) -> Any:
    if value is None:
        return ()
    return value[:_MOST] if isinstance(value, list) else (value,)


CitedField = Annotated[Cited, BeforeValidator(_cited)]
CitedList = Annotated[tuple[CitedField, ...], BeforeValidator(_listed)]


class Figure(Cited):
    """A quantity with what it counts; ``of`` is the number of the value that it is part of."""

    action: str = ""
    object: str = ""
    actor: str = ""
    scope: str = ""
    of: int | None = None


class Group(Part):
    """Organisations in one role."""

    role: str = ""
    names: CitedList = ()
    total: CitedField | None = None
    complete: bool = True


class Somebody(Part):
    """A person: name cited, post and what the person did in the source's words."""

    name: CitedField
    post: str = ""
    role: str = ""


class Event(Part):
    """An activity; ``planned`` where the text only announces it."""

    name: CitedField
    field: str = ""
    date: CitedField | None = None
    place: CitedField | None = None
    organisers: Annotated[tuple[Group, ...], BeforeValidator(_listed)] = ()
    people: Annotated[tuple[Somebody, ...], BeforeValidator(_listed)] = ()
    details: CitedList = ()
    quotes: CitedList = ()
    figures: Annotated[tuple[Annotated[Figure, BeforeValidator(_cited)], ...], BeforeValidator(_listed)] = ()
    planned: bool = False


class Ground(Part):
    """A document that the event rests on."""

    title: CitedField | None = None
    number: CitedField | None = None
    issuers: CitedList = ()


class Placement(Part):
    """A whole reply."""

    title: CitedField | None = None
    unit: CitedField | None = None
    theme: CitedField | None = None
    period: CitedField | None = None
    basis: Annotated[tuple[Ground, ...], BeforeValidator(_listed)] = ()
    organisers: Annotated[tuple[Group, ...], BeforeValidator(_listed)] = ()
    activities: Annotated[tuple[Event, ...], BeforeValidator(_listed)] = ()
    totals: Annotated[tuple[Annotated[Figure, BeforeValidator(_cited)], ...], BeforeValidator(_listed)] = ()
    measures: CitedList = ()
    results: CitedList = ()
    media: CitedList = ()
    problems: CitedList = ()
    next_steps: CitedList = Field(default=())


def parse_placement(text: str) -> Placement | None:
    """Read a reply, fenced, after thinking, or amid prose.

    An entry that has not its shape is passed over; its values are then left over, and told so.

    Returns:
        The placement; ``None`` where the reply holds none at all.
    """
    for data in _objects(without_thinking(text)):
        if isinstance(data, Mapping) and set(data) & set(Placement.model_fields):
            return _forgiving(data)
    return None


def _forgiving(data: Mapping[str, Any]) -> Placement | None:
    """What can be read of it: an entry at fault does not take the others along."""
    left = {key: value for key, value in data.items() if key in Placement.model_fields and value is not None}
    for _ in range(_MOST):
        try:
            return Placement.model_validate(left)
        except ValidationError as error:
            fault = error.errors()[0]["loc"]
            if not fault:
                return None
            left = _without(left, fault)
    return None


def _without(data: dict[str, Any], path: tuple[int | str, ...]) -> dict[str, Any]:
    """The data without the entry that a fault is in: the item of the outermost list, else the field."""
    key = str(path[0])
    value = data[key]
    if isinstance(value, list) and len(path) > 1 and isinstance(path[1], int) and path[1] < len(value):
        return {**data, key: [item for n, item in enumerate(value) if n != path[1]]}
    return {name: item for name, item in data.items() if name != key}


def _objects(text: str) -> Iterator[Any]:
    """Every JSON object that begins somewhere in ``text``, the outermost first."""
    decoder = json.JSONDecoder(strict=False)
    at = text.find("{")
    while at >= 0:
        try:
            data, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield data
        at = text.find("{", end)
