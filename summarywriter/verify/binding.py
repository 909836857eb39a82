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
from summarywriter.verify.bound import GOOD_FIT, RIVAL_FIT, Binding, in_seconds, same_unit
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Counted, Doing, Known
from summarywriter.verify.seek import Seeker, counts_a_list
from summarywriter.verify.words import concepts


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
    return tuple(result)


def _exact(  # noqa: C901, PLR0911  a question a line
    analysis: Analysis, known: Known, context: Contexts, mention: QuantityMention, around: Around
) -> Binding | None:
    quantity = mention.quantity
    claim = analysis.claimed(*mention.span)
    stated = known.lost if quantity.masked else known.values.get((quantity.value, quantity.high), ())
    if (seconds := in_seconds(quantity)) is not None:
        stated = tuple(c for c in known.counted if in_seconds(c.quantity) == seconds)
    same = [c for c in stated if _is_same(c, mention)]
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
        rival := _same_thing(known, best, around)
        or _other_head(known, best, mention, around)
        or _other_actor(known, best, around)
        or _other_activity(known, best, around, context.named[number])
        or (None if claim else _better_named(known, best, around))
    ):
        return Binding(mention, around, best, "SW105", rival)
    if claim is None and best.facts and _counts_another_noun(analysis, known, best, mention, around):
        return Binding(mention, around, best, "SW105", best)
    if best.facts and not _names_thing(best, around):
        lead = analysis.form[sentence.start : analysis.clause_at(mention.span.start).start]
        rival = _rival(known, best, mention, around, tokens_of(lead))
        if rival is not None:
            return Binding(mention, around, best, "SW105", rival)
        if claim is None and _is_elsewhere(analysis, known, best, around, number, here):
            return Binding(mention, around, best, "SW110")
    if best.activity and _is_misplaced(known, context, best, mention.span.start, analysis):
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


def _counts_another_noun(
    analysis: Analysis, known: Known, best: Counted, mention: QuantityMention, around: Around
) -> bool:
    """Whether another noun that is counted stands where the figure's own should: 參加乘客8600人次."""
    if len(best.head) < 2 or best.actor or best.head in around.tokens or best.object & _long(around.tokens):  # noqa: PLR2004
        return False
    after = analysis.form[mention.span.end : mention.span.end + 4].lstrip("的")
    stem = around.before.rstrip("共计总合累达到为有了约近超")
    noun = next((n for n in (after[:2], stem[-2:]) if n in known.nouns), None)
    if (
        noun is None
        or noun in folded(best.label)
        or set(noun) & set("".join(best.object))
        or concepts(noun) & concepts(best.label)
    ):
        return False
    verb = folded(best.label)[:2]
    return bool(best.verbs & around.tokens) or verb in around.before or verb in around.after


def _names_thing(counted: Counted, around: Around) -> bool:
    """Whether the words about a figure name what it counts (or do what it counts, where no thing is)."""
    if not counted.object:
        return not counted.action or counted.fit(around.tokens) > 0
    things = counted.object | (concepts(counted.label) & _THINGS)
    return bool(things & around.tokens) or bool(counted.actor & around.tokens)


#: Groups of like words that are things; the others are deeds.
_THINGS = frozenset({"@people", "@pupils", "@bodies"})


def _is_same(counted: Counted, mention: QuantityMention) -> bool:
    stated = counted.quantity
    told = mention.quantity
    if stated.modifier is Modifier.AT_MOST and folded(mention.tail)[:1] == "内":
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
    return stated.same_value(told) and (same_unit(stated, mention) or _is_elided(counted, mention))


def _is_elided(counted: Counted, mention: QuantityMention) -> bool:
    """17.5萬師生: persons are counted without their measure word, after 萬 or 千."""
    if mention.quantity.unit_key or counted.quantity.unit_key != "人":
        return False
    tail = folded(mention.tail)
    head = counted.head or ""
    return bool(concepts(tail[:4]) & _THINGS) or (bool(head) and head in tail[:6])


#: Measure words that count one kind of thing only.
_TYPED = frozenset({"元", "%", "‰", "小时", "分钟", "天", "公里", "米"})


