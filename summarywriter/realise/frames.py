"""Clause frames: what one fact says, before it is put into a sentence.

A `Frame` holds the parts of a clause (scope, actor, verb, object, quantity) apart, so that later
passes can merge frames that share a part, choose an order of words, and join clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactIndex, FactKind, whole_of
from summarywriter.facts.model import Status
from summarywriter.lexicon import split_label, table, verb
from summarywriter.realise.voice import Pieces, Voice, begins, contains, ends, folded_words, join
from summarywriter.slots import Piece, Slot

Order = Literal["attend", "join", "do", "cover", "pivot", "amount", "state"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One figure as a clause.

    Attributes:
        fact: Id of the figure.
        order: How its words go: ``attend`` 840名師生參與, ``join`` 3500人次參加植樹,
            ``do`` 發放手冊1500份, ``cover``
            覆蓋9個村組, ``pivot`` 組織1700名學生參觀, ``amount`` 合格率達98%, ``state`` 受教育群眾5000人次.
        scope: 當天, 全程 …
        actor: Whose figure it is, as given.
        action: The verb.
        object: What is counted.
        unit: Its measure word, folded.
        of: Id of the whole that it is part of.
    """

    fact: str
    order: Order
    scope: str = ""
    actor: str = ""
    action: str = ""
    object: str = ""
    unit: str = ""
    of: str = ""
    status: Status = Status.DONE

    @property
    def is_plain(self) -> bool:
        """Whether it is the activity's own and whole: no scope, no actor, no part."""
        return not (self.scope or self.actor or self.of)

    @property
    def merge_key(self) -> tuple[str, ...]:
        """Frames with the same key can share scope, actor and verb."""
        return (self.order, folded(self.scope), folded(self.actor), folded(self.action), self.of)


def figure_frame(index: FactIndex, fact: Fact) -> Frame:
    """The frame of a figure or a total."""
    figure, whole = fact.figure, whole_of(index, fact)
    assert figure is not None  # noqa: S101  a figure's fact always carries its figure
    assert fact.quantity is not None  # noqa: S101
    action, object_ = figure.action or "", figure.object
    if not action:
        found, rest = split_label(object_)
        action, object_ = found or "", rest
    frame = Frame(
        fact.id,
        "do",
        scope=figure.scope or "",
        actor=figure.actor or "",
        action=action,
        object=object_,
        unit=folded(fact.quantity.unit),
        of=whole.id if whole is not None else "",
        status=fact.status,
    )
    return _ordered(_lexical_verb(frame, index.event.script))


def _lexical_verb(frame: Frame, script: Script) -> Frame:
    """Give a bare noun the verb that goes with it (講座 → 舉辦), by the noun's ending."""
    if frame.action or frame.of or not frame.object:
        return frame
    text = folded(frame.object)
    if text.endswith(_folded_list("measures")):
        return frame
    endings = {folded(noun): word for noun, word in table("nouns")["verbs"].items()}
    best = max((noun for noun in endings if text.endswith(noun)), key=len, default="")
    if not best or frame.unit not in {folded(unit) for unit in table("nouns")["units"][endings[best]]}:
        return frame
    return replace(frame, action=to_script(endings[best], script) if script is Script.HANS else endings[best])


def _folded_list(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in table("nouns")[name])


def _ordered(frame: Frame) -> Frame:
    """Choose the order of words from the verb and the noun."""
    entry = verb(frame.action) or {}
    pivot_verb, rest = _pivot(frame.action)
    if folded(frame.object or frame.action).endswith(_folded_list("measures")):
        spent = frame.action and folded(frame.object).endswith(_folded_list("objects"))
        return frame if spent else replace(frame, order="amount")
    if pivot_verb and rest and is_people(frame.object):
        return replace(frame, order="pivot")
    came = _taking_part(frame, entry.get("frame"))
    if came is not None:
        return came
    if entry.get("frame") == "cover" and frame.object:
        return replace(frame, order="cover")
    if not frame.action:
        return replace(frame, order="state")
    return frame


