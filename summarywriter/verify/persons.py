"""The persons of a sheet: names, posts and roles."""

from __future__ import annotations

import re

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.known import Known
from summarywriter.verify.words import either, words

#: A person's name is at most so long; longer entries (區四套班子分管領導) are descriptions.
_NAME_LENGTH = 4


def core_of(role: str) -> str:
    """A role without the verb that takes it: 擔任導演 as 導演."""
    core = re.sub(f"^{either(words('takes_role'))}", "", role)
    return core if len(core) > 1 else role


class People:
    """The sheet's persons: posts and roles by name."""

    def __init__(self, known: Known) -> None:
        self.posts: dict[str, set[str]] = {}
        self.roles: dict[str, set[str]] = {}
        self.facts: dict[str, tuple[str, ...]] = {}
        self.surface: dict[str, str] = {}
        for fact in known.index:
            if fact.kind is not FactKind.PERSON or fact.person is None:
                continue
            name = folded(fact.person.name)
            self.surface.setdefault(name, fact.person.name)
            self.facts[name] = (*self.facts.get(name, ()), fact.id)
            self.posts.setdefault(name, set())
            self.roles.setdefault(name, set())
            if fact.person.post:
                self.posts[name].add(folded(fact.person.post))
            if fact.person.role:
                self.roles[name].add(core_of(folded(fact.person.role)))
        self.names = {name for name in self.posts if len(name) <= _NAME_LENGTH}
