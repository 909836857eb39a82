"""An office's own .docx as the frame: its page, its headers and footers, its styles."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from summarywriter.chinese.text import folded
from summarywriter.errors import RenderError
from summarywriter.messages import render
from summarywriter.render.stylesheet import style_elements
from summarywriter.render.typography import Typography

_MARK = "{{正文}}"


class Place:
    """Where the document goes on: at its end, or before a paragraph of a template.

    Args:
        document: The document.
        before: The paragraph that marks the place; it is removed when the document is done.
    """

    def __init__(self, document: DocumentType, before: Paragraph | None = None) -> None:
        self._document = document
        self._before = before

    def paragraph(self) -> Paragraph:
        """A new paragraph here."""
        if self._before is None:
            return self._document.add_paragraph()
        return self._before.insert_paragraph_before()

    def table(self, columns: int, width: int) -> Table:
        """A new table here, with no rows yet; ``width`` in twips."""
        table: Table = self._document.add_table(0, columns)
        table.autofit = False
        for column in table.columns:
            column.width = Twips(width // columns)
        if self._before is not None:
            self._before._p.addprevious(table._tbl)  # noqa: SLF001  a table's place has no API
        return table

    def done(self) -> None:
        """Take out the paragraph that marked the place."""
        if self._before is not None:
            mark = self._before._p  # noqa: SLF001  python-docx removes nothing
            mark.getparent().remove(mark)
            self._before = None

    def row(self, table: Table) -> _Row:
        """A new row of a table."""
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]
        return row


def open_template(
    path: Path, look: Typography, *, lang: str, script: str
) -> tuple[DocumentType, Typography, Place]:
    """Open a template, find its styles, and make room for the summary.

    A style is taken for ours if it has our name or id, or one of the names under which offices keep it;
    of the others, ours are put in beside theirs.

    Args:
        path: The .docx.
        look: Our styles.
        lang: Language of an error's message.
        script: Script of an error's message.

    Returns:
        The document, our styles under the template's ids, and the place to write at.

    Raises:
        RenderError: It is no .docx, or cannot be read.
    """
    try:
        document = Document(str(path))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _unreadable(path, lang, script, error) from error
    except Exception as error:
        if type(error).__module__.startswith(("docx.", "lxml.")):  # python-docx's own, of several kinds
            raise _unreadable(path, lang, script, error) from error
        raise
    for key, relation in list(document.part.rels.items()):
        if not relation.is_external and "/stylesWithEffects" in str(relation.target_part.partname):
            del document.part.rels[key]  # Word 2010's second list of styles, which would lack ours
    own = _own_styles(document, look)
    mark = _mark(document)
    if mark is None:
        _empty(document)
    return document, own, Place(document, mark)


def _unreadable(path: Path, lang: str, script: str, error: Exception) -> RenderError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return RenderError(
        render("render.docx.template", lang=lang, script=script, path=str(path), reason=reason)
    )


def _own_styles(document: DocumentType, look: Typography) -> Typography:
    paragraphs = {folded(s.name): s for s in document.styles if s.type == WD_STYLE_TYPE.PARAGRAPH and s.name}
    characters = {folded(s.name): s for s in document.styles if s.type == WD_STYLE_TYPE.CHARACTER and s.name}
    ids = {style.style_id for style in document.styles}
    missing: set[str] = set()

    def found(ours: Any, known: Mapping[str, Any], names: tuple[str, ...]) -> Any:
        style = next((known[folded(name)] for name in (ours.name, *names) if folded(name) in known), None)
        if style is not None:
            return replace(ours, id=style.style_id)
        if ours.id not in ids:
            missing.add(ours.id)
        return ours

    own = replace(
        look,
        paragraphs={
            key: found(style, paragraphs, look.aliases.get(key, ())) for key, style in look.paragraphs.items()
        },
        characters={key: found(style, characters, ()) for key, style in look.characters.items()},
    )
    renamed = {ours.id: own.paragraphs[key].id for key, ours in look.paragraphs.items()}
    default = next((s.style_id for s in document.styles if _is_default(s.element)), None)
    for element in style_elements(look):
        if element.get(qn("w:styleId")) in missing:
            _base(element, {"Normal": default} | renamed, ids | missing)
            document.styles.element.append(element)
    return own


def _is_default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _base(style: Any, renamed: Mapping[str, str | None], known: set[str]) -> None:
    """Have a style of ours rest on, and be followed by, what the template calls those styles."""
    for tag in ("w:basedOn", "w:next"):
        other = style.find(qn(tag))
        if other is None:
            continue
        name = renamed.get(other.get(qn("w:val"))) or other.get(qn("w:val"))
        if name in known:
            other.set(qn("w:val"), name)
        else:
            style.remove(other)


def _mark(document: DocumentType) -> Paragraph | None:
    return next((p for p in document.paragraphs if p.text.strip() in (_MARK, "{{body}}")), None)


def _empty(document: DocumentType) -> None:
    """Take out the template's own text; the last section's properties are its page."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    kept = deepcopy(last) if last is not None else None
    for child in list(body):
        body.remove(child)
    if kept is not None:
        body.append(kept)
