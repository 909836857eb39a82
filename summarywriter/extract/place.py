"""Placing without a model: by headings, sentences and clauses; what is unclear is left for a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.events import Event, alike, events_in, heading_event
from summarywriter.extract.figures import read_figures
from summarywriter.extract.kinds import TEXT_KINDS, is_same, is_whole, kind_of
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.parties import place_of, take_parties, take_people, theme_in
from summarywriter.extract.sheet import Counted, Doing, Filling, Passage
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.extract.words import pattern
from summarywriter.facts.status import status_of
from summarywriter.lexicon import split_label

__all__ = ["Placer"]

_PLAIN = ("", "activities", "overview")
_RECENT = 24
"""Activities that a new one is compared with: an event is told of again soon, or not at all."""


@dataclass(slots=True)
class Placer:
    """Fills one sheet, section by section and sentence by sentence.

    Attributes:
        text: The source.
        sheet: What is filled.
        opening: The section before the first heading, where there are headings.
        taken: Spans of values that have found a place.
        current: The activity that is being told of.
        by_heading: Whether it is the heading that names it.
        summed: Where the last sentence of totals ended; -1 for none.
    """

    text: str
    sheet: Filling
    opening: Section | None = None
    taken: set[Span] = field(default_factory=set)
    current: Doing | None = None
    by_heading: bool = False
    summed: int = -1

    _named: dict[str, Doing] = field(default_factory=dict)
    _values: list[Found] = field(default_factory=list)

    def section(self, section: Section, values: list[Found]) -> None:
        """Place what stands under one heading."""
        self.current, self.by_heading, self._values = None, False, values
        name = heading_event(section.heading) if section.level and section.role in _PLAIN else ""
        if name and section.sentences and not self._several(section, name):
            self._open(
                Passage(name, (_inside(section.heading_span, section.heading, name),)), by_heading=True
            )
        fields = list(section.fields)
        for sentence in section.sentences:
            own = within(values, sentence.span)
            while fields and fields[0][1].end <= sentence.span.end:
                label, span = fields.pop(0)
                if span.start >= sentence.span.start:
                    self._field(label, span, own)
            self._sentence(section, sentence, own, named=name)
        for value in within(values, section.heading_span):
            self._quote(value)

    def _several(self, section: Section, name: str) -> bool:
        """Whether a section tells of several events, so that its heading names their field."""
        names: list[str] = []
        for sentence in section.sentences[:_RECENT]:
            for event in events_in(sentence):
                said = sentence.form.text[event.start : event.end]
                if event.strong and not any(alike(said, other) for other in (name, *names)):
                    names.append(said)
        return len(names) > 1 and section.level in (1, 2)

    # --- one sentence -------------------------------------------------------------------------------

    def _sentence(self, section: Section, sentence: Sentence, values: list[Found], *, named: str) -> None:
        form = sentence.form.text
        theme_in(form, sentence.span, values, self.sheet, self.taken)
        quantities = [v for v in values if v.kind is ValueKind.QUANTITY and v.span not in self.taken]
        dates = [v for v in values if v.kind is ValueKind.DATE]
        apart = self._begins_paragraph(section, sentence) and not events_in(sentence)
        kind = kind_of(section, form, counts=bool(quantities), by_heading=self.by_heading, apart=apart)
        if section is self.opening and not section.fields and not self._held_on_a_day(sentence, dates):
            self._totals(sentence, quantities)
        elif kind in TEXT_KINDS:
            self._text(kind, sentence, values)
        elif kind == "totals" or (
            kind == "activities" and quantities and not dates and self._sums_on(sentence)
        ):
            self._totals(sentence, quantities)
            self.summed = sentence.span.end
            for value in values:
                self._quote(value)
        else:
            self._activity(section, sentence, values, kind=kind, named=named)

    def _begins_paragraph(self, section: Section, sentence: Sentence) -> bool:
        """Whether a sentence begins a paragraph other than its section's first."""
        before = self.text[max(0, sentence.span.start - 2) : sentence.span.start]
        return sentence is not section.sentences[0] and "\n" in before

    @staticmethod
    def _held_on_a_day(sentence: Sentence, dates: list[Found]) -> bool:
        """Whether an opening's sentence tells of one thing held on one day, not of the whole period."""
        days = [value for value in dates if _is_when(sentence, value)]
        whole = any(value.date is not None and value.date.end is not None for value in days)
        return bool(days) and not whole and any(event.strong for event in events_in(sentence))

    def _sums_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on with the totals of the one before it, in the same paragraph."""
        return self.summed >= 0 and "\n" not in self.text[self.summed : sentence.span.start]

    def _totals(self, sentence: Sentence, quantities: list[Found]) -> None:
        figures = read_figures(self.text, sentence, quantities)
        self.sheet.totals += figures
        self.taken.update(value.span for value in quantities)
        self._told_of(figures, within(self._values, sentence.span))

    def _told_of(self, figures: list[Counted], values: list[Found]) -> None:
        """Titles and quotations that a figure counts: 《員工手冊》500冊 tells of both."""
        said = folded("\n".join(f"{figure.actor}{figure.action}{figure.object}" for figure in figures))
        for value in values:
            if value.kind in (ValueKind.QUOTE, ValueKind.TITLE) and folded(value.text) in said:
                self.taken.add(value.span)

    def _activity(
        self, section: Section, sentence: Sentence, values: list[Found], *, kind: str, named: str
    ) -> None:
        dates = [v for v in values if v.kind is ValueKind.DATE]
        event = self._event(section, sentence, dates, named)
        if event is not None and self._is_headings(event, sentence, dates):
            span = sentence.source(event.start, event.end)
            self._rename(Passage(_clean(self.text[span.start : span.end]), (span,)))
        elif event is not None:
            span = sentence.source(event.start, event.end)
            self._open(Passage(_clean(self.text[span.start : span.end]), (span,)))
            if self.current is not None and section.level > 1:
                self.current.area = section.heading
        elif kind == "activities" and (item := _numbered_item(sentence)) is not None and not self.by_heading:
            span = sentence.source(*item)
            self._open(Passage(_clean(self.text[span.start : span.end]), (span,)))
        elif kind == "measures" and not self.by_heading:
            self._text("measures", sentence, values)
            return
        elif self.current is None and any(v.kind is ValueKind.QUANTITY for v in values):
            self._open_for(section)
        if self.current is not None:
            named_here = event or next(iter(events_in(sentence)), None)
            self._fill(self.current, sentence, values, named_here)

    def _fill(self, doing: Doing, sentence: Sentence, values: list[Found], event: Event | None) -> None:
        """Everything that a sentence tells of an activity."""
        for value in values:
            if doing.date is None and value.date is not None and _is_when(sentence, value):
                doing.date = value
                self.taken.add(value.span)
        place = place_of(self.text, values)
        if place is not None and doing.place is None:
            doing.place = place
            self.taken.add(place.spans[0])
        take_parties(doing, self.text, values, self.taken, before=_limit(sentence, event))
        take_people(doing, sentence, self.text, values, self.taken)
        quantities = [v for v in values if v.kind is ValueKind.QUANTITY and v.span not in self.taken]
        figures = read_figures(self.text, sentence, quantities)
        doing.figures += figures
        self.taken.update(value.span for value in quantities)
        self._told_of(figures, values)
        self._details(doing, sentence, values)
        for value in values:
            self._quote(value)

    def _event(self, section: Section, sentence: Sentence, dates: list[Found], named: str) -> Event | None:
        """The event that a sentence opens, if it opens one."""
        for event in events_in(sentence):
            said = sentence.form.text[event.start : event.end]
            recent = self.sheet.activities[-_RECENT:]
            known = next((d for d in recent if is_same(d.name.text, said, event)), None)
            if known is not None and (known is self.current or not event.strong):
                continue
            dated = any(v.span.start <= sentence.source(event.start, event.end).start for v in dates)
            if (
                (event.bare and not dated)
                or is_whole(said, self.sheet)
                or (self.by_heading and is_same(named, said, event))
            ):
                continue
            if self._opens(section, sentence, event, dated=dated):
                return event
        return None

    def _is_headings(self, event: Event, sentence: Sentence, dates: list[Found]) -> bool:
        """Whether an event is what the heading over it calls more generally: 集中宣傳, told as a 啟動儀式."""
        return (
            self.by_heading
            and event.strong
            and self.current is not None
            and self.current.date is None
            and not self.current.figures
            and any(_is_when(sentence, value) for value in dates)
        )

    def _rename(self, name: Passage) -> None:
        if self.current is not None:
            self.current.area, self.current.name = self.current.name.text, name
            self._named[folded(name.text)] = self.current

    def _opens(self, section: Section, sentence: Sentence, event: Event, *, dated: bool) -> bool:
        """Whether an event is an activity of its own where it stands."""
        if self.by_heading:
            started = self.current is not None and (
                self.current.date is not None or not _has_head(self.current)
            )
            paragraph = self._begins_paragraph(section, sentence)
            return event.strong and ((dated and started) or (paragraph and section.level in (1, 2)))
        if section.role == "measures":
            return (dated and not event.bare) or (
                event.strong and sentence.form.text.startswith(_MET, event.verb)
            )
        begins = self._begins_paragraph(section, sentence)
        return (
            event.strong
            or dated
            or begins
            or self.current is None
            or section.role in ("activities", "overview")
        )

    # --- entries ------------------------------------------------------------------------------------

    def _open(self, name: Passage, *, by_heading: bool = False) -> None:
        key = folded(name.text)
        doing = self._named.get(key)
        if doing is None:
            doing = self._named[key] = Doing(name, sure=by_heading)
            self.sheet.activities.append(doing)
        self.current, self.by_heading = doing, by_heading

    def _open_for(self, section: Section) -> None:
        """An activity for figures that no event is named for: by the heading, or by the title."""
        title = self.sheet.title
        if title is not None and announced(title) is not title:
            self._open(announced(title))
        elif section.level:
            self._open(Passage(section.heading, (section.heading_span,)))
        elif self.sheet.title is not None:
            self._open(announced(self.sheet.title))
        else:
            first = section.span
            said = re.split("[。，,；;：:\n]", self.text[first.start : first.end].strip(_MARKS), maxsplit=1)[
                0
            ]
            self._open(Passage(said[:_LONGEST_NAME], (Span(first.start, first.start + len(said)),)))

    def _text(self, name: str, sentence: Sentence, values: list[Found]) -> None:
        """A sentence, told whole, with the values in it."""
        span = sentence.span
        said = _clean(self.text[span.start : span.end])
        leads_in = name == "problems" and not values and pattern("leads_in").search(sentence.form.text)
        if name == "next_steps" and (subject := pattern("subject").match(folded(said))):
            said = said[subject.end() :] if len(folded(said)) == len(said) else said
        if len(said) < _SHORTEST_ENTRY or leads_in:
            return
        self.sheet.texts[name].append(Passage(said, (span,)))
        self.taken.update(v.span for v in values)

    def _details(self, doing: Doing, sentence: Sentence, values: list[Found]) -> None:
        """Clauses that say by themselves what was done, and those that hold a date not told elsewhere."""
        form, start = sentence.form.text, 0
        for stop in [*(m.end() for m in re.finditer("[,;]", form)), len(form)]:
            span = sentence.source(start, stop)
            inside = within(values, span)
            left = any(v.span not in self.taken and v.kind in _TOLD_IN_TEXT for v in inside)
            if left or (not inside and _is_doing(form[start:stop], doing.name.text)):
                doing.details.append(Passage(_clean(self.text[span.start : span.end]), (span,)))
                self.taken.update(v.span for v in inside)
            start = stop

    def _quote(self, value: Found) -> None:
        """A title or a quotation, as one of the activity under way."""
        if self.current is None or value.span in self.taken:
            return
        if value.kind in (ValueKind.QUOTE, ValueKind.TITLE):
            if folded(value.text) not in {folded(quote.text) for quote in self.current.quotes}:
                self.current.quotes.append(value)
            self.taken.add(value.span)

    def _field(self, label: str, span: Span, values: list[Found]) -> None:
        """A notice's line: 時間, 地點, 活動名稱."""
        said = self.text[span.start : span.end].strip(_MARKS)
        if label == "name":
            self._open(Passage(said, (span,)), by_heading=True)
        elif self.current is None and label in ("date", "place", "figures") and self.sheet.title is not None:
            self._open(announced(self.sheet.title), by_heading=True)
        if self.current is not None and label == "place" and self.current.place is None:
            self.current.place = Passage(said, (span,))
            self.taken.update(v.span for v in values if v.kind in (ValueKind.ORGANISATION, ValueKind.PLACE))


