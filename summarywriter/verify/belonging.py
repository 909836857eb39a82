"""SW106, SW306 and SW312: a name that does not belong with all else that its sentence tells.

Every fact told in a sentence speaks for the activity it belongs to. Where they all speak for one, the name,
the place or the doer of another activity beside them was put in the place of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from summarywriter.chinese.datevalues import DateValue
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import Binding
from summarywriter.verify.dates import DateBinding
from summarywriter.verify.known import FOOT, Doing, Known, activity_of
from summarywriter.verify.places import is_dated
from summarywriter.verify.report import Finding
from summarywriter.verify.telling import Telling
from summarywriter.verify.words import either

#: So many facts of one activity, or one figure of it, say which one a sentence is about.
_SURE = 2
#: Shorter names stand inside others.
_WHOLE_NAME = 3
#: What votes: things that one activity has and another has not.
_VOTERS = frozenset({
    FactKind.FIGURE, FactKind.DATE, FactKind.QUOTE, FactKind.DETAIL, FactKind.QUANTITY, FactKind.PERSON,
    FactKind.PLACE,
})  # fmt: skip

Votes = Mapping[int, Mapping[str, frozenset[str]]]


def belonging(
    analysis: Analysis,
    known: Known,
    bindings: tuple[Binding, ...],
    telling: Telling,
    dated: tuple[DateBinding, ...],
) -> Iterator[Finding]:
    """Every name that stands with another activity's facts."""
    votes = _votes(analysis, known, telling)
    yield from _places(analysis, known, votes)
    yield from _names(analysis, known, votes)
    yield from _actors(analysis, known, bindings)
    yield from _days(analysis, known, votes, dated)
    yield from _figures(analysis, known, votes, bindings)


def _votes(analysis: Analysis, known: Known, telling: Telling) -> Votes:
    """For each sentence, the facts it tells by the activity they belong to, where they belong to one only."""
    found: dict[int, dict[str, set[str]]] = {}
    for match in telling.matches:
        owners = {activity_of(known.index[fact], known.index) for fact in match.facts if fact in known.index}
        if len(owners) != 1 or None in owners:
            continue
        kinds = {known.index[fact].kind for fact in match.facts}
        if not kinds <= _VOTERS or (kinds == {FactKind.PERSON} and _is_everywhere(known, match.facts)):
            continue
        number = analysis.segment_index(match.start)
        (owner,) = owners
        found.setdefault(number, {}).setdefault(owner or "", set()).update(match.facts)
    return {n: {key: frozenset(facts) for key, facts in by.items()} for n, by in found.items()}


def _is_everywhere(known: Known, facts: tuple[str, ...]) -> bool:
    """Whether a person takes part in more than one activity."""
    names = {fact.person.name for fact in map(known.index.__getitem__, facts) if fact.person}
    return len({
        activity_of(fact, known.index) for fact in known.index if fact.person and fact.person.name in names
    }) > 1  # fmt: skip


def _about(known: Known, votes: Votes, number: int, *, aside: FactKind | None = None) -> Doing | None:
    """The one activity that a sentence is surely about, facts of one kind aside."""
    by = {
        key: kept
        for key, facts in votes.get(number, {}).items()
        if (kept := {fact for fact in facts if known.index[fact].kind is not aside})
    }
    if len(by) != 1:
        return None
    ((key, facts),) = by.items()
    figures = sum(known.index[fact].kind is FactKind.FIGURE for fact in facts)
    return known.doings.get(key) if figures + len(facts) >= _SURE else None


def _places(analysis: Analysis, known: Known, votes: Votes) -> Iterator[Finding]:
    homes: dict[str, set[str]] = {}
    for key, doing in known.doings.items():
        if doing.activity.place and len(doing.activity.place) >= _WHOLE_NAME:
            for place in (folded(doing.activity.place), *re.split("[、,]", folded(doing.activity.place))):
                homes.setdefault(place, set()).add(key)
    for place, owners in homes.items():
        for match in re.finditer(re.escape(place), analysis.form):
            number = analysis.segment_index(match.start())
            about = _about(known, votes, number, aside=FactKind.PLACE)
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


def _names(analysis: Analysis, known: Known, votes: Votes) -> Iterator[Finding]:
    """The name of one activity before the facts of another."""
    names: dict[str, list[str]] = {}
    for key, doing in known.doings.items():
        if len(doing.name) > _WHOLE_NAME:
            names.setdefault(doing.name, []).append(key)
    if not names:
        return
    found_names = list(re.finditer(either(names), analysis.form))
    starts = [match.start() for match in found_names]
    for match in found_names:
        keys = names[match.group()]
        number = analysis.segment_index(match.start())
        if analysis.overlaps_claim(*match.span()) or len(keys) > 1:
            continue
        named = known.doings[keys[0]]
        reach = _reach(analysis, number)
        told = [by for n in reach for by in votes.get(n, {})]
        about = [found for n in reach if (found := _about(known, votes, n)) is not None]
        if named.id in told:
            continue
        if not about and (found := _goes_on(analysis, known, votes, number, starts)) is not None:
            about, reach = [found[0]], found[1]
        if len({doing.id for doing in about}) != 1:
            continue
        other = about[0]
        grams = frozenset().union(*(analysis.segments[n].grams for n in reach))
        if (
            other.id == named.id
            or _is_called(other, grams)
            or other.name in match.group()
            or match.group() in other.name
        ):
            continue
        if not _has_facts(known, named) or match.group() in known.told_of(other.id):
            continue
        if any(_is_marked(named, analysis.segments[n].grams) for n in reach):
            continue
        yield analysis.finding("SW106", *match.span(), (other.id,), other.activity.name,
                               stated=other.activity.name, label=other.activity.name)  # fmt: skip


