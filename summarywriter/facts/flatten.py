"""From the nested sheet to single facts: ids, what is inherited, and what stands inside free text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarywriter.chinese.dates import DatePoint, DateValue, find_dates
from summarywriter.chinese.names import find_document_numbers, find_quotations, find_titles
from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import folded
from summarywriter.facts.fact import Fact, FactKind
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


def flatten(event: EventFacts) -> Iterator[Fact]:
    """Every fact of a sheet in order. An id given twice comes twice; `FactIndex` keeps the first."""
    if event.unit:
        yield Fact("unit", FactKind.UNIT, event.unit, path=("unit",))
    if event.theme:
        yield Fact("theme", FactKind.THEME, event.theme, path=("theme",))
    if event.period:
        yield Fact("period", FactKind.PERIOD, event.period.surface, date=event.period, path=("period",))
    whole = _Within(None, (), must=True, status=Status.DONE, taken=_given(event))
    for n, basis in enumerate(event.basis, 1):
        yield from _basis(basis, whole.key(basis.id, f"b{n}"), ("basis", n - 1))
    yield from _organisers(event.organisers, whole)
    yield from _people(event.people, whole)
    for n, activity in enumerate(event.activities, 1):
        yield from _activity(activity, whole.key(activity.id, f"a{n}"), ("activities", n - 1))
    for n, figure in enumerate(event.totals, 1):
        yield _figure(figure, whole.key(figure.id, f"t{n}"), FactKind.TOTAL, whole, ("totals", n - 1))
    for name, prefix, kind in (
        ("measures", "m", FactKind.MEASURE),
        ("results", "r", FactKind.RESULT),
        ("media", "v", FactKind.MEDIA),
        ("problems", "x", FactKind.PROBLEM),
        ("next_steps", "n", FactKind.NEXT_STEP),
    ):
        for n, entry in enumerate(getattr(event, name), 1):
            yield from _entry(entry, whole.key(entry.id, f"{prefix}{n}"), kind, whole, (name, n - 1))


Path = tuple[str | int, ...]


def _given(event: EventFacts) -> frozenset[str]:
    """Ids that the sheet gives on its top level."""
    lists = (event.basis, event.organisers, event.people, event.activities, event.totals, event.measures,
             event.results, event.media, event.problems, event.next_steps)  # fmt: skip
    return frozenset(item.id for items in lists for item in items if item.id)


def _given_inside(activity: Activity, key: str) -> frozenset[str]:
    """Ids that the sheet gives inside an activity, as they are local to it."""
    lists = (activity.organisers, activity.people, activity.details, activity.quotes, activity.figures)
    return frozenset(item.id.removeprefix(f"{key}.") for items in lists for item in items if item.id)


@dataclass(frozen=True, slots=True)
class _Within:
    """What facts take over from the activity, or the sheet, that they stand in."""

    owner: str | None
    path: Path
    must: bool
    status: Status
    taken: frozenset[str] = frozenset()

    def key(self, given: str | None, position: str) -> str:
        """Ids given inside an activity are local to it: ``f3`` of ``a3`` is ``a3.f3``.

        An id by position gives way to the same id given elsewhere in the sheet: an activity may be ``p1``.
        """
        local = given or (f"{position}x" if position in self.taken else position)
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
        yield Fact(
            f"{key}.issuers",
            FactKind.ISSUERS,
            "、".join(basis.issuers),
            owner=key,
            required=basis.required,
            organisers=Organisers(names=basis.issuers),
            path=(*path, "issuers"),
        )
    if basis.number:
        yield Fact(
            f"{key}.number",
            FactKind.DOCNUMBER,
            basis.number,
            owner=key,
            required=basis.required,
            path=(*path, "number"),
        )


def _activity(activity: Activity, key: str, path: Path) -> Iterator[Fact]:
    must, status = activity.required, activity.status
    within = _Within(key, path, must=must, status=status, taken=_given_inside(activity, key))
    yield Fact(key, FactKind.ACTIVITY, activity.name, required=must, status=status, path=path)
    if activity.theme:
        yield Fact(
            f"{key}.theme",
            FactKind.THEME,
            activity.theme,
            owner=key,
            required=must,
            status=status,
            path=(*path, "theme"),
        )
    date = _date_and_time(activity)
    if date:
        yield Fact(
            f"{key}.date",
            FactKind.DATE,
            date.surface,
            owner=key,
            required=must,
            status=status,
            date=date,
            path=(*path, "date" if activity.date else "time"),
        )
    if activity.place:
        yield Fact(
            f"{key}.place",
            FactKind.PLACE,
            activity.place,
            owner=key,
            required=must,
            status=status,
            path=(*path, "place"),
        )
    yield from _organisers(activity.organisers, within)
    yield from _people(activity.people, within)
    for n, entry in enumerate(activity.details, 1):
        yield from _entry(
            entry, within.key(entry.id, f"d{n}"), FactKind.DETAIL, within, (*path, "details", n - 1)
        )
    for n, entry in enumerate(activity.quotes, 1):
        yield Fact(
            within.key(entry.id, f"s{n}"),
            FactKind.QUOTE,
            entry.text,
            owner=key,
            required=must and entry.required,
            status=within.state(entry),
            path=(*path, "quotes", n - 1),
        )
    for n, figure in enumerate(activity.figures, 1):
        yield _figure(
            figure, within.key(figure.id, f"f{n}"), FactKind.FIGURE, within, (*path, "figures", n - 1)
        )


def _date_and_time(activity: Activity) -> DateValue | None:
    """An activity's date with its time of day, which the sheet may give apart: 5月19日, 上午9時."""
    date, time = activity.date, activity.time
    if not time:
        return date
    if date is None:
        return DateValue(DatePoint(), time=time, surface=time)
    if date.more:  # 9月7日、14日 with 上午 beside them: said once, after the last
        last = date.more[-1]
        told = date.more if last.time else (*date.more[:-1], replace(last, time=time))
        return replace(date, more=told, surface=date.surface if last.time else f"{date.surface}{time}")
    if date.time is None:
        return replace(date, time=time, surface=f"{date.surface}{time}")
    own, given = folded(date.time), folded(time)
    if given in own:
        return date
    both = time if own in given else f"{date.time}{time}"  # 上午 and 9時 are said one after the other
    day = date.surface[: -len(own)] if folded(date.surface).endswith(own) else date.surface
    return replace(date, time=both, surface=f"{day}{both}")


