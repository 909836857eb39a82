"""SW303–SW307 and SW410: people, their posts, who did what, and lists of organisations."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from summarywriter.chinese.names import near_name
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.facts.model import Organisers
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import concepts, either, words

#: A person's name is at most so long; longer entries (區四套班子分管領導) are descriptions.
_NAME_LENGTH = 4
#: A deed so far from a name is no longer surely its bearer's.
_FAR = 24


class _People:
    """The sheet's persons: posts and roles by name."""

    def __init__(self, known: Known) -> None:
        self.posts: dict[str, set[str]] = {}
        self.roles: dict[str, set[str]] = {}
        self.facts: dict[str, tuple[str, ...]] = {}
        self.surface: dict[str, str] = {}
        for fact in known.index:
            if fact.kind is not FactKind.PERSON or fact.person is None:
                continue
            name = folded(fact.person.name)
            self.surface.setdefault(name, fact.person.name)
            self.facts[name] = (*self.facts.get(name, ()), fact.id)
            self.posts.setdefault(name, set())
            self.roles.setdefault(name, set())
            if fact.person.post:
                self.posts[name].add(folded(fact.person.post))
            if fact.person.role:
                self.roles[name].add(folded(fact.person.role))
        self.names = {name for name in self.posts if len(name) <= _NAME_LENGTH}


