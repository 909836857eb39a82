"""From a model's reply to a part of the sheet: what the source bears out is taken, the rest refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.chunks import Chunk
from summarywriter.extract.figures import is_planned
from summarywriter.extract.grounds import Refused, bare, cited_value, supported, verbatim
from summarywriter.extract.reply import Cited, Event, Figure, Group, Placement, Somebody
from summarywriter.extract.sheet import (
    TEXTS,
    Counted,
    Document,
    Doing,
    Filling,
    Human,
    Party,
    Passage,
    Refusal,
)
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.extract.words import pattern
from summarywriter.facts.model import Status
from summarywriter.facts.status import status_of


@dataclass(slots=True)
class Accepted:
    """What was taken of one reply.

    Attributes:
        sheet: The part of the sheet that it fills.
        taken: Spans of the values that have a place.
        refusals: What was refused, and why.
    """

    sheet: Filling = field(default_factory=Filling)
    taken: set[Span] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)

    def left(self, chunk: Chunk) -> list[Found]:
        """Values of the chunk that found no place."""
        return [value for value in chunk.values if value.span not in self.taken]

    def rank(self, chunk: Chunk) -> tuple[int, int]:
        """What a revision is held against: refusals, then figures and the like left over."""
        sure = (ValueKind.ORGANISATION, ValueKind.PERSON)
        return len(self.refusals), sum(value.kind not in sure for value in self.left(chunk))


def accept(placement: Placement, chunk: Chunk, text: str) -> Accepted:
    """Take of a reply what the source bears out."""
    return _Gate(chunk, text).take(placement)


class _Gate:
    def __init__(self, chunk: Chunk, text: str) -> None:
        self._chunk = chunk
        self._text = text
        self._out = Accepted()
        self._figures: dict[int, Counted] = {}

    def take(self, said: Placement) -> Accepted:
        sheet = self._out.sheet
        sheet.title = self._name(said.title, "title") if said.title else None
        sheet.unit = self._name(said.unit, "unit") if said.unit else None
        if said.theme is not None:
            sheet.theme = self._value(said.theme, "theme", ValueKind.QUOTE, ValueKind.TITLE)
        if said.period is not None:
            sheet.period = self._value(said.period, "period", ValueKind.DATE)
        for n, ground in enumerate(said.basis):
            path = f"basis[{n}]"
            title = (
                self._value(ground.title, path, ValueKind.TITLE, ValueKind.QUOTE) if ground.title else None
            )
            number = self._value(ground.number, path, ValueKind.DOCNUMBER) if ground.number else None
            issuers = self._names(ground.issuers, path)
            if title or number or issuers:
                sheet.basis.append(Document(title, issuers, number))
        sheet.parties = self._groups(said.organisers, "organisers")
        for n, event in enumerate(said.activities):
            if doing := self._event(event, f"activities[{n}]"):
                sheet.activities.append(doing)
        sheet.totals = self._counts(said.totals, "totals")
        for name in TEXTS:
            sheet.texts[name] = self._told(getattr(said, name), name)
        return self._out

    # --- single things ------------------------------------------------------------------------------

    def _refuse(self, path: str, said: str, why: Refused) -> None:
        self._out.refusals.append(Refusal(self._chunk.id, path, said, why.reason))

    def _value(self, cited: Cited, path: str, *kinds: ValueKind) -> Found | None:
        found = cited_value(cited, self._chunk)
        if isinstance(found, Found) and found.kind not in kinds:
            found = Refused("extract.refused.other_kind")
        if isinstance(found, Refused):
            self._refuse(path, cited.text, found)
            return None
        self._out.taken.add(found.span)
        return found

    def _name(self, cited: Cited, path: str) -> Passage | None:
        """A name, word for word; a title or quotation is cited by its number."""
        span = verbatim(cited, self._chunk, self._text)
        if isinstance(span, Refused):
            self._refuse(path, cited.text, span)
            return None
        self._mark(span)
        said = self._text[span.start : span.end]
        value = self._chunk.value(cited.n) if cited.n is not None else None
        exact = value.text if value is not None else said if bare(said) == bare(cited.text) else cited.text
        return Passage(exact, (span,))

    def _names(self, cited: Iterable[Cited], path: str) -> list[Passage]:
        return [name for each in cited if (name := self._name(each, path))]

    def _mark(self, span: Span) -> None:
        """Values that stand inside a span that was taken."""
        for value in within(self._chunk.values, span):
            if value.span.end <= span.end:
                self._out.taken.add(value.span)

    def _words(self, said: str, ground: str, path: str) -> str:
        """A verb, a noun or whose it is, in the words of the sentence that the figure stands in."""
        if not said:
            return ""
        why = supported(said, ground)
        if why is not None:
            self._refuse(path, said, why)
            return ""
        return said

    def _groups(self, groups: Iterable[Group], path: str) -> list[Party]:
        parties = []
        for group in groups:
            names = self._names(group.names, f"{path}.names")
            total = self._value(group.total, f"{path}.total", ValueKind.QUANTITY) if group.total else None
            if names:
                said = total.text if total else ""
                noun = next(
                    (w for w in ("單位", "单位", "部門", "部门") if total and self._follows(total, w)), ""
                )
                role = group.role if len(group.role) <= _LONGEST_ROLE else ""
                parties.append(Party(names, role, complete=group.complete and not said, total=said + noun))
        return parties

    def _follows(self, value: Found, word: str) -> bool:
        return self._text.startswith(word, value.span.end)

    def _event(self, event: Event, path: str) -> Doing | None:
        ground = self._ground(event.name.at)
        planned = self._is_planned(event, ground)
        if event.name.n is not None or not ground:
            name = self._name(event.name, f"{path}.name")
        else:
            why = supported(event.name.text, f"{ground}\n{self._chunk.headings()}", planned=planned)
            if why is not None:
                self._refuse(f"{path}.name", event.name.text, why)
            spans = tuple(s.span for n in event.name.at if (s := self._chunk.sentence(n)))
            name = None if why is not None else Passage(event.name.text, self._exact(event.name.text, spans))
        if name is None:
            return None
        doing = Doing(
            name,
            planned=planned,
            area=self._words(event.field, self._chunk.headings() + ground, f"{path}.field"),
        )
        if event.date is not None:
            doing.date = self._value(event.date, f"{path}.date", ValueKind.DATE)
        if event.place is not None:
            doing.place = self._name(event.place, f"{path}.place")
        doing.parties = self._groups(event.organisers, f"{path}.organisers")
        for each in event.people:
            if human := self._human(each, f"{path}.people"):
                doing.people.append(human)
        doing.figures = self._counts(event.figures, f"{path}.figures", about=name.text)
        doing.details = self._told(event.details, f"{path}.details", planned=planned)
        for quote in event.quotes:
            found = self._value(quote, f"{path}.quotes", ValueKind.QUOTE, ValueKind.TITLE)
            if found is not None:
                doing.quotes.append(found)
        return doing

    def _is_planned(self, event: Event, ground: str) -> bool:
        """Whether an activity is yet to be: the piece announces it, or its own sentences do."""
        if pattern("told_already").search(folded(ground)):
            return False
        return self._chunk.planned or (event.planned and status_of(ground) is Status.PLANNED)

    def _exact(self, said: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The very place of a wording where it is the source's, else its sentences."""
        for span in spans:
            at = folded(self._text[span.start : span.end]).find(folded(said))
            if at >= 0 and len(folded(said)) == len(said):
                return (Span(span.start + at, span.start + at + len(said)),)
        return spans

    def _human(self, each: Somebody, path: str) -> Human | None:
        name = self._name(each.name, path)
        if name is None:
            return None
        sentence = self._chunk.sentence_of(name.spans[0])
        ground = sentence.form.text if sentence is not None else ""
        return Human(
            name,
            post=self._words(each.post, ground, f"{path}.post"),
            role=self._words(each.role, ground, f"{path}.role"),
        )

    def _counts(self, figures: Iterable[Figure], path: str, *, about: str = "") -> list[Counted]:
        counts = []
        for figure in figures:
            found = self._value(figure, path, ValueKind.QUANTITY)
            if found is None:
                continue
            sentence = self._chunk.sentence_of(found.span)
            said = sentence.form.text if sentence is not None else ""
            who = self._chunk.speaker_of(sentence) if figure.actor and sentence is not None else ""
            ground = f"{said}\n{self._chunk.headings()}\n{about}"
            counted = Counted(
                found,
                action=self._words(figure.action, ground, f"{path}.action"),
                object=self._words(figure.object, ground, f"{path}.object"),
                actor=self._words(figure.actor, f"{ground}\n{who}", f"{path}.actor"),
                scope=self._words(figure.scope, ground, f"{path}.scope"),
                of=self._figures.get(figure.of) if figure.of is not None else None,
                planned=sentence is not None
                and is_planned(sentence.form.text, found.span.start - sentence.span.start),
            )
            if figure.n is not None:
                self._figures[figure.n] = counted
            counts.append(counted)
        return counts

    def _ground(self, at: Iterable[int]) -> str:
        """The sentences cited, each after the heading that stands right over it: 報名時間 / 7月1日起."""
        cited = [s for n in at if (s := self._chunk.sentence(n))]
        said = [
            f"{self._chunk.heading_of(s)}\n{self._text[s.span.start : s.span.end]}".strip() for s in cited
        ]
        return "\n".join(said)

    def _told(self, entries: Iterable[Cited], path: str, *, planned: bool = False) -> list[Passage]:
        """Wordings of one sentence or more; the values in them are told with them."""
        told = []
        for n, entry in enumerate(entries):
            spans = tuple(s.span for k in entry.at if (s := self._chunk.sentence(k)))
            if not spans:
                self._refuse(f"{path}[{n}]", entry.text, Refused("extract.refused.no_sentence"))
                continue
            why = supported(entry.text, self._ground(entry.at), planned=planned or path == "next_steps")
            if why is not None:
                self._refuse(f"{path}[{n}]", entry.text, why)
                continue
            said = bare(entry.text)
            for span in spans:
                for value in within(self._chunk.values, span):
                    if bare(value.text) in said:
                        self._out.taken.add(value.span)
            told.append(Passage(entry.text.strip(), self._exact(entry.text, spans)))
        return told


_LONGEST_ROLE = 8
