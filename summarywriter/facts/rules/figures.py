"""Figures that contradict each other, or say less than they seem to.

Figures are compared by what they can mean at most and at least: 600多 is anything from 600 to 699, so
that no contradiction is reported that a blurred figure leaves room for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from summarywriter.chinese.quantities import Modifier, Quantity, format_quantity
from summarywriter.chinese.text import folded
from summarywriter.facts.derivation import is_sum, sum_of
from summarywriter.facts.diagnostic import Diagnostic, found
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.facts.model import Status

_NEAR, _AROUND = Decimal("0.8"), Decimal("0.2")
"""近 and 約 have no agreed width: a fifth is wide enough never to accuse wrongly."""
_HUNDRED = 100
_RATES = ("率", "比例", "占比", "比重", "覆盖面")


def check(index: FactIndex) -> Iterator[Diagnostic]:
    """Every diagnostic about figures."""
    figures = [fact for fact in index if fact.kind in (FactKind.FIGURE, FactKind.TOTAL)]
    totals = [fact for fact in figures if fact.kind is FactKind.TOTAL]
    items = [fact for fact in figures if fact.kind is FactKind.FIGURE]
    yield from _parts(index, figures)
    for total in totals:
        yield from _against_total(index, total, items)
    yield from _twice(index, figures)
    for fact in index:
        if fact.quantity is not None:
            yield from _one(index, fact)


# --- what a figure can mean ---------------------------------------------------------------------------


def bounds(quantity: Quantity) -> tuple[Decimal, Decimal | None] | None:
    """Least and most that a quantity can mean; no most where it is open, ``None`` where it is lost."""
    value, high = quantity.value, quantity.high
    if value is None or quantity.masked or quantity.ordinal:
        return None
    if quantity.blurred:
        return value * _NEAR, value * (1 + _AROUND)
    match quantity.modifier:
        case Modifier.OVER:
            return value, value + _step(value)
        case Modifier.NEAR:
            return value * _NEAR, value
        case Modifier.ABOUT:
            return value * (1 - _AROUND), (high or value) * (1 + _AROUND)
        case Modifier.AT_LEAST | Modifier.VAGUE:
            return value, None
        case Modifier.AT_MOST:
            return Decimal(0), high or value
        case _:
            return value, high if high is not None else value


def _step(value: Decimal) -> Decimal:
    """What 多 or 余 may add: up to the next number as round (600多: below 700; 1萬多: below 2萬)."""
    normal = value.normalize().as_tuple()
    exponent = normal.exponent if isinstance(normal.exponent, int) else 0
    return max(Decimal(10) ** exponent, Decimal(1))


def _surely_more(left: Quantity, right: Quantity) -> bool:
    mine, theirs = bounds(left), bounds(right)
    return mine is not None and theirs is not None and theirs[1] is not None and mine[0] > theirs[1]


# --- wholes -------------------------------------------------------------------------------------------


def _parts(index: FactIndex, figures: list[Fact]) -> Iterator[Diagnostic]:
    """A part that exceeds its whole; parts that do so together."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in figures:
        whole = index.whole(fact.id)
        if whole is None or fact.quantity is None or whole.quantity is None:
            continue
        if not fact.quantity.same_unit(whole.quantity):
            continue
        if _surely_more(fact.quantity, whole.quantity):
            yield found(index, "FL101", fact, whole, part=_told(fact), whole=_told(whole))
        else:
            groups[whole.id].append(fact)
    for key, parts in groups.items():
        whole = index[key]
        least = sum((_least(part) for part in parts), Decimal(0))
        if whole.quantity is not None and len(parts) > 1 and _exceeds(least, whole.quantity):
            told = "、".join(_told(part) for part in parts)
            yield found(index, "FL104", parts[-1], *parts[:-1], whole, parts=told, whole=_told(whole))


