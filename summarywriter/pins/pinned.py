"""An earlier version of a summary, as a person left it, and the passages that are pinned in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarywriter.chinese.text import Span, sentences

LineKind = Literal["title", "addressee", "heading", "paragraph", "signature", "date", "other"]

NUMERAL = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+、|[（(](?:[一二三四五六七八九十百]+|\d+)[）)]|\d+[.．、])"
)
"""The numeral that a heading begins with, 一、 （一） 1. （1）."""

_LONGEST_HEAD = 40
"""Characters of a run-in head, at most."""


@dataclass(frozen=True, slots=True)
class PinnedText:
    """A text with pinned passages; `load_pins` of `summarywriter.refill` reads one from a file.

    Attributes:
        text: Its lines, a paragraph or heading each.
        kinds: What each line is.
        spans: Pinned characters; any of a sentence pin the whole of it.
    """

    text: str
    kinds: tuple[LineKind, ...]
    spans: tuple[Span, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What is pinned, in order: sentences that stand together are one passage."""
        found: list[Passage] = []
        at = 0
        for number, (line, kind) in enumerate(zip(self.text.split("\n"), self.kinds, strict=True)):
            whole = Span(0, len(line))
            parts = sentences(line) if kind == "paragraph" else [whole]
            pinned = [self._has(at + part.start, at + part.end) for part in parts]
            first = 0
            for n, is_pinned in enumerate([*pinned, False]):
                if not is_pinned:
                    if n > first:
                        span = Span(at + parts[first].start, at + parts[n - 1].end)
                        text = self.text[span.start : span.end]
                        found.append(Passage(text, span, number, kind, whole=all(pinned), begins=not first))
                    first = n + 1
            at += len(line) + 1
        return tuple(found)

    def below(self, heading: Passage) -> Passage:
        """What stands under a heading, up to the next."""
        first = heading.line + 1
        last = next((n for n in range(first, len(self.kinds)) if self.kinds[n] == "heading"), len(self.kinds))
        lines = self.text.split("\n")
        start = heading.span.end + 1
        size = len("\n".join(lines[first:last]))
        return Passage(
            self.text[start : start + size], Span(start, start + size), first, "paragraph", whole=True
        )

    def _has(self, start: int, end: int) -> bool:
        return any(span.start < end and start < span.end for span in self.spans)

    def around(self, passage: Passage) -> tuple[str, str]:
        """The sentences before and after a passage; ``""`` where it is the first or last of all."""
        text = [part for part in sentences(self.text) if part.start < part.end]
        starts = [part.start for part in text]
        before = bisect_right(starts, passage.span.start - 1) - 1
        after = bisect_right(starts, passage.span.end - 1)
        sentence = [self.text[part.start : part.end] for part in text]
        return (
            sentence[before] if before >= 0 else "",
            sentence[after] if after < len(sentence) else "",
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that stand together and are pinned, or one heading.

    Attributes:
        text: As the person left it.
        span: Where it stands in the earlier text.
        line: Number of its line there.
        kind: What that line is.
        whole: It is the whole of its line.
        begins: It begins its line.
    """

    text: str
    span: Span
    line: int
    kind: LineKind
    whole: bool
    begins: bool = True

    @property
    def is_head(self) -> bool:
        """Whether it is a heading: a line of its own, or one that text runs on from."""
        if self.kind == "heading":
            return True
        numbered = self.begins and NUMERAL.match(self.text) is not None
        return numbered and not self.whole and len(self.text) <= _LONGEST_HEAD and len(self.sentences) == 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, with any space between them; a heading is one."""
        if self.kind != "paragraph":
            return (self.text,)
        ends = [part.end for part in sentences(self.text)[:-1]]
        return tuple(self.text[a:b] for a, b in zip([0, *ends], [*ends, len(self.text)], strict=True))


def without_numeral(line: str) -> str:
    """A line without the numeral that it begins with."""
    return NUMERAL.sub("", line, count=1)


def pinned_text(lines: Sequence[tuple[str, LineKind, Sequence[bool]]]) -> PinnedText:
    """Put a text together from lines with a flag for each character."""
    spans: list[Span] = []
    at = 0
    for line, _, flags in lines:
        spans += [Span(at + n, at + n + 1) for n, flag in enumerate(flags) if flag]
        at += len(line) + 1
    return PinnedText(
        "\n".join(line for line, _, _ in lines), tuple(kind for _, kind, _ in lines), tuple(spans)
    )
