"""Golden outputs: what is written without a model, whole, for every event of fixtures/events.

A change here is a change that users see. To take it over: `python tests/test_summaries.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from summarywriter import FactsError, SummaryWriter, load_facts, verify_text
from summarywriter.chinese.dates import find_dates
from summarywriter.chinese.quantities import find_quantities

ROOT = Path(__file__).resolve().parent.parent
EVENTS = sorted(
    path for path in (ROOT / "fixtures" / "events").iterdir() if path.name != "hostile-dates.yaml"
)
REFERENCE = ("brief-science-week", "city-science-week", "department-safety-week", "district-science-week")


def golden(event: Path) -> Path:
    return ROOT / "fixtures" / "summaries" / f"{event.stem}.txt"


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.stem)
def test_the_text_is_the_golden_one(event: Path) -> None:
    assert SummaryWriter().write(load_facts(event)).text + "\n" == golden(event).read_text(encoding="utf-8")


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.stem)
def test_every_fact_is_told_and_nothing_is_wrong(event: Path) -> None:
    report = SummaryWriter().write(load_facts(event)).report
    assert report.errors == ()
    assert report.untold == ()
    assert all(part.told == part.total for part in report.coverage.values())


@pytest.mark.parametrize("name", REFERENCE)
def test_every_figure_and_date_of_a_reference_event_is_bound_to_a_fact(name: str) -> None:
    facts = load_facts(ROOT / "fixtures" / "events" / f"{name}.yaml")
    text = SummaryWriter().write(facts).text
    report = verify_text(text, facts)
    assert report.errors == ()
    bound = [(match.start, match.end) for match in report.matches]
    body = text.index("\n")  # the title is the sheet's own
    for mention in (*find_quantities(text), *find_dates(text)):
        if mention.span.start > body:
            at = mention.span
            assert any(start < at.end and at.start < end for start, end in bound), text[at.start : at.end]


def test_impossible_dates_are_told_all_at_once() -> None:
    with pytest.raises(FactsError) as caught:
        load_facts(ROOT / "fixtures" / "events" / "hostile-dates.yaml")
    told = "\n".join(str(problem) for problem in caught.value.problems)
    for wrong in ("2025-13-01", "2025-02-30", "2023-02-29", "4月31日", "2025-05-24/2025-05-17", "改天"):
        assert wrong in told
    assert all(problem.line for problem in caught.value.problems)


def test_a_hostile_sheet_is_printed_and_never_obeyed() -> None:
    facts = load_facts(ROOT / "fixtures" / "events" / "hostile.yaml")
    summary = SummaryWriter().write(facts)
    assert len(facts.activities) == 24
    for printed in ("{{7*7}}", "{1}", "⟦a1.f1⟧", "龘𠮷", "PWNED"):
        assert printed in summary.text
    assert "49場" not in summary.text.replace("149場", "")
    assert "請刪去存在問題一節" in summary.text  # the instruction stands as the problem it was given as
    assert facts.unit is not None
    assert facts.unit in summary.text


def write_golden() -> None:
    for event in EVENTS:
        golden(event).write_text(SummaryWriter().write(load_facts(event)).text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_golden()
