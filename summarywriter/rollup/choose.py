"""Which activities of the units stand in the sheet above, by stated criteria.

Points are given for what a reader above looks for; the reasons are written beside each choice, and what
was not chosen is listed, so that a person can change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarywriter.chinese.script import Script
from summarywriter.chinese.text import folded
from summarywriter.facts.model import Activity, Entry, Organisers, Status
from summarywriter.rollup.checks import Joint
from summarywriter.rollup.report import Report
from summarywriter.rollup.words import action_class, table, text, words

FIELDS = 7
"""Fields that get a part of their own; a genre has room for eight, and one is the units'."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One activity of one unit.

    Attributes:
        report: The unit's.
        place: Position of the activity in its sheet.
        joint: Another unit that reports it too, or ``""``.
        reasons: Keys of the criteria met, in the order of their points.
        points: Their sum.
    """

    report: Report
    place: int
    joint: str
    reasons: tuple[str, ...]
    points: int

    @property
    def activity(self) -> Activity:
        """The activity as the unit reported it."""
        return self.report.facts.activities[self.place]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of activities: the chosen ones, and the others.

    Attributes:
        name: As most units call it; ``None`` for activities with none, and of fields that few have.
        units: How many units report in it.
        chosen: In the order of the units.
        others: The rest, best first.
    """

    name: str | None
    units: int
    chosen: tuple[Candidate, ...]
    others: tuple[Candidate, ...]


_POINTS: Mapping[str, int] = {"joint": 3, "officials": 2, "largest": 2, "second": 1, "placed": 1, "rich": 1}
_RICH = 3


def chosen(reports: Sequence[Report], joints: Sequence[Joint], *, most: int) -> tuple[Field, ...]:
    """The activities to tell, field by field, at most ``most`` of each and one of a unit."""
    likely = _likely_fields(reports)
    groups: dict[str, list[tuple[Report, int]]] = {}
    names: dict[str, Counter[str]] = {}
    for report in reports:
        for place, activity in enumerate(report.facts.activities):
            if activity.status is Status.PLANNED or _tells_of_units(activity):
                continue
            field = activity.field or likely.get(folded(activity.name), "")
            groups.setdefault(folded(field), []).append((report, place))
            names.setdefault(folded(field), Counter())[field] += 1
    order = sorted((key for key in groups if key), key=lambda key: -_units(groups[key]))
    rest = [where for key in ["", *order[FIELDS:]] for where in groups.get(key, [])]
    told: Counter[str] = Counter()
    fields = [(names[key].most_common(1)[0][0], groups[key]) for key in order[:FIELDS]]
    return tuple(
        _field(name, where, joints, told, most)
        for name, where in (*fields, *([(None, rest)] if rest else []))
    )


def _likely_fields(reports: Sequence[Report]) -> dict[str, str]:
    """For an activity whose unit names no field, the one that most others give an activity of its name."""
    found: dict[str, Counter[str]] = {}
    for report in reports:
        for activity in report.facts.activities:
            if activity.field:
                found.setdefault(folded(activity.name), Counter())[activity.field] += 1
    return {name: fields.most_common(1)[0][0] for name, fields in found.items()}


def _tells_of_units(activity: Activity) -> bool:
    """Whether it is what a roll-up below tells of its own units."""
    of_units = {folded(text("by_unit", Script.HANT, units=name)) for name in table("units").values()}
    return folded(activity.field or "") in of_units


def _units(where: Sequence[tuple[Report, int]]) -> int:
    return len({report.name for report, _ in where})


