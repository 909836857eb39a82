"""Words for the author's place and for the event: 全鎮, 我區, 臨江鎮, 科技活動周 (the data: words.yaml)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.facts.model import EventFacts, Level
from summarywriter.genres.headings import printed
from summarywriter.resources import read_text

_QUOTES = re.compile('[“”‘’「」『』《》"]')
_YEAR = re.compile(r"^(?:[0-9０-９xX×]{4}|[〇○零Oo一二三四五六七八九]{4})年?(?:度)?(?![届屆級级])")
_HAN_NAME = re.compile(r"[\u3400-\u9fffA-Za-z]{2,}")
_SHORTEST_HEAD = 3
_SHORTEST_TAIL = 3
"""Characters of the author's name that a title may begin with alone: 科技局 of 潯陽區科技局."""


@functools.cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load(read_text("genres", "words.yaml"))
    return data


@functools.cache
def _by_length(*keys: str) -> tuple[str, ...]:
    """Keys of a table, the longest first: 自治區 before 區."""
    table: Any = _data()
    for key in keys:
        table = table[key]
    return tuple(sorted(table, key=lambda word: (-len(word), word)))


def level_of(event: EventFacts) -> Level | None:
    """The sheet's level, else what the author's name says: a 小學 is a school, a 區局 a district's."""
    if event.level is not None:
        return event.level
    if not event.unit:
        return None
    body = _body(event.unit)
    if body:
        return Level(_data()["bodies"][body]["level"])
    ending, _ = _place(event.unit, None)
    return Level(_data()["places"][ending]["level"]) if ending else None


def words(event: EventFacts) -> Mapping[str, str]:
    """Reference words for a sheet, in its script.

    Returns:
        ``whole`` (全鎮), ``our`` (我鎮), ``our_unit`` (我局, for an author that is an office; else as
        ``our``), ``locality`` (臨江鎮; empty where the sheet names none), ``unit_short`` (鎮政府, 公司,
        學校: the author after the first mention), ``event`` (科技活動周), ``during`` (活動周期間).
    """
    level, unit, script = level_of(event), event.unit or "", event.script
    entry = _data()["levels"].get(level.value if level else "", {})
    ending, locality, short = "", "", ""
    body = _body(unit)
    if body:
        entry = _data()["bodies"][body]
    else:
        ending, locality = _place(unit, level)
        entry = _data()["places"][ending] if ending else entry
        short = _office_name(unit, locality, ending, level, script)
    tail = "" if body else _office(unit)
    itself = _itself(unit, tail)
    whole, our = entry.get("whole", ""), entry.get("our", "")
    if ending and level and _rank(Level(entry["level"])) > _rank(level):
        # 臨汀區葦塘市場監管所 speaks for its own streets, and not for 全區.
        whole, our = itself.replace("我", "全", 1), itself
    name = event_name(event, locality=locality)
    return {
        "whole": printed(whole, script),
        "our": printed(our, script),
        "our_unit": printed(itself or our, script),
        "locality": locality,
        "unit_short": short or printed(entry.get("self", ""), script),
        "event": name,
        "event_full": _full(name, script),
        "during": _during(name, script),
    }


_RANKS = (Level.TOWNSHIP, Level.DISTRICT, Level.CITY, Level.PROVINCE)


def _rank(level: Level) -> int:
    """How wide a territory is; a school, a company or an institution has none."""
    return _RANKS.index(level) + 1 if level in _RANKS else 0


def _itself(unit: str, tail: str) -> str:
    """我局, 我會, 我中心: what an office calls itself."""
    known = _ends(unit, _by_length("selves"))
    short = str(_data()["offices"].get(tail, ""))  # 監督管理局 is 我局
    return str(_data()["selves"][known]) if known else f"我{short}" if len(short) == 1 else ""


def _ends(text: str, endings: Iterable[str]) -> str:
    form = folded(text)
    forms = _forms(tuple(endings))
    if not form.endswith(tuple(forms)):  # nearly every time
        return ""
    return next(ending for known, ending in forms.items() if form.endswith(known))


@functools.cache
def _forms(endings: tuple[str, ...]) -> dict[str, str]:
    """Endings by their comparison form, in their order; the first of two that fold alike."""
    forms: dict[str, str] = {}
    for ending in endings:
        forms.setdefault(folded(ending), ending)
    return forms


def _body(unit: str) -> str:
    return _ends(unit, _by_length("bodies"))


def _office(unit: str) -> str:
    return _ends(unit, _by_length("offices"))


def _place(unit: str, level: Level | None) -> tuple[str, str]:
    """The ending of the place in an author's name, and the place itself where it has a name.

    臨江鎮人民政府 → 鎮, 臨江鎮; 區科技局 → 區, no name. The place of the sheet's own level is preferred:
    伊春市南岔區司法局 of a district is 南岔區's.
    """
    form = folded(unit)
    found: list[tuple[int, str]] = []
    taken: set[int] = set()
    for ending in _by_length("places"):
        tail = folded(ending)
        start = form.find(tail)
        while start >= 0:
            end = start + len(tail)
            if end not in taken and not _is_inside_word(form, start, end):
                taken.add(end)
                found.append((end, ending))
            start = form.find(tail, start + 1)
    if not found:
        return "", ""
    found.sort()
    fitting = [item for item in found if level and _data()["places"][item[1]]["level"] == level.value]
    end, ending = (fitting or found)[-1]
    # A name has a character of its own before its ending: 福州 is not a 州 with a nameless 市 after it, and
    # what stands first (鎮江市, 市中區) ends no place before this one.
    before = max(
        (other for other, mark in found if len(mark) < other < end - len(ending)),
        default=0,
    )
    name = unit[before:end]
    named = len(name) > len(ending) and _HAN_NAME.fullmatch(name) is not None
    return ending, name if named else ""


