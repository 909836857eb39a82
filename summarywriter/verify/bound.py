"""What came of a figure of the text: the stated one it is, or was meant to be."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from summarywriter.chinese.quantities import Quantity, QuantityMention
from summarywriter.chinese.text import folded
from summarywriter.verify.around import Around
from summarywriter.verify.house import are_one
from summarywriter.verify.known import Counted
from summarywriter.verify.words import mapping

#: From this fit on, the words around a figure say what a stated figure counts.
GOOD_FIT = 0.5
RIVAL_FIT = 0.6


@dataclass(frozen=True, slots=True)
class Binding:
    """A figure of the text with what came of it.

    Attributes:
        mention: The figure.
        around: The words about it.
        counted: The stated figure it is, or was meant to be.
        verdict: ``""`` for a match, else the code of what is wrong.
        meant: The stated figure that the words mean, where it is another one.
        topic: The knob of `Policy` that rules on the verdict, if one does.
    """

    mention: QuantityMention
    around: Around
    counted: Counted | None
    verdict: str = ""
    meant: Counted | None = None
    topic: str = ""


_SECONDS = {"秒": 1, "秒钟": 1, "分": 60, "分钟": 60, "小时": 3600, "个小时": 3600, "钟头": 3600}


def in_seconds(quantity: Quantity) -> Decimal | None:
    """A length of time in one unit, so that 90分鐘 is 一個半小時."""
    per = _SECONDS.get(quantity.unit_key)
    return quantity.value * per if per and quantity.value is not None and quantity.high is None else None


_BODIES = frozenset({"个", "家", "所"})


@functools.cache
def _alike() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(map(folded, pair)) for pair in mapping("counted_alike"))


_DAYS = frozenset({"天", "日"})
_OF_DAYS = re.compile("[一-鿿]{0,3}日")


def same_unit(stated: Quantity, mention: QuantityMention) -> bool:
    """Whether a figure of the text counts by a stated measure word, or by one that may stand for it."""
    told = mention.quantity
    if stated.same_unit(told):
        return True
    ours, theirs = stated.unit_key, told.unit_key
    if are_one(ours, theirs):
        return True
    if ours[:1] in _BODIES and theirs[:1] in _BODIES:
        return True  # 15個單位 and 15家單位 count alike
    if frozenset((ours, theirs)) in _alike():
        return True
    if theirs == "个" and ours in _DAYS and _OF_DAYS.match(folded(mention.tail)):
        return True  # 六個開放日, of six days
    if not theirs:
        return folded(mention.tail).startswith(ours)  # a measure word that no lexicon has
    # 11支隊伍 read whole where the sheet counts 隊伍 by 支; 場次 is no 場.
    short, long = sorted((ours, theirs), key=len)
    return bool(short) and long.startswith(short) and len(long) - len(short) >= 2  # noqa: PLR2004
