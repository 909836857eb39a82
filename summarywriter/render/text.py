"""Plain text: the summary's own text, so that every offset of the report points into the file."""

from __future__ import annotations

from summarywriter.chinese.script import detect_script
from summarywriter.messages import render
from summarywriter.summary import Summary


def render_text(summary: Summary, *, draft: bool = False) -> str:
    """The summary as plain text, one paragraph or heading a line.

    Args:
        summary: What was written.
        draft: Put a line 〔草稿〕 on top.
    """
    mark = f"〔{render('render.draft', script=script_of(summary))}〕\n" if draft else ""
    return f"{mark}{summary.text}\n"


def script_of(summary: Summary) -> str:
    """``hans`` or ``hant``: the script of the finished text, which may have been converted since its plan."""
    found = detect_script(summary.text)
    return found.value if found is not None else summary.plan.script
