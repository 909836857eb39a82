"""SW301, SW302, SW306, SW307 and SW410: lists of organisations, their roles and their order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from summarywriter.chinese.names import find_organisations, near_name
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactKind
from summarywriter.facts.model import Organisers
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import Binding
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words


def groups(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...]
) -> Iterator[Finding]:
    """Every finding on organisations that stand together."""
    yield from _groups(analysis, known)
    yield from _intruders(analysis, known)
    yield from _hosts(analysis, known, context, bindings)
    yield from _order(analysis, known)
    yield from _examples(analysis, known)
    yield from _only(analysis, known)


def _spots(analysis: Analysis, part: Part, group: Organisers) -> list[tuple[int, int, str]]:
    """Where the names of a group stand in a part of the text, elided forms included."""
    form, spots = analysis.form[part.start : part.end], []
    for name in map(folded, group.names):
        at = form.find(name)
        if at >= 0:
            spots.append((part.start + at, part.start + at + len(name), name))
    return sorted(spots)


def _groups(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Who led told as who helped, and the other way round."""
    shared = [f for f in known.index if f.kind is FactKind.ORGANISERS and f.organisers and f.organisers.role
              and f.owner is None]  # fmt: skip
    roles = {folded(f.organisers.role or "") for f in shared if f.organisers} & set(words("exclusive_role"))
    if len(roles) < 2:  # noqa: PLR2004  nothing to exchange
        return
    role_of: dict[str, set[str]] = {}
    for fact in known.index:  # a supporter of the whole may still host an activity of its own
        for name in fact.organisers.names if fact.organisers and fact.organisers.role else ():
            role_of.setdefault(folded(name), set()).add(
                folded((fact.organisers and fact.organisers.role) or "")
            )
    search = re.compile(either(roles) + "(?!单位|方)")
    for clause in analysis.clauses:
        form = analysis.form[clause.start : clause.end]
        named = [(form.find(name), name) for name in role_of if name in form]
        for match in search.finditer(form):
            before = [name for at, name in named if at < match.start()]
            if not before or analysis.overlaps_claim(
                clause.start + match.start(), clause.start + match.end()
            ):
                continue
            if not any(match.group() in role_of[name] for name in before):
                holder = next(
                    f for f in shared if f.organisers and folded(f.organisers.role or "") == match.group()
                )
                yield analysis.finding("SW306", clause.start + match.start(), clause.start + match.end(),
                                       (holder.id,), stated=holder.text)  # fmt: skip


