"""SW4xx: what is claimed beyond names and figures: praise, approvals, plans, problems, events, scope."""

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
from summarywriter.verify.words import either, mapping, pattern, words

#: A sentence that shares less than this with all that the sheet says is not told from it.
_FOREIGN = 0.34
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
    yield from _worked_out(analysis, known)
    yield from _causes(analysis, known)
    yield from _scope(analysis, known)
    yield from _events(analysis, known)
    yield from _visits(analysis, known)
    yield from _strange_deeds(analysis, known)
    yield from _plans(analysis, known, telling)
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
    "(?:获得?|荣获|夺得|捧得|摘得|赢得|评为|颁发|授予)了?(?:[^,;。“”《》]{0,6}?)[“《]?(?P<name>[一-鿿]{2,8}(?:奖|奖杯|金奖|称号))(?![一-鿿]{0,1}[品金励学状券项])"
)


def _prizes(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A prize by name, where the sheet has none of that name."""
    for match in _PRIZE.finditer(analysis.form):
        name = match["name"]
        if known.says(name[-4:]) or known.says(name) or analysis.overlaps_claim(*match.span("name")):
            continue
        grams = content_ngrams(name)
        if len(grams & known.words) < _KNOWN * len(grams):
            yield analysis.finding("SW402", *match.span("name"))


def _is_stated_honour(analysis: Analysis, known: Known, start: int) -> bool:
    """Whether the sheet names the honour that follows: 被評為|體育道德風尚班級."""
    title = re.match("[了为]?[“《]?([一-鿿]{3,5})", analysis.form[start:])
    return title is not None and known.says(title[1])


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
        if not any(map(known.says, alike)) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW107", *match.span())


_SHARE = re.compile(
    "(?:占|达|超|近|约)[^,;。]{0,4}(?P<share>一半|半数|三分之[一二两]|四分之[一三]|[二三四五六七八九]成)"
)
_CAUSE = re.compile(
    "(?:受(?P<why>[^,;。、]{2,12}?)(?:影响|制约)|(?:由于|因为|得益于|归功于|源于|缘于)(?P<reason>[^,;。、]{2,20}?)(?:影响|的?原因|的?缘故|的[^,;。]{2,4}|[,;。]))"
)


def _causes(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A cause that no fact gives."""
    for match in pattern("credit").finditer(analysis.form):
        if not known.says(match.group()[:3]) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW416", *match.span())
    for match in _CAUSE.finditer(analysis.form):
        which = "why" if match["why"] else "reason"
        grams = content_ngrams(match[which])
        if match.group().startswith(("由于", "因为")) and not re.search("因|由于", known.haystack):
            if not analysis.overlaps_claim(*match.span()):
                yield analysis.finding("SW416", *match.span())
            continue
        if grams and not grams & known.words and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW416", *match.span(which))


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


# --- events -----------------------------------------------------------------------------------------


def _events(analysis: Analysis, known: Known) -> Iterator[Finding]:
    verbs, nouns = either(words("event_verb")), either(words("event_noun"))
    search = re.compile(
        rf"{verbs}(?:了|的|过)?(?:一[场次个期届系列]+|[0-9]+[场次期])?(?P<name>[一-鿿“”]{{0,14}}?{nouns})(?![一-鿿]{{0,2}}{nouns})"
    )
    for match in search.finditer(analysis.form):
        start, end = match.span("name")
        if analysis.overlaps_claim(start, end) or known.says(match["name"]):
            continue
        noun = re.search(nouns + "$", match["name"])
        stem = match["name"][: noun.start()] if noun else match["name"]
        grams = content_ngrams(stem) if len(stem) > 1 else content_ngrams(match["name"])
        strange = len(grams) > 1 and len(grams & known.words) < _KNOWN * len(grams)
        if (
            (grams and not grams & known.words)
            or strange
            or (noun and not _is_kind_known(noun.group(), known))
        ):
            yield analysis.finding("SW412", start, end)


#: So many bigrams of what was done, none of them in the sheet, are another event.
_STRANGE = 3


def _strange_deeds(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """What was held, founded or handed out, with nothing of it in the sheet: 並成立了志願者協會."""
    deed = re.compile(f"(?:{either(words('deed'))})(?:了|过)?(?:一[场次个期届项支])?([一-鿿“”]{{4,14}})")
    for match in deed.finditer(analysis.form):
        if any(match.start(1) <= m.span.start <= match.start(1) + 1 for m in analysis.quantities):
            continue  # 錄製五十三首
        if re.match("[一两三四五六七八九十百千0-9]+[一-鿿]", match[1]):
            continue
        grams = content_ngrams(match[1][:8])
        clause = analysis.clause_at(match.start())
        if len(grams) < _STRANGE or grams & known.words or known.says(match[1][:2]):
            continue
        if analysis.line_at(match.start()).kind == "heading" or analysis.overlaps_claim(*match.span()):
            continue
        if pattern("planned").search(analysis.form[clause.start : match.start()]):
            continue
        yield analysis.finding("SW412", *match.span())


def _visits(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """參觀消防站, where the sheet knows of none."""
    visit, place = either(words("visit")), either(words("place_end"))
    for match in re.finditer(f"{visit}(?:了|过)?(?P<what>[一-鿿]{{1,8}}?{place})(?![一-鿿])", analysis.form):
        grams = content_ngrams(match["what"])
        if not grams & known.words and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW412", *match.span())


#: An event's name has so much of the sheet's words, or it is another event.
_KNOWN = 0.4


def _is_kind_known(noun: str, known: Known) -> bool:
    """Whether the sheet has an event of that kind, by this word or by one that may stand for it."""
    kinds = [set(map(folded, group)) for group in mapping("event_kinds")]
    words_of = {word for group in kinds if noun in group for word in group if len(word) > 1}
    return any(map(known.says, words_of)) or known.says(noun)


# --- plans ------------------------------------------------------------------------------------------


def _plans(analysis: Analysis, known: Known, telling: Telling) -> Iterator[Finding]:
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
    if fact.kind is FactKind.NEXT_STEP or line.topic in ("plan", "both"):
        return
    sentence = analysis.sentence_at(clause.start)
    whole = analysis.form[sentence.start : sentence.end]
    if fact.kind is not FactKind.ACTIVITY and not (pattern("planned").search(whole) or status_of(whole)):
        yield analysis.finding("SW408", clause.start, clause.end, (fact.id,), stated=fact.text)


# --- what is told -----------------------------------------------------------------------------------


def _cited(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW413: a clause that a writer cites a fact for, and that shares no content with it."""
    for claim in analysis.claims:
        if claim.how != "cite":
            continue
        form = analysis.form[claim.start : claim.end]
        grams = content_ngrams(form)
        for fact in (known.index[key] for key in claim.facts if key in known.index):
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
        told = number in telling.grounded
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