def _taking_part(frame: Frame, kind: str | None) -> Frame | None:
    """The frame as one of those who came (840名師生參與, 3500人次參加植樹), or nothing."""
    attends = kind == "attend"
    if frame.of or not (attends or (kind == "hold" and frame.object)):
        return None
    acted_on = contains(frame.action, "acting_on") and is_people(frame.object)
    if acted_on and not _is_plainly_people(frame.object):
        return frame
    comes = contains(frame.action, "by_themselves")
    if comes or not frame.object or is_people(frame.object) or frame.unit in _PEOPLE_UNITS:
        crew = folded(frame.object) == "人员" and frame.unit in _PEOPLE_UNITS
        return replace(frame, order="attend", object="" if crew else frame.object)
    return replace(frame, order="join") if attends and frame.unit in _HEADS else None


def _pivot(action: str) -> tuple[str, str]:
    """組織參觀縣科技館 → 組織, 參觀縣科技館; no pivot verb gives two empty strings."""
    for size in (2, 3):
        entry = verb(action[:size])
        if entry and entry.get("pivot"):
            return action[:size], action[size:]
    return "", ""


def is_people(noun: str) -> bool:
    """Whether a noun names people, or bodies that act like people (單位, 學校, 區（局）)."""
    bare = re.sub(r"\([^()]*\)", "", folded(noun).replace("（", "(").replace("）", ")"))
    return bare.endswith(_folded_list("people"))


def _is_plainly_people(noun: str) -> bool:
    """Whether a noun is one of the words for people, with at most a word of two characters before it.

    體驗|盲區市民 is not: what stands before the people may be what the verb is done to.
    """
    text = folded(noun)
    if text in _folded_list("people"):
        return True
    known = folded_words("people_before")
    tail = max((word for word in _folded_list("people") if text.endswith(word)), key=len, default="")
    return bool(tail) and text[: -len(tail)] in known


_PEOPLE_UNITS = frozenset(folded("人名位戶家支隊所對組"))
_HEADS = frozenset(folded(unit) for unit in ("人次", "人", "名", "位"))
_LONG_NOUN = 12  # characters past which a noun stands before its number
_BEFORE_NOUN = frozenset(folded("名位家所個支對批隊組班條項場次期篇件"))


def counted(voice: Voice, frame: Frame, *, before: bool) -> Pieces:
    """Noun and number as one phrase.

    ``before`` asks for 840名師生; it is refused where it would read badly: a long noun, a noun that
    already ends in the measure word (住戶1200戶), or 人 before a noun (師生840人).
    """
    slot = Slot(frame.fact)
    noun = frame.object
    if not noun:
        return (slot,)
    doubled = folded(noun)[-1] in "约近" and folded(voice.index[frame.fact].text)[:1] == folded(noun)[-1]
    fits = (
        (before or doubled)  # 修訂|村規民約 約13份 reads 修訂約13份村規民約
        and len(noun) <= _LONG_NOUN
        and noun.count("、") <= 1
        and len(frame.unit) == 1
        and (doubled or frame.unit in _BEFORE_NOUN)
        and not folded(noun).endswith(frame.unit)
        and not voice.index[frame.fact].quantity_is_lost
    )
    return (slot, noun) if fits else (noun, slot)


