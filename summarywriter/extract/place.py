"""Placing without a model: which activity each sentence tells of, or whether it tells of the whole.

An event is what the sentences after it are about until another one comes, or until the part that it
stands in ends: a section, a day, a labelled line. Then, or where a sentence speaks of the whole (據統計,
活動期間), the telling returns to what the text is about. What is unclear is left for a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.chatting import Chat
from summarywriter.extract.entries import clean, fill_activity, is_when, quote, told_of
from summarywriter.extract.events import events_in
from summarywriter.extract.figures import read_figures
from summarywriter.extract.following import follow
from summarywriter.extract.headed import is_held_on_a_day, is_of_all, is_overview, open_by_heading
from summarywriter.extract.kinds import TEXT_KINDS, kind_of
from summarywriter.extract.naming import (
    announced,
    label_in,
    listed_deed,
    named_by,
    subject_in,
)
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.parties import theme_in
from summarywriter.extract.rows import place_rows
from summarywriter.extract.sheet import Doing, Filling, Passage
from summarywriter.extract.thread import RECENT, Thread, begins_paragraph
from summarywriter.extract.turns import turn_of
from summarywriter.extract.units import units
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.extract.words import pattern

__all__ = ["Placer"]

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
        parted: Whether headings below others tell of one thing each.
        chat: Who told of what, in a chat.
    """

    text: str
    sheet: Filling
    opening: Section | None = None
    taken: set[Span] = field(default_factory=set)
    planned: bool = False
    summed: int = -1
    thread: Thread = field(init=False)
    parted: bool = False
    chat: Chat = field(default_factory=Chat)

    _values: list[Found] = field(default_factory=list)
    _headed: dict[int, Doing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.thread = Thread(self.text, self.sheet, planned=self.planned)

    def section(self, section: Section, values: list[Found]) -> None:
        """Place what stands under one heading."""
        self.thread.enter(section)
        self._values = values
        above = self._headed.get(id(section.above)) if section.above is not None else None
        name = open_by_heading(self.thread, section, values, above=above)
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
                summed = bool(pattern("sum_heading").search(folded(section.heading)))
                place_rows(tables[0], self.sheet, self.text, values, self.taken, summed=summed)
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

    def _dates(self, section: Section, value: Found) -> bool:
        """Give a day that is a heading to what was done on it."""
        first, last = section.span
        for doing in self.sheet.activities[-RECENT:]:
            spans = doing.name.spans
            if doing.date is None and spans and first <= spans[0].start < last:
                doing.date = value
                self.taken.add(value.span)
        return value.span in self.taken

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
        if self._turned(section, sentence, begins=begins) or (begins and self._opened(section, sentence)):
            self._activity(section, sentence, values, kind="activities", named=named, opened=True)
            return
        kind = self._kind(section, sentence, counts=bool(quantities), begins=begins)
        overview = section is self.opening or (kind == "activities" and self.parted and is_overview(section))
        if overview and not section.fields and not is_held_on_a_day(sentence, dates):
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
            elif begins and not section.spoken:
                several = len(pattern("unit_clause").findall(form)) > 1
                self.thread.go_back(section, sentence, counts=self._counts(sentence) and not several)
            for unit in units(sentence, self.text, self.thread.names()):
                own = within(values, unit.span)
                listed = unit.span != sentence.span or pattern("point_clause").match(form)
                opened = bool(listed) and kind == "activities" and self._unit(unit, own)
                self._activity(section, unit, own, kind=kind, named=named, opened=opened)

    def _kind(self, section: Section, sentence: Sentence, *, counts: bool, begins: bool) -> str:
        """Which part of the sheet a sentence belongs to, where it stands."""
        form = sentence.form.text
        if not (self.thread.by_heading or self.planned) and self.thread.listed(sentence):
            return "totals"
        if counts and (begins or sentence is section.sentences[0]) and is_of_all(self.thread, section, form):
            return "totals"
        named_here = any(not event.bare for event in events_in(sentence))
        apart = begins and (bool(pattern("told_already").search(form[:4])) or not named_here)
        alone = self.thread.by_heading or section.closed or section.day or section.level > 1
        kind = kind_of(section, form, counts=counts, by_heading=alone, apart=apart, planned=self.planned)
        one = kind == "totals" and self._is_of_one(section, sentence, begins=begins)
        return "activities" if one else kind

    def _unit(self, unit: Sentence, values: list[Found]) -> bool:
        """Open what one point of a list, or one unit of several, tells of, where it names no event."""
        counts = any(value.kind is ValueKind.QUANTITY for value in values)
        deed = listed_deed(unit)
        if deed is None or not counts or self.thread.by_heading or any(not e.bare for e in events_in(unit)):
            return False
        self.thread.open(named_by(unit, self.text, *deed))
        return True

    def _turned(self, section: Section, sentence: Sentence, *, begins: bool) -> bool:
        """Turn to the station that a chat's turn speaks of; whether its first words name it."""
        first = begins or sentence.span.start <= section.sentences[0].span.end
        return section.spoken and first and self.chat.turn(self.thread, section, sentence)

    def _opened(self, section: Section, sentence: Sentence) -> bool:
        """Open what a paragraph says by its first words that it is about: a label, a part, a subject."""
        if (label := self._labelled(section, sentence)) is not None:
            self.thread.open(named_by(sentence, self.text, *label))
            return True
        if self.thread.by_heading or self.planned:
            return False
        if self.thread.open_part(sentence):
            return True
        subject = subject_in(sentence)
        if subject is None or not self._counts(sentence):
            return False
        if any(event.strong and event.start >= subject[1] for event in events_in(sentence)):
            return False
        self.thread.open(named_by(sentence, self.text, *subject))
        return True

    def _labelled(self, section: Section, sentence: Sentence) -> tuple[int, int] | None:
        """What a paragraph is labelled with that counts something, where no heading says what it is of."""
        if (
            not self._counts(sentence)
            or self.thread.by_heading
            or section.level
            or section.fields
            or section.role
        ):
            return None
        return label_in(sentence)

    def _counts(self, sentence: Sentence) -> bool:
        """Whether the paragraph that a sentence begins counts anything."""
        end = self.text.find("\n", sentence.span.start)
        if end >= 0 and self.text[sentence.span.start : end].rstrip().endswith(("：", ":")):
            end = self.text.find("\n", end + 1)  # …如下：, and what it is on the line below
        span = Span(sentence.span.start, end if end >= 0 else len(self.text))
        return any(value.kind is ValueKind.QUANTITY for value in within(self._values, span))

    def _is_of_one(self, section: Section, sentence: Sentence, *, begins: bool) -> bool:
        """Whether a sum is of one thing: told under its heading with its day, or amid its paragraph."""
        current, form = self.thread.current, sentence.form.text
        if self.thread.by_heading:
            if section.level > 1 and current is not None and current is self._headed.get(id(section)):
                return not pattern("of_everything").search(form)
            first = sentence.span.start <= section.sentences[0].span.end
            dates = [v for v in within(self._values, sentence.span) if v.date is not None]
            return first and any(is_when(sentence, value) for value in dates)
        if begins or section.level or current is None or current is self.thread.whole:
            return False
        rest = pattern("sum_alone").sub("", form)
        return not pattern("wide").search(rest) and not pattern("sums").search(rest)

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
        event, told = None, True
        if not opened:
            event, told = follow(self.thread, section, sentence, values, kind=kind, named=named)
        if not told:
            self._text("measures", sentence, values)
            return
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
