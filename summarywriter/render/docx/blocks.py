"""Lines of a summary into paragraphs that name their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.render.title import title_lines
from summarywriter.render.typography import ParagraphStyle, Typography, em_width
from summarywriter.slots import Line
from summarywriter.summary import Summary

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TWIPS_A_POINT = 20
#: GB/T 9704-2012, 7.3.5.2: the organ 2 characters from the right, the date 2 behind the organ's start.
_MARGIN = 2.0


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def line(paragraph: Paragraph, summary: Summary, line: Line, look: Typography) -> None:
    """Write one line of the summary."""
    text = summary.text[line.start : line.end]
    key = f"heading{_rank(text, line.level)}" if line.kind == "heading" else line.kind
    style = look.paragraphs[key]
    styled(paragraph, style)
    if line.kind == "title":
        _title(paragraph, summary, text, look)
    elif line.lead_end > line.start:
        level = next((s.level for s in summary.plan.sections if s.id == line.section), 0)
        head = look.characters[f"lead{_rank(text, level)}"]
        if _is_pinned(summary, line.start):
            runs(paragraph, summary.text[line.start : line.lead_end], look.characters["pinned"].id, head.font)
        else:
            runs(paragraph, summary.text[line.start : line.lead_end], head.id)
        _stretch(paragraph, summary, line.lead_end, line.end, look)
    else:
        _stretch(paragraph, summary, line.start, line.end, look)
    if line.kind in {"signature", "date"}:
        organ, date = (text_of(summary, kind) for kind in ("signature", "date"))
        indents = foot_indents(organ, date, look.page.columns)
        justify(paragraph, "right", indent=indents[line.kind == "date"], size=style.size)
        if (
            line.kind == "date" and not organ
        ):  # the blank line that stands above the organ, where there is one
            spacing = paragraph._p.get_or_add_pPr().get_or_add_spacing()  # noqa: SLF001  twips, as in `page`
            spacing.set(qn("w:before"), str(look.page.line))


#: GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）, each with its font, wherever a document begins to count.
_NUMERALS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"（[一二三四五六七八九十百]+）"),
    re.compile(r"\d+[.．]"),
    re.compile(r"（\d+）"),
)


def _rank(text: str, level: int) -> int:
    """Which of the four ranks a heading has, by its numeral; by its level where it has none."""
    by_numeral = next((n for n, numeral in enumerate(_NUMERALS, 1) if numeral.match(text)), None)
    return by_numeral or min(max(level, 1), 4)


def _title(paragraph: Paragraph, summary: Summary, title: str, look: Typography) -> None:
    style, body = look.paragraphs["title"], look.paragraphs["paragraph"]
    # A character less than there is room for: fonts differ in the width of digits and quotation marks.
    columns = look.page.columns * body.size / style.size - 1
    lines = title_lines(title, columns=columns, names=_names(summary), words=look.title)
    start = next((at.start for at in summary.filled.lines if at.kind == "title"), 0)
    pinned = look.characters["pinned"].id if _is_pinned(summary, start) else None
    for n, line in enumerate(lines):
        if n:
            paragraph.add_run().add_break()
        runs(paragraph, line, pinned)


_NAMES = frozenset({FactKind.UNIT, FactKind.THEME, FactKind.ACTIVITY, FactKind.PERSON, FactKind.PLACE})


def _names(summary: Summary) -> Iterator[str]:
    """What the sheet names: words that a title's line must not cut."""
    for fact in FactIndex.of(summary.facts):
        if fact.kind in _NAMES:
            yield fact.text
        elif fact.organisers:
            yield from fact.organisers.names


def _is_pinned(summary: Summary, at: int) -> bool:
    return any(span.start <= at < span.end for span in summary.filled.pinned)


def _stretch(paragraph: Paragraph, summary: Summary, start: int, end: int, look: Typography) -> None:
    """Write a stretch of the text; what a person has pinned is marked as it was."""
    at = start
    for span in summary.filled.pinned:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            _text(paragraph, summary.text[at:first], look)
            runs(paragraph, summary.text[first:last], look.characters["pinned"].id)
            at = last
    _text(paragraph, summary.text[at:end], look)


def _text(paragraph: Paragraph, text: str, look: Typography) -> None:
    """Write ``text``, its gaps shaded so that nobody overlooks them."""
    gaps = "|".join(map(re.escape, look.gaps))
    for piece in re.split(f"({gaps})", text):
        runs(paragraph, piece, look.characters["gap"].id if piece in look.gaps else None)


def runs(paragraph: Paragraph, text: str, style: str | None = None, font: str | None = None) -> None:
    """Add ``text`` as a run, in a character style by its id, or in another East Asian font than its."""
    text = clean(text)
    if not text:
        return
    run = paragraph.add_run(text)._r  # noqa: SLF001  rStyle by id, and the font hint, have no API
    properties = run.get_or_add_rPr()
    if style:
        name = OxmlElement("w:rStyle")
        name.set(qn("w:val"), style)
        properties.append(name)
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:hint"), "eastAsia")
    if font:
        fonts.set(qn("w:eastAsia"), font)
    properties.append(fonts)


def styled(paragraph: Paragraph, style: ParagraphStyle) -> Paragraph:
    """Name the paragraph's style."""
    paragraph._p.get_or_add_pPr().style = style.id  # noqa: SLF001  by id: the name differs by script
    return paragraph


def justify(paragraph: Paragraph, side: str, *, indent: float, size: int) -> None:
    """Set a paragraph to one side, ``indent`` characters in (for Word; the same in twips for others)."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  indents in characters have no API
    space = properties.get_or_add_ind()
    space.set(qn(f"w:{side}Chars"), str(round(indent * 100)))
    space.set(qn(f"w:{side}"), str(round(indent * size * _TWIPS_A_POINT)))
    properties.get_or_add_jc().set(qn("w:val"), side)


def hang(paragraph: Paragraph, *, left: float, hanging: float, size: int) -> None:
    """Set the first line out: ``left`` and ``hanging`` in characters of ``size`` points."""
    space = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001  as in `justify`
    for name, value in (("left", left), ("hanging", hanging)):
        space.set(qn(f"w:{name}Chars"), str(round(value * 100)))
        space.set(qn(f"w:{name}"), str(round(value * size * _TWIPS_A_POINT)))


def text_of(summary: Summary, kind: str) -> str:
    """The first line of a kind; ``""`` where there is none."""
    return next(
        (summary.text[line.start : line.end] for line in summary.filled.lines if line.kind == kind), ""
    )


def foot_indents(organ: str, date: str, columns: int) -> tuple[float, float]:
    """Right indents of signature and date, in characters."""
    wide, late = em_width(organ), em_width(date)
    if not organ or wide + 2 * _MARGIN > columns:
        return _MARGIN, _MARGIN
    if late > wide:
        return min(2 * _MARGIN + late - wide, columns - wide), _MARGIN
    return _MARGIN, wide - late
