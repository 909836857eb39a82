"""SW105: two figures of one measure word that stand in each other's place.

One figure alone may stand beside words that fit another; two that both fit better when exchanged were
exchanged. What tells two stated figures apart is what the one's words have and the other's have not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from summarywriter.chinese.text import Span, content_ngrams, folded
from summarywriter.verify.analysis import Analysis, analyse
from summarywriter.verify.around import surroundings
from summarywriter.verify.bound import Binding, same_unit
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import concepts

#: So much better must the words fit once two figures have changed places (2 is: each wholly the other's).
_GAIN = 0.8
#: And so much is enough where neither fits as it stands, and each a little in the other's place.
_BOTH = 0.45
#: One figure alone stands in another's words where so many of those that are the other's alone are here.
_NAMED = 0.6
#: A doer is named by so many of its own words.
_OTHER = 0.6
#: Figures of one paragraph farther apart than this are not held against each other.
_APART = 8


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure of the text with the stated one of its value, and the words that are its own."""

    binding: Binding
    counted: Counted
    words: frozenset[str]


def exchange(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """Every two figures that were exchanged."""
    respective = {**_respectively(analysis), **_former_and_latter(analysis)}
    told = [
        _Told(b, b.counted, respective.get(b.mention.span) or _grams(b.around.before + "，" + b.around.after))
        for b in bindings
        if b.counted is not None and b.counted.facts and b.verdict in ("", "SW110", "SW106", "SW105")
    ]
    profiles = _Profiles(known)
    found: set[int] = set()
    for number, one in enumerate(told):
        end = analysis.line_at(one.binding.mention.span.start).end
        for other in told[number + 1 : number + 1 + _APART]:
            if other.binding.mention.span.start >= end:
                break  # another paragraph
            if not _may_change(known, one, other):
                continue
            if not _are_exchanged(one, other, profiles):
                continue
            for this, meant in ((one, other.counted), (other, one.counted)):
                start, end = this.binding.mention.span
                if start in found or analysis.claimed(start, end):
                    continue
                found.add(start)
                label = meant.label + meant.quantity.surface
                yield analysis.finding("SW105", start, end, meant.facts, stated=label, label=meant.label)
    yield from _one_sided(analysis, known, told, profiles, found)


def _may_change(known: Known, one: _Told, other: _Told) -> bool:
    a, b = one.counted, other.counted
    if set(a.facts) & set(b.facts) or a.quantity.same_value(b.quantity):
        return False
    if not same_unit(a.quantity, other.binding.mention) or not same_unit(b.quantity, one.binding.mention):
        return False
    # 由1.9%降至0.8%: the words are one and the same; see trends
    return not _is_one_movement(known, a, b)


_MOVEMENT = re.compile("[由从][^,;。]*?[至到]")


def _is_one_movement(known: Known, a: Counted, b: Counted) -> bool:
    one, other = known.index[a.facts[0]], known.index[b.facts[0]]
    owner = one.owner
    if one.figure or other.figure or owner is None or owner != other.owner or owner not in known.index:
        return False
    return _MOVEMENT.search(folded(known.index[owner].text)) is not None


def _are_exchanged(one: _Told, other: _Told, profiles: _Profiles) -> bool:
    """Whether the words fit so much better when the two figures change places."""
    if one.counted.label == other.counted.label and one.counted.activity != other.counted.activity:
        mine, its = profiles.named(one.counted), profiles.named(other.counted)
        if its & one.words and mine & other.words:
            return not (mine & one.words or its & other.words)  # 拔河40支、羽毛球52支
    a, b = one.counted.actor - other.counted.actor, other.counted.actor - one.counted.actor
    if a and b and _share(b, one.words) >= _OTHER and _share(a, other.words) >= _OTHER:
        return not (a & one.words or b & other.words)
    first, second = profiles.of(one.counted), profiles.of(other.counted)
    mine, its = first - second, second - first
    now = _share(mine, one.words) + _share(its, other.words)
    then = _share(its, one.words), _share(mine, other.words)
    if not now and all(then):
        return sum(then) >= _BOTH
    return sum(then) - now >= _GAIN


def _share(distinct: frozenset[str], words: frozenset[str]) -> float:
    return len(distinct & words) / len(distinct) if distinct else 0.0


def _grams(form: str) -> frozenset[str]:
    return content_ngrams(form) | concepts(form)


class _Profiles:
    """The words by which the sheet tells a figure, each made once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._made: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, counted: Counted) -> frozenset[str]:
        if counted.facts not in self._made:
            self._made[counted.facts] = self._make(counted)
        return self._made[counted.facts]

    def named(self, counted: Counted) -> frozenset[str]:
        """The words that only the name of a figure's activity has."""
        doing = self._known.doings.get(counted.activity or "")
        return doing.own if doing is not None else frozenset()

    def _make(self, counted: Counted) -> frozenset[str]:
        fact = self._known.index[counted.facts[0]]
        if fact.figure is not None:
            parts = (fact.figure.label, fact.figure.object, fact.figure.actor or "", fact.figure.scope or "")
            return _grams(folded("，".join(parts)))
        if fact.span is None or fact.owner is None or fact.owner not in self._known.index:
            return counted.object | counted.verbs
        text = self._known.index[fact.owner].text
        reading = analyse(text)
        for mention, around in surroundings(reading):
            if reading.folded.source(*mention.span)[0] == fact.span[0]:
                return _grams(around.before + "，" + around.after)
        return counted.object


def _by_token(known: Known) -> Mapping[str, list[int]]:
    """Stated figures by the words that they go with, as places in `Known.counted`."""
    found: dict[str, list[int]] = {}
    for number, item in enumerate(known.counted):
        if item.facts:
            for token in item.object | item.action | item.verbs | item.actor:
                found.setdefault(token, []).append(number)
    return found


def _one_sided(
    analysis: Analysis, known: Known, told: list[_Told], profiles: _Profiles, found: set[int]
) -> Iterator[Finding]:
    """A figure beside the words of another stated one, and none of its own."""
    by_token = _by_token(known)
    for one in told:
        start, end = one.binding.mention.span
        if one.binding.verdict or start in found or analysis.claimed(start, end):
            continue
        own = profiles.of(one.counted)
        best: tuple[float, Counted] | None = None
        near = {number for word in one.words for number in by_token.get(word, ())}
        fitting = own & one.words
        for other in (known.counted[number] for number in sorted(near)):
            theirs = profiles.of(other)
            mine, its = own - theirs, theirs - own
            score = _share(its, one.words)  # the cheap questions first: most others share no word of theirs
            if score < _NAMED or not mine or not fitting <= theirs or (best and score <= best[0]):
                continue
            if set(other.facts) & set(one.counted.facts):
                continue
            if other.quantity.same_value(one.counted.quantity):
                continue
            if not same_unit(other.quantity, one.binding.mention):
                continue
            if not _is_one_movement(known, one.counted, other):
                best = score, other
        if best is not None:
            meant = best[1]
            label = meant.label + meant.quantity.surface
            yield analysis.finding("SW105", start, end, meant.facts, stated=label, label=meant.label)


_JOIN = "、和及与"
_RESPECTIVELY = re.compile("(?:分别|依次)(?P<verb>[^,;。0-9]{0,8})")
#: Names told before 分別 stand at most so far before it.
_BEFORE = 60
#: A shorter piece between commas (，人數) is no list of names.
_WORD = 4


def _respectively(analysis: Analysis) -> Mapping[Span, frozenset[str]]:
    """The words of each figure where names are told first: 體育學院、文學院分別有203人、156人."""
    found: dict[Span, frozenset[str]] = {}
    mentions = analysis.quantities
    for match in _RESPECTIVELY.finditer(analysis.form):
        run = _run(analysis.form, [m.span for m in mentions], match.end())
        lead = re.split("[;:。\n]", analysis.form[max(0, match.start() - _BEFORE) : match.start()])[-1]
        *others, head = lead.split(",")
        listed = others[-1] if others and len(head) <= _WORD and "分别" not in others[-1] else head
        names = [name for name in re.split(f"[{_JOIN}]", listed) if name]
        if len(run) < 2 or len(names) != len(run):  # noqa: PLR2004  one figure is no list
            continue
        for name, span in zip(names, run, strict=True):
            found[span] = _grams(f"{name}，{'' if listed is head else head}，{match['verb']}")
    return found


_FORMER = re.compile("前者(?P<one>[^;。]{0,40}?)后者")
_PAIR = re.compile("([一-鿿]{2,10})[、和与]([一-鿿]{2,10}?)(?:两|二|等|,|同时|分别)")


def _former_and_latter(analysis: Analysis) -> Mapping[Span, frozenset[str]]:
    """The words of the figures after 前者 and 後者: 城東、北門兩站，前者迎來960人次，後者540人次."""
    found: dict[Span, frozenset[str]] = {}
    for match in _FORMER.finditer(analysis.form):
        sentence = analysis.sentence_at(match.start())
        pairs = list(
            _PAIR.finditer(analysis.form, max(sentence.start, match.start() - _BEFORE), match.start())
        )
        first = analysis.quantities_in(match.start(), match.end())
        second = analysis.quantities_in(match.end(), min(sentence.end, match.end() + _BEFORE))
        if not pairs or not first or not second:
            continue
        for name, mention in ((pairs[-1][1], first[0]), (pairs[-1][2], second[0])):
            found[mention.span] = _grams(f"{name}，{match['one'][:8]}")
    return found


def _run(form: str, spans: Iterable[Span], start: int) -> list[Span]:
    """Figures joined by 、 or 和, the first of which stands at ``start``."""
    run: list[Span] = []
    at = start
    for span in spans:
        if span.start < start:
            continue
        between = form[at : span.start]
        if (run and not re.fullmatch(f"[{_JOIN},]|以及", between)) or (not run and between):
            break
        run.append(span)
        at = span.end
    return run
