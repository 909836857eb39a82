"""Totals, measures, results, publicity, problems, next steps."""

from __future__ import annotations

import re

from summarywriter.chinese.dates import find_dates
from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactKind
from summarywriter.facts.model import Status
from summarywriter.realise import opening
from summarywriter.realise.aggregate import TARGET, Phrase, merge, pack
from summarywriter.realise.frames import Frame, figures_of, said
from summarywriter.realise.scene import is_blank, is_subjectless
from summarywriter.realise.voice import Pieces, Voice, begins, fill_in, join, phrases
from summarywriter.slots import Cite, Slot

_WITHIN = re.compile(r"[^，,]{1,6}(?:内|前|后|起|底|季度)")  # 兩周內, 三季度, 汛期前
_TOTALS_LIMIT = 96
_SENTENCE = 12  # characters of a problem that stands by itself under its heading
_ORDINAL = 3  # characters of 一是 and the mark after it
_LONG = 17  # characters of a problem of two clauses that is a sentence
_US = "@us"  # the author, as whoever took the measures
_PAIR = 2
_BRIEF = 48  # characters of two results that a ，may join
_FEW = 3  # entries that one sentence can hold


def totals(voice: Voice, facts: tuple[str, ...]) -> list[Pieces]:
    """Totals once: 據統計，活動期間全鎮共發放宣傳資料4200餘份，受教育群眾5000餘人次."""
    frames = figures_of(voice.index, facts)
    if not frames:
        return []
    told: list[Phrase] = []
    groups = merge([frame for frame in frames if not frame.of or frame.of not in facts])
    whose = "" if _says_whose(groups[0][0], voice.word("whole")) else voice.word("whole")
    if len(frames) == 1 and whose:
        lead: Pieces = (whose,)  # one number is no reckoning
    else:
        during = voice.plan.words.get("during", voice.say("活動期間"))
        template = voice.pick("totals_period") if during else "{whole}"
        lead = fill_in(voice.pick("totals")) + fill_in(template, during=during, whole=whose)
    for n, group in enumerate(groups):
        first = group[0]
        counts = (
            first.order in ("do", "cover", "attend", "join") and not first.actor and not first.scope and not n
        )
        body = said(voice, group, cumulative=voice.pick("cumulative") if counts else "")
        body = _planned(voice, first.status, body)
        joined = (*lead, *body) if not n else body
        told.append(
            Phrase(joined, f"total{len(group) > 1}", "totals" if not n else "verb:" + first.action, block=0)
        )
        for whole in group:
            parts = [f for f in frames if f.of == whole.fact]
            if parts:
                clauses: list[Pieces] = [
                    tuple(p for p in (f.action, f.object, Slot(f.fact)) if p != "") for f in parts
                ]
                told.append(Phrase((voice.say("其中"), *join(clauses, "、")), "part", bound=True))
    return [pieces for _, pieces in pack(voice, told, target=56, limit=_TOTALS_LIMIT)]


def _says_whose(frame: Frame, whole: str) -> bool:
    """Whether a total says itself whose it is: by scope, by actor, or by its first word (全省培訓農民)."""
    label = folded(frame.action + frame.object)
    return bool(frame.scope or frame.actor) or bool(whole and label.startswith(folded(whole)))


def _we(voice: Voice) -> str:
    """我局, 我鎮: the unit that writes; it is whose measures and next steps the sheet gives."""
    return voice.word("our_unit") or voice.word("our")


def _planned(voice: Voice, status: Status, body: Pieces) -> Pieces:
    if status is Status.PLANNED:
        return (voice.say("計劃"), *body)
    return body


def entries(voice: Voice, facts: tuple[str, ...], role: str) -> list[Pieces]:
    """Measures, results, publicity: their own words, put into sentences."""
    found, blank = _printed([voice.index[i] for i in facts if voice.index[i].kind in FREE_TEXT])
    people = [voice.index[i] for i in facts if voice.index[i].kind is FactKind.PERSON]
    told: list[Phrase] = []
    for n, fact in enumerate(found):
        named = tuple(person.id for person in people if person.text in fact.text)
        body: Pieces = (Slot(fact.id), *((Cite(named),) if named else ()))
        people = [person for person in people if person.id not in named]
        us = not n and role == "measures" and not voice.is_told(_US)
        if us and _we(voice) and subjectless(_undated(fact.text)):
            voice.tell(_US)  # said once: later parts go on without
            on = (voice.say("於"),) if _opens_with_day(fact.text) else ()
            body = (_we(voice), *on, *body)
        elif not n:
            body = (*_lead(voice, fact, role), *body)
        body = (*_status(voice, fact, body), *(() if n else blank))
        mark = _mark(found, n, role) if n else ""
        told.append(Phrase(body, "entry", fact.text[:2], block=n, mark=mark))
    out = [pieces for _, pieces in pack(voice, told)]
    return [*opening.people(voice, tuple(person.id for person in people)), *out]


def _printed(found: list[Fact]) -> tuple[list[Fact], Pieces]:
    """The entries that hold a word, and a mark after the first of them for those of marks alone (「，」)."""
    blank = tuple(fact.id for fact in found if is_blank(fact))
    return [fact for fact in found if fact.id not in blank], (Cite(blank),) if blank else ()


def _mark(found: list[Fact], n: int, role: str) -> str:
    """，between short entries of one subject, ；between others."""
    left, right = found[n - 1].text, found[n].text
    if "，" in left or "，" in right or "；" in left:
        return "；"
    bare = subjectless(_undated(right))
    if role == "results":
        brief = len(found) == _PAIR and len(left) + len(right) <= _BRIEF
        return "，" if brief or (bare and subjectless(left)) else "；"
    if role == "measures" and bare:  # 鎮村幹部分片包戶，每週五碰頭通報: of two, the second shares the subject
        shared = len(found) == _PAIR and "、" not in left
        return "，" if shared or subjectless(_undated(left)) else "；"
    return "；"


