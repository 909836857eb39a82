"""SW4xx: what is claimed beyond names and figures: praise, approvals, plans, problems, events, scope."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.causes import causes
from summarywriter.verify.events import KNOWN, events
from summarywriter.verify.known import Known
from summarywriter.verify.plans import left, plans
from summarywriter.verify.report import Finding
from summarywriter.verify.telling import Telling
from summarywriter.verify.words import either, mapping, pattern, words

#: A sentence that shares less than this with all that the sheet says is not told from it.
_FOREIGN = 0.34
#: A sentence under 存在問題 with so many words of problems tells them, in whatever words.
_PARAPHRASED = 3
#: A problem told by so much of its words is told here.
_TOLD = 0.5


def claims(
    analysis: Analysis, known: Known, telling: Telling, formulas: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Every finding on a claim.

    Args:
        analysis: The text.
        known: The sheet.
        telling: What the text tells.
        formulas: Sentences of the genre that claim nothing.
    """
    yield from _unstated(analysis, known)
    yield from _prizes(analysis, known)
    yield from _ranks(analysis, known)
    yield from _worked_out(analysis, known)
    yield from causes(analysis, known)
    yield from _scope(analysis, known)
    yield from events(analysis, known)
    yield from plans(analysis, known, telling)
    yield from left(analysis, known)
    yield from _cited(analysis, known)
    yield from _foreign(analysis, known, telling, formulas)


