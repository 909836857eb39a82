"""SW408, SW411, SW415: a part told as the whole, what goes on as finished, and 任何 put before a denial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactKind
from summarywriter.facts.model import Status
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import Binding
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.report import Finding
from summarywriter.verify.telling import Telling
from summarywriter.verify.words import either, pattern, words

#: A clause that shares so much with what is under way tells it.
_TELLS = 0.5
#: All of them is said at most so far before what they did.
_REACH = 6


def wholes(
    analysis: Analysis, known: Known, bindings: tuple[Binding, ...], telling: Telling
) -> Iterator[Finding]:
    """Every finding on what is told as larger, or further on, than it is."""
    yield from _parts(analysis, known, bindings)
    yield from _finished(analysis, known, telling)
    yield from _any(analysis, known)


def _parts(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """全部考試合格, where 2674 of 2860 passed."""
    parts = [(c, whole) for c in known.counted if (whole := _whole(known, c) or _base(known, c)) is not None]
    if not parts:
        return
    told = {fact: analysis.sentence_index(b.mention.span.start) for b in bindings
            if b.counted for fact in b.counted.facts}  # fmt: skip
    search = re.compile(either(words("universal")) + rf"([一-鿿]{{2,{_REACH}}})")
    for match in search.finditer(analysis.form):
        start, end = match.span()
        sentence = analysis.sentence_at(start)
        whole_sentence = analysis.form[sentence.start : sentence.end]
        if (
            analysis.overlaps_claim(start, end)
            or analysis.line_at(start).topic in ("plan", "both")
            or pattern("planned").search(whole_sentence)
            or known.says(match.group()[:4])
        ):
            continue
        number = analysis.sentence_index(start)
        for part, whole in parts:
            deed = frozenset(gram for gram in part.action or part.object if "已" not in gram)
            if not part.action and part.object > whole.object:  # a figure within a text
                deed = frozenset(gram for gram in deed - whole.object if match[1].startswith(gram))
            if not deed or not all(gram in match[1] for gram in deed):
                continue
            if told.get(part.facts[0]) == number:
                continue  # the part itself stands here: 發現57處，整改52處，其餘全部整改…
            lead = content_ngrams(analysis.form[analysis.clause_at(start).start : start].strip("已也均都现,"))
            if lead and not (whole.object | part.object | whole.actor) & lead:
                continue  # of something else: 縣級圖書館全部做到…
            near = sentence.grams | (analysis.sentences[number - 1].grams if number else frozenset())
            if not (whole.object | part.object) & near:
                continue
            yield analysis.finding("SW415", start, end, part.facts, stated=part.label + part.quantity.surface)
            break


def _whole(known: Known, counted: Counted) -> Counted | None:
    if not counted.facts or counted.quantity.value is None:
        return None
    whole = known.index.whole(counted.facts[0])
    if whole is None or whole.quantity is None or whole.quantity.value is None:
        return None
    if whole.quantity.value <= counted.quantity.value:
        return None
    return next((c for c in known.counted if whole.id in c.facts), None)


def _base(known: Known, counted: Counted) -> Counted | None:
    """The larger figure of the same thing that a figure within a text is a part of: 已採納意見建議41條."""
    value = counted.quantity.value
    if not counted.facts or counted.action or value is None:
        return None
    return next(
        (c for c in known.counted
         if c.facts and c.action and len(c.object) > 1 and c.object < counted.object
         and c.quantity.same_unit(counted.quantity) and (c.quantity.value or 0) > value), None
    )  # fmt: skip


def _finished(analysis: Analysis, known: Known, telling: Telling) -> Iterator[Finding]:
    """What is still under way told as done with."""
    search = pattern("finished")
    for fact in known.index:
        if fact.status is not Status.ONGOING or fact.kind not in FREE_TEXT | {FactKind.ACTIVITY}:
            continue
        for clause in (*_clauses(analysis, telling, fact), *_spelt(analysis, fact)):
            form = analysis.form[clause.start : clause.end]
            for match in search.finditer(form):
                if match.group() in folded(fact.text) or re.search("[未没不将]$", form[: match.start()]):
                    continue
                rest = analysis.form[clause.start + match.end() : analysis.sentence_at(clause.start).end]
                if re.search("仍|正在|还在|尚在|继续|进行中", rest):
                    continue  # 已上線6輛，仍在運行
                at = clause.start + match.start()
                if not analysis.overlaps_claim(at, at + len(match.group())):
                    yield analysis.finding(
                        "SW408", at, clause.start + match.end(), (fact.id,), stated=fact.text
                    )
                    break


#: What goes on, in few words, is told by so many of its characters: 案件仍在偵辦, 案件已全部偵破.
_SPELT, _FEW = 0.7, 12


def _spelt(analysis: Analysis, fact: Fact) -> Iterator[Part]:
    """Clauses with nearly all of the characters of a short text, whatever came of it."""
    said = set(re.sub("目前|现在|正在|仍在|还在|尚在|进行|[,;。、的]", "", folded(fact.text)))
    if not 3 < len(said) <= _FEW:  # noqa: PLR2004  fewer are in too many clauses
        return
    for clause in analysis.clauses:
        form = analysis.form[clause.start : clause.end]
        if len(said & set(form)) >= _SPELT * len(said) and re.search("已|全部|均", form):
            yield clause


def _clauses(analysis: Analysis, telling: Telling, fact: Fact) -> Iterator[Part]:
    """Clauses that tell a fact, and those that go on about it in the same sentence."""
    seen: set[int] = set()
    for clause in telling.clauses(fact, _TELLS):
        sentence = analysis.sentence_at(clause.start)
        if sentence.start not in seen:
            seen.add(sentence.start)
            if len(content_ngrams(fact.text) & sentence.grams) >= _TELLS * len(content_ngrams(fact.text)):
                yield clause


def _any(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """未發生任何事故, where the sheet denies some kinds only."""
    for match in pattern("absolute").finditer(analysis.form):
        if known.says(match.group()) or analysis.overlaps_claim(*match.span()):
            continue
        yield analysis.finding("SW411", *match.span(), stated="")
