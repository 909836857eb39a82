"""What leaves the house: nothing but typed slots where masked, no marked sheet, and never a key."""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

import faultserver
import pytest
from faultserver import FaultServer, completion, status

from summarywriter import (
    EventFacts,
    ModelConfigError,
    OpenAIModel,
    PrivacyError,
    RecordingModel,
    StoredModel,
    SummaryWriter,
    load_facts,
)
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.privacy import is_remote

SHEETS = sorted((Path(__file__).parent.parent / "fixtures" / "events").iterdir())
SHEETS = [path for path in SHEETS if not path.stem.startswith("hostile")]
KEY = "sk-very-secret-0123456789"
_NAMED = {
    FactKind.UNIT,
    FactKind.THEME,
    FactKind.BASIS,
    FactKind.DOCNUMBER,
    FactKind.PLACE,
    FactKind.QUOTE,
    FactKind.QUOTATION,
}


def values(index: FactIndex) -> set[str]:
    """Every figure, date, name, place, title, quotation and document number of a sheet."""
    found: set[str] = set()
    for fact in index:
        if fact.kind in _NAMED:
            found.add(fact.text)
        if fact.organisers is not None:
            found.update(fact.organisers.names)
        if fact.person is not None:
            found.update((fact.text, fact.person.post or ""))
        if fact.quantity is not None:
            found.add(fact.quantity.surface)
        if fact.date is not None:
            found.add(fact.date.surface)
    return {folded(value.strip("《》“”「」")) for value in found if len(value) > 1}


def obedient(call: faultserver.Call) -> str:
    """A model that knows what it was shown and no more; one invented figure, so that there is a revision."""
    slots = re.findall(r"^ *(\{\^?\d+\})", faultserver.facts_of(call.body), re.MULTILINE)
    return "，".join(slots) + "。培訓987人。"


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    async def writes(call: faultserver.Call) -> bool:
        if call.is_critique:
            ids = re.findall(
                r"^\[(\S+)\]", call.body["messages"][-1]["content"].split("<text>")[1], re.MULTILINE
            )
            remarks = [{"section": id_, "kind": "flow", "advice": "順一順"} for id_ in ids]
            return await faultserver.whole(call, completion(json.dumps({"remarks": remarks})))
        return await faultserver.whole(call, completion(obedient(call)))

    faultserver.FAULTS["obedient"] = writes
    echo = status(401, faultserver.error(f"Incorrect API key provided: {KEY}"))
    faultserver.FAULTS["echo-key"] = echo
    faultserver.FAULTS["says-key"] = faultserver.says(lambda _: f"{{1}}，密鑰{KEY}。")
    faultserver.FAULTS["bad-gateway-key"] = status(502, faultserver.error(f"upstream refused Bearer {KEY}"))
    with FaultServer() as running:
        yield running
    for name in ("obedient", "echo-key", "says-key", "bad-gateway-key"):
        del faultserver.FAULTS[name]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_no_value_of_a_sheet_is_on_the_wire_where_it_is_masked(server: FaultServer, sheet: Path) -> None:
    facts = load_facts(sheet)
    server.bodies.clear()
    SummaryWriter(OpenAIModel("m", base_url=server.url("obedient", sheet.stem)), privacy="mask").write(facts)
    stages = {("<text>" in body["messages"][-1]["content"]) for _, body in server.bodies}
    assert stages == {True, False}
    sections = [body["messages"][-1]["content"] for _, body in server.bodies]
    assert any("初稿" in text for text in sections)  # a revision, with its findings
    # The system message is ours but for the last line; its examples have figures of their own.
    example = re.compile(r"例一：.*?。\n\n|例一：.*", re.DOTALL)
    sent = [example.sub("", m["content"]) for _, body in server.bodies for m in body["messages"]]
    wire = folded("\n".join(sent))
    assert {value for value in values(FactIndex.of(facts)) if value in wire} == set()


def test_a_marked_sheet_is_not_sent_to_a_remote_endpoint_unless_told(server: FaultServer) -> None:
    marked = EventFacts.model_validate(
        {"title": "總結", "measures": ["落實機密★一年文件"], "activities": ["讀書會"]}
    )
    person = EventFacts.model_validate(
        {"title": "總結", "measures": ["聯繫人電話13912345678"], "activities": ["讀書會"]}
    )
    remote = OpenAIModel("m", base_url="https://llm.example.com/v1", api_key="k")
    for facts in (marked, person):
        for model in (remote, RecordingModel(remote, "unused")):
            with pytest.raises(PrivacyError, match="not sent to the remote endpoint") as raised:
                SummaryWriter(model).write(facts)
            assert raised.value.diagnostics
            assert "13912345678" not in str(raised.value)
        assert SummaryWriter(OpenAIModel("m", base_url=server.url("obedient", "marked"))).write(facts).text
        assert SummaryWriter().write(facts).text


def test_told_to_it_is_sent(monkeypatch: pytest.MonkeyPatch, server: FaultServer) -> None:
    monkeypatch.setattr("summarywriter.privacy.is_remote", lambda _: True)
    facts = EventFacts.model_validate(
        {"title": "總結", "measures": ["落實機密★一年文件"], "activities": ["讀書會"]}
    )
    model = OpenAIModel("m", base_url=server.url("obedient", "told"))
    with pytest.raises(PrivacyError):
        SummaryWriter(model).write(facts)
    assert SummaryWriter(model, send_marked=True).write(facts).text


@pytest.mark.parametrize(
    ("endpoint", "remote"),
    [
        ("http://localhost:8000/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://192.168.1.9/v1", False),
        ("http://gpu.lan/v1", False),
        ("http://172.32.0.1/v1", True),
        ("https://api.deepseek.com", True),
        ("http://localhost.example.com/v1", True),
        (None, True),
    ],
)
def test_which_endpoints_are_remote(endpoint: str | None, remote: bool) -> None:
    assert is_remote(endpoint) is remote


FACTS = EventFacts.model_validate(
    {"title": "讀書會總結", "activities": [{"name": "讀書會", "place": "圖書館", "figures": ["參加 30人"]}]}
)


def test_a_key_reaches_no_log_trace_recording_store_or_exception(
    server: FaultServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    for fault in ("echo-key", "says-key", "bad-gateway-key", "none"):
        model = OpenAIModel("m", base_url=server.url(fault, "key"), api_key=KEY, backoff=0.01)
        shown.append(repr(model))
        recording = RecordingModel(StoredModel(model, tmp_path / "replies.db"), tmp_path / "recorded")
        try:
            summary = SummaryWriter(recording).write(FACTS)
        except ModelConfigError as error:
            shown.append("".join(traceback.format_exception(error)))
        else:
            shown += [repr(summary), repr(summary.trace)]
    assert any(KEY in head for head in server.headers)  # it was sent, and only sent
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 2
    assert [file.name for file in files if KEY.encode() in file.read_bytes()] == []
    assert KEY not in caplog.text
    assert [text for text in shown if KEY in text] == []


def test_a_login_in_a_url_is_refused_and_not_shown() -> None:
    with pytest.raises(ModelConfigError, match="api_key") as raised:
        OpenAIModel("m", base_url=f"http://user:{KEY}@127.0.0.1:9/v1")
    assert KEY not in str(raised.value)
