"""SW106, SW306 and SW312: a name that does not belong with all else that its sentence tells.

Every fact told in a sentence speaks for the activity it belongs to. Where they all speak for one, the name,
the place or the doer of another activity beside them was put in the place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.datevalues import DateValue
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.bound import Binding
from summarywriter.verify.dates import DateBinding
from summarywriter.verify.known import FOOT, Doing, Known
from summarywriter.verify.misnamed import misnamed
from summarywriter.verify.places import is_dated
from summarywriter.verify.report import Finding
from summarywriter.verify.votes import SURE, Votes, is_marked, segments_of_line, surely_about, together
from summarywriter.verify.words import either

#: Shorter names stand inside others.
_WHOLE_NAME = 3


def belonging(
    analysis: Analysis,
    known: Known,
    bindings: tuple[Binding, ...],
    votes: Votes,
    dated: tuple[DateBinding, ...],
) -> Iterator[Finding]:
    """Every name that stands with another activity's facts."""
    yield from _places(analysis, known, votes)
    yield from misnamed(analysis, known, votes)
    yield from _actors(analysis, known, bindings)
    yield from _days(analysis, known, votes, dated)
    yield from _figures(analysis, known, votes, bindings)


def _places(analysis: Analysis, known: Known, votes: Votes) -> Iterator[Finding]:
    homes: dict[str, set[str]] = {}
    for key, doing in known.doings.items():
        if doing.activity.place and len(doing.activity.place) >= _WHOLE_NAME:
            for place in (folded(doing.activity.place), *re.split("[、,至到]", folded(doing.activity.place))):
                homes.setdefault(place, set()).add(key)
    for place, owners in homes.items():
        for match in re.finditer(re.escape(place), analysis.form):
            number = analysis.segment_index(match.start())
            about = surely_about(known, votes, number, aside=FactKind.PLACE)
            if about is None or about.id in owners or analysis.overlaps_claim(*match.span()):
                continue
            own = folded(about.activity.place or "")
            sentence = analysis.segments[number]
            said = analysis.form[sentence.start : sentence.end]
            if not own or own in said or place in own or own in place or place in known.told_of(about.id):
                continue
            if sentence.grams & frozenset().union(
                *(known.doings[key].own for key in owners)
            ) - content_ngrams(place):
                continue  # the other activity is spoken of too
            if is_dated(analysis, known, owners, match.start()):
                continue
            if not re.search(
                "(?:^|[,;。、:]|在|于|到|进|赴|[日午上晚时分])$",
                analysis.form[sentence.start : match.start()],
            ):
                continue
            yield analysis.finding("SW312", *match.span(), (f"{about.id}.place",), about.activity.place or "",
                                   stated=about.activity.place or "")  # fmt: skip


#: Said of all, where a figure is one doer's.
_WHOLE = re.compile("全[省市区县镇乡]")


