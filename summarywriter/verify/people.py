"""SW303 and SW304: people whom the sheet does not have, or has by another name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.names import near_name
from summarywriter.chinese.text import content_ngrams
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.deeds import deeds
from summarywriter.verify.known import Known
from summarywriter.verify.persons import People
from summarywriter.verify.posts import posts
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words

#: After a name of which only the post's end stands before, so much must show that it is one.
_DEED = re.compile("[,;。、)]|[为向在带对到作讲领主宣发介致担出参]|$")
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


def people(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on a person and on who did what."""
    persons = People(known)
    yield from _unknown(analysis, known, persons)
    if persons.names:
        yield from posts(analysis, known, persons)
        yield from deeds(analysis, persons)


def _unknown(analysis: Analysis, known: Known, persons: People) -> Iterator[Finding]:
    surnames = {name[0] for name in persons.names} | {name[:2] for name in persons.names}
    for mention in analysis.persons:
        start, end = mention.span
        name = mention.text
        if re.search(_ALONE, name[1:]):
            continue  # 講|解則由站長…
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


def _replaced(analysis: Analysis, known: Known, persons: People) -> Iterator[Finding]:
    """Someone else's name after a stated post."""
    posts = {post: name for name, stated in persons.posts.items() for post in stated if name in persons.names}
    if not posts:
        return
    for post, name in posts.items():
        if len(name) != 2:  # noqa: PLR2004  longer ones are found anywhere
            continue
        ends = [post[at:] for at in range(len(post) - 1)]
        for match in re.finditer(f"{either(ends)}({re.escape(name[0])}[一-鿿])", analysis.form):
            after = analysis.form[match.end() : match.end() + 2]
            whole = match.group().startswith(post)
            if not whole and not re.match(
                f"[,;。、)]|[为向在带对到作讲领主宣发介致担出]|{either(_FOLLOWERS)}|$", after
            ):
                continue
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


def _miswritten(analysis: Analysis, known: Known, persons: People) -> Iterator[Finding]:
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
                or not (
                    _NAME_OPENS.search(lead)
                    or (match.group()[0] == name[0] and _is_name(analysis, start, end))
                )
                or (match.group()[0] != name[0] and not _after_post(analysis.form, start))
                or analysis.overlaps_claim(start, end)
                or any(re.match(_ALONE, a) for a, b in zip(match.group(), name, strict=True) if a != b)
            ):
                continue
            surface = persons.surface[name]
            yield analysis.finding("SW304", start, end, persons.facts[name], surface, stated=surface)


def _may_begin(analysis: Analysis, lead: str, name: str, match: re.Match[str]) -> bool:
    """Whether a name begins here; with another surname, only right after a post."""
    start, end = match.span()
    if match.group()[0] != name[0]:
        return _NAME_OPENS.search(lead) is not None and _after_post(analysis.form, start)
    return _NAME_OPENS.search(lead) is not None or _is_name(analysis, start, end)


def _is_name(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a post, a deed or a mark right after shows that the characters are a name."""
    after = f"[,;。、)]|{either((*words('post'), *_FOLLOWERS))}|$"
    before = f"(?:[是为听见邀]|{either(words('post'))}|[手员人])$"
    return bool(
        re.match(after, analysis.form[end : end + 4]) or re.search(before, analysis.form[:start][-4:])
    )


def _after_post(form: str, start: int) -> bool:
    """Whether a post stands right before: only then is a first character sure to be a surname."""
    return re.search(f"{either(words('post'))}$", form[max(0, start - 8) : start]) is not None


#: Characters that no given name has: 邬小的 is no name.
_ALONE = "[的了在和与及等为是以于被把将向对从到由则也都就]"
