"""What a quantity counts: verb, noun, whose it is, read off the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarywriter.chinese.measures import measures
from summarywriter.extract.outline import Sentence
from summarywriter.extract.sheet import Counted
from summarywriter.extract.values import Found
from summarywriter.extract.wording import (
    actor_of,
    bare,
    lasting,
    noun_after,
    source_of,
    verb_after,
    verb_of,
)
from summarywriter.extract.words import pattern, words
from summarywriter.lexicon import verb

_CUT = re.compile(r"[,;。:!?]")


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
    spot = lasting(form, start, end, found) or verb_of(form, start, end)
    figure = Counted(found, scope=source_of(text, sentence, *scope) if scope else "")
    noun = noun_after(form, at.end, listed=end <= start)
    if spot is not None:
        first, last = spot
        figure.action = source_of(text, sentence, first, last)
        left, right = bare(form, last, end)
        figure.object = source_of(text, sentence, left, right)
        if first > start:
            figure.actor = actor_of(text, sentence, start, first)
        if not figure.object and noun:
            figure.object = source_of(text, sentence, *noun)
        if not figure.object and first - start > _LONG_LEAD:
            figure.object, figure.actor = source_of(text, sentence, start, first), ""
        return figure
    left, right = bare(form, start, end)
    after = verb_after(form, noun[1] if noun else at.end)
    if after is not None:
        figure.action = source_of(text, sentence, *after)
    if noun:
        figure.object = source_of(text, sentence, *noun)
        if right > left and right - left <= _LONGEST_ACTOR and figure.action:
            figure.actor = actor_of(text, sentence, left, right)
    elif right > left:
        figure.object = source_of(text, sentence, left, right)
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
        if (match := pattern("lead").match(form, start, end)) and match.end() > start:
            start, moved = match.end(), True
        if start < end and form[start] in " 、.)":
            start, moved = start + 1, True
    left, right = bare(form, start, end)
    return left, right, scope
