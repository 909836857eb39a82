"""SW1xx: figures, and what hangs on the figures they are bound to: scope, denial, plans told as done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.numerals import MAX_DIGITS
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.facts.model import Status
from summarywriter.facts.status import status_of
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.bound import Binding
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.report import Finding
from summarywriter.verify.vague import vague
from summarywriter.verify.words import concepts, either, pattern, without_false_negations, words

_ALTERED = frozenset({"SW102", "SW103", "SW104"})


def figures(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """Every finding on a figure."""
    for binding in bindings:
        if binding.verdict:
            yield _finding(analysis, binding)
        elif binding.counted is not None and binding.counted.facts:
            yield from _manner(analysis, known, binding, binding.counted)
    yield from vague(analysis, known, bindings)
    yield from _beyond(analysis, known)


def _beyond(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW101: a run of digits that is longer than any number that is read, and that no fact has."""
    for match in re.finditer(f"[0-9]{{{MAX_DIGITS + 1},}}", analysis.form):
        if not known.says(match.group()) and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW101", *match.span())


def _finding(analysis: Analysis, binding: Binding) -> Finding:
    (start, end), counted, meant = binding.mention.span, binding.counted, binding.meant
    suggestion, facts = "", counted.facts if counted else ()
    if binding.verdict == "SW107" and (rest := re.match("[半多]?个?(?:月|小时|星期)", binding.mention.tail)):
        end += rest.end()
    if counted is not None and binding.verdict in _ALTERED:
        suggestion = counted.quantity.surface
    elif binding.verdict == "SW108":
        suggestion = "〔待補〕"
    elif meant is not None:
        suggestion, facts = meant.quantity.surface, (*meant.facts, *facts)
    return analysis.finding(
        binding.verdict, start, end, facts, suggestion,
        label=(meant or counted).label if counted or meant else "",  # type: ignore[union-attr]
        stated=(meant or counted).quantity.surface if counted or meant else "",  # type: ignore[union-attr]
        policy=binding.topic,
    )  # fmt: skip


def _manner(analysis: Analysis, known: Known, binding: Binding, counted: Counted) -> Iterator[Finding]:
    """What the words about a rightly bound figure say of it."""
    (start, end), form = binding.mention.span, analysis.form
    sentence = analysis.sentence_at(start)
    clause = analysis.clause_at(start)
    before = form[clause.start : start]
    match = re.search(f"{either(words('minimiser'))}$", before)
    first = start - len(match.group()) if match else start
    if match and not known.says(form[first:end]) and not _is_little(known, counted):  # a fact may say 只有2台
        yield analysis.finding("SW104", first, end, counted.facts, counted.quantity.surface,
                               label=counted.label, stated=counted.quantity.surface)  # fmt: skip
    found = _denied(binding, counted, form)
    # 治未病科等11個科室: 未 stands in a name of the sheet's.
    if found is not None and not (found[0] < start and known.says(form[max(0, found[0] - 1) : found[0] + 3])):
        yield analysis.finding("SW414", *found, counted.facts, label=counted.label)
    if counted.scope and any(word in counted.scope for word in words("scope_day")):
        spans = (
            f"{either((*words('scope_day'), *words('first_day')))}|{_EVENT}|{either(words('scope_event'))}"
        )
        scope = _last(spans, form, sentence.start, start)
        if scope and scope.group() not in (*words("scope_day"), *words("first_day")):
            yield analysis.finding("SW411", scope.start(), scope.end(), counted.facts, counted.scope,
                                   stated=counted.scope)  # fmt: skip
    yield from _widened_to_range(analysis, binding, counted)
    yield from _widened_to_day(analysis, known, binding, counted)
    said = form[sentence.start : sentence.end]
    coming = analysis.line_at(start).topic in ("plan", "both") or pattern("planned").search(said)
    if not coming and _is_under_way(counted, known) and (finished := re.search(_FINISHED, before)):
        yield analysis.finding("SW408", clause.start + finished.start(), end, counted.facts,
                               label=counted.label)  # fmt: skip
    deed = folded(counted.label)[:2]
    if re.match(either(words("to_come")), deed) and deed in before:
        return  # 預留實習崗位215個 says itself that it is to come
    if counted.status is Status.PLANNED and _told_as_done(analysis, clause.start, start, sentence.start):
        yield analysis.finding("SW408", *_done_span(analysis, binding), counted.facts, label=counted.label)


def _is_little(known: Known, counted: Counted) -> bool:
    """Whether the sheet itself says that a figure is small: 只有2名, 最輕裝置38.5克."""
    fact = known.index[counted.facts[0]]
    owner = known.index[fact.owner].text if fact.owner and fact.owner in known.index else ""
    text = folded(fact.figure.label if fact.figure else owner)
    return re.search(f"{either(words('minimiser'))}|最[轻少短低小快近早]", text) is not None


_DAYS = "[两三四五六七八九十0-9]+[天日](?=[一-鿿]{0,4}(?:共|累计|活动|赛事|展期|里|来))"
_EVENT = f"(?:{_DAYS}|整个[^,;。、]{{0,6}}?(?:期间|过程)|[^,;。、]{{0,6}}期间|全程|累计|开展以来|启动以来)"


