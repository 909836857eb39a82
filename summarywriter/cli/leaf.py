"""A summary set for a terminal: its measure, its indents, no closing mark at the head of a line."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

from summarywriter.cli.terminal import cells, is_live
from summarywriter.summary import Summary

_WIDEST = 84
"""Cells of a line: more than forty characters are hard to read, however wide the window is."""
_NARROWEST = 20
_NO_START = "，。、；：！？）》」』”’〕】%％"
_NO_END = "（《「『“‘〔【"


def shown(summary: Summary) -> Iterator[tuple[str, bool]]:
    """Lines to print, and whether each is a heading.

    Args:
        summary: What was written.
    """
    width = max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST)
    text = summary.text
    for line in summary.filled.lines:
        words = text[line.start : line.end]
        if line.kind == "title":
            yield "", False
            for row in wrapped(words, width):
                yield " " * ((width - cells(row)) // 2) + row, True
            yield "", False
        elif line.kind in ("signature", "date"):
            yield " " * max(width - cells(words) - 4, 0) + words, False
        else:
            indent = 0 if line.kind == "addressee" else 4
            for row in wrapped(" " * indent + words, width):
                yield row, line.kind == "heading"
    yield "", False


def wrapped(text: str, width: int) -> Iterator[str]:
    """Break ``text`` into rows of at most ``width`` cells.

    >>> list(wrapped("參加320餘人，發放資料。", 12))
    ['參加320餘', '人，發放資', '料。']
    """
    row = ""
    for token in _tokens(text):
        if row and cells(row + token) > width:
            cut = len(row)
            # A mark that may not begin a row takes the character before it along.
            if token[0] in _NO_START:
                cut -= 1
            while cut > 1 and (row[cut - 1] in _NO_END or (cut < len(row) and row[cut] in _NO_START)):
                cut -= 1
            yield row[:cut]
            row = row[cut:]
        row += token
    if row:
        yield row


def _tokens(text: str) -> Iterator[str]:
    """Characters one by one, numbers and Latin words whole."""
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
            continue
        if word:
            yield word
            word = ""
        yield char
    if word:
        yield word


def is_for_eyes() -> bool:
    """Whether a person looks at the result as it is written: a pipe gets the plain text."""
    return is_live(sys.stdout)
