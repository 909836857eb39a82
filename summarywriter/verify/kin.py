"""SW306 and SW312: a body or a place told where another one of its kind belongs.

助餐點在渡頭村揭牌, where the sheet has 下埠村: both are villages of the sheet, one is in the facts that the
clause tells and the other in none of them. Names of one kind end alike (村, 車間, 公司); which facts a clause
tells is known by its figures and by the words of its free texts.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import GOOD_FIT, Binding
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_short_for
from summarywriter.verify.report import Finding
from summarywriter.verify.telling import Telling
from summarywriter.verify.words import either, mapping, words

#: Clauses with fewer of a free text's words are not looked at.
_PERHAPS = 0.2
#: A clause tells a free text by so many of its words, those of the name in question aside.
_TOLD = 0.6
#: A name farther before its clause is not held against it.
_FAR = 300
#: Longer entries are descriptions, and no names.
_LONGEST = 12
#: Fewer words than this prove nothing.
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class _Kin:
    """Names of the sheet by kind, and those that anyone may be told with."""

    of_kind: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    shared: str
    search: re.Pattern[str]


def kin(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...], telling: Telling
) -> Iterator[Finding]:
    """Every name that stands where another of its kind belongs."""
    names = _gather(known)
    if names is None:
        return
    found = list(names.search.finditer(analysis.form))
    if not found:
        return
    about = _about(analysis, known, context, bindings)
    tells = _free(known, names, telling)
    for match in found:
        clause = analysis.clause_at(match.start())
        if analysis.overlaps_claim(*match.span()):
            continue
        if match.group() in names.shared and not _does(analysis, clause, match):
            continue  # one of the whole event's may stand with any of its activities
        for said, fact in (*about.get(clause.start, ()), *tells.get(clause.start, ())):
            if (own := _own(analysis, names, clause, match.group(), said)) is not None:
                place = match.group() in known.places or match.group()[-1] in words("place_kind")
                code = "SW312" if place else "SW306"
                yield analysis.finding(code, *match.span(), (fact,), stated=own)
                break


def _own(analysis: Analysis, names: _Kin, clause: Part, told: str, said: str) -> str | None:
    """The name of this kind that the facts have and the sentence has not, where they have none like it."""
    if told in said:
        return None
    stated = [name for kind in names.kinds[told] for name in names.of_kind[kind] if name in said]
    if not stated or any(is_short_for(told, name) or is_short_for(name, told) for name in stated):
        return None
    first = max(analysis.sentence_at(clause.start).start, clause.end - _FAR)
    lead = analysis.form[first : clause.end]
    form = lead[max(lead.rfind(mark, 0, -1) for mark in ";:") + 1 :]
    return None if any(name in form for name in stated) else stated[0]


def _does(analysis: Analysis, clause: Part, match: re.Match[str]) -> bool:
    """Whether a body is told to have held or led what its clause tells: 由動力車間承辦."""
    after = analysis.form[match.end() : clause.end]
    before = analysis.form[clause.start : match.start()]
    return before.endswith("由") or (
        not before and re.match(f"[^、和及与]{{0,8}}?{either(words('exclusive_role'))}了?", after) is not None
    )


def _about(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...]
) -> dict[int, list[tuple[str, str]]]:
    """For each clause whose figures are all of one activity: what the sheet says of it, and its id."""
    figures: dict[int, set[str | None]] = {}
    for binding in bindings:
        start = binding.mention.span.start
        if binding.counted is None or not binding.counted.facts:
            continue
        sure = not binding.verdict and binding.counted.fit(binding.around.tokens) >= GOOD_FIT
        activity = binding.counted.activity if sure else None
        for clause in _reach(analysis, start):
            figures.setdefault(clause.start, set()).add(activity)
    found: dict[int, list[tuple[str, str]]] = {}
    for at, activities in figures.items():
        (only, *others) = activities
        if only is not None and not others:
            found[at] = [(known.told_of(only), only)]
    for number, sentence in enumerate(analysis.sentences):
        if len(context.named[number]) != 1:
            continue
        (named,) = context.named[number]
        positions = context.positions.get(named, ())
        first = bisect_left(positions, sentence.start)
        if first == len(positions) or positions[first] >= sentence.end:
            continue
        parts = [part for part in analysis.clauses_of(sentence) if positions[first] < part.end]
        if any(figures.get(part.start, {named}) != {named} for part in parts):
            continue
        for part in parts:
            found.setdefault(part.start, [(known.told_of(named), named)])
    return found


def _reach(analysis: Analysis, position: int) -> Iterator[Part]:
    """The clause of a figure, and the one before it where that one has no figure of its own."""
    clause = analysis.clause_at(position)
    yield clause
    if clause.start <= analysis.sentence_at(position).start:
        return
    before = analysis.clause_at(clause.start - 1)
    if analysis.form[before.end - 1] not in ";。:" and not analysis.quantities_in(before.start, before.end):
        yield before


def _free(known: Known, names: _Kin, telling: Telling) -> dict[int, list[tuple[str, str]]]:
    """For each clause, the free texts that it tells but for a name, and their ids."""
    found: dict[int, list[tuple[str, str]]] = {}
    for fact in known.index:
        if fact.kind not in FREE_TEXT:
            continue
        for piece in re.split("[,;。]", folded(fact.text)):
            if names.search.search(piece) is None:
                continue
            rest = content_ngrams(names.search.sub("，", piece))
            if len(rest) < _ENOUGH:
                continue
            for clause in telling.clauses(fact, _PERHAPS):
                if len(rest & clause.grams) >= _TOLD * len(rest):
                    found.setdefault(clause.start, []).append((folded(fact.text), fact.id))
    return found


@functools.cache
def _kind() -> re.Pattern[str]:
    return re.compile(f"{either(words('kin'))}$")


def _gather(known: Known) -> _Kin | None:
    groups = {folded(word): number for number, group in enumerate(mapping("kin_alike")) for word in group}
    of_kind: dict[str, list[str]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    for name in sorted(_names(known), key=len, reverse=True):
        end = _kind().search(name)
        own: tuple[str, ...] = (
            (str(groups.get(end.group(), end.group())),) if end and len(name) > len(end.group()) else ()
        )
        own += ("@place",) if name in known.places else ()
        if not own or re.search("[等各、和与及或两三几多]", name) or re.match(either(words("no_kin")), name):
            continue
        kinds[name] = own
        for kind in own:
            of_kind.setdefault(kind, []).append(name)
    kept = [name for name, own in kinds.items() if any(len(of_kind[kind]) > 1 for kind in own)]
    if not kept:
        return None
    event = known.index.event
    shared = [event.title, event.unit or "", event.addressee or ""]
    shared += [
        fact.text
        for fact in known.index
        if fact.owner is None and fact.kind in (FactKind.PERIOD, FactKind.BASIS)
    ]
    for fact in known.index:
        if fact.organisers is not None and fact.owner is None:
            shared += fact.organisers.names
    return _Kin(
        {kind: tuple(names) for kind, names in of_kind.items()},
        kinds,
        "\n".join(map(folded, shared)),
        re.compile(either(kept)),
    )


def _names(known: Known) -> set[str]:
    """Bodies, doers and places, and the village or the office that a longer place or a name begins with."""
    head = re.compile(
        f"(?![拟在于将对从到该本全向把给])[一-鿿]{{1,4}}?{either(words('kin_head'))}(?=[一-鿿])"
    )
    found = set(known.bodies) | set(known.actors) | set(known.places)
    begins = [
        *known.places,
        *(doing.name for doing in known.doings.values()),
        *(
            piece
            for fact in known.index
            if fact.kind in FREE_TEXT
            for piece in re.split("[,;。、]", folded(fact.text))
        ),
    ]
    for text in begins:
        if (match := head.match(text)) is not None:
            found.add(match.group())
    inside = re.compile(f"(?:在|到|赴|由|为)([一-鿿]{{1,3}}?{either(words('kin_head'))})")
    for fact in known.index:
        if fact.kind in FREE_TEXT:
            found |= {match[1] for match in inside.finditer(folded(fact.text))}
    return {name for name in found if 1 < len(name) <= _LONGEST}
