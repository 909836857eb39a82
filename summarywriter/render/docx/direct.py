"""The styles' formatting written on paragraphs and runs too, for readers that know no styles.

Some checkers of official documents look at what stands on a paragraph itself and take a style's
formatting for none. What is written here is what the styles already say.
"""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from summarywriter.render.typography import CharacterStyle, ParagraphStyle, Typography

_TWIPS_A_POINT = 20


def write_formatting(document: DocumentType, look: Typography) -> None:
    """Write alignment, indents, spacing, fonts and sizes on all paragraphs of the body and its tables."""
    paragraphs = {style.id: style for style in look.paragraphs.values()}
    characters = {style.id: style for style in look.characters.values()}
    for paragraph in document.element.body.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        style = paragraphs.get(properties.style or "")
        if style is None:
            continue
        _paragraph(properties, style, look)
        for run in paragraph.iter(qn("w:r")):
            _run(run, style, characters)


def _paragraph(properties: BaseOxmlElement, style: ParagraphStyle, look: Typography) -> None:
    if properties.find(qn("w:jc")) is None:
        properties.get_or_add_jc().set(qn("w:val"), style.align)
    if style.indent and properties.find(qn("w:ind")) is None:
        space = properties.get_or_add_ind()
        space.set(qn("w:firstLineChars"), str(style.indent * 100))
        space.set(qn("w:firstLine"), str(style.indent * style.size * _TWIPS_A_POINT))
    if not style.free:
        spacing = properties.get_or_add_spacing()
        for name, value in (("before", style.before), ("after", style.after), ("line", 1)):
            if name == "line" or spacing.get(qn(f"w:{name}")) is None:
                spacing.set(qn(f"w:{name}"), str(value * look.page.line))
        spacing.set(qn("w:lineRule"), "exact")


def _run(run: BaseOxmlElement, style: ParagraphStyle, characters: dict[str, CharacterStyle]) -> None:
    properties = run.get_or_add_rPr()
    named = properties.find(qn("w:rStyle"))
    character = characters.get(named.get(qn("w:val"))) if named is not None else None
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), style.latin)
    if fonts.get(qn("w:eastAsia")) is None:  # else a pinned run-in head, in the head's own font
        fonts.set(qn("w:eastAsia"), (character.font if character else None) or style.font)
    for tag in ("w:sz", "w:szCs"):
        size = OxmlElement(tag)
        size.set(qn("w:val"), str(style.size * 2))
        properties.append(size)
