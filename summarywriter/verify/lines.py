"""Lines of a text of which nothing is known: what each is on the page, and what its heading announces."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from summarywriter.verify.words import either, pattern, words

_HEADING = re.compile(
    r"[#\s*]*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、](?![0-9])|\([0-9]{1,2}\))"
)
#: A numbered line as short as this, with no full stop, is a heading.
_HEADING_LENGTH = 32


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the text.

    Attributes:
        start: First character.
        end: One past the last.
        kind: ``title``, ``addressee``, ``heading``, ``paragraph``, ``signature`` or ``date``.
        topic: ``problems`` or ``plan`` where the heading above says so, else ``""``.
    """

    start: int
    end: int
    kind: str
    topic: str = ""


@functools.cache
def _tackled() -> re.Pattern[str]:
    """補齊短板, 解決難題: what was done about a problem."""
    return re.compile(f"{either(words('tackle'))}[^,。]{{0,4}}{either(words('tackled'))}")


def topic_of(heading: str, current: str) -> str:
    """What a heading announces; a subordinate heading keeps the topic of the one above it."""
    heading = _tackled().sub("", heading)
    if pattern("plan_heading").search(heading):
        # 問題與打算 announces both, and is read as problems first.
        return "both" if pattern("problem_heading").search(heading) else "plan"
    if pattern("problem_heading").search(heading):
        return "problems"
    return current if re.match(r"\s*(?:\(|[0-9])", heading) else ""


def guessed_lines(form: str) -> tuple[TextLine, ...]:
    """Lines of a text of which nothing is known."""
    lines: list[TextLine] = []
    topic, position = "", 0
    for raw in form.split("\n"):
        start, position = position, position + len(raw) + 1
        text = raw.strip()
        if not text:
            continue
        start += raw.index(text[0])
        end = start + len(text)
        kind = _kind(text, first=not lines)
        if kind == "heading":
            topic = topic_of(text, topic)
        elif kind == "paragraph" and (head := _HEADING.match(text)):
            stop = text.find("。", head.end())
            if 0 < stop <= _HEADING_LENGTH:
                topic = topic_of(text[:stop], topic)
        lines.append(TextLine(start, end, kind, topic))
    return tuple(lines)


def _kind(text: str, *, first: bool) -> str:
    stops = any(mark in text for mark in "。;!?")
    if not stops and len(text) <= _HEADING_LENGTH and (_HEADING.match(text) or text.startswith("#")):
        return "heading"
    if not stops and text.endswith(":") and len(text) <= _HEADING_LENGTH:
        return "addressee"
    if first and not stops and len(text) <= 2 * _HEADING_LENGTH and "," not in text:
        return "title"
    if not stops and re.fullmatch(r"[0-9〇一二三四五六七八九十xX年月日 ]{6,14}", text):
        return "date"
    if not stops and len(text) <= _HEADING_LENGTH and "," not in text and not first:
        return "signature"
    return "paragraph"