def _unstated(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Words of praise, honour and approval that no fact has."""
    has_results = any(fact.kind is FactKind.RESULT for fact in known.index)
    for code, name in (
        ("SW401", "praise"),
        ("SW402", "superlative"),
        ("SW402", "honour"),
        ("SW409", "approval"),
    ):
        for match in pattern(name).finditer(analysis.form):
            start, end = match.span()
            if analysis.overlaps_claim(start, end) or known.says(match.group()):
                continue
            if code == "SW402" and _is_stated_deed(analysis, known, match):
                continue
            if has_results and match.group() in words("mild_praise"):
                continue  # 取得良好成效 leads up to what came of it
            if (
                code == "SW402"
                and match.group()[-1] in "为予获评"
                and _is_stated_honour(analysis, known, end)
            ):
                continue
            if code == "SW409":
                # Only the act itself is marked: 經縣人民政府批准 → 批准.
                act = re.search(
                    "(?:研究决定|批准|同意|批复|审批|审议通过|审议|研究|会议决定|获批|一致通过|通过)$",
                    match.group(),
                )
                if act and known.says(act.group()) and _approver_known(match.group(), known):
                    continue
                start = start + act.start() if act else start
            yield analysis.finding(code, start, end)


_PRIZE = re.compile(
    "(?:获得?|荣获|夺得|捧得|摘得|赢得|评为|颁发|授予)了?(?:[^,;。“”《》]{0,6}?)[“《]?(?P<name>[一-鿿]{2,8}[”》]?(?:奖|奖杯|金奖|称号|证书|奖状|奖牌|锦旗|奖章))(?![一-鿿]{0,1}[品金励学状券项])"
)


def _prizes(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A prize by name, where the sheet has none of that name."""
    for match in _PRIZE.finditer(analysis.form):
        name = match["name"]
        if (
            name.startswith("奖")
            or name.endswith("颁奖")
            or known.says(name[-4:])
            or known.says(name)
            or analysis.overlaps_claim(*match.span("name"))
        ):
            continue
        grams = content_ngrams(name)
        if len(grams & known.words) < KNOWN * len(grams):
            yield analysis.finding("SW402", *match.span("name"))


def _ranks(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """冠軍, 亞軍 and 季軍, where the sheet ranks nobody so."""
    ranks = {folded(rank): tuple(map(folded, alike)) for rank, alike in mapping("rank_alike").items()}
    for match in re.finditer(either(ranks), analysis.form):
        stated = any(map(known.says, (match.group(), *ranks[match.group()])))
        if not stated and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW402", *match.span())


def _is_stated_honour(analysis: Analysis, known: Known, start: int) -> bool:
    """Whether the sheet names the honour that follows: 被評為|體育道德風尚班級."""
    title = re.match("[了为]?[“《]?([一-鿿]{2,6})", analysis.form[start:])
    if title is None:
        return False
    heads = (title[1][:length] for length in range(min(3, len(title[1])), len(title[1]) + 1))
    return title[1][:2] in words("any_prize") or any(map(known.says, heads))


def _is_stated_deed(analysis: Analysis, known: Known, honour: re.Match[str]) -> bool:
    """15名自強模範受到表彰, where the sheet has 表彰自強模範."""
    deed = honour.group()[-2:]
    clause = analysis.clause_at(honour.start())
    lead = content_ngrams(analysis.form[clause.start : honour.start()])
    return any(
        folded(counted.label).startswith(deed) and counted.object & lead for counted in known.counted
    ) or any(word + deed in known.haystack or deed + word in known.haystack for word in lead if len(word) > 1)


def _approver_known(form: str, known: Known) -> bool:
    who = re.sub("^(?:报请?|经|已获)|(?:研究|批准|同意|批复|审批|审议|通过)+$", "", form)
    return not who or known.says(who)


def _worked_out(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """同比, 人均 and their like, where the sheet compares nothing."""
    groups = [tuple(map(folded, group)) for group in mapping("comparison_alike")]
    for match in _SHARE.finditer(analysis.form):
        if not known.says(match["share"]) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW107", *match.span())
    for match in pattern("comparison").finditer(analysis.form):
        alike = next((group for group in groups if match.group() in group), (match.group(),))
        if match.group() == "平均" and known.says("均"):
            continue  # 平均每天, where the sheet has 日均
        if not any(map(known.says, alike)) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW107", *match.span())


_SHARE = re.compile(
    "(?:占|达|超|近|约)[^,;。]{0,4}(?P<share>一半|半数|三分之[一二两]|四分之[一三]|[二三四五六七八九]成)"
)
# --- scope ------------------------------------------------------------------------------------------


def _scope(analysis: Analysis, known: Known) -> Iterator[Finding]:
    level = _level(known)
    if level is None:
        return
    for rank, names in mapping("whole_words").items():
        if rank <= level:
            continue
        for match in re.finditer(either(map(folded, names)), analysis.form):
            if not known.says(match.group()) and not analysis.overlaps_claim(*match.span()):
                yield analysis.finding("SW411", *match.span())


def _level(known: Known) -> int | None:
    """1 township to 4 province; 0 for a body with no territory, which may still lie in one: not judged."""
    event = known.index.event
    levels = mapping("levels")
    if event.level is not None:
        return levels.get(event.level.value) or None
    unit = folded(event.unit or event.title)
    found = [rank for rank, marks in mapping("level_words").items()
             if any(re.match(f"[一-鿿]{{1,6}}?{folded(mark)}", unit) for mark in marks)]  # fmt: skip
    return min(found) if found else None


# --- what is told -----------------------------------------------------------------------------------


def _cited(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW413: a clause that a writer cites a fact for, and that shares no content with it."""
    for claim in analysis.claims:
        if claim.how != "cite":
            continue
        form = analysis.form[claim.start : claim.end]
        grams = content_ngrams(form)
        for fact in (known.index[key] for key in claim.facts if key in known.index):
            sentence = analysis.sentence_at(claim.start)
            if (
                fact.kind is FactKind.QUOTE
                and folded(fact.text) in analysis.form[sentence.start : sentence.end]
            ):
                continue  # a title within a text, told in another of its clauses
            dated = fact.kind is FactKind.DATE  # 每周五晚講讀繪本 tells 晚上 by one character
            wanted = frozenset(folded(fact.text)) if dated else content_ngrams(fact.text)
            if wanted and not wanted & (frozenset(form) if dated else grams):
                yield analysis.finding("SW413", claim.start, claim.end, (fact.id,), stated=fact.text)


def _foreign(
    analysis: Analysis, known: Known, telling: Telling, formulas: tuple[str, ...]
) -> Iterator[Finding]:
    """SW403 and SW404: a sentence, and a section, in which no fact is told."""
    given = [re.escape(folded(text).rstrip("。:,")) for text in formulas if text]
    formula = re.compile(
        "|".join((*given, *map(folded, mapping("formula_pattern")), either(words("formula"))))
    )
    head = re.compile(r"(?:\([^()]{1,3}\)|[0-9]+[.、]|[一二三四五六七八九十]+、)[^,;:]{2,24}。$")
    wanting = frozenset().union(
        *(content_ngrams(fact.text) for fact in known.index if fact.kind is FactKind.PROBLEM)
    )
    section: tuple[Part, list[bool]] | None = None
    for number, sentence in enumerate(analysis.sentences):
        kind = analysis.lines[sentence.line].kind
        if kind == "heading":
            if not (section and _is_below(analysis, sentence, section[0])):
                yield from _empty(analysis, section)
            section = (sentence, [])
            continue
        if kind != "paragraph":
            continue
        told = number in telling.grounded or (
            analysis.lines[sentence.line].topic in ("problems", "both")
            and len(sentence.grams & wanting) >= _PARAPHRASED
        )
        if section:
            section[1].append(told)
        form = analysis.form[sentence.start : sentence.end]
        if head.match(form):
            continue  # a head that runs into its paragraph
        grams = content_ngrams(formula.sub("", form))
        if told or not grams or len(grams) <= 2:  # noqa: PLR2004  a formula, or too little to judge
            if section and not told and formula.search(form):
                section[1].pop()
            continue
        if len(grams & known.words) < _FOREIGN * len(grams):
            yield analysis.finding("SW403", sentence.start, sentence.end)
    yield from _empty(analysis, section)


_LEVELS = ("[一二三四五六七八九十]+、", r"\([一二三四五六七八九十]+\)", "[0-9]+[.、]", r"\(")


def _is_below(analysis: Analysis, heading: Part, other: Part) -> bool:
    """Whether a heading stands below another: the latter's section then goes on."""

    def depth(part: Part) -> int:
        form = analysis.form[part.start : part.end]
        return next((n for n, mark in enumerate(_LEVELS) if re.match(mark, form)), 0)

    return depth(heading) > depth(other)


def _empty(analysis: Analysis, section: tuple[Part, list[bool]] | None) -> Iterator[Finding]:
    if section and section[1] and not any(section[1]):
        yield analysis.finding("SW404", section[0].start, section[0].end)
