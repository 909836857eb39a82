"""SW306: who did what, told of another: roles exchanged, and organisers of another activity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import Binding
from summarywriter.verify.context import Contexts
from summarywriter.verify.issuers import issuers
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.roles import roleless, unknown
from summarywriter.verify.votes import SURE, Votes, together
from summarywriter.verify.words import either, words


def hosts(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...], votes: Votes
) -> Iterator[Finding]:
    """Every finding on organisations that did what others did."""
    yield from unknown(analysis, known)
    yield from _roles(analysis, known)
    yield from _hosts(analysis, known, context, bindings, votes)
    yield from issuers(analysis, known)
    yield from _of_the_whole(analysis, known)
    yield from roleless(analysis, known)


#: Whoever had one of these roles did not hold the whole.
_HELPED = ("协办", "支持", "赞助", "配合", "参与", "参加")


def _of_the_whole(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Who held the whole event, by its theme or its period: 市工商聯於4月1日至30日開展…."""
    event = known.index.event
    unit = folded(event.unit or event.title)
    groups = [fact.organisers for fact in known.index if fact.owner is None and fact.organisers]
    own = {
        folded(name) for group in groups if folded(group.role or "") not in _HELPED for name in group.names
    }
    bodies = {name for name in known.bodies if len(name) >= _WHOLE_NAME} - own
    bodies = {name for name in bodies if name not in unit and unit not in name}
    theme = folded(event.theme or "")
    period = event.period
    if not bodies or not (theme or period):
        return
    head = re.compile(
        f"(?:^|[,;。])(?P<name>{either(bodies)})(?=[于自从以围紧在]|联合|组织|开展|举办)", re.MULTILINE
    )
    for match in head.finditer(analysis.form):
        clause = analysis.clause_at(match.start("name"))
        form = analysis.form[clause.start : clause.end]
        whole = (theme and theme in form.replace("“", "").replace("”", "")) or any(
            period is not None and period.end is not None and m.value.end is not None
            and (m.value.start.day, m.value.end.day) == (period.start.day, period.end.day)
            for m in analysis.dates_in(clause.start, clause.end)
        )  # fmt: skip
        if not whole or not re.search("开展|举办|组织|举行|启动", form):
            continue
        if analysis.overlaps_claim(*match.span("name")) or any(
            match["name"] in known.told_of(key) and doing.own & clause.grams
            for key, doing in known.doings.items()
        ):
            continue
        yield analysis.finding("SW306", *match.span("name"), (), stated=event.unit or "")


def _roles(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Who led told as who helped, and the other way round."""
    shared = [f for f in known.index if f.kind is FactKind.ORGANISERS and f.organisers and f.organisers.role
              and f.owner is None]  # fmt: skip
    roles = {folded(f.organisers.role or "") for f in shared if f.organisers} & set(words("exclusive_role"))
    if not roles or len(shared) < 2:  # noqa: PLR2004  nothing to exchange
        return
    role_of: dict[str, set[str]] = {}
    for fact in known.index:  # a supporter of the whole may still host an activity of its own
        for name in fact.organisers.names if fact.organisers and fact.organisers.role else ():
            role_of.setdefault(folded(name), set()).add(
                folded((fact.organisers and fact.organisers.role) or "")
            )
    search = re.compile(either(roles) + "(?!单位|方|部门|者|人|机构)")
    for clause in analysis.clauses:
        form = analysis.form[clause.start : clause.end]
        named = [(form.find(name), name) for name in role_of if name in form]
        people = [form.find(name) for name in known.people if name in form]
        for match in search.finditer(form):
            yield from _mixed(
                analysis, known.bodies, clause.start, form[: match.start()], role_of, match.group()
            )
            if form[: match.start()].endswith(("到", "在", "赴", "对", "往")):
                continue  # 到承辦的社區指導
            before = [name for at, name in named if at < match.start()]
            if any(at < person < match.start() for person in people for at, _ in named):
                continue  # 客運部經理莫佳音負責: she did, and no department
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


def _mixed(  # noqa: PLR0917  where it looks, and for whom
    analysis: Analysis, bodies: frozenset[str], base: int, lead: str, role_of: dict[str, set[str]], role: str
) -> Iterator[Finding]:
    """One of several right before a role who had another: 區委宣傳部、區科協主辦, where 區科協 helped."""
    every = either({*role_of, *bodies})
    joined = "(?:、|和|及|与|以及|会同|携手)"
    run = re.search(rf"{every}(?:{joined}{every})+(?:联合|共同|等[^,;。]{{0,8}})?$", lead)
    if run is None:
        return
    told = [(item.start(), item.group()) for item in re.finditer(every, run.group())]
    if not any(role in role_of.get(name, ()) for _, name in told):
        return
    for at, name in told:
        start = base + run.start() + at
        if (
            role in role_of.get(name, ())
            or len(name) < _WHOLE_NAME
            or analysis.overlaps_claim(start, start + len(name))
        ):
            continue
        if any(name in other or other in name for _, other in told if other != name):
            continue
        yield analysis.finding(
            "SW306", start, start + len(name), (), stated="、".join(sorted(role_of.get(name, ())))
        )


#: Shorter names (蘆山) stand inside others, and before others of a list.
_WHOLE_NAME = 3
#: Who does a thing stands at a clause's head, or after 由.
_DOER = re.compile("(?:^|[,;。]|由)$")


def _hosts(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...], votes: Votes
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
    every = doers.keys() | known.bodies
    longer = {name: [other for other in every if other != name and other.startswith(name)] for name in every}
    for number, sentence in enumerate(analysis.sentences):
        here = _spoken_of(analysis, context, by_sentence, votes, number)
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
        told = known.told_of(key)
        for name in every:
            keys = doers.get(name, set())
            at = form.find(name)
            if (
                at < 0 or len(name) < _WHOLE_NAME or key in keys or name in shared or name in told
                or any(form.startswith(other, at) for other in longer.get(name, ()))
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


def _spoken_of(
    analysis: Analysis, context: Contexts, by_sentence: dict[int, set[str]], votes: Votes, number: int
) -> frozenset[str]:
    """The activity that a sentence names, or gives the figures of, or tells the facts of."""
    ways = (context.named[number], frozenset(by_sentence.get(number, ())), _voted(analysis, votes, number))
    return next((way for way in ways if len(way) == 1), frozenset())


#: What has been named, named again: 活動由…組織.
_SAID_AGAIN = re.compile("[一-鿿]{0,4}由")


def _voted(analysis: Analysis, votes: Votes, number: int) -> frozenset[str]:
    """The activity whose facts a sentence tells, or, where 活動由… goes on, the sentence before."""
    by = together(votes, _segments_of(analysis, analysis.sentences[number]))
    if not by and number and _SAID_AGAIN.match(analysis.form, analysis.sentences[number].start):
        before = analysis.sentences[number - 1]
        if before.line == analysis.sentences[number].line:
            by = together(votes, _segments_of(analysis, before))
    return frozenset(key for key, facts in by.items() if len(by) == 1 and len(facts) >= SURE)


def _segments_of(analysis: Analysis, sentence: Part) -> range:
    return range(analysis.segment_index(sentence.start), analysis.segment_index(sentence.end - 1) + 1)


def _strangers(
    analysis: Analysis, known: Known, sentence: Part, key: str, own: list[str]
) -> Iterator[Finding]:
    """An organisation of the sheet that stands among an activity's organisers and is none of them."""
    mine = known.told_of(key)
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
