"""A piece as its headings divide it, each sentence under the heading it stands under."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import Folded, Span, fold
from summarywriter.extract.layout import (
    UNNUMBERED,
    Shape,
    are_led,
    begins_anew,
    field_of,
    heading_of,
    labelled_lines,
    short_headings,
    short_start,
    voice_end,
    voices,
)
from summarywriter.extract.pieces import Piece
from summarywriter.extract.tables import Table, named_fields
from summarywriter.extract.words import mapping

_LONGEST_TITLE = 48
_LONGEST_DAY = 24
"""A line that begins with a day and is no longer holds nothing else but the weather."""
#: In a chat a picture often stands for the stop.
_PICTURE = "(?:[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?)+"
_SENTENCE = re.compile(
    rf"[。!?]+[”\"’]?|;(?=[一二三四五六七八九十]是)|(?<=[一-鿿0-9]){_PICTURE} *(?=[^,。;])"
)


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

    @property
    def span(self) -> Span:
        """From the heading to the last sentence."""
        ends = [s.span.end for s in self.sentences] + [span.end for _, span in self.fields]
        starts = [s.span.start for s in self.sentences] + [span.start for _, span in self.fields]
        if self.heading:
            starts.append(self.heading_span.start)
            ends.append(self.heading_span.end)
        return Span(min(starts, default=0), max(ends, default=0))


def outline(
    text: str, piece: Piece, broken: tuple[Span, ...] = (), tables: Sequence[Table] = ()
) -> list[Section]:
    """The sections of a piece in order; the first has no heading and may be empty.

    Args:
        text: The source.
        piece: The piece.
        broken: Passages that are no text, in order: a ? in them ends no sentence.
        tables: Its tables, in order; their rows are no headings.
    """
    sections = [Section()]
    lines = _lines(text, piece)
    forms = [fold(text[start:end]) for start, end in lines]
    labelled = labelled_lines([form.text for form in forms])
    spoken = voices([form.text for form in forms])
    led = are_led([form.text for form in forms])
    short = short_headings([form.text for form in forms])
    waiting = list(tables)
    for number, ((start, end), form) in enumerate(zip(lines, forms, strict=True)):
        while waiting and waiting[0].span.end <= start:
            waiting.pop(0)
        if waiting and waiting[0].span.start < end:
            _row(sections, text, start, end, waiting[0])
            continue
        if number in spoken:
            said = form.source(voice_end(form.text), len(form.text)).start
            _fill(sections[-1], text, start + said, end, broken)
            continue
        named = field_of(form, start, end)
        titled = not number and form.text.startswith("[") and len(form.text) <= _LONGEST_TITLE
        shape = heading_of(form.text, labelled=number in labelled, led=led)
        if shape is None and number in short:
            shape = Shape(short_start(form.text), len(form.text), UNNUMBERED, lead=True)
        head = None if named is not None or titled else shape
        if head is not None:
            span = form.source(head.start, head.end)
            _open(sections, text, Span(span.start + start, span.end + start), head)
            bare_day = head.day and len(form.text) <= _LONGEST_DAY and form.text[0].isdigit()
            if head.end < len(form.text) and not bare_day:
                sections[-1].inline = True
                rest = form.source(head.end, len(form.text)).start + start
                _fill(sections[-1], text, rest + _colon(text, rest), end, broken)
            continue
        if sections[-1].closed:
            above = sections[-1].above
            sections.append(Section(role=above.role if above else "", above=above))
        if named is not None:
            sections[-1].fields.append(named)
        _fill(sections[-1], text, start, end, broken)
    return [
        s
        for n, s in enumerate(_concluded(_itemised(sections, text), text))
        if n == 0 or s.heading or s.sentences
    ]


def _row(sections: list[Section], text: str, start: int, end: int, table: Table) -> None:
    """A table's row: a sentence to whoever reads on, and part of the table."""
    if table not in sections[-1].tables:
        sections[-1].tables.append(table)
        sections[-1].fields += [(name, cell.span) for name, cell in named_fields(table)]
    sections[-1].sentences.append(Sentence(Span(start, end), fold(text[start:end])))


