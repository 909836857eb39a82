"""The words around a number: the verb before or after it, the noun that it counts, whose it is."""

from __future__ import annotations

import re
from functools import cache

from summarywriter.chinese.measures import measures
from summarywriter.chinese.text import folded
from summarywriter.extract.outline import Sentence
from summarywriter.extract.values import Found
from summarywriter.extract.words import pattern
from summarywriter.lexicon import table

_LONGEST_ACTOR = 14
_NOUN = re.compile(r"(?:[^,;。:!?\s()\[\]“”《》]|\([^()]{1,8}\)){1,28}")
_TRAIL = re.compile(
    r"(?:共计|累计|合计|总计|共有|共|达到|达|约有|约|(?<!只)有|为|了|的|近|计|数量|人数(?=$)|总数)$"
)


def bare(form: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without what only joins it to the number."""
    while start < end:
        while start < end and form[start] in " 了过着的":
            start += 1
        if form.startswith("以", start) and "为" not in form[start:end]:
            start += 1
        match = _TRAIL.search(form[start:end])
        if match is None or match.end() == match.start():
            break
        cut = start + match.start()
        if form[cut:end] == "人数":
            break
        end = cut
    while end > start and form[end - 1] in " 、":
        end -= 1
    return start, end


@cache
def _verbs() -> tuple[dict[str, tuple[str, ...]], int]:
    data = {
        folded(word): tuple(folded(n) for n in (entry or {}).get("not_before", ()))
        for word, entry in table("verbs").items()
    }
    return data, max(map(len, data))


def _verb_at(form: str, position: int, end: int) -> int | None:
    """Where the longest verb that begins here ends."""
    known, longest = _verbs()
    for size in range(min(longest, end - position), 0, -1):
        word = form[position : position + size]
        if word in known and not form.startswith(known[word], position + size):
            return position + size
    return None


def verb_of(form: str, start: int, end: int) -> tuple[int, int] | None:
    """The verb of a lead: the first, for its object may hold others (开展…技术培训).

    One of two characters goes before one of one.
    """
    short: tuple[int, int] | None = None
    position = start
    while position < end:
        stop = _verb_at(form, position, end)
        if stop is None:
            position += 1
            continue
        if form.startswith("率", stop):
            position = stop  # 整改率 is a noun
            continue
        if stop - position > 1:
            if stop == end and short is not None:
                return short
            if form[position:stop] in _PIVOTS and (inner := _inner(form, stop, end)):
                return inner
            return position, stop
        if short is None and (position == start or form[position - 1] in "、,共"):
            short = position, stop
        position = stop
    return short


def lasting(form: str, start: int, end: int, found: Found) -> tuple[int, int] | None:
    """The verb right before a length of time: 疏散用時|3分20秒."""
    unit = found.quantity.unit_key if found.quantity is not None else ""
    measure = measures().get(unit)
    if measure is None or measure.kind != "duration":
        return None
    return next(((at, end) for at in range(start, end - 1) if _verb_at(form, at, end) == end), None)


#: 组织志愿者向群众赠送读本: what is counted was given, not organised.
_PIVOTS = frozenset({"组织", "邀请", "安排", "发动", "动员", "带领"})


def _inner(form: str, start: int, end: int) -> tuple[int, int] | None:
    """The last verb below 組織 that has an object of its own."""
    found = None
    position = start
    while position < end:
        stop = _verb_at(form, position, end)
        if stop is not None and stop - position > 1:
            if position > start + 1 and end - stop > 1 and form[stop] not in "、和及":
                found = position, stop
            position = stop
        else:
            position += 1
    return found


def noun_after(form: str, end: int, *, listed: bool) -> tuple[int, int] | None:
    """The noun after a quantity (15個|單位); a list of nouns only where none stands before it."""
    start = end + 1 if form.startswith("的", end) else end
    match = _NOUN.match(form, start)
    if match is None or form[start] in "、和及并与":
        return None
    stop = match.end()
    if digit := re.search("[0-9]", form[start:stop]):
        stop = start + digit.start()
    if "、" in form[start:stop] and (not listed or digit):
        stop = form.index("、", start)
    ends = pattern("ends_noun").search(form, start, stop)
    if ends is not None:
        stop = ends.start()
    position = start + 1
    while position < stop:
        if (last := _verb_at(form, position, stop)) and last - position > 1:
            stop = position
            break
        position += 1
    if _verb_at(form, start, stop) == stop and stop - start > 1:
        return None
    return (start, stop) if stop > start else None


def verb_after(form: str, position: int) -> tuple[int, int] | None:
    """The verb that follows a quantity and its noun at once: 480人|參加."""
    for skip in range(position, min(position + 3, len(form))):
        if (stop := _verb_at(form, skip, len(form))) and stop - skip > 1:
            return skip, stop
        if form[skip] in ",;。:、":
            return None
    return None


#: What stands between whose it is and the verb.
_NOT_ACTOR = re.compile(
    r"(?:共|共计|累计|已|还|并|分别|先后|也|则|积极|免费|现场|集中|向.*|为.*|对.*|给.*|在.*|通过.*|以.*)+$"
)


def actor_of(text: str, sentence: Sentence, start: int, end: int) -> str:
    """Whose it is, from the words before the verb; ``""`` where they do not say."""
    match = _NOT_ACTOR.search(sentence.form.text[start:end])
    stop = start + match.start() if match else end
    said = source_of(text, sentence, start, stop).strip("、 ")
    said = re.sub("^(?:邀請|邀请|請|请|由|經|经)", "", said)
    return said if 1 < len(said) <= _LONGEST_ACTOR and "的" not in said else ""


def source_of(text: str, sentence: Sentence, start: int, end: int) -> str:
    """A part of a sentence in the source's characters, without outer marks."""
    if end <= start:
        return ""
    span = sentence.source(start, end)
    said = text[span.start : span.end].strip(" 　、,，`'")
    return _balanced(said)


def _balanced(said: str) -> str:
    for opener, closer in ("()", "（）", "“”", "《》"):
        if said.count(opener) != said.count(closer):
            said = said.replace(opener, "").replace(closer, "")
    return said
