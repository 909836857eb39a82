"""The names of the sheet's keys and values: what a clerk may write, and what the model calls it.

Names are compared in folded form (one script, half width, lower case, no blanks), so the table lists
each of them once.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.resources import read_text


class Context(StrEnum):
    """Where in a sheet a key stands; the same word means different things in different places."""

    EVENT = "event"
    ACTIVITY = "activity"
    FIGURE = "figure"
    TERM = "term"
    ENTRY = "entry"
    BASIS = "basis"
    ORGANISERS = "organisers"
    PERSON = "person"


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = YAML(typ="safe").load(read_text("facts", "keys.yaml"))
    return table


_SEPARATORS = re.compile(r"[\s_\-]+")


def plain(name: str) -> str:
    """The form in which names are compared: ``Next-Steps`` and ``next_steps`` are one.

    Example:
        >>> plain(" 活動 名稱 ") == plain("活动名称")
        True
    """
    return _SEPARATORS.sub("", folded(name).lower())


@functools.cache
def keys(context: Context) -> tuple[str, ...]:
    """The canonical keys of a context, in the order in which a sheet has them."""
    return tuple(_table()["contexts"][context.value])


@functools.cache
def aliases(context: Context, key: str) -> tuple[str, ...]:
    """Every other name of a key, Traditional first, each followed by its Simplified form."""
    return _both_scripts(_table()["contexts"][context.value][key])


def value_aliases(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Canonical values of ``kind`` (``level``, ``modifier`` …) with their names in both scripts."""
    return {value: _both_scripts(names) for value, names in _table()["values"][kind].items()}


def _both_scripts(names: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        found[to_script(name, Script.HANS)] = None
    return tuple(found)


@functools.cache
def _lookup(context: Context) -> Mapping[str, str]:
    known = {plain(key): key for key in keys(context)}
    for key, names in _table()["contexts"][context.value].items():
        for name in names:
            known.setdefault(plain(name), key)
    return known


@functools.cache
def _values(kind: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for value, names in _table()["values"][kind].items():
        for name in (value, *names):
            known.setdefault(plain(name), value)
    return known


def canonical(context: Context, name: str) -> str | None:
    """The key that ``name`` stands for, or ``None``."""
    return _lookup(context).get(plain(name))


def beside(context: Context, name: str, given: Collection[str]) -> str | None:
    """The key that ``name`` stands for in a table whose other keys' names are ``given``.

    Example:
        >>> beside(Context.ACTIVITY, "時間", ["日期"]), beside(Context.ACTIVITY, "時間", ["地點"])
        ('time', 'date')
    """
    key = canonical(context, name)
    for alias, (usual, instead) in _table()["beside"].get(context.value, {}).items():
        if key == usual and plain(name) == plain(alias):
            meant = [canonical(context, other) for other in given if plain(other) != plain(name)]
            return instead if usual in meant and instead not in meant else key
    return key


def canonical_value(kind: str, text: str) -> str | None:
    """The value of ``kind`` that ``text`` stands for, or ``None``."""
    return _values(kind).get(plain(text))


def note(context: Context, key: str) -> str:
    """What a key is for, in one line of Traditional Chinese."""
    return str(_table()["notes"][context.value][key])


@functools.cache
def _absent() -> frozenset[str]:
    return frozenset(plain(word) for word in _table()["absent"])


def says_nothing(text: str) -> bool:
    """Whether a whole value only says that there is nothing (無, 暫無, ——)."""
    return plain(text) in _absent()


@functools.cache
def _roles() -> Mapping[str, str]:
    return {plain(name): role for name, role in _table()["roles"].items()}


def role_of(name: str) -> str | None:
    """The role that a key for organisers names (主辦單位: 主辦)."""
    return _roles().get(plain(name))


def ambiguous(context: Context, name: str) -> tuple[str, ...]:
    """The keys that ``name`` could stand for, where it could stand for several."""
    table = _table()["ambiguous"].get(context.value, {})
    return next((tuple(meant) for key, meant in table.items() if plain(key) == plain(name)), ())


def is_known_anywhere(name: str) -> bool:
    """Whether any context has a key of this name."""
    return any(canonical(context, name) for context in Context)


def context_with(name: str) -> Context | None:
    """The first context that has a key of this name."""
    return next((context for context in Context if canonical(context, name)), None)


_SHORT = 2


def nearest(context: Context, name: str) -> tuple[str, ...]:
    """The known names most like ``name``, best first, in Chinese if ``name`` is Chinese; often none."""
    word = plain(name)
    found = difflib.get_close_matches(word, _lookup(context), n=2, cutoff=0.6)
    if not found and not word.isascii():
        # Two characters of which one is wrong are half alike: below difflib's cutoff, yet clearly meant.
        found = [
            known
            for known in _lookup(context)
            if len(known) == len(word) == _SHORT and _differ(known, word) == 1
        ]
    named: dict[str, str] = {}
    for match in found:
        key = _lookup(context)[match]
        named.setdefault(key, next((n for n in (key, *aliases(context, key)) if plain(n) == match), key))
    return tuple(named.values())[:3]


def _differ(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))


@functools.cache
def common_characters() -> frozenset[str]:
    """The commonest characters of official prose, both scripts."""
    return frozenset(_table()["common"]) - {" ", "\n"}
