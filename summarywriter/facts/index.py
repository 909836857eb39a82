"""Every single fact of a sheet, with its id, in sheet order.

The sheet nests; coverage, slots and citations do not. The index flattens: one `Fact` for every
field that a summary must tell, ids as given or from the position (`a2.f1`), and one more for every
quantity, date, name and quotation found inside free text (`a2.d1.q1`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from summarywriter.chinese.dates import DateValue, find_dates
from summarywriter.chinese.names import find_document_numbers, find_quotations, find_titles
from summarywriter.chinese.quantities import Quantity, find_quantities
from summarywriter.chinese.text import Span
from summarywriter.facts.model import (
    Activity,
    Entry,
    EventFacts,
    Figure,
    Organisers,
    Person,
    Status,
)


class FactKind(StrEnum):
    """What a fact is; coverage is reported by kind."""

    UNIT = "unit"
    THEME = "theme"
    PERIOD = "period"
    BASIS = "basis"  # a document's title
    ISSUERS = "issuers"  # who issued it, in order
    DOCNUMBER = "docnumber"
    ORGANISERS = "organisers"  # an ordered list, or examples with a total
    PERSON = "person"
    ACTIVITY = "activity"  # its name
    DATE = "date"
    PLACE = "place"
    FIGURE = "figure"
    TOTAL = "total"
    DETAIL = "detail"
    QUOTE = "quote"
    MEASURE = "measure"
    RESULT = "result"
    MEDIA = "media"
    PROBLEM = "problem"
    NEXT_STEP = "next_step"
    # found inside free text:
    QUANTITY = "quantity"
    TEXT_DATE = "text_date"
    QUOTATION = "quotation"


FREE_TEXT = frozenset(
    {
        FactKind.DETAIL,
        FactKind.MEASURE,
        FactKind.RESULT,
        FactKind.MEDIA,
        FactKind.PROBLEM,
        FactKind.NEXT_STEP,
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        id: Stable id: given in the sheet, else by position.
        kind: What it is.
        text: Its surface as given (a figure's quantity, a name, a clause).
        owner: Id of the activity it belongs to, or of the free-text fact it was found in.
        required: False only where the sheet says so (inherited from the owner).
        status: Done, ongoing or planned (inherited from the owner).
        span: Where it stands inside the owner's text, for facts found in free text.
        quantity: For figures, totals and quantities in text.
        date: For dates.
        figure: The sheet's figure, for action, object, actor, scope and ``of``.
        organisers: The sheet's organisers.
        person: The sheet's person.
    """

    id: str
    kind: FactKind
    text: str
    owner: str | None = None
    required: bool = True
    status: Status = Status.DONE
    span: Span | None = None
    quantity: Quantity | None = None
    date: DateValue | None = None
    figure: Figure | None = None
    organisers: Organisers | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class FactIndex:
    """The facts of one sheet by id, in sheet order.

    Attributes:
        event: The sheet.
        facts: Id to fact, in sheet order.
    """

    event: EventFacts
    facts: Mapping[str, Fact] = field(repr=False)

    @classmethod
    def of(cls, event: EventFacts) -> FactIndex:
        """Flatten ``event``."""
        facts: dict[str, Fact] = {}
        for fact in _walk(event):
            facts[fact.id] = fact
        return cls(event, facts)

    def __getitem__(self, fact_id: str) -> Fact:
        return self.facts[fact_id]

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self.facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def __len__(self) -> int:
        return len(self.facts)

    def parts(self, fact_id: str) -> tuple[Fact, ...]:
        """Facts owned by ``fact_id``: an activity's fields, or what stands inside a free text."""
        return tuple(fact for fact in self if fact.owner == fact_id)

    def required(self) -> tuple[Fact, ...]:
        """Every fact that must be told."""
        return tuple(fact for fact in self if fact.required)

    def activity(self, fact_id: str) -> Activity | None:
        """The activity whose id is ``fact_id``."""
        return _by_id(self.event).get(fact_id)


def _by_id(event: EventFacts) -> dict[str, Activity]:
    return {a.id or f"a{n}": a for n, a in enumerate(event.activities, 1)}


