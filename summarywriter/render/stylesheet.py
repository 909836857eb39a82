"""The styles of the .docx as XML: document defaults, the few built-ins, and our named styles."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from summarywriter.render.typography import CharacterStyle, ParagraphStyle, Typography

_BLACK = "000000"


def style_elements(look: Typography) -> Iterator[BaseOxmlElement]:
    """Everything that stands in ``w:styles``, in order.

    Word's own styles are four: what is not listed here Word makes up itself when a user asks for it.
    Fonts are set by name in the defaults too, for a theme font would win over a name.
    """
    body = look.paragraphs["paragraph"]
    yield parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts(body.font, look.latin)}"
        f'<w:lang w:val="en-US" w:eastAsia="{look.language}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    yield _builtin("paragraph", "Normal", "Normal", _normal(look))
    yield _builtin("character", "DefaultParagraphFont", "Default Paragraph Font", "<w:semiHidden/>")
    yield _builtin(
        "table",
        "TableNormal",
        "Normal Table",
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    )
    yield _builtin("numbering", "NoList", "No List", "<w:semiHidden/>")
    for rank, paragraph in enumerate(look.paragraphs.values(), 1):
        yield _paragraph_style(paragraph, look, rank)
    for character in look.characters.values():
        yield _character_style(character)


def _normal(look: Typography) -> str:
    """Normal carries the grid: line height, character spacing, no gap between Chinese and digits.

    Those gaps and widow control would break the 22 lines of 28 characters. A mark may hang into the margin.
    That is Word's rule, but has to be said: LibreOffice leaves marks out at the end of lines otherwise.
    """
    page, body = look.page, look.paragraphs["paragraph"]
    return (
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{page.line}" w:lineRule="exact"/><w:jc w:val="both"/>'
        f'</w:pPr><w:rPr><w:color w:val="{_BLACK}"/><w:spacing w:val="{page.spacing}"/>'
        f'<w:kern w:val="0"/><w:sz w:val="{body.size * 2}"/><w:szCs w:val="{body.size * 2}"/></w:rPr>'
    )


def _paragraph_style(style: ParagraphStyle, look: Typography, rank: int) -> BaseOxmlElement:
    page, body = look.page, look.paragraphs["paragraph"]
    height = ' w:line="240" w:lineRule="auto"' if style.free else ""
    spacing = (
        f'<w:spacing w:before="{style.before * page.line}" w:after="{style.after * page.line}"{height}/>'
    )
    indent = (
        f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{style.indent * style.size * 20}"/>'
    )
    outline = f'<w:outlineLvl w:val="{style.outline}"/>'
    is_heading = style.outline is not None
    parts = (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">',
        f'<w:name w:val={quoteattr(style.name)}/><w:basedOn w:val="Normal"/>',
        f'<w:next w:val="{body.id}"/>' if is_heading else "",
        f'<w:uiPriority w:val="{rank}"/><w:qFormat/><w:pPr>',
        "<w:keepNext/>" if style.keep else "",
        "<w:pageBreakBefore/>" if style.breaks else "",
        "" if style.snap else '<w:snapToGrid w:val="0"/>',
        spacing,
        indent if style.indent else "",
        f'<w:jc w:val="{style.align}"/>',
        outline if is_heading else "",
        f"</w:pPr><w:rPr>{_fonts(style.font, style.latin)}",
        '<w:spacing w:val="0"/>' if style.free else "",
        f'<w:sz w:val="{style.size * 2}"/><w:szCs w:val="{style.size * 2}"/></w:rPr></w:style>',
    )
    return parse_xml("".join(parts))


def _character_style(style: CharacterStyle) -> BaseOxmlElement:
    font = f"<w:rFonts w:eastAsia={quoteattr(style.font)}/>" if style.font else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.shade}"/>' if style.shade else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="{style.id}">'
        f'<w:name w:val={quoteattr(style.name)}/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:uiPriority w:val="30"/><w:qFormat/><w:rPr>{font}{shade}</w:rPr></w:style>'
    )


def _builtin(kind: str, identity: str, name: str, content: str) -> BaseOxmlElement:
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{kind}" w:default="1" w:styleId="{identity}">'
        f'<w:name w:val="{name}"/>{content}</w:style>'
    )


def _fonts(east: str, latin: str) -> str:
    east, latin = quoteattr(east), quoteattr(latin)
    return f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={east} w:cs={latin}/>"


def font_table_xml(look: Typography) -> bytes:
    """The font table: what may stand in for a font that is not installed."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(font.name)}><w:altName w:val={quoteattr(font.alt)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font in look.fonts
    )
    latin = (
        f'<w:font w:name={quoteattr(look.latin)}><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{latin}{fonts}</w:fonts>".encode()