def _against_total(index: FactIndex, total: Fact, items: list[Fact]) -> Iterator[Diagnostic]:
    quantity = total.quantity
    if quantity is None or total.status is not Status.DONE:
        return
    counted = [item for item in items if _counts_towards(item, total)]
    exceeding = [item for item in counted if item.quantity and _surely_more(item.quantity, quantity)]
    if exceeding:
        exceeding.sort(key=_least, reverse=True)
        yield found(
            index,
            "FL102",
            total,
            *exceeding,
            item=_told(exceeding[0]),
            total=_told(total),
            count=len(exceeding),
        )
    # Parts are within their whole already; and who differs may be counted in both.
    added = [item for item in counted if not (item.figure and item.figure.of)]
    least = sum((_least(item) for item in added), Decimal(0))
    if not exceeding and len(added) > 1 and _adds_up(quantity) and _exceeds(least, quantity):
        yield found(
            index,
            "FL103",
            total,
            *added,
            total=_told(total),
            count=len(added),
            sum=_plain(least),
            unit=quantity.unit,
        )


def _counts_towards(item: Fact, total: Fact) -> bool:
    """Whether an activity's figure is surely a part of a total: same deed, same unit, same kind of thing."""
    if not (item.figure and total.figure and item.quantity and total.quantity):
        return False
    if item.status is not Status.DONE or not item.quantity.same_unit(total.quantity):
        return False
    if total.figure.actor and folded(total.figure.actor) != folded(item.figure.actor or ""):
        return False
    if folded(item.figure.action or "") != folded(total.figure.action or ""):
        return False
    mine, theirs = folded(item.figure.object), folded(total.figure.object)
    return mine == theirs or bool(theirs and mine.endswith(theirs))


def _adds_up(quantity: Quantity) -> bool:
    """Shares and averages do not add up; people who come twice are counted once."""
    return quantity.unit_key not in ("%", "‰", "人", "户", "家", "") and "/" not in quantity.unit


def _least(fact: Fact) -> Decimal:
    limits = bounds(fact.quantity) if fact.quantity is not None else None
    return limits[0] if limits is not None else Decimal(0)


def _exceeds(least: Decimal, whole: Quantity) -> bool:
    limits = bounds(whole)
    return limits is not None and limits[1] is not None and least > limits[1]


# --- twice --------------------------------------------------------------------------------------------


def _twice(index: FactIndex, figures: list[Fact]) -> Iterator[Diagnostic]:
    """One thing counted twice in one place: with two values, or with the same."""
    seen: dict[tuple[object, ...], Fact] = {}
    for fact in figures:
        figure, quantity = fact.figure, fact.quantity
        if figure is None or quantity is None or not figure.label:
            continue
        key = (fact.owner, folded(figure.label), quantity.unit_key, folded(figure.actor or ""),
               folded(figure.scope or ""), figure.of, fact.status)  # fmt: skip
        first = seen.setdefault(key, fact)
        if first is fact or first.quantity is None:
            continue
        same = quantity.same_value(first.quantity)
        yield found(
            index,
            "FL106" if same else "FL105",
            fact,
            first,
            what=figure.label,
            one=first.text,
            other=fact.text,
        )


# --- one by one ---------------------------------------------------------------------------------------


def _one(index: FactIndex, fact: Fact) -> Iterator[Diagnostic]:
    quantity = fact.quantity
    if quantity is None:
        return
    if quantity.masked:
        yield found(index, "FL107", fact, text=_told(fact))
        return
    if quantity.blurred:
        yield found(index, "FL108", fact, text=fact.text)
    if fact.figure is None:
        return
    label = folded(fact.figure.label)
    if quantity.unit_key == "%" and label.endswith(_RATES) and (quantity.value or 0) > _HUNDRED:
        yield found(index, "FL109", fact, text=_told(fact))
    if fact.figure.derived and not is_sum(fact.figure):
        total = sum_of(fact.figure)
        stated = format_quantity(total, index.event.script) if total is not None else "—"
        yield found(index, "FL112", fact, text=_told(fact), count=len(fact.figure.derived), sum=stated)
    if not quantity.unit and not quantity.ordinal:
        yield found(index, "FL110", fact, text=_told(fact))
    if quantity.value == 0 and quantity.modifier is Modifier.EXACT and quantity.high is None:
        yield found(index, "FL111", fact, text=_told(fact))


def _told(fact: Fact) -> str:
    return f"{fact.figure.label}{fact.text}" if fact.figure is not None else fact.text


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
