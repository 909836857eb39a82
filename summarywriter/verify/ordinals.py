"""SW102 for places in a row: 第二十七屆 where the sheet has the twenty-eighth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.numerals import parse_number
from summarywriter.chinese.text import content_ngrams
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding

_ORDINAL = re.compile(r"第([0-9]+|[一二三四五六七八九十百零〇两]+)([届期批次轮季])([一-鿿“]{0,8})")


def ordinals(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on an ordinal that stands before the same words as a stated one."""
    stated = [
        (m.group(), _value(m[1]), m[2], content_ngrams(m[3])) for m in _ORDINAL.finditer(known.haystack)
    ]
    if not stated:
        return
    for match in _ORDINAL.finditer(analysis.form):
        value, unit, words = _value(match[1]), match[2], content_ngrams(match[3])
        start, end = match.start(), match.end(2)
        if analysis.overlaps_claim(start, end) or known.says(match.group()[: end - start]):
            continue
        if any(v == value and u == unit for _, v, u, _ in stated):
            continue
        alike = [
            text for text, _, u, w in stated if u == unit and (words & w or (unit == "届" and not words))
        ]
        if alike:
            right = re.match("第[^届期批次轮季]+.", alike[0])
            said = right.group() if right else ""
            yield analysis.finding("SW102", start, end, (), said, stated=said, label=match[3])


def _value(text: str) -> object:
    return parse_number(text) or text
