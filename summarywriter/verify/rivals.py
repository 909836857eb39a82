"""Another stated figure that the words about a figure mean, although its value is one that is stated too."""

from __future__ import annotations

import re

from summarywriter.chinese.quantities import QuantityMention
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.verify.around import Around
from summarywriter.verify.bound import GOOD_FIT, RIVAL_FIT, Binding, same_unit
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.words import words


def named_instead(
    known: Known,
    best: Counted,
    mention: QuantityMention,
    around: Around,
    *,
    named: frozenset[str],
    claimed: bool,
) -> Counted | None:
    """The stated figure whose own words stand here, where those of the found one do not.

    Args:
        known: The sheet.
        best: The stated figure of this value.
        mention: The figure of the text.
        around: The words about it.
        named: Ids of the activities that its sentence names.
        claimed: Whether the library filled the figure in itself.
    """
    return (
        _labelled(known, best, around)
        or _same_thing(known, best, around)
        or _other_head(known, best, mention, around)
        or _other_actor(known, best, around)
        or _other_activity(known, best, around, named)
        or (None if claimed else _better_named(known, best, around))
    )


#: Labels that stand right after a figure are of so many characters.
_LABEL = range(3, 9)


def _labelled(known: Known, best: Counted, around: Around) -> Counted | None:
    """The stated figure whose whole label stands right after: 268名觀摩人員, where workers are 268."""
    label = folded(best.label)
    for length in _LABEL:
        if not around.after[length:].lstrip("的了"):
            break  # 186名|報名選手中選出20名: the label of the next figure
        told = around.after[:length]
        for other in known.by_label.get(told, ()) if len(told) == length and told not in label else ():
            if other.facts and other.action and not other.quantity.same_value(best.quantity):
                return other
    return None


#: Words that say so much of what another figure counts leave no doubt.
_IN_FULL = 0.95


def named_in_full(
    known: Known, binding: Binding, told: frozenset[int], here: frozenset[str]
) -> Counted | None:
    """The stated figure that the words about another name in full, where that one's own are absent.

    查攤位4個, where 268 stands were looked at and four are first-aid points. A figure that the text tells
    elsewhere is not meant again.

    Args:
        known: The sheet.
        binding: The figure of the text, bound to a stated one of its value.
        told: Identities of the stated figures that the text tells.
        here: Ids of the activities that its sentence is about.
    """
    best, tokens = binding.counted, binding.around.tokens
    if best is None or not best.facts or best.fit(tokens) >= GOOD_FIT:
        return None
    said = binding.around.before + binding.around.after
    if len(set("".join(best.object | best.action)) & set(said)) > 1:
        return None
    meant = [
        (fit, c)
        for c in known.counted
        if c.facts and c.object and id(c) not in told and c.facts != best.facts
        and (c.activity is None or not here or c.activity in here)
        and same_unit(c.quantity, binding.mention)
        and not c.quantity.same_value(best.quantity)
        and (fit := c.fit(tokens)) >= _IN_FULL
    ]  # fmt: skip
    return max(meant, key=lambda pair: pair[0])[1] if meant else None


#: Measure words that count one kind of thing only.
_TYPED = frozenset({"元", "%", "‰", "小时", "分钟", "天", "公里", "米"})


def named_beside(
    known: Known, best: Counted, mention: QuantityMention, around: Around, lead: frozenset[str]
) -> Counted | None:
    """Another stated figure whose noun stands right beside this one.

    Where the sentence has named the figure's own thing already, or the figure's own deed stands here, a noun
    alone is no proof: 徵文，共收到作品3724篇.
    """
    if best.quantity.unit_key in _TYPED or _is_spelt(best, around):
        return None  # 37.6萬元用於機井搶修: money counts no wells
    named = bool(long_grams(best.object) & lead)
    done = best.fit(around.tokens) > 0
    rivals = [
        (fit, c)
        for c in known.counted
        if c is not best and c.facts and c.facts != best.facts
        and (same_unit(c.quantity, mention) or c.object & around.near)
        and (fit := c.fit(around.tokens)) >= RIVAL_FIT
        and _is_named_near(c, around)
        and not (c.head in words("contestant") and "赛" in folded(best.label))
        and not (c.head and c.head in folded(best.label))
        and not (c.quantity.same_value(best.quantity) and c.quantity.same_unit(best.quantity))
        and (c.object or not done)
        and (not named or not c.action or c.action & around.tokens)
    ]  # fmt: skip
    return max(rivals, key=lambda pair: pair[0])[1] if rivals else None


def _is_spelt(best: Counted, around: Around) -> bool:
    """Whether what a figure counts stands about it in another order: 圖書送到鄉村, 送書下鄉."""
    label, said = set(folded(best.label)), set(around.before + around.after)
    return len(label & said) >= max(_SPELT_LEAST, _SPELT * len(label))


_SPELT_LEAST, _SPELT = 3, 0.6


def _is_named_near(counted: Counted, around: Around) -> bool:
    """Whether a figure's thing stands beside another figure.

    A thing is named by its head, the end of the noun: 整改 is no 整改率.
    """
    if counted.head:
        return counted.head in around.near
    if counted.object:
        return bool(long_grams(counted.object) & around.near)
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


def long_grams(grams: frozenset[str]) -> frozenset[str]:
    """Without single characters, which stand in too many words."""
    return frozenset(gram for gram in grams if len(gram) > 1)
