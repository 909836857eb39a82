"""What a sheet knows, made ready for comparison once: figures by value, names, activities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from summarywriter.chinese.dates import DateValue, find_dates
from summarywriter.chinese.quantities import Quantity, find_quantities, parse_quantity
from summarywriter.chinese.text import clauses, content_ngrams, folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.facts.model import Activity, Figure, Status
from summarywriter.verify.words import concepts, words

#: Owner of the date that stands at the foot of the document.
FOOT = "@foot"
Value = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity that the sheet states, with the words for what it counts.

    Attributes:
        facts: Ids of the facts that state it; empty for a figure inside a name or a place.
        quantity: The quantity.
        action: Bigrams of the verb.
        verbs: Groups of like words that the verb belongs to.
        object: Bigrams of what is counted.
        activity: Id of the activity that it is told of, if any.
        actor: Whose figure it is, bigrams.
        scope: The scope the sheet gives (當天), in comparison form.
        status: Done, ongoing or planned.
        label: What it counts, as given.
        head: The last two characters of what is counted, in comparison form: a noun's head is its end.
    """

    facts: tuple[str, ...]
    quantity: Quantity
    action: frozenset[str]
    verbs: frozenset[str]
    object: frozenset[str]
    activity: str | None = None
    actor: frozenset[str] = frozenset()
    scope: str = ""
    status: Status = Status.DONE
    label: str = ""
    head: str = ""

    def fit(self, tokens: frozenset[str]) -> float:
        """How well words around a figure say what this one counts: 0 not at all, 1 in full."""
        act: float | None = None
        if self.verbs & tokens:
            act = 1.0
        elif self.action:
            act = len(self.action & tokens) / len(self.action)
        if not self.object:
            return act or 0.0
        thing = len(self.object & tokens) / len(self.object)
        return thing if act is None else 0.7 * thing + 0.3 * act


