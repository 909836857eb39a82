"""Activities: from the facts of one activity to a row of clauses.

Order within an activity: how it came about (day, place, host), who came, who spoke, what was shown or
done, what was counted, parts right after their whole.
"""

from __future__ import annotations

from dataclasses import replace

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.realise.aggregate import Phrase
from summarywriter.realise.attending import attending, coming, joined, people, role_clause, sees
from summarywriter.realise.doings import doings, figures, is_set_up
from summarywriter.realise.frames import Frame, figure_frame, rooted
from summarywriter.realise.heads import choose, heads
from summarywriter.realise.parts import parts_told
from summarywriter.realise.quoted import cited, inside, quotations, says_giving
from summarywriter.realise.scene import Scene, is_blank, is_hour
from summarywriter.realise.voice import Pieces, Voice, begins, ends
from summarywriter.slots import Cite, Slot


def scene_of(index: FactIndex, facts: tuple[str, ...]) -> Scene:
    """Sort the facts of one activity; ``facts[0]`` or another one is its name."""
    name = next(index[i] for i in facts if index[i].kind is FactKind.ACTIVITY)
    scene = Scene(name)
    for fact in (index[i] for i in facts if i != name.id):
        match fact.kind:
            case FactKind.DATE:
                if is_hour(fact):
                    scene.hour = fact
                else:
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
                (scene.blank if is_blank(fact) else scene.details).append(fact)
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


def phrases_of(voice: Voice, scene: Scene, block: int) -> list[Phrase]:
    """The clauses of one activity, in telling order."""
    holders = inside(scene)
    scene.quotes = [fact for fact in scene.quotes if fact.id not in holders]
    candidates = heads(voice, scene)
    head = choose(voice, candidates)
    voice.coming.append(head.opens)
    used = set(head.used)
    out: list[Phrase] = []
    rest = [group for group in scene.hosts if group.id not in used]
    out.extend(Phrase(role_clause(voice, group), "attend", block=block) for group in rest)
    out.extend(joined(voice, group, block) for group in scene.joining)
    out.extend(figures(voice, scene, _set_up(scene, used), used, block))
    out.extend(_who(voice, scene, used, block))
    if scene.theme is not None and scene.theme.id not in used:
        themed: Pieces = (voice.say("主題為"), Slot(scene.theme.id))
        out.insert(0, Phrase(themed, "attend", "quote", bound=True, block=block))
    parts = [
        p
        for frame in scene.figures
        if frame.fact in head.used
        for p in parts_told(voice, scene, frame, used, block)
    ]
    told = doings(voice, scene, used, block)
    if scene.hour is not None:
        told = _with_hour(voice, told, scene.hour, block)
    slogans, titles = quotations(voice, scene, used, block)
    giving = next((n for n, phrase in enumerate(told, 1) if says_giving(voice, phrase)), 0)
    told = [*told[:giving], *titles, *told[giving:]] if giving else [*titles, *out, *told]
    out = [*slogans, *out, *told] if giving else [*slogans, *told]
    others = tuple((h.opens, h.pieces) for h in candidates if h.used == head.used and h is not head)
    if scene.planned:
        parts, out = ([_to_come(voice, phrase) for phrase in told_] for told_ in (parts, out))
    if not head.pieces:
        return cited([*parts, *out], holders)
    leads_in = (("name", head.leads_in),) if head.leads_in else ()
    blank: Pieces = (Cite(tuple(fact.id for fact in scene.blank)),) if scene.blank else ()
    first = Phrase((*head.pieces, *blank), "head", head.opens, block=block, others=others, leads_in=leads_in)
    return [replace(phrase, done=not scene.undone) for phrase in cited([first, *parts, *out], holders)]


def _who(voice: Voice, scene: Scene, used: set[str], block: int) -> list[Phrase]:
    """Those who came, then those who spoke; the other way round where a free text says what guests did."""
    together = [] if any(f.order == "attend" and f.fact in used for f in scene.figures) else coming(scene)
    apart = [p for p in scene.people if p.id not in used and p not in together]
    guests = any(sees(detail.text) for detail in scene.details if detail.id not in used)
    if guests:
        spoke = people(voice, scene, apart, used, block)
        return [*spoke, *attending(voice, scene, used, block, together)]
    came = attending(voice, scene, used, block, together)
    return [*came, *people(voice, scene, apart, used, block)]


def _with_hour(voice: Voice, told: list[Phrase], hour: Fact, block: int) -> list[Phrase]:
    """A time of day with no day, after what comes back (每周三開課，時間為晚上7時) or told by it."""
    after = next((n for n, phrase in enumerate(told, 1) if _recurs(voice, phrase)), 0)
    if after and _says_hour(voice, told[after - 1], hour):
        spoken = told[after - 1]
        cited_ = replace(spoken, pieces=(*spoken.pieces, Cite((hour.id,))))
        return [*told[: after - 1], cited_, *told[after:]]
    at: Pieces = (voice.say("時間為"), Slot(hour.id))
    return [*told[:after], Phrase(at, "scene", "time", bound=True, block=block), *told[after:]]


def _recurs(voice: Voice, phrase: Phrase) -> bool:
    """Whether a clause says how often something comes back (每周三開課): the hour follows it."""
    told = (voice.index[piece.fact].text for piece in phrase.pieces if isinstance(piece, Slot))
    return any(begins(text, "recurring") for text in told)


def _says_hour(voice: Voice, phrase: Phrase, hour: Fact) -> bool:
    """Whether a clause says a part of the day itself: 每周五晚講讀繪本 beside 晚上."""
    told = (folded(voice.index[piece.fact].text) for piece in phrase.pieces if isinstance(piece, Slot))
    return any(hour.text[:1] in text for text in told) and not any(char.isdigit() for char in hour.text)


def _to_come(voice: Voice, phrase: Phrase) -> Phrase:
    """A clause of a planned activity says so again where it begins a sentence of its own."""
    start = phrase.pieces[0] if phrase.pieces else ""
    text = (
        voice.index[start.fact].text if isinstance(start, Slot) else start if isinstance(start, str) else ""
    )
    return phrase if begins(text, "planned_openers") else replace(phrase, first=voice.say("計劃"))


def _set_up(scene: Scene, used: set[str]) -> list[Frame]:
    """Figures of what an activity began with that the sheet gives before those who came (設項目 18個)."""
    came = next((n for n, f in enumerate(scene.figures) if f.order in ("attend", "join")), 0)
    return [f for f in scene.figures[:came] if is_set_up(scene, f) and f.fact not in used]
