"""The opening: on what basis, when, under which theme, by whom."""

from __future__ import annotations

from summarywriter.facts.index import Fact, FactKind
from summarywriter.realise.aggregate import Phrase, pack
from summarywriter.realise.scene import event_entry
from summarywriter.realise.voice import Pieces, Voice, begins, ends, fill_in, join, phrases, role_said
from summarywriter.slots import Cite, Slot


def opening(voice: Voice, facts: tuple[str, ...]) -> list[Pieces]:
    """The opening's sentences, from whatever of its facts there is."""
    found = [voice.index[i] for i in facts]
    by_kind: dict[FactKind, list[Fact]] = {}
    for fact in found:
        by_kind.setdefault(fact.kind, []).append(fact)
    bases = _bases(found)
    lead = join([fill_in(voice.pick(name), _=pieces) for name, pieces in bases[:1]], "，")
    unit, theme, period = (next(iter(by_kind.get(kind, ())), None) for kind in _CORE)
    sentences: list[Pieces] = []
    more = bases[1:]
    if len(more) == 1 and bases[0][0] == more[0][0]:
        lead = fill_in(voice.pick(bases[0][0]), _=(*bases[0][1], voice.say("和"), *more[0][1]))
        more = []
    for name, pieces in more:
        lead = (*lead, "，", *fill_in(_unlike(voice, name, lead), _=pieces))
    if unit or theme or period or lead:
        sentences.append(_core(voice, lead, unit, theme, period))
    sentences.extend(organisers(voice, tuple(f.id for f in by_kind.get(FactKind.ORGANISERS, ()))))
    sentences.extend(people(voice, tuple(f.id for f in by_kind.get(FactKind.PERSON, ()))))
    return sentences


def _unlike(voice: Voice, name: str, lead: Pieces) -> str:
    """A phrase that does not open as one before it does: 根據…要求，按照…部署, never 按照 twice."""
    said = {piece[:2] for piece in lead if isinstance(piece, str)}
    picked = [voice.pick(name) for _ in phrases()[name]]
    return next((phrase for phrase in picked if phrase[:2] not in said), picked[0])


_CORE = (FactKind.UNIT, FactKind.THEME, FactKind.PERIOD)


def _bases(found: list[Fact]) -> list[tuple[str, Pieces]]:
    """Each basis with the phrase list it takes: issuers, 《title》, （number）."""
    out: list[tuple[str, Pieces]] = []
    issuers = {f.owner: f for f in found if f.kind is FactKind.ISSUERS}
    numbers = {f.owner: f for f in found if f.kind is FactKind.DOCNUMBER}
    for fact in found:
        if fact.kind is FactKind.BASIS:
            parts: list[Pieces] = []
            if fact.id in issuers:
                parts.append((Slot(issuers[fact.id].id, "bare"),))
            parts.append((Slot(fact.id),))
            if fact.id in numbers:
                parts.append(("（", Slot(numbers[fact.id].id), "）"))
            out.append(("basis_titled", join(parts, "")))
        elif fact.kind is FactKind.ISSUERS and (fact.owner is None or not _titled(found, fact.owner)):
            out.append(("basis_bare", (Slot(fact.id, "bare"),)))
        elif fact.kind is FactKind.DOCNUMBER and not _titled(found, fact.owner or ""):
            out.append(("basis_titled", (Slot(fact.id),)))
    return out


def _titled(found: list[Fact], key: str) -> bool:
    return any(fact.id == key and fact.kind is FactKind.BASIS for fact in found)


