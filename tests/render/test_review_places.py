"""Every fact that the text tells has a place on the review page, also where another covers it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarywriter import SummaryWriter, load_facts
from summarywriter.render.review import render_html

EVENTS = sorted(path for path in Path("fixtures/events").glob("*.*") if not path.stem.startswith("hostile"))
ROW = re.compile(r'class="sw-key"[^>]*>([^<]+)</a>.*?class="sw-places"[^>]*>([^<]+)</span>')


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.stem)
def test_no_fact_that_is_told_stands_as_not_told(event: Path) -> None:
    summary = SummaryWriter().write(load_facts(event))
    rows = dict(ROW.findall(render_html(summary, lang="en")))
    told = {fact for claim in summary.filled.claims for fact in claim.facts}
    told |= {match.facts[0] for match in summary.report.matches if match.end}
    assert len(rows) >= len(told)
    assert [fact for fact in rows if rows[fact] == "not told" and fact in told] == []
