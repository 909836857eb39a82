"""The review page: a text on the left, a fact sheet on the right, each value linked to its places.

The room is cut so that other pages can be made of the same pieces. `data` says what a page is, in plain
values that know neither summaries nor sheets; `page` turns such a value into HTML; the rest makes the
value. A page for another pair of text and sheet (old text on the left, the sheet read out of it on
the right) is therefore one function:

    page = Page(
        title="…",
        text=source,                                    # the text, whole
        lines=tuple(PageLine(start, end) for …),        # its paragraphs
        marks=tuple(PageMark(start, end, (fact_id,), "align") for …),   # a value and its source span
        groups=sheet_groups(facts, labels, marks, …),   # `sheet`: any `EventFacts` as rows
        notes=(PageNote(…), …),                         # findings, diagnostics, questions
    )
    html = render_page(page)

Nothing of a text or a sheet is ever markup: the template escapes every value, the page's policy allows
no script and no style but those whose hash it names, and no request to anywhere.
"""

from __future__ import annotations

from summarywriter.render.review.data import (
    Fold,
    Page,
    PageFact,
    PageGroup,
    PageLine,
    PageMark,
    PageNote,
    PageRound,
)
from summarywriter.render.review.page import render_fragment, render_page
from summarywriter.render.review.sheet import sheet_groups
from summarywriter.render.review.summaries import render_html, review_of, review_of_text

__all__ = [
    "Fold",
    "Page",
    "PageFact",
    "PageGroup",
    "PageLine",
    "PageMark",
    "PageNote",
    "PageRound",
    "render_fragment",
    "render_html",
    "render_page",
    "review_of",
    "review_of_text",
    "sheet_groups",
]
