"""From the tree to the fields of the model: names of keys and values, and the shapes a clerk may use.

What is unknown is reported and left out, so that the rest is validated all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from summarywriter.chinese.script import Script, to_script
from summarywriter.facts.keys import (
    Context,
    aliases,
    ambiguous,
    beside,
    canonical,
    canonical_value,
    context_with,
    keys,
    nearest,
    role_of,
    says_nothing,
    value_aliases,
)
from summarywriter.facts.problems import Path, Problems
from summarywriter.facts.shape import ID_PREFIX, LISTS, NAMES, VALUES
from summarywriter.facts.shorthand import organisers_from_text
from summarywriter.facts.tree import Given, Items, Node, Table, Text

_ENUMERATION = re.compile(r"[、，,；;]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its line, and its path in the user's own keys."""

    line: int | None
    written: Path


@dataclass(slots=True)
class Renamer:
    """Reads one tree.

    Attributes:
        problems: Receives what is wrong.
        script: Script of the sheet, for the names that messages propose.
        places: Canonical path to place, for every value read.
    """

    problems: Problems
    script: Script = Script.HANT
    places: dict[Path, Place] = field(default_factory=dict)

    def event(self, node: Node) -> dict[str, Any]:
        """The whole sheet, as data for `EventFacts`."""
        if not isinstance(node, Table):
            slip = isinstance(node, Text) and node.lines > 1
            self.problems.add("facts.no_sheet_lines" if slip else "facts.no_sheet", node.line)
            return {}
        return self.table(Context.EVENT, node, (), ())

    def table(self, context: Context, node: Table, path: Path, written: Path) -> dict[str, Any]:
        """One table: each known key with its value."""
        self.places[path] = Place(node.line, written)
        data: dict[str, Any] = {}
        first: dict[str, Text] = {}
        for key, value in node.pairs:
            name = beside(context, key.value, [other.value for other, _ in node.pairs])
            if name is None:
                self.unknown(context, key, written)
                continue
            spot, spelt = (*path, name), (*written, key.value)
            role = role_of(key.value) if name == "organisers" else None
            if name in first and not (role and role_of(first[name].value)):
                self.problems.add(
                    "facts.duplicate_key",
                    key.line,
                    spelt,
                    key=key.value,
                    other=first[name].value,
                    line=first[name].line or "?",
                )
                continue
            first.setdefault(name, key)
            self.places.setdefault(spot, Place(key.line, spelt))
            if value is None:
                continue
            result = self.field(
                context, name, value, spot, spelt, start=len(data.get(name, ())) if role else 0
            )
            if role:
                result = [
                    *data.get(name, ()),
                    *(
                        {"role": role, **group} if isinstance(group, dict) else group
                        for group in result or ()
                    ),
                ]
            if result is not None:
                data[name] = result
        return data

    def place(self, path: Path) -> tuple[int | None, Path]:
        """Line and written path of a value, or of the nearest thing that holds it."""
        rest: Path = ()
        while path not in self.places and path:
            path, rest = path[:-1], (path[-1], *rest)
        found = self.places.get(path, Place(None, ()))
        return found.line, (*found.written, *(rest[:1] if rest[:1] and isinstance(rest[0], str) else ()))

    def named(self, path: Path) -> str:
        """What a user calls the field at ``path``."""
        field_name = str(path[-1]) if path else ""
        owner = next((part for part in reversed(path[:-1]) if isinstance(part, str)), None)
        levels = (
            [Context.EVENT]
            if owner is None
            else [inner for (_, name), inner in LISTS.items() if name == owner]
        )
        for context in levels:
            if field_name in keys(context):
                return f"{self.spelt_alike(_shown(context, field_name), '中')}（{field_name}）"
        return field_name

    def unknown(self, context: Context, key: Text, written: Path) -> None:
        """Report a key that the context does not have, with the likeliest one that it has."""
        path = (*written, key.value)
        if meant := ambiguous(context, key.value):
            either = "、".join(f"「{self.spelt_alike(name, key.value)}」" for name in meant)
            self.problems.add("facts.ambiguous_key", key.line, path, key=key.value, either=either)
            return
        other = context_with(key.value)
        close = nearest(context, key.value)
        if other is not None:
            self.problems.add(
                "facts.misplaced_key",
                key.line,
                path,
                key=key.value,
                here=self.called(context),
                there=self.called(other),
            )
        elif close:
            near = "、".join(f"「{self.spelt_alike(name, key.value)}」" for name in close)
            self.problems.add(
                "facts.unknown_key_near", key.line, path, key=key.value, here=self.called(context), near=near
            )
        else:
            known = "、".join(self.spelt_alike(_shown(context, name), key.value) for name in keys(context))
            self.problems.add(
                "facts.unknown_key", key.line, path, key=key.value, here=self.called(context), known=known
            )

    def called(self, context: Context) -> str:
        """What a user calls a context."""
        from summarywriter.messages import render

        return render(f"facts.context.{context.value}", lang=self.problems.lang, script=self.problems.script)

    def spelt_alike(self, name: str, model: str) -> str:
        """``name`` in the sheet's script."""
        return to_script(name, self.script) if not model.isascii() or not name.isascii() else name

    # --- fields -------------------------------------------------------------------------------------

    def field(
        self, context: Context, name: str, node: Node, path: Path, written: Path, *, start: int = 0
    ) -> Any:
        """The value of one field, by its shape; ``None`` where there is none."""
        if isinstance(node, Given):
            return node.value
        inner = LISTS.get((context, name))
        if inner is not None:
            return self.listed(inner, node, path, written, start)
        if name in NAMES:
            return self.names(node, path, written)
        if not isinstance(node, Text):
            self.problems.add("facts.want_text", node.line, written)
            return None
        if name in VALUES:
            return self.value(VALUES[name], node, written)
        if context is Context.EVENT and name != "title" and says_nothing(node.value):
            return None
        if name in ("id", "of"):
            return self.identifier(node.value, path)
        return node.value

    def value(self, kind: str, node: Text, written: Path) -> Any:
        """A value out of a closed table."""
        found = canonical_value(kind, node.value)
        if found is None:
            choices = "、".join(
                f"{self.spelt_alike(names[0], names[0])}（{value}）"
                for value, names in value_aliases(kind).items()
            )
            self.problems.add("facts.value", node.line, written, value=node.value, choices=choices)
            return None
        return found == "true" if kind == "boolean" else found

    def identifier(self, text: str, path: Path) -> str:
        """An id; a bare number gets the letter of its list, for numbers begin again in every list."""
        if not text.isdecimal():
            return text
        if path[-1] == "of":
            return f"{ID_PREFIX[next(str(p) for p in reversed(path) if p in ('figures', 'totals'))]}{text}"
        owner = next((str(part) for part in reversed(path[:-1]) if isinstance(part, str)), "")
        return f"{ID_PREFIX.get(owner, '')}{text}"

    def names(self, node: Node, path: Path, written: Path) -> list[str] | None:
        """A list of names, or one text that enumerates them."""
        if isinstance(node, Text):
            return [part for part in _ENUMERATION.split(node.value) if part]
        if not isinstance(node, Items):
            self.problems.add("facts.want_names", node.line, written)
            return None
        found: list[str] = []
        for number, item in enumerate(node.items):
            if isinstance(item, Text):
                self.places[*path, number] = Place(item.line, (*written, number))
                found.append(item.value)
            else:
                self.not_text(item, (*written, number))
        return found

    def listed(self, inner: Context, node: Node, path: Path, written: Path, start: int) -> list[Any] | None:
        """A list of tables or of their shorthands; one alone is a list of one."""
        if isinstance(node, Text) and says_nothing(node.value):
            return None
        if inner is Context.ORGANISERS:
            node = _one_group(node)
        if isinstance(node, Text) and node.lines > 1 and inner is Context.ENTRY:
            self.problems.add("facts.want_list", node.line, written)
            return None
        if isinstance(node, Text) and inner is Context.ORGANISERS:
            return [organisers_from_text(node.value)]
        node = _spread(inner, node)
        nodes = node.items if isinstance(node, Items) else (node,)
        read = _READERS.get(inner, Renamer.item)
        found: list[Any] = []
        for number, item in enumerate(nodes, start):
            spot, spelt = (*path, len(found) + start), (*written, number)
            self.places[spot] = Place(item.line, spelt)
            result = read(self, inner, item, spot, spelt)
            if result is not None:
                found.append(result)
        return found

    def item(self, context: Context, node: Node, path: Path, written: Path) -> Any:
        """A table, or the text that stands for one."""
        match node:
            case Given(value):
                return value
            case Table():
                return self.table(context, node, path, written)
            case Text(value):
                head = re.match(r"([^:：\s]{1,8})[：:]", value)
                if head and canonical(context, head[1]):
                    self.problems.add("facts.colon", node.line, written, key=head[1])
                    return None
                return {"names": [value]} if context is Context.ORGANISERS else value
            case _:
                self.problems.add("facts.list_in_list", node.line, written)
                return None

    def figure(self, context: Context, node: Node, path: Path, written: Path) -> Any:
        """A figure; ``參加: 600多人`` is read as ``參加 600多人``."""
        if isinstance(node, Table) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            if canonical(context, key.value) is None and isinstance(value, Text):
                return f"{key.value} {value.value}"
        if isinstance(node, Text):
            return node.value
        return self.item(context, node, path, written)

    def entry(self, context: Context, node: Node, path: Path, written: Path) -> Any:
        """A free text; a colon that made a table of it is explained, for no repair is certain."""
        if isinstance(node, Text):
            return node.value
        if isinstance(node, Table):
            names = [key.value for key, _ in node.pairs]
            if any(canonical(Context.FIGURE, name) in ("value", "quantity") for name in names) and not any(
                canonical(context, name) == "text" for name in names
            ):
                return self.table(Context.FIGURE, node, path, written)
            if not any(canonical(context, name) for name in names):
                self.not_text(node, written)
                return None
        return self.item(context, node, path, written)

    def not_text(self, node: Node, written: Path) -> None:
        """Explain why a text came out as something else."""
        if isinstance(node, Table) and node.pairs:
            key, value = node.pairs[0]
            rest = value.value if isinstance(value, Text) else ""
            self.problems.add(
                "facts.colon_in_text",
                node.line,
                written,
                text=f"{key.value}: {rest}".strip(),
                wide=f"{key.value}：{rest}",
            )
        else:
            self.problems.add("facts.want_text", node.line, written)


