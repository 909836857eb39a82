"""Figures that were worked out of stated ones, and slips of one digit."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from summarywriter.chinese.quantities import Modifier, Quantity
from summarywriter.verify.known import Counted, Dated, Known

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


def derivation(quantity: Quantity, known: Known) -> str:
    """How a figure may have been worked out: the knob of `Policy` that rules on it, or ``""``."""
    if quantity.value is None:
        return ""
    if quantity.unit in ("%", "％"):
        return "derived_ratios" if _is_ratio(quantity.value, known) else ""
    alike = [
        c.quantity.value
        for c in known.counted
        if c.facts and c.quantity.value is not None and c.quantity.same_unit(quantity)
    ]
    summed = quantity.value in _pairs(tuple(alike)) or quantity.value in _runs(alike)
    return "derived_totals" if summed else ""


_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7}


def is_right_duration(quantity: Quantity, known: Known) -> bool:
    """Whether a stated range of dates is so long, its first and last day counted."""
    per = _DAYS.get(quantity.unit_key)
    if per is None or quantity.value is None:
        return False
    return any(days == quantity.value * per for days in map(_length, known.dated) if days)


def _length(dated: Dated) -> int | None:
    start, end = dated.value.start, dated.value.end
    if end is None or None in (start.month, start.day, end.month, end.day):
        return None
    year = start.year or 2001  # no leap year: a range over the end of February is judged only with its year
    try:
        first = date(year, start.month or 1, start.day or 1)
        last = date(end.year or year, end.month or 1, end.day or 1)
    except ValueError:
        return None
    return (last - first).days + 1


#: 近 and 約 are true of what is at most a tenth away.
_NEARLY = Decimal("0.9")


def entails(stated: Quantity, told: Quantity) -> bool:
    """Whether a stated figure makes a weaker one true: 635人 makes 600多人 and 近640人 true.

    >>> from summarywriter.chinese.quantities import parse_quantity as q
    >>> [entails(q("635人"), q(t)) for t in ("600多人", "近640人", "500多人", "640多人", "上百人")]
    [True, True, True, False, True]
    """
    a, b = stated.value, told.value
    if a is None or b is None or stated.high is not None or told.high is not None or not b:
        return False
    lower = stated.modifier in (Modifier.EXACT, Modifier.OVER, Modifier.AT_LEAST)
    upper = stated.modifier in (Modifier.EXACT, Modifier.AT_MOST)
    match told.modifier:
        case Modifier.OVER | Modifier.AT_LEAST | Modifier.VAGUE:
            return (
                lower
                and a >= b
                and (a > b or told.modifier is not Modifier.OVER or stated.modifier is Modifier.OVER)
            )
        case Modifier.AT_MOST:
            return upper and a <= b
        case Modifier.NEAR:
            return stated.modifier is Modifier.EXACT and b * _NEARLY <= a < b
        case Modifier.ABOUT:
            return stated.modifier is Modifier.EXACT and abs(a - b) <= b * (1 - _NEARLY)
    return False


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
