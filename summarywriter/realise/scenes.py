"""Activities: from the facts of one activity to a row of clauses.

Order within an activity: how it came about (day, place, host), who came, who spoke, what was shown or
done, what was counted, parts right after their whole.
"""

from __future__ import annotations

from dataclasses import replace

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.facts.model import Status
from summarywriter.lexicon import table
from summarywriter.realise.aggregate import Phrase, merge
from summarywriter.realise.frames import Frame, figure_frame, is_early, rooted, said
from summarywriter.realise.heads import choose, heads
from summarywriter.realise.scene import Scene, event_entry, is_outcome, is_subjectless, is_title, is_topical
from summarywriter.realise.voice import (
    Pieces,
    Voice,
    begins,
    contains,
    ends,
    fill_in,
    folded_words,
    join,
    role_said,
)
from summarywriter.slots import Cite, Slot


def scene_of(index: FactIndex, facts: tuple[str, ...]) -> Scene:
    """Sort the facts of one activity; ``facts[0]`` or another one is its name."""
    name = next(index[i] for i in facts if index[i].kind is FactKind.ACTIVITY)
    scene = Scene(name)
    for fact in (index[i] for i in facts if i != name.id):
        match fact.kind:
            case FactKind.DATE:
                scene.date = fact
            case FactKind.PLACE:
                scene.place = fact
            case FactKind.THEME:
                scene.theme = fact
            case FactKind.ORGANISERS:
                role = fact.organisers.role if fact.organisers else None
                (scene.joining if role and _joins(role) else scene.hosts).append(fact)
            case FactKind.PERSON:
                if fact.owner == name.id:
                    scene.people.append(fact)
            case FactKind.DETAIL:
                scene.details.append(fact)
            case FactKind.QUOTE:
                scene.quotes.append(fact)
            case FactKind.FIGURE | FactKind.TOTAL:
                scene.figures.append(figure_frame(index, fact))
            case _:
                pass
    scene.figures = rooted(scene.figures)
    return scene


def _joins(role: str) -> bool:
    return ends(role, "role_joining") or begins(role, "role_joining") or ends(role, "role_nouns")


def phrases_of(voice: Voice, scene: Scene, block: int, *, opener: str = "") -> list[Phrase]:
    """The clauses of one activity, in telling order."""
    inside = _quoted_inside(scene)
    scene.quotes = [fact for fact in scene.quotes if fact.id not in inside]
    candidates = heads(voice, scene)
    head = choose(voice, candidates)
    voice.coming.append(head.opens)
    used = set(head.used)
    out: list[Phrase] = []
    rest = [group for group in scene.hosts if group.id not in used]
    out.extend(Phrase(_role_clause(voice, group), "attend", block=block) for group in rest)
    out.extend(_joined(voice, group, block) for group in scene.joining)
    together = [] if any(f.order == "attend" and f.fact in used for f in scene.figures) else _coming(scene)
    out.extend(_figures(voice, scene, _set_up(scene, used), used, block))
    out.extend(_attending(voice, scene, used, block, together))
    apart = [p for p in scene.people if p.id not in used and p not in together]
    out.extend(_people(voice, scene, apart, used, block))
    quoted = _quotes(voice, scene, used, block)
    if scene.theme is not None and scene.theme.id not in used:
        themed: Pieces = (voice.say("主題為"), Slot(scene.theme.id))
        out.append(Phrase(themed, "attend", "quote", bound=True, block=block))
    parts = [
        p
        for frame in scene.figures
        if frame.fact in head.used
        for p in _parts(voice, scene, frame, used, block)
    ]
    told = _scene(voice, scene, used, block, inside)
    giving = next((n for n, phrase in enumerate(told, 1) if _says_giving(voice, phrase)), 0)
    out.extend([*told[:giving], *quoted, *told[giving:]])
    lead: Pieces = (opener,) if opener else ()
    others = tuple((h.opens, (*lead, *h.pieces)) for h in candidates if h.used == head.used and h is not head)
    if scene.planned:
        parts, out = ([_to_come(voice, phrase) for phrase in told_] for told_ in (parts, out))
    if not head.pieces:
        return [*parts, *out]
    leads_in = (("name", (*lead, *head.leads_in)),) if head.leads_in else ()
    first = Phrase((*lead, *head.pieces), "head", head.opens, block=block, others=others, leads_in=leads_in)
    return [first, *parts, *out]