def _walk(event: EventFacts) -> Iterator[Fact]:
    if event.unit:
        yield Fact("unit", FactKind.UNIT, event.unit)
    if event.theme:
        yield Fact("theme", FactKind.THEME, event.theme)
    if event.period:
        yield Fact("period", FactKind.PERIOD, event.period.surface, date=event.period)
    for n, basis in enumerate(event.basis, 1):
        key = basis.id or f"b{n}"
        if basis.title:
            yield Fact(key, FactKind.BASIS, basis.title, required=basis.required)
        if basis.issuers:
            yield Fact(f"{key}.issuers", FactKind.ISSUERS, "、".join(basis.issuers), owner=key,
                       required=basis.required, organisers=Organisers(names=basis.issuers))
        if basis.number:
            yield Fact(f"{key}.number", FactKind.DOCNUMBER, basis.number, owner=key, required=basis.required)
    yield from _organisers(event.organisers, "o", None, required=True, status=Status.DONE)
    for n, person in enumerate(event.people, 1):
        yield _person(person, person.id or f"p{n}", None, required=True, status=Status.DONE)
    for key, activity in _by_id(event).items():
        yield from _activity(activity, key)
    for n, figure in enumerate(event.totals, 1):
        yield _figure(figure, figure.id or f"t{n}", FactKind.TOTAL, None)
    for prefix, kind, entries in (
        ("m", FactKind.MEASURE, event.measures),
        ("r", FactKind.RESULT, event.results),
        ("v", FactKind.MEDIA, event.media),
        ("x", FactKind.PROBLEM, event.problems),
        ("n", FactKind.NEXT_STEP, event.next_steps),
    ):
        for n, entry in enumerate(entries, 1):
            yield from _entry(entry, entry.id or f"{prefix}{n}", kind, None)


def _activity(activity: Activity, key: str) -> Iterator[Fact]:
    must, status = activity.required, activity.status
    yield Fact(key, FactKind.ACTIVITY, activity.name, required=must, status=status)
    if activity.date:
        yield Fact(f"{key}.date", FactKind.DATE, activity.date.surface, owner=key, required=must,
                   status=status, date=activity.date)
    if activity.place:
        yield Fact(f"{key}.place", FactKind.PLACE, activity.place, owner=key, required=must, status=status)
    yield from _organisers(activity.organisers, "o", key, required=must, status=status)
    for n, person in enumerate(activity.people, 1):
        yield _person(person, person.id or f"{key}.p{n}", key, required=must, status=status)
    for n, entry in enumerate(activity.details, 1):
        yield from _entry(entry, _within(key, entry.id, f"d{n}"), FactKind.DETAIL, key, must=must, status=status)
    for n, entry in enumerate(activity.quotes, 1):
        yield Fact(_within(key, entry.id, f"s{n}"), FactKind.QUOTE, entry.text, owner=key,
                   required=must and entry.required, status=status)
    for n, figure in enumerate(activity.figures, 1):
        yield _figure(figure, _within(key, figure.id, f"f{n}"), FactKind.FIGURE, key, must=must, status=status)


def _within(owner: str, given: str | None, position: str) -> str:
    """Ids given inside an activity are local to it: ``f3`` of ``a3`` is ``a3.f3``."""
    local = given or position
    return local if local.startswith(f"{owner}.") else f"{owner}.{local}"


def _organisers(
    groups: tuple[Organisers, ...], prefix: str, owner: str | None, *, required: bool, status: Status
) -> Iterator[Fact]:
    for n, group in enumerate(groups, 1):
        key = group.id or (f"{owner}.{prefix}{n}" if owner else f"{prefix}{n}")
        text = "、".join(group.names) + (f"等{group.total}" if group.total else "")
        yield Fact(key, FactKind.ORGANISERS, text, owner=owner, required=required and group.required,
                   status=status, organisers=group)


def _person(person: Person, key: str, owner: str | None, *, required: bool, status: Status) -> Fact:
    return Fact(key, FactKind.PERSON, person.name, owner=owner, required=required and person.required,
                status=status, person=person)


def _figure(
    figure: Figure, key: str, kind: FactKind, owner: str | None, *, must: bool = True, status: Status = Status.DONE
) -> Fact:
    return Fact(key, kind, figure.quantity.surface, owner=owner, required=must and figure.required,
                status=figure.status if figure.status is not Status.DONE else status,
                quantity=figure.quantity, figure=figure)


def _entry(
    entry: Entry, key: str, kind: FactKind, owner: str | None, *, must: bool = True, status: Status = Status.DONE
) -> Iterator[Fact]:
    if kind is FactKind.NEXT_STEP:
        status = Status.PLANNED
    if entry.status is not Status.DONE:
        status = entry.status
    must = must and entry.required
    yield Fact(key, kind, entry.text, owner=owner, required=must, status=status)
    for n, found in enumerate(find_quantities(entry.text), 1):
        yield Fact(f"{key}.q{n}", FactKind.QUANTITY, entry.text[found.span.start : found.span.end], owner=key,
                   required=must, status=status, span=found.span, quantity=found.quantity)
    for n, date in enumerate(find_dates(entry.text), 1):
        yield Fact(f"{key}.t{n}", FactKind.TEXT_DATE, entry.text[date.span.start : date.span.end], owner=key,
                   required=must, status=status, span=date.span, date=date.value)
    quoted = (*find_titles(entry.text), *find_quotations(entry.text), *find_document_numbers(entry.text))
    for n, name in enumerate(sorted(quoted, key=lambda mention: mention.span), 1):
        yield Fact(f"{key}.s{n}", FactKind.QUOTATION, name.text, owner=key, required=must, status=status,
                   span=name.span)
