"""Every single fact of a sheet, with its id, in sheet order.

The sheet nests; coverage, slots and citations do not. The index flattens: one `Fact` for every
field that a summary must tell, ids as given or from the position (`a2.f1`), and one more for every
quantity, date, name and quotation found inside free text (`a2.d1.q1`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from summarywriter.chinese.dates import DatePoint, DateValue, find_dates
from summarywriter.chinese.names import find_document_numbers, find_quotations, find_titles
from summarywriter.chinese.quantities import Quantity, find_quantities
from summarywriter.chinese.text import Span
from summarywriter.facts.model import (
    Activity,
    Basis,
    Entry,
    EventFacts,
    Figure,
    Organisers,
    Person,
    Status,
)
from summarywriter.facts.status import status_of


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
        path: Where it stands in the sheet: canonical keys, and positions from 0.
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
    path: tuple[str | int, ...] = ()

    @property
    def quantity_is_lost(self) -> bool:
        """Whether this is a figure whose number a mask has hit: written 〔待補〕, never guessed."""
        return self.quantity is not None and self.quantity.masked


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
        for fact in walk(event):
            facts.setdefault(fact.id, fact)
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

    def whole(self, fact_id: str) -> Fact | None:
        """The figure that the figure ``fact_id`` is part of (its ``of``), or ``None``."""
        return whole_of(self, self.facts[fact_id])

    def activity(self, fact_id: str) -> Activity | None:
        """The activity whose id is ``fact_id``."""
        return _by_id(self.event).get(fact_id)


def _by_id(event: EventFacts) -> dict[str, Activity]:
    return {a.id or f"a{n}": a for n, a in enumerate(event.activities, 1)}


def whole_of(index: FactIndex, fact: Fact) -> Fact | None:
    """The figure that ``fact`` is part of: an id of its own activity, or else of the whole sheet."""
    of = fact.figure.of if fact.figure is not None else None
    if not of:
        return None
    names = (f"{fact.owner}.{of}", of) if fact.owner else (of,)
    found = next((index.facts[name] for name in names if name in index.facts), None)
    return found if found is not None and found.figure is not None else None


def walk(event: EventFacts) -> Iterator[Fact]:
    """Every fact of a sheet in order. An id given twice comes twice; `FactIndex` keeps the first."""
    if event.unit:
        yield Fact("unit", FactKind.UNIT, event.unit, path=("unit",))
    if event.theme:
        yield Fact("theme", FactKind.THEME, event.theme, path=("theme",))
    if event.period:
        yield Fact("period", FactKind.PERIOD, event.period.surface, date=event.period, path=("period",))
    for n, basis in enumerate(event.basis, 1):
        yield from _basis(basis, basis.id or f"b{n}", ("basis", n - 1))
    whole = _Within(None, (), must=True, status=Status.DONE)
    yield from _organisers(event.organisers, whole)
    yield from _people(event.people, whole)
    for n, activity in enumerate(event.activities, 1):
        yield from _activity(activity, activity.id or f"a{n}", ("activities", n - 1))
    for n, figure in enumerate(event.totals, 1):
        yield _figure(figure, figure.id or f"t{n}", FactKind.TOTAL, whole, ("totals", n - 1))
    for name, prefix, kind in (
        ("measures", "m", FactKind.MEASURE),
        ("results", "r", FactKind.RESULT),
        ("media", "v", FactKind.MEDIA),
        ("problems", "x", FactKind.PROBLEM),
        ("next_steps", "n", FactKind.NEXT_STEP),
    ):
        for n, entry in enumerate(getattr(event, name), 1):
            yield from _entry(entry, entry.id or f"{prefix}{n}", kind, whole, (name, n - 1))


Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Within:
    """What facts take over from the activity, or the sheet, that they stand in."""

    owner: str | None
    path: Path
    must: bool
    status: Status

    def key(self, given: str | None, position: str) -> str:
        """Ids given inside an activity are local to it: ``f3`` of ``a3`` is ``a3.f3``."""
        local = given or position
        return local if self.owner is None or local.startswith(f"{self.owner}.") else f"{self.owner}.{local}"

    def state(self, item: Activity | Entry | Figure, text: str = "") -> Status:
        """A thing's own status if the sheet gives one, else what its words say, else the owner's."""
        if "status" in item.model_fields_set:
            return item.status
        return status_of(text) or self.status


def _basis(basis: Basis, key: str, path: Path) -> Iterator[Fact]:
    if basis.title:
        yield Fact(key, FactKind.BASIS, basis.title, required=basis.required, path=path)
    if basis.issuers:
        yield Fact(f"{key}.issuers", FactKind.ISSUERS, "、".join(basis.issuers), owner=key,
                   required=basis.required, organisers=Organisers(names=basis.issuers), path=(*path, "issuers"))
    if basis.number:
        yield Fact(f"{key}.number", FactKind.DOCNUMBER, basis.number, owner=key, required=basis.required,
                   path=(*path, "number"))


def _activity(activity: Activity, key: str, path: Path) -> Iterator[Fact]:
    must, status = activity.required, activity.status
    within = _Within(key, path, must=must, status=status)
    yield Fact(key, FactKind.ACTIVITY, activity.name, required=must, status=status, path=path)
    date = _date_and_time(activity)
    if date:
        yield Fact(f"{key}.date", FactKind.DATE, date.surface, owner=key, required=must, status=status, date=date,
                   path=(*path, "date" if activity.date else "time"))
    if activity.place:
        yield Fact(f"{key}.place", FactKind.PLACE, activity.place, owner=key, required=must, status=status,
                   path=(*path, "place"))
    yield from _organisers(activity.organisers, within)
    yield from _people(activity.people, within)
    for n, entry in enumerate(activity.details, 1):
        yield from _entry(entry, within.key(entry.id, f"d{n}"), FactKind.DETAIL, within, (*path, "details", n - 1))
    for n, entry in enumerate(activity.quotes, 1):
        yield Fact(within.key(entry.id, f"s{n}"), FactKind.QUOTE, entry.text, owner=key,
                   required=must and entry.required, status=within.state(entry), path=(*path, "quotes", n - 1))
    for n, figure in enumerate(activity.figures, 1):
        yield _figure(figure, within.key(figure.id, f"f{n}"), FactKind.FIGURE, within, (*path, "figures", n - 1))


def _date_and_time(activity: Activity) -> DateValue | None:
    """An activity's date with its time of day, which the sheet may give apart: 5月19日, 上午9時."""
    date, time = activity.date, activity.time
    if not time:
        return date
    if date is None:
        return DateValue(DatePoint(), time=time, surface=time)
    if date.time is None:
        return replace(date, time=time, surface=f"{date.surface}{time}")
    if time in date.time:
        return date
    both = time if date.time in time else f"{date.time}{time}"  # 上午 and 9時 are said one after the other
    return replace(date, time=both, surface=f"{date.surface.removesuffix(date.time)}{both}")


