"""Names of events in sentences and headings: what was held, where, by whom."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from summarywriter.extract.eventnames import LEAD, Event, Named, any_head, event_at, heads, named_event
from summarywriter.extract.outline import Sentence
from summarywriter.extract.words import pattern
from summarywriter.lexicon import verb

#: What is quoted in a name may hold commas: 以“…，…”為主題的|宣傳活動.
_NAME = re.compile(r"(?:“[^”]{1,30}”(?:为|为主题)|[^,;。:!?]){2,44}")
_CLAUSE = re.compile(r"(?:“[^”]*”|《[^》]*》|(?<=[0-9]):(?=[0-9])|[^,;。:!?])+")


def events_in(sentence: Sentence) -> tuple[Event, ...]:
    """The events that a sentence names, in order, at most one way of naming in a clause."""
    return _events(sentence.form.text)


@lru_cache(maxsize=256)
def _events(form: str) -> tuple[Event, ...]:
    """A sentence is asked about several times in a row, and answers once."""
    found: list[Event] = []
    for clause in _CLAUSE.finditer(form):
        start, end = clause.span()
        named = _point(form, start, end) or _held(form, start, end) or _otherwise(form, start, end)
        if not named and start and form[start - 1] == ";":
            named = _deed(form, start, end)
        found += named
    if not found:
        found.extend(_deed(form, 0, len(form)))
    return tuple(sorted(found, key=lambda event: event.start))


def _held(form: str, start: int, end: int) -> list[Event]:
    found: list[Event] = []
    for match in pattern("held").finditer(form, start, end):
        if form[match.end() : match.end() + 1] in "者部单的" or (
            match.group() == "组织" and form[match.end() : match.end() + 2] in ("领导", "机构")
        ):
            continue
        name = _NAME.match(form, match.end())
        if name is None:
            continue
        lead = LEAD.match(name.group())
        begin = match.end() + (lead.end() if lead else 0)
        event = named_event(form, begin, name.end(), match.start()) or _in_quotes(form, begin, match.start())
        if event is not None and not any(e.start < event.end and event.start < e.end for e in found):
            found.append(event)
    return found


_QUOTES = re.compile(r"“[^”]{2,12}”(?=[,。;:]|活动|系列|专项|$)")


def _in_quotes(form: str, begin: int, verb_at: int) -> Event | None:
    """A name in quotation marks that is held: 開展|“春聯進班組”."""
    match = _QUOTES.match(form, begin)
    if match is None:
        return None
    return Event(begin, match.end(), verb_at, strong=True, head=match.group()[-3:-1])


def _otherwise(form: str, start: int, end: int) -> list[Event]:
    """An event that a clause names without a verb that holds it."""
    for find in (_subject, _dated, _scene, _leading):
        event = find(form, start, end)
        if event is not None:
            return [event]
    return []


_LONGEST = 40


def _begun(form: str, start: int, head: re.Match[str]) -> int:
    lead = pattern("before_name").match(form, start, head.end())
    return lead.end() if lead and lead.end() < head.start() else start


def _subject(form: str, start: int, end: int) -> Event | None:
    """An event that is what a clause is about: 開幕式|在廣場舉行, 非遺市集|在老碼頭開市."""
    for head in heads().finditer(form, start, end):
        if head.end() - start > _LONGEST:
            return None
        if not _held_after().match(form, head.end(), end):
            continue
        if pattern("organisation").search(form[start : head.end()]):
            continue
        event = event_at(form, _begun(form, start, head), head, start, Named.SUBJECT)
        if event is not None:
            return event
    return _quoted(form, start, end)


@cache
def _held_after() -> re.Pattern[str]:
    return re.compile(rf"{pattern('name_gap').pattern}(?:{pattern('after_name').pattern})")


_QUOTED = re.compile(r"(?:[^,“”]{0,10}的)?(?P<name>“[^”]{2,12}”)(?P<tail>[一-鿿]*)")


def _quoted(form: str, start: int, end: int) -> Event | None:
    """A name in quotation marks that does something: “漢服巡遊”|登場, “…”生肖文物展|展出文物92件."""
    lead = pattern("before_name").match(form, start, end)
    match = _QUOTED.match(form, lead.end() if lead else start, end)
    if match is None:
        return None
    begin = match.start("name")
    for stop in range(match.end("name"), min(match.end("tail"), match.end("name") + _LONGEST_TAIL)):
        if _held_after().match(form, stop) or verb(form[stop : stop + 2]) is not None:
            head = form[stop - 2 : stop].strip("”")
            return Event(begin, stop, begin, strong=True, head=head, named=Named.LEADING)
    return None


_LONGEST_TAIL = 8


def _dated(form: str, start: int, end: int) -> Event | None:
    """An event that has a day before it in one phrase: 昨天的|產業對接會, 5月8日的|義診."""
    for day in pattern("day_before").finditer(form, start, end):
        head = next(any_head().finditer(form, day.end(), min(end, day.end() + _NEAR)), None)
        if head is None or re.search("[,;、]", form[day.end() : head.start()]):
            continue
        event = event_at(form, day.end(), head, start, Named.DATED)
        if event is not None:
            return event
    return None


_NEAR = 18


def _scene(form: str, start: int, end: int) -> Event | None:
    """A ceremony that a sentence enters, 開幕式上."""
    match = pattern("scene").match(form, start, end)
    if match is None:
        return None
    begin, stop = match.span("name")
    return Event(begin, stop, start, strong=True, head=match["head"], named=Named.SCENE)


#: Possessive: a row of dates is read once, and never again in another division.
_WHEN = "(?:[0-9:时点分年月日号至—半-]|当天|同日|上午|下午|晚上?|随后|,)*+"
_LEADING = re.compile(
    rf"{_WHEN}(?P<name>“[^”]{{2,14}}(?:行动|活动|计划|集市|市集|大赛|比赛|音乐节)”(?:[^,。:“]{{0,6}}活动)?"
    r"|“[^”]{2,16}”(?=[^,。“]{0,6}(?:开幕|举行|启动|开讲|开赛|亮相|上演))"
    r"|(?:义诊|讲座|演练|培训|比赛|演出|座谈)(?=这边|现场|点|活动))"
)


def _leading(form: str, start: int, end: int) -> Event | None:
    """An event that a clause begins with, and that nobody is said to hold: 下午“敲門行動”."""
    match = _LEADING.match(form, start, end)
    if match is None:
        return None
    begin, stop = match.span("name")
    return Event(begin, stop, begin, strong=True, head=match["name"].strip("“”")[-2:], named=Named.LEADING)


_POINT = re.compile(r"[一二三四五六七八九]是(?P<name>[^,;。:0-9“”]{2,10})(?=[,:])")


def _point(form: str, start: int, end: int) -> list[Event]:
    """What a point of a list is about, where it has a day: 二是|年貨集|，1月18日."""
    match = _POINT.match(form, start, end + 1) if start == 0 or form[start - 1] in ";。:" else None
    if match is None or not _DAY.search(form, match.end(), match.end() + _NEAR):
        return []
    begin, stop = match.span("name")
    return [Event(begin, stop, begin, strong=True, head=match["name"][-2:], named=Named.POINT)]


_DAY = re.compile("[0-9]{1,2}[月日号]|当天|次日|同日")


def _deed(form: str, start: int, end: int) -> list[Event]:
    """A deed that is an event where it has a day of its own."""
    match = pattern("deeds").search(form, start, end)
    if match is None:
        return []
    return [
        Event(
            match.start(),
            match.end(),
            match.start(),
            strong=True,
            head=match.group()[-2:],
            bare=True,
            named=Named.DEED,
        )
    ]
