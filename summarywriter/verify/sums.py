"""Totals derived from other sheets: grounded only where they are what their terms come to."""

from __future__ import annotations

from collections.abc import Iterator

from summarywriter.chinese.quantities import Quantity, format_quantity
from summarywriter.chinese.script import Script
from summarywriter.facts.derivation import is_sum, sum_of
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.bound import Binding
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding


def sums(analysis: Analysis, known: Known, bindings: tuple[Binding, ...]) -> Iterator[Finding]:
    """SW115: a text tells a total that the sheet derives, and the derivation does not give it."""
    for binding in bindings:
        if binding.verdict or binding.counted is None:
            continue
        for fact in binding.counted.facts:
            figure = known.index[fact].figure
            if figure is not None and figure.derived and not is_sum(figure):
                stated = _written(sum_of(figure), known.index.event.script)
                yield analysis.finding(
                    "SW115", *binding.mention.span, (fact,), stated, label=figure.label, stated=stated or "—"
                )


def _written(quantity: Quantity | None, script: Script) -> str:
    return format_quantity(quantity, script) if quantity is not None else ""
