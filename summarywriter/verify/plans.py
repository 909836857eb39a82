"""SW408: what is planned, told as done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from summarywriter.chinese.datevalues import DatePoint, DateValue
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactKind
from summarywriter.facts.model import Status
from summarywriter.facts.status import status_of
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.telling import Telling
from summarywriter.verify.words import any_of, pattern


def plans(analysis: Analysis, known: Known, telling: Telling) -> Iterator[Finding]:
    """Free texts, activities and their dates that are planned, told as done."""
    done = pattern("done")
    tells = FREE_TEXT | {FactKind.ACTIVITY, FactKind.PLACE}
    held = {folded(f.text) for f in known.index if f.status is not Status.PLANNED and f.kind in tells}
    for fact in known.index:
        if fact.status is not Status.PLANNED or fact.kind not in tells:
            continue
        if folded(fact.text) in held:
            continue  # one text planned here and done there: which of the two is told does not show
        if fact.kind is FactKind.ACTIVITY and any(
            p.status is Status.DONE for p in known.index.parts(fact.id)
        ):
            parts = [p for p in known.index.parts(fact.id) if p.status is Status.PLANNED]
            if not parts:
                continue
        if fact.kind is FactKind.ACTIVITY:
            yield from _dated_done(analysis, known, fact)
        if fact.kind is FactKind.NEXT_STEP:
            yield from _surely_done(analysis, fact, telling)
        for clause in telling.clauses(fact, 0.6):
            if fact.kind is FactKind.PLACE and _is_another_place(analysis, clause, fact, held):
                continue  # 望江苑小區中心花園 is where something was held, whatever is planned in 望江苑小區
            if fact.kind is FactKind.PLACE and not _is_held_at(analysis, clause, fact):
                continue  # 市中心血站 is a place to go and a body that helps
            yield from _done(analysis, fact, clause, done)


_DID = re.compile("(?<=[一-鿿]{2})[了过](?![解])")


def _dated_done(analysis: Analysis, known: Known, fact: Fact) -> Iterator[Finding]:
    """A planned activity told by its date and its place, with 了 after the deed."""
    doing = known.doings.get(fact.id)
    if doing is None or not doing.dates:
        return
    for mention in analysis.dates:
        if not any(
            mention.value.same(day) or replace(day, time=None).same(replace(mention.value, time=None))
            for day in map(_yearless, doing.dates)
        ):
            continue
        clause = analysis.clause_at(mention.span.start)
        form = analysis.form[clause.start : clause.end]
        done = _DID.search(form)
        if done is None or pattern("planned").search(form) or not clause.grams & (doing.own | doing.marks):
            continue
        start = clause.start + done.start()
        if not analysis.overlaps_claim(start, start + 1):
            yield analysis.finding("SW408", start - 2, start + 1, (fact.id,), stated=fact.text)


def _yearless(value: DateValue) -> DateValue:
    def bare(point: DatePoint) -> DatePoint:
        return replace(point, year=None, masked_year=None)

    return replace(value, start=bare(value.start), end=value.end and bare(value.end))


def _surely_done(analysis: Analysis, fact: Fact, telling: Telling) -> Iterator[Finding]:
    """A plan told in fewer of its words, with 已 before its own verb: 夜間專線已增開."""
    said = folded(fact.text)
    for clause in telling.clauses(fact, 0.35):
        form = analysis.form[clause.start : clause.end]
        whole = analysis.sentence_at(clause.start)
        coming = pattern("planned").search(re.sub("增加|新增", "", analysis.form[whole.start : whole.end]))
        for match in re.finditer("(?:业已|已经|已)([一-鿿]{2})", form):
            start = clause.start + match.start()
            if (
                (match[1] in said or not coming)
                and match.group() not in said
                and not analysis.overlaps_claim(start, start + 2)
            ):
                yield analysis.finding(
                    "SW408", start, clause.start + match.end(), (fact.id,), stated=fact.text
                )


def _is_another_place(analysis: Analysis, clause: Part, fact: Fact, held: set[str]) -> bool:
    """Whether a clause does not name a planned place, or names it within one where something was held."""
    form, place = analysis.form[clause.start : clause.end], folded(fact.text)
    return place not in form or any(place in other and other in form for other in held)


def _is_held_at(analysis: Analysis, clause: Part, fact: Fact) -> bool:
    """Whether a clause tells that something was held at a place, rather than names what stands there."""
    form = analysis.form[clause.start : clause.end]
    return bool(
        re.search(rf"(?:在|于|到|赴|前往|走进|走入|来到|组织){re.escape(folded(fact.text)[:2])}", form)
    )


def _done(analysis: Analysis, fact: Fact, clause: Part, done: re.Pattern[str]) -> Iterator[Finding]:
    form = analysis.form[clause.start : clause.end]
    said = folded(fact.text)
    for match in done.finditer(form):
        if match.group() in said or match.group() in ("共", "共计", "累计"):
            continue
        if re.match("(?:报名|于?去年|发现|排查)", form[match.end() :]):
            continue
        tail = re.match(r"[一-鿿]{0,2}", form[match.end() :])
        end = clause.start + match.end() + (tail.end() if tail and len(match.group()) <= 2 else 0)  # noqa: PLR2004
        yield analysis.finding("SW408", clause.start + match.start(), end, (fact.id,), stated=fact.text)
        return
    for deed in re.finditer("([一-鿿]{2})了", form):
        if deed[1] in said and deed.group() not in said:
            yield analysis.finding("SW408", clause.start + deed.start(), clause.start + deed.end(),
                                   (fact.id,), stated=fact.text)  # fmt: skip
            return
    line = analysis.line_at(clause.start)
    if fact.kind is FactKind.ACTIVITY and (did := _DID.search(form)) and not pattern("planned").search(form):
        yield analysis.finding("SW408", clause.start + did.start() - 2, clause.start + did.end(),
                               (fact.id,), stated=fact.text)  # fmt: skip
        return
    if fact.kind is FactKind.NEXT_STEP and _is_among_deeds(analysis, clause):
        yield analysis.finding("SW408", clause.start, clause.end, (fact.id,), stated=fact.text)
    if fact.kind is FactKind.NEXT_STEP or line.topic in ("plan", "both"):
        return
    sentence = analysis.sentence_at(clause.start)
    whole = analysis.form[sentence.start : sentence.end]
    if fact.kind is not FactKind.ACTIVITY and not (pattern("planned").search(whole) or status_of(whole)):
        yield analysis.finding("SW408", clause.start, clause.end, (fact.id,), stated=fact.text)


def _is_among_deeds(analysis: Analysis, clause: Part) -> bool:
    """Whether a clause follows a figure of what was done in its sentence, with no word of what is to come."""
    line, sentence = analysis.line_at(clause.start), analysis.sentence_at(clause.start)
    if line.topic in ("plan", "both"):
        return False
    said = analysis.form[sentence.start : sentence.end]
    if pattern("planned").search(said) or status_of(said):
        return False
    form = analysis.form[clause.start : clause.end]
    told = analysis.quantities_in(sentence.start, clause.start)
    return bool(told) and pattern("completed").search(form) is not None


def left(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Everything told as done, where the sheet says that some is left: 餘下的17個也已全部補栽到位."""
    rest = [
        (fact, content_ngrams(fact.text))
        for fact in known.index
        if (
            fact.kind in (FactKind.NEXT_STEP, FactKind.PROBLEM)
            and pattern("left_over").search(folded(fact.text))
        )
        or (fact.kind is FactKind.PROBLEM and pattern("some").search(folded(fact.text)))
    ]
    if not rest:
        return
    for match in any_of("all_of_them").finditer(analysis.form):
        clause, sentence = analysis.clause_at(match.start()), analysis.sentence_at(match.start())
        if known.says(analysis.form[match.start() : match.end() + 2]) or analysis.overlaps_claim(
            *match.span()
        ):
            continue
        if pattern("planned").search(analysis.form[clause.start : clause.end]):
            continue
        if analysis.line_at(match.start()).topic in ("plan", "both"):
            continue
        for fact, grams in rest:
            if len(grams & sentence.grams) >= 2 and grams & (clause.grams | _before(analysis, clause)):  # noqa: PLR2004
                yield analysis.finding("SW408", *match.span(), (fact.id,), stated=fact.text)
                break


def _before(analysis: Analysis, clause: Part) -> frozenset[str]:
    """The words of the clause before, in the same sentence."""
    first = analysis.sentence_at(clause.start).start
    return analysis.clause_at(clause.start - 1).grams if clause.start > first else frozenset()
