"""Several pieces in one file, and what a web page puts around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.damage import Damage, DamageKind
from summarywriter.extract.words import pattern, patterns


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a file.

    Attributes:
        span: Where it stands in the source.
        title: Its own title line where the file gives one, without the number of the piece.
        title_span: Where that stands.
        skipped: Lines within it that are the site's own.
    """

    span: Span
    title: str = ""
    title_span: Span | None = None
    skipped: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    form: str


def divide(text: str) -> tuple[tuple[Piece, ...], tuple[Damage, ...]]:
    """Divide a source into its pieces.

    What a site put around them (a compiler's preface, lists of articles) belongs to none.

    Returns:
        The pieces in order, and the site's own lines as damage.
    """
    lines = _lines(text)
    kept: list[_Line] = []
    dropped: list[_Line] = []
    ended = False
    for line in lines:
        if pattern("tail").match(line.form):
            ended = True
        elif ended and _begins(line) is not None:
            ended = False
        if ended or any(each.search(line.form) for each in patterns("boilerplate")) or _is_article(line):
            dropped.append(line)
        else:
            kept.append(line)
    starts = [n for n, line in enumerate(kept) if _begins(line) is not None]
    if len(starts) > 1 or (starts and starts[0] == 0):
        before, groups = (
            kept[: starts[0]],
            [kept[a:b] for a, b in zip(starts, [*starts[1:], len(kept)], strict=True)],
        )
        dropped.extend(line for line in before if len(line.form) < _NO_PIECE)
        if any(len(line.form) >= _NO_PIECE for line in before):
            groups.insert(0, before)
    else:
        groups = _by_rules(kept)
    site = sorted(dropped, key=lambda line: line.start)
    pieces = tuple(_piece(text, group, site) for group in groups if group)
    return pieces, tuple(
        Damage(DamageKind.BOILERPLATE, Span(line.start, line.end), text[line.start : line.end])
        for line in site
    )


_NO_PIECE = 200
"""A line shorter than this, before the first of several pieces, is the collection's own."""


def _lines(text: str) -> list[_Line]:
    found, position = [], 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            start = position + raw.index(body[0])
            found.append(_Line(start, start + len(body), folded(body)))
        position += len(raw) + 1
    return found


def _begins(line: _Line) -> str | None:
    """The title on a line that begins a piece, ``None`` for any other line."""
    if len(line.form) > 60:  # noqa: PLR2004
        return None
    for each in patterns("piece"):
        if match := each.match(line.form):
            return match["title"].strip(" :、.[(【")
    return None


def _is_article(line: _Line) -> bool:
    return bool(pattern("article").match(line.form)) and not line.form[0].isdigit()


def _by_rules(lines: list[_Line]) -> list[list[_Line]]:
    """Pieces divided by ruled lines, where each has some length; else one piece."""
    groups: list[list[_Line]] = [[]]
    for line in lines:
        if pattern("rule_line").match(line.form):
            groups.append([])
        else:
            groups[-1].append(line)
    groups = [group for group in groups if group]
    long = all(sum(line.end - line.start for line in group) >= 80 for group in groups)  # noqa: PLR2004
    if len(groups) > 1 and long and not any(_is_turn(group[0].form) for group in groups):
        return groups
    return [[line for group in groups for line in group]]


def _is_turn(form: str) -> bool:
    """Whether a line is the head of a message in a chat, which begins no text of its own."""
    return len(form) <= _LONGEST_TURN and bool(re.search("[0-9]:[0-9]{2}", form))


_LONGEST_TURN = 40


def _piece(text: str, lines: list[_Line], site: list[_Line]) -> Piece:
    first = lines[0]
    span = Span(first.start, lines[-1].end)
    skipped = tuple(Span(line.start, line.end) for line in site if span.start < line.start < span.end)
    title = _begins(first)
    if title is not None:
        shown = text[first.start : first.end]
        at = folded(shown).find(title) if title else -1
        if at >= 0 and len(folded(shown)) == len(shown):
            place = Span(first.start + at, first.start + at + len(title))
            return Piece(span, shown[at : at + len(title)], place, skipped)
        return Piece(span, "", Span(first.start, first.end), skipped)
    return Piece(span, skipped=skipped)
