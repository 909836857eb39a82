"""SW301, SW302, SW307 and SW410: lists of organisations, their order, and what does not belong in them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from summarywriter.chinese.names import find_organisations, near_name
from summarywriter.chinese.numerals import parse_number
from summarywriter.chinese.quantities import parse_quantity
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactKind
from summarywriter.facts.model import Organisers
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_abbreviated
from summarywriter.verify.report import Finding
from summarywriter.verify.words import any_of, either, mapping, words

#: Where a name stands: first character, one past the last, the name.
Spot = tuple[int, int, str]


def lists(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on names that stand in a row."""
    spots = _Spots(analysis, known)
    yield from _intruders(analysis, known, spots)
    yield from _strangers(analysis, known)
    yield from _order(analysis, known, spots)
    yield from _examples(analysis, known, spots)
    yield from _only(analysis, known, spots)
    yield from _miscounted(analysis, known, spots)


def _ways(name: str) -> set[str]:
    """A name, and the short ways to write it: 縣婦女聯合會 and 縣婦聯, 縣非遺保護中心."""
    found = {name}
    for short, long in mapping("short_word").items():
        found |= {way.replace(folded(long), folded(short)) for way in found}
    return found


class _Spots:
    """Where every organiser's name stands in the text, found once."""

    def __init__(self, analysis: Analysis, known: Known) -> None:
        self._analysis = analysis
        names = {folded(n) for f in known.index if f.organisers for n in f.organisers.names}
        self._found = {
            name: [match.span() for match in re.finditer(either(_ways(name)), analysis.form)]
            for name in names
        }

    def of(self, group: Organisers) -> Iterator[tuple[Part, list[Spot]]]:
        """The clauses that hold names of a group, each with the first place of each name, in order."""
        found: dict[int, dict[str, Spot]] = {}
        for name in map(folded, group.names):
            for start, end in self._found[name]:
                clause = self._analysis.clause_at(start)
                found.setdefault(clause.start, {}).setdefault(name, (start, end, name))
        for start, spots in found.items():
            yield self._analysis.clause_at(start), sorted(spots.values())


def _intruders(analysis: Analysis, known: Known, spots_of: _Spots) -> Iterator[Finding]:
    """SW301, SW302: a name in a list of stated ones, and in no fact itself."""
    for fact in known.index:
        if fact.organisers is None or len(fact.organisers.names) < 2:  # noqa: PLR2004
            continue
        for clause, spots in spots_of.of(fact.organisers):
            if len(spots) < 2:  # noqa: PLR2004
                continue
            for start, end in _items(analysis, clause, spots):
                item = analysis.form[start:end]
                if known.says(item) or analysis.overlaps_claim(start, end):
                    continue
                if is_abbreviated(item, set(map(folded, fact.organisers.names))):
                    continue  # 區作協
                near = next((n for n in fact.organisers.names if near_name(n, item)), "")
                if near:
                    yield analysis.finding("SW302", start, end, (fact.id,), near, stated=near)
                else:
                    yield analysis.finding("SW301", start, end)


