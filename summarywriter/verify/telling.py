"""What a text tells: each fact matched to where it stands, and coverage by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summarywriter.chinese.dates import DateValue
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.bound import Binding
from summarywriter.verify.dates import DateBinding
from summarywriter.verify.known import Known
from summarywriter.verify.report import Coverage, Match

#: A free text is told where so much of its words stand in one sentence,
_IN_SENTENCE = 0.6
#: or so much in two neighbouring ones, or in one line.
_IN_LINE = 0.75
#: A name or a place is told by so many of its words in one sentence.
_NAMED = 0.7
_LONGEST_NAME = 4
_LOST = re.compile(r"\[待补\]")


@dataclass(frozen=True, slots=True)
class Telling:
    """Which fact is told where.

    Attributes:
        matches: Every grounded place, in positions of the comparison form.
        told: Ids of facts told.
        grounded: Numbers of the sentences that tell a fact.
        analysis: The text.
        by_gram: For each bigram, the clauses that have it.
    """

    matches: tuple[Match, ...]
    told: frozenset[str]
    grounded: frozenset[int]
    analysis: Analysis = field(repr=False)
    by_gram: Mapping[str, tuple[int, ...]] = field(repr=False)

    def clauses(self, fact: Fact, least: float) -> list[Part]:
        """Clauses that share at least that part of a fact's words."""
        return [self.analysis.clauses[n] for n in _sharing(content_ngrams(fact.text), self.by_gram, least)]


