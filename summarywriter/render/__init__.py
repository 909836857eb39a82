"""Renderers: a finished summary as txt, md, docx, html and json.

Nothing of python-docx or Jinja2 is imported until a .docx or a review page is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarywriter.facts.write import facts_to_data
from summarywriter.render.document_data import (
    plan_from_data,
    plan_to_data,
    report_to_data,
)
from summarywriter.render.files import FORMATS, check_replaceable, check_target, rendered, save, write_whole
from summarywriter.render.json import SavedSummary, load_summary_json, render_json
from summarywriter.render.look import DocxLook
from summarywriter.render.markdown import render_markdown
from summarywriter.render.text import render_text

if TYPE_CHECKING:
    from summarywriter.render.docx import render_docx
    from summarywriter.render.review import render_html
    from summarywriter.summary import Summary

__all__ = [
    "FORMATS",
    "DocxLook",
    "SavedSummary",
    "check_replaceable",
    "check_target",
    "facts_to_data",
    "load_summary_json",
    "notebook_html",
    "plan_from_data",
    "plan_to_data",
    "render_docx",
    "render_html",
    "render_json",
    "render_markdown",
    "render_text",
    "rendered",
    "report_to_data",
    "save",
    "write_whole",
]


def notebook_html(summary: Summary) -> str:
    """The review page's core for a notebook's output: see `summarywriter.render.review`."""
    from summarywriter.render.review import render_fragment, review_of

    return render_fragment(review_of(summary))


def __getattr__(name: str) -> Any:
    """Import `render_docx` and `render_html` at their first use."""
    if name == "render_docx":
        from summarywriter.render.docx import render_docx

        return render_docx
    if name == "render_html":
        from summarywriter.render.review import render_html

        return render_html
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
