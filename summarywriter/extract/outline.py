"""A piece as its headings divide it, each sentence under the heading it stands under."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from summarywriter.chinese.text import Folded, Span, fold
from summarywriter.extract.pieces import Piece
from summarywriter.extract.words import mapping, table

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LEVELS = (
    re.compile(rf"(?:#{{1,4}} ?|\*\*)?(?:{_NUMERAL}、|第{_NUMERAL}(?:部分|项|章)[:、 ]?|[Ⅰ-Ⅹ]+[、.])"),
    re.compile(rf"(?:#{{1,4}} ?|\*\*)?\({_NUMERAL}\)"),
    re.compile(r"(?:#{1,4} ?|\*\*)?[0-9]{1,2}(?:[、]|[.](?![0-9])) ?"),
    re.compile(r"#{0,4} ?(?:\([0-9]{1,2}\)|[①-⑳])"),
)
_HASHES = re.compile(r"(#{1,4}) +")
_LONGEST_HEADING = 36
_LONGEST_INLINE = 26
_SENTENCE = re.compile(r"[。!?]+[”\"’]?|;(?=[一二三四五六七八九十]是)")


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
        sentences: What stands under it, down to the next heading.
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

    @property
    def span(self) -> Span:
        """From the heading to the last sentence."""
        ends = [s.span.end for s in self.sentences] + [span.end for _, span in self.fields]
        starts = [s.span.start for s in self.sentences] + [span.start for _, span in self.fields]
        if self.heading:
            starts.append(self.heading_span.start)
            ends.append(self.heading_span.end)
        return Span(min(starts, default=0), max(ends, default=0))


def outline(text: str, piece: Piece, broken: tuple[Span, ...] = ()) -> list[Section]:
    """The sections of a piece in order; the first has no heading and may be empty.

    Args:
        text: The source.
        piece: The piece.
        broken: Passages that are no text, in order: a ? in them ends no sentence.
    """
    sections = [Section()]
    for start, end in _lines(text, piece):
        line = text[start:end]
        form = fold(line)
        level, lead = _numbered(form.text)
        named = _field(form, start, end)
        head = None if named is not None else _heading(form.text, level, lead)
        if head is not None and not level:
            level = _UNNUMBERED
        if head is not None:
            span = form.source(lead, head)
            _open(sections, text, Span(span.start + start, span.end + start), level)
            if head < len(form.text):
                rest = form.source(head, len(form.text)).start + start
                _fill(sections[-1], text, rest + _colon(text, rest), end, broken)
            continue
        if named is not None:
            sections[-1].fields.append(named)
        _fill(sections[-1], text, start, end, broken)
    return [s for n, s in enumerate(sections) if n == 0 or s.heading or s.sentences]


def _lines(text: str, piece: Piece) -> list[tuple[int, int]]:
    found, position = [], piece.span.start
    skipped = {span.start for span in piece.skipped}
    for raw in text[piece.span.start : piece.span.end].split("\n"):
        body = raw.strip()
        if body:
            start = position + raw.index(body[0])
            titled = piece.title_span is not None and start <= piece.title_span.start < start + len(body)
            if not titled and start not in skipped:
                found.append((start, start + len(body)))
        position += len(raw) + 1
    return found


#: A line that begins with what it is about: 存在的不足:…
_LABEL = re.compile(
    "(?:主要)?(?:存在的?)?(?:问题|不足|困难)(?:[和与及](?:问题|不足))?(?:之处)?:|下一?步(?:打算|工作|计划|安排)?:|(?:活动|主要|取得的?)?成效:"
)
#: A paragraph whose first words, short and without a figure, say what it is about: 加大宣傳力度。…
_LEAD = re.compile("[一-鿿]{4,12}。(?=.{24,})")
_UNNUMBERED = 2


#: 一是現場宣傳。…: a point whose first words say what it is about.
_SHORT_POINT = re.compile("[一二三四五六七八九十]是(?=[^,。;:0-9]{2,14}[。:].{12,})")


def _numbered(form: str) -> tuple[int, int]:
    """The level of a line's numbering and where the words begin; level 0 for none."""
    for level, each in enumerate(_LEVELS, 1):
        if match := each.match(form):
            return level, match.end()
    if match := _SHORT_POINT.match(form):
        return 3, match.end()
    if match := _HASHES.match(form):
        return len(match[1]), match.end()
    return 0, 0


def _heading(form: str, level: int, lead: int) -> int | None:
    """Where the heading on a line ends, ``None`` for a line that has none."""
    if not level:
        bold = re.fullmatch(r"(?:\*\*|【)[^*】。]{2,30}(?:\*\*|】):?", form)
        label = _LABEL.match(form)
        said = label or _LEAD.match(form)
        return len(form) if bold else said.end() - 1 if said else None
    words = form[lead:]
    colon = words.find(":")
    if 0 < colon <= _LONGEST_INLINE and words[colon + 1 :].strip() and not re.search("[。;,]", words[:colon]):
        return lead + colon
    if len(words) <= _LONGEST_HEADING and not re.search("[。;!?]", words):
        return len(form)
    stop = words.find("。")
    if 0 < stop <= _LONGEST_INLINE and len(words) > stop + 12 and not re.search(r"\d|;", words[:stop]):
        return lead + stop
    return None


def _colon(text: str, position: int) -> int:
    return 1 if text[position : position + 1] in ("：", ":", "。") else 0


def _open(sections: list[Section], text: str, span: Span, level: int) -> None:
    above = next((s for s in reversed(sections) if s.level and s.level < level), None)
    heading = text[span.start : span.end].strip("*【】：: ")
    own = role_of(heading)
    inherits = above.role if above is not None else ""
    if own == "activities" and inherits in ("problems", "next_steps"):
        own = ""
    sections.append(Section(heading, span, level, own or inherits, bool(own), above))


def role_of(heading: str) -> str:
    """What a heading announces: a key of the sheet, ``overview``, or ``""``."""
    form = fold(heading).text
    return next((role for role, each in mapping("roles").items() if each.search(form)), "")


_NUMBER = "[0-9一二三四五六七八九十]{1,2}"
_FIELD = re.compile(rf"(?:{_NUMBER}[、.]|\({_NUMBER}\))?[(\[]?([一-鿿]{{2,6}})[)\]]?: ?(?=\S)")


def _field(form: Folded, start: int, end: int) -> tuple[str, Span] | None:
    """A notice's line 時間：… as the name of its field and the span of its value."""
    match = _FIELD.match(form.text)
    if match is None:
        return None
    for name, labels in table()["fields"].items():
        if match[1] in {fold(label).text for label in labels}:
            inner = form.source(match.end(), len(form.text))
            value = Span(inner.start + start, end)
            return name, value
    return None


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
