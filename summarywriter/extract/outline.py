"""A piece as its headings divide it, each sentence under the heading it stands under."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from summarywriter.chinese.text import Span, fold
from summarywriter.extract.headings import are_led, marked_headings, short_headings, short_start
from summarywriter.extract.layout import (
    FORMAL,
    UNNUMBERED,
    Shape,
    begins_anew,
    field_of,
    formal_heading,
    heading_of,
    labelled_lines,
)
from summarywriter.extract.pieces import Piece
from summarywriter.extract.regroup import regrouped
from summarywriter.extract.sections import Section, Sentence
from summarywriter.extract.tables import Table, named_fields
from summarywriter.extract.turns import turn_of, voice_end, voices
from summarywriter.extract.words import mapping

__all__ = ["Section", "Sentence", "outline", "role_of"]

_LONGEST_TITLE = 48
_FEWEST_TURNS = 3
_LONGEST_DAY = 24
"""A line that begins with a day and is no longer holds nothing else but the weather."""
#: In a chat a picture often stands for the stop.
_PICTURE = "(?:[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?)+"
_SENTENCE = re.compile(
    rf"[。!?]+[”\"’]?|;(?=[一二三四五六七八九十]是)|(?<=[一-鿿0-9]){_PICTURE} *(?=[^,。;])"
)


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
    chat = bool(spoken) or sum(bool(turn_of(form.text)) for form in forms) >= _FEWEST_TURNS
    led = are_led([form.text for form in forms])
    short = short_headings([form.text for form in forms])
    marked = marked_headings([form.text for form in forms])
    waiting = list(tables)
    formal = sum(bool(FORMAL.match(form.text)) for form in forms) > 1
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
        shape = marked.get(number) or formal_heading(form.text)
        shape = shape or heading_of(form.text, labelled=number in labelled, led=led)
        if shape is None and number in short:
            shape = Shape(short_start(form.text), len(form.text), UNNUMBERED, lead=True)
        told_day = shape is not None and shape.day and chat  # a day between the turns of a chat
        head = None if named is not None or titled or told_day else shape
        if head is not None and formal and not FORMAL.match(form.text):
            head = replace(head, level=head.level + 1)  # 壹、 is over 一、
        if head is not None:
            span = form.source(head.start, head.end)
            _open(sections, text, Span(span.start + start, span.end + start), head)
            bare_day = head.day and len(form.text) <= _LONGEST_DAY and form.text[0].isdigit()
            if not (bare_day or _NOTHING_MORE.fullmatch(form.text, head.end)):
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
    kept = [s for n, s in enumerate(regrouped(sections, text)) if n == 0 or s.heading or s.sentences]
    for section in kept:
        section.spoken = chat
    return kept


def _row(sections: list[Section], text: str, start: int, end: int, table: Table) -> None:
    """A table's row: a sentence to whoever reads on, and part of the table."""
    if table not in sections[-1].tables:
        sections[-1].tables.append(table)
        sections[-1].fields += [(name, cell.span) for name, cell in named_fields(table)]
    sections[-1].sentences.append(Sentence(Span(start, end), fold(text[start:end])))


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


#: What may follow a heading on its line and says nothing more: 採購案|，提請審議。
_NOTHING_MORE = re.compile("(?:,?提请[^,。]{2,8})?。?")
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
    if above is not None:
        above.parted = True
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
