"""The lexicon of measure words, and the expressions with numerals that count nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from summarywriter.chinese.text import folded


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure word, in comparison form.

    Attributes:
        word: The word.
        kind: What it counts: person, visit, print, money, duration, ratio...
        group: The word that stands for all that count the same; its own, if none does.
        not_before: What follows it where it is no measure word but the start of another word.
        maskable: Whether it is one even after a mask (xx人, but not XX部).
    """

    word: str
    kind: str
    group: str
    not_before: tuple[str, ...]
    maskable: bool


def load_data(name: str) -> Mapping[str, Any]:
    """A YAML file of this folder."""
    from ruamel.yaml import YAML

    data: Mapping[str, Any] = YAML(typ="safe").load(Path(__file__).with_name(name))
    return data


@cache
def measures() -> Mapping[str, Measure]:
    """All measure words, by their comparison form."""
    data = load_data("measures.yaml")
    group_of = {folded(w): folded(g) for g, words in data["equal"].items() for w in words}
    stops = {folded(w): tuple(map(folded, tails)) for w, tails in data["not_before"].items()}
    hidden = {folded(w) for w in data["not_masked"]}
    return {
        word: Measure(word, kind, group_of.get(word, word), stops.get(word, ()), word not in hidden)
        for kind, words in data["classes"].items()
        for word in map(folded, words)
    }


@cache
def _by_first() -> Mapping[str, tuple[Measure, ...]]:
    """Measure words by first character, longest first."""
    result: dict[str, list[Measure]] = {}
    for measure in sorted(measures().values(), key=lambda m: -len(m.word)):
        result.setdefault(measure.word[0], []).append(measure)
    return {first: tuple(words) for first, words in result.items()}


def measure_at(form: str, position: int) -> Measure | None:
    """The longest measure word that begins at a position of a text in comparison form."""
    for measure in _by_first().get(form[position : position + 1], ()):
        if form.startswith(measure.word, position):
            end = position + len(measure.word)
            after = form[end : end + 1]
            if measure.word[-1].isascii() and after.isascii() and after.isalnum():
                continue
            if not any(form.startswith(tail, end) for tail in measure.not_before):
                return measure
    return None


def equivalents(unit: str) -> tuple[str, ...]:
    """Measure words that may stand for this one, itself first, in comparison form.

    >>> equivalents("名"), equivalents("人次")
    (('名', '人', '位'), ('人次',))
    """
    own = folded(unit)
    if own not in measures():
        return (own,)
    group = measures()[own].group
    return (own, *(m.word for m in measures().values() if m.group == group and m.word != own))


@cache
def _expressions() -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Each expression under every numeral it holds, with the numeral's place in it."""
    result: dict[str, set[tuple[int, str]]] = {}
    for line in load_data("numeral_idioms.yaml")["expressions"]:
        for expression in map(folded, line):
            for place, character in enumerate(expression):
                if character in "〇零一二三四五六七八九十百千万两几多第":
                    result.setdefault(character, set()).add((place, expression))
    return {character: tuple(found) for character, found in result.items()}


def in_expression(form: str, position: int, end: int) -> bool:
    """Whether the numeral at a position of a text in comparison form belongs to a fixed expression.

    Args:
        form: The text.
        position: Where the numeral stands.
        end: Where the measure word read after it ends; an expression that ends before that is none here
            (十分 in 十分钟).
    """
    return any(
        place <= position
        and form.startswith(expression, position - place)
        and position - place + len(expression) >= end
        for place, expression in _expressions().get(form[position : position + 1], ())
    )
