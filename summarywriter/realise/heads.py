"""How an activity is brought in: by its day, its place, its host, its people, or its own name.

Every way that the facts allow is a candidate; the one whose opening was heard least lately is taken.
"""

from __future__ import annotations

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.realise.frames import Frame, counted
from summarywriter.realise.head import Head, Parts, on, parts_of
from summarywriter.realise.scene import Scene, is_clause, is_subjectless
from summarywriter.realise.unplaced import by_itself, counts_itself, said_below
from summarywriter.realise.voice import Pieces, Voice, contains, ends
from summarywriter.slots import Slot


def heads(voice: Voice, scene: Scene) -> list[Head]:
    """All ways to bring ``scene`` in, the best first; none where its heading has done so already."""
    if scene.titled and scene.name.status is not Status.DONE:
        scene.titled = False
    parts = parts_of(voice, scene)
    circumstances = bool(scene.date or scene.place or scene.hosts or scene.theme)
    counting = bool(scene.figures) and bool(parts.often or counts_itself(scene, scene.figures[0]))
    more = bool(scene.details or scene.figures or scene.people)
    if scene.titled and not circumstances and not counting and more:
        return [Head("titled", (), parts.base)]
    said_already = said_below(voice, scene, parts) if not scene.hosts else []
    if scene.name.status is not Status.DONE:
        return said_already or [_not_done(voice, scene, parts)]
    named = bool(scene.hosts) and _names_host(scene)
    if scene.hosts and not named:
        return _hosted(voice, scene, parts)
    if said_already and not scene.date:
        return said_already
    out = [*said_already, *_unhosted(voice, scene, parts, by_name=named)]
    if named:
        told = frozenset((scene.hosts[0].id,))
        out = [Head(head.opens, head.pieces, head.used | told) for head in out]
    if parts.themed:  # a candidate that tells the slogan goes before one that leaves it over
        out.sort(key=lambda head: not parts.themed <= head.used)
    return out


def _not_done(voice: Voice, scene: Scene, parts: Parts) -> Head:
    """市文明辦擬於5月在東湖舉辦書市；在上塘正在開展清淤: never told as done."""
    hosts = (Slot(scene.hosts[0].id),) if scene.hosts else ()
    used = parts.named | {fact.id for fact in scene.hosts[:1]}
    if scene.theme is not None and not parts.verbal:
        used = used | {scene.theme.id}
    if scene.planned:
        when = (*on(voice, scene), *parts.when) if parts.when else ()
        pieces = (*hosts, voice.say("擬"), *when, *parts.where, *parts.theme, *parts.act)
        return Head("host" if hosts else "planned", pieces, used)
    lead = (*parts.when, "，") if parts.when else ()
    opens = "date" if lead else "host" if hosts else "place" if parts.where else "ongoing"
    return Head(opens, (*lead, *hosts, *parts.where, *parts.theme, voice.say("正在"), *parts.act), used)


# --- with a host ---------------------------------------------------------------------------------


def _hosted(voice: Voice, scene: Scene, parts: Parts) -> list[Head]:
    counting = _counted_host(scene)
    host: Pieces = (Slot(scene.hosts[0].id),)
    used = parts.held | {scene.hosts[0].id}
    if counting is not None:
        host, used = counted(voice, counting, before=True), used | {counting.fact}
    role = _host_role(scene.hosts[0], scene.name.text, parts)
    did = (*parts.theme, *role, *(parts.act if not role or parts.verbal else parts.full))
    when, where, dated = parts.when, parts.where, (*on(voice, scene), *parts.when)
    out = []
    if when:
        out.append(Head("date", (*when, "，", *host, *where, *did), used))
        out.append(Head("host", (*host, *dated, *where, *did), used))
    else:
        out.append(Head("host", (*host, *where, *did), used))
        if where:
            out.append(Head("place", (*where, "，", *host, *did), used))
    if not parts.verbal and counting is None and not parts.themed and not parts.often and not where:
        by = (*parts.title, *(dated if when else ()), voice.say("由"), *host, *(role or parts.act[:1]))
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


def _host_role(group: Fact, name: str, parts: Parts) -> Pieces:
    """聯合舉行 as it is; 組織 takes a verb after it (組織舉行); a noun (主辦方) is left out.

    A deed that the name itself ends in is not said twice: 聯合走訪 a 企業走訪 is 聯合開展.
    """
    role = group.organisers.role if group.organisers else None
    if not role or ends(role, "role_nouns"):
        return ()
    if len(role) > 1 and not parts.verbal and folded(name).endswith(folded(role[-2:])):
        return (role[:-2], parts.passive[0]) if role[:-2] else parts.passive[:1]
    if parts.verbal or not contains(role, "role_needs_verb"):
        return (role,)
    return (role, parts.passive[0])


# --- without a host ------------------------------------------------------------------------------


def _unhosted(voice: Voice, scene: Scene, parts: Parts, *, by_name: bool) -> list[Head]:
    when, where, dated = parts.when, parts.where, (*on(voice, scene), *parts.when)
    if parts.verbal:
        lead = (*when, "，", *where) if when else where
        if where and is_clause(scene.name.text) and not is_subjectless(scene.name.text):
            lead = (*lead, "，")
        opens = "date" if when else "place" if where else "verb"
        return [Head(opens, (*lead, *parts.theme, *parts.act), parts.held)]
    title = (*parts.title, *parts.theme)
    if when and where:
        return [
            Head("date", (*when, "，", *title, *where, *parts.passive), parts.named),
            Head("name", (*title, *dated, *where, *parts.passive), parts.named),
            Head("date", (*when, "，", *where, *parts.theme, *parts.act), parts.held),
            *_by_speaker(voice, scene, parts),
            Head("place", (*where, "，", *title, *dated, *parts.passive), parts.named, spare=True),
        ]
    if when:
        return [
            Head("date", (*when, "，", *parts.theme, *parts.act), parts.held),
            Head("name", (*title, *dated, *parts.passive), parts.named),
        ]
    if where:
        return [
            Head("place", (*where, *parts.theme, *parts.act), parts.held),
            Head("name", (*title, *where, *parts.passive), parts.named),
        ]
    bare = by_itself(voice, scene, parts)
    named = [head for head in bare if head.opens == "name"]
    return named if by_name and named else bare


def _by_speaker(voice: Voice, scene: Scene, parts: Parts) -> list[Head]:
    """由院長聞人澈主講的講座於4月2日在禮堂舉行, where one person leads it."""
    leads = [p for p in scene.people if p.person and contains(p.person.role or "", "leading_acts")]
    if len(leads) != 1 or len(scene.people) != 1 or not leads[0].person or scene.quotes:
        return []
    who: Pieces = (voice.say("由"), Slot(leads[0].id), leads[0].person.role or "", voice.say("的"))
    pieces = (*who, *parts.title, *on(voice, scene), *parts.when, *parts.where, *parts.passive)
    return [Head("by", pieces, parts.named | {leads[0].id})]


_OFTEN = 4  # activities brought in alike, after which another way is looked for


def choose(voice: Voice, candidates: list[Head]) -> Head:
    """The candidate whose opening was heard least in the last four sentences; the first on a tie."""
    candidates = [head for head in candidates if not head.spare] or candidates
    recent = [*voice.openings, *voice.coming][-4:]

    def heard(place: int) -> tuple[int, int]:
        opens = candidates[place].opens
        often = [*voice.openings, *voice.coming].count(opens) // _OFTEN
        return recent.count(opens) + (2 if recent[-1:] == [opens] else 0) + often, place

    return candidates[min(range(len(candidates)), key=heard)]