def _organisers(groups: tuple[Organisers, ...], within: _Within) -> Iterator[Fact]:
    for n, group in enumerate(groups, 1):
        key = within.key(group.id, f"o{n}")
        text = "、".join(group.names) + (f"等{group.total}" if group.total else "")
        yield Fact(
            key,
            FactKind.ORGANISERS,
            text,
            owner=within.owner,
            required=within.must and group.required,
            status=within.status,
            organisers=group,
            path=(*within.path, "organisers", n - 1),
        )


def _people(people: tuple[Person, ...], within: _Within) -> Iterator[Fact]:
    for n, person in enumerate(people, 1):
        yield Fact(
            within.key(person.id, f"p{n}"),
            FactKind.PERSON,
            person.name,
            owner=within.owner,
            required=within.must and person.required,
            status=within.status,
            person=person,
            path=(*within.path, "people", n - 1),
        )


def _figure(figure: Figure, key: str, kind: FactKind, within: _Within, path: Path) -> Fact:
    return Fact(
        key,
        kind,
        figure.quantity.surface,
        owner=within.owner,
        required=within.must and figure.required,
        status=within.state(figure, figure.label),
        quantity=figure.quantity,
        figure=figure,
        path=path,
    )


_TOLD_AS_DONE = frozenset({FactKind.DETAIL, FactKind.MEASURE, FactKind.RESULT, FactKind.MEDIA})


def _entry(entry: Entry, key: str, kind: FactKind, within: _Within, path: Path) -> Iterator[Fact]:
    text, must = entry.text, within.must and entry.required
    status = within.state(entry, text if kind in _TOLD_AS_DONE else "")
    if kind is FactKind.NEXT_STEP and "status" not in entry.model_fields_set:
        status = Status.PLANNED
    yield Fact(key, kind, text, owner=within.owner, required=must, status=status, path=path)
    for n, found in enumerate(find_quantities(text), 1):
        yield Fact(
            f"{key}.q{n}",
            FactKind.QUANTITY,
            text[found.span.start : found.span.end],
            owner=key,
            required=must,
            status=status,
            span=found.span,
            quantity=found.quantity,
            path=path,
        )
    for n, date in enumerate(find_dates(text), 1):
        yield Fact(
            f"{key}.t{n}",
            FactKind.TEXT_DATE,
            text[date.span.start : date.span.end],
            owner=key,
            required=must,
            status=status,
            span=date.span,
            date=date.value,
            path=path,
        )
    quoted = (*find_titles(text), *find_quotations(text), *find_document_numbers(text))
    for n, name in enumerate(sorted(quoted, key=lambda mention: mention.span), 1):
        yield Fact(
            f"{key}.s{n}",
            FactKind.QUOTATION,
            name.text,
            owner=key,
            required=must,
            status=status,
            span=name.span,
            path=path,
        )
