"""How the activities of a section, or its measures, are divided into parts."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.genres.genre import Parts
from summarywriter.genres.headings import bank, evidence, is_group, launches, theme_by_name, theme_of
from summarywriter.plan.document import Unit
from summarywriter.plan.length import cost
from summarywriter.plan.place import Bundles

_UNDIVIDED = 3
"""So many activities need no parts of their own."""
_IN_ORDER = 9
"""Up to so many are divided where their themes change; more are sorted by theme."""
_HALVED = 6
"""Up to so many of those make two parts; more make three."""
_NEAR = 1.5
"""How far from an even cut, in activities, the change of theme may be that takes it."""
_SEVERAL = 2
"""Fewer parts than this are no division."""
_THIN = 3
"""From so many thin fields on, neighbours share a heading."""
_MANY = 12
"""From so many on, small activities that stand together are one unit."""
_SMALL = 3
"""Facts of a small activity, at most."""
_TOGETHER = 4
"""Small activities in one unit, at most."""
_OWN_HEADING = 110
"""Characters, on the average, from which activities have headings of their own; under shorter ones the
heading would say again what the first sentence says."""
_WORTH = 24
"""Characters of a single measure that is worth a heading of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a section.

    Attributes:
        heads: The bundles told here, in order.
        names: The sheet's own names for it: a field, two short fields, an activity.
        kind: ``field`` and ``activity`` have a name of the sheet, ``theme`` has one of ours (or none:
            then only a composed heading will do), ``other`` holds what belongs nowhere else.
    """

    heads: tuple[str, ...]
    names: tuple[str, ...] = ()
    kind: str = "theme"


def divide(index: FactIndex, heads: Sequence[str], how: Parts) -> tuple[Part, ...]:
    """Divide activities (or measures, by ``entry``); empty where they are better told undivided."""
    if how.by == "entry":
        parts = _sorted_by_theme(index, heads, "measures", most=how.most)
        return _worthwhile(index, parts)
    fields = _by_field(index, heads)
    if how.by == "activity":
        if len(heads) <= how.most:
            return tuple(Part((head,), (index[head].text,), "activity") for head in heads)
        return fields or _sorted_by_theme(index, heads, "activities", most=how.most)
    if fields and (how.nested or len(fields) <= how.most or len(heads) > _IN_ORDER):
        return fields if how.nested else _paired(fields)
    if len(heads) < _UNDIVIDED or (len(heads) == _UNDIVIDED and not how.nested):
        return ()
    if how.nested and len(heads) <= how.most:
        size = sum(cost(fact) for head in heads for fact in (index[head], *index.parts(head)))
        large = size >= _OWN_HEADING * len(heads)
        return tuple(Part((head,), (index[head].text,), "activity") for head in heads) if large else ()
    if not how.nested and len(heads) <= _IN_ORDER:
        return _in_order(index, heads)
    return _sorted_by_theme(index, heads, "activities", most=how.most)


def _worthwhile(index: FactIndex, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Parts of measures without those too thin for a heading: they join the part before them."""
    out: list[Part] = []
    for part in parts:
        thin = _is_thin(index, part)
        if thin and out:
            out[-1] = Part((*out[-1].heads, *part.heads), out[-1].names, out[-1].kind)
        else:
            out.append(part)
    first = out[0] if out else None
    if first and len(out) > 1 and _is_thin(index, first):
        out[:2] = [Part((*first.heads, *out[1].heads), out[1].names, out[1].kind)]
    return tuple(out) if len(out) >= _SEVERAL else ()


def _is_thin(index: FactIndex, part: Part) -> bool:
    """Whether a part holds one measure of one short clause."""
    text = index[part.heads[0]].text
    return len(part.heads) == 1 and len(text) < _WORTH and "，" not in text


def _by_field(index: FactIndex, heads: Sequence[str]) -> tuple[Part, ...]:
    """One part for each field of the sheet, in order of first mention; none where there are not two."""
    found: dict[str, list[str]] = {}
    loose: list[str] = []
    for head in heads:
        activity = index.activity(head)
        if activity is not None and activity.field:
            found.setdefault(activity.field, []).append(head)
        else:
            loose.append(head)
    if len(found) + bool(loose) < _SEVERAL or not found:
        return ()
    parts = [Part(_by_day(index, ids), (name,), "field") for name, ids in found.items()]
    if len(loose) > 1 and launches(index[loose[0]].text):  # what opened the event stands before its fields
        parts.insert(0, Part((loose.pop(0),), (), "other"))
    elif loose and launches(index[loose[0]].text):
        return (Part(tuple(loose), (), "other"), *parts)
    if loose:
        parts.append(Part(tuple(loose), (), "other"))
    return tuple(parts)


def _by_day(index: FactIndex, heads: Sequence[str]) -> tuple[str, ...]:
    """Activities of a field by day, where all of them say theirs; else in the sheet's order."""
    days: dict[str, tuple[int, int, int]] = {}
    for head in heads:
        activity = index.activity(head)
        start = activity.date.start if activity is not None and activity.date is not None else None
        if start is None or start.month is None or start.day is None:
            return tuple(heads)
        days[head] = (start.year or 0, start.month, start.day)
    return tuple(sorted(heads, key=days.__getitem__))


