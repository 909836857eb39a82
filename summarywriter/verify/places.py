"""SW312: places: none that the sheet has, or another activity's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Known
from summarywriter.verify.names import closest, is_short_for
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words


def places(analysis: Analysis, known: Known, context: Contexts) -> Iterator[Finding]:
    """Every finding on a place."""
    yield from _elsewhere(analysis, known, context)
    yield from _elsewhere_of_one_kind(analysis, known)
    search = re.compile(rf"在([^,;。:、在]{{2,24}}?)(?={either(words('held'))})")
    ends = re.compile(either(words("place_end")) + "$")
    homes = {folded(d.activity.place): key for key, d in known.doings.items() if d.activity.place}
    for match in search.finditer(analysis.form):
        start, end = match.span(1)
        place = match[1]
        if analysis.overlaps_claim(start, end):
            continue
        if place.startswith(words("place_named_before")):
            continue
        if _is_stated(known, place):
            owner = next((key for name, key in homes.items() if place in name), None)
            here = context.named[analysis.sentence_index(start)]
            yield from _moved(analysis, known, match.span(1), owner, here)
        elif known.says(re.sub("^(?:本地|当地|当场|现场)", "", place)):
            continue
        elif ends.search(place):
            near = closest(place, ((d.activity.place, (f"{d.id}.place",)) for d in known.doings.values()
                                   if d.activity.place))  # fmt: skip
            if near and re.match("(?:当地|本地|各)", folded(near[0])):
                continue  # 當地廣場 is no one place: 本地繁華廣場 tells it as well
            if content_ngrams(place) <= known.words and not (near and _is_other(place, folded(near[0]))):
                continue
            here = context.named[analysis.sentence_index(start)]
            own = [d for key in here if (d := known.doings[key]).activity.place]
            only = (own[0].activity.place or "", (f"{own[0].id}.place",)) if len(own) == 1 else ("", ())
            stated, facts = near or only
            yield analysis.finding("SW312", start, end, facts, stated, stated=stated)


def _is_stated(known: Known, place: str) -> bool:
    """Whether the sheet has a place, however its parts are joined: 村口到水口亭, 村口至水口亭."""
    ways = (place, re.sub("[和与及]|以及", "、", place), place.replace("到", "至"), place.replace("至", "到"))
    return any(map(known.says, ways))


def _elsewhere_of_one_kind(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """在竹巷社區廣場示範包紮, where the sheet has another community's square and not this one."""
    stated = [(d.activity.place, (f"{d.id}.place",)) for d in known.doings.values() if d.activity.place]
    for match in re.finditer(
        rf"在([^,;。:、在]{{2,18}}?{either(words('place_end'))})(?=[一-鿿]{{2}})", analysis.form
    ):
        place = match[1]
        alike = [pair for pair in stated if folded(pair[0])[-2:] == place[-2:]]
        near = None if not alike or known.says(place) else closest(place, alike)
        if near is None:
            continue
        if _is_other(place, folded(near[0])) and not analysis.overlaps_claim(*match.span(1)):
            yield analysis.finding("SW312", *match.span(1), near[1], near[0], stated=near[0])


def _is_other(place: str, stated: str) -> bool:
    """Whether two places are of one kind in different spots: 荻花村攔水壩, 石盤村攔水壩."""
    return place[-2:] == stated[-2:] and not is_short_for(place, stated) and not is_short_for(stated, place)


#: A date farther from a place is not held against it.
_FAR = 200


def is_dated(analysis: Analysis, known: Known, owners: Iterable[str], position: int) -> bool:
    """Whether the part of the sentence between two ; has a date of an activity held at a place."""
    sentence = analysis.sentence_at(position)
    first = analysis.form.rfind(";", max(sentence.start, position - _FAR), position)
    if first < 0:
        return False
    last = analysis.form.find(";", position, min(sentence.end, position + _FAR))
    dates = [day for key in owners for day in known.doings[key].dates]
    return any(
        m.value.start.day is not None and m.value.start.day == day.start.day
        for m in analysis.dates_in(first, last if last >= 0 else min(sentence.end, position + _FAR))
        for day in dates
    )


def _moved(
    analysis: Analysis, known: Known, span: tuple[int, int], owner: str | None, here: frozenset[str]
) -> Iterator[Finding]:
    """A stated place that stands with an activity that was held elsewhere."""
    if owner is None or not here or owner in here:
        return
    own = [known.doings[key] for key in here if known.doings[key].activity.place]
    place = analysis.form[span[0] : span[1]]
    if len(own) != len(here) or any(place in folded(d.activity.place or "") for d in own):
        return
    if analysis.sentence_at(span[0]).grams & known.doings[owner].own:
        return
    if is_dated(analysis, known, {owner}, span[0]):
        return
    yield analysis.finding("SW312", *span, (f"{own[0].id}.place",), own[0].activity.place or "",
                           stated=own[0].activity.place or "")  # fmt: skip


#: A place stands at a clause's head, or after a word that says where.
_WHERE = re.compile("(?:^|[,;。、:]|在|于|到|赴|走进|来到|前往|[日午上晚时分]|、)$")


def _is_planned_there(known: Known, place: str, clause: Part) -> bool:
    """Whether a free text of the sheet that this clause tells has the place too."""
    return any(
        fact.kind in FREE_TEXT
        and place in folded(fact.text)
        and len(content_ngrams(fact.text) & clause.grams) > len(place)
        for fact in known.index
    )


def _elsewhere(analysis: Analysis, known: Known, context: Contexts) -> Iterator[Finding]:
    """A stated place at the head of a clause, or after 在, with an activity that was held in another."""
    homes: dict[str, set[str]] = {}
    for key, doing in known.doings.items():
        if doing.activity.place and len(doing.activity.place) > 2:  # noqa: PLR2004
            homes.setdefault(folded(doing.activity.place), set()).add(key)
    for place, owners in homes.items():
        for match in re.finditer(re.escape(place), analysis.form):
            start, end = match.span()
            number = analysis.sentence_index(start)
            here = context.named[number]
            clause = analysis.clause_at(start)
            lead = analysis.form[clause.start : start]
            if len(here) != 1 or here & owners or not _WHERE.search(lead):
                continue
            if analysis.overlaps_claim(start, end) or _is_planned_there(known, place, clause):
                continue
            own = known.doings[next(iter(here))]
            stated = folded(own.activity.place or "")
            told = known.told_of(own.id)
            if not stated or place in stated or stated in place or place in told:
                continue
            if analysis.sentences[number].grams & frozenset().union(*(known.doings[o].own for o in owners)):
                continue  # the other activity is spoken of too
            if is_dated(analysis, known, owners, start):
                continue
            if stated in analysis.form[analysis.sentences[number].start : analysis.sentences[number].end]:
                continue
            yield analysis.finding("SW312", start, end, (f"{own.id}.place",), own.activity.place or "",
                                   stated=own.activity.place or "")  # fmt: skip
