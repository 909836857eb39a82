"""Binding: which stated figure a figure of the text is, or what is wrong with it.

A figure is looked up by value first, then held against what its clause says it counts. Where the value
fits no stated figure, the words around it tell which one it was meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from summarywriter.chinese.quantities import Modifier, Quantity, QuantityMention
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.model import Status
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.context import Contexts
from summarywriter.verify.derived import is_derived, is_slip
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.words import concepts, words

#: From this fit on, the words around a figure say what a stated figure counts.
GOOD_FIT = 0.5
_RIVAL_FIT = 0.6
#: How many characters beside a figure hold the noun that it counts.
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Around:
    """The words about a figure.

    Attributes:
        before: What stands before it in its clause, up to the figure before.
        after: What stands after it, up to the next figure.
        tokens: Bigrams and groups of like words of both.
        near: The same of the few characters beside it.
    """

    before: str
    after: str
    tokens: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Binding:
    """A figure of the text with what came of it.

    Attributes:
        mention: The figure.
        around: The words about it.
        counted: The stated figure it is, or was meant to be.
        verdict: ``""`` for a match, else the code of what is wrong.
        meant: The stated figure that the words mean, where it is another one.
    """

    mention: QuantityMention
    around: Around
    counted: Counted | None
    verdict: str = ""
    meant: Counted | None = None


def bind(analysis: Analysis, known: Known, context: Contexts) -> tuple[Binding, ...]:
    """Bind every figure of the text, in order."""
    surroundings = tuple(_surroundings(analysis))
    bound = [_exact(analysis, known, context, m, around) for m, around in surroundings]
    told = {id(b.counted) for b in bound if b is not None and not b.verdict}
    finder = _Finder(known)
    result = []
    for (mention, around), found in zip(surroundings, bound, strict=True):
        if found is None:
            found = _inexact(analysis, known, finder, mention, around, told)  # noqa: PLW2901
        if found is not None:
            result.append(found)
    return tuple(result)


def tokens_of(form: str) -> frozenset[str]:
    """Bigrams, groups of like words, and single characters, which stand for words that have no bigram."""
    return content_ngrams(form) | concepts(form) | frozenset(form)


_ITEM = re.compile(r"[、,]|(?:和|及|与|以及|并)(?=$)")


def _surroundings(analysis: Analysis) -> Iterator[tuple[QuantityMention, Around]]:
    form, mentions = analysis.form, analysis.quantities
    for number, mention in enumerate(mentions):
        clause = analysis.clause_at(mention.span.start)
        start, end = clause.start, clause.end
        if number and mentions[number - 1].span.end > clause.start:
            start = mentions[number - 1].span.end
            # A item of a list ends at its mark: what stands before the mark belongs to the figure before.
            if cut := _ITEM.search(form, start, mention.span.start):
                start = cut.end()
        if number + 1 < len(mentions) and mentions[number + 1].span.start < clause.end:
            end = mentions[number + 1].span.start
            if cut := _ITEM.search(form, mention.span.end, end):
                end = cut.start()
        before, after = form[start : mention.span.start], form[mention.span.end : end]
        tokens = tokens_of(before) | tokens_of(after)
        if not {t for t in tokens if len(t) > 1}:
            before = _wider(analysis, clause, mention)
            tokens = tokens_of(before) | tokens_of(after)
        stem = re.sub(r"(?:共计?|总共|合计|累计|达到?|为|有|计|了|已|其中|约|人数)+$", "", before)
        near = tokens_of(stem[-_NEAR:]) | tokens_of(after.lstrip("的")[:_NEAR])
        yield mention, Around(before, after, tokens, near)


def _wider(analysis: Analysis, clause: Part, mention: QuantityMention) -> str:
    """A clause with a figure and no noun (，共計3600份) goes on about the clause before it."""
    sentence = analysis.sentence_at(mention.span.start)
    before = analysis.form[sentence.start : clause.start]
    return before[max(before.rfind(mark, 0, -1) for mark in ",;:") + 1 :] + analysis.form[
        clause.start : mention.span.start
    ]


def _exact(
    analysis: Analysis, known: Known, context: Contexts, mention: QuantityMention, around: Around
) -> Binding | None:
    quantity = mention.quantity
    claim = analysis.claimed(*mention.span)
    same = [c for c in known.values.get((quantity.value, quantity.high), ()) if _is_same(c.quantity, mention)]
    if claim is not None:
        own = [c for c in same if set(c.facts) & set(claim.facts)]
        if not own:
            # A figure inside another kind of slot (a name, a place) is the library's own writing.
            return Binding(mention, around, Counted(claim.facts, quantity, frozenset(), frozenset(), frozenset()))
        same = own
    if not same:
        return None
    number = analysis.sentence_index(mention.span.start)
    sentence = analysis.sentences[number]
    here = context.at(number)
    # A nested fact's whole clause weighs less than a figure's own label.
    coming = analysis.line_at(mention.span.start).topic in ("plan", "both")
    best = max(
        same,
        key=lambda c: (coming or c.status is not Status.PLANNED, c.fit(around.tokens) >= GOOD_FIT,
                       c.activity in here, c.fit(around.tokens), c.fit(sentence.grams), bool(c.facts)),
    )  # fmt: skip
    if best.facts and (rival := _same_thing(known, best, around) or _other_head(known, best, mention, around)):
        return Binding(mention, around, best, "SW105", rival)
    if best.facts and not _names_thing(best, around):
        rival = _rival(known, best, around)
        if rival is not None:
            return Binding(mention, around, best, "SW105", rival)
        if claim is None and _is_elsewhere(analysis, best, around, number, here):
            return Binding(mention, around, best, "SW110")
    if best.activity and _is_misplaced(known, context, best, number, analysis):
        return Binding(mention, around, best, "SW106")
    return Binding(mention, around, best)


def _names_thing(counted: Counted, around: Around) -> bool:
    """Whether the words about a figure name what it counts (or do what it counts, where no thing is)."""
    if not counted.object:
        return not counted.action or counted.fit(around.tokens) > 0
    things = counted.object | (concepts(counted.label) & _THINGS)
    return bool(things & around.tokens) or bool(counted.actor & around.tokens)


#: Groups of like words that are things; the others are deeds.
_THINGS = frozenset({"@people", "@pupils", "@bodies"})


def _is_same(stated: Quantity, mention: QuantityMention) -> bool:
    return stated.same_value(mention.quantity) and _same_unit(stated, mention)


_BODIES = frozenset({"个", "家", "所"})


def _same_unit(stated: Quantity, mention: QuantityMention) -> bool:
    told = mention.quantity
    if stated.same_unit(told):
        return True
    ours, theirs = stated.unit_key, told.unit_key
    if ours[:1] in _BODIES and theirs[:1] in _BODIES:
        return True  # 15個單位 and 15家單位 count alike
    if not theirs:
        return folded(mention.tail).startswith(ours)  # a measure word that no lexicon has
    # 11支隊伍 read whole where the sheet counts 隊伍 by 支; 場次 is no 場.
    short, long = sorted((ours, theirs), key=len)
    return bool(short) and long.startswith(short) and len(long) - len(short) >= 2  # noqa: PLR2004


def _rival(known: Known, best: Counted, around: Around) -> Counted | None:
    """Another stated figure whose noun stands right beside this one."""
    rivals = [
        (fit, c)
        for c in known.counted
        if c is not best and c.facts and c.facts != best.facts
        and (fit := c.fit(around.tokens)) >= _RIVAL_FIT
        and (_long(c.object) & around.near if c.object else (c.action & around.near or c.verbs & around.near))
        and not (c.quantity.same_value(best.quantity) and c.quantity.same_unit(best.quantity))
    ]  # fmt: skip
    return max(rivals, key=lambda pair: pair[0])[1] if rivals else None


def _same_thing(known: Known, best: Counted, around: Around) -> Counted | None:
    """Another deed done to the same thing, where its verb stands here and the figure's own does not.

    培訓法律明白人312人，其中考核合格297人: with the figures exchanged, the thing fits both.
    """
    if not best.action or not best.object or best.action & around.tokens or best.verbs & around.tokens:
        return None
    return next(
        (c for c in known.counted
         if c is not best and c.facts and c.action and c.action <= around.tokens and c.activity == best.activity
         and len(c.object & best.object) >= GOOD_FIT * len(best.object)
         and not c.quantity.same_value(best.quantity)), None
    )  # fmt: skip


def _other_head(known: Known, best: Counted, mention: QuantityMention, around: Around) -> Counted | None:
    """Another thing, counted by another measure word, named right beside the figure: 諮詢臺5場."""
    if not best.head or best.head in around.tokens or best.actor & around.tokens:
        return None
    return next(
        (c for c in known.counted
         if c.facts and c.head and c.head in around.near and c.object <= around.tokens
         and not _same_unit(c.quantity, mention) and c.head not in best.object), None
    )  # fmt: skip


def _long(grams: frozenset[str]) -> frozenset[str]:
    """Without single characters, which stand in too many words."""
    return frozenset(gram for gram in grams if len(gram) > 1)


def _is_elsewhere(
    analysis: Analysis, best: Counted, around: Around, number: int, here: frozenset[str]
) -> bool:
    """Whether nothing in the sentence, or in the one before, says what the figure counts."""
    if not best.object:
        return False
    sentence = analysis.sentences[number]
    if set("".join(best.object)) & set(around.before + around.after):
        return False  # 送書5萬冊 where the sheet counts 圖書
    spoken = sentence.grams | tokens_of(analysis.form[sentence.start : sentence.end])
    if number and analysis.sentences[number - 1].line == sentence.line:
        spoken |= analysis.sentences[number - 1].grams
    if (concepts(best.label) & _THINGS) & spoken or (best.activity in here and not best.action):
        return False
    return not (best.object & spoken) and not (best.actor & spoken)


def _is_misplaced(known: Known, context: Contexts, best: Counted, number: int, analysis: Analysis) -> bool:
    here = context.at(number)
    if not here or best.activity in here or best.activity not in known.doings:
        return False
    doing = known.doings[best.activity]
    grams = analysis.sentences[number].grams
    if grams & (doing.own | doing.marks) or best.activity in context.carried[number]:
        return False
    # Only where the sentence itself names another activity: a paragraph may move on unannounced.
    return bool(context.named[number])


# --- no stated figure has this value ----------------------------------------------------------------


class _Finder:
    """Stated figures by the words they go with."""

    def __init__(self, known: Known) -> None:
        self._by_token: dict[str, list[Counted]] = {}
        for item in known.counted:
            if item.facts:
                for token in item.object | item.action | item.verbs:
                    self._by_token.setdefault(token, []).append(item)

    def near(self, tokens: frozenset[str]) -> list[Counted]:
        """Stated figures that share a word with ``tokens``."""
        found = {id(c): c for token in tokens if token in self._by_token for c in self._by_token[token]}
        return list(found.values())


def _inexact(
    analysis: Analysis, known: Known, finder: _Finder, mention: QuantityMention, around: Around, told: set[int]
) -> Binding | None:
    quantity = mention.quantity
    if quantity.value is None:
        return None
    same = known.values.get((quantity.value, quantity.high), ())
    sentence = analysis.sentence_at(mention.span.start)

    def fit(c: Counted) -> float:
        return c.fit(around.tokens)

    fitting = [c for c in same if c.facts and (fit(c) > 0 or c.fit(sentence.grams) > 0)]
    blurred = [c for c in fitting if _same_unit(c.quantity, mention)]
    if blurred:
        best = max(blurred, key=fit)
        return Binding(mention, around, best, "SW104")
    if any(not c.facts and _same_unit(c.quantity, mention) for c in same):
        return None
    if fitting and max(map(fit, fitting)) >= GOOD_FIT:
        best = max(fitting, key=fit)
        return Binding(mention, around, best, "SW103")
    if _counts_a_list(analysis, known, mention):
        return None
    near = finder.near(around.tokens)
    lost = [c for c in near if c.quantity.masked and _same_unit(c.quantity, mention) and fit(c) > 0]
    if lost:
        return Binding(mention, around, max(lost, key=fit), "SW108")
    meant = [c for c in near if _same_unit(c.quantity, mention) and fit(c) >= GOOD_FIT and c.quantity.value]
    slips = [c for c in meant if is_slip(c.quantity, quantity)]
    if slips:
        return Binding(mention, around, max(slips, key=fit), "SW102")
    if quantity.unit_key in words("duration_unit") or re.match("[半多]?个?(?:月|小时|星期)", mention.tail):
        return Binding(mention, around, None, "SW107")
    if is_derived(quantity, known):
        return Binding(mention, around, None, "SW107")
    if meant:
        return Binding(mention, around, max(meant, key=lambda c: (id(c) not in told, fit(c))), "SW102")
    nested = [c for c in known.counted if c.facts and not c.action and id(c) not in told
              and _same_unit(c.quantity, mention) and c.fit(sentence.grams) >= _RIVAL_FIT]  # fmt: skip
    if nested:
        return Binding(mention, around, max(nested, key=lambda c: c.fit(sentence.grams)), "SW102")
    return Binding(mention, around, None, "SW101")


#: Lists longer than this are not counted in words.
_LONG_LIST = 20
_LIST_MARK = re.compile(r"、|以及|和|与|及|;")


def _counts_a_list(analysis: Analysis, known: Known, mention: QuantityMention) -> bool:
    """Whether a figure counts what has just been listed: 望湖中學、育才路小學兩所學校."""
    value = mention.quantity.value
    if value is None or mention.quantity.modifier is not Modifier.EXACT or not 1 <= value <= _LONG_LIST:
        return False
    if mention.quantity.unit_key not in words("counted_by_list"):
        return False
    form, (start, end) = analysis.form, mention.span
    sentence = analysis.sentence_at(start)
    before = re.split("[,;:。\n]", form[sentence.start : start])[-1]
    after = form[end : end + 80]
    if value == 1:
        return form[start] != "1"
    if len(_LIST_MARK.findall(before)) + 1 == value:
        return True
    head, colon, tail = after.partition(":")
    if colon and len(head) < _NEAR * 2:
        if "一是" in tail or "1." in tail or "(一)" in tail:
            return True
        if len(_LIST_MARK.findall(re.split("[。,]", tail)[0])) + 1 == value:
            return True
    return any(
        fact.organisers is not None and fact.organisers.complete and not fact.organisers.total
        and Decimal(len(fact.organisers.names)) == value and _names_any(fact.organisers.names, before)
        for fact in known.index
    )  # fmt: skip


def _names_any(names: tuple[str, ...], form: str) -> bool:
    return any(content_ngrams(name) & content_ngrams(form) for name in names)
