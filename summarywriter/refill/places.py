"""Where the sentences of a written text stand in one that a person has edited since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarywriter.chinese.text import sentences

_ALIKE = 0.55
"""Share of characters in common from which an edited sentence is taken for the one that was written."""
_CONTEXT = 2
"""Characters around a value that must be untouched too: a lone 8 is alike to any other."""
_NUMERIC = frozenset(
    "0123456789０１２３４５６７８９.．,，%％一二三四五六七八九十百千萬万億亿兩两零〇多餘余近約约"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it begins.

    Attributes:
        text: The sentence.
        line: Number of its line or paragraph.
        start: First character, counted in that line.
    """

    text: str
    line: int
    start: int


def split(lines: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences of lines, in order."""
    return tuple(
        Sentence(line[span.start : span.end], number, span.start)
        for number, line in enumerate(lines)
        for span in sentences(line)
        if line[span.start : span.end].strip()
    )


def paired(old: Sequence[Sentence], new: Sequence[Sentence]) -> Mapping[int, int]:
    """Which sentence of ``new`` each of ``old`` has become, by number; those that are gone are left out.

    The same words in the same order first, then the same words elsewhere (moved), then words alike.
    """
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, [s.text for s in old], [s.text for s in new], autojunk=False)
    for block in matcher.get_matching_blocks():
        pairs |= {block.a + n: block.b + n for n in range(block.size)}
    free = [n for n in range(len(new)) if n not in set(pairs.values())]
    for a, sentence in enumerate(old):
        if a not in pairs:
            same = [b for b in free if new[b].text == sentence.text]
            if len(same) == 1:
                pairs[a] = same[0]
                free.remove(same[0])
    alike = []
    for a, sentence in enumerate(old):
        if a in pairs:
            continue
        for b in free:
            matcher = SequenceMatcher(None, sentence.text, new[b].text, autojunk=False)
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                alike.append((matcher.ratio(), -abs(a - b), a, b))
    for ratio, _, a, b in sorted(alike, reverse=True):
        if ratio >= _ALIKE and a not in pairs and b in free:
            pairs[a] = b
            free.remove(b)
    return pairs


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a span.

    Attributes:
        start: First character in the edited sentence.
        end: One past the last.
        whole: It stands there untouched; else ``start`` and ``end`` hold what a person wrote in its place.
    """

    start: int
    end: int
    whole: bool


def locate(old: str, new: str, start: int, end: int) -> Found:
    """Where ``old[start:end]`` stands in an edited sentence.

    A number is untouched only if it is the whole number still: the 8 in 18 is another.

    >>> locate("參加8人，發放8份。", "共參加8人，發放18份。", 2, 3)
    Found(start=3, end=4, whole=True)
    >>> locate("參加8人，發放8份。", "共參加8人，發放18份。", 7, 8).whole
    False
    """
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for block in blocks:
        if block.a <= start and end <= block.a + block.size:
            at = block.b + start - block.a
            found = Found(at, at + end - start, whole=True)
            around = block.size - (end - start)
            if (around >= min(_CONTEXT, len(old) - (end - start))) and _is_entire(
                old, new, start, end, found
            ):
                return found
    left = max((b.b + min(start, b.a + b.size) - b.a for b in blocks if b.size and b.a < start), default=0)
    right = min(
        (b.b + max(end, b.a) - b.a for b in blocks if b.size and b.a + b.size > end), default=len(new)
    )
    return Found(left, max(left, right), whole=False)


def _is_entire(old: str, new: str, start: int, end: int, found: Found) -> bool:
    """Whether no digit or modifier was written onto either end of the value."""
    before, before_now = old[start - 1 : start], new[max(found.start - 1, 0) : found.start]
    after, after_now = old[end : end + 1], new[found.end : found.end + 1]
    left = before_now == before or before_now not in _NUMERIC
    return left and (after_now == after or after_now not in _NUMERIC)
