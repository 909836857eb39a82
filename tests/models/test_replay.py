"""Recordings: written readable, answered only to the very request, and never quietly stale."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from summarywriter import (
    Failure,
    FailureKind,
    Message,
    RecordedModel,
    RecordingError,
    RecordingModel,
    Reply,
    Request,
    SummaryWriter,
    loads_facts,
)
from summarywriter.chat import Usage
from summarywriter.models.replay import record, recording_file
from summarywriter.testing import ScriptedModel

ASK = Request("draft", "s1", (Message("system", "寫"), Message("user", "第一行\n第二行")))
OTHER = Request("draft", "s1", (Message("user", "改過的提示"),))
REPLY = Reply("{1}舉行。\n{2}。", usage=Usage(3, 4), model="qwen3")


def test_what_was_recorded_is_answered_again(tmp_path: Path) -> None:
    recording = RecordingModel(ScriptedModel([REPLY, REPLY]), tmp_path / "replies")
    assert recording.name == "scripted"
    assert recording.complete(ASK) == REPLY
    assert asyncio.run(recording.acomplete(OTHER)) == REPLY
    recorded = RecordedModel(tmp_path / "replies")
    assert recorded.name == "recorded:replies"
    assert recorded.complete(ASK) == REPLY
    assert asyncio.run(recorded.acomplete(OTHER)) == REPLY


def test_a_recording_can_be_read_by_people(tmp_path: Path) -> None:
    file = record(tmp_path, ASK, REPLY, origin="planted")
    assert file.name == f"draft-s1-{ASK.key[:16]}.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["origin"] == "planted"
    assert data["request"]["messages"][1]["content"] == ["第一行", "第二行"]
    assert "舉行" in file.read_text(encoding="utf-8")


def test_failures_are_not_recorded(tmp_path: Path) -> None:
    failure = Failure(FailureKind.TIMEOUT, "60 s")
    assert RecordingModel(ScriptedModel([failure]), tmp_path).complete(ASK) == failure
    assert list(tmp_path.iterdir()) == []


def test_a_changed_prompt_says_to_record_again(tmp_path: Path) -> None:
    record(tmp_path, ASK, REPLY, origin="recorded")
    with pytest.raises(RecordingError, match="re-record: make record"):
        RecordedModel(tmp_path).complete(OTHER)


SHEET = """
標題: 讀書日活動總結
活動: [{名稱: 讀書會, 數據: [參加 30人]}]
下一步: [繼續辦好讀書活動]
"""


@pytest.fixture
def recorded(tmp_path: Path) -> RecordedModel:
    """A folder with a document's replies."""
    model = ScriptedModel(lambda r: '{"remarks": []}' if r.stage == "critique" else "{1}舉行。")
    SummaryWriter(RecordingModel(model, tmp_path)).write(loads_facts(SHEET))
    return RecordedModel(tmp_path)


def test_a_changed_fact_is_shown_with_what_it_was(recorded: RecordedModel) -> None:
    with pytest.raises(RecordingError) as raised:
        SummaryWriter(recorded).write(loads_facts(SHEET.replace("30人", "31人")))
    said = str(raised.value)
    assert "the nearest is draft-s1-" in said
    lines = said.split("differs (- recorded, + asked now):\n")[1].splitlines()
    assert lines == ["  - facts: {2} 參加：30人", "  + facts: {2} 參加：31人"]


def test_a_changed_rule_is_shown_and_only_so_many_lines(recorded: RecordedModel, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "draft.system.md.j2").write_text("只寫事實。", encoding="utf-8")
    with pytest.raises(RecordingError) as raised:
        SummaryWriter(recorded, prompt_folder=own).write(loads_facts(SHEET))
    lines = str(raised.value).splitlines()
    assert lines[2].startswith("  - system: 你是機關的文字秘書")
    assert lines[-1].strip().startswith("… and ")
    assert all(len(line) < 120 for line in lines[2:])
    assert "facts:" not in str(raised.value)


def test_another_section_and_an_empty_folder_say_what_there_is(
    recorded: RecordedModel, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordingError, match=r"recorded are only: .*draft s1"):
        recorded.complete(Request("draft", "s9", ASK.messages))
    with pytest.raises(RecordingError, match="nothing is recorded there"):
        RecordedModel(tmp_path / "nowhere").complete(ASK)


def test_another_form_of_the_reply_is_told(tmp_path: Path) -> None:
    record(tmp_path, ASK, REPLY, origin="recorded")
    with pytest.raises(RecordingError, match="JSON Schema of the reply is another"):
        RecordedModel(tmp_path).complete(replace(ASK, schema={"type": "object"}))


def test_a_recording_edited_into_another_requests_place_is_stale(tmp_path: Path) -> None:
    file = record(tmp_path, ASK, REPLY, origin="recorded")
    file.rename(recording_file(tmp_path, OTHER))
    with pytest.raises(RecordingError, match="another request; re-record"):
        RecordedModel(tmp_path).complete(OTHER)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"key": 1, "reply": null}'])
def test_a_file_that_is_no_recording_says_so(tmp_path: Path, text: str) -> None:
    recording_file(tmp_path, ASK).write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match="is no recording"):
        RecordedModel(tmp_path).complete(ASK)


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RecordingError, match="cannot be written"):
        record(tmp_path / "file", ASK, REPLY, origin="transcribed")
