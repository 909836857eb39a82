"""Sentences divided where they go over from one thing that was done to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import fold
from summarywriter.extract.eventnames import Event, Named, alike
from summarywriter.extract.events import events_in
from summarywriter.extract.naming import topic_in
from summarywriter.extract.outline import Sentence
from summarywriter.extract.words import pattern

_FRESH = frozenset({Named.SUBJECT, Named.DATED, Named.SCENE, Named.LEADING, Named.POINT})
"""Ways of naming an event that begin something new wherever they stand."""


def units(sentence: Sentence, text: str, names: tuple[str, ...] = ()) -> Iterator[Sentence]:
    """The parts of a sentence that each tell of one thing done.

    A part begins at a clause that names an event of its own: after a semicolon, with a word that says when
    or that something else follows (隨後, 同日), or as what the clause is about. What was said before must
    tell of something already: a name, or a figure.

    Args:
        sentence: The sentence.
        text: The source.
        names: What was told of before: a clause that begins with one of them goes back to it.
    """
    form = sentence.form.text
    cuts: list[int] = []
    before: Event | None = None
    # 陣地宣傳方面，…微課堂開講63次 is all about the 陣地宣傳.
    for event in () if topic_in(sentence) else events_in(sentence):
        start = _clause(form, event)
        begun = cuts[-1] if cuts else 0
        told = before is not None or bool(find_quantities(form[begun:start]))
        other = before is None or not alike(form[before.start : before.end], form[event.start : event.end])
        if start > begun and told and other and _is_fresh(form, start, event):
            cuts.append(start)
        before = event
    cuts += [n.end() for n in _DATED.finditer(form) if find_quantities(form[: n.end()])]
    cuts += [n.end() for n in re.finditer("[,;]", form) if names and form.startswith(names, n.end())]
    for listed in ("point_clause", "unit_clause"):
        clauses = list(pattern(listed).finditer(form))
        if len(clauses) > 1:  # one thing after another, each with its own figures
            cuts += [m.start(m.lastgroup or 0) for m in clauses]
    cuts = sorted({cut for cut in cuts if cut})
    position = 0
    for cut in [*cuts, len(form)]:
        span = sentence.source(position, cut)
        yield Sentence(span, fold(text[span.start : span.end]))
        position = cut


#: A day after a semicolon begins something new, whether or not it has a name.
_DATED = re.compile(r";(?=[0-9]{1,2}月[0-9]{1,2}日)")


def _clause(form: str, event: Event) -> int:
    """Where the clause that names an event begins."""
    first = min(event.verb, event.start)
    start = max(form.rfind(mark, 0, first) for mark in ",;:。") + 1
    when = pattern("when_clause").search(form, 0, start)
    return when.start("when") if when else start


def _is_fresh(form: str, start: int, event: Event) -> bool:
    """Whether a clause begins something new."""
    if form[start - 1] == ";" or event.named in _FRESH:
        return True
    return bool(pattern("next_thing").match(form, start))
