"""The page of the .docx, its styles, its properties, and the file."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from summarywriter.render.docx.blocks import clean, justify, styled, text_of
from summarywriter.render.stylesheet import font_table_xml, style_elements
from summarywriter.render.typography import Typography
from summarywriter.summary import Summary

#: Parts of python-docx's blank document that say nothing about ours. Its theme stays, though no style
#: refers to it: a validator of the format asks for one.
_FOREIGN_PARTS = ("/customXml", "/stylesWithEffects", "/numbering", "/thumbnail", "/webSettings")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST = 255
"""Characters that a property may have."""


def strip(document: DocumentType) -> None:
    """Drop what the library's blank document brings along that is not ours."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            name = "" if relation.is_external else str(relation.target_part.partname)
            if any(foreign in name for foreign in _FOREIGN_PARTS):
                del part.rels[key]


def install_styles(document: DocumentType, look: Typography) -> None:
    """Put our styles in the place of the library's, and set what goes with them."""
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
    _line_breaks(settings, look)


def _line_breaks(settings: BaseOxmlElement, look: Typography) -> None:
    """Say what may not end and not begin a line, where the schema has it: after the control of spacing."""
    place = settings.find(qn("w:characterSpacingControl"))
    for tag, characters in (
        ("noLineBreaksBefore", look.no_line_start),
        ("noLineBreaksAfter", look.no_line_end),
    ):
        element = OxmlElement(f"w:{tag}")
        element.set(qn("w:lang"), look.language)
        element.set(qn("w:val"), characters)
        if place is not None:
            place.addnext(element)


def page(section: Section, look: Typography) -> None:
    """Paper, margins and grid."""
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


def page_numbers(document: DocumentType, section: Section, look: Typography, where: str) -> None:
    """A PAGE field in each footer, ``outside`` or ``centre``."""
    document.settings.odd_and_even_pages_header_footer = True
    sides = {"outside": ("right", "left"), "centre": ("center", "center")}[where]
    for footer, side in zip((section.footer, section.even_page_footer), sides, strict=True):
        footer.is_linked_to_previous = False
        style = look.paragraphs["number"]
        paragraph = styled(footer.paragraphs[0], style)
        if side != "center":
            justify(paragraph, side, indent=1, size=style.size)
        for text in (_PAGE_BEFORE, _PAGE_FIELD, _PAGE_AFTER):
            paragraph._p.append(parse_xml(text))  # noqa: SLF001  a field has no API


_PAGE_BEFORE = f'<w:r {nsdecls("w")}><w:t xml:space="preserve">— </w:t></w:r>'
_PAGE_FIELD = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_PAGE_AFTER = f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> —</w:t></w:r>'


def properties(document: DocumentType, summary: Summary, look: Typography) -> None:
    """Title, author and subject of the file; nothing of the library's blank document or a template's."""
    core = document.core_properties
    core.title = clean(text_of(summary, "title") or summary.plan.title)[:_LONGEST]
    core.author = clean(summary.facts.unit or "")[:_LONGEST]
    core.subject = clean(summary.facts.theme or "")[:_LONGEST]
    core.language = look.language
    core.last_modified_by = core.comments = core.keywords = core.category = ""
    element = core._element  # noqa: SLF001  the blank document's own dates are not this document's
    for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted", "cp:revision"):
        for child in element.findall(qn(name)):
            element.remove(child)


def file_bytes(document: DocumentType) -> bytes:
    """Save with the archive's dates fixed: the same summary, the same file."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
