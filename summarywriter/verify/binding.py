"""Binding: which stated figure a figure of the text is, or what is wrong with it.

A figure is looked up by value first, then held against what its clause says it counts. Where the value
fits no stated figure, the words around it tell which one it was meant to be.
"""

from __future__ import annotations

import re
from dataclasses import replace

from summarywriter.chinese.quantities import Modifier, QuantityMention
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.model import Status
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.around import Around, surroundings, tokens_of
from summarywriter.verify.bound import GOOD_FIT, Binding, in_seconds, same_unit
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.misplaced import is_misplaced
from summarywriter.verify.nouns import counts_another_noun
from summarywriter.verify.rivals import named_beside, named_in_full, named_instead
from summarywriter.verify.seek import Seeker, counts_a_list
from summarywriter.verify.words import concepts, either, pattern, words


def bind(analysis: Analysis, known: Known, context: Contexts) -> tuple[Binding, ...]:
    """Bind every figure of the text, in order."""
    found_words = tuple(surroundings(analysis))
    bound = [_exact(analysis, known, context, m, around) for m, around in found_words]
    seeker = Seeker(analysis, known, {id(b.counted) for b in bound if b is not None and not b.verdict})
    result = []
    for (mention, around), found in zip(found_words, bound, strict=True):
        if found is None:  # no fact, or none needed
            found = seeker.seek(mention, around)  # noqa: PLW2901
        if found is not None:
            result.append(found)
    told = frozenset(id(b.counted) for b in result if b.counted is not None and b.verdict != "SW110")
    right = frozenset(id(b.counted) for b in result if b.counted is not None and not b.verdict)
    kept = (_without_told_rival(binding, right) for binding in result)
    return tuple(_meaning_another(analysis, known, context, told, binding) for binding in kept)


def _without_told_rival(binding: Binding, right: frozenset[int]) -> Binding:
    """320餘名老人圍坐36桌: what the old people's figure is has been told already."""
    meant = binding.meant
    if binding.verdict != "SW105" or meant is None or id(meant) not in right:
        return binding
    if same_unit(meant.quantity, binding.mention):
        return binding
    return replace(binding, verdict="SW110", meant=None)


def _meaning_another(
    analysis: Analysis, known: Known, context: Contexts, told: frozenset[int], binding: Binding
) -> Binding:
    """A figure bound by its value alone, beside all the words of another one."""
    start, end = binding.mention.span
    if binding.verdict not in ("", "SW110") or analysis.claimed(start, end) is not None:
        return binding
    here = context.at(analysis.sentence_index(start))
    meant = named_in_full(known, binding, told, here)
    return binding if meant is None else replace(binding, verdict="SW105", meant=meant)


def _exact(  # noqa: C901, PLR0911  a question a line
    analysis: Analysis, known: Known, context: Contexts, mention: QuantityMention, around: Around
) -> Binding | None:
    quantity = mention.quantity
    claim = analysis.claimed(*mention.span)
    stated = known.lost if quantity.masked else known.values.get((quantity.value, quantity.high), ())
    if (seconds := in_seconds(quantity)) is not None:
        stated = tuple(c for c in known.counted if in_seconds(c.quantity) == seconds)
    same = [c for c in stated if _is_same(c, mention, around)]
    if claim is not None:
        own = [c for c in same if set(c.facts) & set(claim.facts)]
        if not own:
            # A figure inside another kind of slot (a name, a place) is the library's own writing.
            return Binding(
                mention, around, Counted(claim.facts, quantity, frozenset(), frozenset(), frozenset())
            )
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
    if claim is None and best.fit(around.tokens) < GOOD_FIT and counts_a_list(analysis, known, mention):
        return Binding(mention, around, None)  # 兩個街道, and not the two of something else
    if claim is None and best.fit(around.tokens) < GOOD_FIT and _is_told_in_days(analysis, known, mention):
        return Binding(mention, around, None)
    if best.facts and (
        rival := named_instead(
            known, best, mention, around, named=context.named[number], claimed=claim is not None
        )
    ):
        return Binding(mention, around, best, "SW105", rival)
    if claim is None and best.facts and counts_another_noun(analysis, known, best, mention, around):
        return Binding(mention, around, best, "SW105", best)
    if best.facts and not _names_thing(best, around):
        lead = analysis.form[sentence.start : analysis.clause_at(mention.span.start).start]
        rival = named_beside(known, best, mention, around, tokens_of(lead))
        if rival is not None:
            return Binding(mention, around, best, "SW105", rival)
        if claim is None and _is_elsewhere(analysis, known, best, around, number, here):
            return Binding(mention, around, best, "SW110")
    if best.activity and is_misplaced(known, context, best, mention.span.start, analysis):
        return Binding(mention, around, best, "SW106")
    return Binding(mention, around, best)


def _is_told_in_days(analysis: Analysis, known: Known, mention: QuantityMention) -> bool:
    """賽前三天, where the sheet has 賽前三日."""
    if mention.quantity.unit_key not in ("天", "日"):
        return False
    start, end = mention.span
    told = analysis.form[max(0, start - 2) : end]
    other = "日" if told[-1] == "天" else "天"
    return not known.says(told) and known.says(told[:-1] + other)


def _names_thing(counted: Counted, around: Around) -> bool:
    """Whether the words about a figure name what it counts (or do what it counts, where no thing is)."""
    if not counted.object:
        return not counted.action or counted.fit(around.tokens) > 0
    things = counted.object | (concepts(counted.label) & _THINGS)
    return bool(things & around.tokens) or bool(counted.actor & around.tokens)


