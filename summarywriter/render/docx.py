"""Word (.docx) after GB/T 9704-2012: named styles that the user can change, nothing set by hand.

All formatting stands in the styles of `typography.yaml`; paragraphs and runs only name them. Two
exceptions depend on the document itself: the indents of signature and date, which the standard derives
from their lengths, and the hint that sends “ ” — … to the East Asian font.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Literal

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.text.paragraph import Paragraph

from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.messages import render
from summarywriter.render.stylesheet import font_table_xml, style_elements
from summarywriter.render.text import script_of
from summarywriter.render.title import title_lines
from summarywriter.render.typography import ParagraphStyle, Typography, em_width, typography
from summarywriter.slots import Line
from summarywriter.summary import Summary

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TWIPS_AN_EM = 20
#: Parts of python-docx's blank document that say nothing about ours: another theme, another history.
_FOREIGN_PARTS = ("/customXml", "/stylesWithEffects", "/numbering", "/theme", "/thumbnail", "/webSettings")
#: GB/T 9704-2012, 7.3.5.2: the organ 2 characters from the right, the date 2 behind the organ's start.
_MARGIN = 2.0
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

PageNumbers = Literal["outside", "centre"]


def render_docx(summary: Summary, *, draft: bool = False, page_numbers: PageNumbers = "outside") -> bytes:
    """The summary as a Word document.

    Args:
        summary: What was written.
        draft: Put 草稿 into the header of every page.
        page_numbers: ``outside`` (odd pages right, even left, as the standard has it) or ``centre``.

    Returns:
        The file's bytes: the same summary gives the same bytes.
    """
    script = script_of(summary)
    look = typography(script)
    document = Document()
    _strip(document)
    _install_styles(document, look)
    section = document.sections[0]
    _page(section, look)
    _page_numbers(document, section, look, page_numbers)
    if draft:
        mark = render("render.draft", script=script)
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            _styled(header.paragraphs[0], look.paragraphs["draft"])
            _runs(header.paragraphs[0], mark)
    for line in summary.filled.lines:
        _line(document, summary, line, look)
    _properties(document, summary, look)
    return _bytes(document)


# --- the page ---------------------------------------------------------------------------------------


def _strip(document: DocumentType) -> None:
    """Drop what the library's blank document brings along that is not ours."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            name = "" if relation.is_external else str(relation.target_part.partname)
            if any(foreign in name for foreign in _FOREIGN_PARTS):
                del part.rels[key]


def _install_styles(document: DocumentType, look: Typography) -> None:
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for element in style_elements(look):
        styles.append(element)
    fonts = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts._blob = font_table_xml(look)  # noqa: SLF001  python-docx has no API for the font table
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), look.language)
    for compat in settings.iter(qn("w:compatSetting")):
        if compat.get(qn("w:name")) == "compatibilityMode":
            compat.set(qn("w:val"), "15")  # else Word opens the file in compatibility mode


def _page(section: Section, look: Typography) -> None:
    page = look.page
    properties = section._sectPr  # noqa: SLF001  lengths in twips, which the API would round to EMU
    for tag, values in (
        ("w:pgSz", {"w": page.width, "h": page.height}),
        (
            "w:pgMar",
            {side: getattr(page, side) for side in ("top", "right", "bottom", "left", "header", "footer")},
        ),
        ("w:docGrid", {"type": "lines", "linePitch": page.line}),
    ):
        element = properties.find(qn(tag))
        if element is None:
            element = OxmlElement(tag)
            properties.append(element)
        for key, value in values.items():
            element.set(qn(f"w:{key}"), str(value))


def _page_numbers(document: DocumentType, section: Section, look: Typography, where: PageNumbers) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    sides = {"outside": ("right", "left"), "centre": ("center", "center")}[where]
    for footer, side in zip((section.footer, section.even_page_footer), sides, strict=True):
        footer.is_linked_to_previous = False
        style = look.paragraphs["number"]
        paragraph = _styled(footer.paragraphs[0], style)
        if side != "center":
            _justify(paragraph, side, indent=1, size=style.size)
        for text in (_PAGE_BEFORE, _PAGE_FIELD, _PAGE_AFTER):
            paragraph._p.append(parse_xml(text))  # noqa: SLF001  a field has no API


_PAGE_BEFORE = f'<w:r {nsdecls("w")}><w:t xml:space="preserve">— </w:t></w:r>'
_PAGE_FIELD = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_PAGE_AFTER = f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> —</w:t></w:r>'


# --- the text ---------------------------------------------------------------------------------------


