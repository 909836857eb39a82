"""Refilling: corrected facts in the same prose, and nothing slides into another's sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarywriter import EventFacts, FactsError, SummaryWriter
from summarywriter.facts.index import FactIndex
from summarywriter.refill import moves, refill
from summarywriter.summary import Summary


def sheet(**changes: Any) -> EventFacts:
    data: dict[str, Any] = {
        "title": "臨江鎮2025年消防宣傳月總結",
        "level": "township",
        "unit": "臨江鎮人民政府",
        "people": [{"name": "周立", "post": "副鎮長"}],
        "activities": [
            {
                "name": "啟動儀式",
                "date": "2025-11-01",
                "place": "鎮文化廣場",
                "people": [{"name": "周立", "role": "講話"}],
                "details": ["播放警示片3部"],
                "figures": ["參加 260餘人", "發放宣傳手冊 1500份"],
            },
            {"name": "應急疏散演練", "date": "2025-11-09", "figures": ["參與師生 840名"]},
        ],
        "totals": ["發放宣傳資料 4200餘份"],
    }
    return EventFacts.model_validate({**data, **changes})


def activities(*figures: str, **fields: Any) -> list[dict[str, Any]]:
    first = {
        "name": "啟動儀式",
        "date": "2025-11-01",
        "place": "鎮文化廣場",
        "people": [{"name": "周立", "role": "講話"}],
        "details": ["播放警示片3部"],
        "figures": list(figures),
    }
    return [
        {**first, **fields},
        {"name": "應急疏散演練", "date": "2025-11-09", "figures": ["參與師生 840名"]},
    ]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return SummaryWriter().write(sheet()).save(tmp_path / "out.json")


def decision(summary: Summary) -> dict[str, Any]:
    return dict(summary.trace.events[0].data)


def test_the_same_facts_give_the_same_summary(saved: Path) -> None:
    again = refill(saved, sheet())
    assert again.text == SummaryWriter().write(sheet()).text
    assert decision(again) == {"removed": [], "added": []}


def test_a_corrected_figure_is_the_only_change(saved: Path) -> None:
    before = SummaryWriter().write(sheet())
    after = refill(saved, sheet(activities=activities("參加 310餘人", "發放宣傳手冊 1500份")))
    assert after.text == before.text.replace("260餘人", "310餘人")
    assert after.report.rank == before.report.rank


def test_a_corrected_title_author_and_name_are_printed(saved: Path) -> None:
    facts = sheet(title="臨江鎮2024年消防宣傳月總結", people=[{"name": "周力", "post": "副鎮長"}])
    assert refill(saved, facts).text.startswith("臨江鎮2024年消防宣傳月總結\n")
    renamed = refill(
        saved, sheet(activities=activities("參加 260餘人", "發放宣傳手冊 1500份", place="鎮影劇院"))
    )
    assert "鎮影劇院" in renamed.text
    assert "鎮文化廣場" not in renamed.text


def test_a_figure_put_in_before_others_does_not_slide_into_their_sentences(saved: Path) -> None:
    facts = sheet(activities=activities("懸掛橫幅 20條", "參加 260餘人", "發放宣傳手冊 1500份"))
    after = refill(saved, facts)
    assert after.text == SummaryWriter().write(sheet()).text
    assert "a1.f1" in after.report.untold
    assert decision(after) == {"removed": [], "added": ["a1.f1"]}


def test_a_fact_taken_out_leaves_a_gap_and_a_finding(saved: Path) -> None:
    after = refill(saved, sheet(activities=activities("發放宣傳手冊 1500份")))
    assert "〔待補〕" in after.text
    assert "1500份" in after.text
    gaps = [finding for finding in after.report.findings if finding.code == "SW513"]
    assert [after.text[gap.start : gap.end] for gap in gaps] == ["〔待補〕"]
    assert gaps[0].message
    assert decision(after)["removed"] == ["a1.f1"]


def test_a_lost_figure_is_no_fact_taken_out(tmp_path: Path) -> None:
    lost = sheet(activities=activities("贈書 20xx餘冊", "參加 260餘人"))
    file = SummaryWriter().write(lost).save(tmp_path / "out.json")
    after = refill(file, sheet(activities=activities("贈書 20xx餘冊")))
    assert after.text.count("〔待補〕") == 2
    gaps = [finding for finding in after.report.findings if finding.code == "SW513" and finding.facts]
    assert len(gaps) == 1
    assert after.text[gaps[0].end] != "冊"


def test_any_change_of_the_sheet_delivers(saved: Path) -> None:
    for facts in (
        sheet(activities=[]),
        sheet(activities=activities("參加 20人", details=["播放警示片5部", "演示滅火器"])),
        sheet(totals=[], people=[], unit="下河鎮人民政府"),
        EventFacts.model_validate({"title": "另一份總結", "measures": ["制定方案"]}),
    ):
        after = refill(saved, facts)
        assert after.text
        assert all(after.text[s.start : s.end] == s.text for s in after.sentences)


def test_a_corrected_date_of_signature_is_printed(tmp_path: Path) -> None:
    writer = SummaryWriter()
    file = writer.write(sheet(date="2025-12-03")).save(tmp_path / "out.json")
    assert "2025年12月3日" in refill(file, sheet(date="2025-12-03")).text
    assert "2025年12月5日" in refill(file, sheet(date="2025-12-05")).text
    assert "12月3日" not in refill(file, sheet()).text


def test_a_reordered_sheet_is_the_same_sheet(saved: Path) -> None:
    facts = sheet(activities=activities("發放宣傳手冊 1500份", "參加 260餘人"))
    assert refill(saved, facts).text == SummaryWriter().write(sheet()).text


def test_moves_follow_what_a_fact_is_said_of() -> None:
    old = FactIndex.of(sheet())
    new = FactIndex.of(sheet(activities=list(reversed(activities("參加 260餘人", "發放宣傳手冊 1500份")))))
    moved = moves(old, new)
    assert (moved["a1"], moved["a2"]) == ("a2", "a1")
    assert (moved["a1.f2"], moved["a2.f1"], moved["a1.d1.q1"]) == ("a2.f2", "a1.f1", "a2.d1.q1")


def test_another_script_can_be_asked_for(saved: Path) -> None:
    assert "宣传手册" in refill(saved, sheet(), script="hans").text


def test_a_file_that_is_no_summary_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FactsError):
        refill(tmp_path / "x.json", sheet())
