"""A page as text: its blocks as lines, without scripts, navigation and forms.

What the page shows by its form is kept as a text may show it: a heading as ``## …``, a block all in bold, or
one that begins in bold, as ``**…**``, and the cells of a table's row with a tab between them.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "select",
        "option",
        "button",
        "textarea",
        "head",
        "iframe",
        "object",
    ]
)
_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### "}
_BOLD = frozenset(["b", "strong"])
_CELLS = frozenset(["td", "th"])
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)


def stated_encoding(data: bytes) -> str | None:
    """The encoding that a page states; GB 2312 is read as the larger set that browsers take it for."""
    match = _CHARSET.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii").lower()
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}.get(name, name)


def html_text(page: str) -> str:
    """The text of a page, a block a line."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects text; tags that were never closed do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._silent: list[str] = []
        self._bold = 0
        self._mark = ""
        self._row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a line at a block; fall silent at a script."""
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "body":
            self._silent.clear()  # a head that was never closed
        if tag == "tr":
            self._break()
            self._row = []
        elif tag in _CELLS:
            self._cell()
            span = dict(attrs).get("colspan") or "1"
            self._wide = int(span) if span.isdigit() and int(span) <= _WIDEST else 1
        elif tag in _BLOCKS:
            self._break()
            self._mark = _HEADINGS.get(tag, "")
        elif tag in _BOLD and not self._silent:
            self._bold += 1
            self._line.append(_ON)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in _CELLS or (tag in ("tr", "table") and self._row is not None):
            self._cell()
            if tag not in _CELLS:
                self._end_row()
        elif tag in _BLOCKS:
            self._break()
        elif tag in _BOLD and self._bold and not self._silent:
            self._bold -= 1
            self._line.append(_OFF)

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._silent:
            self._line.append(data.replace(_ON, "").replace(_OFF, ""))

    def _break(self) -> None:
        if self._row is not None:
            self._line.append(" ")  # a paragraph within a cell
            return
        said = _joined(_marked("".join(self._line)))
        if said:
            self._lines.append(said if said.startswith(("#", "**")) else self._mark + said)
        self._line, self._mark, self._bold = [], "", 0

    def _cell(self) -> None:
        """Close the cell that is open, if any."""
        if self._row is None:
            self._break()
            self._row = []
        said = _joined("".join(self._line).replace(_ON, "").replace(_OFF, "").replace("\t", " "))
        if said or self._wide:
            self._row += [said, *[""] * (self._wide - 1)]
        self._line, self._wide = [], 0

    def _end_row(self) -> None:
        row, self._row = self._row or [], None
        if any(row):
            self._lines.append("\t".join(row))
        self._line, self._wide = [], 0

    _wide = 0

    def text(self) -> str:
        """All lines."""
        if self._row is not None:
            self._cell()
            self._end_row()
        self._break()
        return "\n".join(self._lines)


_WIDEST = 50
_ON, _OFF = "\ue000", "\ue001"
_LEAD = re.compile(rf"\s*{_ON}([^{_ON}{_OFF}]{{2,30}}){_OFF}")


def _marked(said: str) -> str:
    """A line with the bold words that it begins with marked; bold amid a line is only for the eye."""
    lead = _LEAD.match(said)
    marked = f"**{lead[1].strip()}**{said[lead.end() :]}" if lead and lead[1].strip() else said
    return marked.replace(_ON, "").replace(_OFF, "")


def _joined(said: str) -> str:
    """White space as a browser shows it; none between two Chinese characters, where lines were wrapped."""
    wrapped = r"(?<=[^\x00-\x7f])[ \t\u3000]*[\r\n\f]\s*(?=[^\x00-\x7f])"
    return re.sub(r"[ \t\r\n\f\u00a0\u3000]+", " ", re.sub(wrapped, "", said)).strip()
