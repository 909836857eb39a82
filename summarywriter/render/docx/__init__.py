"""Word (.docx) after GB/T 9704-2012: named styles that the user can change, nothing set by hand.

All formatting stands in the styles of `typography.yaml`, or in an office's own template; paragraphs and
runs only name them. Exceptions depend on the document itself: the indents of signature, date and
attachments, which the standard derives from their lengths, and the hint that sends “ ” — … to the East
Asian font. ``direct`` writes the formatting on every paragraph and run besides, for a reader that knows
no styles.
"""

from __future__ import annotations

from docx import Document
from docx.document import Document as DocumentType

from summarywriter.messages import render
from summarywriter.render.docx.annex import attachment_names, attachment_note, figure_table
from summarywriter.render.docx.blocks import line, runs, styled
from summarywriter.render.docx.direct import write_formatting
from summarywriter.render.docx.page import file_bytes, install_styles, page, page_numbers, properties, strip
from summarywriter.render.docx.template import Place, open_template
from summarywriter.render.look import DocxLook
from summarywriter.render.text import script_of
from summarywriter.render.typography import Typography, typography
from summarywriter.summary import Summary

__all__ = ["DocxLook", "render_docx"]


_PLAIN = DocxLook()


def render_docx(summary: Summary, *, draft: bool = False, look: DocxLook = _PLAIN, lang: str = "zh") -> bytes:
    """The summary as a Word document.

    Args:
        summary: What was written.
        draft: Put 草稿 into the header of every page.
        look: What else the user has chosen.
        lang: Language of an error's message, ``zh`` or ``en``.

    Returns:
        The file's bytes: the same summary gives the same bytes.

    Raises:
        RenderError: The template cannot be read.
    """
    script = script_of(summary)
    style = typography(script)
    if look.template is not None:
        document, style, place = open_template(look.template, style, lang=lang, script=script)
    else:
        document = Document()
        strip(document)
        install_styles(document, style)
        page(document.sections[0], style)
        page_numbers(document, document.sections[0], style, look.page_numbers)
        place = Place(document)
    if draft:
        _mark_as_draft(document, render("render.draft", script=script), style)
    names = attachment_names(summary, figures=look.figures)
    foot = next((at for at in summary.filled.lines if at.kind in {"signature", "date"}), None)
    last = [at for at in summary.filled.lines if at.kind == "paragraph"][-1:]
    for at in summary.filled.lines:
        if at is foot:
            attachment_note(place, names, style, script, foot=True)
        paragraph = place.paragraph()
        line(paragraph, summary, at, style)
        if at in last and (foot is not None or names):
            paragraph.paragraph_format.keep_with_next = True  # a signature has text above it on its page
    if foot is None:
        attachment_note(place, names, style, script, foot=False)
    if look.figures:
        figure_table(place, summary, style, number=len(names) if len(names) > 1 else 0)
    place.done()
    if look.direct:
        write_formatting(document, style)
    properties(document, summary, style)
    return file_bytes(document)


def _mark_as_draft(document: DocumentType, mark: str, style: Typography) -> None:
    """Put a mark into every header that a page may show."""
    for section in document.sections:
        headers = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            header.is_linked_to_previous = False
            last = header.paragraphs[-1]
            runs(styled(header.add_paragraph() if last.text else last, style.paragraphs["draft"]), mark)
