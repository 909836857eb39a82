"""Figures that were worked out of stated ones, and slips of one digit."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from decimal import Decimal

from summarywriter.chinese.quantities import Quantity
from summarywriter.verify.known import Counted, Known

#: A zero too many or too few, 萬 lost.
_SHIFTS = frozenset(Decimal(10) ** n for n in (1, 2, 3, 4, 8))


def is_slip(stated: Quantity, told: Quantity) -> bool:
    """Whether a figure looks like another one miscopied: digits exchanged, one wrong, a shift by ten.

    >>> from summarywriter.chinese.quantities import parse_quantity
    >>> [is_slip(parse_quantity("203户"), parse_quantity(t)) for t in ("230户", "2030户", "208户", "77户")]
    [True, True, True, False]
    """
    if stated.value is None or told.value is None or not stated.value or not told.value:
        return False
    ratio = max(stated.value, told.value) / min(stated.value, told.value)
    if ratio in _SHIFTS:
        return True
    a, b = (_digits(q.value) for q in (stated, told))
    if len(a) != len(b) or len(a) < 2:  # noqa: PLR2004  one digit alone is no slip of another
        return False
    return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _digits(value: Decimal | None) -> str:
    return format(value.normalize(), "f").replace(".", "") if value is not None else ""


def is_derived(quantity: Quantity, known: Known) -> bool:
    """Whether a figure is a sum, difference or ratio of stated ones."""
    if quantity.value is None:
        return False
    if quantity.unit in ("%", "％"):
        return _is_ratio(quantity.value, known)
    alike = [
        c.quantity.value
        for c in known.counted
        if c.facts and c.quantity.value is not None and c.quantity.same_unit(quantity)
    ]
    return quantity.value in _pairs(tuple(alike)) or quantity.value in _runs(alike)


@functools.lru_cache(maxsize=64)
def _pairs(values: tuple[Decimal, ...]) -> frozenset[Decimal]:
    return frozenset(
        result
        for i, a in enumerate(values)
        for b in values[i + 1 :]
        for result in (a + b, abs(a - b))
        if result
    )


def _runs(values: Iterable[Decimal]) -> set[Decimal]:
    """Sums of neighbours in the sheet, which a section adds up."""
    sums: set[Decimal] = set()
    kept = list(values)
    for start in range(len(kept)):
        total = kept[start]
        for value in kept[start + 1 : start + 12]:
            total += value
            sums.add(total)
    return sums


def _is_ratio(percent: Decimal, known: Known) -> bool:
    places = max(0, -int(percent.as_tuple().exponent)) if percent.is_finite() else 0
    step = Decimal(1).scaleb(-places)
    stated = [c for c in known.counted if c.facts and c.quantity.value]
    return any(
        (Decimal(100) * (part.quantity.value or 0) / (whole.quantity.value or Decimal(1))).quantize(step)
        == percent
        for whole in stated
        for part in stated
        if _may_divide(part, whole)
    )


def _may_divide(part: Counted, whole: Counted) -> bool:
    a, b = part.quantity.value, whole.quantity.value
    return (
        a is not None and b is not None and 0 < a < b
        and part.activity == whole.activity
        and part.quantity.same_unit(whole.quantity)
    )  # fmt: skip
