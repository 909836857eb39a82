"""What a heading, or a paragraph's first words, put all that follows under: one thing, or the whole."""

from __future__ import annotations

from collections.abc import Sequence

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.entries import is_when
from summarywriter.extract.eventnames import alike, heading_event
from summarywriter.extract.events import events_in
from summarywriter.extract.naming import after_day, announced
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.sheet import Doing, Passage
from summarywriter.extract.thread import RECENT, Thread
from summarywriter.extract.values import Found, ValueKind
from summarywriter.extract.words import pattern

PLAIN = ("", "activities", "overview")
"""Roles of sections that tell what was done."""


def open_by_heading(thread: Thread, section: Section, values: Sequence[Found], *, above: Doing | None) -> str:
    """Begin to tell of what a heading names; its name, ``""`` where it names nothing.

    Args:
        thread: What is being told of.
        section: What stands under the heading.
        values: The values in it.
        above: What the heading above it names.
    """
    heading, span = section.heading, section.heading_span
    event = heading_event(heading) if section.level and section.role in PLAIN else ""
    if section.day and (said := after_day(heading)):
        name = Passage(said, (span,))
    elif event and section.sentences and not is_of_several(section, event):
        inside = Span(span.start, span.start + len(event)) if heading.startswith(event) else span
        name = Passage(event, (inside,))
    elif above is not None and not (section.own_role or section.closed):
        thread.current, thread.by_heading = above, True  # a point of what the heading above it names
        return above.name.text
    elif above is None and is_name(section, values, planned=thread.planned):
        section.role = section.role if section.role in PLAIN else "activities"
        name = Passage(heading, (span,))
    else:
        return event
    thread.open(name, by_heading=True)
    return name.text


def is_name(section: Section, values: Sequence[Found], *, planned: bool) -> bool:
    """Whether a heading is the name of what is told under it, though it holds no event's name.

    Of the smallest part of a text everything is about what its heading says: 進企業，查找漏點. Only a
    heading that says nothing (主要情況), or says what kind of thing follows (措施, 問題), names none.
    Under 主要做法 a part that counts more than one thing tells of something done.

    Args:
        section: What stands under the heading.
        values: The values in it.
        planned: Whether the text only plans what it tells of.
    """
    measures = section.role == "measures"
    if not section.level or section.closed or section.day or section.parted or section.tables:
        return False
    if section.role not in PLAIN and (not measures or section.own_role):
        return False
    form = folded(section.heading)
    if any(pattern(name).search(form) for name in _NO_NAME):
        return False
    told = [v for v in values if v.kind is ValueKind.QUANTITY and v.span.start >= section.heading_span.end]
    if planned and not measures:
        return False
    return len(told) >= (2 if measures else 1) and not is_of_several(section, section.heading)


_NO_NAME = ("generic_heading", "sum_heading", "field_heading", "whole_heading")


def is_of_several(section: Section, name: str) -> bool:
    """Whether a section tells of several events, so that its heading names their field."""
    names: list[str] = []
    for sentence in section.sentences[:RECENT]:
        for event in events_in(sentence):
            said = sentence.form.text[event.start : event.end]
            if event.strong and not any(alike(said, other) for other in (name, *names)):
                names.append(said)
    return len(names) > 1 and section.level in (1, 2)


def is_of_all(thread: Thread, section: Section, form: str) -> bool:
    """Whether a paragraph tells of the whole that the title speaks of: sums, opinions, what its head says.

    Args:
        thread: What was told of before it.
        section: Where it stands.
        form: Its first sentence.
    """
    title, current = thread.sheet.title, thread.current
    if len(thread.sheet.activities) <= 1 or title is None:
        return False
    told = pattern("all_told").match(form)
    if told is not None and (current is None or told["what"] not in folded(current.name.text)):
        return True
    if thread.by_heading or section.level:
        return False
    if pattern("survey").match(form):
        return True
    return announced(title) is title and bool(pattern("said_by").match(form))


def is_held_on_a_day(sentence: Sentence, dates: Sequence[Found]) -> bool:
    """Whether an opening's sentence tells of one thing held on one day, not of the whole period."""
    days = [value for value in dates if is_when(sentence, value)]
    whole = any(value.date is not None and value.date.end is not None for value in days)
    return bool(days) and not whole and any(event.strong for event in events_in(sentence))


_SHORT = 3
"""An overview of more sentences tells things one by one."""


def is_overview(section: Section) -> bool:
    """Whether a section says in a paragraph what the parts after it tell one by one: 活動概況."""
    short = section.role == "overview" and section.own_role and len(section.sentences) <= _SHORT
    return short and not (section.parted or section.tables)