def said(
    voice: Voice, frames: list[Frame], *, cumulative: str = "", scope: bool = True, actor: bool = True
) -> Pieces:
    """Frames that share a `Frame.merge_key` as one clause.

    Args:
        voice: The document's voice.
        frames: One or more, merged where more.
        cumulative: 共 or nothing; only totals take it.
        scope: False leaves the scope out, for it was said just before.
        actor: False leaves the actor out.
    """
    first = frames[0]
    lead: list[Piece] = []
    if first.scope and scope:
        lead.append(first.scope)
    if first.actor and actor:
        lead.append(first.actor)
    head: Pieces = tuple(lead)
    if first.order == "attend":
        people = join([counted(voice, frame, before=True) for frame in frames], "、")
        has: Pieces = (cumulative, voice.say("有")) if cumulative else ()
        return (*head, *has, *people, first.action)
    if first.order == "join":
        has = (cumulative, voice.say("有")) if cumulative else ()
        return (*head, *has, Slot(first.fact), first.action, first.object)
    if first.order == "pivot":
        verb_, rest = _pivot(first.action)
        return (*head, verb_, *join([counted(voice, frame, before=True) for frame in frames], "、"), rest)
    middle = (cumulative,) if cumulative else ()
    if first.order == "amount":
        parts: list[Pieces] = [_amount(voice, frame) for frame in frames]
        return (*head, *join(parts, "、"))
    before = first.order == "cover" and len(frames) == 1
    if first.order == "state" and first.unit == "%":
        shares: list[Pieces] = [(frame.object, voice.say("占"), Slot(frame.fact)) for frame in frames]
        return (*head, *join(shares, "、"))
    entry = verb(first.action) or {}
    if first.order == "state" and not first.of and _stands(first):
        middle = (*middle, voice.say("有"))
    parts = []
    for frame in frames:
        part = counted(voice, replace(frame, object=_object(frame)), before=before)
        if entry.get("duration") and _is_duration(frame):
            part = (frame.object, voice.say(entry["duration"]), Slot(frame.fact))
        parts.append(part)
    return (*head, *middle, first.action, *join(parts, "、"))


def _stands(frame: Frame) -> bool:
    """Whether a noun without a verb is a place that stands ready (有勸導站41個): not 志願者上崗."""
    acts = begins(frame.object, "acts") or ends(frame.object, "not_standing")
    return ends(frame.object, "standing") and not acts


def _object(frame: Frame) -> str:
    """Drop a noun that the verb already says: 送書|圖書 5萬冊 → 送書5萬冊."""
    action, noun = folded(frame.action), folded(frame.object)
    if action[1:] and noun and not noun[2:] and action[-1] == noun[-1]:
        return ""
    return frame.object


def _amount(voice: Voice, frame: Frame) -> Pieces:
    quantity = voice.index[frame.fact].quantity
    plain = quantity is not None and quantity.modifier.value in ("exact", "over") and not quantity.masked
    label = f"{frame.action}{frame.object}"
    if not plain or folded(label).endswith(_folded_list("unboasted")):
        return (label, Slot(frame.fact))
    bad = any(word in folded(label) for word in folded_words("unwelcome"))
    return (label, voice.say("為" if bad else "達"), Slot(frame.fact))


def _is_duration(frame: Frame) -> bool:
    return frame.unit in {"秒", "分", "分钟", "小时", "天", "分秒"}


def figures_of(index: FactIndex, ids: tuple[str, ...]) -> list[Frame]:
    """Frames of the figures and totals among ``ids``, in order."""
    return rooted(
        [figure_frame(index, index[i]) for i in ids if index[i].kind in (FactKind.FIGURE, FactKind.TOTAL)]
    )


def rooted(frames: list[Frame]) -> list[Frame]:
    """Frames in their order; a part whose whole is not among them, or is part of it, is told as a whole.

    A ring of parts, which no sheet should have, is opened at its first frame: nothing is lost.
    """
    above = {frame.fact: frame.of for frame in frames}
    out = []
    for frame in frames:
        seen, at = {frame.fact}, above[frame.fact]
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        lost = above[frame.fact] not in above or at == frame.fact
        if lost:
            above[frame.fact] = ""
        out.append(replace(frame, of="") if lost and frame.of else frame)
    return out


def is_early(frame: Frame) -> bool:
    """Whether a figure says what an activity began with (設諮詢臺, 出動隊員), not what came of it."""
    entry = verb(frame.action) or {}
    return bool(entry.get("early")) and not frame.of
