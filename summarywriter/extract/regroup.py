"""Sections put right by what stands around them: items that look like headings, a closing paragraph."""

from __future__ import annotations

from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import fold
from summarywriter.extract.layout import UNNUMBERED
from summarywriter.extract.sections import Section, Sentence


def regrouped(sections: list[Section], text: str) -> list[Section]:
    """Sections as a reader takes them: see `_itemised` and `_concluded`."""
    return _concluded(_itemised(sections, text), text)


def _concluded(sections: list[Section], text: str) -> list[Section]:
    """Sections, with the paragraph after a row of items as one of its own.

    Where headings stand on their paragraph's line, one paragraph each, a further paragraph after the last
    one is about all of them.
    """
    kept: list[Section] = []
    run = 0
    for number, section in enumerate(sections):
        before = sections[number - 1] if number else section
        run = run + 1 if section.inline and section.level == before.level and not section.closed else 0
        kept.append(section)
        more = [n for n, each in enumerate(section.sentences) if n and _begins_line(text, each)]
        if not more:
            continue
        last = number == len(sections) - 1 or sections[number + 1].level < section.level
        if run and last and section.role not in ("problems", "next_steps"):
            rest = Section(above=section.above, role=section.above.role if section.above else "")
            rest.sentences = section.sentences[more[0] :]
            section.sentences = section.sentences[: more[0]]
            start = rest.sentences[0].span.start
            rest.tables = [each for each in section.tables if each.span.start >= start]
            section.tables = [each for each in section.tables if each.span.start < start]
            kept.append(rest)
        run = 0
    return kept


_INDENT = 12


def _begins_line(text: str, sentence: Sentence) -> bool:
    return (
        text[max(0, sentence.span.start - _INDENT) : sentence.span.start].rstrip(" \u3000\t").endswith("\n")
    )


def _itemised(sections: list[Section], text: str) -> list[Section]:
    """Sections, with lines that only look like headings as what they are.

    A numbered line that nothing stands under, and that holds a figure, is an item of a list; so is the last
    one, though a paragraph follows. A day that nothing stands under is when the text was signed.
    """
    kept: list[Section] = []
    listed = 0
    for section, after in zip(sections, [*sections[1:], None], strict=True):
        empty = not (section.sentences or section.fields)
        below = after is not None and after.level > section.level
        numbered = section.level > UNNUMBERED and not section.closed and find_quantities(section.heading)
        item = numbered and (empty or listed == section.level)
        if kept and section.heading and not below and ((empty and section.day) or item):
            span = section.heading_span
            kept[-1].sentences += [Sentence(span, fold(text[span.start : span.end])), *section.sentences]
            listed = section.level
        else:
            kept.append(section)
            listed = 0
    return kept
