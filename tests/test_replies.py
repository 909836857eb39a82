"""Replayed model replies: whole events written by a model, and one set with planted faults.

How each reply came to be stands in its file: ``transcribed`` from a capable model that was asked by hand
and given rendered requests only, or ``planted`` by a person, faults and all; fixtures/replies/README.md
says more. After a change of a prompt,
a plan or a rule there is no reply to the new request, and the test says to record again.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarywriter import RecordedModel, RecordingError, SummaryWriter, load_facts

ROOT = Path(__file__).resolve().parent.parent
REPLIES = ROOT / "fixtures" / "replies"
RECORDED = sorted(path.name for path in REPLIES.iterdir() if path.is_dir() and path.name != "planted-faults")


def replayed(event: str, replies: str, *, rounds: int = 1):
    facts = load_facts(ROOT / "fixtures" / "events" / f"{event}.yaml")
    return SummaryWriter(RecordedModel(REPLIES / replies), rounds=rounds).write(facts)


@pytest.mark.parametrize("event", RECORDED)
def test_a_model_writes_the_event_whole_and_grounded(event: str) -> None:
    summary = replayed(event, event, rounds=0)
    assert summary.report.errors == ()
    assert summary.report.untold == ()
    by_model = [draft for draft in summary.drafts if draft.origin == "model"]
    assert len(by_model) > len(summary.drafts) / 2
    assert not summary.trace.fallbacks


def test_at_least_three_events_are_replayed() -> None:
    assert len(RECORDED) >= 3


@pytest.mark.parametrize("event", RECORDED)
def test_replies_say_that_they_were_transcribed(event: str) -> None:
    for file in (REPLIES / event).iterdir():
        assert json.loads(file.read_text(encoding="utf-8"))["origin"] == "transcribed"


def test_planted_faults_are_repaired_or_the_section_is_realised() -> None:
    summary = replayed("township-fire-month", "planted-faults")
    assert summary.report.errors == ()
    assert summary.report.untold == ()
    for fault in (
        "〔2024〕9号",
        "17处",
        "全县第一",
        "8000人次",
        "<think>",
        "以下是",
        "总体情况良好",
        "已于12月",
    ):
        assert fault not in summary.text
    assert "隐患71处" in summary.text
    # The one section that its revision left wrong was written by the realiser, and the trace says why.
    assert set(summary.trace.fallbacks) == {"s3"}
    assert "SW105" in summary.trace.fallbacks["s3"]
    assert all(
        json.loads(file.read_text(encoding="utf-8"))["origin"] == "planted"
        for file in (REPLIES / "planted-faults").iterdir()
    )


def test_a_changed_sheet_finds_no_reply_and_says_so() -> None:
    facts = load_facts(ROOT / "fixtures" / "events" / "school-science-festival.yaml")
    with pytest.raises(RecordingError, match="make record"):
        SummaryWriter(RecordedModel(REPLIES / "planted-faults")).write(facts)
