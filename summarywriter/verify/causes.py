"""SW416: causes and results that no fact states."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, pattern, words

_CAUSE = re.compile(
    "(?:受(?P<why>[^,;。、]{2,12}?)(?:影响|制约)|(?:由于|因为|得益于|归功于|源于|缘于)(?P<reason>[^,;。、]{2,20}?)(?:影响|的?原因|的?缘故|的[^,;。]{2,4}|[,;。])|(?:(?<=[,;。:])|^)因(?![此而地材势时人故病公事为])(?P<because>[^,;。、]{2,14}),)"
)


@functools.cache
def _results() -> re.Pattern[str]:
    """使殘疾兒童康復率明顯提高."""
    return re.compile(
        f"(?:使得?|令|让|带动|推动|促进)(?P<what>[^,;。]{{0,16}}?{either(words('measured'))})[^,;。]{{0,6}}?"
        f"(?P<change>{either(words('changed'))})"
    )


def causes(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every cause that no fact gives."""
    for match in pattern("credit").finditer(analysis.form):
        if not known.says(match.group()[:3]) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW416", *match.span())
    for match in _results().finditer(analysis.form):
        lead = analysis.form[analysis.clause_at(match.start()).start : match.start()]
        if analysis.overlaps_claim(*match.span()) or pattern("planned").search(lead):
            continue
        if not (known.says(match["change"]) and known.says(match["what"])):
            yield analysis.finding("SW416", *match.span())
    for match in _CAUSE.finditer(analysis.form):
        which = next(name for name in ("why", "reason", "because") if match[name])
        grams = content_ngrams(match[which])
        if match.group().startswith(("由于", "因")) and not re.search("因|由于", known.haystack):
            if not analysis.overlaps_claim(*match.span()):
                yield analysis.finding("SW416", *match.span())
            continue
        if grams and not grams & known.words and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW416", *match.span(which))
