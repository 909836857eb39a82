"""Placing without a model: which activity each sentence tells of, or whether it tells of the whole.

An event is what the sentences after it are about until another one comes, or until the part that it
stands in ends: a section, a day, a labelled line. Then, or where a sentence speaks of the whole (據統計,
活動期間), the telling returns to what the text is about. What is unclear is left for a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.entries import clean, fill_activity, is_when, quote, told_of
from summarywriter.extract.eventnames import Named, alike, heading_event
from summarywriter.extract.events import events_in
from summarywriter.extract.figures import read_figures
from summarywriter.extract.kinds import TEXT_KINDS, kind_of
from summarywriter.extract.naming import (
    after_day,
    announced,
    done_to,
    label_in,
    listed_deed,
    named_by,
    numbered_item,
)
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.parties import theme_in
from summarywriter.extract.rows import place_rows
from summarywriter.extract.sheet import Doing, Filling, Passage
from summarywriter.extract.thread import RECENT, Thread, begins_paragraph, labelled
from summarywriter.extract.turning import deed_of, event_opened, is_headings, spoken_of, topic_of
from summarywriter.extract.turns import turn_of
from summarywriter.extract.units import units
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.extract.words import pattern

__all__ = ["Placer"]

_PLAIN = ("", "activities", "overview")
_SHORTEST_ENTRY = 6
_HELD_BY = ("date", "place", "figures")


@dataclass(slots=True)
class Placer:
    """Fills one sheet, section by section and sentence by sentence.

    Attributes:
        text: The source.
        sheet: What is filled.
        opening: The section before the first heading, where there are headings.
        taken: Spans of values that have found a place.
        planned: Whether the text only plans what it tells of.
        summed: Where the last sentence of totals ended; -1 for none.
        thread: What is being told of.
    """

    text: str
    sheet: Filling
    opening: Section | None = None
    taken: set[Span] = field(default_factory=set)
    planned: bool = False
    summed: int = -1
    thread: Thread = field(init=False)

    _values: list[Found] = field(default_factory=list)
    _headed: dict[int, Doing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.thread = Thread(self.text, self.sheet, planned=self.planned)

    def section(self, section: Section, values: list[Found]) -> None:
        """Place what stands under one heading."""
        self.thread.enter(section)
        self._values = values
        name = heading_event(section.heading) if section.level and section.role in _PLAIN else ""
        if section.day and (said := after_day(section.heading)):
            self.thread.open(Passage(said, (section.heading_span,)), by_heading=True)
            name = said
        elif name and section.sentences and not self._several(section, name):
            self.thread.open(
                Passage(name, (_inside(section.heading_span, section.heading, name),)), by_heading=True
            )
        elif section.above is not None and (above := self._headed.get(id(section.above))) is not None:
            if not section.own_role:  # a point of what the heading above it names
                self.thread.current, self.thread.by_heading = above, True
                name = above.name.text
        elif self._heads(section, values):
            self.thread.open(Passage(section.heading, (section.heading_span,)), by_heading=True)
            name = section.heading
        if self.thread.current is not None:
            self._headed[id(section)] = self.thread.current
        fields = list(section.fields)
        tables = list(section.tables)
        for sentence in section.sentences:
            own = within(values, sentence.span)
            while fields and fields[0][1].end <= sentence.span.end:
                label, span = fields.pop(0)
                if span.start >= sentence.span.start:
                    self._field(label, span, own)
            while tables and tables[0].span.start <= sentence.span.start:
                place_rows(tables[0], self.sheet, self.text, values, self.taken)
                self.thread.current = None
                done = tables.pop(0).span.end
                self.summed = done
            if any(table.span.start <= sentence.span.start < table.span.end for table in section.tables):
                continue
            self._sentence(section, sentence, own, named=name)
        for value in within(values, section.heading_span):
            if section.day and value.kind is ValueKind.DATE and self._dates(section, value):
                continue
            quote(self.thread.current, value, self.taken)

    def _heads(self, section: Section, values: list[Found]) -> bool:
        """Whether a heading is the name of what is told under it, though it holds no event's name.

        Of the smallest part of a text everything is about what its heading says: 進企業，查找漏點. Only a
        heading that says nothing (主要情況), or says what kind of thing follows (措施, 問題), names none.
        Under 主要做法 a part that counts more than one thing tells of something done.
        """
        measures = section.role == "measures"
        if not section.level or section.closed or section.day or section.parted or section.tables:
            return False
        if section.role not in _PLAIN and (not measures or section.own_role):
            return False
        form = folded(section.heading)
        if pattern("generic_heading").search(form) or pattern("sum_heading").search(form):
            return False
        if pattern("field_heading").search(form) or (self.planned and not measures):
            return False
        counted = sum(v.kind is ValueKind.QUANTITY and v.span.start >= section.heading_span.end for v in values)
        if counted < (2 if measures else 1) or self._several(section, section.heading):
            return False
        if measures:
            section.role = "activities"
        return True

    def _dates(self, section: Section, value: Found) -> bool:
        """Give a day that is a heading to what was done on it."""
        first, last = section.span
        for doing in self.sheet.activities[-RECENT:]:
            spans = doing.name.spans
            if doing.date is None and spans and first <= spans[0].start < last:
                doing.date = value
                self.taken.add(value.span)
        return value.span in self.taken

    def _several(self, section: Section, name: str) -> bool:
        """Whether a section tells of several events, so that its heading names their field."""
        names: list[str] = []
        for sentence in section.sentences[:RECENT]:
            for event in events_in(sentence):
                said = sentence.form.text[event.start : event.end]
                if event.strong and not any(alike(said, other) for other in (name, *names)):
                    names.append(said)
        return len(names) > 1 and section.level in (1, 2)

    # --- one sentence -------------------------------------------------------------------------------

    def _sentence(self, section: Section, sentence: Sentence, values: list[Found], *, named: str) -> None:
        begins = begins_paragraph(self.text, section, sentence)
        if (said := turn_of(sentence.form.text)) and (begins or sentence is section.sentences[0]):
            if not sentence.form.text[said:].strip():
                return
            span = sentence.source(said, len(sentence.form.text))
            sentence = Sentence(span, fold(self.text[span.start : span.end]))
            values = within(values, span)
        form = sentence.form.text
        if pattern("colophon").match(form):
            return
        theme_in(form, sentence.span, values, self.sheet, self.taken)
        quantities = [v for v in values if v.kind is ValueKind.QUANTITY and v.span not in self.taken]
        dates = [v for v in values if v.kind is ValueKind.DATE]
        named_here = any(not event.bare for event in events_in(sentence))
        apart = begins and (bool(pattern("told_already").search(form[:4])) or not named_here)
        alone = self.thread.by_heading or section.closed or section.day or section.level > 1
        kind = kind_of(
            section, form, counts=bool(quantities), by_heading=alone, apart=apart, planned=self.planned
        )
        if kind == "totals" and self._is_of_one(section, sentence, begins=begins):
            kind = "activities"
        label = self._labelled(section, sentence) if begins else None
        if label is not None:
            self.thread.open(named_by(sentence, self.text, *label))
            self._activity(section, sentence, values, kind="activities", named=named, opened=True)
            return
        if quantities and (begins or sentence is section.sentences[0]) and self._is_said_of_all(form):
            kind = "totals"
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
                quote(self.thread.current, value, self.taken)
        else:
            if begins and pattern("question").search(form) and not events_in(sentence):
                self.thread.current = None
            elif begins:
                several = len(pattern("unit_clause").findall(form)) > 1
                self.thread.go_back(section, sentence, counts=self._counts(sentence) and not several)
            for unit in units(sentence, self.text, self.thread.names()):
                own = within(values, unit.span)
                opened = unit.span != sentence.span and self._unit(unit, own)
                self._activity(section, unit, own, kind=kind, named=named, opened=opened)

    def _unit(self, unit: Sentence, values: list[Found]) -> bool:
        """Open what one point of a list, or one unit of several, tells of, where it names no event."""
        counts = any(value.kind is ValueKind.QUANTITY for value in values)
        deed = listed_deed(unit)
        if deed is None or not counts or self.thread.by_heading or any(not e.bare for e in events_in(unit)):
            return False
        self.thread.open(named_by(unit, self.text, *deed))
        return True

    def _labelled(self, section: Section, sentence: Sentence) -> tuple[int, int] | None:
        """What a paragraph is labelled with that counts something, where no heading says what it is of."""
        if not self._counts(sentence) or self.thread.by_heading or section.level or section.fields or section.role:
            return None
        return label_in(sentence)

    def _counts(self, sentence: Sentence) -> bool:
        """Whether the paragraph that a sentence begins counts anything."""
        end = self.text.find("\n", sentence.span.start)
        span = Span(sentence.span.start, end if end >= 0 else len(self.text))
        return any(value.kind is ValueKind.QUANTITY for value in within(self._values, span))

    @staticmethod
    def _held_on_a_day(sentence: Sentence, dates: list[Found]) -> bool:
        """Whether an opening's sentence tells of one thing held on one day, not of the whole period."""
        days = [value for value in dates if is_when(sentence, value)]
        whole = any(value.date is not None and value.date.end is not None for value in days)
        return bool(days) and not whole and any(event.strong for event in events_in(sentence))

    def _is_of_one(self, section: Section, sentence: Sentence, *, begins: bool) -> bool:
        """Whether a sum is of one thing: told under its heading with its day, or amid its paragraph."""
        current, form = self.thread.current, sentence.form.text
        if self.thread.by_heading:
            first = sentence.span.start <= section.sentences[0].span.end
            dates = [v for v in within(self._values, sentence.span) if v.date is not None]
            return first and any(is_when(sentence, value) for value in dates)
        if begins or section.level or current is None or current is self.thread.whole:
            return False
        rest = pattern("sum_alone").sub("", form)
        return not pattern("wide").search(rest) and not pattern("sums").search(rest)

    def _is_said_of_all(self, form: str) -> bool:
        """Whether a paragraph tells what people thought or say of the whole that the title speaks of."""
        title, current = self.sheet.title, self.thread.current
        if len(self.sheet.activities) <= 1 or title is None:
            return False
        told = pattern("all_told").match(form)
        if told is not None and (current is None or told["what"] not in folded(current.name.text)):
            return True
        if self.thread.by_heading:
            return False
        if pattern("survey").match(form):
            return True
        return announced(title) is title and bool(pattern("said_by").match(form))

    def _sums_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on with the totals of the one before it, in the same paragraph."""
        return self.summed >= 0 and "\n" not in self.text[self.summed : sentence.span.start]

    def _totals(self, sentence: Sentence, quantities: list[Found]) -> None:
        figures = read_figures(self.text, sentence, quantities)
        self.sheet.totals += figures
        self.taken.update(value.span for value in quantities)
        told_of(figures, within(self._values, sentence.span), self.taken)

    def _activity(
        self,
        section: Section,
        sentence: Sentence,
        values: list[Found],
        *,
        kind: str,
        named: str,
        opened: bool = False,
    ) -> None:
        dates = [v for v in values if v.kind is ValueKind.DATE]
        counts = any(v.kind is ValueKind.QUANTITY for v in values)
        event = None if opened else event_opened(self.thread, section, sentence, dates, named)
        if opened:
            pass
        elif event is not None and is_headings(self.thread, event, sentence, dates):
            self.thread.rename(named_by(sentence, self.text, event.start, event.end))
        elif event is not None:
            before = self.thread.current
            weak = pattern("weak_deed").match(sentence.form.text[event.start : event.end])
            name = done_to(sentence, event) if weak else (event.start, event.end)
            self.thread.open(named_by(sentence, self.text, *name))
            self.thread.entered = before if event.named is Named.SCENE else None
            if self.thread.current is not None and section.level > 1:
                self.thread.current.area = section.heading
        elif (again := spoken_of(self.thread, section, sentence)) is not None:
            self.thread.current = again
        elif (
            counts
            and not self.thread.by_heading
            and (topic := topic_of(self.thread, section, sentence)) is not None
        ):
            self.thread.open(named_by(sentence, self.text, *topic))
        elif (
            kind == "activities"
            and (item := numbered_item(sentence)) is not None
            and not (self.thread.by_heading or (self.planned and not dates))
        ):
            self.thread.open(named_by(sentence, self.text, *item))
        elif kind == "measures" and not self.thread.by_heading:
            self._text("measures", sentence, values)
            return
        elif counts and (deed := deed_of(self.thread, section, sentence, dates)) is not None:
            self.thread.open(labelled(section, deed))
        elif self.thread.current is None and counts:
            self.thread.open_for(section)
        if self.thread.current is not None:
            named_here = event or next(iter(events_in(sentence)), None)
            fill_activity(
                self.thread.current, sentence, self.text, values, taken=self.taken, event=named_here
            )
            if self.planned and pattern("told_already").search(sentence.form.text):
                self.thread.current.planned = False

    # --- entries ------------------------------------------------------------------------------------

    def _text(self, name: str, sentence: Sentence, values: list[Found]) -> None:
        """A sentence, told whole, with the values in it."""
        span = sentence.span
        said = clean(self.text[span.start : span.end])
        leads_in = name == "problems" and not values and pattern("leads_in").search(sentence.form.text)
        if name == "next_steps" and (subject := pattern("subject").match(folded(said))):
            said = said[subject.end() :] if len(folded(said)) == len(said) else said
        if len(said) < _SHORTEST_ENTRY or leads_in:
            return
        self.sheet.texts[name].append(Passage(said, (span,)))
        self.taken.update(v.span for v in values)

    def _field(self, label: str, span: Span, values: list[Found]) -> None:
        """A notice's line: 時間, 地點, 活動名稱."""
        said = clean(self.text[span.start : span.end])
        if label == "name":
            self.thread.open(Passage(said, (span,)), by_heading=True)
        elif (
            self.thread.current is None
            and label in ("date", "place", "figures")
            and self.sheet.title is not None
        ):
            self.thread.open(announced(self.sheet.title), by_heading=True)
        if self.thread.current is not None and label == "place" and self.thread.current.place is None:
            self.thread.current.place = Passage(said, (span,))
            self.taken.update(v.span for v in values if v.kind in (ValueKind.ORGANISATION, ValueKind.PLACE))


def _inside(span: Span, heading: str, name: str) -> Span:
    return Span(span.start, span.start + len(name)) if heading.startswith(name) else span
