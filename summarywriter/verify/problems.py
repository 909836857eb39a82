"""SW405–SW407: problems dropped, told the other way round, or softened."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import chain, pairwise

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, mapping, pattern, without_false_negations, words

#: A sentence that shares so much with a problem is about it.
_NAMED = 0.4
#: A clause shares so much with a clause of a problem when it tells it.
_SAME = 0.5


def problems(analysis: Analysis, known: Known, told: frozenset[str]) -> Iterator[Finding]:
    """Every finding on a problem."""
    yield from _affirmed(analysis, known)
    stated = [fact for fact in known.index if fact.kind is FactKind.PROBLEM]
    if not stated:
        return
    steps = [folded(fact.text) for fact in known.index if fact.kind is FactKind.NEXT_STEP]
    grams = [content_ngrams(fact.text) for fact in stated]
    about = {s.start for s in analysis.sentences if _is_about_problems(analysis, s, grams)}
    for fact in stated:
        yield from _turned(analysis, fact, steps, about)
    yield from _softened(analysis, stated)
    yield from _halved(analysis, stated)
    untold = [fact for fact in stated if fact.required and fact.id not in told]
    missing = [fact for fact in untold if not _is_paraphrased(analysis, fact, stated)]
    heading = next((line for line in analysis.lines
                    if line.kind == "heading" and line.topic in ("problems", "both")), None)  # fmt: skip
    telling = (
        len(untold) < len(stated)
        and _ANNOUNCED.search(analysis.form) is not None
        and any(
            _is_about_problems(analysis, sentence, [content_ngrams(fact.text) for fact in stated])
            for sentence in analysis.sentences
        )
    )
    if missing and (heading is not None or telling or analysis.whole):
        line = heading or analysis.lines[-1]
        form = analysis.form[line.start : line.end]
        head = re.match(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[0-9]+[.、])", form)
        start = line.start + (head.end() if head else 0)
        for fact in missing:
            yield analysis.finding("SW405", start, line.end, (fact.id,), stated=fact.text)


#: What a text says before it tells all the problems there are, and not one in passing.
_ANNOUNCED = re.compile(
    "(?:存在|主要|还有|尚有|仍有|暴露出|发现|当前|目前|眼下)[^,。;]{0,10}(?:问题|不足|困难|短板|差距|薄弱)"
    "|(?:问题|不足|困难|短板|差距)[^,。;]{0,6}(?:主要|有[二两三四五]|[二两三四五][个条点处]|如下|表现)"
    "|(?:^|[。;:])一是[^。]*二是"
)
#: Two neighbouring clauses that have so many of a problem's characters tell it: 人手不足 for 不足.
_SPELT = 0.72
#: A problem told in other words keeps so many of its own.
_KEPT = 0.3
#: Where problems are told and those are so many, fewer of all will do.
_WORDS, _FEWER = 3, 0.25


def _is_paraphrased(analysis: Analysis, fact: Fact, stated: list[Fact]) -> bool:
    """Whether a clause that tells no other problem better keeps a third of a problem's words."""
    grams = {other.id: content_ngrams(other.text) for other in stated}
    for clause in analysis.clauses:
        if analysis.lines[clause.line].kind == "heading":
            continue
        shared = {key: len(words & clause.grams) / max(1, len(words)) for key, words in grams.items()}
        here = analysis.lines[clause.line].topic in ("problems", "both")
        few = _FEWER if here and len(grams[fact.id] & clause.grams) >= _WORDS else _KEPT
        if shared[fact.id] >= few and shared[fact.id] == max(shared.values()):
            return True
    said = set(re.sub("[,;。、]", "", folded(fact.text)))
    return any(
        len(said & set(analysis.form[a.start : b.end])) >= _SPELT * len(said)
        for a, b in pairwise(analysis.clauses)
        if a.line == b.line and analysis.lines[a.line].kind != "heading"
    )