#: Groups of like words that are things; the others are deeds.
_THINGS = frozenset({"@people", "@pupils", "@bodies"})


def _bound(name: str, before: str) -> bool:
    """Whether a bound stands before the verb of a figure: 最多發放500冊."""
    return re.search(f"{either(words(name))}[一-鿿]{{1,4}}$", before) is not None


#: Right after a figure: 以40人|為限, 6分鐘|內.
_CEILING = re.compile("以?内|之内|为限|为上限|封顶")


def _is_same(counted: Counted, mention: QuantityMention, around: Around) -> bool:
    stated = counted.quantity
    told = mention.quantity
    if told.modifier is Modifier.EXACT and _bound("at_most", around.before):
        if stated.modifier is not Modifier.EXACT or not pattern("ceiling").search(folded(counted.label)):
            told = replace(told, modifier=Modifier.AT_MOST)  # 最多發放500冊
    elif (
        told.modifier is Modifier.EXACT
        and _bound("at_least", around.before)
        and not (stated.modifier is Modifier.EXACT and pattern("at_least").search(folded(counted.label)))
    ):
        told = replace(told, modifier=Modifier.AT_LEAST)
    if stated.modifier is Modifier.AT_MOST and _CEILING.match(around.after or mention.tail):
        told = replace(told, modifier=Modifier.AT_MOST)  # 6分鐘內
    if (
        told.modifier is Modifier.AT_MOST
        and stated.modifier is Modifier.EXACT
        and "内" in folded(counted.label)[:8]
    ):
        told = replace(told, modifier=Modifier.EXACT)  # 48小時之內 of 48小時內電話回訪
    if stated.modifier is Modifier.OVER and told.modifier is Modifier.AT_LEAST:
        told = replace(told, modifier=Modifier.OVER)  # 1900件以上 is true of 1900餘件
    if (seconds := in_seconds(stated)) is not None and seconds == in_seconds(told):
        return stated.modifier is told.modifier
    return stated.same_value(told) and (same_unit(stated, mention) or _is_elided(counted, mention, around))


_LEADS_TO = "(?:数|则|也|达到?|为|是|共计?|总计|约|近|超过?|逾|有|数|已)*"


def _is_elided(counted: Counted, mention: QuantityMention, around: Around) -> bool:
    """17.5萬師生 has no measure word, after 萬 or 千; 觀看人次達3.2萬 has it before."""
    unit = counted.quantity.unit_key
    if not mention.quantity.unit_key and unit and re.search(f"{re.escape(unit)}{_LEADS_TO}$", around.before):
        return True
    if mention.quantity.unit_key or counted.quantity.unit_key != "人":
        return False
    tail = folded(mention.tail)
    head = counted.head or ""
    return bool(concepts(tail[:4]) & _THINGS) or (bool(head) and head in tail[:6])


def _is_foreign(known: Known, best: Counted, around: Around) -> bool:
    """Whether a noun that the sheet has not stands right before a figure: 減免掛號費 for 減免接種費."""
    label = folded(best.label)
    deed = next((label[:n] for n in range(len(label), 1, -1) if label[:n] in around.before), "")
    if not deed or deed == label:
        return False
    noun = around.before[around.before.rfind(deed) + len(deed) :].strip("了共计约达")
    grams = content_ngrams(noun)
    return len(noun) > 2 and len(grams) > 1 and not grams & known.words  # noqa: PLR2004


def _is_bare(best: Counted, around: Around) -> bool:
    """Whether a figure follows its deed with no noun at all: 入戶273戶, where 入戶家庭 are counted."""
    label = folded(best.label)
    deed = next((label[:n] for n in range(len(label), 1, -1) if label[:n] in around.before), "")
    rest = around.before[around.before.rfind(deed) + len(deed) :] if deed else "?"
    return not rest.strip("了共计约达") and not re.match("的?[一-鿿]{2}", around.after)


_PEOPLE = frozenset({"人", "人次"})


def _is_elsewhere(  # noqa: PLR0917  a question a line, of the whole reading
    analysis: Analysis, known: Known, best: Counted, around: Around, number: int, here: frozenset[str]
) -> bool:
    """Whether nothing in the sentence, or in the one before, says what the figure counts."""
    if not best.object:
        return False
    if (best.verbs | best.action) & around.tokens and best.quantity.unit_key in _PEOPLE:
        return False  # 230多人到場: the measure word says that they are people
    sentence = analysis.sentences[number]
    if _is_foreign(known, best, around):
        return True
    if set("".join(best.object)) & set(around.before + around.after) or _is_bare(best, around):
        return False  # 送書5萬冊 where the sheet counts 圖書
    if best.quantity.unit_key == "户":
        return False  # the measure word says that they are households
    if best.activity and known.doings[best.activity].own & around.tokens:
        return False  # 432篇家風故事, told by the name of what they were collected in
    spoken = sentence.grams | tokens_of(analysis.form[sentence.start : sentence.end])
    if number and analysis.sentences[number - 1].line == sentence.line:
        spoken |= analysis.sentences[number - 1].grams
    if (concepts(best.label) & _THINGS) & spoken or (best.activity in here and not best.action):
        return False
    return not (best.object & spoken) and not (best.actor & spoken)