def _strangers(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW306: a body of the sheet in a list of others, with whom the sheet never puts it."""
    groups = [f for f in known.index if f.organisers is not None and len(f.organisers.names) > 1]
    names = {name for name in known.bodies if len(name) > 2}  # noqa: PLR2004
    if not groups or not names:
        return
    every = either(names)
    run = re.compile(rf"{every}(?:(?:、|和|及|与|以及){every})+(?=(?P<tail>[^,;。]{{0,10}}))")
    for match in run.finditer(analysis.form):
        told = [(match.start() + m.start(), m.group()) for m in re.finditer(every, match.group())]
        said = {name for _, name in told}
        yield from _beside_total(analysis, known, told, match.end())
        if any(said <= set(map(folded, f.organisers.names)) for f in groups if f.organisers):
            continue
        for fact in groups:
            group = set(map(folded, fact.organisers.names)) if fact.organisers else set()
            if len(said & group) < 2 or len(said - group) != 1:  # noqa: PLR2004
                continue
            role = folded(fact.organisers.role or "") if fact.organisers else ""
            if not (role and role in match["tail"]) and not re.match("等", match["tail"]):
                continue
            (odd,) = said - group
            start = next(at for at, name in told if name == odd)
            if analysis.overlaps_claim(start, start + len(odd)) or any(odd in n or n in odd for n in group):
                continue
            if any(odd in map(folded, f.organisers.names) and f.organisers.role == fact.organisers.role
                   for f in groups if f.organisers and fact.organisers):  # fmt: skip
                continue
            yield analysis.finding("SW306", start, start + len(odd), (fact.id,), stated=fact.text)


def _beside_total(
    analysis: Analysis, known: Known, told: list[tuple[int, str]], end: int
) -> Iterator[Finding]:
    """Who stands among 等31個單位 belongs to those that are 31."""
    counted = next((m for m in analysis.quantities if end < m.span.start <= end + 1), None)
    if counted is None or analysis.form[end] != "等":
        return
    for fact in known.index:
        group = fact.organisers
        total = parse_quantity(group.total) if group and group.total else None
        if group is None or total is None or total.value != counted.quantity.value:
            continue
        names = set(map(folded, group.names))
        if not {name for _, name in told} & names:
            return
        for start, name in told:
            if any(name in n or n in name for n in names) or analysis.overlaps_claim(
                start, start + len(name)
            ):
                continue
            yield analysis.finding("SW306", start, start + len(name), (fact.id,), stated=fact.text)
        return


def _items(analysis: Analysis, clause: Part, spots: list[Spot]) -> Iterator[tuple[int, int]]:
    """What stands between stated names of a list, and right after the last of two or more."""
    for (_, left, _), (right, _, _) in itertools.pairwise(spots):
        between = analysis.form[left:right] if left < right else ""
        match = re.fullmatch("[、和与及]([^,;。、]{2,14})(?:、[^,;。、]{2,14})*([、和与及]|以及)", between)
        if match is not None:
            inside = between[: match.start(2)]
            yield from (
                (left + i.start() + 1, left + i.end()) for i in re.finditer("[、和与及][^、]+", inside)
            )
    (_, before, _), (_, last, _) = spots[-2:]
    if analysis.form[before : spots[-1][0]] not in ("、", "和", "及", "与"):
        return
    end_of_list = any_of("list_end_pattern").pattern
    tail = re.match(
        rf"(?:、|和|及|与|以及)([一-鿿]{{2,12}}?)(?={end_of_list})", analysis.form[last : clause.end]
    )
    tail = tail and re.match(f"(?:、|和|及|与|以及)([一-鿿]+?)(?={_HOW_MANY}?$)", tail.group())
    ends = {name[-1] for _, _, name in spots}
    if tail is not None and (tail[1][-1] in ends or find_organisations(tail[1] + "，")):
        yield last + tail.start(1), last + tail.end(1)


#: 縣工商聯、縣融媒體中心|三家 協辦.
_HOW_MANY = "(?:[两三四五六七八九十0-9]+[家个所](?:单位|部门)?)"


def _order(analysis: Analysis, known: Known, spots_of: _Spots) -> Iterator[Finding]:
    """SW307: names of one list, told in another order than the sheet's, which may be one of rank."""
    lists = [f for f in known.index if f.organisers is not None and len(f.organisers.names) > 1]
    orders = [list(map(folded, f.organisers.names)) for f in lists if f.organisers is not None]
    for fact in lists:
        if fact.owner is not None or not _is_ranked(fact.organisers):
            continue
        for _, spots in spots_of.of(fact.organisers) if fact.organisers else ():
            run = _run(analysis.form, spots) if len(spots) > 1 else None
            if run is None or analysis.overlaps_claim(run[0][0], run[-1][1]):
                continue
            if analysis.form.startswith(words("respectively"), run[-1][1]):
                continue  # in the order of what is told of them
            if known.says(analysis.form[run[0][0] : run[-1][1]]):
                continue  # another fact has them in this order
            told = [name for _, _, name in run]
            if not any(_keeps(told, other) for other in orders):
                yield analysis.finding(
                    "SW307", run[0][0], run[-1][1], (fact.id,), fact.text, stated=fact.text
                )


def _is_ranked(group: Organisers | None) -> bool:
    """Whether the order of a group says who comes first: of hosts, and not of those who joined."""
    if group is None or not group.complete or group.total:
        return False
    return not group.role or folded(group.role) in words("ranked_role")


def _keeps(told: list[str], order: list[str]) -> bool:
    places = [order.index(name) for name in told if name in order]
    return len(places) == len(told) and places == sorted(places)


def _examples(analysis: Analysis, known: Known, spots_of: _Spots) -> Iterator[Finding]:
    """SW410: names that the sheet gives as examples, told with no 等."""
    whole = [set(map(folded, f.organisers.names)) for f in known.index
             if f.organisers is not None and f.organisers.complete and not f.organisers.total]  # fmt: skip
    for fact in known.index:
        group = fact.organisers
        if group is None or fact.kind is not FactKind.ORGANISERS or (group.complete and not group.total):
            continue
        if len(group.names) < 2:  # noqa: PLR2004  one name alone is no list
            continue
        for _, spots in spots_of.of(group):
            if len(spots) < 2 or analysis.claimed(spots[0][0], spots[-1][1]):  # noqa: PLR2004
                continue
            run = _run(analysis.form, spots)
            if run is None or any({name for _, _, name in run} <= names for names in whole):
                continue
            start, end = run[0][0], run[-1][1]
            if _is_part_of_more(analysis.form, run) or _gives_total(analysis, group, start):
                continue
            tail = analysis.form[end : end + 12]
            if any_of("list_goes_on_pattern").match(tail) or "等" in tail[:4]:
                continue
            if re.search("分别|依次", analysis.form[end : analysis.clause_at(end - 1).end]):
                continue  # 兩家分別送評15個、9個: each is told for itself
            counted = any_of("list_count_pattern").match(tail)
            end += counted.end() if counted else 0
            start = _count_before(analysis, start, len(run))
            yield analysis.finding("SW410", start, end, (fact.id,), fact.text, stated=fact.text)


def _count_before(analysis: Analysis, start: int, count: int) -> int:
    """Where a count of just these names begins, which leads up to them: 協辦單位共3家，即…."""
    first = analysis.sentence_at(start).start
    lead = re.search(
        "(?:共有?|有|为)?(?P<number>[0-9]+|[两三四五六七八九十]+)[个家所](?:单位|部门|机构)?,?(?:即|为|是|分别[是为]|包括|:)*$",
        analysis.form[max(first, start - _LEAD) : start],
    )
    if lead is None or parse_number(lead["number"]) != count:
        return start
    return start - len(lead.group())


#: A count stands no farther before the names that it counts.
_LEAD = 24


def _only(analysis: Analysis, known: Known, spots_of: _Spots) -> Iterator[Finding]:
    """僅有區教育局、區科協協辦, where more are stated."""
    closing = re.compile(either(words("no_others")))
    has_closing = closing.search(analysis.form) is not None
    for fact in known.index:
        group = fact.organisers
        if group is None or fact.kind is not FactKind.ORGANISERS:
            continue
        for clause, spots in spots_of.of(group):
            lead = analysis.form[clause.start : spots[0][0]]
            more = len(spots) < len(group.names) or group.total or not group.complete
            closed = has_closing and closing.search(
                analysis.form, spots[-1][1], analysis.sentence_at(clause.start).end
            )
            if (
                more
                and (lead.endswith(words("only")) or closed)
                and not analysis.claimed(spots[0][0], spots[-1][1])
            ):
                yield analysis.finding(
                    "SW410", spots[0][0], spots[-1][1], (fact.id,), fact.text, stated=fact.text
                )


_COUNTED = re.compile(
    "等?(?:共|这|总共)?(?P<number>[0-9]+|[两三四五六七八九十]+)[个家所](?:单位|部门|企业|科室|机构|学校)?"
)


def _miscounted(analysis: Analysis, known: Known, spots_of: _Spots) -> Iterator[Finding]:
    """一分公司、二分公司等4家單位, where the sheet names five and says that they are all."""
    for fact in known.index:
        group = fact.organisers
        if group is None or not group.complete or group.total or len(group.names) < 2:  # noqa: PLR2004
            continue
        for _, spots in spots_of.of(group):
            run = _run(analysis.form, spots) if len(spots) > 1 else None
            counted = _COUNTED.match(analysis.form, run[-1][1]) if run else None
            if run is None or counted is None or _is_part_of_more(analysis.form, run):
                continue
            number = parse_number(counted["number"])
            sentence = analysis.sentence_at(run[0][0])
            said = analysis.form[sentence.start : sentence.end]
            told = sum(folded(name) in said for name in group.names)
            if number == len(run) < told:
                continue  # 公共衛生科牽頭，…三個部門配合: the others are told apart
            if (
                number is not None
                and number != len(group.names)
                and not analysis.overlaps_claim(*counted.span())
            ):
                yield analysis.finding("SW101", *counted.span(), (fact.id,), stated=fact.text)


def _gives_total(analysis: Analysis, group: Organisers, start: int) -> bool:
    """Whether the sentence has said how many there are, and that these are some: 共有7個，包括…."""
    total = parse_quantity(group.total) if group.total else None
    sentence = analysis.sentence_at(start)
    lead = analysis.form[sentence.start : start]
    if (
        total is None
        or not re.search("包括|包含|有|如|列出|其中|像", lead)
        or re.search("分别(?:是|为)$|即$", lead)
    ):
        return False
    return any(
        m.quantity.value == total.value for m in analysis.quantities if sentence.start <= m.span.start < start
    )


def _is_part_of_more(form: str, run: list[Spot]) -> bool:
    """Whether a run stands in a longer list, or its last word goes on (寶興|縣)."""
    start, end = run[0][0], run[-1][1]
    if form[start - 1 : start] in ("、", "和", "及", "与") or form[end : end + 1] in tuple(
        "县区市镇乡村州局委"
    ):
        return True
    # Two bare words (科技、衛生) are as often adjectives as offices.
    return all(len(name) <= 2 for _, _, name in run) and len(run) < 3  # noqa: PLR2004


def _run(form: str, spots: list[Spot]) -> list[Spot] | None:
    """The longest run of names joined by 、 or 和."""
    runs: list[list[Spot]] = [[spots[0]]]
    for spot in spots[1:]:
        between = form[runs[-1][-1][1] : spot[0]]
        if between in ("、", "和", "及", "与", ",", "以及"):
            runs[-1].append(spot)
        elif spot[0] >= runs[-1][-1][1]:
            runs.append([spot])
    best = max(runs, key=len)
    return best if len(best) > 1 else None
