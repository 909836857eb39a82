"""SW302 and SW312: names within names: a place under another street, an office of another level.

湓浦街道南司社區 joins two stated names that the sheet does not join; 省林業專家 is 市林業專家 of another
level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding

_UPPER = "(?:街道|镇|乡|县|区|市|州)"
_LOWER = "(?:社区|村|小区|学校|小学|中学|广场|公园|路|街|卫生院)"
_PAIR = re.compile(
    rf"(?P<upper>[一-鿿]{{2,4}}?{_UPPER})(?:办事处|办)?(?P<lower>(?!{_UPPER})[一-鿿]{{2,5}}?{_LOWER})(?![一-鿿]?{_LOWER})"
)
_LEVELS = "省市区县镇乡校村"


def nesting(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on a name that stands under the wrong one."""
    yield from _parents(analysis, known)
    yield from _levels(analysis, known)


def _parents(analysis: Analysis, known: Known) -> Iterator[Finding]:
    stated: dict[str, set[str]] = {}
    for match in _PAIR.finditer(known.haystack):
        stated.setdefault(match["lower"], set()).add(match["upper"])
    if not stated:
        return
    for match in _PAIR.finditer(analysis.form):
        upper, lower = match["upper"], match["lower"]
        parents = stated.get(lower)
        if parents is None or known.says(match.group()) or analysis.overlaps_claim(*match.span()):
            continue
        if any(upper.endswith(parent) or parent.endswith(upper) for parent in parents):
            continue
        if not known.says(upper):
            continue  # told by a shorter or a longer name, or made up: other rules see to that
        right = min(parents)
        yield analysis.finding("SW312", *match.span("upper"), (), right, stated=right + lower)


#: A level's character that begins another word: 市民, 區域, 村民, 校園.
_WORDS = "民域场值容价级内外里中长口部办上下直道志校务农企别间段分位政委府属名园友区镇乡村县市省州人电站所"
_STEM = 4
#: Before a name: a mark, a line's head, or the end of a word that brings one in.
_BORDER = r"[\n,;:。、()“”由请邀经在到向和与及对于合织同]"


def _levels(analysis: Analysis, known: Known) -> Iterator[Finding]:
    form, hay = analysis.form, known.haystack
    for match in re.finditer(rf"(?:^|(?<={_BORDER}))([{_LEVELS}])(?![{_WORDS}])([一-鿿]{{{_STEM}}})", form):
        start = match.start(1)
        level, stem = match[1], match[2]
        if known.says(level + stem[:-1]) or analysis.overlaps_claim(start, match.end()):
            continue
        before = {hay[at.start() - 1] for at in re.finditer(re.escape(stem), hay) if at.start()}
        if before and before <= set(_LEVELS) - {level}:
            right = min(before)
            said = right + analysis.text(match.start(2), match.end())
            yield analysis.finding("SW302", start, match.end(), (), said, stated=said)
