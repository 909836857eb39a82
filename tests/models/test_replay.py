"""Recordings: written readable, answered only to the very request, and never quietly stale."""

from __future__ import annotations

import asyncio
import json
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
