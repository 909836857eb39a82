"""What a sentence turns to: an event of its own, one told of before, a part of the whole, or a deed."""

from __future__ import annotations

import re

from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import folded
from summarywriter.extract.entries import is_when
from summarywriter.extract.eventnames import Event, Named
from summarywriter.extract.events import events_in
from summarywriter.extract.kinds import is_same, is_whole
from summarywriter.extract.naming import deed_in, named_by, topic_in
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.sheet import Doing, Passage
from summarywriter.extract.thread import RECENT, Thread, begins_paragraph
from summarywriter.extract.values import Found
from summarywriter.extract.words import pattern

_MET = ("召开", "组织召开", "举行")
_TELLING = re.compile("[一-鿿]{2,12}")
_COUNTED = re.compile("共? ?[0-9一二三四五六七八九十]+ ?[余多]?(?:场|次|期|堂|节|场次)")
_HEAD = re.compile(
    "(?:仪式|开幕式|会|演练|讲座|比赛|竞赛|大赛|培训|展|义诊|运动会|汇演|演出|市场|下乡.*|进[一-鿿]{2}.*)$"
)


def event_opened(
    thread: Thread, section: Section, sentence: Sentence, dates: list[Found], named: str
) -> Event | None:
    """The event that a sentence opens, if it opens one."""
    if not dates and topic_of(thread, section, sentence) is not None:
        return None  # 陣地宣傳方面，…微課堂開講63次 is about the 陣地宣傳
    for event in events_in(sentence):
        said = sentence.form.text[event.start : event.end]
        known = thread.known(said, event)
        if known is not None and (known is thread.current or not event.strong):
            continue
        before = sentence.source(event.start, event.end).start
        dated = section.day or any(v.span.start <= before and _has_day(v) for v in dates)
        dated = dated or event.named in (Named.DATED, Named.POINT) or section.closed
        dated = dated or bool(pattern("next_day").match(sentence.form.text))
        if (
            (event.bare and not dated)
            or _is_counted(sentence, event, among_measures=section.role == "measures")
            or is_whole(said, thread.sheet)
            or (thread.by_heading and (is_same(named, said, event) or _says_how(said, event)))
        ):
            continue
        if _opens(thread, section, sentence, event, dated=dated):
            return event
    return None


def spoken_of(thread: Thread, section: Section, sentence: Sentence) -> Doing | None:
    """The activity, other than the current one, that a sentence speaks of again: 市集|三天營業額."""
    form = sentence.form.text
    if thread.by_heading:
        return None
    if section.role == "measures":
        return thread.named_in(_first_clause(form))
    for event in events_in(sentence):
        said = form[event.start : event.end]
        if is_whole(said, thread.sheet) and event.named is not Named.DEED:
            within_heading = section.level and not begins_paragraph(thread.text, section, sentence)
            return None if within_heading or section.closed else thread.for_whole()
        known = thread.known(said, event)
        if known is not None and event.strong:
            return known
    return thread.named_in(_first_clause(form)) or _again(thread, form)


def _says_how(said: str, event: Event) -> bool:
    """Whether it only says how what the heading names was done: by a 檢查, through a 小程序."""
    return event.named is Named.DEED or bool(
        pattern("weak_deed").match(said) or pattern("platform").search(said)
    )


def _first_clause(form: str) -> str:
    return re.split("[,;。:!?]", form, maxsplit=1)[0]


def _again(thread: Thread, form: str) -> Doing | None:
    """What a sentence calls by the end of its name, or 本次活動."""
    match = pattern("again").match(form)
    if match is None:
        return None
    if match["whole"] and thread.whole is not None:
        return thread.whole
    for doing in reversed(thread.sheet.activities[-RECENT:]):
        name = folded(doing.name.text).rstrip("”》")
        if match["name"] and name.endswith(match["name"]) and doing is not thread.current:
            return doing
    return None


def is_headings(thread: Thread, event: Event, sentence: Sentence, dates: list[Found]) -> bool:
    """Whether an event is what the heading over it calls more generally: 集中宣傳, told as a 啟動儀式."""
    return (
        thread.by_heading
        and event.strong
        and event.named is not Named.DEED
        and thread.current is not None
        and thread.current.date is None
        and not thread.current.figures
        and any(is_when(sentence, value) for value in dates)
    )


