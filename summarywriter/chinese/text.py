"""Spans, the comparison form of a text, and its division into sentences and clauses."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from summarywriter.chinese.conversion import fold_table


class Span(NamedTuple):
    """Half-open character range in a text, counted in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in comparison form, with the way back to its source.

    Attributes:
        text: The comparison form.
        offsets: For each character of `text`, and for its end, the index in the source: `len(text) + 1`
            entries, never falling.
    """

    text: str
    offsets: tuple[int, ...]

    def source(self, start: int, end: int) -> Span:
        """The span of the source that `text[start:end]` was made from, whole characters only."""
        first = self.offsets[start]
        if end <= start:
            return Span(first, first)
        return Span(first, max(self.offsets[end], self.offsets[end - 1] + 1))


def folded(text: str) -> str:
    """The comparison form of a text.

    Made character by character with no regard to context (unlike an OpenCC phrase conversion), so that
    the form of a part is the part of the form, and a name can be searched for inside a text:

    >>> folded("５０余名羣眾「週末」諮詢")
    '50余名群众“周末”咨询'
    """
    return _folded_short(text) if len(text) <= _SHORT else text.translate(fold_table())


_SHORT = 48
"""Characters of a text whose form is kept: a word or a clause, which is asked for again and again."""


@functools.lru_cache(maxsize=8192)
def _folded_short(text: str) -> str:
    return text.translate(fold_table())


def fold(text: str) -> Folded:
    """As `folded`, with the offset of each character in the source."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


@functools.lru_cache(maxsize=2048)
def _fold_short(text: str) -> Folded:
    return _fold(text)


def _fold(text: str) -> Folded:
    form = folded(text)
    if len(form) == len(text):
        # No character folds to nothing, so equal lengths mean one to one.
        return Folded(form, tuple(range(len(text) + 1)))
    table = fold_table()
    offsets: list[int] = []
    for index, character in enumerate(text):
        offsets.extend([index] * len(table[ord(character)]))
    offsets.append(len(text))
    return Folded(form, tuple(offsets))


# --- enclosures -------------------------------------------------------------------------------------

_CLOSERS = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "(": ")", "〔": "〕",
    "【": "】", "［": "］", "[": "]",
}  # fmt: skip
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_ENCLOSERS = re.compile("[" + re.escape("".join((*_CLOSERS, *_OPENERS))) + '"\n]')
_CLOSING = frozenset(_OPENERS) | {'"'}


def enclosures(text: str, *, openers: str = "") -> list[Span]:
    """Outermost bracketed or quoted passages, marks included, in order.

    A mark that has no partner in its own line encloses nothing: a forgotten ” must not swallow the page.

    Args:
        text: Any text.
        openers: Only these opening marks (as written) count; all by default.
    """
    pairs: list[Span] = []
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    for match in _ENCLOSERS.finditer(text):
        mark, index = match.group(), match.start()
        if mark == "\n":
            stack.clear()
            waiting.clear()
            continue
        closes = '"' if mark == '"' and waiting.get('"') else _OPENERS.get(mark)
        if closes is None:
            stack.append((mark, index))
            waiting[mark] = waiting.get(mark, 0) + 1
        elif waiting.get(closes):
            while True:  # unpartnered marks in between are dropped; each is popped once, so this is linear
                opener, start = stack.pop()
                waiting[opener] -= 1
                if opener == closes:
                    break
            if not openers or opener in openers:
                pairs.append(Span(start, index + 1))
    pairs.sort()
    outermost: list[Span] = []
    for pair in pairs:
        if not outermost or pair.start >= outermost[-1].end:
            outermost.append(pair)
    return outermost


def _outside(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[int]:
    """Ends of the matches of `pattern` that no enclosure holds."""
    enclosed = iter(enclosures(text))
    current = next(enclosed, None)
    for match in pattern.finditer(text, start, end):
        while current is not None and current.end <= match.start():
            current = next(enclosed, None)
        if match.group() == "\n" or current is None or match.start() < current.start:
            yield match.end()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _split(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    for cut in _outside(text, pattern, start, end):
        while cut < end and text[cut] in _CLOSING and text[cut] != '"':
            cut += 1  # noqa: PLW2901  a closing mark stays with what it closes
        if cut > start and (piece := _trimmed(text, start, cut)):
            pieces.append(piece)
        start = max(start, cut)
    if piece := _trimmed(text, start, end):
        pieces.append(piece)
    return pieces


_SENTENCE_END = re.compile(r"[。！？!?]+|\n")
#: A half-width comma or colon between two figures belongs to a number or a time of day.
_CLAUSE_END = re.compile(r"[。！？!?]+|[，；：;\n]|(?<![0-9])[,:]|[,:](?![0-9])")


def sentences(text: str) -> list[Span]:
    """Sentences of a text, without the white space around them.

    They end at 。！？ or a line's end, never inside quotation marks or brackets; closing marks stay with
    the sentence they close.

    >>> [text[a:b] for text in ["會議開了。大家說：“好。”散會！"] for a, b in sentences(text)]
    ['會議開了。', '大家說：“好。”散會！']
    """
    return _split(text, _SENTENCE_END, 0, len(text))


def clauses(text: str, span: Span | None = None) -> list[Span]:
    """Clauses of a text or of one span of it: split at ，；：。 and at a sentence's end.

    The mark stays with the clause before it; nothing is split inside 《》“”（）.
    """
    start, end = span or Span(0, len(text))
    return _split(text, _CLAUSE_END, start, end)


# --- content ----------------------------------------------------------------------------------------

#: Characters that carry grammar rather than content, in comparison form.
_FUNCTION = "的地得了着过和与及或等并且而在于对为以由从向往把被将让使给之其此该这那是有也又还都就则均各所到至"
_CONTENT = re.compile(rf"[A-Za-z]+|[^\W\d_A-Za-z{_FUNCTION}]+")


def content_ngrams(text: str) -> frozenset[str]:
    """Bigrams of what a text says, in comparison form, to ask whether a clause tells a fact.

    Punctuation, figures and function characters divide the runs that bigrams are taken from; a run of
    one character stands for itself, a word in Latin letters too (in lower case).
    """
    return _content_short(text) if len(text) <= _SHORT else _content(text)


@functools.lru_cache(maxsize=1024)
def _content_short(text: str) -> frozenset[str]:
    return _content(text)


def _content(text: str) -> frozenset[str]:
    grams: set[str] = set()
    for match in _CONTENT.finditer(folded(text)):
        run = match.group()
        if run.isascii():
            grams.add(run.lower())
        elif len(run) == 1:
            grams.add(run)
        else:
            grams.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(grams)
