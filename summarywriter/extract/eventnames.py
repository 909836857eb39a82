"""What an event is called: the endings that make a name one, and where it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.extract.words import pattern, words
from summarywriter.lexicon import table as lexicon


class Named(StrEnum):
    """How a sentence names an event."""

    HELD = "held"  # 舉行|開幕式
    SUBJECT = "subject"  # 開幕式|在廣場舉行, 市集|開市
    SCENE = "scene"  # 開幕式上，…
    DATED = "dated"  # 昨天的|對接會
    LEADING = "leading"  # 下午“敲門行動”
    DEED = "deed"  # 巡迴義診
    POINT = "point"  # 二是|年貨集


@dataclass(frozen=True, slots=True)
class Event:
    """An event named in a sentence.

    Attributes:
        start: First character of the name, in the sentence's comparison form.
        end: One past its last.
        verb: Where the verb that holds it begins; the name's own start where none does.
        strong: Whether its ending names one thing held (儀式, 講座), not just an activity.
        head: Its ending.
        bare: Whether it is named by its ending alone (舉辦講座), which a date must make one.
        named: How it is named.
    """

    start: int
    end: int
    verb: int
    strong: bool
    head: str = ""
    bare: bool = False
    named: Named = Named.HELD


@cache
def heads() -> re.Pattern[str]:
    """An ending of an event's name, with what may follow it."""
    known = {folded(w) for w in lexicon("events")["endings"]} | words("heads")
    known -= {"课", "展", "服务", "行动", "参观", "测试", "清理", "签约"}
    either = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(
        rf"(?:{either}|{pattern('head_shapes').pattern})(?:活动|班)?"
        r"(?=[,;。:、!?)(”\s]|$|[并和及与暨]|于|在|的|上(?!报)|中|后|期间|现场|共|如期|如约|同[期样步]|陆续|相继|顺利|隆重|正式|成功|也|还|已|将|\d|"
        rf"{pattern('after_name').pattern})"
    )


@cache
def any_head() -> re.Pattern[str]:
    """A head whatever follows it: after a day, 對接會數據 names the 對接會."""
    known = heads().pattern.partition("(?=[,;。")[0]
    return re.compile(rf"(?:{known}|{'|'.join(sorted(words('loose_heads'), key=len, reverse=True))})")


_SHORTEST_NAME = 3
_BARE = frozenset(
    {"讲座", "培训", "培训班", "比赛", "演出", "座谈", "义诊", "专题讲座", "健康讲座", "座谈会", "演练"}
)
#: A name begins after these: 举办了20xx年我区|开幕式.
LEAD = re.compile(
    r"^(?:了|过|个|以.*?为主题的|以.*?为(?:主要)?内容的|一次|一场|一期|一堂|一节|首场|首届|这次|本次|此次|全(?:市|区|县|镇|校)性?的?|有关|相关|富有特色的|形式多样的|丰富多彩的|一系列(?:的)?|"
    r"[0-9xX]{4}年(?:度)?(?:我[区市县校镇局])?|我[区市县校镇局]|为期[^的,]{1,5}的|主题为|名为|大型的|各类|多种形式的|,)+"
)


def named_event(form: str, begin: int, stop: int, verb_at: int) -> Event | None:
    """The event that is named in a stretch after a verb that holds it."""
    last: re.Match[str] | None = None
    for head in heads().finditer(form, begin, stop):
        last = head
        if not form.startswith(("暨", "和", "及", "、"), head.end()):
            break
    if last is None:
        return None
    return event_at(form, begin, last, verb_at, Named.HELD)


def event_at(form: str, begin: int, head: re.Match[str], verb_at: int, named: Named) -> Event | None:
    """The event whose name ends in a head, cut free of what only leads to it."""
    name = form[begin : head.end()]
    inner = pattern("held").search(name)
    if inner and inner.end() < len(name) - 1 and not LEAD.match(name[: inner.start()]):
        return None
    while (cut := _not_in().search(name)) and cut.end() < len(name) - 2:
        begin += cut.end()
        while form.startswith(("的", "'"), begin):
            begin += 1
        name = form[begin : head.end()]
    lead = LEAD.match(name)
    if lead is not None and lead.end() < len(name) - 1:
        begin += lead.end()
        name = form[begin : head.end()]
    outside = re.sub("[“《][^”》]*[”》]", lambda m: "·" * len(m.group()), name)
    if (cut_at := outside.rfind("的")) >= 0:
        begin += cut_at + 1
        name = form[begin : head.end()]
    if _is_generic(name) and name not in _BARE:
        return None
    if "“" in name and "”" not in name and form.startswith("”", head.end()):
        strong, ending = not head.group().startswith("活动"), head.group()
        return Event(begin, head.end() + 1, verb_at, strong, ending, named=named)
    strong = not head.group().startswith("活动") or "”" in name
    ending = head.group().removesuffix("活动")
    return Event(begin, head.end(), verb_at, strong, ending, bare=name in _BARE, named=named)


@cache
def _not_in() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("not_in_name"), key=len, reverse=True))))


def _is_generic(name: str) -> bool:
    bare = name.strip("“” ")
    return len(bare) < _SHORTEST_NAME or bare in words("generic") or bool(pattern("no_name").search(bare))


def heading_event(heading: str) -> str:
    """The name of the activity that a heading announces, opinions taken off; ``""`` where it names none.

    >>> heading_event("科技活動周開幕式隆重新穎")
    '科技活動周開幕式'
    """
    form = folded(heading)
    if len(form) != len(heading) or form.count(",") > 0 or form.count("、") > 1:
        return ""
    cut = pattern("praise").search(form)
    stop = cut.start() if cut else len(form)
    bracket = re.search(r"\([^)]*$", form[:stop])
    stop = bracket.start() if bracket else stop
    name = form[:stop].rstrip(" ,、")
    ends = [m.end() for m in heads().finditer(name)]
    if ends:
        return heading[: max(ends)] if len(name) - max(ends) > 6 else heading[: len(name)]  # noqa: PLR2004
    if (
        re.search(
            "进(?:社区|校园|学校|企业|乡村|农村|机关|家庭|网络|军营|景区|课堂)|下乡|宣讲|科普知识|送.{1,6}进",
            name,
        )
        and stop >= _SHORTEST_NAME
    ):
        return heading[: len(name)]
    return ""


def alike(one: str, other: str) -> bool:
    """Whether two names are likely of one event: most of the shorter one's bigrams are in the other."""
    first, second = content_ngrams(one), content_ngrams(other)
    if not first or not second:
        return False
    least = min(len(first), len(second))
    return len(first & second) >= 0.6 * least
