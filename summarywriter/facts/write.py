"""A fact sheet written down again: as plain data, and as YAML with Chinese keys and notes for a person.

What is written loads to the same sheet. Figures stand in their shorthand where that says everything, so
that a clerk who opens the file sees what he would have written himself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel

from summarywriter.chinese.dates import DateValue
from summarywriter.chinese.quantities import Quantity
from summarywriter.chinese.script import Script, to_script
from summarywriter.facts.keys import Context, aliases, keys, says_nothing, value_aliases
from summarywriter.facts.model import EventFacts
from summarywriter.facts.shape import LISTS, VALUES
from summarywriter.lexicon import split_shorthand

Path = tuple[str | int, ...]
Notes = Mapping[Path, Sequence[str]]

_WIDTH = 100
"""Columns that one table on one line may take; wide characters count as one."""
_SHORTHANDS: Mapping[Context, str] = {
    Context.ENTRY: "text",
    Context.PERSON: "name",
    Context.BASIS: "title",
    Context.ACTIVITY: "name",
}
"""The one field that a text alone stands for."""


def facts_to_data(facts: BaseModel) -> dict[str, Any]:
    """The sheet as plain data, as a user would have written it: `EventFacts` reads it again.

    Quantities and dates are their own surfaces, and what stands at its default is left out.
    """
    data: dict[str, Any] = {}
    for name, field in type(facts).model_fields.items():
        value = getattr(facts, name)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            data[name] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Quantity | DateValue):
        return value.surface
    if isinstance(value, BaseModel):
        return facts_to_data(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value


def sheet_text(facts: EventFacts, *, notes: Notes | None = None) -> str:
    """The sheet as YAML text, keys and values in Chinese, in the script of the sheet.

    Args:
        facts: The sheet.
        notes: Lines to put as comments above what they are about, by its path (canonical keys, positions
            from 0); those of a list's own path plus its length stand at its end, those of ``()`` on top.
    """
    return "\n".join((*_Writer(facts.script, notes or {}).lines(facts), ""))


class _Writer:
    """Writes one sheet."""

    def __init__(self, script: Script, notes: Notes) -> None:
        self._script = script
        self._notes = notes

    def lines(self, facts: EventFacts) -> Iterator[str]:
        yield from self._comments((), "")
        data = facts_to_data(facts)
        for key in keys(Context.EVENT):
            if key in data or (key,) in self._notes or (key, 0) in self._notes:
                yield from self._field(Context.EVENT, key, data.get(key), (key,), "")

    def _field(self, context: Context, key: str, value: Any, path: Path, indent: str) -> Iterator[str]:
        """One key with its value, over as many lines as it needs."""
        yield from self._comments(path, indent)
        name = self._key(context, key)
        inner = LISTS.get((context, key))
        if inner is None or not value:
            if value:
                yield f"{indent}{name}: {self._value(key, value)}"
            elif inner is not None:
                yield from self._comments((*path, 0), indent)
            return
        if not self._has_notes(path):
            flow = self._flow_list(inner, value)
            if len(indent) + len(name) + len(flow) <= _WIDTH:
                yield f"{indent}{name}: {flow}"
                return
        yield f"{indent}{name}:"
        for number, item in enumerate(value):
            yield from self._item(inner, item, (*path, number), f"{indent}  ")
        yield from self._comments((*path, len(value)), f"{indent}  ")

    def _item(self, context: Context, item: Mapping[str, Any], path: Path, indent: str) -> Iterator[str]:
        """One item of a list: on a line where it fits, else key by key."""
        yield from self._comments(path, indent)
        flow = self._short(context, item, flow=False)
        if len(indent) + len(flow) <= _WIDTH and context is not Context.ACTIVITY:
            yield f"{indent}- {flow}"
            return
        first = True
        for key in keys(context):
            if key not in item:
                continue
            for line in self._field(context, key, item[key], (*path, key), f"{indent}  "):
                yield f"{indent}- {line.removeprefix(indent + '  ')}" if first else line
                first = False

    def _flow_list(self, context: Context, items: Sequence[Mapping[str, Any]]) -> str:
        return f"[{', '.join(self._short(context, item, flow=True) for item in items)}]"

    def _short(self, context: Context, item: Mapping[str, Any], *, flow: bool) -> str:
        """An item on one line: its shorthand where that says everything, else a table in braces."""
        if context is Context.FIGURE and (text := _shorthand(item)):
            return _scalar(text, flow=flow)
        if context is Context.TERM and not re.search(r"\s", item["unit"]):
            return _scalar(" ".join(str(item[key]) for key in ("unit", "fact", "quantity") if key in item),
                           flow=flow)  # fmt: skip
        alone = _SHORTHANDS.get(context)
        if alone is not None and set(item) == {alone}:
            return _scalar(item[alone], flow=flow)
        parts = []
        for key in keys(context):
            if key in item:
                inner = LISTS.get((context, key))
                value = self._flow_list(inner, item[key]) if inner else self._value(key, item[key], flow=True)
                parts.append(f"{self._key(context, key)}: {value}")
        return f"{{{', '.join(parts)}}}"

    def _value(self, key: str, value: Any, *, flow: bool = False) -> str:
        if isinstance(value, list):
            return f"[{', '.join(_scalar(str(item), flow=True) for item in value)}]"
        if key in VALUES:
            kind = VALUES[key]
            text = str(value).lower() if kind == "boolean" else str(value)
            return self._spelt(value_aliases(kind)[text][0])
        return _scalar(str(value), flow=flow)

    def _key(self, context: Context, key: str) -> str:
        return self._spelt(next(iter(aliases(context, key)), key))

    def _spelt(self, word: str) -> str:
        return to_script(word, self._script)

    def _comments(self, path: Path, indent: str) -> Iterator[str]:
        for text in self._notes.get(path, ()):
            for line in text.split("\n"):
                yield f"{indent}# {line}".rstrip()

    def _has_notes(self, path: Path) -> bool:
        return any(len(noted) > len(path) and noted[: len(path)] == path for noted in self._notes)


def _shorthand(figure: Mapping[str, Any]) -> str:
    """``發放宣傳手冊 1500份``, if that reads as the same figure."""
    if not set(figure) <= {"action", "object", "quantity"}:
        return ""
    label = f"{figure.get('action') or ''}{figure.get('object') or ''}"
    text = f"{label} {figure['quantity']}"
    read = split_shorthand(text)
    if not label or read is None:
        return ""
    same = (read[0] or "", read[1], read[2].surface) == (
        figure.get("action") or "",
        figure.get("object") or "",
        figure["quantity"],
    )
    return text if same else ""


_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~][^\n\r\t\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]*")
_UNSAFE = re.compile(r":(?:\s|$)|\s#")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:]")


def _scalar(text: str, *, flow: bool = False) -> str:
    """A scalar, in quotes only where YAML or a clerk's reading needs them."""
    plain = (
        _PLAIN.fullmatch(text) is not None
        and text == text.strip()
        and not _UNSAFE.search(text)
        and not (flow and _UNSAFE_IN_FLOW.search(text))
        and text.lower() not in ("null", "~")
        and not says_nothing(text)
    )
    return text if plain else json.dumps(text, ensure_ascii=False)