def _affirmed(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """What did not happen, told as if it had: 未發生事故, with 未 lost."""
    for fact in known.index:
        if fact.kind not in FREE_TEXT or fact.kind is FactKind.PROBLEM:
            continue
        for piece in re.split("[,;。、]", folded(fact.text)):
            denial = pattern("negation").search(without_false_negations(piece))
            grams = content_ngrams(piece[denial.end() :]) if denial else frozenset()
            if len(grams) < _ENOUGH:
                continue
            for clause in analysis.clauses:
                if len(grams & clause.grams) < _NEARLY_ALL * len(grams):
                    continue
                form = analysis.form[clause.start : clause.end].rstrip(",;。")
                if not re.search(_DENIED, form) and not analysis.overlaps_claim(clause.start, clause.end):
                    yield analysis.finding("SW406", clause.start, clause.start + len(form), (fact.id,),
                                           fact.text, stated=fact.text)  # fmt: skip


#: A clause tells a denial by so much of what was denied, and a denial so short proves nothing.
_NEARLY_ALL, _ENOUGH = 0.8, 3
#: Any of these may carry a denial told in other words: 零事故, 杜絕, 避免.
_DENIED = "[不未没无非零0免]|杜绝|防止|拒绝"


def _pieces(form: str) -> list[str]:
    return [piece for piece in re.split("[,;、。]", form) if len(piece) > 2]  # noqa: PLR2004


def _turned(analysis: Analysis, fact: Fact, steps: list[str], about: set[int]) -> Iterator[Finding]:
    stated = folded(fact.text)
    whole = content_ngrams(stated)
    for sentence in analysis.sentences:
        if len(whole & sentence.grams) < _SAME * len(whole) or _is_to_come(analysis, sentence):
            continue
        pieces = _pieces(stated)
        for clause in analysis.clauses_of(sentence):
            form = analysis.form[clause.start : clause.end]
            if any(step in form or form.rstrip(",;。") in step for step in steps):
                continue  # what will be done about it, in the sheet's words: 擬將登記系統聯網
            for piece in () if any(piece in form for piece in pieces) else pieces:
                here = sentence.start in about
                if (found := _inverted(analysis, clause, piece, told_as_problem=here)) is not None:
                    yield analysis.finding("SW406", *found, (fact.id,), fact.text, stated=fact.text)


def _is_to_come(analysis: Analysis, sentence: Part) -> bool:
    """Whether a sentence tells what is to be done about a problem, rather than the problem."""
    if analysis.lines[sentence.line].topic == "plan":
        return True
    return (
        re.search("拟|计划|打算|下一步|将[^近要]", analysis.form[sentence.start : sentence.end]) is not None
    )


def _inverted(
    analysis: Analysis, clause: Part, piece: str, *, told_as_problem: bool
) -> tuple[int, int] | None:
    form = analysis.form[clause.start : clause.end].rstrip(",;。、")
    grams = content_ngrams(piece)
    shared = grams & clause.grams
    if not grams or len(shared) < _SAME * len(grams) or piece in form:
        return None
    denied = pattern("negation").search(without_false_negations(piece))
    denies = pattern("negation").search(without_false_negations(form))
    lacks, lacking = (pattern("lack").search(text) for text in (piece, form))
    first = min((form.find(gram) for gram in shared if gram in form), default=0)
    if denied and not lacking:
        # 清運不及時 → 清運及時
        after = piece[denied.end() :].lstrip("能曾经得够太甚很")[:2]
        if after and after in form:
            return clause.start + first, clause.start + form.find(after) + len(after)
        if told_as_problem and not denies and not re.search(_SHORTFALL, form) and len(shared) > 1:
            return clause.start + first, clause.start + len(form)
    if (
        denies
        and not denied
        and not lacks
        and len(shared) > 1
        and form[denies.end() : denies.end() + 2] in piece
    ):
        return clause.start + denies.start(), clause.start + len(form)
    for weak, strong in mapping("opposite"):
        weak, strong = folded(weak), folded(strong)  # noqa: PLW2901
        at = form.rfind(strong)
        if at > 0 and form[at - 1] in _DENIERS:
            continue  # 參與度不高 is 參與度低
        if weak in piece and weak not in form and at >= 0 and strong not in piece:
            return clause.start + _head(form, first), clause.start + form.rfind(strong) + len(strong)
    return None


#: Any of these may say in other words that something is wanting: 被擋在外面 of what cannot get in.
_SHORTFALL = "[不未没无非难缺少欠弱低差慢迟晚滞窄旧老短紧空漏堵挡停断散乱仅只才拖误零限外失高大多重偏浅过]"
_DENIERS = tuple("不未没无")


def _head(form: str, first: int) -> int:
    """Where a clause's words begin, after 一是 or 二是."""
    lead = re.match(r"(?:[一二三四五六七八九十]是|\([一二三四五六七八九十]\)|[0-9]+[.、])", form)
    return min(first, lead.end()) if lead else 0


def _softened(analysis: Analysis, stated: list[Fact]) -> Iterator[Finding]:
    """A problem told in softer words, or told as a merit, wherever problems are told."""
    ranks = {folded(word): rank for rank, group in enumerate(mapping("quantifier")) for word in group}
    soft, merit, rank = map(re.compile, map(either, (words("softener"), words("merit"), ranks)))
    grams = {fact.id: content_ngrams(fact.text) for fact in stated}

    @functools.cache  # a sentence may have thousands of clauses
    def announced(sentence: Part) -> int:
        """Where a sentence has said that problems follow; past its end, where it has not."""
        match = pattern("problem_heading").search(analysis.form, sentence.start, sentence.end)
        return match.end() if match else sentence.end

    for clause in analysis.clauses:
        if not clause.grams or analysis.line_at(clause.start).kind == "heading":
            continue
        sentence = analysis.sentence_at(clause.start)
        told = any(len(g & sentence.grams) >= _NAMED * len(g) for g in grams.values())
        here = (
            told
            or analysis.line_at(clause.start).topic in ("problems", "both")
            or announced(sentence) <= clause.start
        )
        best = max(stated, key=lambda f: len(grams[f.id] & clause.grams))
        shared = len(grams[best.id] & clause.grams)
        if shared < (2 if here else _SAME * len(clause.grams - {"一是"})) or not shared:
            continue
        form, said = analysis.form[clause.start : clause.end], folded(best.text)
        mine = min((ranks[w] for w in rank.findall(said)), default=0)
        found = next(
            chain(
                (m for m in soft.finditer(form) if m.group() not in said and not _is_as_soft(m, said)),
                (m for m in merit.finditer(form) if here and _affirms(form, m) and m.group() not in said),
                (m for m in rank.finditer(form) if ranks[m.group()] < mine),
            ),
            None,
        )
        if found is not None and not analysis.overlaps_claim(
            clause.start + found.start(), clause.start + found.end()
        ):
            yield analysis.finding("SW407", clause.start + found.start(), clause.start + found.end(),
                                   (best.id,), stated=best.text)  # fmt: skip


def _is_as_soft(word: re.Match[str], said: str) -> bool:
    """Whether a fact is in words as soft: 不太了解 of 不夠了解."""
    return any(folded(stated) in said for stated in mapping("softener_alike").get(word.group(), ()))


def _is_about_problems(analysis: Analysis, sentence: Part, stated: list[frozenset[str]]) -> bool:
    """Whether a sentence stands under 存在問題, says so itself, or counts problems off (一是…；二是…)."""
    line, form = analysis.lines[sentence.line], analysis.form[sentence.start : sentence.end]
    if line.kind == "heading":
        return False
    if line.topic in ("problems", "both"):
        return True
    named = pattern("problem_heading").search(form)
    if named and (form[named.start() - 1 : named.start()] != "的" or _ANNOUNCED.search(form)):
        return True  # 霧炮結冰的問題 is one of them
    return "一是" in form and sum(len(g & sentence.grams) >= _NAMED * len(g) for g in stated) > 0


#: A half of a problem is so much told that the other ought to be.
_HALF = 0.6


def _halved(analysis: Analysis, stated: list[Fact]) -> Iterator[Finding]:
    """A problem of two clauses of which one is told in full, and nothing at all of the other."""
    grams = [content_ngrams(fact.text) for fact in stated]
    about = [s for s in analysis.sentences if _is_about_problems(analysis, s, grams)]
    for fact in stated:
        pieces = [content_ngrams(piece) for piece in re.split("[,;]", folded(fact.text)) if len(piece) > 3]  # noqa: PLR2004
        if len(pieces) < 2:  # noqa: PLR2004
            continue
        for sentence in about:
            if _is_to_come(analysis, sentence) or re.search(
                "例如|比如|譬如", analysis.form[sentence.start : sentence.end]
            ):
                continue
            dropped = [piece for piece in pieces if not piece & sentence.grams]
            kept = [piece for piece in pieces if len(piece & sentence.grams) >= _HALF * len(piece)]
            if not dropped or not kept:
                continue
            clause = max(analysis.clauses_of(sentence), key=lambda c: len(kept[0] & c.grams))
            if not analysis.overlaps_claim(clause.start, clause.end):
                yield analysis.finding("SW407", clause.start, clause.end, (fact.id,), stated=fact.text)


def _affirms(form: str, merit: re.Match[str]) -> bool:
    """Whether nothing before a merit denies it: 不夠順暢, 難以充足."""
    return not re.search("[不未没无欠难非](?:够|太|甚|能|很|尽|以)?$", form[: merit.start()])