def _to_come(voice: Voice, phrase: Phrase) -> Phrase:
    """A clause of a planned activity says so again where it begins a sentence of its own."""
    start = phrase.pieces[0] if phrase.pieces else ""
    text = (
        voice.index[start.fact].text if isinstance(start, Slot) else start if isinstance(start, str) else ""
    )
    return phrase if begins(text, "planned_openers") else replace(phrase, first=voice.say("計劃"))


def _set_up(scene: Scene, used: set[str]) -> list[Frame]:
    """Figures of what an activity began with that the sheet gives before those who came (設項目 18個)."""
    coming = next((n for n, f in enumerate(scene.figures) if f.order in ("attend", "join")), 0)
    return [f for f in scene.figures[:coming] if _is_early(scene, f) and f.fact not in used]


def _is_early(scene: Scene, frame: Frame) -> bool:
    """Whether a figure is told before what was done: not where a free text says first what it counts."""
    if not is_early(frame):
        return False
    noun, name = folded(frame.object), folded(scene.name.text)
    if contains(frame.action, "holding_verbs"):  # 舉辦專題培訓6期 of 安全培訓 is the training itself
        return noun[-2:] in name
    return not (noun and any(noun[-2:] in folded(detail.text) for detail in scene.details))


def _joined(voice: Voice, group: Fact, block: int) -> Phrase:
    """市科協、市總工會參加, or where sentences have opened so already, 參加的有市科協、市總工會."""
    role = group.organisers.role if group.organisers else None
    turned = (
        ("joined", (role, voice.say("的有"), Slot(group.id)))
        if role and not ends(role, "role_nouns")
        else None
    )
    others = (turned,) if turned else ()
    return Phrase(_role_clause(voice, group), "attend", "host", block=block, others=others)


def _role_clause(voice: Voice, group: Fact) -> Pieces:
    role = group.organisers.role if group.organisers else None
    if not role:
        return (Slot(group.id), voice.say("參加"))
    if ends(role, "role_nouns"):
        return (role, voice.say("有"), Slot(group.id))
    return (Slot(group.id), *role_said(voice, role))


def _coming(scene: Scene) -> list[Fact]:
    """People whose role is just what the numbers do (參加): they share the clause, and stand first."""
    frames = [f for f in scene.figures if f.order == "attend" and not f.of]
    if not frames or frames[0].scope or frames[0].actor:
        return []
    return [
        p
        for p in scene.people
        if p.person and p.person.role and folded(p.person.role) == folded(frames[0].action)
    ]


def _attending(voice: Voice, scene: Scene, used: set[str], block: int, together: list[Fact]) -> list[Phrase]:
    coming = (f for f in scene.figures if f.order in ("attend", "join") and not f.of and f.fact not in used)
    frames = [f for f in coming if not _sees(scene, f)]
    out = []
    joined = {folded(g.organisers.role or "") for g in scene.joining if g.organisers}
    for group in merge(frames):
        body = said(voice, group)
        first = group[0]
        if (
            len(group) == 1
            and not (first.object or first.scope or first.actor)
            and folded(first.action) in joined
        ):
            body = (voice.say("到場"), Slot(first.fact))
        if together:
            names = join([(Slot(fact.id),) for fact in together], "、")
            body, together = (*names, voice.say("及"), *body), []
        out.append(Phrase(_status(voice, scene, group[0].status, body), "attend", "number", block=block))
        used.update(frame.fact for frame in group)
        for frame in group:
            out.extend(_parts(voice, scene, frame, used, block))
    return out


def _sees(scene: Scene, frame: Frame) -> bool:
    """Whether those counted came to see what the sheet names before them: 展出…，6800人次參觀."""
    if not contains(frame.action, "seeing_verbs"):
        return False
    action = folded(frame.action)
    before = scene.figures[: scene.figures.index(frame)]
    shown = any(f.order == "do" and not f.of for f in before)
    return shown or any(action in folded(detail.text) for detail in scene.details)


