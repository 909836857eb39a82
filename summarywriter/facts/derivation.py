"""Figures that are sums of figures in other sheets: whether they are what their terms come to."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from summarywriter.chinese.numerals import plain
from summarywriter.chinese.quantities import Modifier, Quantity
from summarywriter.chinese.sums import add
from summarywriter.facts.model import Figure
from summarywriter.messages import render

_FROM_BELOW = frozenset({Modifier.EXACT, Modifier.OVER, Modifier.AT_LEAST})


def sum_of(figure: Figure) -> Quantity | None:
    """What the terms of a derived figure come to; ``None`` where no rule lets them be added."""
    return add([term.quantity for term in figure.derived])


def is_sum(figure: Figure) -> bool:
    """Whether a derived figure says what its terms come to, or rounds that down openly.

    18230餘份 may be told as 1.8萬餘份 or 至少1.8萬份; it may not be told as 1.9萬份.

    >>> from summarywriter.facts.model import Figure
    >>> def figure(quantity):
    ...     terms = ["東嶺縣 t1 500餘份", "西塘縣 t1 313份"]
    ...     return Figure.model_validate({"object": "資料", "quantity": quantity, "derived": terms})
    >>> from summarywriter.facts.shorthand import read_quantity
    >>> [is_sum(figure(read_quantity(text))) for text in ("超過813份", "800餘份", "813份", "900餘份")]
    [True, True, False, False]
    """
    total, stated = sum_of(figure), figure.quantity
    if total is None or total.value is None or not total.same_unit(stated):
        return False
    if total.same_value(stated):
        return True
    if stated.modifier is Modifier.ABOUT:
        return rounded(total).same_value(stated)
    if stated.value is None or stated.high is not None or total.modifier not in _FROM_BELOW:
        return False
    if stated.modifier is Modifier.AT_LEAST:
        return stated.value <= total.value
    if stated.modifier is Modifier.OVER and total.modifier is not Modifier.AT_LEAST:
        return stated.value <= total.value < stated.value + _step(stated.value)
    return False


_DIGITS = 3
"""Digits that mean something in a figure told with 約."""


def rounded(quantity: Quantity) -> Quantity:
    """A figure told with 約, to three digits: 約39.1萬份 of 約390894份; others as they are.

    >>> from summarywriter.chinese.quantities import parse_quantity
    >>> rounded(parse_quantity("約390894份")).value
    Decimal('391000')
    """
    if quantity.modifier is not Modifier.ABOUT or quantity.value is None:
        return quantity
    high = quantity.high
    return replace(
        quantity,
        value=_to_digits(quantity.value),
        high=None if high is None else _to_digits(high),
        surface="",
    )


def _to_digits(value: Decimal) -> Decimal:
    step = Decimal(1).scaleb(max(value.adjusted() + 1 - _DIGITS, 0))
    return plain((value / step).quantize(Decimal(1), ROUND_HALF_UP) * step) if step > 1 else value


def derivation(figure: Figure, *, lang: str = "zh", script: str = "hant") -> str:
    """How a derived figure came to be, for a reader (21條事實之和); ``""`` where it was counted."""
    if not figure.derived:
        return ""
    return render("facts.derived", lang=lang, script=script, count=len(figure.derived))


def _step(value: Decimal) -> Decimal:
    """The place of the last digit that is not nought: a hundred in 800, a thousand in 18000."""
    exponent = value.normalize().as_tuple().exponent
    return max(Decimal(10) ** (exponent if isinstance(exponent, int) else 0), Decimal(1))
