"""What is told of from a sentence on: the event it opens, speaks of again, or what else it begins."""

from __future__ import annotations

from summarywriter.extract.eventnames import Event, Named
from summarywriter.extract.naming import done_to, named_by, numbered_item
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.thread import Thread, labelled
from summarywriter.extract.turning import deed_of, event_opened, is_headings, spoken_of, topic_of
from summarywriter.extract.values import Found, ValueKind
from summarywriter.extract.words import pattern


def follow(
    thread: Thread, section: Section, sentence: Sentence, values: list[Found], *, kind: str, named: str
) -> tuple[Event | None, bool]:
    """Turn to what a sentence tells of.

    Args:
        thread: What was told of before it; what it tells of afterwards.
        section: Where it stands.
        sentence: The sentence, or the part of one that tells of one thing.
        values: The values in it.
        kind: Which part of the sheet it belongs to.
        named: What the heading names.

    Returns:
        The event that it opens, and whether it tells of an activity at all; a measure does not.
    """
    dates = [v for v in values if v.kind is ValueKind.DATE]
    counts = any(v.kind is ValueKind.QUANTITY for v in values)
    event = event_opened(thread, section, sentence, dates, named)
    if event is not None:
        _begin(thread, section, sentence, dates, event)
    elif (again := spoken_of(thread, section, sentence)) is not None:
        thread.current = again
    elif (part := _part(thread, section, sentence, kind=kind, counts=counts, dates=dates)) is not None:
        thread.open(named_by(sentence, thread.text, *part))
    elif kind == "measures" and not thread.by_heading:
        return None, False
    elif counts and (deed := deed_of(thread, section, sentence, dates)) is not None:
        thread.open(labelled(section, deed))
    elif thread.current is None and counts:
        thread.open_for(section)
    return event, True


def _begin(thread: Thread, section: Section, sentence: Sentence, dates: list[Found], event: Event) -> None:
    """Open an event, or give the heading's activity its name."""
    if is_headings(thread, event, sentence, dates):
        thread.rename(named_by(sentence, thread.text, event.start, event.end))
        return
    before = thread.current
    weak = pattern("weak_deed").match(sentence.form.text[event.start : event.end])
    name = done_to(sentence, event) if weak else (event.start, event.end)
    thread.open(named_by(sentence, thread.text, *name))
    thread.entered = before if event.named is Named.SCENE else None
    if thread.current is not None and section.level > 1:
        thread.current.area = section.heading


def _part(
    thread: Thread, section: Section, sentence: Sentence, *, kind: str, counts: bool, dates: list[Found]
) -> tuple[int, int] | None:
    """The part of the whole, or the item of a list, that a sentence begins."""
    if thread.by_heading:
        return None
    topic = topic_of(thread, section, sentence) if counts else None
    if topic is None and kind == "activities" and (dates or not thread.planned):
        return numbered_item(sentence)
    return topic