def _paired(fields: tuple[Part, ...]) -> tuple[Part, ...]:
    """Join neighbours where fields are many and thin: 集中宣傳，隱患排查 heads both."""
    named = [part for part in fields if part.kind == "field"]
    activities = sum(len(part.heads) for part in named)
    if len(named) < _THIN or activities > 2 * len(named) or not all(is_group(p.names[0]) for p in named):
        return fields
    pairs = [
        Part(
            tuple(head for part in named[n : n + 2] for head in part.heads),
            tuple(part.names[0] for part in named[n : n + 2]),
            "field",
        )
        for n in range(0, len(named), 2)
    ]
    return (*pairs, *(part for part in fields if part.kind != "field"))


def _in_order(index: FactIndex, heads: Sequence[str]) -> tuple[Part, ...]:
    """Two or three parts of near the same size, cut where the theme changes; the order stays the sheet's."""
    count = 2 if len(heads) <= _HALVED else 3
    themes = [theme_of(evidence(index, head), "activities") for head in heads]
    cuts: list[int] = []
    for n in range(1, count):
        ideal = n * len(heads) / count
        start = (cuts[-1] if cuts else 0) + 1
        stop = len(heads) - (count - n)
        changes = [cut for cut in range(start, stop + 1) if themes[cut] != themes[cut - 1]]
        near = [cut for cut in changes if abs(cut - ideal) <= _NEAR]
        cuts.append(min(near or [round(ideal)], key=lambda cut: (abs(cut - ideal), cut)))
    edges = [0, *cuts, len(heads)]
    named = [theme_by_name(evidence(index, head), "activities") for head in heads]
    out: list[Part] = []
    for a, b in itertools.pairwise(edges):
        run = tuple(heads[a:b])
        if len(run) == 1:
            out.append(Part(run, (index[run[0]].text,), "activity"))
            continue
        commonest = max(named[a:b], key=named[a:b].count)
        taken = any(commonest in part.names for part in out)
        fits = commonest is not None and not taken and 3 * named[a:b].count(commonest) >= 2 * len(run)
        out.append(Part(run, (commonest,) if fits and commonest else ()))
    return tuple(out)


def _sorted_by_theme(index: FactIndex, heads: Sequence[str], table: str, *, most: int) -> tuple[Part, ...]:
    """Parts by theme, in order of first mention; none where fewer than two themes are found.

    What has no theme follows its neighbour among measures, which build on each other, and stands apart
    among activities, which do not.
    """
    found: dict[str, list[str]] = {}
    loose: list[str] = []
    last: str | None = None
    for head in heads:
        theme = theme_of(evidence(index, head), table) or (last if table == "measures" else None)
        last = theme
        (found.setdefault(theme, []) if theme else loose).append(head)
    if table == "measures" and found and loose:
        first = next(iter(found))
        found[first] = [*loose, *found[first]]
        loose = []
    if table == "activities":
        for theme in [name for name, ids in found.items() if len(ids) < _SEVERAL]:
            loose.extend(found.pop(theme))
    while len(found) + bool(loose) > most:
        smallest = min(found, key=lambda name: (len(found[name]), -list(found).index(name)))
        loose.extend(found.pop(smallest))
    if len(found) + bool(loose) < _SEVERAL or not found:
        return ()
    place = {head: n for n, head in enumerate(heads)}
    parts = [Part(tuple(sorted(ids, key=place.__getitem__)), (name,), "theme") for name, ids in found.items()]
    parts.sort(key=lambda part: place[part.heads[0]])
    if loose:
        parts.append(Part(tuple(sorted(loose, key=place.__getitem__)), (bank()["other"],), "other"))
    return tuple(parts)


def activity_units(bundles: Bundles, heads: Iterable[str], *, of: int) -> tuple[Unit, ...]:
    """Units for activities: one each, but small neighbours together where a document has many.

    Args:
        bundles: The sheet's facts.
        heads: Activities, in order.
        of: How many activities the document has.
    """
    units: list[Unit] = []
    small: list[str] = []

    def field_of(head: str) -> str | None:
        activity = bundles.index.activity(head)
        return activity.field if activity else None

    def flush() -> None:
        pieces = math.ceil(len(small) / _TOGETHER)
        for n in range(pieces):  # of even size: five small ones are three and two, not four and one
            run = small[len(small) * n // pieces : len(small) * (n + 1) // pieces]
            kind = "group" if len(run) > 1 else "activity"
            units.append(Unit(kind, bundles.facts(run), field_of(run[0])))  # type: ignore[arg-type]
        small.clear()

    for head in heads:
        if of >= _MANY and _is_small(bundles, head):
            if small and field_of(small[0]) != field_of(head):
                flush()
            small.append(head)
            continue
        flush()
        units.append(Unit("activity", bundles.members[head], field_of(head)))
    flush()
    return tuple(units)


def _is_small(bundles: Bundles, head: str) -> bool:
    facts = [bundles.index[fact] for fact in bundles.members[head]]
    return len(facts) <= _SMALL and not any(fact.kind in (FactKind.PERSON, FactKind.QUOTE) for fact in facts)