def _concluded(sections: list[Section], text: str) -> list[Section]:
    """Sections, with the paragraph after a row of items as one of its own.

    Where headings stand on their paragraph's line, one paragraph each, a further paragraph after the last
    one is about all of them.
    """
    kept: list[Section] = []
    run = 0
    for number, section in enumerate(sections):
        before = sections[number - 1] if number else section
        run = run + 1 if section.inline and section.level == before.level and not section.closed else 0
        kept.append(section)
        more = [n for n, each in enumerate(section.sentences) if n and _begins_line(text, each)]
        if not more:
            continue
        last = number == len(sections) - 1 or sections[number + 1].level < section.level
        if run and last and section.role not in ("problems", "next_steps"):
            rest = Section(above=section.above, role=section.above.role if section.above else "")
            rest.sentences = section.sentences[more[0] :]
            section.sentences = section.sentences[: more[0]]
            kept.append(rest)
        run = 0
    return kept


def _begins_line(text: str, sentence: Sentence) -> bool:
    return "\n" in text[max(0, sentence.span.start - 2) : sentence.span.start]


def _itemised(sections: list[Section], text: str) -> list[Section]:
    """Sections, with lines that only look like headings as what they are.

    A numbered line that nothing stands under, and that holds a figure, is an item of a list; so is the last
    one, though a paragraph follows. A day that nothing stands under is when the text was signed.
    """
    kept: list[Section] = []
    listed = 0
    for section, after in zip(sections, [*sections[1:], None], strict=True):
        empty = not (section.sentences or section.fields)
        below = after is not None and after.level > section.level
        numbered = section.level > UNNUMBERED and not section.closed and find_quantities(section.heading)
        item = numbered and (empty or listed == section.level)
        if kept and section.heading and not below and ((empty and section.day) or item):
            span = section.heading_span
            kept[-1].sentences += [Sentence(span, fold(text[span.start : span.end])), *section.sentences]
            listed = section.level
        else:
            kept.append(section)
            listed = 0
    return kept


def _lines(text: str, piece: Piece) -> list[tuple[int, int]]:
    """The paragraphs of a piece; a line that breaks off amid a clause goes on in the next one."""
    found: list[tuple[int, int]] = []
    position = piece.span.start
    skipped = {span.start for span in piece.skipped}
    broken = False
    for raw in text[piece.span.start : piece.span.end].split("\n"):
        body = raw.strip()
        if body:
            start = position + raw.index(body[0])
            end = start + len(body)
            titled = piece.title_span is not None and start <= piece.title_span.start < end
            if titled or start in skipped:
                broken = False
            else:
                if broken and not begins_anew(fold(body).text):
                    start = found.pop()[0]
                found.append((start, end))
                broken = "\t" not in body and body.endswith(_BROKEN_OFF) and not body.startswith("|")
        else:
            broken = False
        position += len(raw) + 1
    return found


_BROKEN_OFF = ("，", ",", "、", "暨", "和", "與", "与", "及")
"""What a paragraph never ends in: the line was wrapped there."""


def _colon(text: str, position: int) -> int:
    """What stands between an inline heading and what it is about."""
    match = _AFTER_HEADING.match(text, position)
    return match.end() - position if match else 0


_AFTER_HEADING = re.compile(r"(?:\*\*|】)?[：:。 　]*")


def _open(sections: list[Section], text: str, span: Span, shape: Shape) -> None:
    level = shape.level
    above = next((s for s in reversed(sections) if s.level and s.level < level), None)
    heading = text[span.start : span.end].strip("*【】：: ")
    own = role_of(heading)
    inherits = above.role if above is not None else ""
    if own == "activities" and inherits in ("problems", "next_steps"):
        own = ""
    section = Section(heading, span, level, own or inherits, bool(own), above)
    section.day, section.closed, section.lead = shape.day, shape.closed, shape.lead
    sections.append(section)


def role_of(heading: str) -> str:
    """What a heading announces: a key of the sheet, ``overview``, or ``""``."""
    form = fold(heading).text
    return next((role for role, each in mapping("roles").items() if each.search(form)), "")


def _fill(section: Section, text: str, start: int, end: int, broken: tuple[Span, ...]) -> None:
    """Divide a line, or what is left of it, into sentences."""
    line = text[start:end]
    form = fold(line)
    position = 0
    first = bisect_left(broken, Span(start, start))
    inside = [
        span for span in broken[max(0, first - 1) : bisect_left(broken, Span(end, end))] if span.end > start
    ]
    stops = [
        m.end()
        for m in _SENTENCE.finditer(form.text)
        if not any(s.start <= start + form.offsets[m.start()] < s.end for s in inside)
    ]
    for stop in [*stops, len(form.text)]:
        if form.text[position:stop].strip(" 。"):
            while position < stop and form.text[position] == " ":
                position += 1
            inner = form.source(position, stop)
            span = Span(start + inner.start, start + inner.end)
            section.sentences.append(Sentence(span, fold(text[span.start : span.end])))
        position = stop