_ANNOUNCED = re.compile(
    "(?:关于)?(?:举办|召开|开展|组织|举行)(?P<name>.{3,30}?)的?(?:通知|公告|邀请函|方案|预告)$"
)


def announced(title: Passage) -> Passage:
    """What a notice announces: 關於舉辦|培訓班|的通知; of any other title, the whole."""
    form = folded(title.text)
    match = _ANNOUNCED.search(form)
    if match is None or len(form) != len(title.text):
        return title
    return Passage(title.text[slice(*match.span("name"))], title.spans)


_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9])|[①-⑳])"
    r"(?:[0-9一二三四五六七八九十]{1,4}[年月日号至]|上午|下午|晚上?|,)*(?P<name>[^,;。:0-9]{4,24})(?=[,;。0-9]|$)"
)


def _numbered_item(sentence: Sentence) -> tuple[int, int] | None:
    """What a numbered paragraph without a heading is about: its first clause."""
    match = _ITEM.match(sentence.form.text)
    return None if match is None else match.span("name")


def _has_head(doing: Doing) -> bool:
    """Whether an activity's name says what was held (開幕式), not only what it was about (集中宣傳)."""
    return bool(_HEAD.search(folded(doing.name.text)))


_HEAD = re.compile(
    "(?:仪式|开幕式|会|演练|讲座|比赛|竞赛|大赛|培训|展|义诊|运动会|汇演|演出|市场|下乡.*|进[一-鿿]{2}.*)$"
)


