"""A house's own words while one text is verified: what it calls alike, which measure words are one to it.

Known for the length of one call only, and only inside this package: callers give a `Policy`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from summarywriter.chinese.text import folded

Groups = tuple[frozenset[str], ...]
_ALIKE: ContextVar[Groups] = ContextVar("alike", default=())
_UNITS: ContextVar[Groups] = ContextVar("units", default=())


@contextmanager
def house(alike: tuple[tuple[str, ...], ...], units: tuple[tuple[str, ...], ...]) -> Iterator[None]:
    """Take a house's words for the length of a block."""
    tokens = (
        _ALIKE.set(tuple(frozenset(map(folded, group)) for group in alike)),
        _UNITS.set(tuple(frozenset(map(folded, group)) for group in units)),
    )
    try:
        yield
    finally:
        _ALIKE.reset(tokens[0])
        _UNITS.reset(tokens[1])


def own_concepts(form: str) -> frozenset[str]:
    """Names of the house's groups that ``form`` has a word of."""
    return frozenset(
        f"@house{n}" for n, group in enumerate(_ALIKE.get()) if any(word in form for word in group)
    )


def are_one(unit: str, other: str) -> bool:
    """Whether the house counts by either of two measure words."""
    groups = _UNITS.get()
    return bool(groups) and any({unit, other} <= group for group in groups)
