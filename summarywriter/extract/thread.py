"""What a text is telling of as it goes on: which event a sentence opens, speaks of again, or leaves.

An event is what the sentences after it are about until another one comes, or until the part that it
stands in ends: a section, a day, a labelled line, a ceremony's paragraph. Then the telling returns to
what the text is about.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.extract.eventnames import Event
from summarywriter.extract.events import events_in
from summarywriter.extract.kinds import is_same
from summarywriter.extract.naming import (
    about,
    after_day,
    announced,
    first_words,
    is_letter,
    named_by,
    opener_of,
)
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.sheet import Doing, Filling, Passage
from summarywriter.extract.words import pattern

RECENT = 24
"""Activities that a new one is compared with: an event is told of again soon, or not at all."""
_SHORTEST_NAME = 3
_LONGEST_DEED = 24


@dataclass(slots=True)
class Thread:
    """What is being told of.

    Attributes:
        text: The source.
        sheet: Where activities are opened.
        planned: Whether the text only plans what it tells of.
        current: The activity that is being told of.
        whole: The activity that the whole text is about, once something is told of it.
        by_heading: Whether it is the heading that names the current one.
        entered: What was told of before a ceremony that the current one is.
        openers: How the paragraphs begin that are one of several parts each.
        parts: The events that a sentence listed, each told of later on: 先後舉行千人宴、校史展及慈善步行.
    """

    text: str
    sheet: Filling
    planned: bool = False
    current: Doing | None = None
    whole: Doing | None = None
    by_heading: bool = False
    entered: Doing | None = None
    openers: frozenset[str] = frozenset()
    parts: list[Passage] = field(default_factory=list)

    _named: dict[str, Doing] = field(default_factory=dict)

    def known(self, said: str, event: Event) -> Doing | None:
        """The activity that an event is, where it was told of before."""
        recent = self.sheet.activities[-RECENT:]
        return next((d for d in reversed(recent) if is_same(d.name.text, said, event)), None)

    def named_in(self, words: str) -> Doing | None:
        """The activity whose name stands in some words, the longest if several do."""
        named = [
            doing
            for doing in self.sheet.activities[-RECENT:]
            if len(core_of(doing)) >= _SHORTEST_NAME and core_of(doing) in words
        ]
        if named:
            return max(named, key=lambda doing: len(doing.name.text))
        short = pattern("called_short").match(words)
        alike = [
            doing for doing in self.sheet.activities[-RECENT:] if short and short["name"] in core_of(doing)
        ]
        return alike[0] if len(alike) == 1 else None

    def names(self) -> tuple[str, ...]:
        """What the activities told of lately are called, in comparison form."""
        said = (core_of(doing) for doing in self.sheet.activities[-RECENT:])
        return tuple(name for name in said if len(name) >= _SHORTEST_NAME)

    def rename(self, name: Passage) -> None:
        """Give the current activity its own name; what it was called by becomes its field."""
        if self.current is not None:
            self.current.area, self.current.name = self.current.name.text, name
            self._named[folded(name.text)] = self.current

    def open(self, name: Passage, *, by_heading: bool = False) -> None:
        """Begin to tell of an activity, or go back to the one of that name."""
        key = folded(name.text)
        recent = self.sheet.activities[-RECENT:]
        doing = self._named.get(key) or next((d for d in recent if folded(d.name.text) == key), None)
        if doing is None:  # nor is it a table's row
            doing = self._named[key] = Doing(name, sure=by_heading, planned=self.planned)
            if not (self.sheet.activities or by_heading) and self._is_titles(name):
                self.whole = doing
            self.sheet.activities.append(doing)
        self.current, self.by_heading = doing, by_heading

    def _is_titles(self, name: Passage) -> bool:
        """Whether the first event that is told of is what a title speaks of that does not name it."""
        title = self.sheet.title
        if title is None:
            return is_letter(self.text[:_LONGEST_VOICE].lstrip().partition("\n")[0])
        if announced(title) is not title:
            return False
        return bool(content_ngrams(name.text) & content_ngrams(title.text))

    def for_whole(self) -> Doing | None:
        """The activity that stands for the whole text."""
        if self.whole is None and self.sheet.title is not None:
            current, by_heading = self.current, self.by_heading
            self.open(announced(self.sheet.title))
            self.whole, self.current, self.by_heading = self.current, current, by_heading
        return self.whole

    def open_for(self, section: Section) -> None:
        """An activity for figures that no event is named for: by the heading, or by the title."""
        title = self.sheet.title
        generic = not section.heading or pattern("generic_heading").search(folded(section.heading))
        part = self.planned and pattern("plan_part").search(folded(section.heading))
        if title is not None and (generic or part):
            self.current = self.for_whole()
        elif section.day and section.sentences and not after_day(section.heading):
            told = [each for each in section.sentences if not pattern("weather_told").search(each.form.text)]
            first = told[0] if told else section.sentences[0]
            said = re.split("[,。:;0-9]", first.form.text, maxsplit=1)[0][:_LONGEST_DEED]
            self.open(named_by(first, self.text, 0, len(said)))
        elif section.heading:
            self.open(Passage(section.heading, (section.heading_span,)))
        else:
            self.open(first_words(section, self.text))

    def enter(self, section: Section) -> None:
        """Begin to tell of what stands under a heading."""
        self.current, self.by_heading, self.entered = None, False, None
        heads = [
            opener_of(sentence)
            for sentence in section.sentences
            if begins_paragraph(self.text, section, sentence)
        ]
        self.openers = frozenset(kind for kind, count in Counter(heads).items() if kind and count > 1)

    def listed(self, sentence: Sentence) -> bool:
        """Take note of the parts that a sentence lists; whether it lists any."""
        match = pattern("listed_parts").search(sentence.form.text)
        if match is None:
            return False
        for part in re.finditer("[^、和及与暨]{2,14}", match["parts"]):
            self.parts.append(
                named_by(sentence, self.text, *(match.start("parts") + at for at in part.span()))
            )
        return True

    def open_part(self, sentence: Sentence) -> bool:
        """Open the part that a paragraph begins to tell of, if its first words name one listed before."""
        head = re.split("[,。;:]", sentence.form.text, maxsplit=1)[0]
        named = [part for part in self.parts if folded(part.text) in head]
        if not named:
            return False
        self.open(max(named, key=lambda part: len(part.text)))
        return True

    def go_back(self, section: Section, sentence: Sentence, *, counts: bool) -> None:
        """Go back to what the text is about, at a paragraph that neither goes on nor names an event.

        A campaign's paragraphs that count something tell of a part of it each.

        Args:
            section: Where it is.
            sentence: The paragraph's first sentence.
            counts: Whether the paragraph counts anything.
        """
        if self.entered is not None:
            self.current, self.entered = self.entered, None  # a ceremony ends with its paragraph
        title = self.sheet.title
        if title is None and self.whole is not None and not section.level:
            self.current = self.current if pattern("goes_on").match(sentence.form.text) else self.whole
            return  # a letter's paragraphs are about what its first one is about
        if self.by_heading or section.level or title is None or (self.current is None and not self.openers):
            return
        form = sentence.form.text
        parted = opener_of(sentence) in self.openers
        if pattern("goes_on").match(form) and not parted:
            return
        if announced(title) is not title or self.whole is not None:
            self.current = self.for_whole()
        named = any(not event.bare for event in events_in(sentence))
        if counts and (parted or self.is_campaign()) and not (named or pattern("of_whole").match(form)):
            spans = [sentence.source(*part) for part in about(sentence)]
            if spans:
                self.open(Passage("".join(self.text[a:b] for a, b in spans), tuple(spans)))

    def is_campaign(self) -> bool:
        """Whether the whole is one of many days or many things."""
        return self.whole is not None and bool(pattern("whole_like").search(folded(self.whole.name.text)))


def core_of(doing: Doing) -> str:
    """An activity's name as it is spoken of again, in comparison form: 一場|技能比武."""
    return pattern("before_core").sub("", folded(doing.name.text))


def labelled(section: Section, name: Passage) -> Passage:
    """A deed's name with whose it is, under a label."""
    if not section.closed:
        return name
    return Passage(f"{section.heading}{name.text}", (section.heading_span, *name.spans))


def begins_paragraph(text: str, section: Section, sentence: Sentence) -> bool:
    """Whether a sentence begins a paragraph other than its section's first."""
    start = sentence.span.start
    before = text[text.rfind("\n", 0, start) + 1 : start]
    alone = not before.strip() or (len(before) <= _LONGEST_VOICE and not re.search("[。！？；!?;]", before))
    return sentence is not section.sentences[0] and alone


_LONGEST_VOICE = 30
"""What stands before a paragraph's first words on their line: a number, or who speaks in a chat."""
