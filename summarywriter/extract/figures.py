"""What a quantity counts: verb, noun, whose it is, read off the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarywriter.chinese.measures import measures
from summarywriter.chinese.text import folded
from summarywriter.extract.outline import Sentence
from summarywriter.extract.sheet import Counted
from summarywriter.extract.values import Found
from summarywriter.extract.words import pattern, words
from summarywriter.lexicon import table, verb

_CUT = re.compile(r"[,;。:!?]")
_BRACKET = re.compile(r"\([^()]*\)$")
_NOUN = re.compile(r"(?:[^,;。:!?\s()\[\]“”《》]|\([^()]{1,8}\)){1,28}")


@dataclass(slots=True)
class _At:
    """A quantity in its sentence's comparison form."""

    start: int
    end: int


def read_figures(text: str, sentence: Sentence, quantities: list[Found]) -> list[Counted]:
    """The quantities of one sentence with what they count.

    Args:
        text: The source.
        sentence: The sentence.
        quantities: Its quantities, in order.
    """
    figures: list[Counted] = []
    previous: _At | None = None
    for found in quantities:
        at = _locate(sentence, found)
        figure = _read(text, sentence, found, at, previous)
        figure.planned = is_planned(sentence.form.text, at.start)
        if figures and previous is not None:
            between = sentence.form.text[previous.end : at.start]
            _share(figure, figures, between)
            if not between.strip() and figure.action and not figures[-1].action:
                figures[-1].action = figure.action  # 14支隊伍42名選手|參賽
                figures[-1].sure = True
        figures.append(figure)
        previous = at
    return figures


_PLANNED = re.compile("计划|(?<![模虚草])拟(?!定)|将(?:于|在|要|会|组织|开展|举办)|预计|打算|下一步")


def is_planned(form: str, at: int) -> bool:
    """Whether the clause around a place only plans what it says."""
    start = max((m.end() for m in _CUT.finditer(form, 0, at)), default=0)
    end = _CUT.search(form, at)
    return bool(_PLANNED.search(form, start, end.start() if end else len(form)))


def _locate(sentence: Sentence, found: Found) -> _At:
    offsets = sentence.form.offsets
    start = found.span.start - sentence.span.start
    end = found.span.end - sentence.span.start
    if len(offsets) == sentence.span.end - sentence.span.start + 1:
        return _At(start, end)
    first = next(n for n, offset in enumerate(offsets) if offset >= start)
    return _At(first, next(n for n, offset in enumerate(offsets) if offset >= end))


def _read(text: str, sentence: Sentence, found: Found, at: _At, previous: _At | None) -> Counted:
    form = sentence.form.text
    begin = max((m.end() for m in _CUT.finditer(form, 0, at.start)), default=0)
    if previous is not None and previous.end > begin:
        begin = previous.end
    start, end, scope = _stripped(form, begin, at.start)
    spot = _lasting(form, start, end, found) or _verb(form, start, end)
    figure = Counted(found, scope=_source(text, sentence, *scope) if scope else "")
    noun = _noun_after(form, at.end, listed=end <= start)
    if spot is not None:
        first, last = spot
        figure.action = _source(text, sentence, first, last)
        left, right = _bare(form, last, end)
        figure.object = _source(text, sentence, left, right)
        if first > start:
            figure.actor = _actor(text, sentence, start, first)
        if not figure.object and noun:
            figure.object = _source(text, sentence, *noun)
        if not figure.object and first - start > _LONG_LEAD:
            figure.object, figure.actor = _source(text, sentence, start, first), ""
        return figure
    left, right = _bare(form, start, end)
    after = _verb_after(form, noun[1] if noun else at.end)
    if after is not None:
        figure.action = _source(text, sentence, *after)
    if noun:
        figure.object = _source(text, sentence, *noun)
        if right > left and right - left <= _LONGEST_ACTOR and figure.action:
            figure.actor = _actor(text, sentence, left, right)
    elif right > left:
        figure.object = _source(text, sentence, left, right)
    figure.sure = bool(figure.action or figure.object)
    return figure


_LONGEST_ACTOR = 14
_LONG_LEAD = 6


def _share(figure: Counted, before: list[Counted], between: str) -> None:
    """What a figure takes from the one before it: the verb of a list, the whole that it is part of."""
    last = before[-1]
    joined = not re.search("[。;!?]", between)
    if not figure.action and joined and last.action and verb(last.action) is not None:
        own = (verb(last.action) or {}).get("frame", "do")
        apart = figure.planned or figure.object.startswith(last.action)
        if own == "do" and not apart and _kind(figure) == _kind(last):
            figure.action = last.action
    if not figure.scope and joined:
        figure.scope = last.scope
    if "其中" in between and last.value.quantity is not None and figure.value.quantity is not None:
        whole, part = last.value.quantity.value, figure.value.quantity.value
        if whole is not None and part is not None and part < whole:
            figure.of = last.of or last


def _kind(figure: Counted) -> str:
    """People, or things: 發放資料1萬份，受益群眾20萬人次 is no list of what was given out."""
    unit = figure.value.quantity.unit_key if figure.value.quantity is not None else ""
    measure = measures().get(unit)
    return "people" if measure is not None and measure.kind in ("person", "visit", "household") else "things"


def _stripped(form: str, start: int, end: int) -> tuple[int, int, tuple[int, int] | None]:
    """A lead without its function words, and the scope among them."""
    scope: tuple[int, int] | None = None
    moved = True
    while moved:
        moved = False
        for word in sorted(words("scopes"), key=len, reverse=True):
            if form.startswith(word, start) and start + len(word) <= end:
                scope, start, moved = (start, start + len(word)), start + len(word), True
        if (match := _lead().match(form, start, end)) and match.end() > start:
            start, moved = match.end(), True
        if start < end and form[start] in " 、.)":
            start, moved = start + 1, True
    left, right = _bare(form, start, end)
    return left, right, scope


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(pattern("lead").pattern)


_TRAIL = re.compile(r"(?:共计|累计|合计|总计|共有|共|达到|达|约有|约|有|为|了|的|近|计|数量|人数(?=$)|总数)$")


def _bare(form: str, start: int, end: int) -> tuple[int, int]:
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


def _verb(form: str, start: int, end: int) -> tuple[int, int] | None:
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


def _lasting(form: str, start: int, end: int, found: Found) -> tuple[int, int] | None:
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


def _noun_after(form: str, end: int, *, listed: bool) -> tuple[int, int] | None:
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


def _verb_after(form: str, position: int) -> tuple[int, int] | None:
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


def _actor(text: str, sentence: Sentence, start: int, end: int) -> str:
    match = _NOT_ACTOR.search(sentence.form.text[start:end])
    stop = start + match.start() if match else end
    said = _source(text, sentence, start, stop).strip("、 ")
    said = re.sub("^(?:邀請|邀请|請|请|由|經|经)", "", said)
    return said if 1 < len(said) <= _LONGEST_ACTOR and "的" not in said else ""


def _source(text: str, sentence: Sentence, start: int, end: int) -> str:
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
