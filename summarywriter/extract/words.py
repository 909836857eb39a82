"""The room's own words as data, folded once for matching on folded text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.text import folded
from summarywriter.resources import read_text


@cache
def table() -> dict[str, Any]:
    """The whole table, as written."""
    data: dict[str, Any] = YAML(typ="safe").load(read_text("extract", "words.yaml"))
    return data


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the table, for folded text."""
    return re.compile(_foldable(table()[name]))


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """A list of patterns of the table, for folded text."""
    return tuple(re.compile(_foldable(each)) for each in table()[name])


@cache
def mapping(name: str) -> dict[str, re.Pattern[str]]:
    """A table of patterns, in the order given."""
    return {key: re.compile(_foldable(each)) for key, each in table()[name].items()}


@cache
def words(name: str) -> frozenset[str]:
    """A list of words, folded."""
    return frozenset(map(folded, table()[name]))


def _foldable(expression: str) -> str:
    """A pattern with its Chinese folded and its syntax left alone."""
    return "".join(folded(char) if "一" <= char <= "鿿" and char != "鿿" else char for char in expression)
