"""One reading of a text: lines, sentences, clauses, and everything in it that could be a fact.

All positions are in the comparison form of the text (`Analysis.form`), where either script, full-width
figures and variant characters are one; `Analysis.span` leads back to the text as it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from summarywriter.chinese.dates import DateMention, find_dates
from summarywriter.chinese.names import (
    NameMention,
    find_document_numbers,
    find_organisations,
    find_persons,
    find_quotations,
    find_titles,
)
from summarywriter.chinese.quantities import QuantityMention, find_quantities
from summarywriter.chinese.text import Folded, Span, clauses, content_ngrams, fold, sentences
from summarywriter.slots import Claim, Filled
from summarywriter.verify.lines import TextLine, guessed_lines, topic_of
from summarywriter.verify.report import Finding
from summarywriter.verify.rules import severity
from summarywriter.verify.words import any_of


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or a clause, with the bigrams of what it says.

    Attributes:
        start: First character.
        end: One past the last.
        line: Index of its line.
        grams: Its content bigrams.
    """

    start: int
    end: int
    line: int
    grams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text read once, for every rule.

    Attributes:
        source: The text as written.
        folded: Its comparison form, with the way back.
        lines: Its lines that are not empty.
        sentences: Sentences, headings included.
        clauses: Clauses.
        segments: What stands between two 。 or ；: whole sentences, where they have no ；.
        quantities: Quantities that count something.
        dates: Dates and times.
        titles: Titles in 《》.
        quotations: What stands in quotation marks.
        documents: Document numbers.
        organisations: Names that look like organisations.
        persons: Names that look like persons.
        claims: What the library itself wrote, by start, in positions of the comparison form.
        whole: Whether the text is known to be a whole document (it came from a plan).
    """

    source: str
    folded: Folded
    lines: tuple[TextLine, ...]
    sentences: tuple[Part, ...]
    clauses: tuple[Part, ...]
    segments: tuple[Part, ...]
    quantities: tuple[QuantityMention, ...]
    dates: tuple[DateMention, ...]
    titles: tuple[NameMention, ...]
    quotations: tuple[NameMention, ...]
    documents: tuple[NameMention, ...]
    organisations: tuple[NameMention, ...]
    persons: tuple[NameMention, ...]
    claims: tuple[Claim, ...] = ()
    whole: bool = False
    _starts: Mapping[str, list[int]] = field(default_factory=dict, repr=False)

    @property
    def form(self) -> str:
        """The text in comparison form."""
        return self.folded.text

    def sentence_at(self, position: int) -> Part:
        """The sentence that holds ``position``."""
        return self.sentences[self._index("sentences", position)]

    def sentence_index(self, position: int) -> int:
        """Index of the sentence that holds ``position``."""
        return self._index("sentences", position)

    def clause_at(self, position: int) -> Part:
        """The clause that holds ``position``."""
        return self.clauses[self._index("clauses", position)]

    def clauses_of(self, part: Part) -> tuple[Part, ...]:
        """The clauses of a sentence."""
        first = self._index("clauses", part.start)
        last = self._index("clauses", max(part.start, part.end - 1))
        return self.clauses[first : last + 1]

    def segment_index(self, position: int) -> int:
        """Index of the segment that holds ``position``."""
        return self._index("segments", position)

    def line_at(self, position: int) -> TextLine:
        """The line that holds ``position``."""
        return self.lines[self._index("lines", position)]

    def _index(self, what: str, position: int) -> int:
        return max(0, bisect_right(self._starts[what], position) - 1)

    def quantities_in(self, start: int, end: int) -> tuple[QuantityMention, ...]:
        """The quantities that begin in a span."""
        first = bisect_left(self.quantities, start, key=lambda m: m.span.start)
        return self.quantities[first : bisect_left(self.quantities, end, key=lambda m: m.span.start)]

    def dates_in(self, start: int, end: int) -> tuple[DateMention, ...]:
        """The dates that begin in a span."""
        first = bisect_left(self.dates, start, key=lambda m: m.span.start)
        return self.dates[first : bisect_left(self.dates, end, key=lambda m: m.span.start)]

    def claimed(self, start: int, end: int) -> Claim | None:
        """The slot's claim that holds a span, if the library wrote it."""
        for claim in self.claims:
            if claim.start > start:
                break
            if claim.how == "slot" and claim.start <= start and end <= claim.end:
                return claim
        return None

    def overlaps_claim(self, start: int, end: int) -> bool:
        """Whether the library wrote a part of a span."""
        return any(c.how == "slot" and c.start < end and start < c.end for c in self.claims)

    def text(self, start: int, end: int) -> str:
        """The text as written of a span of the comparison form."""
        first, last = self.folded.source(start, end)
        return self.source[first:last]

    def finding(
        self,
        code: str,
        start: int,
        end: int,
        facts: tuple[str, ...] = (),
        suggestion: str = "",
        **params: str,
    ) -> Finding:
        """A finding on a span of the comparison form, told in positions of the text as written."""
        first, last = self.folded.source(start, end)
        text = self.source[first:last]
        breaks = self._starts["source"]
        line = bisect_right(breaks, first)
        column = first - breaks[line - 1] + 1
        return Finding(
            code=code,
            severity=severity(code),
            start=first,
            end=last,
            line=line,
            column=column,
            text=text,
            facts=facts,
            params={"text": text, "suggestion": suggestion, "stated": "", "label": "", **params},
            suggestion=suggestion,
        )


