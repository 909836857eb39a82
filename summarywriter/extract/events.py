"""Names of events in sentences and headings: what was held, where, by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.extract.outline import Sentence
from summarywriter.extract.words import pattern, words
from summarywriter.lexicon import table as lexicon


@dataclass(frozen=True, slots=True)
class Event:
    """An event named in a sentence.

    Attributes:
        start: First character of the name, in the sentence's comparison form.
        end: One past its last.
        verb: Where the verb that holds it begins; the name's own start where none does.
        head: Its ending.
        bare: Whether it is named by its ending alone (舉辦講座), which a date must make one.
        strong: Whether its ending names one thing held (儀式, 講座), not just an activity.
    """

    start: int
    end: int
    verb: int
    strong: bool
    head: str = ""
    bare: bool = False


@cache
def _heads() -> re.Pattern[str]:
    known = {folded(w) for w in lexicon("events")["endings"]} | words("heads")
    known -= {"课", "展", "服务", "行动", "参观", "测试", "清理", "签约"}
    either = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(
        rf"(?:{either})(?:活动|班)?(?=[,;。:、!?)”\s]|$|[并和及与]|于|在|的|上(?!报)|中|后|期间|共|\d)"
    )


_SHORTEST_NAME = 3
_BARE = frozenset(
    {"讲座", "培训", "培训班", "比赛", "演出", "座谈", "义诊", "专题讲座", "健康讲座", "座谈会", "演练"}
)
_NAME = re.compile(r"[^,;。:!?]{2,44}")
_HELD_AFTER = re.compile(
    r"(?:于|在)[^,;。:]{2,30}?(?:举行|举办|召开|开展|拉开|启动)|(?:隆重|顺利|成功|正式|如期)?(?:举行|举办|召开|开展)"
)
#: A name begins after these: 举办了20xx年我区|开幕式.
_LEAD = re.compile(
    r"^(?:了|过|以.*?为主题的|以.*?为(?:主要)?内容的|一次|一场|一期|首场|首届|这次|本次|此次|全(?:市|区|县|镇|校)性?的?|有关|相关|富有特色的|形式多样的|丰富多彩的|一系列(?:的)?|"
    r"[0-9xX]{4}年(?:度)?(?:我[区市县校镇局])?|我[区市县校镇局]|为期[^的,]{1,5}的|主题为|名为|大型的|各类|多种形式的|,)+"
)


def events_in(sentence: Sentence) -> list[Event]:
    """The events that a sentence names, in order."""
    form = sentence.form.text
    found: list[Event] = []
    for match in pattern("held").finditer(form):
        if form[match.end() : match.end() + 1] in "者部单的" or (
            match.group() == "组织" and form[match.end() : match.end() + 2] in ("领导", "机构")
        ):
            continue
        name = _NAME.match(form, match.end())
        if name is None:
            continue
        stop = name.end()
        lead = _LEAD.match(name.group())
        begin = match.end() + (lead.end() if lead else 0)
        event = _named(form, begin, stop, match.start())
        if event is not None and not any(e.start < event.end and event.start < e.end for e in found):
            found.append(event)
    if not found:
        found.extend(_nominal(form) or _leading(form) or _deed(form))
    return sorted(found, key=lambda event: event.start)


def _named(form: str, begin: int, stop: int, verb: int) -> Event | None:
    last: re.Match[str] | None = None
    for head in _heads().finditer(form, begin, stop):
        last = head
        if not form.startswith(("暨", "和", "及", "、"), head.end()):
            break
    if last is None:
        return None
    name = form[begin : last.end()]
    inner = pattern("held").search(name)
    if inner and inner.end() < len(name) - 1 and not _LEAD.match(name[: inner.start()]):
        return None
    while (cut := _not_in().search(name)) and cut.end() < len(name) - 2:
        begin += cut.end()
        while form.startswith(("的", "'"), begin):
            begin += 1
        name = form[begin : last.end()]
    outside = re.sub("[“《][^”》]*[”》]", lambda m: "·" * len(m.group()), name)
    if (cut_at := outside.rfind("的")) >= 0:
        begin += cut_at + 1
        name = form[begin : last.end()]
    if _is_generic(name) and name not in _BARE:
        return None
    strong, ending = not last.group().startswith("活动"), last.group().removesuffix("活动")
    return Event(begin, last.end(), verb, strong, ending, bare=name in _BARE)


@cache
def _not_in() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("not_in_name"), key=len, reverse=True))))


def _nominal(form: str) -> list[Event]:
    """An event that is the subject: 開幕式在廣場舉行."""
    for head in _heads().finditer(form):
        if _HELD_AFTER.match(form, head.end()):
            begin = max((m.end() for m in re.finditer("[,;。:!?]", form[: head.start()])), default=0)
            lead = re.match(
                r"(?:[0-9一二三四五六七八九十xX]{1,4}[年月日号]|上午|下午|晚上?|当天|随后|由[^,]*?的)+",
                form[begin : head.end()],
            )
            begin += lead.end() if lead else 0
            if not _is_generic(form[begin : head.end()]) and head.end() - begin <= 40:  # noqa: PLR2004
                strong = not head.group().startswith("活动")
                return [Event(begin, head.end(), begin, strong, head.group().removesuffix("活动"))]
    return []


#: Possessive: a row of dates is read once, and never again in another division.
_WHEN = "(?:[0-9:时点分年月日号至—半-]|当天|同日|上午|下午|晚上?|随后|,)*+"
_LEADING = re.compile(
    rf"^{_WHEN}(?P<name>“[^”]{{2,14}}(?:行动|活动|计划|集市|市集|大赛|比赛)”(?:[^,。:“]{{0,6}}活动)?"
    r"|“[^”]{2,16}”(?=[^,。“]{0,6}(?:开幕|举行|启动|开讲|开赛|亮相|上演))"
    r"|(?:义诊|讲座|演练|培训|比赛|演出|座谈)(?=这边|现场|点|活动))"
)


def _deed(form: str) -> list[Event]:
    """A deed that is an event where it has a day of its own."""
    match = pattern("deeds").search(form)
    if match is None:
        return []
    return [Event(match.start(), match.end(), match.start(), strong=True, head=match.group()[-2:], bare=True)]


def _leading(form: str) -> list[Event]:
    """An event that a sentence begins with, and that nobody is said to hold: 下午“敲門行動”."""
    match = _LEADING.match(form)
    if match is None:
        return []
    start, end = match.span("name")
    return [Event(start, end, start, strong=True, head=match["name"].strip("“”")[-2:])]


def _is_generic(name: str) -> bool:
    bare = name.strip("“” ")
    return (
        len(bare) < _SHORTEST_NAME
        or bare in words("generic")
        or bool(re.search(r"^(?:各|其他|有关|相关|多种|多项|此|本|该)", bare))
    )


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
    name = form[:stop].rstrip(" ,、")
    ends = [m.end() for m in _heads().finditer(name)]
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