_READERS: Mapping[Context, Callable[[Renamer, Context, Node, Path, Path], Any]] = {
    Context.FIGURE: Renamer.figure,
    Context.ENTRY: Renamer.entry,
}


_LONGEST_NAME = 4


def _spread(inner: Context, node: Node) -> Node:
    """One value that plainly means several: ``李露萍、吳正發``; ``{參加: 120人, 講座: 3場}``."""
    if inner is Context.PERSON and isinstance(node, Text):
        names = _ENUMERATION.split(node.value)
        if all(1 < len(name) <= _LONGEST_NAME for name in names):
            return Items(tuple(Text(name, node.line) for name in names), node.line)
    if inner is not Context.FIGURE or not isinstance(node, Table):
        return node
    if all(canonical(inner, key.value) is None and isinstance(value, Text) for key, value in node.pairs):
        return Items(tuple(Table((pair,), pair[0].line) for pair in node.pairs), node.line)
    return node


def _one_group(node: Node) -> Node:
    """Names standing alone are one group of organisers."""
    if isinstance(node, Items) and node.items and all(isinstance(item, Text) for item in node.items):
        return Table(((Text("names", node.line), node),), node.line)
    return node


def _shown(context: Context, key: str) -> str:
    return next(iter(aliases(context, key)), key)