_NAMED_BY_OFFICE = frozenset({"社區", "街道", "村"})
"""Places whose office is named alone: 居委會, 辦事處, 村委會."""
_NO_PLACE = (
    "市場",
    "市政",
    "市民",
    "市容",
    "市監",
    "區域",
    "村民",
    "村鎮",
    "鄉村",
    "鄉鎮",
    "社區",
    "縣域",
    "州縣",
)


def _is_inside_word(form: str, start: int, end: int) -> bool:
    """Whether what looks like a place's ending is part of a word: 市場監督管理局, 鄉村振興局."""
    for word in map(folded, _NO_PLACE):
        at = form.find(word, max(0, start - len(word) + 1))
        if 0 <= at <= start and end <= at + len(word) and form[start:end] != word:
            return True
    return False


def _office_name(unit: str, locality: str, ending: str, level: Level | None, script: Script) -> str:
    """The author's short name: 潯陽區科技局 → 區科技局, 臨江鎮人民政府 → 鎮政府."""
    if not unit:
        return ""
    if not locality:
        return unit
    rest = unit[unit.find(locality) + len(locality) :]
    if not rest:
        return ""
    tail = _office(rest)
    place = (
        unit[len(unit) - len(rest) - 1]
        if len(ending) == 1
        else _data()["self_by_level"].get(level.value if level else "", "")
    )
    place = printed(place, script)
    if folded(rest) == folded(tail):
        return (
            f"{place}{printed(_data()['offices'][tail], script)}" if ending not in _NAMED_BY_OFFICE else rest
        )
    return f"{place}{rest}"


def event_name(event: EventFacts, *, locality: str = "") -> str:
    """What the event is called: from the title, else from the document it rests on.

    The title less the author, the year and what kind of text it is: 潯陽區科技局2018年“科技活動周”工作總結
    → 科技活動周.
    """
    fixed = _data()["event"]
    titles = [event.title, *(basis.title for basis in event.basis if basis.title)]
    for title in titles:
        text = _stripped(title.strip(), event.unit or "", locality)
        tail = _ends(text, _by_length("event", "tails"))
        text = text[: len(text) - len(tail)].strip("的 ")
        bare = _QUOTES.sub("", text)
        if not bare:
            continue
        # “科技活動周” is the event's name and needs no marks; “三八”維權周 has them inside.
        whole = len(bare) + 2 == len(text) and _QUOTES.match(text[0]) and _QUOTES.match(text[-1])
        text = bare if whole else text
        kind = fixed["tails"][tail] if tail else False
        if kind and not _ends(bare, fixed["nouns"]):
            text += printed(kind if isinstance(kind, str) else fixed["other"], event.script)
        return text
    return printed(fixed["other"], event.script)


def _stripped(text: str, unit: str, locality: str) -> str:
    """A title without author, place, year and the verb of holding."""
    known = _ends(unit, _by_length("short"))
    called = unit[: len(unit) - len(known)] + _data()["short"][known] if known else ""
    called = to_script(called, Script.HANS) if called and to_script(unit, Script.HANS) == unit else called
    tails = {name[start:] for name in (unit, called) for start in range(len(name))
             if len(name) - start >= _SHORTEST_TAIL}  # fmt: skip
    tails |= {called} - {""}
    heads = {unit[:end] for end in range(_SHORTEST_HEAD, len(unit))}  # 禾滿倉超市 of 禾滿倉超市有限公司
    fronts = sorted(filter(None, {unit, locality, *tails, *heads}), key=len, reverse=True)
    changed = True
    while changed and text:
        before = text
        for front in (*fronts, *_data()["event"]["leads"]):
            if folded(text).startswith(folded(front)) and len(text) > len(front):
                text = text[len(front) :]
                break
        text = _YEAR.sub("", text).lstrip("的 　")
        changed = text != before
    return text


def _full(event: str, script: Script) -> str:
    """消防宣傳月 is held as 消防宣傳月活動; what says itself that it is something done stays as it is."""
    fixed = _data()["event"]
    other = printed(fixed["other"], script)
    if other in event or (_ends(event, fixed["nouns"]) and not _ends(event, fixed["times"])):
        return event
    return event + other


def _during(event: str, script: Script) -> str:
    fixed = _data()["event"]
    if _ends(event, (fixed["work"],)):
        return ""
    spans = sorted(fixed["spans"], key=len, reverse=True)
    span = _ends(event, spans)
    word = event[len(event) - len(span) :] if span else printed(fixed["other"], script)
    return f"{word}{printed(fixed['during'], script)}"
