"""What a sentence tells of an activity: when, where, by whom, how many, and what else."""

from __future__ import annotations

import re

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.eventnames import Event
from summarywriter.extract.figures import read_figures
from summarywriter.extract.outline import Sentence
from summarywriter.extract.parties import place_of, take_parties, take_people
from summarywriter.extract.sheet import Counted, Doing, Passage
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.facts.status import status_of
from summarywriter.lexicon import split_label

_TOLD_IN_TEXT = frozenset({ValueKind.DATE, ValueKind.DOCNUMBER})
_SHORTEST_ENTRY = 6
_LONGEST_DETAIL = 40
_EARLY = 10
MARKS = " 　,，;；。、:：\n\t"


def fill_activity(
    doing: Doing,
    sentence: Sentence,
    text: str,
    values: list[Found],
    *,
    taken: set[Span],
    event: Event | None,
) -> None:
    """Give an activity everything that a sentence tells of it.

    Args:
        doing: The activity.
        sentence: The sentence.
        text: The source.
        values: The sentence's values, in order.
        taken: Spans of the values that have a place; those placed here are added.
        event: How the sentence names the activity, where it does.
    """
    for value in values:
        if doing.date is None and value.date is not None and is_when(sentence, value):
            doing.date = value
            taken.add(value.span)
    place = place_of(text, values)
    if place is not None and doing.place is None:
        doing.place = place
        taken.add(place.spans[0])
    before = sentence.span.start if event is None else sentence.source(0, event.verb).end
    take_parties(doing, text, values, taken, before=before)
    take_people(doing, sentence, text, values, taken)
    quantities = [v for v in values if v.kind is ValueKind.QUANTITY and v.span not in taken]
    figures = read_figures(text, sentence, quantities)
    doing.figures += figures
    taken.update(value.span for value in quantities)
    told_of(figures, values, taken)
    _details(doing, sentence, text, values, taken)
    for value in values:
        quote(doing, value, taken)


def told_of(figures: list[Counted], values: list[Found], taken: set[Span]) -> None:
    """Titles and quotations that a figure counts: 《員工手冊》500冊 tells of both."""
    said = folded("\n".join(f"{figure.actor}{figure.action}{figure.object}" for figure in figures))
    for value in values:
        if value.kind in (ValueKind.QUOTE, ValueKind.TITLE) and folded(value.text) in said:
            taken.add(value.span)


def quote(doing: Doing | None, value: Found, taken: set[Span]) -> None:
    """A title or a quotation, as one of an activity's."""
    if doing is None or value.span in taken:
        return
    if value.kind in (ValueKind.QUOTE, ValueKind.TITLE):
        if folded(value.text) not in {folded(each.text) for each in doing.quotes}:
            doing.quotes.append(value)
        taken.add(value.span)


def _details(doing: Doing, sentence: Sentence, text: str, values: list[Found], taken: set[Span]) -> None:
    """Clauses that say by themselves what was done, and those that hold a date not told elsewhere."""
    form, start = sentence.form.text, 0
    for stop in [*(m.end() for m in re.finditer("[,;]", form)), len(form)]:
        span = sentence.source(start, stop)
        inside = within(values, span)
        left = any(v.span not in taken and v.kind in _TOLD_IN_TEXT for v in inside)
        if left or (not inside and _is_doing(form[start:stop], doing.name.text)):
            doing.details.append(Passage(clean(text[span.start : span.end]), (span,)))
            taken.update(v.span for v in inside)
        start = stop


def is_when(sentence: Sentence, value: Found) -> bool:
    """Whether a date says when a thing was done: at its sentence's head or after 於, and no plan."""
    point = value.date.start if value.date is not None else None
    if point is None or not (point.month or point.day):
        return False
    form = sentence.form.text
    at = value.span.start - sentence.span.start
    clause = form[max(form.rfind(mark, 0, at) for mark in ",;") + 1 :]
    before = form[:at]
    if form.startswith(("前", "之前", "以前", "底前"), at + len(value.text)):
        return False  # a term, not a day
    early = len(before) <= _EARLY or before.endswith(("于", "在", "("))
    return early and status_of(re.split("[,;。]", clause)[0]) is None


_ADVERBS = re.compile("^(?:并|还|同时|此外|现场|积极|认真|先后|分别|,|;)+")


def _is_doing(clause: str, name: str) -> bool:
    """Whether a clause in comparison form says by itself what was done: 解答疑難問題; not 舉辦|講座 again."""
    bare = _ADVERBS.sub("", clause.strip(MARKS))
    if folded(name) in bare and len(bare) <= len(name) + _SHORTEST_ENTRY:
        return False
    word = split_label(bare)[0]
    return word is not None and len(word) > 1 and _SHORTEST_ENTRY <= len(bare) <= _LONGEST_DETAIL


_POINT = re.compile(
    r"^[^\w“《（(\[【『「$¥￥+]*(?:[①-⑳]|[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]是)?\s*(?:的(?=[《“]))?"
)


def clean(said: str) -> str:
    """A passage without its numbering and outer marks."""
    return _POINT.sub("", said.strip(MARKS)).strip(MARKS)
