"""Those who came to an activity: organisations that take part, numbers of people, people with a role."""

from __future__ import annotations

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.realise.aggregate import Phrase
from summarywriter.realise.frames import Frame, said
from summarywriter.realise.parts import grouped, parts_told
from summarywriter.realise.scene import Scene, is_title, status_said
from summarywriter.realise.voice import Pieces, Voice, begins, contains, ends, join, role_said
from summarywriter.slots import Slot


def joined(voice: Voice, group: Fact, block: int) -> Phrase:
    """市科協、市總工會參加, or where sentences have opened so already, 參加的有市科協、市總工會."""
    role = group.organisers.role if group.organisers else None
    turned = (
        ("joined", (role, voice.say("的有"), Slot(group.id)))
        if role and not ends(role, "role_nouns")
        else None
    )
    others = (turned,) if turned else ()
    return Phrase(role_clause(voice, group), "attend", "host", block=block, others=others)


def role_clause(voice: Voice, group: Fact) -> Pieces:
    """Organisations and what they did: 市科協參加, 成員單位有市科協."""
    role = group.organisers.role if group.organisers else None
    if not role:
        return (Slot(group.id), voice.say("參加"))
    if ends(role, "role_nouns"):
        return (role, voice.say("有"), Slot(group.id))
    return (Slot(group.id), *role_said(voice, role))


def coming(scene: Scene) -> list[Fact]:
    """People whose role is just what the numbers do (參加): they share the clause, and stand first."""
    frames = [f for f in scene.figures if f.order == "attend" and not f.of]
    if not frames or frames[0].scope or frames[0].actor:
        return []
    return [
        p
        for p in scene.people
        if p.person and p.person.role and folded(p.person.role) == folded(frames[0].action)
    ]


def attending(voice: Voice, scene: Scene, used: set[str], block: int, together: list[Fact]) -> list[Phrase]:
    """How many came, each with its parts."""
    came = [f for f in scene.figures if not f.of and f.fact not in used]
    frames = [f for f in came if (f.order in ("attend", "join") and not _sees(scene, f)) or _is_class(f)]
    out = []
    told = {folded(g.organisers.role or "") for g in scene.joining if g.organisers}
    for group in grouped(scene, frames):
        body = said(voice, group)
        first = group[0]
        if (
            len(group) == 1
            and not (first.object or first.scope or first.actor)
            and folded(first.action) in told
        ):
            body = (voice.say("到場"), Slot(first.fact))
        if together:
            names = join([(Slot(fact.id),) for fact in together], "、")
            body, together = (*names, voice.say("及"), *body), []
        out.append(Phrase(status_said(voice, scene, group[0].status, body), "attend", "number", block=block))
        used.update(frame.fact for frame in group)
        for frame in group:
            out.extend(parts_told(voice, scene, frame, used, block))
    return out


def _is_class(frame: Frame) -> bool:
    """Whether a figure counts people by what they are here, with no verb: 學員24名, 聽眾數百人."""
    return frame.is_plain and frame.order == "state" and contains(frame.object, "guests")


def _sees(scene: Scene, frame: Frame) -> bool:
    """Whether those counted came to see what the sheet names before them: 展出…，6800人次參觀."""
    if not contains(frame.action, "seeing_verbs"):
        return False
    action = folded(frame.action)
    before = scene.figures[: scene.figures.index(frame)]
    shown = any(f.order == "do" and not f.of for f in before)
    return shown or any(action in folded(detail.text) for detail in scene.details)


def people(voice: Voice, scene: Scene, found: list[Fact], used: set[str], block: int) -> list[Phrase]:
    """People by role, in the order given; neighbours with one role share it.

    What somebody did is told with its number where the sheet counts it (大隊長羅強贈送頭盔500頂), and
    a lecture with its title (司徒朗主講《竹簡上的楚國》).
    """
    out: list[Phrase] = []
    groups: list[tuple[str, list[Fact]]] = []
    for fact in found:
        role = (fact.person.role if fact.person else None) or voice.say("參加")
        if groups and groups[-1][0] == role:
            groups[-1][1].append(fact)
        else:
            groups.append((role, [fact]))
    for role, members in groups:
        names = join([(Slot(fact.id),) for fact in members], "、")
        counted = next((f for f in scene.figures if _is_deed(f, role) and f.fact not in used), None)
        if counted is not None:
            used.add(counted.fact)
            out.append(Phrase((*names, *said(voice, [counted])), "people", "person", block=block))
            out.extend(parts_told(voice, scene, counted, used, block))
            continue
        pieces: Pieces = (*names, *_role_verb(voice, role), role)
        titles = [q for q in scene.quotes if is_title(q) and q.id not in used]
        lecturers = [r for r, _ in groups if contains(r, "lecturing")]
        if len(titles) == 1 and lecturers == [role]:
            used.add(titles[0].id)
            pieces = (*pieces, Slot(titles[0].id))
        out.append(Phrase(pieces, "people", "person", block=block))
    return out


def _role_verb(voice: Voice, role: str) -> Pieces:
    """任 before a post held for the occasion (組長, 評委), 作 before a deed that is a noun (開班動員)."""
    if folded(role)[:1] in ("任", "担", "作", "当", "做") or begins(role, "role_joining"):
        return ()
    if ends(role, "role_deeds"):
        return (voice.say("作"),)
    return (voice.say("任"),) if ends(role, "role_posts") else ()


def _is_deed(frame: Frame, role: str) -> bool:
    plain = frame.is_plain and frame.order in ("do", "cover", "state")
    return plain and folded(frame.action + frame.object) == folded(role)


def sees(text: str) -> bool:
    """Whether a clause without a subject says what those who came did (參觀窗口, 試吃菜品)."""
    return begins(text, "guest_verbs")
