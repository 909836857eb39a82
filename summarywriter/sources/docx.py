"""A .docx as text, read as a stream.

python-docx builds the whole tree, some thirty times the text in memory; here each paragraph is dropped
once it has been read, so that a document of hundreds of pages costs no more than its text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAX_XML = 512 * 1024 * 1024


def docx_text(data: bytes) -> str:
    """The paragraphs of a .docx, one a line; a table's row is one line, its cells apart by a blank.

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
    depth = 0
    open_: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314
        tag = element.tag.removeprefix(_W).removeprefix(_STRICT)
        if event == "start":
            open_.append(element)
            depth += tag == "tr"
            continue
        open_.pop()
        if tag == "p":
            said = _said(element)
            if depth:
                row.append(said)
            else:
                yield said
        elif tag == "tr":
            depth -= 1
            if not depth:
                yield " ".join(cell for cell in row if cell.strip())
                row = []
        if tag in ("p", "tr", "tbl", "sectPr"):
            element.clear()
            if open_:
                open_[-1].remove(element)


def _said(paragraph: Element) -> str:
    parts: list[str] = []
    for element in paragraph.iter():
        tag = element.tag.removeprefix(_W).removeprefix(_STRICT)
        if tag == "t":
            parts.append(element.text or "")
        elif tag == "tab":
            parts.append(" ")
        elif tag in ("br", "cr"):
            parts.append("")  # a line break inside a paragraph is only its shape
    return "".join(parts)
