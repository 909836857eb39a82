"""The realiser's own words, in the sheet's script, varied by the sheet and in turn.

A `Voice` belongs to one document. What it picks depends on the sheet and on what it picked before,
never on chance: the same sheet gives the same text.
"""

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex
from summarywriter.plan import DocumentPlan
from summarywriter.slots import Cite, Piece, Slot

Pieces = tuple[Piece, ...]


@functools.cache
def phrases() -> dict[str, Any]:
    """The realiser's phrase file."""
    with Path(__file__).with_name("phrases.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = YAML(typ="safe").load(file)
    return data


@functools.cache
def _said(text: str, script: str) -> str:
    return to_script(text, Script.HANS) if script == Script.HANS else text


@functools.cache
def folded_words(name: str) -> tuple[str, ...]:
    """A word list of the phrase file in folded form, longest first."""
    return tuple(sorted((folded(word) for word in phrases()[name]), key=len, reverse=True))


def begins(text: str, name: str) -> bool:
    """Whether ``text`` begins with a word of the list ``name``."""
    return folded(text).startswith(folded_words(name))


def ends(text: str, name: str) -> bool:
    """Whether ``text`` ends with a word of the list ``name``."""
    return folded(text).endswith(folded_words(name))


def contains(word: str, name: str) -> bool:
    """Whether the list ``name`` holds ``word``."""
    return folded(word) in folded_words(name)


@dataclass(slots=True)
class Voice:
    """One document's choice of words.

    Attributes:
        plan: The plan that is written.
        index: Its facts.
        openings: Kinds of the sentence openings so far, latest last.
        coming: Kinds chosen for activities that are not yet cut into sentences.
    """

    plan: DocumentPlan
    index: FactIndex
    openings: list[str] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    _turns: dict[str, int] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def say(self, text: str) -> str:
        """``text`` (Traditional, from our data) in the sheet's script."""
        return _said(text, self.plan.script)

    def pick(self, name: str) -> str:
        """The next equivalent of the list ``name``: the sheet decides the first, then in turn."""
        options = phrases()[name]
        turn = self._turns.get(name)
        if turn is None:
            seed = f"{name}|{self.plan.title}|{self.plan.genre}"
            turn = zlib.crc32(seed.encode())
        self._turns[name] = turn + 1
        return self.say(options[turn % len(options)])

    def word(self, name: str) -> str:
        """A reference word of the plan (``whole``, ``our``, ``event`` …), or nothing."""
        return self.plan.words.get(name, "")

    def tell(self, fact: str) -> None:
        """Note that ``fact`` has been told."""
        self._told.add(fact)

    def is_told(self, fact: str) -> bool:
        """Whether ``fact`` has been told already."""
        return fact in self._told

    def width(self, pieces: Pieces) -> int:
        """Characters that ``pieces`` will take, roughly."""
        total = 0
        for piece in pieces:
            match piece:
                case Slot(fact, _):
                    total += len(self.index[fact].text)
                case Cite():
                    pass
                case _:
                    total += len(piece)
        return total


def role_said(voice: Voice, role: str) -> Pieces:
    """A role as the verb of its organisations: 技術支持 is 提供技術支持, 聯合 is 聯合開展."""
    if contains(role, "role_bare"):
        return (role, voice.say("開展"))
    return (voice.say("提供"), role) if ends(role, "role_provided") else (role,)


def join(parts: list[Pieces], mark: str) -> Pieces:
    """``parts`` with ``mark`` between them."""
    out: list[Piece] = []
    for n, part in enumerate(parts):
        if n:
            out.append(mark)
        out.extend(part)
    return tuple(out)


def fill_in(template: str, **values: Pieces | str) -> Pieces:
    """Put pieces into a phrase: ``根據{}要求`` with ``_`` for ``{}``, or names."""
    out: list[Piece] = []
    rest = template
    while "{" in rest:
        before, _, tail = rest.partition("{")
        name, _, rest = tail.partition("}")
        value = values[name or "_"]
        if before:
            out.append(before)
        out.extend((value,) if isinstance(value, str) else value)
    if rest:
        out.append(rest)
    return tuple(piece for piece in out if piece != "")