def _opens(thread: Thread, section: Section, sentence: Sentence, event: Event, *, dated: bool) -> bool:
    """Whether an event is an activity of its own where it stands."""
    if thread.by_heading:
        started = thread.current is not None and (
            thread.current.date is not None or not _has_head(thread.current)
        )
        paragraph = begins_paragraph(thread.text, section, sentence)
        return event.strong and ((dated and started) or (paragraph and section.level in (1, 2)))
    if section.role == "measures":
        return (dated and not event.bare) or (
            event.strong and sentence.form.text.startswith(_MET, event.verb)
        )
    begins = begins_paragraph(thread.text, section, sentence)
    return (
        event.strong
        or dated
        or begins
        or thread.current is None
        or section.role in ("activities", "overview")
    )


def deed_of(thread: Thread, section: Section, sentence: Sentence, dates: list[Found]) -> Passage | None:
    """The name of what a sentence tells of, where it names no event and yet begins something."""
    if not _is_deed(thread, section, sentence, dates):
        return None
    first = section.sentences[0]
    if section.day and thread.current is None and first is not sentence:
        said = re.split("[,，]", thread.text[first.span.start : first.span.end].strip("。！!？? "))[0]
        if (
            _TELLING.fullmatch(said)
            and not pattern("weather_told").search(folded(said))
            and first.span.end <= sentence.span.start
        ):
            return Passage(said, (first.span,))  # 春耕動員。全村…
    deed = deed_in(sentence, loose=thread.current is not None)
    return None if deed is None else named_by(sentence, thread.text, *deed)


def _is_deed(thread: Thread, section: Section, sentence: Sentence, dates: list[Found]) -> bool:
    """Whether a sentence that names no event tells of something new all the same: on a day of its own."""
    if thread.by_heading or section.role == "measures":
        return False
    days = [value for value in dates if is_when(sentence, value) and _has_day(value)]
    loose = pattern("loose_heading").search(folded(section.heading))
    later = bool(pattern("part_of_day").match(sentence.form.text))
    if section.day or section.closed:
        return thread.current is None or later
    if later and not days and begins_paragraph(thread.text, section, sentence):
        return True
    if not days or thread.current is None:
        several = sum(_starts_on_a_day(each) for each in section.sentences[:RECENT]) > 1
        return bool(days) and (not section.level or bool(loose) or several)
    return thread.current.date is not None or (thread.current is thread.whole and thread.is_campaign())


def topic_of(thread: Thread, section: Section, sentence: Sentence) -> tuple[int, int] | None:
    """The part of the whole that a sentence turns to."""
    if thread.by_heading or (section.role == "measures" and not sentence.form.text.startswith("在")):
        return None
    return topic_in(sentence)


def _is_counted(sentence: Sentence, event: Event, *, among_measures: bool) -> bool:
    """Whether an event is one of the things that a sentence counts: 送去慰問金30萬元，召開座談會|1場.

    Among measures a meeting that is counted was held to prepare: 先後召開專題會議|4次.
    """
    form = sentence.form.text
    if not _COUNTED.match(form, event.end) or "”" in form[event.start : event.end]:
        return False
    if among_measures and form[event.start : event.end].endswith("会议"):
        return True
    return any("," in form[q.span.end : event.start] for q in find_quantities(form[: event.start]))


def _starts_on_a_day(sentence: Sentence) -> bool:
    return bool(re.match("[0-9]{1,2} ?月 ?[0-9]{1,2} ?[日号]", sentence.form.text))


def _has_day(value: Found) -> bool:
    """Whether a date is a day or a month, not only a time of day."""
    point = value.date.start if value.date is not None else None
    return point is not None and bool(point.month or point.day)


def _has_head(doing: Doing) -> bool:
    """Whether an activity's name says what was held (開幕式), not only what it was about (集中宣傳)."""
    return bool(_HEAD.search(folded(doing.name.text)))
