"""Headings that only the lines around them show: short lines, marked lines, short first sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarywriter.chinese.quantities import find_quantities
from summarywriter.extract.layout import LEAD, LEVELS, UNNUMBERED, Shape, begins_on_a_day
from summarywriter.extract.turns import turn_of


def are_led(forms: Sequence[str]) -> bool:
    """Whether short first sentences are headings: in a text that numbers its own, or where most have one."""
    if any(each.match(form) for form in forms for each in LEVELS[:2]):
        return True
    paragraphs = [form for form in forms if len(form) >= _LONG]
    led = sum(bool(LEAD.match(form)) for form in paragraphs)
    return led > 1 and led >= len(paragraphs) / 2


_PART = re.compile(r"[^0-9A-Za-z一-鿿“《]*(?:(?:PART|Part|part|NO|No)\.? ?)?(?:[0-9]{1,2} *[|丨:./·-] *)?")
_SHORT = re.compile("[一-鿿A-Za-z“”《》·()— ]{3,18}")
_LONG = 24


def short_start(form: str) -> int:
    """Where the words of a short heading begin, after signs, PART 01 and the like."""
    match = _PART.match(form)
    return match.end() if match else 0


def short_headings(forms: Sequence[str]) -> frozenset[int]:
    """Short lines without a stop between paragraphs: the headings of a text that does not number them.

    Two at least: a lone one may be anything.
    """
    found = _short(forms, _LONG)
    if len(found) < 2:  # noqa: PLR2004
        return frozenset()
    counted = _COUNTED if any(_COUNTED.match(forms[number]) for number in found) else None
    more = {n for n in _short(forms, _LONG // 2) if counted and counted.match(forms[n])}
    return frozenset(found | more)


#: 第一站 白沙村: one of a row of headings, however little stands under it.
_COUNTED = re.compile("第[一二三四五六七八九十]{1,2}[一-鿿]")


def _short(forms: Sequence[str], least: int) -> set[int]:
    """Short lines after a stop that at least so many characters follow."""
    found = set()
    for number in range(1, len(forms) - 1):
        form = forms[number]
        words = form[short_start(form) :]
        after, before = forms[number + 1], forms[number - 1]
        stops = before.rstrip("”)] ").endswith(("。", "!", "?", "…", "~")) or short_start(form) > 1
        if form.startswith(("—", "―", "-")):
            continue
        if _SHORT.fullmatch(words) and len(after) >= least and stops and not turn_of(form):
            found.add(number)
    return found


_MARKED = re.compile(r"(?P<mark>[★●◆■▲◎☆※▶►◇□▌◈✦✪])\ufe0f? *(?P<words>[^。;!?]{3,32}[^。;!?,:、\d])")

#: ◎進村宣講。民輔警126人…: behind a mark, what the paragraph is about.
_MARKED_LEAD = re.compile(r"[★●◆■▲◎☆※▶►◇□▌◈✦✪]\ufe0f? *(?P<words>[一-鿿A-Za-z“”]{2,14})。(?=.{12,})")


def marked_headings(forms: Sequence[str]) -> dict[int, Shape]:
    """Short lines behind a mark (● 11月3日 消防演練) with lines of another kind under each.

    Two at least; a row of lines with the same mark is a list.
    """
    found: dict[int, Shape] = {}
    for number, form in enumerate(forms[:-1]):
        match = _MARKED.fullmatch(form)
        if match is None or forms[number + 1].startswith(match["mark"]):
            continue
        words = match["words"]
        if not find_quantities(words):
            found[number] = Shape(*match.span("words"), UNNUMBERED, day=begins_on_a_day(words), lead=True)
    led = {n: match for n, form in enumerate(forms) if (match := _MARKED_LEAD.match(form))}
    if len(led) > 1:
        found |= {n: Shape(*match.span("words"), UNNUMBERED, lead=True) for n, match in led.items()}
    return found if len(found) > 1 else {}
