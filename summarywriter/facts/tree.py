"""A sheet before it is understood: nested text, each piece with the line it stands on.

Every format is read into this tree, and one reader (`rename`) goes on from it. Blank values (``key:``,
``null``, ``~``) are not in the tree at all.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_DEPTH = 40
"""Levels of nesting; a sheet needs seven."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as it stands in the source.

    Attributes:
        value: The characters; never converted to a number, a date or a boolean.
        line: From 1; ``None`` where there is no file.
        lines: Over how many lines it runs.
    """

    value: str
    line: int | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Items:
    """A list; blank items are left out."""

    items: tuple[Node, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values, keys as written; a key may repeat, which is reported when it is read.

    Attributes:
        pairs: Key and value, in order. ``None`` for a key left blank.
        line: From 1.
    """

    pairs: tuple[tuple[Text, Node | None], ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A value of our own (`Quantity`, `Figure` …) in data that a program built."""

    value: object
    line: int | None = None


Node = Text | Items | Table | Given


class DepthError(ValueError):
    """Nested deeper than any sheet is."""


def from_python(value: object, depth: int = 0) -> Node | None:
    """The tree of plain Python data (``dict``, ``list``, ``str`` …); ``None`` for nothing.

    Raises:
        DepthError: The data is nested too deep, or contains itself.
    """
    if depth > MAX_DEPTH:
        raise DepthError
    match value:
        case None:
            return None
        case str() | bool() | int() | float() | decimal.Decimal() | dt.date():
            text = _written(value)
            return Text(text) if text else None
        case Mapping():
            return Table(tuple((Text(str(k)), from_python(v, depth + 1)) for k, v in value.items()))
        case Sequence() if not isinstance(value, bytes | bytearray):
            nodes = (from_python(item, depth + 1) for item in value)
            return Items(tuple(node for node in nodes if node is not None))
        case _:
            return Given(value)


def _written(value: object) -> str:
    """A scalar as a sheet would have it."""
    match value:
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return f"{value:%Y-%m-%dT%H:%M}"
        case _:
            return str(value).strip()
