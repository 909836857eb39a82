"""SW303–SW306: people, their posts, and who did what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.names import near_name
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_short_for
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
        yield from _short_posts(analysis, persons)
        yield from _other_bodies(analysis, known, persons)
        yield from _roles(analysis, persons)


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
    yield from _miswritten(analysis, known, persons)


def _replaced(analysis: Analysis, known: Known, persons: _People) -> Iterator[Finding]:
    """Someone else's name after a stated post."""
    posts = {post: name for name, stated in persons.posts.items() for post in stated if name in persons.names}
    if not posts:
        return
    for post, name in posts.items():
        if len(name) != 2:  # noqa: PLR2004  longer ones are found anywhere
            continue
        for match in re.finditer(f"{re.escape(post)}({re.escape(name[0])}[一-鿿])", analysis.form):
            if match[1] != name and not known.says(match[1]) and not analysis.overlaps_claim(*match.span(1)):
                surface = persons.surface[name]
                yield analysis.finding("SW304", *match.span(1), persons.facts[name], surface, stated=surface)
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


_SHORTEST, _LONGEST = 3, 4
#: A name begins here: at a clause's head, after a mark or after a word that brings a person in.
_NAME_OPENS = re.compile("(?:^|[,;。、:“”《》()\n]|由|请|经|邀请|同志|[和与及]|[长任记员授师民者生家人])$")


def _miswritten(analysis: Analysis, known: Known, persons: _People) -> Iterator[Finding]:
    """A stated name of three or four characters with one exchanged, where a name may begin."""
    found = {mention.span.start for mention in analysis.persons}
    for name in sorted(persons.names):
        if not _SHORTEST <= len(name) <= _LONGEST or not re.fullmatch("[一-鿿]+", name):
            continue
        kept = (name[:i] + "[一-鿿]" + name[i + 1 :] for i in range(len(name)))
        for match in re.finditer("|".join(kept), analysis.form):
            start, end = match.span()
            lead = analysis.form[max(0, start - 2) : start]
            if (
                start in found
                or known.says(match.group())
                or not _NAME_OPENS.search(lead)
                or (match.group()[0] != name[0] and not _after_post(analysis.form, start))
                or analysis.overlaps_claim(start, end)
                or re.search(_ALONE, match.group())
            ):
                continue
            surface = persons.surface[name]
            yield analysis.finding("SW304", start, end, persons.facts[name], surface, stated=surface)


def _after_post(form: str, start: int) -> bool:
    """Whether a post stands right before: only then is a first character sure to be a surname."""
    return re.search(f"{either(words('post'))}$", form[max(0, start - 8) : start]) is not None


#: Characters that no given name has: 邬小的 is no name.
_ALONE = "[的了在和与及等为是以于被把将向对从到]"

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
        if (other := _other_post(form, start, stated)) is not None and not analysis.overlaps_claim(*other):
            yield analysis.finding("SW305", *other, persons.facts[name], stated=min(stated))
            continue
        if span[1] <= start and (short := _shortened(form, start, stated)) is not None:
            yield analysis.finding("SW305", *short, persons.facts[name], stated=min(stated))
            continue
        # A post may be told by its last part, or by any of several (區委常委、宣傳部長).
        if any(told in {_core(part), part} or (part.endswith(told) and not part.endswith(f"副{told}"))
               for post in stated for part in re.split("[、,兼]", post)):  # fmt: skip
            continue
        facts = persons.facts[name]
        post = min(stated)
        while span[0] > 0 and form[span[0] - 1] in post and span[1] <= start:
            span = (span[0] - 1, span[1])
        yield analysis.finding("SW305", *span, facts, stated=post)


def _other_bodies(analysis: Analysis, known: Known, persons: _People) -> Iterator[Finding]:
    """A stated person with the post that is his, in a body that is not."""
    bodies = {name for name in known.bodies if len(name) > 2}  # noqa: PLR2004
    if not bodies:
        return
    search = re.compile(
        f"(?P<body>{either(bodies)})(?P<post>[一-鿿]{{0,8}}?{either(words('post'))})(?P<name>{either(persons.names)})"
    )
    for match in search.finditer(analysis.form):
        body, core = match["body"], _core(match["post"]) or match["post"]
        for post in persons.posts[match["name"]]:
            own = post.removesuffix(core)
            if (
                not own
                or own == post
                or not content_ngrams(own)
                or content_ngrams(own) & content_ngrams(body)
            ):
                break
        else:
            if persons.posts[match["name"]] and not analysis.overlaps_claim(*match.span("body")):
                yield analysis.finding("SW305", *match.span("body"), persons.facts[match["name"]],
                                       stated=min(persons.posts[match["name"]]))  # fmt: skip


#: A post begins behind one of these.
_POST_OPENS = re.compile("[,;。、:”》()的]|由|请|是|为|和|与|及")
_SHARED = 3


