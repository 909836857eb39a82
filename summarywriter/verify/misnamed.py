"""SW106: the name of one activity before the facts of another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.known import Doing, Known
from summarywriter.verify.report import Finding
from summarywriter.verify.votes import VOTERS, Votes, is_marked, segments_of_line, surely_about, together
from summarywriter.verify.words import either

#: Shorter names stand inside others.
_WHOLE_NAME = 3


def misnamed(analysis: Analysis, known: Known, votes: Votes) -> Iterator[Finding]:
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
        about = [found for n in reach if (found := surely_about(known, votes, n)) is not None]
        if named.id in told:
            continue
        if not about and (on := _goes_on(analysis, known, votes, number, starts)) is not None:
            about, reach = [on[0]], on[1]
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
        if any(is_marked(named, analysis.segments[n].grams) for n in reach):
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
    by = together(votes, reach)
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
        over = segments_of_line(analysis, sentence.line + 1)
        return over if over and analysis.lines[sentence.line + 1].kind == "paragraph" else []
    same = segments_of_line(analysis, sentence.line)
    return same if number == same[0] and _is_head(analysis, sentence) else [number]


def _is_head(analysis: Analysis, sentence: Part) -> bool:
    form = analysis.form[sentence.start : sentence.end]
    return (
        re.match(r"(?:\([^()]{1,3}\)|[0-9]+[.、]|[一二三四五六七八九十]+[、是])[^,;:]{2,24}。$", form)
        is not None
    )


def _has_facts(known: Known, doing: Doing) -> bool:
    return any(fact.kind in VOTERS for fact in known.index.parts(doing.id))