def _field(
    name: str | None,
    where: Sequence[tuple[Report, int]],
    joints: Sequence[Joint],
    told: Counter[str],
    most: int,
) -> Field:
    """The best of a field; between equals a unit of which less has been told."""
    second = {(joint.second[0].name, joint.second[1]) for joint in joints}
    candidates = [
        candidate
        for candidate in _ranked(where, joints)
        if (candidate.report.name, candidate.place) not in second
    ]
    taken: list[Candidate] = []
    left = list(candidates)
    while left and len(taken) < most:
        free = [c for c in left if c.report.name not in {t.report.name for t in taken}]
        if not free:
            break
        names = {folded(t.activity.name) for t in taken}
        best = max(free, key=lambda c: (c.points, folded(c.activity.name) not in names, -told[c.report.name]))
        taken.append(best)
        told[best.report.name] += 1
        left.remove(best)
    taken.sort(key=lambda c: where.index((c.report, c.place)))
    left.sort(key=lambda c: -c.points)
    return Field(name, _units(where), tuple(taken), tuple(left))


def _ranked(where: Sequence[tuple[Report, int]], joints: Sequence[Joint]) -> Iterator[Candidate]:
    sizes = sorted((_attendance(report.facts.activities[place]) for report, place in where), reverse=True)
    largest = sizes[0] if sizes else 0.0
    second = sizes[1] if len(sizes) > 1 else 0.0
    for report, place in where:
        activity = report.facts.activities[place]
        joint = next(
            (j.second[0].name for j in joints if j.first[0].name == report.name and j.first[1] == place), ""
        )
        size = _attendance(activity)
        met = {
            "joint": bool(joint),
            "officials": any(person.post and person.role for person in activity.people),
            "largest": size > 0 and size == largest,
            "second": size > 0 and size == second != largest,
            "placed": bool(activity.date and activity.place),
            "rich": len(activity.figures) >= _RICH,
        }
        reasons = tuple(reason for reason in _POINTS if met[reason])
        yield Candidate(report, place, joint, reasons, sum(_POINTS[reason] for reason in reasons))


def _attendance(activity: Activity) -> float:
    """How many came, by the largest figure of those who took part."""
    counts = [
        float(figure.quantity.value)
        for figure in activity.figures
        if figure.quantity.value is not None
        and figure.quantity.unit_key in ("人", "人次")
        and action_class(figure.action or "") == action_class("參加")
    ]
    return max(counts, default=0.0)


def told_above(candidate: Candidate, number: int) -> Activity:
    """A chosen activity as the sheet above tells it: whose it is, and names that are clear there.

    Clauses in which the unit speaks for itself (全縣, 我局) are left to its own report.
    """
    activity, report = candidate.activity, candidate.report
    groups = tuple(
        group.model_copy(update={"id": None, "names": tuple(map(report.locally, group.names))})
        for group in activity.organisers
    )
    names = (report.name, candidate.joint) if candidate.joint else (report.name,)
    if not groups or candidate.joint:
        groups = (Organisers(names=names),)
    scopes = words("whole_scopes")
    return activity.model_copy(
        update={
            "id": f"a{number}",
            "place": report.locally(activity.place) if activity.place else None,
            "organisers": groups,
            "people": tuple(
                person.model_copy(
                    update={"id": None, "post": report.locally(person.post) if person.post else None}
                )
                for person in activity.people
            ),
            "details": _for_others(activity.details),
            "quotes": tuple(entry.model_copy(update={"id": None}) for entry in activity.quotes),
            "figures": tuple(
                figure.model_copy(
                    update={"scope": None if folded(figure.scope or "") in scopes else figure.scope,
                            "of": _own_whole(figure.of, activity),
                            "id": _own_id(figure.id, activity)}
                )
                for figure in activity.figures
            ),
        }
    )  # fmt: skip


def _own_id(given: str | None, activity: Activity) -> str | None:
    """An id of a figure without its activity's, which has another one here."""
    return given.removeprefix(f"{activity.id}.") if given and activity.id else given


def _own_whole(of: str | None, activity: Activity) -> str | None:
    """The id of a whole within the activity; one that stands elsewhere in the unit's sheet is left there."""
    local = of.rpartition(".")[2] if of else ""
    ids = {_own_id(figure.id, activity) or f"f{n}" for n, figure in enumerate(activity.figures, 1)}
    return local if local in ids else None


def _for_others(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(
        entry.model_copy(update={"id": None})
        for entry in entries
        if not any(word in folded(entry.text) for word in words("own_voice"))
    )