def _people(voice: Voice, scene: Scene, people: list[Fact], used: set[str], block: int) -> list[Phrase]:
    """People by role, in the order given; neighbours with one role share it.

    What somebody did is told with its number where the sheet counts it: 大隊長羅強贈送頭盔500頂.
    """
    out: list[Phrase] = []
    groups: list[tuple[str, list[Fact]]] = []
    for fact in people:
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
            out.extend(_parts(voice, scene, counted, used, block))
            continue
        post = ends(role, "role_posts") and not begins(role, "role_joining")
        already = folded(role)[:1] in ("任", "担", "作", "当")
        pieces = (*names, voice.say("任"), role) if post and not already else (*names, role)
        out.append(Phrase(pieces, "people", "person", block=block))
    return out


def _is_deed(frame: Frame, role: str) -> bool:
    plain = frame.is_plain and frame.order in ("do", "cover")
    return plain and folded(frame.action + frame.object) == folded(role)


def _quoted_inside(scene: Scene) -> dict[str, str]:
    """Quotations that a detail or the name already holds: quote id → id of the fact that holds it."""
    out = {}
    for quote in scene.quotes:
        bare = folded(quote.text).strip("“”《》")
        for holder in (*scene.details, scene.name):
            if bare and bare in folded(holder.text):
                out[quote.id] = holder.id
                break
    return out


def _quotes(voice: Voice, scene: Scene, used: set[str], block: int) -> list[Phrase]:
    quotes = [fact for fact in scene.quotes if fact.id not in used]
    if not quotes:
        return []
    titles = [fact for fact in quotes if is_title(fact)]
    slogans = [fact for fact in quotes if fact not in titles]
    out = []
    for group, book in ((titles, True), (slogans, False)):
        if not group:
            continue
        single = "topic" if len(group) == 1 else "topics"
        name = (
            _title_phrase(scene) if book else single if is_topical(scene.name.text) else "theme_of_activity"
        )
        slots = join([(Slot(fact.id),) for fact in group], "")
        out.append(Phrase(fill_in(voice.pick(name), _=slots), "quote", "quote", bound=True, block=block))
    return out


def _title_phrase(scene: Scene) -> str:
    """節目有, 書目有, 內容為: what the titles among an activity's quotations are, as far as it shows."""
    name = folded(scene.name.text)
    for phrase, endings in table("events")["titles"].items():
        if name.endswith(tuple(folded(word) for word in endings)):
            return str(phrase)
    told = (*(d.text for d in scene.details), *(f.action for f in scene.figures))
    given = any(_gives(text) for text in told)
    return "books" if given and any("书" in folded(text) for text in told) else "titles"


def _says_giving(voice: Voice, phrase: Phrase) -> bool:
    said_ = "".join(voice.index[p.fact].text if isinstance(p, Slot) else p if isinstance(p, str) else ""
                    for p in phrase.pieces)  # fmt: skip
    return phrase.group in ("scene", "figure") and _gives(said_)


def _gives(text: str) -> bool:
    return any(word in folded(text) for word in ("赠", "送", "发放", "借", "荐", "发书"))


def _scene(voice: Voice, scene: Scene, used: set[str], block: int, inside: dict[str, str]) -> list[Phrase]:
    """Details, then figures, the first of them brought in by 現場 or 會上 where that is true."""
    lead = [] if _says_scene(scene) else [word] if (word := _lead(voice, scene)) else []
    frames = [f for f in scene.figures if not f.of and f.fact not in used]
    details = [d for d in scene.details if d.id not in used]
    out = _figures(voice, scene, [f for f in frames if _is_early(scene, f)], used, block, lead)
    out.extend(_details(voice, scene, [d for d in details if not is_outcome(d.text)], block, inside, lead))
    out.extend(_figures(voice, scene, [f for f in frames if not _is_early(scene, f)], used, block, lead))
    out.extend(_details(voice, scene, [d for d in details if is_outcome(d.text)], block, inside, lead))
    return out


def _details(  # noqa: PLR0917  the parts of one pass
    voice: Voice, scene: Scene, details: list[Fact], block: int, inside: dict[str, str], lead: list[str]
) -> list[Phrase]:
    """Free-text facts as clauses; ``lead`` (現場) goes before the first that may take it, and is spent."""
    out = []
    for detail in details:
        cites = tuple(quote for quote, holder in inside.items() if holder == detail.id)
        body: Pieces = (Slot(detail.id), *((Cite(cites),) if cites else ()))
        body = _status(voice, scene, detail.status, body, detail.text)
        if lead and is_subjectless(detail.text) and not _leads_itself(detail.text, lead[0]):
            body = (lead.pop(), *body)
        out.append(Phrase(body, "scene", detail.text[:2], block=block))
    return out