def _line(document: DocumentType, summary: Summary, line: Line, look: Typography) -> None:
    text = summary.text[line.start : line.end]
    key = f"heading{min(max(line.level, 1), 4)}" if line.kind == "heading" else line.kind
    style = look.paragraphs[key]
    paragraph = _styled(document.add_paragraph(), style)
    if line.kind == "title":
        _title(paragraph, summary, text, look)
    elif line.lead_end > line.start:
        level = next((s.level for s in summary.plan.sections if s.id == line.section), 0)
        head = look.characters[f"lead{min(max(level, 1), 4)}"].id
        _runs(paragraph, summary.text[line.start : line.lead_end], head)
        _text(paragraph, summary.text[line.lead_end : line.end], look)
    else:
        _text(paragraph, text, look)
    if line.kind in {"signature", "date"}:
        organ, date = (_text_of(summary, kind) for kind in ("signature", "date"))
        indents = _foot_indents(organ, date, look.page.columns)
        _justify(paragraph, "right", indent=indents[line.kind == "date"], size=style.size)


def _title(paragraph: Paragraph, summary: Summary, title: str, look: Typography) -> None:
    style, body = look.paragraphs["title"], look.paragraphs["paragraph"]
    # A character less than there is room for: fonts differ in the width of digits and quotation marks.
    columns = look.page.columns * body.size / style.size - 1
    lines = title_lines(title, columns=columns, names=_names(summary), words=look.title)
    for n, line in enumerate(lines):
        if n:
            paragraph.add_run().add_break()
        _runs(paragraph, line)


_NAMES = frozenset({FactKind.UNIT, FactKind.THEME, FactKind.ACTIVITY, FactKind.PERSON, FactKind.PLACE})


def _names(summary: Summary) -> Iterator[str]:
    """What the sheet names: words that a title's line must not cut."""
    for fact in FactIndex.of(summary.facts):
        if fact.kind in _NAMES:
            yield fact.text
        elif fact.organisers:
            yield from fact.organisers.names


def _text(paragraph: Paragraph, text: str, look: Typography) -> None:
    """Write ``text``, its gaps shaded so that nobody overlooks them."""
    gaps = "|".join(map(re.escape, look.gaps))
    for piece in re.split(f"({gaps})", text):
        _runs(paragraph, piece, look.characters["gap"].id if piece in look.gaps else None)


def _runs(paragraph: Paragraph, text: str, style: str | None = None) -> None:
    text = _NO_XML.sub("", text)
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
    properties.append(fonts)


def _styled(paragraph: Paragraph, style: ParagraphStyle) -> Paragraph:
    paragraph._p.get_or_add_pPr().style = style.id  # noqa: SLF001  by id: the name differs by script
    return paragraph


def _justify(paragraph: Paragraph, side: str, *, indent: float, size: int) -> None:
    """Set a paragraph to one side, ``indent`` characters in (for Word; the same in twips for others)."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  indents in characters have no API
    space = properties.get_or_add_ind()
    space.set(qn(f"w:{side}Chars"), str(round(indent * 100)))
    space.set(qn(f"w:{side}"), str(round(indent * size * _TWIPS_AN_EM)))
    properties.get_or_add_jc().set(qn("w:val"), side)


# --- the foot ---------------------------------------------------------------------------------------


def _text_of(summary: Summary, kind: str) -> str:
    return next(
        (summary.text[line.start : line.end] for line in summary.filled.lines if line.kind == kind), ""
    )


def _foot_indents(organ: str, date: str, columns: int) -> tuple[float, float]:
    """Right indents of signature and date, in characters."""
    wide, late = em_width(organ), em_width(date)
    if not organ or wide + 2 * _MARGIN > columns:
        return _MARGIN, _MARGIN
    if late > wide:
        return min(2 * _MARGIN + late - wide, columns - wide), _MARGIN
    return _MARGIN, wide - late


# --- the file ---------------------------------------------------------------------------------------


def _properties(document: DocumentType, summary: Summary, look: Typography) -> None:
    core = document.core_properties
    core.title = _NO_XML.sub("", _text_of(summary, "title") or summary.plan.title)[:255]
    core.author = _NO_XML.sub("", summary.facts.unit or "")[:255]
    core.subject = _NO_XML.sub("", summary.facts.theme or "")[:255]
    core.language = look.language
    core.last_modified_by = core.comments = core.keywords = core.category = ""
    element = core._element  # noqa: SLF001  the blank document's own dates are not this document's
    for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted", "cp:revision"):
        for child in element.findall(qn(name)):
            element.remove(child)


def _bytes(document: DocumentType) -> bytes:
    """Save with the archive's dates fixed: the same summary, the same file."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