def people(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on a person and on who did what."""
    persons = _People(known)
    yield from _unknown(analysis, known, persons)
    if persons.names:
        yield from _posts(analysis, persons)
        yield from _roles(analysis, persons)
    yield from _groups(analysis, known)
    yield from _intruders(analysis, known)
    yield from _order(analysis, known)
    yield from _examples(analysis, known)


def _unknown(analysis: Analysis, known: Known, persons: _People) -> Iterator[Finding]:
    surnames = {name[0] for name in persons.names} | {name[:2] for name in persons.names}
    for mention in analysis.persons:
        start, end = mention.span
        name = mention.text
        if analysis.overlaps_claim(start, end) or known.says(name) or (len(name) <= 2 and name in surnames):  # noqa: PLR2004
            continue
        if content_ngrams(name) <= known.words:
            continue  # 局長|會議: words of the sheet that stand after a post
        if any(
            known.says(name[: len(name) - cut]) and name[: len(name) - cut] in persons.names for cut in (1, 2)
        ):
            continue
        near = sorted(other for other in persons.names if near_name(name, other))
        if len(name) == 1:
            # 陳副局長: a surname that no stated person has.
            yield analysis.finding("SW303", start, end)
        elif near and len(near[0]) > 1:
            facts, surface = persons.facts[near[0]], persons.surface[near[0]]
            yield analysis.finding("SW304", start, end, facts, surface, stated=surface)
        else:
            yield analysis.finding("SW303", start, end)
    yield from _replaced(analysis, known, persons)


def _replaced(analysis: Analysis, known: Known, persons: _People) -> Iterator[Finding]:
    """Someone else's name after a stated post."""
    posts = {post: name for name, stated in persons.posts.items() for post in stated if name in persons.names}
    if not posts:
        return
    found = {mention.span.start for mention in analysis.persons}
    tails = either({*_FOLLOWERS, *(role for roles in persons.roles.values() for role in roles)})
    for match in re.finditer(f"{either(posts)}([一-鿿]{{2,3}}?)(?={tails}|[,。;、])", analysis.form):
        start, end = match.span(1)
        holder = next(name for post, name in posts.items() if match.group().startswith(post))
        if (
            start in found
            or content_ngrams(match[1]) <= known.words
            or match[1] in persons.posts
            or analysis.overlaps_claim(start, end)
        ):
            continue
        if re.match(tails, match[1]) or match[1].startswith(("同志", "等", "分别", "率", "带")):
            continue
        facts, right = persons.facts[holder], persons.surface[holder]
        if near_name(match[1], holder):
            yield analysis.finding("SW304", start, end, facts, right, stated=right)
        else:
            yield analysis.finding("SW303", start, end, facts, stated=right)


#: What may follow a name: its bearer does something.
_FOLLOWERS = (
    "同志",
    "出席",
    "参加",
    "主持",
    "致辞",
    "讲话",
    "宣布",
    "带队",
    "主讲",
    "作",
    "到场",
    "到会",
    "任",
    "负责",
)


def _core(post: str) -> str | None:
    """The office at a post's end, with its 副: 鎮黨委副書記 → 副書記."""
    match = re.search(f"(?:常务副|副|代|原|第一)?{either(words('post'))}$", post)
    return match.group() if match else None


def _posts(analysis: Analysis, persons: _People) -> Iterator[Finding]:
    form = analysis.form
    after = re.compile(f"(?:同志)?((?:常务副|副|代|原)?{either(words('post'))})")
    for match in re.finditer(either(persons.names), form):
        name, (start, end) = match.group(), match.span()
        stated = persons.posts[name]
        if not stated:
            continue
        told, span = None, (start, end)
        before = re.search(r"[一-鿿]{1,20}$", form[max(0, start - 20) : start])
        if before and (core := _core(before.group())):
            told, span = core, (start - len(core), start)
        elif follows := after.match(form, end):
            told, span = follows[1], follows.span(1)
        if told is None or analysis.overlaps_claim(*span):
            continue
        # A post may be told by its last part, or by any of several (區委常委、宣傳部長).
        if any(told in {_core(part), part} or (part.endswith(told) and _core(part) == told)
               for post in stated for part in re.split("[、,兼]", post)):  # fmt: skip
            continue
        facts = persons.facts[name]
        post = min(stated)
        while span[0] > 0 and form[span[0] - 1] in post and span[1] <= start:
            span = (span[0] - 1, span[1])
        yield analysis.finding("SW305", *span, facts, stated=post)


def _roles(analysis: Analysis, persons: _People) -> Iterator[Finding]:
    """A stated role beside a person who did not have it, while another one did."""
    holders: dict[str, set[str]] = {}
    for name, roles in persons.roles.items():
        for role in roles:
            if "@attend" in concepts(role):
                continue  # to be there is nobody's alone
            holders.setdefault(role, set()).add(name)
    if not holders:
        return
    search = re.compile(either(holders))
    named = re.compile(either(persons.names))
    for sentence in analysis.sentences:
        form = analysis.form[sentence.start : sentence.end]
        last, previous = None, 0
        for match in search.finditer(form):
            found = list(named.finditer(form, previous, match.start()))
            if found:
                last = found[-1].group()
                # The name must stand in the role's own clause, or close before it.
                if (
                    re.search("[;。]", form[found[-1].end() : match.start()])
                    or match.start() - found[-1].end() > _FAR
                ):
                    last = None
            previous = match.end()
            if last is None or not found:
                continue
            role = match.group()
            if role not in persons.roles[last] and persons.roles[last] and last not in holders[role]:
                start = sentence.start + match.start()
                if not analysis.overlaps_claim(start, start + len(role)):
                    who = min(holders[role])
                    yield analysis.finding("SW306", start, start + len(role), persons.facts[who],
                                           stated=persons.surface[who])  # fmt: skip


# --- organisations by role --------------------------------------------------------------------------


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
    groups = [f for f in known.index if f.kind is FactKind.ORGANISERS and f.organisers and f.organisers.role
              and f.owner is None]  # fmt: skip
    roles = {folded(f.organisers.role or "") for f in groups if f.organisers} & set(words("exclusive_role"))
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
                    f for f in groups if f.organisers and folded(f.organisers.role or "") == match.group()
                )
                yield analysis.finding("SW306", clause.start + match.start(), clause.start + match.end(),
                                       (holder.id,), stated=holder.text)  # fmt: skip


def _intruders(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW301, SW302: a name between two stated ones of a list, and in no fact itself."""
    for fact in known.index:
        if fact.organisers is None or len(fact.organisers.names) < 2:  # noqa: PLR2004
            continue
        for clause in analysis.clauses:
            spots = _spots(analysis, clause, fact.organisers)
            for (_, left, _), (right, _, _) in itertools.pairwise(spots):
                match = re.fullmatch(
                    "、([^,;。、]{2,14})(?:、[^,;。、]{2,14})*、",
                    analysis.form[left:right] if left < right else "",
                )
                if match is None or analysis.overlaps_claim(left, right):
                    continue
                for item in re.finditer("[^、]+", match.group()):
                    if known.says(item.group()):
                        continue
                    start, end = left + item.start(), left + item.end()
                    near = next((n for n in fact.organisers.names if near_name(n, item.group())), "")
                    if near:
                        yield analysis.finding("SW302", start, end, (fact.id,), near, stated=near)
                    else:
                        yield analysis.finding("SW301", start, end)


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
