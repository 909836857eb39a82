"""A page as text: its blocks as lines, without scripts, navigation and forms."""

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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a line at a block; fall silent at a script."""
        del attrs
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "body":
            self._silent.clear()  # a head that was never closed
        if tag in _BLOCKS:
            self._break()
        elif tag in ("td", "th"):
            self._line.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._silent:
            self._line.append(data)

    def _break(self) -> None:
        said = _joined("".join(self._line))
        if said:
            self._lines.append(said)
        self._line = []

    def text(self) -> str:
        """All lines."""
        self._break()
        return "\n".join(self._lines)


def _joined(said: str) -> str:
    """White space as a browser shows it; none between two Chinese characters, where lines were wrapped."""
    flat = re.sub(r"[ \t\r\n\f\u00a0\u3000]+", " ", said).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", flat)