@dataclass(frozen=True, slots=True)
class Doing:
    """An activity, with what tells it from the others.

    Attributes:
        id: Its fact id.
        activity: As in the sheet.
        name: Its name in comparison form, without quotation marks.
        grams: Bigrams of the name.
        own: Those that no other activity's name has.
        marks: Bigrams of its place, organisers and people that no other activity has.
        dates: Its date.
    """

    id: str
    activity: Activity
    name: str
    grams: frozenset[str]
    own: frozenset[str]
    marks: frozenset[str]
    dates: tuple[DateValue, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that the sheet states: its facts, and the activity or the text that it belongs to."""

    value: DateValue
    facts: tuple[str, ...]
    owner: str | None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet ready for comparison.

    Attributes:
        index: The facts.
        haystack: All that the sheet says, in comparison form, a fact a line.
        words: Bigrams of all that the sheet says.
        counted: Every quantity.
        values: Quantities by value and upper end.
        lost: Quantities lost to masking.
        doings: Activities by id.
        dated: Every date.
        by_label: Quantities by what they count, in comparison form.
        nouns: What is counted, by the last two characters of each, and nouns for people.
        places: Names of places, in comparison form, several in one entry apart.
        people: Names of people, in comparison form.
        actors: Whose figures the sheet gives, in comparison form.
        bodies: Names of organisations, in comparison form.
    """

    index: FactIndex
    haystack: str
    words: frozenset[str]
    counted: tuple[Counted, ...]
    values: Mapping[Value, tuple[Counted, ...]]
    lost: tuple[Counted, ...]
    doings: Mapping[str, Doing]
    dated: tuple[Dated, ...]
    by_label: Mapping[str, tuple[Counted, ...]]
    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()

    def says(self, form: str) -> bool:
        """Whether the sheet has these very words somewhere (``form`` is in comparison form)."""
        return form in self.haystack

    def told_of(self, activity: str) -> str:
        """What the sheet says of an activity, the doers of its figures included, in comparison form."""
        return self.index.once(("told of", activity), lambda: _told_of(self.index, activity))


def know(index: FactIndex) -> Known:
    """Make a sheet ready."""
    texts = tuple(dict.fromkeys(text for text in _texts(index) if text))
    haystack = "\n".join(folded(text) for text in texts)
    counted = tuple(_counted(index))
    values: dict[Value, list[Counted]] = {}
    for item in counted:
        if not item.quantity.masked:
            values.setdefault((item.quantity.value, item.quantity.high), []).append(item)
            if (percent := _as_percent(item)) is not None:
                values.setdefault((percent.quantity.value, percent.quantity.high), []).append(percent)
    labels: dict[str, list[Counted]] = {}
    for item in counted:
        labels.setdefault(folded(item.label), []).append(item)
    return Known(
        index=index,
        haystack=haystack,
        words=content_ngrams(haystack),
        counted=counted,
        values={value: tuple(items) for value, items in values.items()},
        lost=tuple(item for item in counted if item.quantity.masked),
        doings=_doings(index),
        dated=tuple(_dated(index)),
        by_label={label: tuple(items) for label, items in labels.items()},
        bodies=frozenset(_bodies(index)),
        actors=frozenset(_actors(index)),
        nouns=frozenset(item.head for item in counted if item.head) | set(words("people_noun")),
        places=frozenset(
            part
            for fact in index
            if fact.kind is FactKind.PLACE
            for part in re.split("[、,和与及]", folded(fact.text))
        ),
        people=frozenset(folded(fact.person.name) for fact in index if fact.person is not None),
    )


def _actors(index: FactIndex) -> Iterator[str]:
    for fact in index:
        if fact.figure is not None and fact.figure.actor:
            yield folded(fact.figure.actor)


def _bodies(index: FactIndex) -> Iterator[str]:
    for fact in index:
        if fact.organisers is not None:
            yield from map(folded, fact.organisers.names)


def _as_percent(item: Counted) -> Counted | None:
    """四成五 as 45%."""
    quantity = item.quantity
    if quantity.unit_key != "成" or quantity.value is None:
        return None
    high = quantity.high * 10 if quantity.high is not None else None
    return replace(item, quantity=replace(quantity, value=quantity.value * 10, high=high, unit="%"))


def _texts(index: FactIndex) -> Iterator[str]:
    event = index.event
    yield event.title
    yield event.addressee or ""
    for fact in index:
        yield fact.text
        if fact.figure:
            figure = fact.figure
            yield figure.label + figure.quantity.surface
            yield figure.object
            yield figure.actor or ""
            yield figure.scope or ""
        if fact.person:
            yield fact.person.post or ""
            yield fact.person.role or ""
            yield (fact.person.post or "") + fact.person.name
        if fact.organisers:
            yield from fact.organisers.names
            yield fact.organisers.role or ""
            yield fact.organisers.total or ""
    for activity in event.activities:
        yield activity.field or ""
        yield activity.time or ""


def _told_of(index: FactIndex, activity: str) -> str:
    facts = [index[activity], *index.parts(activity)]
    actors = (fact.figure.actor or "" for fact in facts if fact.figure)
    return "\n".join(map(folded, (*(fact.text for fact in facts), *actors)))


def activity_of(fact: Fact, index: FactIndex) -> str | None:
    """The activity that a fact belongs to, at whatever remove."""
    owner = fact.owner
    while owner is not None and owner in index:
        if index[owner].kind is FactKind.ACTIVITY:
            return owner
        owner = index[owner].owner
    return None


def window(text: str, start: int, end: int) -> str:
    """The clause of ``text`` around a span, without the span."""
    for a, b in clauses(text):
        if a <= start < b:
            return text[a:start] + "，" + text[end:b]
    return text


def _counted(index: FactIndex) -> Iterator[Counted]:
    for fact in index:
        if fact.figure is not None and fact.quantity is not None:
            yield _figure(fact, fact.figure, index)
        elif fact.kind is FactKind.QUANTITY and fact.quantity is not None and fact.span is not None:
            around = folded(window(index[fact.owner or ""].text, *fact.span))
            yield Counted((fact.id,), fact.quantity, frozenset(), frozenset(), content_ngrams(around),
                          activity=activity_of(fact, index), status=fact.status, label=around)  # fmt: skip
        elif fact.organisers is not None and fact.organisers.total:
            total = parse_quantity(fact.organisers.total)
            if total is not None:
                named = content_ngrams(fact.text) | content_ngrams(fact.organisers.role or "")
                yield Counted((fact.id,), total, frozenset(), frozenset({"@attend"}), named | {"单位"},
                              activity=activity_of(fact, index), label=fact.organisers.total)  # fmt: skip
    yield from _loose(index)


def _figure(fact: Fact, figure: Figure, index: FactIndex) -> Counted:
    action = folded(figure.action or "")
    thing = folded(figure.object)
    if action and thing in words("counts_itself"):
        thing = ""  # 諮詢人數: the verb says it all
    return Counted(
        facts=(fact.id,),
        quantity=figure.quantity,
        action=content_ngrams(action),
        verbs=concepts(action) if action else concepts(thing),
        object=content_ngrams(thing),
        activity=activity_of(fact, index),
        actor=content_ngrams(folded(figure.actor or "")),
        scope=folded(figure.scope or ""),
        status=fact.status,
        label=figure.label,
        head=thing[-2:] if len(thing) > 1 else "",
    )


def _loose(index: FactIndex) -> Iterator[Counted]:
    """Figures inside names, places, posts and what is counted (60歲以上老人): theirs to be repeated."""
    texts: dict[str, str | None] = {index.event.title: None}
    for fact in index:
        if fact.figure is not None:
            texts.setdefault(fact.figure.label, None)
            texts.setdefault(fact.figure.actor or "", None)
            texts.setdefault(fact.figure.scope or "", None)
        elif fact.kind not in FREE_TEXT and fact.quantity is None and fact.date is None:
            texts.setdefault(fact.text, activity_of(fact, index))
        if fact.person is not None:
            texts.setdefault(f"{fact.person.post or ''}，{fact.person.role or ''}", None)
        if fact.organisers is not None:
            texts.setdefault(fact.organisers.role or "", None)
    for activity in index.event.activities:
        texts.setdefault(activity.field or "", None)
        texts.setdefault(activity.time or "", None)
    texts.setdefault(index.event.addressee or "", None)
    for text, owner in texts.items():
        for found in find_quantities(text):
            around = folded(window(text, *found.span))
            yield Counted((), found.quantity, frozenset(), frozenset(), content_ngrams(around), owner,
                          label=around)  # fmt: skip


def _doings(index: FactIndex) -> dict[str, Doing]:
    activities = {fact.id: found for fact in index if fact.kind is FactKind.ACTIVITY
                  if (found := index.activity(fact.id)) is not None}  # fmt: skip
    names = {key: re.sub("[“”‘’]", "", folded(activity.name)) for key, activity in activities.items()}
    grams = {key: content_ngrams(name) for key, name in names.items()}
    marks = {key: content_ngrams(folded(_marks(activity))) for key, activity in activities.items()}
    shared = _shared(grams.values())
    common = _shared(marks.values())
    return {
        key: Doing(
            key,
            activity,
            names[key],
            grams[key],
            grams[key] - shared,
            marks[key] - common - shared,
            (activity.date,) if activity.date else (),
        )
        for key, activity in activities.items()
    }


def _marks(activity: Activity) -> str:
    names = [name for group in activity.organisers for name in group.names]
    return "，".join((activity.place or "", *names, *(person.name for person in activity.people)))


def _shared(groups: Iterable[frozenset[str]]) -> frozenset[str]:
    seen: set[str] = set()
    again: set[str] = set()
    for group in groups:
        again |= seen & group
        seen |= group
    return frozenset(again)


def _dated(index: FactIndex) -> Iterator[Dated]:
    for fact in index:
        if fact.date is not None:
            owner = fact.owner
            words = content_ngrams(index[owner].text) if owner and owner in index else frozenset()
            value = fact.date
            activity = index.activity(owner) if owner and fact.kind is FactKind.DATE else None
            if value.more:
                yield from (Dated(one, (fact.id,), activity_of(fact, index), words) for one in value.each)
                continue
            if activity is not None and activity.time and value.time is None:
                value = DateValue(value.start, value.end, activity.time, value.surface, value.weekday_given)
            yield Dated(value, (fact.id,), activity_of(fact, index), words)
        elif fact.kind not in FREE_TEXT:
            for found in find_dates(fact.text, titles=True):
                yield Dated(found.value, (), None, content_ngrams(fact.text))
    if index.event.date is not None:
        yield Dated(index.event.date, (), FOOT)
    for found in find_dates(index.event.title, titles=True):
        yield Dated(found.value, (), None)
