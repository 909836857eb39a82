"""SW417: a clause of which neither the sheet nor the genre's common wording has anything.

What a clause says beyond its figures and dates is covered, two characters at a time, by what the sheet says
and by what faithful summaries of other events say around their facts (wording.txt, which the script
benchmarks/wording.py makes). A clause that is mostly covered by neither was made up:
縣政府為宣講團記集體三等功.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from summarywriter.chinese.text import folded
from summarywriter.resources import read_text
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, mapping, words

#: A clause is judged by so many characters that nothing covers, and by so large a part of all it has.
_UNCOVERED, _MOSTLY = 6, 0.5
_HAN = re.compile("[一-鿿]+")
#: Characters that say nothing by themselves.
_EMPTY = frozenset("了的和与及等在为有是共也均各将于从到对中一并由其又都还以就被把给让向年月日时分")
_WEEKDAY = re.compile("(?:星期|周|礼拜)[一二三四五六日天末]")
_HEAD = re.compile(r"(?:\([^()]{1,3}\)|[0-9]+[.、]|[一二三四五六七八九十]+、|——)[^,;:]{2,24}。?$")


#: 修不修、怎麼修，; what leads up to a list says nothing itself: 可歸納為一套詞、一處場：.
_ASKED = re.compile("([一-鿿])不\\1|怎么|如何|什么|:$")


def pairs(form: str) -> set[str]:
    """Every two neighbouring Han characters of a text in comparison form."""
    return {run[i : i + 2] for run in _HAN.findall(form) for i in range(len(run) - 1)}


@functools.cache
def _wording() -> frozenset[str]:
    return frozenset(read_text("verify", "wording.txt").split())


@functools.cache
def _formula() -> re.Pattern[str]:
    return re.compile("|".join((*map(folded, mapping("formula_pattern")), either(words("formula")))))


def unsupported(analysis: Analysis, known: Known, formulas: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Every clause that tells nothing of the sheet and is no common wording."""
    plain, said = _plain(analysis), frozenset(pairs(known.haystack))
    own = {folded(text).rstrip("。:,") for text in formulas if text}
    for clause in analysis.clauses:
        line = analysis.lines[clause.line]
        form = analysis.form[clause.start : clause.end]
        if (
            line.kind != "paragraph"
            or len(form) < _UNCOVERED
            or analysis.overlaps_claim(clause.start, clause.end)
            or _ASKED.search(form)
        ):
            continue
        sentence = analysis.sentence_at(clause.start)
        if _HEAD.match(analysis.form[sentence.start : sentence.end]) or form.rstrip(",;。:") in own:
            continue
        rest, count = _uncovered(plain[clause.start : clause.end], said)
        if len(rest) < _UNCOVERED or len(rest) < _MOSTLY * count or _formula().search(form):
            continue
        if len(rest) >= _SURELY or not _names(form, said):
            yield analysis.finding("SW417", clause.start, clause.end)


#: A clause with a word of the sheet's own is judged by so many.
_SURELY = 8


_WHO = "[省市区县镇乡村校院局队社厂司员长]"


def _names(form: str, said: frozenset[str]) -> bool:
    """Whether a clause begins with a word that the sheet has and no common wording: 手機|一律不許帶進場."""
    return form[:2] in said and form[:2] not in _wording() and not re.search(_WHO, form[:4])


def _plain(analysis: Analysis) -> str:
    """The text with its figures, dates and weekdays blotted out, which others verify."""
    form = list(analysis.form)
    for span in (*(m.span for m in analysis.quantities), *(m.span for m in analysis.dates)):
        form[span.start : span.end] = " " * (span.end - span.start)
    return _WEEKDAY.sub(lambda match: " " * len(match.group()), "".join(form))


def _uncovered(form: str, said: frozenset[str]) -> tuple[str, int]:
    """The characters of a clause that nothing covers, and how many could have been covered."""
    wording = _wording()
    rest: list[str] = []
    count = 0
    for run in _HAN.findall(form):
        covered = [False] * len(run)
        for at in range(len(run) - 1):
            pair = run[at : at + 2]
            if pair in wording or pair in said:
                covered[at] = covered[at + 1] = True
        count += len(run)
        rest += [c for c, is_covered in zip(run, covered, strict=True) if not is_covered and c not in _EMPTY]
    return "".join(rest), count
