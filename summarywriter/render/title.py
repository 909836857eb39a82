"""Where a long title is broken into lines: at word boundaries, into a trapezoid.

GB/T 9704-2012, 7.3.1: a title that wraps keeps words whole, and its lines make a trapezoid or a
diamond, never an hourglass. There is no segmenter here: what the sheet names (its unit, its theme, its
activities) are words, the data knows how titles end, and digits and quotations hold together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from math import ceil

from summarywriter.chinese.text import folded
from summarywriter.render.typography import TitleWords, em_width

_UNBREAKABLE = re.compile(
    r"[0-9A-Za-z０-９.%％·\-]+[年月日周週屆届期次號号個个]?|〔[^〕]*〕|第.{1,3}[屆届次期個个]"
)
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|（[^）]*）")

#: Costs of a break, in ems of raggedness that it outweighs.
_AT_WORD, _ANYWHERE, _IN_QUOTE, _IN_WORD = 0.0, 6.0, 12.0, 18.0
#: An even block is neither trapezoid nor diamond; a slope of about an em and a half looks meant.
_RECTANGLE, _HOURGLASS, _ONE_LINE_MORE = 1.0, 40.0, 2.0


def title_lines(title: str, *, columns: float, names: Iterable[str], words: TitleWords) -> tuple[str, ...]:
    """Break ``title`` into as few lines as it needs.

    Args:
        title: The title, one line.
        columns: Width of a line, in characters of the title's size.
        names: Names that the title may contain and that hold together.
        words: Words that begin or end where a title may be broken.

    Returns:
        The lines; joined, they are the title.
    """
    total = em_width(title)
    if total <= columns:
        return (title,)
    costs = _break_costs(title, names, words)
    needed = ceil(total / columns)
    for count in range(needed, len(title) + 1):
        found = [best for n in (count, count + 1) if (best := _best(title, costs, columns, n))]
        if found:
            return min(found, key=lambda best: best[0] + _ONE_LINE_MORE * len(best[1]))[1]
    return (title,)


def _break_costs(title: str, names: Iterable[str], words: TitleWords) -> dict[int, float]:
    """Price of a break before each character; a place that typography forbids has none."""
    plain = folded(title)
    if len(plain) != len(title):  # a ligature or the like: no word can be looked up by position
        plain = title
    costs = dict.fromkeys(range(1, len(title)), _ANYWHERE)
    for word in words.before:
        costs |= {at: _AT_WORD for at, _ in _places(plain, word) if at in costs}
    for word in words.after:
        costs |= {end: _AT_WORD for _, end in _places(plain, word) if end in costs}
    for word in words.whole:
        _hold(costs, _places(plain, word), _IN_WORD)
    for name in sorted(set(names), key=len):  # of two names, one in the other, the longer holds
        for start, end in _places(plain, folded(name)):
            if len(name) > 1 and (start, end) != (0, len(title)):
                _hold(costs, [(start, end)], _IN_WORD)
                costs |= {at: _AT_WORD for at in (start, end) if at in costs}
    for quoted in _QUOTED.finditer(title):
        _hold(costs, [quoted.span()], _IN_QUOTE)
        costs |= {at: _AT_WORD for at in quoted.span() if at in costs}
    forbidden = {at for held in _UNBREAKABLE.finditer(title) for at in range(held.start() + 1, held.end())}
    forbidden |= {at for at in costs if title[at] in words.no_start or title[at - 1] in words.no_end}
    return {at: cost for at, cost in costs.items() if at not in forbidden}


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while word and start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _hold(costs: dict[int, float], places: Iterable[tuple[int, int]], cost: float) -> None:
    for start, end in places:
        for at in range(start + 1, end):
            if at in costs:
                costs[at] = cost


def _best(
    title: str, costs: dict[int, float], columns: float, count: int
) -> tuple[float, tuple[str, ...]] | None:
    """Cost and lines of the cheapest way to break into ``count`` lines that fit, if any do."""
    candidates = _worth_trying(title, costs, count)
    best: tuple[float, tuple[str, ...]] | None = None
    for breaks in combinations(candidates, count - 1):
        lines = tuple(title[a:b] for a, b in pairwise((0, *breaks, len(title))))
        widths = [em_width(line) for line in lines]
        if max(widths) > columns:
            continue
        cost = sum(costs[at] for at in breaks) + _shape_cost(widths)
        if best is None or cost < best[0]:
            best = cost, lines
    return best


def _worth_trying(title: str, costs: dict[int, float], count: int) -> list[int]:
    """All places for the usual two lines; for more, those near an even share, lest pairs explode."""
    if count <= 2 or len(title) <= 60:  # noqa: PLR2004
        return sorted(costs)
    even = [len(title) * n / count for n in range(1, count)]
    return sorted(sorted(costs, key=lambda at: min(abs(at - place) for place in even))[: 4 * count])


def _shape_cost(widths: Sequence[float]) -> float:
    mean = sum(widths) / len(widths)
    ragged = sum(abs(width - mean) for width in widths)
    cost = ragged * 0.8
    if max(widths) - min(widths) < 1:
        cost += _RECTANGLE
    waist = min(widths[0], widths[-1]) - min(widths[1:-1], default=widths[0])
    if waist >= 1:
        cost += _HOURGLASS
    return cost
