"""Verbs, nouns and measure words as data, and the few functions that read them.

The lexicon is shared: the sheet's shorthand is split by it, the realiser chooses verbs from it, the
verifier binds figures by it.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.quantities import Quantity, parse_quantity
from summarywriter.chinese.text import folded

_BLANKS = re.compile(r"(?<![A-Za-z0-9])[ \u3000\t]+|[ \u3000\t]+(?![A-Za-z0-9])")


@functools.cache
def table(name: str) -> Any:
    """Load ``name``.yaml of this folder."""
    with Path(__file__).with_name(f"{name}.yaml").open(encoding="utf-8") as file:
        return YAML(typ="safe").load(file)


@functools.cache
def _verbs() -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for word, entry in table("verbs").items():
        known = dict(entry or {})
        known["not_before"] = tuple(folded(noun) for noun in known.get("not_before", ()))
        out[folded(word)] = known
    return out


@functools.cache
def _longest() -> int:
    return max(map(len, _verbs()))


def verb(word: str) -> dict[str, Any] | None:
    """The lexicon's entry for a verb, or ``None``."""
    return _verbs().get(folded(word))


def split_label(label: str) -> tuple[str | None, str]:
    """Split what a figure counts into verb and object: 發放宣傳手冊 → 發放, 宣傳手冊.

    The longest verb at the beginning wins; with none, the whole label is the object.
    """
    text = folded(label)
    if len(text) != len(label):
        return None, label
    for size in range(min(len(text), _longest()), 0, -1):
        entry = _verbs().get(text[:size])
        if entry is not None and not text[size:].startswith(entry["not_before"]):
            return label[:size], label[size:]
    return None, label


def split_shorthand(text: str) -> tuple[str | None, str, Quantity] | None:
    """Split a figure's shorthand, what it counts and then the quantity.

    ``None`` where no quantity stands at the end.
    """
    text = text.strip()
    starts = [i + 1 for i, char in enumerate(text) if char in " \u3000\t"] + list(range(len(text)))
    for start in starts:
        if text[:start].endswith("第"):
            continue
        quantity = parse_quantity(text[start:])
        if quantity is not None and not quantity.ordinal and (quantity.value is not None or quantity.masked):
            action, object_ = split_label(_unspaced(text[:start].strip(" \u3000\t：:")))
            return action, object_, quantity
    return None


def _unspaced(label: str) -> str:
    """A label without the blanks that a clerk sets between verb and noun: 出動 村民 → 出動村民."""
    return _BLANKS.sub("", label)