def _rival(
    known: Known, best: Counted, mention: QuantityMention, around: Around, lead: frozenset[str]
) -> Counted | None:
    """Another stated figure whose noun stands right beside this one.

    Where the sentence has named the figure's own thing already, or the figure's own deed stands here, a noun
    alone is no proof: 徵文，共收到作品3724篇.
    """
    if best.quantity.unit_key in _TYPED:
        return None  # 37.6萬元用於機井搶修: money counts no wells
    named = bool(_long(best.object) & lead)
    done = best.fit(around.tokens) > 0
    rivals = [
        (fit, c)
        for c in known.counted
        if c is not best and c.facts and c.facts != best.facts
        and (same_unit(c.quantity, mention) or c.object & around.near)
        and (fit := c.fit(around.tokens)) >= RIVAL_FIT
        and _is_named_near(c, around)
        and not (c.head and c.head in folded(best.label))
        and not (c.quantity.same_value(best.quantity) and c.quantity.same_unit(best.quantity))
        and (c.object or not done)
        and (not named or not c.action or c.action & around.tokens)
    ]  # fmt: skip
    return max(rivals, key=lambda pair: pair[0])[1] if rivals else None


def _is_named_near(counted: Counted, around: Around) -> bool:
    """Whether a figure's thing stands beside another figure.

    A thing is named by its head, the end of the noun: 整改 is no 整改率.
    """
    if counted.head:
        return counted.head in around.near
    if counted.object:
        return bool(_long(counted.object) & around.near)
    return bool(counted.action & around.near or counted.verbs & around.near)


def _same_thing(known: Known, best: Counted, around: Around) -> Counted | None:
    """Another deed done to the same thing, where its verb stands here and the figure's own does not.

    培訓法律明白人312人，其中考核合格297人: with the figures exchanged, the thing fits both.
    """
    if not best.action or not best.object or best.action & around.tokens or best.verbs & around.tokens:
        return None
    return next(
        (c for c in known.counted
         if c is not best and c.facts and c.action and c.action <= around.tokens
         and c.activity == best.activity
         and len(c.object & best.object) >= GOOD_FIT * len(best.object)
         and not c.quantity.same_value(best.quantity)), None
    )  # fmt: skip


def _other_head(known: Known, best: Counted, mention: QuantityMention, around: Around) -> Counted | None:
    """Another thing, counted by another measure word, named right beside the figure: 諮詢臺5場."""
    if not best.head or best.head in around.tokens or best.actor & around.tokens:
        return None
    return next(
        (c for c in known.counted
         if c.facts and c.head and _adjoins(c.head, around) and c.object <= around.tokens
         and not same_unit(c.quantity, mention) and c.head not in folded(best.label)), None
    )  # fmt: skip


def _adjoins(head: str, around: Around) -> bool:
    """Whether a noun stands right before a figure, or right after it."""
    lead = re.sub(r"(?:共计?|总共|合计|累计|达到?|为|有|计|了|已|约|近|超)+$", "", around.before)
    return lead.endswith(head) or around.after.lstrip("的").startswith(head)


def _other_actor(known: Known, best: Counted, around: Around) -> Counted | None:
    """The same deed told of one whose own figure is another: 荻花村認領83段, where that is the whole."""
    spoken = content_ngrams(around.before)
    for other in known.counted:
        if (
            other is best or not other.facts or not other.actor or not other.actor <= spoken
            or other.activity != best.activity or other.quantity.same_value(best.quantity)
            or not other.quantity.same_unit(best.quantity)
        ):  # fmt: skip
            continue
        if best.actor and (best.actor <= spoken or (best.actor - other.actor) & spoken):
            continue
        if not best.actor and (_SEVERAL.search(around.before) or folded(other.label) != folded(best.label)):
            continue
        mine = (best.action | best.object) - other.action - other.object
        if mine & around.tokens:
            continue  # another deed of his
        if (other.action | other.object) & around.tokens or folded(other.label) == folded(best.label):
            return other
    return None


#: One of several, or a part just named: no proof of whose figure it is.
_SEVERAL = re.compile("等|、|和|及|与|其中|以外|之外|除")


