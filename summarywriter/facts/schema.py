"""The JSON Schema of a fact sheet: for editors that complete keys, and for programs that make sheets.

It describes what `load_facts` accepts, shorthands and Chinese keys included. It cannot say everything:
whether a date exists and whether a text holds a quantity is known only on loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summarywriter.facts.keys import Context, aliases, keys, note, value_aliases
from summarywriter.facts.shape import LISTS, NAMES, VALUES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_NAME_LIST: Mapping[str, Any] = {
    "anyOf": [
        {"type": ["string", "null"]},
        {"type": "array", "items": {"type": ["string", "number", "null"]}},
    ]
}
_REQUIRED: Mapping[Context, tuple[str, ...]] = {
    Context.EVENT: ("title",),
    Context.ACTIVITY: ("name",),
    Context.PERSON: ("name",),
}


def json_schema() -> dict[str, Any]:
    """The schema, draft 2020-12; every alias of a key is a property, and is listed under ``x-aliases``."""
    return {
        "$schema": _DIALECT,
        "title": "summarywriter fact sheet",
        "description": "活動總結的事實表",
        **_table(Context.EVENT),
        "$defs": {
            name: shape
            for context in Context
            if context is not Context.EVENT
            for name, shape in ((context.value, _item(context)), (f"{context.value}-table", _table(context)))
        },
    }


def _table(context: Context) -> dict[str, Any]:
    """An object with the keys of a context, under all their names."""
    home = "#" if context is Context.EVENT else f"#/$defs/{context.value}-table"
    properties: dict[str, Any] = {}
    for key in keys(context):
        shape = {**_field(context, key), "description": note(context, key)}
        names = [name for name in aliases(context, key) if name not in properties]
        properties[key] = {**shape, "x-aliases": names}
        for name in names:
            properties[name] = {"$ref": f"{home}/properties/{key}"}
    table: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    for key in _REQUIRED.get(context, ()):
        table["anyOf"] = [{"required": [name]} for name in (key, *aliases(context, key))]
    return table


def _item(context: Context) -> dict[str, Any]:
    """One item of a list: a table, or the text that stands for one."""
    shapes: list[dict[str, Any]] = [
        {"type": ["string", "number", "null"]},
        {"$ref": f"#/$defs/{context.value}-table"},
    ]
    if context is Context.FIGURE:
        counted = {"type": ["string", "number"], "description": "數量，如 600多人"}
        shapes.append(
            {"type": "object", "additionalProperties": counted, "minProperties": 1, "maxProperties": 1}
        )
    if context is Context.ENTRY:
        shapes.append({"$ref": f"#/$defs/{Context.FIGURE.value}"})
    return {"anyOf": shapes}


def _field(context: Context, key: str) -> dict[str, Any]:
    inner = LISTS.get((context, key))
    if inner is not None:
        item = {"$ref": f"#/$defs/{inner.value}"}
        return {"anyOf": [{"type": "array", "items": item}, item]}
    if key in NAMES:
        return dict(_NAME_LIST)
    if key in VALUES:
        return _choice(VALUES[key])
    return dict(_TEXT)


def _choice(kind: str) -> dict[str, Any]:
    """A closed table of values, with all their names."""
    named = value_aliases(kind)
    choices: list[Any] = list(
        dict.fromkeys(name for value, names in named.items() for name in (value, *names))
    )
    if kind == "boolean":
        choices += [True, False]
    return {"enum": [*choices, None], "x-values": {value: list(names) for value, names in named.items()}}
