"""SW109: a word of amount (大量, 多場, 不計其數) where the sheet has a figure that the text tells nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.bound import Binding
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import concepts, either, pattern, words

_FIGURES = (FactKind.FIGURE, FactKind.TOTAL)
#: 報告多場: a count left open behind its noun.
_MANY = re.compile("([一-鿿]{2,6})(?<![一二三四五六七八九十百千万亿两几])多([场次份名个期册篇项处条张家件])")


_PERSONS = frozenset({"人", "人次"})


def _countless(analysis: Analysis, untold: list[Counted]) -> Iterator[Finding]:
    """SW109: 參加義務植樹的群眾不計其數, where the sheet has their number."""
    for match in re.finditer(either(words("countless")), analysis.form):
        clause = analysis.clause_at(match.start())
        lead = content_ngrams(analysis.form[max(clause.start, match.start() - 40) : match.start()])
        best = max(untold, key=lambda c: len((c.action | c.object) & lead))
        if (best.action | best.object) & lead and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW109", *match.span(), best.facts, label=best.label,
                                   stated=best.quantity.surface)  # fmt: skip


def _are_people(noun: str) -> bool:
    return noun in words("people_noun") or "@people" in concepts(noun)


#: 舉辦了多場活動.
_MANY_OF = re.compile(
    "(?<![一二三四五六七八九十百千万亿两几0-9])多([场次份名个期册篇项处条张家件])([一-鿿]{2,6})"
)


def vague(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """Every word of amount beside the noun of a required figure that is told nowhere."""
    told = {fact for b in bindings if b.counted for fact in b.counted.facts}
    untold = [
        c for c in known.counted
        if c.facts and not set(c.facts) & told and (c.object or c.quantity.unit_key in _PERSONS)
        and any(known.index[f].required and known.index[f].kind in _FIGURES for f in c.facts)
    ]  # fmt: skip
    if not untold:
        return
    for match in _MANY.finditer(analysis.form):
        best = max(untold, key=lambda c: match[1].endswith(c.head or folded(c.label)[-2:]))
        head = best.head or folded(best.label)[-2:]
        if match[1].endswith(head) and best.quantity.unit_key == match[2]:
            yield analysis.finding("SW109", match.start(), match.end(), best.facts, label=best.label,
                                   stated=best.quantity.surface)  # fmt: skip
    yield from _countless(analysis, untold)
    for match in _MANY_OF.finditer(analysis.form):
        best = max(untold, key=lambda c: bool(c.head) and c.head in match[2])
        if best.head and best.head in match[2] and best.quantity.unit_key == match[1]:
            yield analysis.finding("SW109", match.start(), match.end(), best.facts, label=best.label,
                                   stated=best.quantity.surface)  # fmt: skip
    for match in pattern("vague_amount").finditer(analysis.form):
        noun = re.match(r"(?!于)的?([一-鿿]{1,8})", analysis.form[match.end() :])  # 不少|于30分鐘
        if noun is None:
            continue
        clause = analysis.clause_at(match.start())
        lead = analysis.form[clause.start : match.start()]
        grams = content_ngrams(lead) | content_ngrams(noun[1])
        deed = _deed(analysis, match.start()) if _are_people(noun[1][:2]) else frozenset()
        meant = [c for c in untold if _is_meant(c, lead, noun[1], deed)]
        if meant:
            best = max(meant, key=lambda c: (bool(c.head) and c.head in noun[1], c.fit(grams)))
            last = match.end() + noun.end()
            yield analysis.finding("SW109", match.start(), last, best.facts, label=best.label,
                                   stated=best.quantity.surface)  # fmt: skip


#: What a sentence says farther before a word of amount is not looked at.
_FAR = 200


def _deed(analysis: Analysis, position: int) -> frozenset[str]:
    """The words of a sentence up to the end of a clause, their groups of like words with them."""
    first = max(analysis.sentence_at(position).start, position - _FAR)
    said = analysis.form[first : analysis.clause_at(position).end]
    return content_ngrams(said) | concepts(said)


def _is_meant(counted: Counted, lead: str, noun: str, deed: frozenset[str]) -> bool:
    """Whether a word of amount between a lead and a noun stands for a stated figure.

    Args:
        counted: The stated figure.
        lead: What stands in the clause before the word.
        noun: What follows it.
        deed: What the sentence says, where the noun is of people.
    """
    if counted.head and counted.head in noun:
        return True
    unit = counted.quantity.unit_key
    if unit and noun.startswith(unit) and lead.endswith(folded(counted.label)):
        return True  # 送水許多箱
    if deed and unit in _PERSONS and not counted.action and counted.object and counted.object <= deed:
        return True  # 網上答題…，吸引大量網友參與
    if not counted.object:
        return bool(counted.action and counted.action <= deed) or bool(counted.verbs & deed)
    grams = content_ngrams(lead)
    if counted.action and counted.action | counted.object <= grams:
        return True  # 側柏林栽植大量面積
    return len(content_ngrams(noun) & counted.object) >= 0.5 * len(counted.object)
