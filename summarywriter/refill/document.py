"""The text of a .docx that a person has edited, character by character, and changes in it."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from docx import Document
from docx.oxml.ns import qn

from summarywriter.chinese.text import folded
from summarywriter.refill.passages import Passage, has_tracked_changes, has_unread_text, read_passage

Obstacle = Literal["tracked", "protected", "signed"]
"""Changes wait to be accepted, or are to be tracked; editing is forbidden; a signature would break."""

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
        style: Id of its style, ``""`` for the default.
        in_table: It stands in a cell.
    """

    text: str
    places: tuple[tuple[Any, int], ...]
    pinned: tuple[bool, ...]
    style: str = ""
    in_table: bool = False


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
        self._pinned_ids = frozenset(ids)
        self.style_names: Mapping[str, str] = {
            style.style_id: style.name for style in self._document.styles if style.name
        }
        body = self._document.element.body
        self.paragraphs = tuple(
            paragraph for p in body.iter(qn("w:p")) if (paragraph := _read(p, ids)).text.strip()
        )

    @functools.cached_property
    def whole(self) -> Passage:
        """The whole text, tables too, as it stood when this was first asked."""
        return read_passage(self._document.element.body, self._pinned_ids)

    @property
    def obstacle(self) -> Obstacle | None:
        """Why nobody but its owner should change this document; ``None`` where nothing stands against it."""
        settings = self._document.settings.element
        if has_tracked_changes(self._document.element.body) or _is_on(settings.find(qn("w:trackRevisions"))):
            return "tracked"
        protection = settings.find(qn("w:documentProtection"))
        if protection is not None and _is_on(protection, "w:enforcement", default=False):
            return "protected"
        signed = any(
            "signature" in part.partname.lower() for part in self._document.part.package.iter_parts()
        )
        return "signed" if signed else None

    @property
    def has_unread_text(self) -> bool:
        """Whether there are text boxes or notes, which `whole` leaves out."""
        return has_unread_text(self._document.element.body)

    def amend(self, changes: Iterable[tuple[int, int, str]]) -> None:
        """As `replace`, by positions in the whole text; what may not be changed stays."""
        for start, end, text in sorted(changes, reverse=True):
            if self.whole.may_change(start, end):
                _replace(tuple(place for place in self.whole.places[start:end] if place is not None), text)

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
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return Paragraph(
        characters,
        tuple(places),
        tuple(pinned),
        style.get(qn("w:val")) if style is not None else "",
        in_table=next(paragraph.iterancestors(qn("w:tc")), None) is not None,
    )


def _texts(paragraph: Any) -> Iterator[Any]:
    """Text elements of the paragraph itself: not of one nested in a text box, nor of what was deleted."""
    for element in paragraph.iter(qn("w:t")):
        owner = next(element.iterancestors(qn("w:p")))
        if owner is paragraph and next(element.iterancestors(qn("w:del"), qn("w:moveFrom")), None) is None:
            yield element


def _is_on(switch: Any, attribute: str = "w:val", *, default: bool = True) -> bool:
    """Whether a switch of the settings is there, and is not switched off."""
    return switch is not None and switch.get(qn(attribute), str(default)).lower() in ("1", "true", "on")


def _replace(places: tuple[tuple[Any, int], ...], text: str) -> None:
    """Write ``text`` over characters: into the run of the first that differs; the others stay in theirs."""
    old = "".join(element.text[index] for element, index in places)
    head, tail = _kept(old, text)
    _write(places[head : len(places) - tail], text[head : len(text) - tail])


def _kept(old: str, new: str) -> tuple[int, int]:
    """How many characters stay at either end; one at least does not, for what is new goes where it stood.

    >>> _kept("600多人", "6000多人")  # the new 0 looks as the digits do, and not as 多
    (2, 2)
    """
    head = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    rest = min(len(old), len(new)) - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    if head + tail == len(old):
        return (head - 1, tail) if head else (0, tail - 1)
    return head, tail


def _write(places: tuple[tuple[Any, int], ...], text: str) -> None:
    by_element: dict[Any, list[int]] = {}
    for element, index in places:
        by_element.setdefault(element, []).append(index)
    for n, (element, indices) in enumerate(by_element.items()):
        value = element.text or ""
        element.text = value[: indices[0]] + (text if n == 0 else "") + value[indices[-1] + 1 :]
        element.set(_SPACE, "preserve")