def _other_activity(known: Known, best: Counted, around: Around, named: frozenset[str]) -> Counted | None:
    """The same thing counted in another activity, which is the one named beside the figure."""
    own = known.doings.get(best.activity or "")
    if own is None or own.own & content_ngrams(around.before + around.after):
        return None
    near = content_ngrams(around.before)
    for other in known.by_label[folded(best.label)]:
        doing = known.doings.get(other.activity or "")
        if doing is None or not doing.own or other.activity == best.activity or not other.facts:
            continue
        if not (doing.own <= near or named == {other.activity}):
            continue
        if other.quantity.same_unit(best.quantity) and not other.quantity.same_value(best.quantity):
            return other
    return None


def _better_named(known: Known, best: Counted, around: Around) -> Counted | None:
    """A figure whose deed and thing both stand here in full, where the found one's do not."""
    fit = best.fit(around.tokens)
    if fit >= 1:
        return None
    if (twin := _twin(known, best, around)) is not None:
        return twin
    mine = (best.action | best.object) & around.tokens
    return next(
        (c for c in known.counted
         if c.facts and c.action and c.object and c.activity == best.activity
         and c.quantity.same_unit(best.quantity) and not c.quantity.same_value(best.quantity)
         and c.action | c.object <= around.tokens and mine < c.action | c.object), None
    )  # fmt: skip


def _twin(known: Known, best: Counted, around: Around) -> Counted | None:
    """One of two like things that is named in full, where what sets the other apart is not named."""
    return next(
        (c for c in known.counted
         if c.facts and c is not best and c.activity == best.activity and c.object and best.object
         and folded(c.label)[-1:] == folded(best.label)[-1:] and c.quantity.same_unit(best.quantity)
         and not c.quantity.same_value(best.quantity)
         and c.object <= around.tokens and (c.action <= around.tokens or c.action == best.action)
         and (best.object - c.object) and not (best.object - c.object) & around.tokens), None
    )  # fmt: skip


def _long(grams: frozenset[str]) -> frozenset[str]:
    """Without single characters, which stand in too many words."""
    return frozenset(gram for gram in grams if len(gram) > 1)


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


#: An activity is named by so many of the words that are its name's alone, and by two at least.
_NAMED = 0.6


def _is_told_of_another(known: Known, analysis: Analysis, doing: Doing, best: Counted, start: int) -> bool:
    """Whether what leads up to a figure names another activity in full, and nothing of the figure's own."""
    sentence = analysis.sentence_at(start)
    clause = analysis.clause_at(start)
    lead = analysis.form[sentence.start : start]
    lead = lead[max(lead.rfind(mark) for mark in ";:") + 1 :]
    own = doing.own - best.object - best.action
    grams = content_ngrams(lead)
    if grams & (own | doing.marks) or clause.grams & own or not own:
        return False
    if _opens_with_its_thing(analysis, best, start):
        return False
    others = [
        other for other in known.doings.values()
        if other.id != doing.id and len(other.own) > 1
        and len(other.own & grams) >= _NAMED * len(other.own)
    ]  # fmt: skip
    if not others:
        return False
    # 設接種證查驗臺 is a thing of this activity, although another is called 接種證查驗.
    mine = content_ngrams(known.told_of(doing.id))
    return any(len((other.own - mine) & grams) >= _NAMED * len(other.own) for other in others)


def _opens_with_its_thing(analysis: Analysis, best: Counted, start: int) -> bool:
    """Whether a clause opens with what is counted: 幫教協議則簽訂了97份 goes on to another thing.

    One that opens with a verb (，展出作品217件) goes on about whom or what was told before.
    """
    clause = analysis.clause_at(start)
    return analysis.form[clause.start : clause.start + 2] in best.object and clause.start < start


def _is_misplaced(known: Known, context: Contexts, best: Counted, start: int, analysis: Analysis) -> bool:
    number = analysis.sentence_index(start)
    here = context.at(number)
    doing = known.doings.get(best.activity or "")
    if doing is not None and _is_told_of_another(known, analysis, doing, best, start):
        return True
    if not here or best.activity in here or doing is None:
        return False
    grams = analysis.sentences[number].grams
    if grams & (doing.own | doing.marks) or best.activity in context.carried[number]:
        return False
    if _opens_with_its_thing(analysis, best, start):
        return False
    # Only where the sentence has named another activity: a paragraph may move on unannounced.
    sentence = analysis.sentences[number]
    lead = content_ngrams(analysis.form[sentence.start : start])
    return any(lead & known.doings[key].own for key in context.named[number])
