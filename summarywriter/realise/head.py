"""One way to bring an activity in, and the parts that all ways share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.realise.frames import Frame
from summarywriter.realise.scene import (
    Scene,
    event_entry,
    is_clause,
    is_title,
    is_topical,
    is_verbal,
    short_noun,
)  # fmt: skip
from summarywriter.realise.voice import Pieces, Voice, begins, contains
from summarywriter.slots import Slot


@dataclass(frozen=True, slots=True)
class Head:
    """One way to bring an activity in.

    Attributes:
        opens: Kind of opening.
        pieces: The clause.
        used: Ids of the facts that it tells.
        leads_in: The same facts told so that another clause must follow: 勸導方面，….
        spare: Whether it is taken only where every other opening has been heard too often.
    """

    opens: str
    pieces: Pieces
    used: frozenset[str]
    leads_in: Pieces = ()
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that the candidates share.

    Attributes:
        title: The name, with 活動 where it needs one.
        act: Verb and name (舉辦講座), or a name that is a clause itself.
        full: The name under its theme (以“…”為主題的講座).
        verbal: Whether it is such a name.
        passive: The verb that follows a name (舉行), and how often.
        when: Slot of the date, or nothing.
        where: 在 and the place, or nothing.
        theme: 圍繞 and the slogan, or nothing.
        base: Ids of name, date and place.
        often: Id of how often it was held; told by act, full and passive.
        slogan: Id of the slogan that ``theme`` tells.
        themed: Ids of the slogan and of the theme that act and full tell.
    """

    title: Pieces
    act: Pieces
    full: Pieces
    verbal: bool
    passive: Pieces
    when: Pieces
    where: Pieces
    theme: Pieces
    base: frozenset[str]
    often: frozenset[str]
    slogan: frozenset[str]
    themed: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """What is told by a head that puts the name first, its slogan after it."""
        return self.base | self.often | self.slogan

    @property
    def held(self) -> frozenset[str]:
        """What is told by a head that says who holds it, the theme before the name."""
        return self.base | self.often | self.themed


def parts_of(voice: Voice, scene: Scene) -> Parts:
    """The parts of ``scene`` from which all ways to bring it in are made."""
    entry = event_entry(scene.name.text)
    verbal = is_verbal(scene.name.text) and not _is_watchword(scene) and not scene.titled
    title: Pieces = (Slot(scene.name.id),)
    short = short_noun(scene.name.text)
    named: Pieces = title
    if scene.titled:
        title = (short or voice.say("活動"),)
        named = named if short else title  # 科協舉行晚會 would be another than the heading's
    elif not entry["known"] and not verbal:
        title = named = (*title, voice.say("活動"))
    theme, under = _theme(voice, scene), _under(voice, scene) if not verbal else ()
    times = next((f for f in scene.figures if _counts_times(scene, f)), None) if not verbal else None
    often: Pieces = (Slot(times.fact),) if times is not None else ()
    slogan = frozenset(fact.id for fact in scene.quotes if theme)
    return Parts(
        title,
        title if verbal else (voice.say(entry["verb"]), *under, *named, *often),
        (*under, *named, *often),
        verbal,
        (voice.say(_passive(entry, scene)), *often),
        (Slot(scene.date.id),) if scene.date else (),
        at(voice, scene.place) if scene.place else (),
        theme,
        frozenset(fact.id for fact in (scene.name, scene.date, scene.place) if fact is not None),
        frozenset(frame.fact for frame in (times,) if frame is not None),
        slogan,
        slogan | frozenset(fact.id for fact in (scene.theme,) if fact is not None and under),
    )


def _counts_times(scene: Scene, frame: Frame) -> bool:
    """舉辦3期, 開展12場, and 舉辦培訓12場 of 通用培訓: how often the activity itself was held."""
    itself = not frame.object or (
        folded(scene.name.text).endswith(folded(frame.object)) and bool(scene.date is None or not scene.brief)
    )
    held = contains(frame.action, "holding_verbs") and itself
    return held and frame.is_plain and contains(frame.unit, "counters") and frame.status is Status.DONE


def _under(voice: Voice, scene: Scene) -> Pieces:
    """以“…”為主題的, where the sheet gives the activity a theme of its own."""
    return (voice.say("以"), Slot(scene.theme.id), voice.say("為主題的")) if scene.theme is not None else ()


_FOUR = 4  # characters of a name that is a set phrase (直播助農)
_WATCHWORD = 8  # characters of a verb and object that still reads as a name


def _is_watchword(scene: Scene) -> bool:
    """Whether a short verb and object stands alone, and reads better as a name: 開展清理房前屋後活動."""
    if is_clause(scene.name.text):
        return False
    alone = not (scene.date or scene.hosts or scene.place) and len(scene.name.text) <= _WATCHWORD
    return alone or len(scene.name.text) <= _FOUR


def _passive(entry: dict[str, Any], scene: Scene) -> str:
    """The verb after the name; what lasts is 開展 rather than 舉行, but a show or a course is 舉辦."""
    if entry["kind"] == "meet":
        return "召開"
    if not entry["known"] or entry["kind"] != "held":
        return "開展"
    if scene.brief or "passive" in entry:
        return str(entry.get("passive", "舉行"))
    return str(entry["verb"]) if entry["verb"] in ("舉辦", "舉行") else "開展"


def on(voice: Voice, scene: Scene) -> Pieces:
    """於 before a date; a recurring day (每周三) goes without."""
    value = scene.date.date if scene.date is not None else None
    return () if value is not None and value.start.is_empty else (voice.say("於"),)


def at(voice: Voice, place: Fact) -> Pieces:
    """在 and a place, or the place alone where it brings its own preposition."""
    own = begins(place.text, "place_prepositions")
    return (Slot(place.id),) if own else (voice.say("在"), Slot(place.id))


def _theme(voice: Voice, scene: Scene) -> Pieces:
    """圍繞“…” for a slogan that is the activity's own; books and topics are told elsewhere."""
    if len(scene.quotes) != 1 or is_title(scene.quotes[0]) or is_topical(scene.name.text):
        return ()
    slogan = scene.quotes[0]
    if folded(slogan.text.strip("“”「」")) in folded(scene.name.text):
        return ()
    return (voice.say("圍繞"), Slot(slogan.id))