def _actors(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """A figure that the sheet gives of one body, told of another that stands right before it."""
    names = {name for name in known.actors | known.bodies if len(name) > 1}
    if not names:
        return
    search = re.compile(either(names))
    for binding in bindings:
        counted = binding.counted
        if counted is None or not counted.facts or not counted.actor or binding.verdict:
            continue
        start = binding.mention.span.start
        sentence = analysis.sentence_at(start)
        if counted.actor & sentence.grams or analysis.claimed(*binding.mention.span):
            continue
        clause = analysis.clause_at(start)
        whole = _WHOLE.match(analysis.form, clause.start, start)
        if whole is not None and not known.says(whole.group() + analysis.form[whole.end() : whole.end() + 2]):
            yield analysis.finding("SW411", *whole.span(), counted.facts, stated=counted.label)
            continue
        found = search.match(analysis.form, clause.start, start) or search.search(binding.around.before)
        if found is None:
            continue
        grams = content_ngrams(found.group())
        unit = folded(known.index.event.unit or "")
        if (
            grams & counted.actor
            or grams & counted.object
            or found.group() in unit
            or found.group()[:2] in counted.label
        ):
            continue
        fact = known.index[counted.facts[0]]
        actor = fact.figure.actor if fact.figure else ""
        yield analysis.finding("SW306", *binding.mention.span, counted.facts, stated=actor or "")


def _days(
    analysis: Analysis, known: Known, votes: Votes, dated: tuple[DateBinding, ...]
) -> Iterator[Finding]:
    """A day of another activity in a sentence all of whose figures are one activity's."""
    for binding in dated:
        (start, end), value = binding.mention.span, binding.mention.value
        number = analysis.segment_index(start)
        about = _figured(known, votes, number)
        if binding.verdict or about is None or not about.dates or not value.start.day:
            continue
        owners = {d.owner or FOOT for d in binding.dated}
        if not owners or FOOT in owners or about.id in owners:
            continue
        others = frozenset().union(*(known.doings[key].own for key in owners if key in known.doings))
        if not owners <= known.doings.keys() or analysis.segments[number].grams & others:
            continue
        if any(_covers(day, value) for day in about.dates) or analysis.overlaps_claim(start, end):
            continue
        facts = tuple(d.facts for d in known.dated if d.owner == about.id and d.facts)
        yield analysis.finding("SW207", start, end, facts[0] if facts else (), stated=about.dates[0].surface)


def _figured(known: Known, votes: Votes, number: int) -> Doing | None:
    """The one activity that a sentence gives figures of, whatever day it tells."""
    by = {
        key: kept
        for key, facts in votes.get(number, {}).items()
        if (kept := {fact for fact in facts if known.index[fact].kind is not FactKind.DATE})
    }
    if len(by) != 1:
        return None
    ((key, facts),) = by.items()
    return known.doings.get(key) if any(known.index[f].kind is FactKind.FIGURE for f in facts) else None


def _covers(stated: DateValue, told: DateValue) -> bool:
    """Whether a day lies in a stated period, months and years aside where they are not told."""
    first, last = stated.start, stated.end or stated.start
    if told.start.day is None or first.day is None or last.day is None:
        return True
    month = told.start.month or first.month
    return (first.month or 0, first.day) <= (month or 0, told.start.day) <= (last.month or 0, last.day)


def _figures(
    analysis: Analysis, known: Known, votes: Votes, bindings: tuple[Binding, ...]
) -> Iterator[Finding]:
    """A figure of another activity in a sentence all else of which is one activity's."""
    told: dict[int, tuple[dict[str, frozenset[str]], frozenset[str]]] = {}
    for binding in bindings:
        counted, start = binding.counted, binding.mention.span.start
        if counted is None or not counted.facts or not counted.activity or binding.verdict:
            continue
        line = analysis.sentence_at(start).line
        if line not in told:
            numbers = segments_of_line(analysis, line)
            words = frozenset().union(*(analysis.segments[n].grams for n in numbers))
            told[line] = together(votes, numbers), words
        by, grams = told[line]
        mine, others = by.get(counted.activity, frozenset()), set(by) - {counted.activity}
        if not mine <= set(counted.facts) or len(others) != 1:
            continue
        (key,) = others
        own, other = known.doings.get(counted.activity), known.doings.get(key)
        if own is None or other is None or len(by[key]) <= SURE:
            continue
        if grams & own.own or is_marked(own, grams) or not _is_spoken_of(analysis, other, line, start):
            continue
        if analysis.claimed(*binding.mention.span) is None:
            yield analysis.finding("SW106", *binding.mention.span, counted.facts, label=counted.label,
                                   stated=own.activity.name)  # fmt: skip


#: An activity named farther before a figure is not held against it.
_LEAD = 400


def _is_spoken_of(analysis: Analysis, doing: Doing, line: int, position: int) -> bool:
    """Whether a line has named an activity, or a mark of it, before a place in it."""
    first = analysis.segments[segments_of_line(analysis, line)[0]].start
    lead = analysis.form[max(first, position - _LEAD) : position]
    return bool(content_ngrams(lead) & (doing.own | doing.marks))