def _organisers(groups: tuple[Organisers, ...], within: _Within) -> Iterator[Fact]:
    for n, group in enumerate(groups, 1):
        key = within.key(group.id, f"o{n}")
        text = "、".join(group.names) + (f"等{group.total}" if group.total else "")
        yield Fact(key, FactKind.ORGANISERS, text, owner=within.owner, required=within.must and group.required,
                   status=within.status, organisers=group, path=(*within.path, "organisers", n - 1))


def _people(people: tuple[Person, ...], within: _Within) -> Iterator[Fact]:
    for n, person in enumerate(people, 1):
        yield Fact(within.key(person.id, f"p{n}"), FactKind.PERSON, person.name, owner=within.owner,
                   required=within.must and person.required, status=within.status, person=person,
                   path=(*within.path, "people", n - 1))


def _figure(figure: Figure, key: str, kind: FactKind, within: _Within, path: Path) -> Fact:
    return Fact(key, kind, figure.quantity.surface, owner=within.owner, required=within.must and figure.required,
                status=within.state(figure, figure.label), quantity=figure.quantity, figure=figure, path=path)


_TOLD_AS_DONE = frozenset({FactKind.DETAIL, FactKind.MEASURE, FactKind.RESULT, FactKind.MEDIA})


def _entry(entry: Entry, key: str, kind: FactKind, within: _Within, path: Path) -> Iterator[Fact]:
    text, must = entry.text, within.must and entry.required
    status = within.state(entry, text if kind in _TOLD_AS_DONE else "")
    if kind is FactKind.NEXT_STEP and "status" not in entry.model_fields_set:
        status = Status.PLANNED
    yield Fact(key, kind, text, owner=within.owner, required=must, status=status, path=path)
    for n, found in enumerate(find_quantities(text), 1):
        yield Fact(f"{key}.q{n}", FactKind.QUANTITY, text[found.span.start : found.span.end], owner=key,
                   required=must, status=status, span=found.span, quantity=found.quantity, path=path)
    for n, date in enumerate(find_dates(text), 1):
        yield Fact(f"{key}.t{n}", FactKind.TEXT_DATE, text[date.span.start : date.span.end], owner=key,
                   required=must, status=status, span=date.span, date=date.value, path=path)
    quoted = (*find_titles(text), *find_quotations(text), *find_document_numbers(text))
    for n, name in enumerate(sorted(quoted, key=lambda mention: mention.span), 1):
        yield Fact(f"{key}.s{n}", FactKind.QUOTATION, name.text, owner=key, required=must, status=status,
                   span=name.span, path=path)
