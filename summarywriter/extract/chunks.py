"""A piece cut into what one request asks about, and how it is shown to a model.

Sentences are numbered, and every value found in them stands as ``{7:600多人}``: the model cites by number,
and by the words, and both must agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.turns import turn_of
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.prompts import as_data

_LARGEST = 1800
"""Characters asked about at once; a level-1 section longer than this is cut at its lower headings."""


@dataclass(slots=True)
class Chunk:
    """What one request asks about.

    Attributes:
        id: ``e1``, ``e2`` … over the whole file.
        piece: Number of the piece, from 0.
        sections: The sections, in order.
        values: Their values, in order; a value's number is its place here, from 1.
        planned: Whether the whole piece only announces what it tells of.
        sentences: Their sentences, in order; numbered from 1.
    """

    id: str
    piece: int
    sections: list[Section]
    values: list[Found]
    planned: bool = False
    sentences: list[Sentence] = field(init=False)

    def __post_init__(self) -> None:
        self.sentences = [sentence for section in self.sections for sentence in section.sentences]

    def value(self, number: int) -> Found | None:
        """Value ``number``."""
        return self.values[number - 1] if 0 < number <= len(self.values) else None

    def sentence(self, number: int) -> Sentence | None:
        """Sentence ``number``."""
        return self.sentences[number - 1] if 0 < number <= len(self.sentences) else None

    def sentence_of(self, span: Span) -> Sentence | None:
        """The sentence that a span stands in."""
        return next((s for s in self.sentences if s.span.start <= span.start < s.span.end), None)

    def heading_of(self, sentence: Sentence) -> str:
        """The heading right over one of its sentences, ``""`` where none is."""
        return next((s.heading for s in self.sections if any(each is sentence for each in s.sentences)), "")

    def speaker_of(self, sentence: Sentence) -> str:
        """The line before a message in a chat that says who sends it, ``""`` elsewhere."""
        number = next(n for n, each in enumerate(self.sentences) if each is sentence)
        before = (each.form.text for each in reversed(self.sentences[:number]))
        return next((form for form in before if 0 < len(form) <= turn_of(form)), "")

    def headings(self) -> str:
        """All headings over its sentences, folded."""
        return folded("\n".join(above.heading for section in self.sections for above in lineage(section)))

    def shown(self, text: str) -> str:
        """What the model is shown: headings, and numbered sentences with their values marked."""
        lines: list[str] = []
        number = 0
        for section in self.sections:
            if section.heading:
                path = " / ".join(as_data(above.heading) for above in lineage(section))
                lines.append(f"# {path}")
            for sentence in section.sentences:
                number += 1
                lines.append(f"[{number}] {self._marked(text, sentence)}")
        return "\n".join(lines)

    def _marked(self, text: str, sentence: Sentence) -> str:
        parts, position = [], sentence.span.start
        for value in within(self.values, sentence.span):
            if value.span.start < position:
                continue  # a value inside another: cited by its words
            number = self.values.index(value) + 1
            parts.append(as_data(text[position : value.span.start]))
            parts.append(f"{{{number}:{as_data(text[value.span.start : value.span.end])}}}")
            position = value.span.end
        parts.append(as_data(text[position : sentence.span.end]))
        return "".join(parts)


def lineage(section: Section) -> list[Section]:
    """The headings over a section, the highest first, its own last."""
    found = [section] if section.heading else []
    above = section.above
    while above is not None:
        found.insert(0, above)
        above = above.above
    return found


def chunks(
    sections: Sequence[Section], values: list[Found], piece: int, first: int, *, planned: bool = False
) -> Iterator[Chunk]:
    """Cut a piece.

    Args:
        sections: The outline.
        values: The piece's values.
        piece: Its number, from 0.
        first: Number of the first chunk.
        planned: Whether the piece only announces what it tells of.
    """
    number = first
    for group in _groups(sections):
        spans = [section.span for section in group]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        # A place is the model's to name: it is found by best effort, and often within another value.
        own = [value for value in within(values, whole) if value.kind is not ValueKind.PLACE]
        yield Chunk(f"e{number}", piece, group, own, planned=planned)
        number += 1


def _groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    told = [section for section in sections if section.sentences]
    group: list[Section] = []
    size = 0
    for section in told:
        length = section.span.end - section.span.start
        begins = section.level <= 1 or size + length > _LARGEST
        if group and begins and size + length > _LARGEST // 2:
            yield group
            group, size = [], 0
        group.append(section)
        size += length
    if group:
        yield group
