"""Sentences, and the sections that headings make of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarywriter.chinese.text import Folded, Span
from summarywriter.extract.tables import Table

_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        span: Where it stands in the source.
        form: It in comparison form, with the way back.
    """

    span: Span
    form: Folded

    def source(self, start: int, end: int) -> Span:
        """The span in the source of a part of the form."""
        inner = self.form.source(start, end)
        return Span(inner.start + self.span.start, inner.end + self.span.start)


@dataclass(slots=True)
class Section:
    """What stands under one heading.

    Attributes:
        heading: Its words, numbering taken off; ``""`` before the first heading.
        heading_span: Where they stand.
        level: 0 for none, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
        role: What it announces, or what the heading above it announces.
        own_role: Whether it announces that itself.
        above: The heading above it.
        sentences: What stands under it, down to the next heading; a table's rows among them.
        tables: The tables under it.
        day: Whether its heading is a day.
        lead: Whether its heading is words in bold, without a number.
        inline: Whether what it is about begins on its own line.
        closed: Whether it is about one line only, so that what follows is about what is above it.
        parted: Whether further headings stand under it.
        spoken: Whether it is of a chat.
        fields: A notice's lines, ``時間：…``: the field's name in the table, and its value's span.
    """

    heading: str = ""
    heading_span: Span = _NOWHERE
    level: int = 0
    role: str = ""
    own_role: bool = False
    above: Section | None = None
    sentences: list[Sentence] = field(default_factory=list)
    fields: list[tuple[str, Span]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    day: bool = False
    lead: bool = False
    inline: bool = False
    closed: bool = False
    parted: bool = False
    spoken: bool = False

    @property
    def span(self) -> Span:
        """From the heading to the last sentence."""
        ends = [s.span.end for s in self.sentences] + [span.end for _, span in self.fields]
        starts = [s.span.start for s in self.sentences] + [span.start for _, span in self.fields]
        if self.heading:
            starts.append(self.heading_span.start)
            ends.append(self.heading_span.end)
        return Span(min(starts, default=0), max(ends, default=0))