def _limit(sentence: Sentence, event: Event | None) -> int:
    """Where, in the source, those who held an event must stand before."""
    return sentence.span.start if event is None else sentence.source(0, event.verb).end


_TOLD_IN_TEXT = frozenset({ValueKind.DATE, ValueKind.DOCNUMBER})
_SHORTEST_ENTRY = 6
_LONGEST_DETAIL = 40
_LONGEST_NAME = 24
_MET = ("召开", "组织召开", "举行")
_MARKS = " 　,，;；。、:：\n"
_ADVERBS = re.compile("^(?:并|还|同时|此外|现场|积极|认真|先后|分别|,|;)+")


def _is_when(sentence: Sentence, value: Found) -> bool:
    """Whether a date says when a thing was done: at its sentence's head or after 於, and no plan."""
    point = value.date.start if value.date is not None else None
    if point is None or not (point.month or point.day):
        return False
    form = sentence.form.text
    at = value.span.start - sentence.span.start
    clause = form[max(form.rfind(mark, 0, at) for mark in ",;") + 1 :]
    before = form[:at]
    if form.startswith(("前", "之前", "以前", "底前"), at + len(value.text)):
        return False  # a term, not a day
    early = len(before) <= _EARLY or before.endswith(("于", "在", "("))
    return early and status_of(re.split("[,;。]", clause)[0]) is None


_EARLY = 10


def _is_doing(clause: str, name: str) -> bool:
    """Whether a clause in comparison form says by itself what was done: 解答疑難問題; not 舉辦|講座 again."""
    bare = _ADVERBS.sub("", clause.strip(_MARKS))
    if folded(name) in bare and len(bare) <= len(name) + _SHORTEST_ENTRY:
        return False
    word = split_label(bare)[0]
    return word is not None and len(word) > 1 and _SHORTEST_ENTRY <= len(bare) <= _LONGEST_DETAIL


_POINT = re.compile(r"^(?:[-*•·●] ?)?(?:[0-9]{1,2}[.、]|[一二三四五六七八九十]是)?\s*")


def _clean(said: str) -> str:
    return _POINT.sub("", said.strip(_MARKS)).strip(_MARKS)


def _inside(span: Span, heading: str, name: str) -> Span:
    return Span(span.start, span.start + len(name)) if heading.startswith(name) else span
