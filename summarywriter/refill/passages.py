"""A .docx as a reader sees it, a paragraph or a table's row a line, and where each character may be changed.

Text boxes, footnotes, headers and footers are no part of the text, and are neither read nor changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from summarywriter.refill.places import split

#: The text element of a character, and the index in it; ``None`` where it is not ours to change.
Place = tuple[Any, int] | None

_STRUCK = (qn("w:del"), qn("w:moveFrom"))
_TRACKED = (*_STRUCK, qn("w:ins"), qn("w:moveTo"))
_BLOCKS = frozenset(map(qn, ("w:tbl", "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
#: Between the cells of a row; a number in a cell of its own is not read on into the next.
_CELLS = " | "
_UNREAD = ("w:txbxContent", "w:footnoteReference", "w:endnoteReference")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text of a document.

    Attributes:
        text: Its characters, without what a tracked change struck out; a line break inside a paragraph is
            only its shape, and left out.
        places: Where each character stands. ``None`` for what joins paragraphs and cells, for tabs, for what
            Word computes or keeps elsewhere (fields, bound or locked controls), and for a sentence that a
            person has pinned.
    """

    text: str
    places: tuple[Place, ...]

    def may_change(self, start: int, end: int) -> bool:
        """Whether every character of a span is ours to change."""
        return all(place is not None for place in self.places[start:end])


def read_passage(body: Any, pinned: frozenset[str]) -> Passage:
    """The whole text of a document, in order: a paragraph or a row of a table a line, blank ones too.

    Args:
        body: The element ``w:body``.
        pinned: Ids of the character style 釘住.
    """
    return _joined("\n", _Reader(pinned).lines(body))


def _joined(mark: str, passages: Iterable[Passage]) -> Passage:
    text, places = "", list[Place]()
    for n, passage in enumerate(passages):
        text += (mark if n else "") + passage.text
        places += [None] * (len(mark) if n else 0) + list(passage.places)
    return Passage(text, tuple(places))


def has_tracked_changes(body: Any) -> bool:
    """Whether a change waits in a document for somebody to accept it."""
    return next(body.iter(*_TRACKED), None) is not None


def has_unread_text(body: Any) -> bool:
    """Whether a document has text boxes or notes, of which `read_passage` knows nothing."""
    return next(body.iter(*map(qn, _UNREAD)), None) is not None


class _Reader:
    def __init__(self, pinned: frozenset[str]) -> None:
        self._pinned = pinned
        self._fields = 0  # a field may begin in one paragraph and end in another

    def lines(self, block: Any) -> Iterator[Passage]:
        for child in block:
            if child.tag == qn("w:p"):
                yield self._read(child)
            elif child.tag == qn("w:tr"):
                cells = (self._read(p) for p in child.iter(qn("w:p")) if not _is_boxed(p))
                yield _joined(_CELLS, (cell for cell in cells if cell.text.strip()))
            elif child.tag in _BLOCKS:
                yield from self.lines(child)

    def _read(self, paragraph: Any) -> Passage:
        found = list(self._characters(paragraph))
        text = "".join(character for character, _, _ in found)
        places = [place for _, place, _ in found]
        pinned = [is_pinned for _, _, is_pinned in found]
        for sentence in split([text]) if any(pinned) else ():
            span = slice(sentence.start, sentence.start + len(sentence.text))
            if any(pinned[span]):
                places[span] = [None] * len(sentence.text)
        return Passage(text, tuple(places))

    def _characters(self, paragraph: Any) -> Iterator[tuple[str, Place, bool]]:
        for element in paragraph.iter(*map(qn, ("w:t", "w:tab", "w:noBreakHyphen", "w:fldChar"))):
            if next(element.iterancestors(qn("w:p"))) is not paragraph:
                continue  # of a text box inside it
            if element.tag == qn("w:fldChar"):
                kind = element.get(qn("w:fldCharType"))
                self._fields = max(0, self._fields + {"begin": 1, "end": -1}.get(kind, 0))
                continue
            run = element.getparent()
            if run.tag != qn("w:r") or next(element.iterancestors(*_STRUCK), None) is not None:
                continue  # a tab stop of the paragraph's shape, or struck out
            if element.tag != qn("w:t"):
                yield "\t" if element.tag == qn("w:tab") else "-", None, False
                continue
            style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
            is_pinned = style is not None and style.get(qn("w:val")) in self._pinned
            held = bool(self._fields) or _is_held(element)
            for n, character in enumerate(element.text or ""):
                yield character, None if held else (element, n), is_pinned


def _is_boxed(paragraph: Any) -> bool:
    return next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None


def _is_held(element: Any) -> bool:
    """Whether Word would write over a change, or forbids it."""
    for above in element.iterancestors(qn("w:fldSimple"), qn("w:sdt")):
        if above.tag == qn("w:fldSimple"):
            return True
        traits = above.find(qn("w:sdtPr"))
        if traits is not None and any(traits.find(qn(t)) is not None for t in ("w:dataBinding", "w:lock")):
            return True
    return False