def _intruders(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW301, SW302: a name in a list of stated ones, and in no fact itself."""
    for fact in known.index:
        if fact.organisers is None or len(fact.organisers.names) < 2:  # noqa: PLR2004
            continue
        for clause in analysis.clauses:
            spots = _spots(analysis, clause, fact.organisers)
            if len(spots) < 2:  # noqa: PLR2004
                continue
            for start, end in _items(analysis, clause, spots):
                item = analysis.form[start:end]
                if known.says(item) or analysis.overlaps_claim(start, end):
                    continue
                near = next((n for n in fact.organisers.names if near_name(n, item)), "")
                if near:
                    yield analysis.finding("SW302", start, end, (fact.id,), near, stated=near)
                else:
                    yield analysis.finding("SW301", start, end)


#: After a list of names; what ends at one of these is a name too.
_LIST_ENDS = (
    "(?:等(?!级)|共同|联合|分别|参与了?|参加了?|负责|牵头|承办|协办|主办"
    "|[0-9一二两三四五六七八九十]+[个家](?:单位|部门))"
)


def _items(analysis: Analysis, clause: Part, spots: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """What stands between stated names of a list, and right after the last of two or more."""
    for (_, left, _), (right, _, _) in itertools.pairwise(spots):
        between = analysis.form[left:right] if left < right else ""
        match = re.fullmatch("、([^,;。、]{2,14})(?:、[^,;。、]{2,14})*、", between)
        if match is not None:
            yield from ((left + i.start(), left + i.end()) for i in re.finditer("[^、]+", between))
    (_, before, _), (_, last, _) = spots[-2:]
    if analysis.form[before : spots[-1][0]] not in ("、", "和", "及", "与"):
        return
    tail = re.match(
        rf"(?:、|和|及|与|以及)([一-鿿]{{2,12}}?)(?={_LIST_ENDS})", analysis.form[last : clause.end]
    )
    ends = {name[-1] for _, _, name in spots}
    if tail is not None and (tail[1][-1] in ends or find_organisations(tail[1] + "，")):
        yield last + tail.start(1), last + tail.end(1)


#: Shorter names (蘆山) stand inside others, and before others of a list.
_WHOLE_NAME = 3
#: Who does a thing stands at a clause's head, or after 由.
_DOER = re.compile("(?:^|[,;。]|由)$")


def _hosts(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...]
) -> Iterator[Finding]:
    """SW306: the organiser of one activity, told as the doer of another that has its own."""
    doers: dict[str, set[str]] = {}
    for key, doing in known.doings.items():
        for group in doing.activity.organisers:
            for name in map(folded, group.names):
                doers.setdefault(name, set()).add(key)
    by_sentence = _by_figures(analysis, bindings)
    leading = {None, *map(folded, words("exclusive_role"))} - {folded("協辦")}
    shared = {
        folded(name) for fact in known.index if fact.organisers and fact.owner is None
        for name in fact.organisers.names
        if (fact.organisers.role and folded(fact.organisers.role)) in leading
    }  # fmt: skip
    for number, sentence in enumerate(analysis.sentences):
        here = context.named[number]
        if len(here) != 1:  # then the figures may tell
            here = frozenset(by_sentence.get(number, ()))
        if len(here) != 1 or analysis.lines[sentence.line].kind == "heading":
            continue
        (key,) = here
        own = [folded(n) for g in known.doings[key].activity.organisers for n in g.names]
        form = analysis.form[sentence.start : sentence.end]
        if not own:
            continue
        if any(name in form for name in own):
            yield from _strangers(analysis, known, sentence, key, own)
            continue
        told = "\n".join([f.text for f in known.index if key in (f.owner, f.id)])
        for name, keys in doers.items():
            at = form.find(name)
            if (
                at < 0 or len(name) < _WHOLE_NAME or key in keys or name in shared or name in folded(told)
                or not _DOER.search(form[:at])
                or sentence.grams & frozenset().union(*(known.doings[k].own for k in keys))
                or any(name in other for other in own)
            ):  # fmt: skip
                continue
            start = sentence.start + at
            if not analysis.overlaps_claim(start, start + len(name)):
                right = known.doings[key].activity.organisers[0]
                yield analysis.finding(
                    "SW306", start, start + len(name), (key,), stated="、".join(right.names)
                )


def _strangers(
    analysis: Analysis, known: Known, sentence: Part, key: str, own: list[str]
) -> Iterator[Finding]:
    """An organisation of the sheet that stands among an activity's organisers and is none of them."""
    mine = "\n".join(folded(f.text) for f in known.index if key in (f.owner, f.id))
    every = either({folded(n) for f in known.index if f.organisers
                    for n in f.organisers.names if len(n) >= _WHOLE_NAME})  # fmt: skip
    run = re.compile(f"{every}(?:(?:、|和|及|与|,?联合|,?会同){every})+")
    for match in run.finditer(analysis.form, sentence.start, sentence.end):
        lead = analysis.form[sentence.start : match.start()]
        told = set(re.findall(every, match.group()))
        if not _DOER.search(lead) or not any(name in match.group() for name in own):
            continue
        if any(told <= set(map(folded, f.organisers.names)) for f in known.index if f.organisers):
            continue  # those of the whole event, named together
        for item in re.finditer(every, match.group()):
            name, start = item.group(), match.start() + item.start()
            if name in mine or any(name in other or other in name for other in own):
                continue
            if not analysis.overlaps_claim(start, start + len(name)):
                yield analysis.finding("SW306", start, start + len(name), (key,), stated="、".join(own))


def _by_figures(analysis: Analysis, bindings: tuple[Binding, ...]) -> dict[int, set[str]]:
    """The activities that each sentence gives figures of."""
    found: dict[int, set[str]] = {}
    for binding in bindings:
        if binding.counted is not None and not binding.verdict and binding.counted.activity:
            number = analysis.sentence_index(binding.mention.span.start)
            found.setdefault(number, set()).add(binding.counted.activity)
    return found


def _order(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW307: names of one list, told in another order than the sheet's, which may be one of rank."""
    lists = [f for f in known.index if f.organisers is not None and len(f.organisers.names) > 1]
    orders = [list(map(folded, f.organisers.names)) for f in lists if f.organisers is not None]
    for fact in lists:
        for clause in analysis.clauses:
            spots = _spots(analysis, clause, fact.organisers) if fact.organisers else []
            run = _run(analysis.form, spots) if len(spots) > 1 else None
            if run is None or analysis.overlaps_claim(run[0][0], run[-1][1]):
                continue
            if known.says(analysis.form[run[0][0] : run[-1][1]]):
                continue  # another fact has them in this order
            told = [name for _, _, name in run]
            if not any(_keeps(told, other) for other in orders):
                yield analysis.finding(
                    "SW307", run[0][0], run[-1][1], (fact.id,), fact.text, stated=fact.text
                )


def _keeps(told: list[str], order: list[str]) -> bool:
    places = [order.index(name) for name in told if name in order]
    return len(places) == len(told) and places == sorted(places)


_AFTER_NAMES = re.compile(r"(?:等|以及|及其|和其他|、)|(?:和|及|与)(?![^,;。]{0,12}(?:参加|开展|组织|举办))")


def _examples(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW410: names that the sheet gives as examples, told with no 等."""
    whole = [set(map(folded, f.organisers.names)) for f in known.index
             if f.organisers is not None and f.organisers.complete and not f.organisers.total]  # fmt: skip
    for fact in known.index:
        group = fact.organisers
        if group is None or fact.kind is not FactKind.ORGANISERS or (group.complete and not group.total):
            continue
        if len(group.names) < 2:  # noqa: PLR2004  one name alone is no list
            continue
        for clause in analysis.clauses:
            spots = _spots(analysis, clause, group)
            if len(spots) < 2 or analysis.claimed(spots[0][0], spots[-1][1]):  # noqa: PLR2004
                continue
            run = _run(analysis.form, spots)
            if run is None or any({name for _, _, name in run} <= names for names in whole):
                continue
            start, end = run[0][0], run[-1][1]
            if _is_part_of_more(analysis.form, run):
                continue
            tail = analysis.form[end : end + 12]
            if _AFTER_NAMES.match(tail) or "等" in tail[:4]:
                continue
            counted = re.match(
                r"(?:共|这)?[0-9一二两三四五六七八九十]+[个家](?:单位|部门|企业|科室|机构)?", tail
            )
            end += counted.end() if counted else 0
            yield analysis.finding("SW410", start, end, (fact.id,), fact.text, stated=fact.text)


_ONLY = re.compile("(?:仅有|只有|仅由|只由|仅)$")


def _only(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """僅有區教育局、區科協協辦, where more are stated."""
    for fact in known.index:
        group = fact.organisers
        if group is None or fact.kind is not FactKind.ORGANISERS:
            continue
        for clause in analysis.clauses:
            spots = _spots(analysis, clause, group)
            lead = analysis.form[clause.start : spots[0][0]] if spots else ""
            more = len(spots) < len(group.names) or group.total
            if more and _ONLY.search(lead) and not analysis.claimed(spots[0][0], spots[-1][1]):
                yield analysis.finding(
                    "SW410", spots[0][0], spots[-1][1], (fact.id,), fact.text, stated=fact.text
                )


def _is_part_of_more(form: str, run: list[tuple[int, int, str]]) -> bool:
    """Whether a run stands in a longer list, or its last word goes on (寶興|縣)."""
    start, end = run[0][0], run[-1][1]
    if form[start - 1 : start] in ("、", "和", "及", "与") or form[end : end + 1] in tuple(
        "县区市镇乡村州局委"
    ):
        return True
    # Two bare words (科技、衛生) are as often adjectives as offices.
    return all(len(name) <= 2 for _, _, name in run) and len(run) < 3  # noqa: PLR2004


def _run(form: str, spots: list[tuple[int, int, str]]) -> list[tuple[int, int, str]] | None:
    """The longest run of names joined by 、 or 和."""
    runs: list[list[tuple[int, int, str]]] = [[spots[0]]]
    for spot in spots[1:]:
        between = form[runs[-1][-1][1] : spot[0]]
        if between in ("、", "和", "及", "与", ",", "以及"):
            runs[-1].append(spot)
        elif spot[0] >= runs[-1][-1][1]:
            runs.append([spot])
    best = max(runs, key=len)
    return best if len(best) > 1 else None