def _other_post(form: str, end: int, stated: set[str]) -> tuple[int, int] | None:
    """石渡派出所教導員 for its 所長, 古籍修復師 for a 書畫修復師: one end of the post is another's."""
    lead = form[max(0, end - 20) : end]
    told = re.split(_POST_OPENS, lead)[-1]
    if len(told) < _SHARED or any(told in post or post in told for post in stated):
        return None
    for post in stated:
        head, tail = _alike(told, post), _alike(told[::-1], post[::-1])
        if head >= _SHARED and len(told) - head in range(2, 5) and not is_short_for(told, post):
            return end - len(told) + head, end
        if _SHARED <= tail < len(post) and len(told) == len(post) and len(told) - tail == 2:  # noqa: PLR2004
            return end - len(told), end
    return None


def _alike(one: str, other: str) -> int:
    """How many characters two words begin with alike."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _shortened(form: str, end: int, stated: set[str]) -> tuple[int, int] | None:
    """縣農商銀行行長 for the head of its 城關支行: with the body within left out, another post is told."""
    for post in stated:
        for cut in range(len(post) - 2, 2, -1):
            head = post[:cut]
            rest = re.match(
                f"(?P<left>[一-鿿]{{1,6}}?{either(words('body_within'))})(?P<office>[一-鿿]{{2,5}})$",
                post[cut:],
            )
            if rest is None or not form.endswith(head + rest["office"], 0, end) or "、" in post:
                continue
            told = head + rest["office"]
            if told not in post:
                return end - len(told), end
    return None


def _short_posts(analysis: Analysis, persons: _People) -> Iterator[Finding]:
    """賀市長 for a stated 副市長賀…: the surname leads to one person, whose post is another."""
    after = re.compile(f"(?:常务副|副|代|原)?{either(words('post'))}")
    for mention in analysis.persons:
        start, end = mention.span
        if end - start != 1 or analysis.overlaps_claim(start, end) or _is_verb(analysis, persons, start):
            continue
        bearers = [name for name in persons.names if name.startswith(mention.text) and persons.posts[name]]
        post = after.match(analysis.form, end)
        if len(bearers) != 1 or post is None:
            continue
        stated = [part for held in persons.posts[bearers[0]] for part in re.split("[、,兼]", held)]
        told = post.group()
        if not any(part.endswith(told) and not part.endswith(f"副{told}") for part in stated):
            yield analysis.finding("SW305", *post.span(), persons.facts[bearers[0]], stated=min(stated))


def _is_verb(analysis: Analysis, persons: _People, start: int) -> bool:
    """任鶴洲任組長: the second 任 is no surname."""
    return analysis.form[start] == "任" and any(
        analysis.form.endswith(name, 0, start) for name in persons.names
    )


def _is_nearer(analysis: Analysis, name_end: int, role: int) -> bool:
    """Whether somebody told by surname stands between a name and a role: 程萬里副縣長到場，梅局長致辭."""
    return any(max(role - _FAR, name_end - 1) < m.span.start < role for m in analysis.persons)


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
    yield from _named_after(analysis, persons, holders)
    search = re.compile(either(holders))
    for sentence in analysis.sentences:
        previous = sentence.start
        for match in search.finditer(analysis.form, sentence.start, sentence.end):
            if _DEED_FIRST.match(analysis.form, match.end()):
                continue  # 宣讀方案的是…
            last, role = _bearer(analysis, persons, previous, match.start()), match.group()
            previous = match.end()
            if last is None or not persons.roles[last] or role in persons.roles[last]:
                continue
            if last not in holders[role] and not analysis.overlaps_claim(*match.span()):
                who = min(holders[role])
                yield analysis.finding(
                    "SW306", *match.span(), persons.facts[who], stated=persons.surface[who]
                )


_DEED_FIRST = re.compile("(?:人|者|的)?[^,;。]{0,4}?(?:的是|者是|人是|者为|人为|者:|人:|由)")


def _named_after(analysis: Analysis, persons: _People, holders: dict[str, set[str]]) -> Iterator[Finding]:
    """主講人為易冬生, where another one spoke: the deed stands first."""
    search = re.compile(
        rf"(?P<role>{either(holders)})(?:人|者|的)?[^,;。]{{0,4}}?(?:由|是|为|:)[^,;。]{{0,10}}?(?P<name>{either(persons.names)})(?![、和及与])"
    )
    for match in search.finditer(analysis.form):
        role, name = match["role"], match["name"]
        if (
            role in persons.roles[name]
            or not persons.roles[name]
            or analysis.overlaps_claim(*match.span("name"))
        ):
            continue
        if not any(role in held or held in role for held in persons.roles[name]):
            who = min(holders[role])
            yield analysis.finding(
                "SW306", *match.span("name"), persons.facts[who], stated=persons.surface[who]
            )


def _bearer(analysis: Analysis, persons: _People, start: int, role: int) -> str | None:
    """Whose deed stands at ``role``: the last stated person before it, in its own clause or close by."""
    found = list(re.compile(either(persons.names)).finditer(analysis.form, start, role))
    if not found:
        return None
    end = found[-1].end()
    if re.search("[;。]", analysis.form[end:role]) or role - end > _FAR or _is_nearer(analysis, end, role):
        return None
    return found[-1].group()
