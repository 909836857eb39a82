"""SW305: posts, whole and short, and the bodies that they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_short_for
from summarywriter.verify.persons import People
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words


def posts(analysis: Analysis, known: Known, persons: People) -> Iterator[Finding]:
    """Every finding on the post of a stated person."""
    yield from _posts(analysis, persons)
    yield from _short_posts(analysis, persons)
    yield from _other_bodies(analysis, known, persons)


def _core(post: str) -> str | None:
    """The office at a post's end, with its 副: 鎮黨委副書記 → 副書記."""
    match = re.search(f"(?:常务副|副|代|原|第一)?{either(words('post'))}$", post)
    return match.group() if match else None


def _posts(analysis: Analysis, persons: People) -> Iterator[Finding]:
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
        if analysis.overlaps_claim(*span):
            continue
        if (other := _other_post(form, start, stated)) is not None and not analysis.overlaps_claim(*other):
            yield analysis.finding("SW305", *other, persons.facts[name], stated=min(stated))
            continue
        if told is None:
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


def _other_bodies(analysis: Analysis, known: Known, persons: People) -> Iterator[Finding]:
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
#: So long is what sets two posts of one kind apart: 南碼頭|派出所教導員.
_PREFIXES = (2, 3)


def _other_post(form: str, end: int, stated: set[str]) -> tuple[int, int] | None:
    """石渡派出所教導員 for its 所長, 古籍修復師 for a 書畫修復師: one end of the post is another's."""
    lead = form[max(0, end - 20) : end]
    told = re.split(_POST_OPENS, lead)[-1]
    if len(told) < _SHARED or any(told in post or post in told for post in stated):
        return None
    for post in stated:
        if (level := _other_level(told, post)) is not None:
            return end - len(told), end - len(told) + level
        head, tail = _alike(told, post), _alike(told[::-1], post[::-1])
        if head >= _SHARED and len(told) - head in range(2, 5) and not is_short_for(told, post):
            return end - len(told) + head, end
        mine, its = told[: len(told) - tail], post[: len(post) - tail]
        if _SHARED <= tail < len(post) and len(mine) == len(its) in _PREFIXES and not set(mine) & set(its):
            return end - len(told), end
    return None


_RANK = re.compile("(国家|全国|省|市|县|区|镇|乡|校|院)级?")


def _other_level(told: str, post: str) -> int | None:
    """How long the level is at a post's head that another one has: 國家級|非遺傳承人, of a 省級 one."""
    mine, its = _RANK.match(told), _RANK.match(post)
    if mine is None or its is None or mine[1] == its[1] or not mine.group().endswith("级"):
        return None
    return mine.end() if told[mine.end() :] == post[its.end() :] else None


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


def _short_posts(analysis: Analysis, persons: People) -> Iterator[Finding]:
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


def _is_verb(analysis: Analysis, persons: People, start: int) -> bool:
    """任鶴洲任組長: the second 任 is no surname."""
    return analysis.form[start] == "任" and any(
        analysis.form.endswith(name, 0, start) for name in persons.names
    )
