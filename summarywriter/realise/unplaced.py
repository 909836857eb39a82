"""Heads of activities with neither day nor place nor host, and of those that their own facts name again."""

from __future__ import annotations

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.realise.aggregate import merge
from summarywriter.realise.frames import Frame, counted, said
from summarywriter.realise.head import Head, Parts
from summarywriter.realise.scene import Scene, event_entry, is_outcome, is_subjectless
from summarywriter.realise.voice import Pieces, Voice, begins, contains, join
from summarywriter.slots import Cite, Slot


def said_below(voice: Voice, scene: Scene, parts: Parts) -> list[Head]:
    """An activity whose first words below say its name again (表彰: 表彰先進10名) is told by them alone."""
    name = folded(scene.name.text)
    lead = (*parts.when, "，", *parts.where) if parts.when else parts.where
    opens = "date" if parts.when else "place" if parts.where else "verb"
    cite = Cite((scene.name.id,))
    if scene.details and _says_name(scene, scene.details[0]):
        detail = scene.details[0]
        own = parts.where and not is_subjectless(detail.text)
        return [
            Head(opens, (*lead, *(("，",) if own else ()), Slot(detail.id), cite), parts.base | {detail.id})
        ]
    first = scene.figures[0] if scene.figures else None
    if (
        first
        and first.is_plain
        and not scene.undone
        and first.order in ("do", "cover", "attend", "join", "state")
        and sorted(folded(first.action + first.object)) == sorted(name)  # 舊衣回收: 回收舊衣
    ):
        group = merge([f for f in scene.figures if f.order != "attend" and not f.of] or [first])[0]
        told = group if group[0] is first else [first]
        used = parts.base | {frame.fact for frame in told}
        return [Head(opens, (*lead, *said(voice, told), cite), used)]
    return []


def _says_name(scene: Scene, detail: Fact) -> bool:
    """Whether a free text says the activity's name: at its beginning, or, of one not done, word by word."""
    name, text = folded(scene.name.text), folded(detail.text)
    if text.startswith(name) and scene.name.status is Status.DONE:
        return True
    says_so = begins(detail.text, "planned_openers") if scene.planned else "正在" in text
    if scene.date or scene.place or not says_so:
        return False
    return name in text or (name[:-2] in text and name[-2:] in text)


def by_itself(voice: Voice, scene: Scene, parts: Parts) -> list[Head]:
    """An activity with neither day nor place nor host: by its numbers, its leader, or its name."""
    full = parts.held
    first = scene.figures[0] if scene.figures else None
    if first and counts_itself(scene, first):
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
    if parts.slogan:
        return [head for head in out if parts.slogan <= head.used]
    if scene.details and not scene.figures:
        out.extend(_by_detail(voice, scene.details[0], parts))
    repeats = first is not None and folded(first.action) in folded(scene.name.text)
    repeats = repeats or any(not is_outcome(detail.text) for detail in scene.details)  # the doing comes first
    if first and first.is_plain and first.order == "cover" and not repeats:
        group = merge([f for f in scene.figures if f.order != "attend" and not f.of])[0]
        told = parts.base | {frame.fact for frame in group}
        out.append(Head("name", (*parts.title, *said(voice, group)), told))
    return out


def _holds_again(frame: Frame, parts: Parts) -> bool:
    """Whether the first figure holds what the name holds: 舉辦專題培訓6期 of 安全培訓."""
    verb = parts.act[0] if parts.act else ""
    return (
        frame.is_plain
        and bool(frame.object)
        and frame.fact not in parts.often
        and isinstance(verb, str)
        and folded(frame.action) == folded(verb)
    )


def counts_itself(scene: Scene, frame: Frame) -> bool:
    """宣講 14場 of the activity 志願宣講 counts the activity itself."""
    label = folded(frame.action + frame.object)
    itself = bool(label) and folded(scene.name.text).endswith(label)
    return itself and frame.is_plain and contains(frame.unit, "counters")


def _by_leader(scene: Scene, parts: Parts) -> list[Head]:
    for fact in scene.people:
        role = fact.person.role if fact.person else None
        if role and contains(role, "leading_roles"):
            told = parts.held | {fact.id}
            return [Head("person", (Slot(fact.id), role, *parts.theme, *parts.act), told)]
    return []


def _by_number(voice: Voice, scene: Scene, parts: Parts) -> list[Head]:
    group = merge([f for f in scene.figures if f.order == "attend" and not f.of])[0]
    who = join([counted(voice, frame, before=True) for frame in group], "、")
    told = parts.base | {frame.fact for frame in group}
    first = group[0]
    out = [Head("name", (*parts.title, voice.say("有"), *who, first.action), told)]
    if first.object:
        out.append(Head("number", (*who, first.action, *parts.title), told))
    return out


def _by_detail(voice: Voice, detail: Fact, parts: Parts) -> list[Head]:
    told = parts.base | {detail.id}
    if is_subjectless(detail.text):
        return [Head("name", (*parts.title, Slot(detail.id)), told)]
    if detail.status is Status.DONE:
        return [Head("in", (voice.say("在"), *parts.title, voice.say("中，"), Slot(detail.id)), told)]
    return []
