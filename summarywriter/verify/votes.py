"""Which activity the facts told between two 。 or ；speak for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Doing, Known, activity_of
from summarywriter.verify.telling import Telling

#: So many facts of one activity, or one figure of it, say which one a sentence is about.
SURE = 2
#: What votes: things that one activity has and another has not.
VOTERS = frozenset({
    FactKind.FIGURE, FactKind.DATE, FactKind.QUOTE, FactKind.DETAIL, FactKind.QUANTITY, FactKind.PERSON,
    FactKind.PLACE,
})  # fmt: skip

Votes = Mapping[int, Mapping[str, frozenset[str]]]


def votes_of(analysis: Analysis, known: Known, telling: Telling) -> Votes:
    """For each sentence, the facts it tells by the activity they belong to, where they belong to one only."""
    found: dict[int, dict[str, set[str]]] = {}
    for match in telling.matches:
        owners = {activity_of(known.index[fact], known.index) for fact in match.facts if fact in known.index}
        if len(owners) != 1 or None in owners:
            continue
        kinds = {known.index[fact].kind for fact in match.facts}
        if not kinds <= VOTERS or (kinds == {FactKind.PERSON} and _is_everywhere(known, match.facts)):
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


def surely_about(known: Known, votes: Votes, number: int, *, aside: FactKind | None = None) -> Doing | None:
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
    return known.doings.get(key) if figures + len(facts) >= SURE else None


def together(votes: Votes, numbers: Iterable[int]) -> dict[str, frozenset[str]]:
    """The votes of several sentences."""
    found: dict[str, frozenset[str]] = {}
    for number in numbers:
        for key, facts in votes.get(number, {}).items():
            found[key] = found.get(key, frozenset()) | facts
    return found


def segments_of_line(analysis: Analysis, line: int) -> list[int]:
    """Numbers of the sentences of a line."""
    first = bisect_left(analysis.segments, line, key=lambda s: s.line)
    return list(range(first, bisect_left(analysis.segments, line + 1, key=lambda s: s.line)))


#: A place, a body or a person of an activity's is told by so many of the words that are its alone.
_MARKED = 0.6


def is_marked(doing: Doing, grams: frozenset[str]) -> bool:
    """Whether a place, a body or a person that only this activity has is told."""
    activity = doing.activity
    names = [name for group in activity.organisers for name in group.names]
    marks = (activity.place or "", *names, *(person.name for person in activity.people))
    own = (content_ngrams(folded(mark)) & doing.marks for mark in marks)
    return any(each and len(each & grams) >= _MARKED * len(each) for each in own)
