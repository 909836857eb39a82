"""SW306: a document told as another body's than the one that issued it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_short_for
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either

#: Shorter names (蘆山) stand inside others, and before others of a list.
_WHOLE_NAME = 3


def issuers(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Another body's name before a stated document: who issued it."""
    for fact in known.index:
        if (
            fact.kind is not FactKind.ISSUERS
            or fact.organisers is None
            or not fact.owner
            or fact.owner not in known.index
        ):
            continue
        own = [folded(name) for name in fact.organisers.names]
        yield from _other_issuers(analysis, known, fact, own)
        title = re.escape(folded(known.index[fact.owner].text))
        for match in re.finditer(
            rf"(?:根据|按照|依据|遵照|贯彻|落实)([^,;。《》]{{2,60}})《{title}", analysis.form
        ):
            start = match.start(1)
            if analysis.overlaps_claim(*match.span(1)):
                continue
            for item in re.finditer("[^、和及与]+", match[1]):
                name = re.sub("(?:联合)?(?:印发|下发|制定|发布)?的?$", "", item.group())
                if len(name) < _WHOLE_NAME or any(
                    other in name or is_short_for(name, other) or _is_own(name, other) for other in own
                ):
                    continue
                if find_organisations(name):
                    at = start + item.start()
                    yield analysis.finding("SW306", at, at + len(name), (fact.id,), stated=fact.text)


def _is_own(name: str, other: str) -> bool:
    """Whether a name has its level in the place of the whole: 校黨委宣傳部, of 硯江大學黨委宣傳部."""
    return re.match("[省市区县镇乡校院]", name) is not None and other.endswith(name[1:])


def _other_issuers(analysis: Analysis, known: Known, fact: Fact, own: list[str]) -> Iterator[Finding]:
    """A body of the sheet right before a document that another one issued."""
    names = {name for name in known.bodies if len(name) >= _WHOLE_NAME}
    if not names:
        return
    every = either(names)
    title = re.escape(folded(known.index[fact.owner or ""].text))
    run = re.compile(rf"({every}(?:[、和及与]{every})*)(?:联合)?(?:印发|下发|制定|发布)?的?《{title}")
    for match in run.finditer(analysis.form):
        for item in re.finditer(every, match[1]):
            name, start = item.group(), match.start(1) + item.start()
            if any(name in other or is_short_for(name, other) for other in own):
                continue
            if not analysis.overlaps_claim(start, start + len(name)):
                yield analysis.finding("SW306", start, start + len(name), (fact.id,), stated=fact.text)
