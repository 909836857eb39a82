"""What was done in an activity: its free texts and its figures as clauses."""

from __future__ import annotations

import re
from collections import Counter

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.realise.aggregate import Phrase
from summarywriter.realise.frames import Frame, is_early, is_people, said
from summarywriter.realise.parts import grouped, parts_told
from summarywriter.realise.scene import Scene, event_entry, is_outcome, is_subjectless, is_title, status_said
from summarywriter.realise.voice import Pieces, Voice, begins, contains, ends, folded_words, join
from summarywriter.slots import Slot


class _Lead:
    """The word for the scene (現場, 其間), said once in an activity."""

    def __init__(self, word: str, *, opening: bool) -> None:
        self.word = word
        self.opening = opening  # said only where its clause begins a sentence

    def take(self) -> tuple[Pieces, str]:
        """What stands before the clause, and what does where it begins a sentence."""
        word, self.word = self.word, ""
        return ((), word) if self.opening else (((word,) if word else ()), "")


def doings(voice: Voice, scene: Scene, used: set[str], block: int) -> list[Phrase]:
    """Details, then figures, the first of them brought in by 現場 or 會上 where that is true."""
    lead = _lead(voice, scene) if not _says_scene(scene) else _Lead("", opening=False)
    frames = [f for f in scene.figures if not f.of and f.fact not in used]
    details = [d for d in scene.details if d.id not in used]
    counts = {d.id: found for d in details if (found := _counted_in(voice, d, frames))}
    taken = {f.fact for found in counts.values() for f in found}
    frames = [f for f in frames if f.fact not in taken]
    late = [
        d
        for d in details
        if is_outcome(d.text) or _goes_on(scene, d) or (d.id not in counts and _says_whither(scene, d))
    ]
    out = figures(voice, scene, [f for f in frames if is_set_up(scene, f)], used, block, lead)
    out.extend(_details(voice, scene, [d for d in details if d not in late], used, block, lead, counts))
    rest = _by_actor([f for f in frames if not is_set_up(scene, f) and f.fact not in used])
    out.extend(figures(voice, scene, rest, used, block, lead))
    out.extend(_details(voice, scene, late, used, block, lead, counts))
    return out


def is_set_up(scene: Scene, frame: Frame) -> bool:
    """Whether a figure is told before what was done: not where a free text says first what it counts."""
    if not is_early(frame):
        return False
    noun, name = folded(frame.object), folded(scene.name.text)
    if contains(frame.action, "holding_verbs"):  # 舉辦專題培訓6期 of 安全培訓 is the training itself
        return noun[-2:] in name
    return not (noun and any(noun[-2:] in folded(detail.text) for detail in scene.details))


def _goes_on(scene: Scene, detail: Fact) -> bool:
    """Whether a free text tells what is still under way in an activity that is done: it comes last."""
    return detail.status is not Status.DONE and scene.name.status is Status.DONE


def _says_whither(scene: Scene, detail: Fact) -> bool:
    """Whether a free text says what became of what a figure counts: 粽子送給老人 after 包粽子1750只."""
    text = folded(detail.text)
    labels = [folded(frame.action + frame.object) for frame in scene.figures if not frame.of]
    ends_ = (label[start:] for label in labels for start in range(1, len(label) - 1))
    return any(text.startswith(noun) and not is_people(noun) for noun in ends_)


def _halves(frame: Frame) -> tuple[str, str]:
    """A figure's verb and noun; with no verb known, its first word and the rest: 起出|老龍舟."""
    action, noun = folded(frame.action), folded(frame.object)
    return (action, noun) if action else (noun[:2], noun[2:])


def _counted_in(voice: Voice, detail: Fact, frames: list[Frame]) -> list[Frame]:
    """The figure that counts what a free text ends with: 與各村簽訂責任書 and 簽訂責任書 14份.

    Several where one verb governs several nouns: 設置補給點和醫療點 and 設置補給點 18個, 設置醫療點 26個.
    """
    text = folded(detail.text)
    named = [frame for frame in frames if _halves(frame)[1] and _halves(frame)[1] in text]
    doing = all(_is_doing(frame) for frame in named) and detail.status is Status.DONE
    if not named or not doing or len({_halves(frame)[0] for frame in named}) > 1:
        return []
    action = _halves(named[0])[0]
    at = text.rfind(action)
    numbers = (part.span.end for part in voice.index.parts(detail.id) if part.quantity and part.span)
    nouns = [_halves(frame)[1] for frame in named]
    last = next((noun for noun in nouns if text.endswith(noun)), "")
    if not action or at < 0 or not last or any(end > at for end in numbers):
        return []
    joined = re.split(r"[和与及、]", text[at + len(action) :])
    return named if len(joined) == len(named) and all(text.find(noun, at) > 0 for noun in nouns) else []


def _is_doing(frame: Frame) -> bool:
    return frame.is_plain and frame.order in ("do", "cover", "state") and frame.status is Status.DONE


