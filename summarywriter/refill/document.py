"""The text of a .docx that a person has edited, character by character, and changes in it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from summarywriter.chinese.text import folded

PINNED = "DocPinned"
_PINNED_NAME = "釘住"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a reader sees it: what is struck out by a tracked change is not in it.

    Attributes:
        text: Its characters; a line break inside it is only a title's shape, and left out.
        places: The text element of each character, and the index in it.
        pinned: Whether each character bears the style that pins it.
    """

    text: str
    places: tuple[tuple[Any, int], ...]
    pinned: tuple[bool, ...]


class EditedDocument:
    """A .docx, to be changed in place.

    Args:
        content: The file.

    Raises:
        Exception: It is no .docx; python-docx and zipfile fail in many ways.
    """

    def __init__(self, content: bytes) -> None:
        self._document = Document(io.BytesIO(content))
        ids = {PINNED} | {
            style.style_id
            for style in self._document.styles
            if style.name and folded(style.name) == folded(_PINNED_NAME)
        }
        body = self._document.element.body
        self.paragraphs = tuple(
            paragraph for p in body.iter(qn("w:p")) if (paragraph := _read(p, ids)).text.strip()
        )

    def replace(self, changes: Mapping[int, list[tuple[int, int, str]]]) -> None:
        """Put new text in the place of characters, everything else left as it is.

        Args:
            changes: By number of the paragraph: first character, one past the last, the new text. They
                do not overlap.
        """
        for number, spans in changes.items():
            places = self.paragraphs[number].places
            for start, end, text in sorted(spans, reverse=True):
                _replace(places[start:end], text)

    def save(self) -> bytes:
        """The file."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()


def _read(paragraph: Any, pinned_ids: set[str]) -> Paragraph:
    places: list[tuple[Any, int]] = []
    pinned: list[bool] = []
    characters = ""
    for element in _texts(paragraph):
        style = element.getparent().find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        is_pinned = style is not None and style.get(qn("w:val")) in pinned_ids
        value = element.text or ""
        characters += value
        places += [(element, n) for n in range(len(value))]
        pinned += [is_pinned] * len(value)
    return Paragraph(characters, tuple(places), tuple(pinned))


def _texts(paragraph: Any) -> Iterator[Any]:
    """Text elements of the paragraph itself: not of one nested in a text box, nor of what was deleted."""
    for element in paragraph.iter(qn("w:t")):
        owner = next(element.iterancestors(qn("w:p")))
        if owner is paragraph and next(element.iterancestors(qn("w:del"), qn("w:moveFrom")), None) is None:
            yield element


def _replace(places: tuple[tuple[Any, int], ...], text: str) -> None:
    by_element: dict[Any, list[int]] = {}
    for element, index in places:
        by_element.setdefault(element, []).append(index)
    for n, (element, indices) in enumerate(by_element.items()):
        value = element.text or ""
        element.text = value[: indices[0]] + (text if n == 0 else "") + value[indices[-1] + 1 :]
        element.set(_SPACE, "preserve")
