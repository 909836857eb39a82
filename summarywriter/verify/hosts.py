"""SW306: who did what, told of another: roles exchanged, and organisers of another activity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import Binding
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_short_for
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words


def hosts(
    analysis: Analysis, known: Known, context: Contexts, bindings: tuple[Binding, ...]
) -> Iterator[Finding]:
    """Every finding on organisations that did what others did."""
    yield from _roles(analysis, known)
    yield from _hosts(analysis, known, context, bindings)
    yield from _issuers(analysis, known)
    yield from _roleless(analysis, known)


def _roleless(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A body of the sheet that has no role, told in one that others have: 省稅務局主辦."""
    role_of: dict[str, set[str]] = {}
    for fact in known.index:
        for name in fact.organisers.names if fact.organisers and fact.organisers.role else ():
            role_of.setdefault(folded(name), set()).add(folded(fact.organisers.role or ""))  # type: ignore[union-attr]
    roles = set().union(*role_of.values()) & set(words("named_role")) if role_of else set()
    bodies = {name for name in known.bodies if len(name) >= _WHOLE_NAME}
    if not roles or not bodies:
        return
    body, role = either(bodies), either(roles)
    before = re.compile(
        f"(?:^|[,;。:由、和与及])(?P<name>{body})(?:等[^,;。、]{{0,6}})?(?:联合|共同)?(?P<role>{role})(?!的)"
    )
    after = re.compile(f"(?P<role>{role})(?:单位|方|者)?(?:是|为|由|:)(?P<name>{body})")
    for match in (*before.finditer(analysis.form), *after.finditer(analysis.form)):
        name = match["name"]
        own = {role for other, held in role_of.items() if name in other or other in name for role in held}
        if match["role"] in own or analysis.overlaps_claim(*match.span("name")):
            continue
        if own or not known.says(name + match["role"]):
            holders = [other for other, held in role_of.items() if match["role"] in held]
            yield analysis.finding("SW306", *match.span("name"), (), stated="、".join(sorted(holders)))


def _issuers(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Another body's name before a stated document: who issued it."""
    for fact in known.index:
        if (
            fact.kind is not FactKind.ISSUERS
            or fact.organisers is None
            or not fact.owner
            or fact.owner not in known.index
        ):
            continue
        own = [folded(name) for name in fact.organisers.names]
        yield from _other_issuers(analysis, known, fact, own)
        title = re.escape(folded(known.index[fact.owner].text))
        for match in re.finditer(
            rf"(?:根据|按照|依据|遵照|贯彻|落实)([^,;。《》]{{2,60}})《{title}", analysis.form
        ):
            start = match.start(1)
            if analysis.overlaps_claim(*match.span(1)):
                continue
            for item in re.finditer("[^、和及与]+", match[1]):
                name = re.sub("(?:联合)?(?:印发|下发|制定|发布)?的?$", "", item.group())
                if len(name) < _WHOLE_NAME or any(
                    other in name or is_short_for(name, other) or _is_own(name, other) for other in own
                ):
                    continue
                if find_organisations(name):
                    at = start + item.start()
                    yield analysis.finding("SW306", at, at + len(name), (fact.id,), stated=fact.text)


def _is_own(name: str, other: str) -> bool:
    """Whether a name has its level in the place of the whole: 校黨委宣傳部, of 硯江大學黨委宣傳部."""
    return re.match("[省市区县镇乡校院]", name) is not None and other.endswith(name[1:])


def _other_issuers(analysis: Analysis, known: Known, fact: Fact, own: list[str]) -> Iterator[Finding]:
    """A body of the sheet right before a document that another one issued."""
    names = {name for name in known.bodies if len(name) >= _WHOLE_NAME}
    if not names:
        return
    every = either(names)
    title = re.escape(folded(known.index[fact.owner or ""].text))
    run = re.compile(rf"({every}(?:[、和及与]{every})*)(?:联合)?(?:印发|下发|制定|发布)?的?《{title}")
    for match in run.finditer(analysis.form):
        for item in re.finditer(every, match[1]):
            name, start = item.group(), match.start(1) + item.start()
            if any(name in other or is_short_for(name, other) for other in own):
                continue
            if not analysis.overlaps_claim(start, start + len(name)):
                yield analysis.finding("SW306", start, start + len(name), (fact.id,), stated=fact.text)


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
    run = re.search(rf"{every}(?:(?:、|和|及|与|以及){every})+(?:联合|共同|等[^,;。]{{0,8}})?$", lead)
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
    every = doers.keys() | known.bodies
    longer = {name: [other for other in every if other != name and other.startswith(name)] for name in every}
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