def _by_gram(parts: Sequence[Part]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, part in enumerate(parts):
        for gram in part.grams:
            found.setdefault(gram, []).append(number)
    return {gram: tuple(numbers) for gram, numbers in found.items()}


def _sharing(grams: frozenset[str], by_gram: Mapping[str, tuple[int, ...]], least: float) -> list[int]:
    counts: dict[int, int] = {}
    for gram in grams:
        for number in by_gram.get(gram, ()):
            counts[number] = counts.get(number, 0) + 1
    return sorted(number for number, count in counts.items() if count >= least * len(grams))


def tell(
    analysis: Analysis, known: Known, figures: Iterable[Binding], dates: Iterable[DateBinding]
) -> Telling:
    """Find every place that tells a fact."""
    matches: list[Match] = []
    for binding in figures:
        if (
            binding.counted is not None
            and binding.counted.facts
            and binding.verdict in ("", "SW106", "SW110")
        ):
            facts = _alike(analysis, known, binding)
            matches.append(Match(*binding.mention.span, "figure", facts))
    bindings = tuple(dates)
    for dated in bindings:
        facts = tuple(dict.fromkeys(fact for d in dated.dated for fact in d.facts))
        if facts and not dated.verdict:
            matches.append(Match(*dated.mention.span, "date", facts))
    for claim in analysis.claims:
        kind = "clause" if claim.how == "cite" else "name"
        matches += [Match(claim.start, claim.end, kind, claim.facts)]
    teller = _Teller(analysis, known.index)
    already = {fact for match in matches for fact in match.facts}
    unmet = (teller.find(fact) for fact in known.index if fact.id not in already)
    matches += [found for found in unmet if found is not None]
    matches.sort(key=lambda match: (match.start, match.end))
    told = frozenset(fact for match in matches for fact in match.facts) - _told_in_part(
        analysis, known, bindings
    )
    grounded = frozenset(analysis.sentence_index(match.start) for match in matches) | teller.wide
    return Telling(tuple(matches), told, grounded, analysis, teller.clause_grams)


def _told_in_part(analysis: Analysis, known: Known, bindings: Iterable[DateBinding]) -> frozenset[str]:
    """Lists of days (9月7日、14日) of which a text tells some days only."""
    lists = {fact.id: fact.date for fact in known.index if fact.date is not None and fact.date.more}
    for claim in analysis.claims:
        for fact_id in claim.facts:
            lists.pop(fact_id, None)
    told: dict[str, list[DateValue]] = {}
    for binding in bindings if lists else ():
        for fact_id in {fact for dated in binding.dated for fact in dated.facts} & set(lists):
            told.setdefault(fact_id, []).append(binding.mention.value)
    return frozenset(
        key
        for key, value in lists.items()
        if not all(any(day.same(other) for other in told.get(key, ())) for day in value.each)
    )


def _alike(analysis: Analysis, known: Known, binding: Binding) -> tuple[str, ...]:
    """Facts that one telling tells: the one bound, and others that state the same of the same thing."""
    counted = binding.counted
    if counted is None:
        return ()
    grams = analysis.sentence_at(binding.mention.span.start).grams
    others = known.values.get((counted.quantity.value, counted.quantity.high), ())
    return tuple(dict.fromkeys((
        *counted.facts,
        *(fact for c in others if c is not counted and c.quantity.same_value(counted.quantity)
          and c.quantity.same_unit(counted.quantity)
          and (c.activity == counted.activity or not c.action)
          and max(c.fit(binding.around.tokens), c.fit(grams)) >= _IN_SENTENCE for fact in c.facts),
    )))  # fmt: skip


class _Teller:
    """Finds where facts other than figures and dates are told."""

    def __init__(self, analysis: Analysis, index: FactIndex) -> None:
        self.analysis, self.index = analysis, index
        self.plain = re.sub("[“”‘’]", "", analysis.form)
        self.clause_grams = _by_gram(analysis.clauses)
        self.sentence_grams = _by_gram(analysis.sentences)
        lines: dict[int, set[str]] = {}
        for sentence in analysis.sentences:
            lines.setdefault(sentence.line, set()).update(sentence.grams)
        self.lines = lines
        self.wide: set[int] = set()

    def find(self, fact: Fact) -> Match | None:
        """Where a fact is told, or ``None``."""
        if fact.quantity is not None:
            return self._lost(fact) if fact.quantity.masked else None
        if fact.date is not None:
            return self._recurring(fact) if fact.date.start.is_empty else None
        if fact.kind in (FactKind.ORGANISERS, FactKind.ISSUERS):
            return self._organisers(fact)
        if fact.kind is FactKind.PERSON:
            return self._person(fact)
        if fact.kind in FREE_TEXT:
            return self._words(fact, "clause", _IN_SENTENCE)
        return self._name(fact)

    def _at(self, text: str) -> tuple[int, int] | None:
        form = folded(text)
        start = self.analysis.form.find(form)
        return (start, start + len(form)) if start >= 0 and form else None

    def _recurring(self, fact: Fact) -> Match | None:
        """每周六 is in no calendar: it is told where its words stand."""
        at = self._at(fact.text)
        return Match(*at, "date", (fact.id,)) if at else None

    def _lost(self, fact: Fact) -> Match | None:
        """A lost figure is told by 〔待補〕 near the noun it counted."""
        label = content_ngrams(fact.figure.label) if fact.figure else frozenset()
        for gap in _LOST.finditer(self.analysis.form):
            if not label or label & self.analysis.sentence_at(gap.start()).grams:
                return Match(gap.start(), gap.end(), "figure", (fact.id,))
        return None

    def _name(self, fact: Fact) -> Match | None:
        kind = "quotation" if fact.kind in (FactKind.THEME, FactKind.QUOTE, FactKind.QUOTATION) else "name"
        for text in (fact.text, fact.text.strip("《》“”「」")):
            if (at := self._at(text)) is not None:
                return Match(*at, kind, (fact.id,))
        bare = re.sub("[“”‘’《》、,;: ]", "", folded(fact.text))
        if bare and bare in re.sub("[“”‘’《》、,;: ]", "", self.analysis.form):
            found = self._words(fact, kind, _NAMED)
            return found or Match(0, 0, kind, (fact.id,))
        if fact.kind is FactKind.UNIT:
            return self._unit(fact)
        if fact.kind in (FactKind.ACTIVITY, FactKind.PLACE):
            return self._words(fact, kind, _NAMED)
        return None

    def _unit(self, fact: Fact) -> Match | None:
        """A unit is told by its office's short form, or by the place that it governs."""
        form = folded(fact.text)
        tail = re.search("[省市区县镇乡].{2,}$", form)
        place = re.match("[一-鿿]{2,6}?[省市区县镇乡州]", form)
        for part in (tail and tail.group()[1:], place and place.group(), re.sub("^xx", "", form)):
            if part and len(part) > 2 and (at := self._at(part)):  # noqa: PLR2004
                return Match(*at, "name", (fact.id,))
        return None

    def _words(self, fact: Fact, kind: str, least: float) -> Match | None:
        at = self._at(fact.text)
        if at is not None:
            return Match(*at, kind, (fact.id,))
        grams = content_ngrams(fact.text)
        if not grams:
            return None
        for parts, index in (
            (self.analysis.clauses, self.clause_grams),
            (self.analysis.sentences, self.sentence_grams),
        ):
            if numbers := _sharing(grams, index, least):
                best = max(numbers, key=lambda n: len(grams & parts[n].grams))
                return Match(parts[best].start, parts[best].end, kind, (fact.id,))
        return self._spread(fact, kind, grams)

    def _spread(self, fact: Fact, kind: str, grams: frozenset[str]) -> Match | None:
        """A fact told over two sentences, or over one line."""
        for line, said in self.lines.items():
            if len(grams & said) >= _IN_LINE * len(grams):
                parts = [
                    (n, s)
                    for n, s in enumerate(self.analysis.sentences)
                    if s.line == line and s.grams & grams
                ]
                best = max((s for _, s in parts), key=lambda s: len(s.grams & grams))
                self.wide.update(n for n, _ in parts)
                return Match(best.start, best.end, kind, (fact.id,))
        return None

    def _organisers(self, fact: Fact) -> Match | None:
        group = fact.organisers
        if group is None:
            return None
        spots = [spot for name in group.names if (spot := self._organisation(name)) is not None]
        if not spots or len(spots) < len(group.names):
            return None
        if group.total and folded(group.total) not in self.analysis.form and not self._total(fact):
            return None
        return Match(min(spots)[0], max(spots)[1], "name", (fact.id,))

    def _total(self, fact: Fact) -> bool:
        from summarywriter.chinese.quantities import parse_quantity

        total = parse_quantity(fact.organisers.total) if fact.organisers and fact.organisers.total else None
        return total is not None and any(
            m.quantity.value == total.value and m.quantity.modifier == total.modifier
            for m in self.analysis.quantities
        )

    def _organisation(self, name: str) -> tuple[int, int] | None:
        if (at := self._at(name)) is not None:
            return at
        # 區委宣傳部 told as 宣傳部 in a list, 潯陽區科技局 as 區科技局.
        form = folded(name)
        for cut in range(1, len(form) - 2):
            if form[cut - 1] in "省市区县镇乡委州院" and (at := self._at(form[cut:])) is not None:
                return at
        grams = content_ngrams(name)
        if len(form) > 6 and (numbers := _sharing(grams, self.sentence_grams, _NAMED)):  # noqa: PLR2004
            part = self.analysis.sentences[numbers[0]]
            return part.start, part.end
        return None

    def _person(self, fact: Fact) -> Match | None:
        at = self._at(fact.text) or self._short_name(fact)
        if at is not None:
            return Match(*at, "name", (fact.id,))
        if len(fact.text) > _LONGEST_NAME:
            return self._words(fact, "name", _NAMED)  # 區四套班子分管領導: a description
        return None

    def _short_name(self, fact: Fact) -> tuple[int, int] | None:
        """吳副區長 for 吳正發, 區政府副區長."""
        people = (p.person for p in self.index if p.person is not None and p.person.name == fact.text)
        for post in (p.post for p in people if p.post):
            short = re.search("副?[一-鿿]{2}$", folded(post))
            if short and (at := self._at(fact.text[0] + short.group())) is not None:
                return at
        return None


def coverage(index: FactIndex, told: frozenset[str]) -> dict[str, Coverage]:
    """Required facts by kind: how many are told, and which are not."""
    totals: dict[str, list[str]] = {}
    for fact in index.required():
        totals.setdefault(fact.kind.value, []).append(fact.id)
    return {
        kind: Coverage(
            sum(fact in told for fact in facts), len(facts), tuple(fact for fact in facts if fact not in told)
        )
        for kind, facts in totals.items()
    }