def _figures(  # noqa: PLR0917  the parts of one pass
    voice: Voice,
    scene: Scene,
    frames: list[Frame],
    used: set[str],
    block: int,
    lead: list[str] | None = None,
) -> list[Phrase]:
    """Figures as clauses, those that share a verb merged, parts right after their whole."""
    out = []
    scope = actor = ""
    for group in merge(frames):
        first = group[0]
        body = said(
            voice, group, scope=first.scope != scope, actor=first.actor != actor or first.scope != scope
        )
        plain = first.order in ("do", "cover", "pivot") and not first.scope and not first.actor
        if lead and plain and folded(first.action)[:2] not in folded(lead[0]):
            body = (lead.pop(), *body)
        body = _status(voice, scene, first.status, body, first.action)
        scope, actor = first.scope, first.actor
        out.append(Phrase(body, "figure", f"verb:{folded(first.action)[:2]}", block=block))
        used.update(frame.fact for frame in group)
        for frame in group:
            out.extend(_parts(voice, scene, frame, used, block))
    return out


def _parts(voice: Voice, scene: Scene, whole: Frame, used: set[str], block: int) -> list[Phrase]:
    """Parts of a whole, right after it: 發現隱患57處，其中當場整改49處、限期整改8處."""
    parts = [f for f in scene.figures if f.of == whole.fact and f.fact not in used]
    if not parts:
        return []
    used.update(part.fact for part in parts)
    clauses = []
    for part in parts:
        same = not part.object or folded(part.object) == folded(whole.object)
        verb = "" if part.actor and folded(part.action) == folded(whole.action) else part.action
        shown: Pieces = (verb, Slot(part.fact)) if same else (verb, part.object, Slot(part.fact))
        shown = _status(voice, scene, part.status, tuple(piece for piece in shown if piece != ""))
        clauses.append((*(word for word in (part.scope, part.actor) if word), *shown))
    lead = "" if whole.of else voice.say("其中")
    pieces = (*((lead,) if lead else ()), *join(clauses, "、"))
    out = [Phrase(pieces, "part", bound=True, block=block)]
    for part in parts:
        out.extend(_parts(voice, scene, part, used, block))
    return out


def _says_scene(scene: Scene) -> bool:
    """Whether the sheet's own words say 現場 already."""
    texts = (*(d.text for d in scene.details), *(f.action + f.object + f.scope for f in scene.figures))
    return any(word in folded(text) for text in texts for word in folded_words("scene_words"))


def _lead(voice: Voice, scene: Scene) -> str:
    """現場, 會上, 其間: the word for the scene, where the facts put one there."""
    entry = event_entry(scene.name.text)
    if entry["kind"] == "meet":
        return voice.say(entry["scene"])
    one_day = scene.date is not None and scene.date.date is not None and scene.date.date.end is None
    if entry["kind"] == "held" and (scene.place or one_day):
        return voice.pick("scene_held") if entry["scene"] == "現場" else voice.say(entry["scene"])
    if scene.date and scene.date.date and scene.date.date.end:
        return voice.pick("scene_run")
    return ""


def _leads_itself(text: str, lead: str) -> bool:
    """在漢源縣… needs no 現場 before it, nor 培訓… a 培訓中."""
    return begins(text, "place_prepositions") or begins(text, "no_scene") or folded(lead)[:2] in folded(text)


def _status(voice: Voice, scene: Scene, status: Status, body: Pieces, text: str = "") -> Pieces:
    """擬 before what is planned, 正在 before what is under way, unless its activity said so already."""
    if status is scene.name.status or status is Status.DONE:
        return body
    if status is Status.PLANNED:
        return body if begins(text, "planned_openers") else (voice.say("計劃"), *body)
    ready = begins(text, "ongoing_openers") or (bool(text) and not is_subjectless(text))
    return body if ready else (voice.say("正在"), *body)
