"""A .docx as text, read as a stream.

python-docx builds the whole tree, some thirty times the text in memory; here each paragraph is dropped
once it has been read, so that a document of hundreds of pages costs no more than its text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAX_XML = 512 * 1024 * 1024


def docx_text(data: bytes) -> str:
    """The paragraphs of a .docx, one a line; a table's row is one line, its cells apart by a tab.

    A heading's line begins with ``## ``, as in a text in Markdown; a short paragraph that is all in bold, or
    begins in bold, has the bold words in ``**``.

    Raises:
        ValueError: It is no Word document, declares entities, or unpacks to an absurd size.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            info = archive.getinfo("word/document.xml")
        except KeyError as error:
            raise ValueError("no Word document") from error
        if info.file_size > _MAX_XML:
            raise ValueError("the document is too large")
        with archive.open(info) as head:
            if b"<!DOCTYPE" in head.read(4096):
                raise ValueError("the document declares entities")
        with archive.open(info) as stream:
            return "\n".join(_paragraphs(stream))


def _paragraphs(stream: IO[bytes]) -> Iterator[str]:
    row: list[str] = []
    cell: list[str] = []
    depth = 0
    open_: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314
        tag = _tag(element)
        if event == "start":
            open_.append(element)
            depth += tag == "tr"
            continue
        open_.pop()
        if tag == "p":
            said = _said(element)
            if depth:
                cell.append(said.strip().replace("\t", " "))
            else:
                yield _shaped(element, said)
        elif tag == "tc" and depth == 1:
            row += ["".join(cell), *[""] * (_width(element) - 1)]
            cell = []
        elif tag == "tr":
            depth -= 1
            if not depth:
                yield "\t".join(row) if any(row) else ""
                row = []
        if tag in ("p", "tr", "tbl", "sectPr"):
            element.clear()
            if open_:
                open_[-1].remove(element)


def _tag(element: Element) -> str:
    return element.tag.removeprefix(_W).removeprefix(_STRICT)


def _named(element: Element, name: str) -> Iterator[Element]:
    return (inner for inner in element.iter() if _tag(inner) == name)


def _value(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}val")), "")


def _width(cell: Element) -> int:
    """Over how many columns a cell stretches."""
    said = next((_value(each) for each in _named(cell, "gridSpan")), "1")
    return int(said) if said.isdigit() and int(said) <= _WIDEST else 1


_WIDEST = 50
_HEADING = re.compile(r"(?:heading)? ?([1-4])", re.IGNORECASE)
_LONGEST_BOLD = 30


def _shaped(paragraph: Element, said: str) -> str:
    """A paragraph with what its form says: a heading, or words in bold at its head."""
    style = next((_value(each) for each in _named(paragraph, "pStyle")), "")
    if said.strip() and (match := _HEADING.fullmatch(style)):
        return "#" * int(match[1]) + " " + said.strip()
    bold = ""
    for run in _named(paragraph, "r"):
        words = _said(run)
        if words and not any(_value(mark) not in ("0", "false") for mark in _named(run, "b")):
            break
        bold += words
    lead = bold.strip()
    if 1 < len(lead) <= _LONGEST_BOLD and said.startswith(bold):
        return f"**{lead}**{said[len(bold) :]}"
    return said


def _said(paragraph: Element) -> str:
    parts: list[str] = []
    for element in paragraph.iter():
        tag = _tag(element)
        if tag == "t":
            parts.append(element.text or "")
        elif tag == "tab":
            parts.append(" ")
        elif tag in ("br", "cr"):
            parts.append("")  # a line break inside a paragraph is only its shape
    return "".join(parts)
