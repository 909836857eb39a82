"""How an activity is brought in: by its day, its place, its host, its people, or its own name.

Every way that the facts allow is a candidate; the one whose opening was heard least lately is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.lexicon import split_label, table
from summarywriter.realise.aggregate import merge
from summarywriter.realise.frames import Frame, counted, said
from summarywriter.realise.voice import Pieces, Voice, begins, ends, join
from summarywriter.slots import Slot


@dataclass(frozen=True, slots=True)
class Head:
    """One way to bring an activity in.

    Attributes:
        opens: Kind of opening.
        pieces: The clause.
        used: Ids of the facts that it tells.
    """

    opens: str
    pieces: Pieces
    used: frozenset[str]


@dataclass(slots=True)
class Scene:
    """What is known of an activity, sorted for telling.

    Attributes:
        name: Its name's fact.
        date: Its date's fact, if any.
        place: Its place's fact, if any.
        hosts: Organisers who hold it.
        joining: Organisers who take part, support, guide.
        people: People with a role.
        details: Free-text facts.
        quotes: Quotations not told inside a detail.
        figures: Frames of its figures.
    """

    name: Fact
    date: Fact | None = None
    place: Fact | None = None
    hosts: list[Fact] = field(default_factory=list)
    joining: list[Fact] = field(default_factory=list)
    people: list[Fact] = field(default_factory=list)
    details: list[Fact] = field(default_factory=list)
    quotes: list[Fact] = field(default_factory=list)
    figures: list[Frame] = field(default_factory=list)

    @property
    def planned(self) -> bool:
        """Whether it has not been done yet."""
        return self.name.status is Status.PLANNED


def event_entry(name: str) -> dict[str, Any]:
    """The lexicon's entry for an activity by its name's ending; ``known`` says if one was found."""
    text = folded(name).rstrip("”》）)")
    endings = {folded(key): value for key, value in table("events")["endings"].items()}
    best = max((key for key in endings if text.endswith(key)), key=len, default="")
    if best:
        return {**endings[best], "known": True}
    return {**table("events")["default"], "known": False}


def is_verbal(name: str) -> bool:
    """Whether a name is a verb and its object (宣講科普知識), not a noun (啟動儀式)."""
    action, rest = split_label(name)
    return bool(action and len(action) >= 2 and rest) and not event_entry(name)["known"]


def heads(voice: Voice, scene: Scene) -> list[Head]:
    """All ways to bring ``scene`` in, the best first."""
    name = scene.name.text
    entry = event_entry(name)
    verbal = is_verbal(name)
    title: Pieces = (Slot(scene.name.id),)
    if not entry["known"] and not verbal:
        title = (*title, voice.say("活動"))
    verb, passive = voice.say(entry["verb"]), voice.say(_passive(entry, scene))
    act: Pieces = title if verbal else (verb, *title)
    if scene.name.status is not Status.DONE:
        return [_not_done(voice, scene, act)]
    return list(_with(voice, scene, title, act, passive, verbal=verbal))


def _not_done(voice: Voice, scene: Scene, act: Pieces) -> Head:
    """市文明辦擬於5月在東湖舉辦書市；在上塘正在開展清淤: never told as done."""
    hosts = host_pieces(scene.hosts[0]) if scene.hosts else ()
    when: Pieces = (Slot(scene.date.id),) if scene.date else ()
    where = at(voice, scene.place) if scene.place else ()
    used = frozenset(f.id for f in (scene.name, scene.date, scene.place, *scene.hosts[:1]) if f is not None)
    if scene.planned:
        on = (voice.say("於"), *when) if when else ()
        return Head("host" if hosts else "planned", (*hosts, voice.say("擬"), *on, *where, *act), used)
    lead = (*when, "，") if when else ()
    opens = "date" if when else "host" if hosts else "place" if where else "ongoing"
    return Head(opens, (*lead, *hosts, *where, voice.say("正在"), *act), used)


def _passive(entry: dict[str, Any], scene: Scene) -> str:
    """The verb after the name; what lasts, or has no day, is 開展 rather than 舉行."""
    if entry["kind"] == "meet":
        return "召開"
    value = scene.date.date if scene.date else None
    brief = value is None or (value.end is None and value.start.day is not None)
    return "舉行" if entry["known"] and entry["kind"] == "held" and brief else "開展"


def at(voice: Voice, place: Fact) -> Pieces:
    """在 and a place, or the place alone where it brings its own preposition."""
    return (Slot(place.id),) if begins(place.text, "place_prepositions") else (voice.say("在"), Slot(place.id))


def _with(
    voice: Voice, scene: Scene, title: Pieces, act: Pieces, passive: str, *, verbal: bool
) -> list[Head]:
    out: list[Head] = []
    date, place = scene.date, scene.place
    when: Pieces = (Slot(date.id),) if date else ()
    where: Pieces = at(voice, place) if place else ()
    base = frozenset(f.id for f in (scene.name, date, place) if f is not None)
    theme = _theme(voice, scene)
    hosts = host_pieces(scene.hosts[0]) if scene.hosts else ()
    by = frozenset((scene.hosts[0].id,)) if scene.hosts else frozenset()
    themed = frozenset(f.id for f in scene.quotes) if theme else frozenset()
    comma = "，"
    counted_host = _counted_host(scene)
    if counted_host is not None:
        hosts = counted(voice, counted_host, before=True)
        by |= {counted_host.fact}
    named = bool(hosts) and _names_host(scene)
    if named:
        base, hosts = base | by, ()
    if hosts:
        verb_role = _host_role(voice, scene.hosts[0])
        if verb_role and begins(verb_role[0], "role_needs_verb") and ends(verb_role[0], "role_needs_verb"):
            verb_role = (*verb_role, passive) if not verbal and verb_role[0] != passive else verb_role
        did = (*verb_role, *theme, *(act if not verb_role or verbal else title))
        if date:
            out.append(Head("date", (*when, comma, *hosts, *where, *did), base | by | themed))
            out.append(Head("host", (*hosts, voice.say("於"), *when, *where, *did), base | by | themed))
        else:
            out.append(Head("host", (*hosts, *where, *did), base | by | themed))
        if place and not date:
            out.append(Head("place", (*where, comma, *hosts, *did), base | by | themed))
        if not verbal and counted_host is None:
            done = verb_role or (act[0],)
            by_whom = (*title, *((voice.say("於"), *when) if date else ()), *where, voice.say("由"), *hosts, *done)
            out.append(Head("name", by_whom, base | by))
        return out
    if verbal:
        lead = (*when, comma, *where) if date else where
        out.append(Head("date" if date else "place" if place else "verb", (*lead, *theme, *act), base | themed))
        return out
    if date and place:
        out.append(Head("date", (*when, comma, *title, *where, passive), base))
        out.append(Head("name", (*title, voice.say("於"), *when, *where, passive), base))
        out.append(Head("date", (*when, comma, *where, *theme, *act), base | themed))
    elif date:
        out.append(Head("date", (*when, comma, *theme, *act), base | themed))
        out.append(Head("name", (*title, voice.say("於"), *when, passive), base))
    elif place:
        out.append(Head("place", (*where, *theme, *act), base | themed))
        out.append(Head("name", (*title, *where, passive), base))
    else:
        bare = _bare(voice, scene, title, act, theme, base, themed)
        by_name = [head for head in bare if head.opens == "name"]
        out.extend(by_name if named and by_name else bare)
    if themed:  # a candidate that tells the theme goes before one that leaves it over
        out.sort(key=lambda head: not themed <= head.used)
    return out


def _bare(
    voice: Voice, scene: Scene, title: Pieces, act: Pieces, theme: Pieces, base: frozenset[str], themed: frozenset[str]
) -> list[Head]:
    """An activity with neither day nor place nor host: by its numbers, its leader, or its name."""
    out = []
    first = scene.figures[0] if scene.figures else None
    leader = next((f for f in scene.people if f.person and f.person.role and _leads(f.person.role)), None)
    if first and _counts_itself(scene, first):
        entry = event_entry(scene.name.text)
        out.append(Head("verb", (voice.say(entry["verb"]), *theme, *title, Slot(first.fact)), base | themed | {first.fact}))
        return out
    if leader and leader.person and leader.person.role:
        out.append(Head("person", (Slot(leader.id), leader.person.role, *act), base | {leader.id}))
    if first and first.order == "attend" and not first.scope and not first.actor:
        group = merge([f for f in scene.figures if f.order == "attend" and not f.of])[0]
        who = join([counted(voice, frame, before=True) for frame in group], "、")
        told = base | {frame.fact for frame in group}
        out.append(Head("name", (*title, voice.say("有"), *who, first.action), told))
        if first.object and folded(first.action) in ("参加", "参与"):
            out.append(Head("number", (*who, first.action, *title), told))
    out.append(Head("verb", (*theme, *act), base | themed))
    if scene.details and not scene.figures:
        detail = scene.details[0]
        pieces: Pieces = (voice.say("在"), *title, voice.say("中，"), Slot(detail.id))
        if is_subjectless(detail.text):
            out.append(Head("name", (*title, Slot(detail.id)), base | {detail.id}))
        elif detail.status is Status.DONE:
            out.append(Head("in", pieces, base | {detail.id}))
    if first and first.order in ("do", "cover", "pivot") and not first.scope and not first.actor and not first.of:
        group = merge([f for f in scene.figures if f.order != "attend" and not f.of])[0]
        out.append(Head("name", (*title, *said(voice, group)), base | {f.fact for f in group}))
    return out


def is_subjectless(text: str) -> bool:
    """Whether a clause shows, by its first word, that it has no subject of its own."""
    action, rest = split_label(text)
    return bool(action and rest) or begins(text, "subjectless")


def _leads(role: str) -> bool:
    return folded(role) in ("带队", "主持", "组织", "负责", "牵头")


def _counts_itself(scene: Scene, frame: Frame) -> bool:
    """宣講 14場 of the activity 志願宣講 counts the activity itself."""
    label = folded(frame.action + frame.object)
    return (
        bool(label)
        and not frame.scope
        and not frame.actor
        and folded(scene.name.text).endswith(label)
        and frame.unit in ("场", "次", "期", "场次", "堂", "节", "课时", "轮", "届")
    )


def _counted_host(scene: Scene) -> Frame | None:
    """The figure that counts the very hosts: 21個縣（市）安監局 where the host is 各縣（市）安監局."""
    if len(scene.hosts) != 1:
        return None
    host = folded(scene.hosts[0].text).removeprefix("各")
    return next(
        (f for f in scene.figures if f.order == "attend" and not f.scope and f.object and folded(f.object) == host), None
    )


def _names_host(scene: Scene) -> bool:
    """Whether the activity's name begins with its only host's name (瀾江市“渡口書攤”)."""
    host = scene.hosts[0]
    return (
        len(scene.hosts) == 1
        and not (host.organisers and host.organisers.role)
        and folded(scene.name.text).startswith(folded(host.text))
    )


def host_pieces(group: Fact) -> Pieces:
    """The organisations of a group as one slot."""
    return (Slot(group.id),)


def _host_role(voice: Voice, group: Fact) -> Pieces:
    """聯合 from 聯合舉行, 牽頭 from 牽頭: what of the role stays before the activity."""
    role = group.organisers.role if group.organisers else None
    if not role:
        return ()
    if ends(role, "role_nouns"):
        return ()
    return (role,)


def _theme(voice: Voice, scene: Scene) -> Pieces:
    """圍繞“…” for a slogan that is the activity's own; books and topics are told elsewhere."""
    slogans = [fact for fact in scene.quotes if not fact.text.lstrip().startswith(("《", "〈"))]
    if len(scene.quotes) != 1 or not slogans:
        return ()
    if _topical(scene.name.text) or folded(slogans[0].text.strip("“”「」")) in folded(scene.name.text):
        return ()
    template = voice.say("圍繞")
    return (template, Slot(slogans[0].id))


def _topical(name: str) -> bool:
    text = folded(name)
    return any(word in text for word in ("讲座", "培训", "课", "报告会", "论坛", "征文", "比赛", "竞赛", "大赛"))


def topical(name: str) -> bool:
    """Whether quotations of such an activity are its topics (講座, 培訓 …)."""
    return _topical(name)


def choose(voice: Voice, candidates: list[Head]) -> Head:
    """The candidate whose opening was heard least in the last four sentences; the first on a tie."""
    recent = [*voice.openings, *voice.coming][-4:]
    return min(
        enumerate(candidates),
        key=lambda pair: (recent.count(pair[1].opens) + (2 if recent[-1:] == [pair[1].opens] else 0), pair[0]),
    )[1]