def _core(voice: Voice, lead: Pieces, unit: Fact | None, theme: Fact | None, period: Fact | None) -> Pieces:
    """The first sentence: [basis，][unit][於 period]開展了[以…為主題的]event."""
    out: list[object] = list(lead)
    if lead:
        out.append("，")
    subject: Pieces = (
        (Slot(unit.id),) if unit else ((voice.word("locality"),) if voice.word("locality") else ())
    )
    out.extend(subject)
    if period:
        if not subject and not lead:
            out.extend((Slot(period.id), "，"))
        else:
            out.extend((voice.say("於"), Slot(period.id)))
    event = event_noun(voice)
    verb = _verb_of(voice, event)
    if theme:
        out.extend(fill_in(voice.pick("opening_theme"), verb=verb, theme=(Slot(theme.id),), event=event))
    else:
        out.extend(fill_in(voice.pick("opening_plain"), verb=verb, event=event))
    out.append("。")
    voice.openings.append("basis" if lead else "unit" if unit else "date")
    return tuple(out)  # type: ignore[arg-type]


def _verb_of(voice: Voice, event: str) -> str:
    """The verb that goes with the event: 舉辦運動會, 開展清漂行動, 組織開展演練."""
    if ends(event, "fairs"):
        return voice.pick("opening_fair")
    entry = event_entry(event)
    kinds = {"舉辦": "opening_held", "舉行": "opening_held", "召開": "opening_met", "組織": "opening_drilled"}
    return voice.pick(kinds.get(entry["verb"], "opening_run"))


def event_noun(voice: Voice) -> str:
    """The event as what is held: 消防宣傳月活動."""
    return voice.word("event_full") or voice.word("event") or voice.say("活動")


def organisers(voice: Voice, facts: tuple[str, ...]) -> list[Pieces]:
    """活動由甲主辦，乙承辦，丙配合。 Those who only took part have a clause of their own."""
    led: list[Pieces] = []
    rest: list[Pieces] = []
    for fact in (voice.index[i] for i in facts):
        role = (fact.organisers.role if fact.organisers else None) or voice.say("組織")
        if ends(role, "role_nouns"):
            rest.append((role, voice.say("有"), Slot(fact.id)))
        elif (begins(role, "role_joining") or ends(role, "role_joining")) and not led:
            rest.append((Slot(fact.id), *role_said(voice, role)))
        else:
            led.append((Slot(fact.id), *role_said(voice, role)))
    told: list[Phrase] = []
    if led:
        event = voice.word("event") or voice.say("活動")
        work = event.endswith(voice.say("工作"))
        first = fill_in(voice.say("此項工作由{}") if work else voice.pick("led_by"), _=led[0], event=event)
        told.append(Phrase(first, "organisers", "led"))
        told.extend(Phrase(part, "organisers", "led") for part in led[1:])
    told.extend(Phrase(part, "joining", "joining") for part in rest)
    return [pieces for _, pieces in pack(voice, told, target=60, limit=110)]


def people(voice: Voice, facts: tuple[str, ...]) -> list[Pieces]:
    """People of the whole event who act in no activity, in the order given."""
    told = _named_elsewhere(voice)
    found = [voice.index[i] for i in facts]
    cited = [fact.id for fact in found if fact.id in told]
    out: list[Pieces] = []
    with_role = [f for f in found if f.id not in told and f.person and f.person.role]
    without = [f for f in found if f.id not in told and not (f.person and f.person.role)]
    clauses = [Phrase((Slot(f.id), f.person.role or ""), "people", "person") for f in with_role if f.person]
    out.extend(pieces for _, pieces in pack(voice, clauses))
    if without:
        names = join([(Slot(fact.id),) for fact in without], "、")
        out.append((*fill_in(voice.pick("people_list"), _=names), "。"))
    if cited and out:
        out[-1] = (*out[-1], Cite(()))
    return out


def _named_elsewhere(voice: Voice) -> set[str]:
    """People whose name and post stand in a free text that is told: naming them again would repeat."""
    texts = [f.text for f in voice.index if f.kind in (FactKind.MEASURE, FactKind.RESULT, FactKind.DETAIL)]
    return {
        fact.id
        for fact in voice.index
        if fact.kind is FactKind.PERSON and fact.owner is None and any(fact.text in text for text in texts)
    }
