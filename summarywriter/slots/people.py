"""How a person is named: post and name at first, then surname and post where that is safe."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.names import same_name
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactIndex, FactKind

_SAFE_LENGTHS = range(2, 5)
_COMRADE = "同志"


@functools.cache
def table(name: str) -> Any:
    """One list of posts.yaml, in comparison form."""
    text = files("summarywriter.slots").joinpath("posts.yaml").read_text(encoding="utf-8")
    entry = YAML(typ="safe").load(text)[name]
    return tuple(tuple(map(folded, item)) if isinstance(item, list) else folded(item) for item in entry)


@dataclass(frozen=True, slots=True)
class Naming:
    """What is known of a person, gathered over the sheet.

    Attributes:
        name: As the fact gives it.
        post: The post, from the fact itself or from another fact of the same person; ``""`` if none.
        post_fact: Id of the other fact that the post is taken from.
    """

    name: str
    post: str = ""
    post_fact: str | None = None

    @property
    def full(self) -> str:
        """Post and name; the name alone where it carries its post already (區政協分管領導)."""
        return self.name if folded(self.name).startswith(folded(self.post)) else self.post + self.name


def naming(fact: Fact, index: FactIndex) -> Naming:
    """Find a person's post, which a sheet states once for a name that it uses often."""
    person = fact.person
    if person is not None and person.post:
        return Naming(fact.text, person.post)
    for other in index:
        if (
            other.kind is FactKind.PERSON
            and other.person is not None
            and other.person.post
            and same_name(other.text, fact.text)
        ):
            return Naming(fact.text, other.person.post, other.id)
    return Naming(fact.text)


def named(text: str, index: FactIndex) -> set[str]:
    """The people whom a text names, as folded names."""
    names = {folded(fact.text) for fact in index if fact.kind is FactKind.PERSON}
    return {name for name in names if name in folded(text)}


def short_post(post: str) -> str:
    """The part of a post that is said after a surname; ``""`` where the post is compound or no such post.

    >>> short_post("區政府副區長"), short_post("區委常委、宣傳部長")
    ('副區長', '')
    """
    form = folded(post)
    if len(form) != len(post) or any(mark in form for mark in "、,，兼()（）和/ "):
        return ""
    if any(form.endswith(never) for never in table("never")):
        return ""
    tails = sorted((simple for simple in table("simple") if form.endswith(simple)), key=len, reverse=True)
    if not tails:
        return ""
    start = len(form) - len(tails[0])
    for prefix in sorted(table("prefixes"), key=len, reverse=True):
        if form[:start].endswith(prefix):
            start -= len(prefix)
            break
    rest = form[:start]
    return post[start:] if not rest or rest.endswith(table("units")) else ""


def _surname(name: str) -> str:
    double = folded(name)[:2]
    return name[:2] if double in table("surnames") and len(name) > len(double) else name[:1]


def short_form(who: Naming, index: FactIndex) -> str:
    """The later mention: 吳副區長 where one person only can be meant, else 李露萍同志.

    A name with no known post stays a name: it may be a group, or no comrade.
    """
    if not who.post:
        return who.name
    if who.name.endswith(_COMRADE) or not _is_plain_name(who.name):
        return who.name
    if not _is_official(who.post):
        return who.name
    tail = short_post(who.post)
    if tail and not _is_shared(who, tail, index):
        return _surname(who.name) + tail
    return who.name + _COMRADE


def _is_official(post: str) -> bool:
    """Whether a post is an office: a student or an artist is not called 同志."""
    return folded(post).endswith(table("offices"))


def _is_plain_name(name: str) -> bool:
    return len(name) in _SAFE_LENGTHS and all("\u4e00" <= char <= "\u9fff" for char in name)


def _is_shared(who: Naming, tail: str, index: FactIndex) -> bool:
    """Whether another person of the sheet has the same surname and the same short post."""
    return any(
        fact.kind is FactKind.PERSON
        and fact.person is not None
        and bool(fact.person.post)
        and not same_name(fact.text, who.name)
        and folded(_surname(fact.text)) == folded(_surname(who.name))
        and folded(short_post(fact.person.post or "")) == folded(tail)
        for fact in index
    )