def analyse(text: str) -> Analysis:
    """Read a text whoever wrote it."""
    form = fold(text)
    return _analyse(text, form, guessed_lines(form.text), (), whole=False)


def analyse_filled(filled: Filled) -> Analysis:
    """Read a text that the library filled, whose blocks and claims are known."""
    form = fold(filled.text)
    back = _to_folded(form, len(filled.text))
    topic = ""
    lines: list[TextLine] = []
    for line in filled.lines:
        start, end = back[line.start], back[line.end]
        if start >= end:
            continue
        if line.kind == "heading":
            topic = topic_of(form.text[start:end], topic)
        elif line.kind == "paragraph" and line.lead_end:
            topic = topic_of(form.text[start : back[line.lead_end]], topic)
        lines.append(TextLine(start, end, line.kind, topic))
    claims = tuple(Claim(back[c.start], back[c.end], c.facts, c.how) for c in filled.claims)
    return _analyse(filled.text, form, tuple(lines), claims, whole=True)


def _to_folded(form: Folded, length: int) -> list[int]:
    """For each index of the source, and its end, the first index of the comparison form made from it."""
    if len(form.text) == length:
        return list(range(length + 1))
    back = [len(form.text)] * (length + 1)
    for index in range(len(form.offsets) - 1, -1, -1):
        back[form.offsets[index]] = index
    return back


def _segments(form: str, held: tuple[Part, ...]) -> Iterator[Part]:
    """Sentences, those with ； in pieces."""
    for part in held:
        if ";" not in form[part.start : part.end]:
            yield part
            continue
        at = part.start
        while at < part.end:
            end = form.find(";", at, part.end) + 1 or part.end
            yield Part(at, end, part.line, content_ngrams(form[at:end]))
            at = end


def _analyse(
    text: str, form: Folded, lines: tuple[TextLine, ...], claims: tuple[Claim, ...], *, whole: bool
) -> Analysis:
    starts = [line.start for line in lines]

    def parts(spans: list[Span]) -> tuple[Part, ...]:
        return tuple(
            Part(a, b, max(0, bisect_right(starts, a) - 1), content_ngrams(form.text[a:b])) for a, b in spans
        )

    held = parts(sentences(form.text))
    split = parts(clauses(form.text))
    segments = tuple(_segments(form.text, held))
    ignored = {at for match in any_of("idiom_pattern").finditer(form.text) for at in range(*match.span())}
    quantities = tuple(mention for mention in find_quantities(form.text) if mention.span.start not in ignored)
    return Analysis(
        source=text,
        folded=form,
        lines=lines,
        sentences=held,
        clauses=split,
        segments=segments,
        quantities=quantities,
        dates=tuple(find_dates(form.text)),
        titles=tuple(find_titles(form.text)),
        quotations=tuple(find_quotations(form.text)),
        documents=tuple(find_document_numbers(form.text)),
        organisations=tuple(find_organisations(form.text)),
        persons=tuple(find_persons(form.text)),
        claims=claims,
        whole=whole,
        _starts={
            "source": [0, *(match.end() for match in re.finditer("\n", text))],
            "lines": starts,
            "sentences": [part.start for part in held],
            "clauses": [part.start for part in split],
            "segments": [part.start for part in segments],
        },
    )
