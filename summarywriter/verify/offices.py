"""SW301: an office of a kind that the sheet has none of: 鄉派出所, where it knows a 鄉市場監管所 only."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from summarywriter.chinese.text import folded
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_short_for
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words

#: A name begins at a clause's head, after another name, or after a word that says who did it.
_BEGINS = "(?:(?<=[,;。:、由和与及同在对向给])|(?<=联合)|(?<=会同)|(?<=邀请)|(?<=配合)|^)"


@functools.cache
def _office() -> re.Pattern[str]:
    kinds = either(map(folded, words("office_kind")))
    return re.compile(f"{_BEGINS}[省市县区镇乡村校院厂局](?P<kind>{kinds})(?![一-鿿]?[长员])", re.MULTILINE)


def offices(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every office of a stated level whose kind no fact has."""
    for match in _office().finditer(analysis.form):
        if known.says(match.group()) or _is_known(match["kind"], known):
            continue
        if not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW301", *match.span())


def _is_known(kind: str, known: Known) -> bool:
    """Whether the sheet names a body of a kind, in full or by a longer or shorter word for it."""
    return known.says(kind) or any(
        is_short_for(kind, body) or (len(body) > 1 and is_short_for(body[1:], kind)) for body in known.bodies
    )
