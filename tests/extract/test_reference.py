"""The reference text: four scraped summaries, read against lists made by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from summarywriter import loads_facts, verify_text
from summarywriter.extract import DamageKind, extract, to_yaml


@pytest.fixture(scope="module")
def gold(measuring):
    return measuring.load(measuring.TEXTS / "reference.yaml")


@pytest.fixture(scope="module")
def taken(reference):
    return extract(reference)


def test_four_pieces_become_four_sheets(taken):
    assert len(taken) == 4
    assert all(loads_facts(to_yaml(each, name="x.txt")).title == "科技活動周活動總結" for each in taken)


def test_values_are_found_right_and_hardly_any_wrongly(measuring, taken, gold):
    score = measuring.score(taken, gold["pieces"])
    assert score.found_share >= 0.98, score.wrong
    assert score.false_share <= 0.02, score.wrong


def test_headings_and_sentences_alone_place_most_quantities(measuring, taken, gold):
    score = measuring.score(taken, gold["pieces"])
    assert score.placed_share >= 0.85, score.wrong


def test_the_theme_is_the_quotation_said_to_be_it(taken, gold):
    themes = [each.sheet.theme.text if each.sheet.theme else None for each in taken]
    assert themes == [piece.get("theme") for piece in gold["pieces"]]


def test_all_damage_is_listed(taken, gold):
    counted = Counter(damage.kind.value for each in taken for damage in each.damage)
    assert dict(counted) == gold["damage"]


def test_lost_characters_are_suggested(taken):
    said = [d.suggestion for each in taken for d in each.damage if d.kind is DamageKind.MOJIBAKE]
    assert any("科技活動周期間" in each for each in said)
    assert any("專家研討" in each for each in said)
    assert any("市人民" in each for each in said)


def test_what_a_piece_says_its_sheet_holds(taken):
    """Checking the source against its own sheet: nothing is wrong but what the sheet lists as unplaced."""
    for each in taken:
        report = verify_text(each.text, loads_facts(to_yaml(each, name="x.txt")))
        assert not [f for f in report.findings if f.code.startswith("SW1")]
        left = " ".join(found.text for found in each.sheet.unplaced)
        for finding in report.findings:
            if finding.code in ("SW201", "SW202", "SW203", "SW204", "SW205", "SW310", "SW311"):
                assert finding.text.strip("“”《》") in left, finding
