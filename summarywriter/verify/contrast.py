"""SW406: what a fact says, with one word of it turned into its contrary: 年長攤主 as 年輕攤主.

The word must stand between the same neighbours as in the fact, so that a paraphrase, which moves its words,
is left alone. And what the sheet says did happen, told as if it had not: 無一名群眾落水, where three had
to be saved.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import any_of, either, mapping, words

#: A clause tells a fact by so much of the fact's words, or of its own.
_TELLS = 0.34


@functools.cache
def _contrasts() -> tuple[dict[str, int], ...]:
    """For each group of contraries, its words with the side that each is on."""
    return tuple(
        {folded(word): side for side, alike in enumerate(group) for word in alike}
        for group in mapping("contrast")
    )


@functools.cache
def _any_of(group: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(either(group))


def contrast(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every word turned into its contrary, and every denial of what the sheet says happened."""
    yield from _turned(analysis, known)
    yield from _denied(analysis, known)
    yield from _subjects(analysis, known)
    yield from _not_done(analysis, known)
    yield from _absent(analysis, known)


def _turned(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A word of a free text or of a figure's label exchanged for one of its contraries."""
    for sides in _contrasts():
        group = tuple(sides)
        any_of_them = _any_of(group)
        told = list(any_of_them.finditer(analysis.form))
        if not told:
            continue
        for fact in known.index:
            if fact.kind not in FREE_TEXT and fact.kind not in (FactKind.FIGURE, FactKind.TOTAL):
                continue
            said = folded(fact.figure.label if fact.figure else fact.text)
            stated = list(any_of_them.finditer(said))
            if not stated:
                continue
            grams = content_ngrams(said)
            for match in told:
                if any(sides[match.group()] == sides[other.group()] for other in stated):
                    continue
                clause = analysis.clause_at(match.start())
                shared = len(grams & clause.grams)
                if shared < 2 or shared < _TELLS * min(len(grams), len(clause.grams)):  # noqa: PLR2004
                    continue
                form = analysis.form
                if not any(_same_place(said, other.span(), form, match.span()) for other in stated):
                    continue
                around = form[match.start() - 1 : match.end() + 1]
                if (
                    known.says(around)
                    or known.says(form[match.start() : match.end() + 3])
                    or analysis.overlaps_claim(*match.span())
                ):
                    continue
                yield analysis.finding("SW406", *match.span(), (fact.id,), fact.text, stated=fact.text)
                break


def _same_place(said: str, stated: tuple[int, int], form: str, told: tuple[int, int]) -> bool:
    """Whether a word stands where its contrary does: after the same two characters, or before them."""
    before, after = said[max(0, stated[0] - 2) : stated[0]], said[stated[1] : stated[1] + 2]
    return (len(before) > 1 and form.endswith(before, 0, told[0])) or (
        len(after) > 1 and form.startswith(after, told[1])
    )


def _heads(known: Known) -> set[str]:
    """Bodies that head a free text, and that the sheet names again elsewhere."""
    body = re.compile(f"[一-鿿]{{1,6}}?{either(words('body_head'))}")
    found = {
        match.group()
        for fact in known.index
        if fact.kind in FREE_TEXT and (match := body.match(folded(fact.text)))
    }
    return {name for name in found if known.haystack.count(name) > 1}


#: A clause tells a free text by so many of the words behind its subject.
_SAID = 0.6


def _subjects(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW306: a free text of one body told of another: 鶴陂市設置書架118個, which 瀾江市 did."""
    own = folded(known.index.event.unit or "")
    names = sorted(
        {name for name in known.bodies | known.actors | _heads(known) if len(name) > 1 and name not in own},
        key=len, reverse=True,
    )  # fmt: skip
    if not names:
        return
    head = re.compile(f"^{either(names)}")
    heads: dict[tuple[int, int], re.Match[str] | None] = {}
    for fact in known.index:
        if fact.kind not in FREE_TEXT:
            continue
        for piece in re.split("[,;。]", folded(fact.text)):
            subject = head.match(piece)
            rest = content_ngrams(piece[subject.end() :]) if subject else frozenset()
            if subject is None or len(rest) < 3:  # noqa: PLR2004
                continue
            for clause in analysis.clauses:
                if len(rest & clause.grams) < _SAID * len(rest):
                    continue
                form = analysis.form[clause.start : clause.end]
                told = heads.setdefault((clause.start, clause.end), head.search(form))
                if told is None or told.group() in piece or subject.group() in form:
                    continue
                if (
                    told.group() in subject.group()
                    or subject.group() in told.group()
                    or told.group() in folded(fact.text)
                ):
                    continue
                start, end = clause.start, clause.start + told.end()
                if not analysis.overlaps_claim(start, end):
                    yield analysis.finding("SW306", start, end, (fact.id,), stated=subject.group())


#: A problem is denied by so much of its words behind the denial.
_MOSTLY = 0.7


@functools.cache
def _denial() -> re.Pattern[str]:
    zero = f"零(?={either(words('denied_by_zero'))})"
    return re.compile(f"(?:{either(words('denial'))}[名人例起次件处家]?|{zero})(?P<what>[一-鿿]{{2,12}})")


def _denied(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """What a figure counts or a problem says, denied."""
    for match in _denial().finditer(analysis.form):
        if known.says(match.group()) or analysis.overlaps_claim(*match.span()):
            continue
        what = match["what"]
        head = what[-2:]
        grams = content_ngrams(what)
        for fact in known.index:
            if fact.figure is not None and fact.quantity is not None and fact.quantity.value:
                label = folded(fact.figure.label)
                if head in label and not re.search("[无未零没]", label):
                    yield analysis.finding(
                        "SW406", *match.span(), (fact.id,), stated=label + fact.quantity.surface
                    )
                    break
            elif (
                fact.kind is FactKind.PROBLEM
                and len(grams) > 2  # noqa: PLR2004  one word alone is in many problems
                and len(grams & content_ngrams(fact.text)) >= _MOSTLY * len(grams)
                and not re.search("[未没无不]", folded(fact.text))
            ):
                yield analysis.finding("SW406", *match.span(), (fact.id,), fact.text, stated=fact.text)
                break


#: What a denial is said of stands no farther before it.
_BEFORE = 40


@functools.cache
def _not() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('not_done').pattern})(?P<what>[一-鿿A-Za-z0-9]{{2,12}})")


def _not_done(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """What a free text says was done, denied in its own words: 沒有播出科普知識, 無一更正."""
    for match in _not().finditer(analysis.form):
        if known.says(match.group()) or analysis.overlaps_claim(*match.span()):
            continue
        what = content_ngrams(re.sub(f"^{either(words('empty_verb'))}", "", match["what"]))
        clause = analysis.clause_at(match.start())
        if not what:
            continue
        about = content_ngrams(analysis.form[max(clause.start, match.start() - _BEFORE) : match.start()])
        sentence = analysis.sentence_at(match.start()).grams - what
        for fact in known.index:
            if fact.kind not in FREE_TEXT or fact.kind is FactKind.NEXT_STEP:
                continue
            said = content_ngrams(fact.text)
            if re.search("[未没无不难缺少欠]", folded(fact.text)) or not what <= said:
                continue
            if len(what) > 2 or about & said or len(sentence & said) >= _TELLS * len(said):  # noqa: PLR2004
                yield analysis.finding("SW406", *match.span(), (fact.id,), fact.text, stated=fact.text)
                break


def _absent(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """區農辦未參與組織, where the sheet has it among those who did."""
    bodies = {name for name in known.bodies if len(name) > 1}
    if not bodies:
        return
    absent = re.compile(f"{either(bodies)}(?:也|则|并|均)?(?:未|没有|不){either(words('took_part'))}")
    for match in absent.finditer(analysis.form):
        if not known.says(match.group()[-4:]) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW406", *match.span())
