"""Adding figures up: which may be added at all, and what a sum of blurred ones can still claim.

人次 is added to 人次, never 人 to 人次; shares, ranks and spans of time are never added. What blurs the
terms blurs the sum: 500余份 and 300份 are 800余份. A sum with a term that is open above (上千, 至少) or
lost to a mask says 至少 of what is certain. A sum claims no more than its terms do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from summarywriter.chinese.measures import measures
from summarywriter.chinese.numerals import MAX_DIGITS
from summarywriter.chinese.quantityvalues import Modifier, Quantity
from summarywriter.chinese.text import folded

_NEVER = frozenset({"ratio", "duration", "power"})
"""Kinds of measure that do not add up over reports: shares, spans of time, rates of power."""
_HOURS = frozenset({"课时", "学时", "小时"})
"""Spans of time that are an amount of work, and so are added."""
_BELOW = Decimal("0.8")
"""近 and 約 have no agreed width: a fifth is wide enough never to claim too much."""
_OPEN = frozenset({Modifier.AT_LEAST, Modifier.VAGUE})
_UNSURE = frozenset({Modifier.ABOUT})
_UNDER = frozenset({Modifier.NEAR, Modifier.AT_MOST})


def adds_up(quantity: Quantity) -> bool:
    """Whether figures with this measure word may be added at all.

    >>> from summarywriter.chinese.quantities import parse_quantity
    >>> [adds_up(parse_quantity(text)) for text in ("300人次", "85%", "第3届", "30天", "12课时")]
    [True, False, False, False, True]
    """
    unit = quantity.unit_key
    if quantity.ordinal or not unit or "/" in quantity.unit or "每" in quantity.unit:
        return False
    measure = measures().get(folded(unit))
    return measure is None or measure.kind not in _NEVER or unit in _HOURS


def add(terms: Sequence[Quantity]) -> Quantity | None:
    """The sum of figures, or ``None`` where no rule lets them be added.

    Args:
        terms: What is added; lost figures (masked, or only 若干) among them are counted as no less than
            nought.

    Returns:
        The sum, with the measure word that most terms have, and no surface: it is written by the rules.

    >>> from summarywriter.chinese.quantities import parse_quantity
    >>> total = add([parse_quantity("500余份"), parse_quantity("300份")])
    >>> total.value, total.modifier.value
    (Decimal('800'), 'over')
    >>> add([parse_quantity("500人"), parse_quantity("300人次")]) is None
    True
    """
    known = [term for term in terms if not _is_lost(term)]
    if not known or not all(adds_up(term) for term in terms):
        return None
    if len({term.unit_key for term in terms}) > 1:
        return None
    unit = Counter(term.unit for term in terms).most_common(1)[0][0]
    value, high, modifier = _summed(known, lost=len(known) < len(terms))
    if max(len(str(number).replace(".", "")) for number in (value, high or value)) > MAX_DIGITS:
        return None
    return Quantity(value=value, unit=unit, modifier=modifier, high=high)


def _summed(terms: Sequence[Quantity], *, lost: bool) -> tuple[Decimal, Decimal | None, Modifier]:
    kinds = {Modifier.ABOUT if term.blurred else term.modifier for term in terms}
    if lost or kinds & _OPEN:
        return sum(map(_floor, terms), Decimal(0)), None, Modifier.AT_LEAST
    low = sum((term.value or Decimal(0) for term in terms), Decimal(0))
    top = sum((term.high or term.value or Decimal(0) for term in terms), Decimal(0))
    high = top if any(term.high is not None for term in terms) else None
    if kinds & _UNSURE or (Modifier.OVER in kinds and (kinds & _UNDER or high is not None)):
        return low, high, Modifier.ABOUT
    if Modifier.AT_MOST in kinds:
        return top, None, Modifier.AT_MOST
    if Modifier.NEAR in kinds:
        return low, high, Modifier.NEAR if high is None else Modifier.ABOUT
    return low, high, Modifier.OVER if Modifier.OVER in kinds else Modifier.EXACT


def _floor(quantity: Quantity) -> Decimal:
    """What a figure is at least, whatever blurs it."""
    value = quantity.value or Decimal(0)
    match Modifier.ABOUT if quantity.blurred else quantity.modifier:
        case Modifier.NEAR | Modifier.ABOUT:
            return value * _BELOW
        case Modifier.AT_MOST:
            return Decimal(0)
        case _:
            return value


def _is_lost(quantity: Quantity) -> bool:
    return quantity.masked or quantity.value is None
