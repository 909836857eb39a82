"""Plain HTML tables for a notebook: every text escaped, nothing styled but what hangs on the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_CELL = "text-align:left;vertical-align:top"


def html_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table.

    Args:
        caption: Above it.
        head: Names of the columns.
        rows: Cells, as many in each row as there are columns.

    Example:
        >>> html_table("表", ["名"], [["<b>"]]).count("&lt;b&gt;")
        1
    """

    def row(tag: str, cells: Sequence[str]) -> str:
        return (
            "<tr>"
            + "".join(f'<{tag} style="{_CELL}">{escape(str(cell))}</{tag}>' for cell in cells)
            + "</tr>"
        )

    body = "".join(row("td", cells) for cells in rows)
    return (
        f'<table><caption style="{_CELL};font-weight:600">{escape(caption)}</caption>'
        f"<thead>{row('th', head)}</thead><tbody>{body}</tbody></table>"
    )
