"""Every fact is told exactly once, whatever the sheet and whatever the genre."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.errors import FactsError
from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import load_facts
from summarywriter.facts.model import EventFacts
from summarywriter.genres.load import SHIPPED
from summarywriter.plan import DocumentPlan, make_plan

EVENTS = Path(__file__).parents[2] / "fixtures" / "events"


def _sheets() -> list[EventFacts]:
    sheets = []
    for file in sorted(EVENTS.glob("*.yaml")):
        try:
            sheets.append(load_facts(file))
        except FactsError:  # sheets that are wrong on purpose
            continue
    return sheets


SHEETS = _sheets()


def assert_placed_once(plan: DocumentPlan, index: FactIndex) -> None:
    told = [fact for section in plan.sections for fact in section.facts]
    assert len(told) == len(set(told))
    for fact in index:
        places = told.count(fact.id) + plan.left_out.count(fact.id)
        if fact.id == "unit" and not places:
            assert plan.signature == fact.text
        else:
            assert places == 1, fact.id
    assert all(not index[fact].required for fact in plan.left_out)
    assert [section.id for section in plan.sections] == [f"s{n}" for n, _ in enumerate(plan.sections, 1)]


@pytest.mark.parametrize("genre", [None, *SHIPPED])
@pytest.mark.parametrize("event", SHEETS, ids=lambda event: event.title)
def test_every_fact_of_every_sheet_is_placed_once_in_every_genre(event, genre):
    index = FactIndex.of(event)
    assert_placed_once(make_plan(index, genre), index)


@pytest.mark.parametrize("event", SHEETS, ids=lambda event: event.title)
def test_a_plan_is_a_function_of_the_sheet(event):
    assert make_plan(event) == make_plan(event)


@pytest.mark.parametrize("event", SHEETS, ids=lambda event: event.title)
def test_what_stands_inside_a_text_is_told_with_it_and_parts_follow_their_activity(event):
    index = FactIndex.of(event)
    for section in make_plan(index).sections:
        for unit in section.units:
            for fact in map(index.__getitem__, unit.facts):
                if fact.owner in index:
                    assert fact.owner in unit.facts
                    assert unit.facts.index(fact.owner) < unit.facts.index(fact.id)


@pytest.mark.parametrize("event", SHEETS, ids=lambda event: event.title)
def test_no_two_headings_share_a_group(event):
    headings = [s.heading for s in make_plan(event).sections if s.heading]
    groups = [group for heading in headings for group in heading.split("，")]
    assert len(groups) == len(set(groups))


# --- sheets that nobody wrote ---------------------------------------------------------------------

TEXT = st.text("科普宣傳演練排查學校社區村民李王張三12，、", min_size=1, max_size=8)
NAMES = st.lists(TEXT, min_size=1, max_size=3)
PERSON = st.fixed_dictionaries({"name": st.sampled_from(["李露", "王平", "張三"]), "role": TEXT})
FIGURE = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(["發放", "參加", "檢查"]),
    TEXT,
    st.integers(1, 9999),
    st.sampled_from("人份處"),
)
ENTRY = st.fixed_dictionaries({"text": TEXT, "required": st.booleans()})
ACTIVITY = st.fixed_dictionaries(
    {"name": TEXT},
    optional={
        "field": st.sampled_from(["集中宣傳", "入戶排查", "農村", "企業"]),
        "date": st.sampled_from(["2025-05-19", "5月中旬"]),
        "place": TEXT,
        "organisers": NAMES,
        "people": st.lists(PERSON, max_size=2),
        "details": st.lists(ENTRY, max_size=3),
        "quotes": st.lists(TEXT, max_size=2),
        "figures": st.lists(FIGURE, max_size=3),
        "required": st.booleans(),
        "status": st.sampled_from(["done", "ongoing", "planned"]),
    },
)
SHEET = st.fixed_dictionaries(
    {"title": TEXT, "activities": st.lists(ACTIVITY, max_size=16)},
    optional={
        "script": st.sampled_from(["hans", "hant"]),
        "level": st.sampled_from(["township", "school", "enterprise", "district", "city", "province"]),
        "unit": TEXT,
        "theme": TEXT,
        "period": st.just("2025-05"),
        "basis": st.lists(
            st.fixed_dictionaries({"title": TEXT}, optional={"issuers": NAMES, "number": TEXT}), max_size=2
        ),
        "organisers": NAMES,
        "people": st.lists(PERSON, max_size=3),
        "totals": st.lists(FIGURE, max_size=4),
        **{
            key: st.lists(ENTRY, max_size=4)
            for key in ("measures", "results", "media", "problems", "next_steps")
        },
    },
)


@given(SHEET, st.sampled_from([None, *SHIPPED]), st.none() | st.integers(50, 800))
def test_every_fact_of_any_sheet_is_placed_once(sheet, genre, length):
    event = EventFacts.model_validate(sheet)
    index = FactIndex.of(event)
    if all(fact.id == "unit" for fact in index):
        return
    assert_placed_once(make_plan(index, genre, length=length), index)
