"""The rules' word lists, read from words.yaml and folded once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.text import folded
from summarywriter.resources import read_text
from summarywriter.verify.house import own_concepts


@functools.cache
def _table() -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load(read_text("verify", "words.yaml"))
    return data


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """The list ``name`` in comparison form, longest first, as an alternation wants it."""
    return tuple(sorted({folded(word) for word in _table()[name]}, key=lambda word: (-len(word), word)))


def mapping(name: str) -> dict[Any, Any]:
    """The table ``name`` as it stands."""
    found: dict[Any, Any] = _table()[name]
    return found


def either(entries: Iterable[str]) -> str:
    """An alternation of literal words, longest first."""
    return _either(entries if isinstance(entries, tuple) else tuple(entries))


@functools.lru_cache(maxsize=512)
def _either(entries: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(entries), key=len, reverse=True)) + ")"


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """A search for any word of the list ``name``; ``X`` in a word stands for up to twelve characters."""
    parts = (re.escape(word).replace("X", "[^,。;、:\n]{1,12}?") for word in words(name))
    return re.compile("|".join(parts))


@functools.cache
def any_of(name: str) -> re.Pattern[str]:
    """A search for any of the patterns in the list ``name``: 三個方面, 兩大舉措 by ``idiom_pattern``."""
    return re.compile("|".join(map(folded, mapping(name))))


@functools.cache
def _alike() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    groups: dict[str, list[str]] = {}
    for name, members in mapping("alike").items():
        for member in members:
            groups.setdefault(folded(member), []).append(f"@{name}")
    # 提高到, 增加到: there 到 comes to no place and to no meeting.
    rest = either(word for word in groups if word != "到")
    search = f"(?:{rest}|(?<![高低升降增减提长少多加达得做感看听想受收])到)"
    return re.compile(search), {word: tuple(names) for word, names in groups.items()}


def concepts(form: str) -> frozenset[str]:
    """Names of the groups of like words that ``form`` has a word of: ``@give`` for 印發 and 發放 alike."""
    search, groups = _alike()
    return frozenset(name for word in search.findall(form) for name in groups[word]) | own_concepts(form)


def without_false_negations(form: str) -> str:
    """``form`` with 不少, 不僅, 無人機 and their like blotted out, so that only real negation is left."""
    return pattern("not_negation").sub(lambda match: "＊" * len(match.group()), form)
