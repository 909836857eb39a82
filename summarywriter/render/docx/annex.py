"""What follows the text: the note of attachments, and the table of all figures as one of them."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell

from summarywriter.chinese.script import Script, to_script
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.messages import render
from summarywriter.render.docx.blocks import hang, runs, styled
from summarywriter.render.docx.template import Place
from summarywriter.render.text import script_of
from summarywriter.render.typography import Typography, em_width
from summarywriter.slots import surface
from summarywriter.summary import Summary

_COLUMNS = ("number", "activity", "item", "figure")
_SHARES = (0.09, 0.35, 0.34, 0.22)
"""Widths of the columns, as shares of the type area."""
_INDENT = 2.0
_ROW = 425
"""Height of a row, in twips; more where its text needs it."""


def attachment_names(summary: Summary, *, figures: bool) -> tuple[str, ...]:
    """The attachments that the sheet names, and the table of figures after them."""
    names = summary.facts.attachments
    if figures and any(True for _ in _figures(summary)):
        return (*names, render("render.docx.table", script=script_of(summary)))
    return names


def attachment_note(
    place: Place, names: tuple[str, ...], look: Typography, script: str, *, foot: bool
) -> None:
    """附件：1.名稱, a line below the text (GB/T 9704-2012, 7.3.4); names align where they wrap.

    Args:
        place: Where the document goes on.
        names: Of the attachments.
        look: The styles.
        script: ``hans`` or ``hant``.
        foot: A signature or date comes below, on the same page.
    """
    word = f"{render('render.docx.attachment', script=script)}："
    size = look.paragraphs["attachment"].size
    for n, name in enumerate(names, 1):
        number = f"{n}." if len(names) > 1 else ""
        first = n == 1
        paragraph = styled(place.paragraph(), look.paragraphs["attachment" if first else "attachment_next"])
        runs(paragraph, f"{word if first else ''}{number}{name}")
        paragraph.paragraph_format.keep_with_next = True if foot or n < len(names) else None
        own = em_width(number) + (em_width(word) if first else 0)
        hang(paragraph, left=_INDENT + em_width(word) + em_width(number), hanging=own, size=size)


def figure_table(place: Place, summary: Summary, look: Typography, *, number: int) -> None:
    """The figures of the sheet as a table on a page of its own.

    Args:
        place: Where the document goes on.
        summary: What was written.
        look: The styles.
        number: Of the attachment, where there are several; else 0.
    """
    rows = list(_figures(summary))
    if not rows:
        return
    script = script_of(summary)
    head = f"{render('render.docx.attachment', script=script)}{number or ''}"
    runs(styled(place.paragraph(), look.paragraphs["annex"]), head)
    title = render("render.docx.table", script=script)
    runs(styled(place.paragraph(), look.paragraphs["annex_title"]), title)
    width = look.page.width - look.page.left - look.page.right
    table = place.table(len(_COLUMNS), width)
    _frame(table, [round(width * share) for share in _SHARES])
    names = [render(f"render.docx.column.{column}", script=script) for column in _COLUMNS]
    header = place.row(table)
    for cell, name in zip(header.cells, names, strict=True):
        _write(cell, name, look, "cell_head")
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  no API: repeat it on each page
    before = None
    for n, (group, item, figure) in enumerate(rows, 1):
        row = place.row(table)
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001  the same
        properties.append(OxmlElement("w:cantSplit"))
        properties.append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="{_ROW}" w:hRule="atLeast"/>'))
        cells = row.cells
        _write(cells[0], str(n), look, "cell_head")
        _write(cells[1], group if group != before else "", look, "cell")
        _merge(cells[1], starts=group != before)
        _write(cells[2], item, look, "cell")
        _write(cells[3], figure, look, "cell")
        before = group


def _figures(summary: Summary) -> Iterator[tuple[str, str, str]]:
    """Activity, what is counted, and the figure, in the sheet's order, totals last."""
    script = script_of(summary)
    index = FactIndex.of(summary.facts)
    whole = render("render.docx.total", script=script)
    for fact in index:
        if fact.kind in (FactKind.FIGURE, FactKind.TOTAL) and fact.figure is not None:
            owner = index[fact.owner].text if fact.owner and fact.owner in index else whole
            yield owner, to_script(_label(fact), Script(script)), surface(fact, index, script=script)


def _label(fact: Fact) -> str:
    figure = fact.figure
    assert figure is not None  # noqa: S101  only figures come here
    return "".join(part for part in (figure.scope, figure.actor, figure.label) if part)


def _frame(table: Table, widths: list[int]) -> None:
    """Single lines around every cell, fixed widths."""
    properties = table._tbl.tblPr  # noqa: SLF001  borders have no API
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    sides = "".join(
        f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    for old in properties.findall(qn("w:tblW")) + properties.findall(qn("w:tblLayout")):
        properties.remove(old)
    look = properties.find(qn("w:tblLook"))
    for text in (
        f'<w:tblW {nsdecls("w")} w:w="{sum(widths)}" w:type="dxa"/>',
        f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>",
        f'<w:tblLayout {nsdecls("w")} w:type="fixed"/>',
    ):
        element = parse_xml(text)
        if look is not None:
            look.addprevious(element)
        else:
            properties.append(element)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):  # noqa: SLF001
        column.set(qn("w:w"), str(width))


def _write(cell: _Cell, text: str, look: Typography, key: str) -> None:
    runs(styled(cell.paragraphs[0], look.paragraphs[key]), text)
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))  # noqa: SLF001


def _merge(cell: _Cell, *, starts: bool) -> None:
    """Join a cell to the one above, or begin anew."""
    merge = parse_xml(f'<w:vMerge {nsdecls("w")} w:val="{"restart" if starts else "continue"}"/>')
    cell._tc.get_or_add_tcPr().find(qn("w:vAlign")).addprevious(merge)  # noqa: SLF001