def _numbers(frames: list[Frame]) -> Pieces:
    """The number of what a free text ends with; of several things, each with its number in brackets."""
    if len(frames) <= 1:
        return tuple(Slot(frame.fact) for frame in frames)
    named: list[Pieces] = [(frame.object, Slot(frame.fact)) for frame in frames]
    return ("（", *join(named, "、"), "）")


def _details(  # noqa: PLR0917  the parts of one pass
    voice: Voice,
    scene: Scene,
    details: list[Fact],
    used: set[str],
    block: int,
    lead: _Lead,
    counts: dict[str, list[Frame]],
) -> list[Phrase]:
    """Free-text facts as clauses; ``lead`` (現場) goes before the first that may take it, and is spent."""
    out: list[Phrase] = []
    for detail in details:
        count = counts.get(detail.id, [])
        body: Pieces = (Slot(detail.id), *_numbers(count))
        works = [quote for quote in scene.quotes if quote.id not in used and is_title(quote)]
        if works and not count and ends(detail.text, "works"):
            used.update(quote.id for quote in works)
            body = (*body, *(Slot(quote.id) for quote in works))
        body = status_said(voice, scene, detail.status, body, detail.text)
        first = ""
        if lead.word and is_subjectless(detail.text) and not _leads_itself(detail.text, lead.word):
            before, first = lead.take()
            body = (*before, *body)
        mark = "，" if begins(detail.text, "guest_verbs") else ""
        out.append(Phrase(body, "scene", detail.text[:2], block=block, mark=mark, first=first))
        for frame in count:
            used.add(frame.fact)
            out.extend(parts_told(voice, scene, frame, used, block))
    return out


def _by_actor(frames: list[Frame]) -> list[Frame]:
    """Figures of one actor side by side, each actor where it is first named."""
    place: dict[str, int] = {}
    for n, frame in enumerate(frames):
        place.setdefault(folded(frame.actor) or f"#{n}", n)
    return [
        frame
        for _, frame in sorted(
            enumerate(frames), key=lambda pair: (place[folded(pair[1].actor) or f"#{pair[0]}"], pair[0])
        )
    ]


def figures(  # noqa: PLR0917  the parts of one pass
    voice: Voice,
    scene: Scene,
    frames: list[Frame],
    used: set[str],
    block: int,
    lead: _Lead | None = None,
) -> list[Phrase]:
    """Figures as clauses, those that share a verb merged, parts right after their whole."""
    out: list[Phrase] = []
    scope = actor = ""
    groups = grouped(scene, frames)
    several = any(n > 1 for who, n in Counter(folded(g[0].actor) for g in groups).items() if who)
    for group in groups:
        first = group[0]
        body = said(
            voice, group, scope=first.scope != scope, actor=first.actor != actor or first.scope != scope
        )
        plain = first.order in ("do", "cover", "pivot") and not first.scope and not first.actor
        opens = ""
        if lead is not None and lead.word and plain and not _is_said_by(lead.word, first):
            before, opens = lead.take()
            body = (*before, *body)
        body = status_said(voice, scene, first.status, body, first.actor or first.action)
        mark = "；" if several and actor and first.actor != actor else ""
        scope, actor = first.scope, first.actor
        kind = f"verb:{folded(first.action)[:2]}"
        out.append(Phrase(body, "figure", kind, block=block, mark=mark, first=opens))
        used.update(frame.fact for frame in group)
        for frame in group:
            out.extend(parts_told(voice, scene, frame, used, block))
    return out


# --- words around a clause -----------------------------------------------------------------------


def _says_scene(scene: Scene) -> bool:
    """Whether the sheet's own words say 現場 already."""
    texts = (*(d.text for d in scene.details), *(f.action + f.object + f.scope for f in scene.figures))
    return any(word in folded(text) for text in texts for word in folded_words("scene_words"))


def _lead(voice: Voice, scene: Scene) -> _Lead:
    """現場, 會上, 其間: the word for the scene, where the facts put one there."""
    entry = event_entry(scene.name.text)
    if entry["kind"] == "meet":
        return _Lead(voice.say(entry["scene"]), opening=False)
    one_day = scene.date is not None and scene.date.date is not None and scene.date.date.end is None
    if entry["kind"] == "held" and (scene.place or one_day):
        word = voice.pick("scene_held") if entry["scene"] == "現場" else voice.say(entry["scene"])
        return _Lead(word, opening=False)
    if scene.date and scene.date.date and scene.date.date.end:
        return _Lead(voice.pick("scene_run"), opening=True)
    return _Lead("", opening=False)


def _is_said_by(lead: str, frame: Frame) -> bool:
    """Whether 培訓中 or 比賽中 says already what a figure does or counts (舉行比賽35場)."""
    noun = folded(frame.object)[-2:]
    return folded(frame.action)[:2] in folded(lead) or bool(noun and noun in folded(lead))


def _leads_itself(text: str, lead: str) -> bool:
    """在漢源縣… needs no 現場 before it, nor 培訓… a 培訓中."""
    ready = ("place_prepositions", "no_scene", "guest_verbs")
    return any(begins(text, name) for name in ready) or folded(lead)[:2] in folded(text)