#: An activity is called by so many of the words that are its name's alone.
_CALLED = 0.4
#: What goes on about an activity is read so far, and must tell so much of another.
_ON, _SURER = 4, 4


def _is_called(doing: Doing, grams: frozenset[str]) -> bool:
    """Whether an activity is named, by more than a word (現場) that stands in any text."""
    shared = len(doing.own & grams)
    return shared > 0 and (shared >= _CALLED * len(doing.own) or len(doing.own) <= 2)  # noqa: PLR2004


def _goes_on(
    analysis: Analysis, known: Known, votes: Votes, number: int, starts: list[int]
) -> tuple[Doing, list[int]] | None:
    """The one activity that all facts are of, from a name to the next one in its line, and where they are."""
    line = analysis.segments[number].line
    if analysis.lines[line].kind != "paragraph":
        return None
    reach = [number]
    for n in range(number + 1, min(number + _ON, len(analysis.segments))):
        part = analysis.segments[n]
        at = bisect_left(starts, part.start)
        if part.line != line or (at < len(starts) and starts[at] < part.end):
            break
        reach.append(n)
    by = _together(votes, reach)
    if len(by) != 1:
        return None
    ((key, facts),) = by.items()
    figures = sum(known.index[fact].kind is FactKind.FIGURE for fact in facts)
    doing = known.doings.get(key) if figures + len(facts) >= _SURER else None
    return (doing, reach) if doing is not None else None


def _reach(analysis: Analysis, number: int) -> list[int]:
    """The sentence of a name, and those that a heading or a run-in head stands over."""
    sentence = analysis.segments[number]
    line = analysis.lines[sentence.line]
    if line.kind == "heading":
        over = _of_line(analysis, sentence.line + 1)
        return over if over and analysis.lines[sentence.line + 1].kind == "paragraph" else []
    same = _of_line(analysis, sentence.line)
    return same if number == same[0] and _is_head(analysis, sentence) else [number]


def _of_line(analysis: Analysis, line: int) -> list[int]:
    """Numbers of the sentences of a line."""
    first = bisect_left(analysis.segments, line, key=lambda s: s.line)
    return list(range(first, bisect_left(analysis.segments, line + 1, key=lambda s: s.line)))


def _is_head(analysis: Analysis, sentence: Part) -> bool:
    form = analysis.form[sentence.start : sentence.end]
    return (
        re.match(r"(?:\([^()]{1,3}\)|[0-9]+[.、]|[一二三四五六七八九十]+[、是])[^,;:]{2,24}。$", form)
        is not None
    )


#: A place, a body or a person of an activity's is told by so many of the words that are its alone.
_MARKED = 0.6


def _is_marked(doing: Doing, grams: frozenset[str]) -> bool:
    """Whether a place, a body or a person that only this activity has is told."""
    activity = doing.activity
    names = [name for group in activity.organisers for name in group.names]
    marks = (activity.place or "", *names, *(person.name for person in activity.people))
    own = (content_ngrams(folded(mark)) & doing.marks for mark in marks)
    return any(each and len(each & grams) >= _MARKED * len(each) for each in own)


def _has_facts(known: Known, doing: Doing) -> bool:
    return any(fact.kind in _VOTERS for fact in known.index.parts(doing.id))


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
            numbers = _of_line(analysis, line)
            words = frozenset().union(*(analysis.segments[n].grams for n in numbers))
            told[line] = _together(votes, numbers), words
        by, grams = told[line]
        mine, others = by.get(counted.activity, frozenset()), set(by) - {counted.activity}
        if not mine <= set(counted.facts) or len(others) != 1:
            continue
        (key,) = others
        own, other = known.doings.get(counted.activity), known.doings.get(key)
        if own is None or other is None or len(by[key]) <= _SURE:
            continue
        if grams & own.own or _is_marked(own, grams) or not _is_spoken_of(analysis, other, line, start):
            continue
        if analysis.claimed(*binding.mention.span) is None:
            yield analysis.finding("SW106", *binding.mention.span, counted.facts, label=counted.label,
                                   stated=own.activity.name)  # fmt: skip


#: An activity named farther before a figure is not held against it.
_LEAD = 400


def _is_spoken_of(analysis: Analysis, doing: Doing, line: int, position: int) -> bool:
    """Whether a line has named an activity, or a mark of it, before a place in it."""
    first = analysis.segments[_of_line(analysis, line)[0]].start
    lead = analysis.form[max(first, position - _LEAD) : position]
    return bool(content_ngrams(lead) & (doing.own | doing.marks))


def _together(votes: Votes, numbers: list[int]) -> dict[str, frozenset[str]]:
    """The votes of several sentences."""
    found: dict[str, frozenset[str]] = {}
    for number in numbers:
        for key, facts in votes.get(number, {}).items():
            found[key] = found.get(key, frozenset()) | facts
    return found
