"""Raw text that is exactly a fact's words, put back to a slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summarywriter.chinese.dates import DateValue, find_dates
from summarywriter.chinese.names import find_document_numbers, find_persons, find_quotations, find_titles
from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import Folded, Span, fold, folded
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.slots import Cite, Piece, Slot
from summarywriter.slots.surface import last_year_of, time_of, unquoted, year_of

_QUOTED = frozenset({FactKind.BASIS, FactKind.THEME, FactKind.QUOTE, FactKind.QUOTATION, FactKind.DOCNUMBER})
_NAMED = frozenset({FactKind.PLACE, FactKind.ACTIVITY, FactKind.ORGANISERS, FactKind.ISSUERS, FactKind.UNIT})
_SHORTEST = 2
"""Characters of anything that could be a fact's: a comma between two slots is none."""

_LONG_ENOUGH = 4
"""Characters from which a name inside other words is no accident (活動 is in every sentence)."""


def align(pieces: Sequence[Piece], facts: Iterable[str], index: FactIndex) -> tuple[Piece, ...]:
    """Replace raw text by slots where exactly one fact of the section has these very words.

    A figure is one on its own boundaries (16人 is not in 116人), in comparison form; two facts with the
    same words stay raw, for the verifier to bind. Text that a citation claims is aligned as any other:
    a figure in it is a fact of its own.
    """
    known = [index[fact] for fact in facts if fact in index]
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Slot | Cite) or len(piece) < _SHORTEST:
            out.append(piece)
        else:
            out.extend(_aligned(piece, known, index))
    return tuple(out)


def _aligned(text: str, facts: Sequence[Fact], index: FactIndex) -> Iterator[Piece]:
    at = 0
    for span, fact in _chosen(_candidates(text, facts, index)):
        if span.start > at:
            yield text[at : span.start]
        yield Slot(fact.id)
        at = span.end
    if at < len(text):
        yield text[at:]


def _chosen(candidates: Iterable[tuple[Span, Fact]]) -> Iterator[tuple[Span, Fact]]:
    """Longest first, none overlapping, and none that two facts lay claim to."""
    by_span: dict[Span, list[Fact]] = {}
    for span, fact in candidates:
        facts = by_span.setdefault(span, [])
        if fact not in facts:
            facts.append(fact)
    taken: list[tuple[Span, Fact | None]] = []
    for span, facts in sorted(by_span.items(), key=lambda item: (item[0].start - item[0].end, item[0])):
        if all(span.end <= other.start or other.end <= span.start for other, _ in taken):
            # Words of two facts are nobody's, and nothing inside them is a fact by itself.
            taken.append((span, facts[0] if len(facts) == 1 else None))
    for span, owner in sorted(taken, key=lambda item: item[0]):
        if owner is not None:
            yield span, owner


def _candidates(text: str, facts: Sequence[Fact], index: FactIndex) -> Iterator[tuple[Span, Fact]]:
    yield from _figures(text, facts)
    for date in find_dates(text):
        for fact in facts:
            if fact.date is not None and _same_day(date.value, fact, index):
                yield date.span, fact
    for name in (*find_titles(text), *find_quotations(text), *find_document_numbers(text)):
        for fact in facts:
            if fact.kind in _QUOTED and _bare(name.text) == _bare(fact.text):
                yield name.span, fact
    yield from _names(text, facts)


def _figures(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    for mention in find_quantities(text):
        words = _key(text[mention.span.start : mention.span.end])
        for fact in facts:
            if (
                fact.quantity is not None
                and not fact.quantity.masked
                and words == _key(fact.quantity.surface)
            ):
                yield mention.span, fact


def _names(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    form = fold(text)
    persons: set[Span] | None = None
    for fact in facts:
        long = fact.kind in _NAMED and len(fact.text) >= _LONG_ENOUGH and _is_whole(fact)
        if not long and fact.person is None:
            continue
        for span in _occurrences(form, fact.text):
            if not long and persons is None:
                persons = {name.span for name in find_persons(text)}
            if long or span in (persons or ()):
                yield span, fact


def _is_whole(fact: Fact) -> bool:
    """Whether the fact's text is what its slot prints: examples without a total end in 等."""
    return fact.organisers is None or fact.organisers.complete or bool(fact.organisers.total)


def _key(text: str) -> str:
    return folded("".join(text.split()))


def _bare(text: str) -> str:
    return folded(unquoted(text.strip()))


def _same_day(value: DateValue, fact: Fact, index: FactIndex) -> bool:
    """The same day or days as stated; the year may be left out, the time of day not."""
    other = fact.date
    if other is None or folded(value.time or "") != folded(time_of(fact, index) or ""):
        return False
    if year_of(value) and (year_of(value), last_year_of(value)) != (year_of(other), last_year_of(other)):
        return False
    return _days(value) == _days(other)


def _days(value: DateValue) -> tuple[object, ...]:
    ends = (value.start, value.end or value.start)
    return tuple((end.month, end.day, end.part) for end in ends)


def _occurrences(form: Folded, words: str) -> Iterator[Span]:
    wanted = folded(words)
    at = form.text.find(wanted) if wanted else -1
    while at >= 0:
        yield form.source(at, at + len(wanted))
        at = form.text.find(wanted, at + len(wanted))
