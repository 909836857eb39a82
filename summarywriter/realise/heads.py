"""How an activity is brought in: by its day, its place, its host, its people, or its own name.

Every way that the facts allow is a candidate; the one whose opening was heard least lately is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.realise.aggregate import merge
from summarywriter.realise.frames import Frame, counted, said
from summarywriter.realise.scene import (
    Scene,
    event_entry,
    is_clause,
    is_outcome,
    is_subjectless,
    is_title,
    is_topical,
    is_verbal,
    short_noun,
)  # fmt: skip
from summarywriter.realise.voice import Pieces, Voice, begins, contains, ends, join
from summarywriter.slots import Cite, Slot


@dataclass(frozen=True, slots=True)
class Head:
    """One way to bring an activity in.

    Attributes:
        opens: Kind of opening.
        pieces: The clause.
        used: Ids of the facts that it tells.
        leads_in: The same facts told so that another clause must follow: 勸導方面，….
    """

    opens: str
    pieces: Pieces
    used: frozenset[str]
    leads_in: Pieces = ()


@dataclass(frozen=True, slots=True)
class _Parts:
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
        themed: Ids of the slogan and the theme.
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
    themed: frozenset[str]


def heads(voice: Voice, scene: Scene) -> list[Head]:
    """All ways to bring ``scene`` in, the best first; none where its heading has done so already."""
    if scene.titled and scene.name.status is not Status.DONE:
        scene.titled = False
    parts = _parts(voice, scene)
    circumstances = bool(scene.date or scene.place or scene.hosts or scene.theme)
    counting = bool(scene.figures) and bool(parts.often or _counts_itself(scene, scene.figures[0]))
    more = bool(scene.details or scene.figures or scene.people)
    if scene.titled and not circumstances and not counting and more:
        return [Head("titled", (), parts.base)]
    if scene.name.status is not Status.DONE:
        return [_not_done(voice, scene, parts)]
    named = bool(scene.hosts) and _names_host(scene)
    if scene.hosts and not named:
        return _hosted(voice, scene, parts)
    said_already = _said_below(voice, scene, parts) if not scene.hosts else []
    if said_already and not scene.date:
        return said_already
    out = [*said_already, *_unhosted(voice, scene, parts, by_name=named)]
    if named:
        told = frozenset((scene.hosts[0].id,))
        out = [Head(head.opens, head.pieces, head.used | told) for head in out]
    if parts.themed:  # a candidate that tells the slogan goes before one that leaves it over
        out.sort(key=lambda head: not parts.themed <= head.used)
    return out


def _parts(voice: Voice, scene: Scene) -> _Parts:
    entry = event_entry(scene.name.text)
    verbal = is_verbal(scene.name.text) and not _is_watchword(scene) and not scene.titled
    title: Pieces = (Slot(scene.name.id),)
    if scene.titled:
        title = (short_noun(scene.name.text) or voice.say("活動"),)
    elif not entry["known"] and not verbal:
        title = (*title, voice.say("活動"))
    theme, under = _theme(voice, scene), _under(voice, scene) if not verbal else ()
    times = next((f for f in scene.figures if _counts_times(f)), None) if not verbal else None
    often: Pieces = (Slot(times.fact),) if times is not None else ()
    return _Parts(
        title,
        title if verbal else (voice.say(entry["verb"]), *under, *title, *often),
        (*under, *title, *often),
        verbal,
        (voice.say(_passive(entry, scene)), *often),
        (Slot(scene.date.id),) if scene.date else (),
        at(voice, scene.place) if scene.place else (),
        theme,
        frozenset(fact.id for fact in (scene.name, scene.date, scene.place) if fact is not None),
        frozenset(frame.fact for frame in (times,) if frame is not None),
        frozenset(fact.id for fact in scene.quotes if theme)
        | frozenset(fact.id for fact in (scene.theme,) if fact is not None and under),
    )


def _counts_times(frame: Frame) -> bool:
    """舉辦3期, 開展12場: how often the activity itself was held."""
    held = contains(frame.action, "holding_verbs") and not frame.object
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
    """The verb after the name; what lasts is 開展 rather than 舉行."""
    if entry["kind"] == "meet":
        return "召開"
    return "舉行" if entry["known"] and entry["kind"] == "held" and scene.brief else "開展"


def _on(voice: Voice, scene: Scene) -> Pieces:
    """於 before a date; a recurring day (每周三) goes without."""
    value = scene.date.date if scene.date is not None else None
    return () if value is not None and value.start.is_empty else (voice.say("於"),)


def at(voice: Voice, place: Fact) -> Pieces:
    """在 and a place, or the place alone where it brings its own preposition."""
    own = begins(place.text, "place_prepositions")
    return (Slot(place.id),) if own else (voice.say("在"), Slot(place.id))


def _not_done(voice: Voice, scene: Scene, parts: _Parts) -> Head:
    """市文明辦擬於5月在東湖舉辦書市；在上塘正在開展清淤: never told as done."""
    hosts = (Slot(scene.hosts[0].id),) if scene.hosts else ()
    used = parts.base | parts.often | {fact.id for fact in scene.hosts[:1]}
    if scene.theme is not None and not parts.verbal:
        used = used | {scene.theme.id}
    if scene.planned:
        on = (*_on(voice, scene), *parts.when) if parts.when else ()
        pieces = (*hosts, voice.say("擬"), *on, *parts.where, *parts.act)
        return Head("host" if hosts else "planned", pieces, used)
    lead = (*parts.when, "，") if parts.when else ()
    opens = "date" if lead else "host" if hosts else "place" if parts.where else "ongoing"
    return Head(opens, (*lead, *hosts, *parts.where, voice.say("正在"), *parts.act), used)


def _said_below(voice: Voice, scene: Scene, parts: _Parts) -> list[Head]:
    """An activity whose first words below say its name again (表彰: 表彰先進10名) is told by them alone."""
    name = folded(scene.name.text)
    lead = (*parts.when, "，", *parts.where) if parts.when else parts.where
    opens = "date" if parts.when else "place" if parts.where else "verb"
    cite = Cite((scene.name.id,))
    if scene.details and folded(scene.details[0].text).startswith(name):
        detail = scene.details[0]
        return [Head(opens, (*lead, Slot(detail.id), cite), parts.base | {detail.id})]
    first = scene.figures[0] if scene.figures else None
    if (
        first
        and first.is_plain
        and first.order in ("do", "cover", "attend")
        and sorted(folded(first.action + first.object)) == sorted(name)  # 舊衣回收: 回收舊衣
    ):
        return [Head(opens, (*lead, *said(voice, [first]), cite), parts.base | {first.fact})]
    return []


# --- with a host ---------------------------------------------------------------------------------


def _hosted(voice: Voice, scene: Scene, parts: _Parts) -> list[Head]:
    counting = _counted_host(scene)
    host: Pieces = (Slot(scene.hosts[0].id),)
    used = parts.base | parts.often | parts.themed | {scene.hosts[0].id}
    if counting is not None:
        host, used = counted(voice, counting, before=True), used | {counting.fact}
    role = _host_role(scene.hosts[0], parts)
    did = (*role, *parts.theme, *(parts.act if not role or parts.verbal else parts.full))
    when, where, on = parts.when, parts.where, (*_on(voice, scene), *parts.when)
    out = []
    if when:
        out.append(Head("date", (*when, "，", *host, *where, *did), used))
        out.append(Head("host", (*host, *on, *where, *did), used))
    else:
        out.append(Head("host", (*host, *where, *did), used))
        if where:
            out.append(Head("place", (*where, "，", *host, *did), used))
    if not parts.verbal and counting is None and not parts.themed and not parts.often:
        by = (*parts.title, *(on if when else ()), *where, voice.say("由"), *host, *(role or parts.act[:1]))
        out.append(Head("name", by, used))
    return out


def _counted_host(scene: Scene) -> Frame | None:
    """The figure that counts the very hosts: 21個縣（市）安監局 where the host is 各縣（市）安監局."""
    if len(scene.hosts) != 1:
        return None
    host = folded(scene.hosts[0].text).removeprefix("各")
    figures = (f for f in scene.figures if f.order == "attend" and not f.scope)
    return next((f for f in figures if f.object and folded(f.object) == host), None)


def _names_host(scene: Scene) -> bool:
    """Whether the activity's name begins with its only host's name (瀾江市“渡口書攤”)."""
    host = scene.hosts[0]
    plain = len(scene.hosts) == 1 and not (host.organisers and host.organisers.role)
    return plain and folded(scene.name.text).startswith(folded(host.text))


def _host_role(group: Fact, parts: _Parts) -> Pieces:
    """聯合舉行 as it is; 組織 takes a verb after it (組織舉行); a noun (主辦方) is left out."""
    role = group.organisers.role if group.organisers else None
    if not role or ends(role, "role_nouns"):
        return ()
    if parts.verbal or not contains(role, "role_needs_verb"):
        return (role,)
    return (role, parts.passive[0])


# --- without a host ------------------------------------------------------------------------------


def _unhosted(voice: Voice, scene: Scene, parts: _Parts, *, by_name: bool) -> list[Head]:
    when, where, on = parts.when, parts.where, (*_on(voice, scene), *parts.when)
    full = parts.base | parts.often | parts.themed
    if parts.verbal:
        lead = (*when, "，", *where) if when else where
        if where and is_clause(scene.name.text) and not is_subjectless(scene.name.text):
            lead = (*lead, "，")
        opens = "date" if when else "place" if where else "verb"
        return [Head(opens, (*lead, *parts.theme, *parts.act), full)]
    if when and where:
        return [
            Head("date", (*when, "，", *parts.title, *where, *parts.passive), parts.base | parts.often),
            Head("name", (*parts.title, *on, *where, *parts.passive), parts.base | parts.often),
            Head("date", (*when, "，", *where, *parts.theme, *parts.act), full),
        ]
    if when:
        return [
            Head("date", (*when, "，", *parts.theme, *parts.act), full),
            Head("name", (*parts.title, *on, *parts.passive), parts.base | parts.often),
        ]
    if where:
        return [
            Head("place", (*where, *parts.theme, *parts.act), full),
            Head("name", (*parts.title, *where, *parts.passive), parts.base | parts.often),
        ]
    bare = _bare(voice, scene, parts)
    named = [head for head in bare if head.opens == "name"]
    return named if by_name and named else bare


def _bare(voice: Voice, scene: Scene, parts: _Parts) -> list[Head]:
    """An activity with neither day nor place nor host: by its numbers, its leader, or its name."""
    full = parts.base | parts.often | parts.themed
    first = scene.figures[0] if scene.figures else None
    if first and _counts_itself(scene, first):
        counting = (*parts.act[:1], *parts.theme, *parts.full, Slot(first.fact))
        return [Head("verb", counting, full | {first.fact})]
    out = _by_leader(scene, parts)
    if first and first.is_plain and first.order == "attend" and parts.act[:1] == (first.action,):
        who = counted(voice, first, before=True)
        return [Head("number", (*who, *parts.theme, *parts.act), full | {first.fact})]
    if first and first.is_plain and first.order == "attend" and contains(first.action, "joining_verbs"):
        out.extend(_by_number(voice, scene, parts))
    if first and _holds_again(first, parts):
        aside = (*parts.title, voice.say("方面，"), *said(voice, [first]))
        return [Head("name", aside, parts.base | {first.fact})]
    known = event_entry(scene.name.text)["known"]
    leads_in: Pieces = (*parts.title, voice.say("方面" if known else "中"))
    leads_in = leads_in if full == parts.base and not scene.titled else ()
    out.append(Head("verb", (*parts.theme, *parts.act), full, leads_in))
    if scene.details and not scene.figures:
        out.extend(_by_detail(voice, scene.details[0], parts))
    repeats = first is not None and folded(first.action) in folded(scene.name.text)
    repeats = repeats or any(not is_outcome(detail.text) for detail in scene.details)  # the doing comes first
    if first and first.is_plain and first.order in ("do", "cover", "pivot") and not repeats:
        group = merge([f for f in scene.figures if f.order != "attend" and not f.of])[0]
        told = parts.base | {frame.fact for frame in group}
        out.append(Head("name", (*parts.title, *said(voice, group)), told))
    return out


def _holds_again(frame: Frame, parts: _Parts) -> bool:
    """Whether the first figure holds what the name holds: 舉辦專題培訓6期 of 安全培訓."""
    verb = parts.act[0] if parts.act else ""
    return (
        frame.is_plain
        and bool(frame.object)
        and isinstance(verb, str)
        and folded(frame.action) == folded(verb)
    )


def _counts_itself(scene: Scene, frame: Frame) -> bool:
    """宣講 14場 of the activity 志願宣講 counts the activity itself."""
    label = folded(frame.action + frame.object)
    itself = bool(label) and folded(scene.name.text).endswith(label)
    return itself and frame.is_plain and contains(frame.unit, "counters")


def _by_leader(scene: Scene, parts: _Parts) -> list[Head]:
    for fact in scene.people:
        role = fact.person.role if fact.person else None
        if role and contains(role, "leading_roles"):
            under = {scene.theme.id} if scene.theme is not None and not parts.verbal else set()
            return [
                Head(
                    "person", (Slot(fact.id), role, *parts.act), parts.base | parts.often | {fact.id} | under
                )
            ]
    return []


def _by_number(voice: Voice, scene: Scene, parts: _Parts) -> list[Head]:
    group = merge([f for f in scene.figures if f.order == "attend" and not f.of])[0]
    who = join([counted(voice, frame, before=True) for frame in group], "、")
    told = parts.base | {frame.fact for frame in group}
    first = group[0]
    out = [Head("name", (*parts.title, voice.say("有"), *who, first.action), told)]
    if first.object:
        out.append(Head("number", (*who, first.action, *parts.title), told))
    return out


def _by_detail(voice: Voice, detail: Fact, parts: _Parts) -> list[Head]:
    told = parts.base | {detail.id}
    if is_subjectless(detail.text):
        return [Head("name", (*parts.title, Slot(detail.id)), told)]
    if detail.status is Status.DONE:
        return [Head("in", (voice.say("在"), *parts.title, voice.say("中，"), Slot(detail.id)), told)]
    return []


def _theme(voice: Voice, scene: Scene) -> Pieces:
    """圍繞“…” for a slogan that is the activity's own; books and topics are told elsewhere."""
    if len(scene.quotes) != 1 or is_title(scene.quotes[0]) or is_topical(scene.name.text):
        return ()
    slogan = scene.quotes[0]
    if folded(slogan.text.strip("“”「」")) in folded(scene.name.text):
        return ()
    return (voice.say("圍繞"), Slot(slogan.id))


def choose(voice: Voice, candidates: list[Head]) -> Head:
    """The candidate whose opening was heard least in the last four sentences; the first on a tie."""
    recent = [*voice.openings, *voice.coming][-4:]

    def heard(place: int) -> tuple[int, int]:
        opens = candidates[place].opens
        return recent.count(opens) + (2 if recent[-1:] == [opens] else 0), place

    return candidates[min(range(len(candidates)), key=heard)]