#: 已整治, 完成整治, 全部整治到位: said of what is only being done.
_FINISHED = r"(?:已经?|业已|完成|全部)(?!发现|排查)[一-鿿]*$"


def _is_under_way(counted: Counted, known: Known) -> bool:
    """Whether a figure is the part of a whole that is still being dealt with.

    A figure that only grows (photographs received so far) may well be told as reached already.
    """
    if counted.status is not Status.ONGOING:
        return False
    figures = (known.index[fact].figure for fact in counted.facts)
    if re.search("已|完成", folded(counted.label)):
        return False  # the figure says itself how far things have come
    return any(figure is not None and figure.of for figure in figures)


#: 到6月22日閉展，共接待…: of all days up to that one.
_UNTIL = re.compile(
    "(?:截至|截止|到|至)[^,;。]{2,10}[日号月][^,;。]{0,6}(?=,[^,;。]{0,8}(?:共|累计|总计|合计))"
)


def _widened_to_range(analysis: Analysis, binding: Binding, counted: Counted) -> Iterator[Finding]:
    """A figure of one day told of a range of days, with no word of the day."""
    if not any(word in counted.scope for word in (*words("scope_day"), *words("first_day"))):
        return
    sentence = analysis.sentence_at(binding.mention.span.start)
    said = analysis.form[sentence.start : sentence.end]
    if re.search(either((*words("scope_day"), *words("first_day"), "第一")), said):
        return
    if (until := _UNTIL.search(analysis.form, sentence.start, binding.mention.span.start)) is not None:
        yield analysis.finding("SW411", *until.span(), counted.facts, stated=counted.scope)
        return
    for dated in analysis.dates:
        if dated.value.end is not None and sentence.start <= dated.span.start < binding.mention.span.start:
            yield analysis.finding("SW411", *dated.span, counted.facts, stated=counted.scope)
            return


def _widened_to_day(
    analysis: Analysis, known: Known, binding: Binding, counted: Counted
) -> Iterator[Finding]:
    """A figure of the whole event told as that of one day."""
    total = any(known.index[fact].kind is FactKind.TOTAL for fact in counted.facts)
    if not total and counted.scope not in words("scope_event"):
        return
    if (
        counted.scope in words("scope_day")
        or (period := known.index.event.period) is None
        or period.end is None
    ):
        return
    start = binding.mention.span.start
    before = analysis.form[analysis.clause_at(start).start : start]
    day = re.search(either(words("scope_day")), before)
    if day and not re.search("累计|截至|截止|期间", before):
        first = analysis.clause_at(start).start + day.start()
        yield analysis.finding("SW411", first, first + len(day.group()), counted.facts, stated=counted.scope)


def _last(expression: str, form: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in re.compile(expression).finditer(form, start, end):
        found = match
    return found


def _denied(binding: Binding, counted: Counted, form: str) -> tuple[int, int] | None:
    start, end = binding.mention.span
    verbs = counted.action | counted.object
    for text, base in (
        (binding.around.before, start - len(binding.around.before)),
        (binding.around.after, end),
    ):
        plain = without_false_negations(text)
        match = re.search(either(words("negation")) + r"([一-鿿]{2,3})", plain)
        # A verb that the sheet itself denies (未整改5處) carries its denial in the label.
        if (
            match
            and content_ngrams(match[1]) & verbs | _alike(match[1], counted)
            and not pattern("negation").search(counted.label)
        ):
            if base == end:
                return start, min(len(form), base + match.end())
            return base + match.start(), end
    return None


def _alike(text: str, counted: Counted) -> frozenset[str]:
    return concepts(text) & counted.verbs


def _told_as_done(analysis: Analysis, clause: int, end: int, sentence: int) -> bool:
    """Whether nothing before the figure says that it is still to come."""
    line = analysis.line_at(end)
    if len(pattern("planned").findall(analysis.form[line.start : line.end])) >= _PLANS:
        return False  # 一、十一月配備…二、打算…三、列入計劃
    done = pattern("done").search(analysis.form, clause, end)
    if line.topic in ("plan", "both"):
        return done is not None and done.group() in _SURELY
    own = analysis.form[clause : analysis.clause_at(end).end]
    if done is not None and done.group() in _SURELY and not pattern("planned").search(own):
        return True  # 開放點已擴大到4個消防站, whatever else is planned in the sentence
    said = analysis.form[sentence : analysis.sentence_at(end).end]
    return not (pattern("planned").search(said) or status_of(said) is Status.PLANNED)


#: A line with so many words of what is to come is a plan.
_PLANS = 3
_SURELY = ("已", "已经", "业已")


def _done_span(analysis: Analysis, binding: Binding) -> tuple[int, int]:
    start, end = binding.mention.span
    lead = re.search(
        r"(?:共计?|已经?|累计)?([一-鿿]*)$", analysis.form[analysis.clause_at(start).start : start]
    )
    return (start - len(lead[1]) if lead else start), end