def _opens_with_day(text: str) -> bool:
    """Whether an entry opens with a day or a month (3月底, 4月2日), which 於 may stand before."""
    dates = find_dates(text)
    return bool(dates) and dates[0].span.start == 0 and not begins(text, "time_openers")


def _undated(text: str) -> str:
    """An entry without the date that it opens with: what is left shows whether it has a subject."""
    dates = find_dates(text)
    if dates and dates[0].span.start == 0:
        return text[dates[0].span.end :].lstrip("，起前内內")
    return text


def _text(voice: Voice, clause: Phrase) -> str:
    return next((voice.index[piece.fact].text for piece in clause.pieces if isinstance(piece, Slot)), "")


def _lead(voice: Voice, fact: Fact, role: str) -> Pieces:
    if role == "results" and begins(fact.text, "effects") and fact.status is Status.DONE:
        return (voice.pick("results_lead"),)
    return ()


def _status(voice: Voice, fact: Fact, body: Pieces) -> Pieces:
    if fact.status is Status.PLANNED and not begins(fact.text, "planned_openers"):
        return (voice.say("計劃"), *body)
    return body


def subjectless(text: str) -> bool:
    """Whether an entry shows, by its first word, that it has no subject of its own."""
    return is_subjectless(text) or begins(text, "planned_openers")


def problems(voice: Voice, facts: tuple[str, ...], *, under_heading: bool) -> list[Pieces]:
    """One problem as 主要是…; several as 一是…；二是…, each kept word for word."""
    found, blank = _printed([voice.index[i] for i in facts if voice.index[i].span is None])
    if not found:
        return []
    lead: Pieces = () if under_heading else (voice.pick("problems_lead"),)
    voice.openings.append("enumeration")
    if len(found) == 1:
        short = under_heading and len(found[0].text) < _SENTENCE
        name = "problem_single" if short else "problem_plain" if under_heading else "problem_alone"
        return [(*fill_in(voice.pick(name), _=(Slot(found[0].id), *blank)), "。")]
    ordinals = [voice.say(word) for word in phrases()["ordinals"]]
    heavy = len(found) > _FEW or any("；" in fact.text or "。" in fact.text for fact in found)
    size = sum(len(fact.text) for fact in found)
    twofold = sum("，" in fact.text for fact in found) * 2 >= len(found)
    heavy = heavy or size + _ORDINAL * len(found) > TARGET or (twofold and size > _LONG * len(found))
    out: list[Pieces] = []
    for n, fact in enumerate(found):
        ordinal = ordinals[n] if n < len(ordinals) else voice.say(f"第{n + 1}，")
        out.append((ordinal, Slot(fact.id), *(() if n else blank)))
    if heavy:
        sentences: list[Pieces] = [(*part, "。") for part in out]
        return [(*lead, *sentences[0]), *sentences[1:]]
    return [(*lead, *join(out, "；"), "。")]


def next_steps(voice: Voice, facts: tuple[str, ...], *, under_heading: bool) -> list[Pieces]:
    """下一步，我鎮將…，並…；under its own heading the lead-in falls away."""
    found, blank = _printed([voice.index[i] for i in facts if voice.index[i].span is None])
    told: list[Phrase] = []
    for n, fact in enumerate(found):
        body: Pieces = (Slot(fact.id), *(() if n else blank))
        mark = ""
        if not n:
            body = (*_will(voice, fact, under_heading=under_heading), *body)
        elif "，" in fact.text or "，" in found[n - 1].text or _has_subject(fact.text):
            mark = "；"
        else:
            mark = "，"
            if n == len(found) - 1 and _takes_and(fact):
                body = (voice.say("並"), *body)
        told.append(Phrase(body, "entry", fact.text[:2], block=n, mark=mark))
    sentences = pack(voice, told, target=56)
    return [_without_and(voice, clauses, pieces) for clauses, pieces in sentences]


def _takes_and(fact: Fact) -> bool:
    """Whether 並 may stand before a last step: not before one that opens with a time."""
    return not (_dated(fact) or begins(fact.text, "planned_openers") or begins(fact.text, "no_and"))


def _without_and(voice: Voice, clauses: list[Phrase], pieces: Pieces) -> Pieces:
    """A sentence does not begin with 並."""
    return pieces[1:] if len(clauses) == 1 and pieces[0] == voice.say("並") else pieces


def _will(voice: Voice, fact: Fact, *, under_heading: bool) -> Pieces:
    lead: list[str] = [] if under_heading else [voice.pick("next_lead")]
    ready = begins(fact.text, "planned_openers")
    if subjectless(fact.text) or ready or _dated(fact) or not _has_subject(fact.text):
        lead.append(_we(voice))
        if not ready:
            lead.append(voice.say("將"))
            if _dated(fact):
                lead.append(voice.say("於"))
    return tuple(piece for piece in lead if piece)


def _has_subject(text: str) -> bool:
    """Whether a next step names at its very beginning who will take it."""
    if is_subjectless(text):
        return False
    return any(name.span.start == 0 for name in find_organisations(text)) or begins(text, "collective")


def _dated(fact: Fact) -> bool:
    return _dated_text(fact.text)


def _dated_text(text: str) -> bool:
    dates = find_dates(text)
    return (
        (bool(dates) and dates[0].span.start == 0)
        or begins(text, "time_openers")
        or bool(_WITHIN.match(folded(text)))
    )
