"""Replies kept: what is unchanged is never paid for twice, and a correction costs nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summarywriter import (
    Failure,
    FailureKind,
    Message,
    Reply,
    Request,
    StoredModel,
    StoreError,
    SummaryWriter,
    Usage,
)
from summarywriter.draft import number, written
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.models.store import ReplyStore
from summarywriter.plan import make_plan
from summarywriter.realise import realise
from summarywriter.testing import ScriptedModel

SHEET: dict[str, Any] = {
    "title": "臨江鎮消防宣傳月活動總結",
    "level": "township",
    "unit": "臨江鎮人民政府",
    "period": "2025-11-01/2025-11-30",
    "activities": [
        {
            "name": "啟動儀式",
            "date": "2025-11-01",
            "place": "鎮文化廣場",
            "people": [{"name": "吳正發", "post": "副鎮長", "role": "講話"}],
            "figures": ["參加 260餘人", "發放宣傳手冊 1500份"],
        },
        {
            "name": "應急疏散演練",
            "date": "2025-11-09",
            "place": "鎮中心學校",
            "details": ["演示滅火器使用方法"],
        },
    ],
    "totals": ["發放宣傳資料 4200餘份"],
    "problems": ["個別商鋪用電線路老化"],
}
ASK = Request("draft", "s1", (Message("system", "寫"), Message("user", "{1}")))


def sheet(**changes: Any) -> EventFacts:
    return EventFacts.model_validate({**SHEET, **changes})


def first_activity(**changes: Any) -> EventFacts:
    return sheet(activities=[{**SHEET["activities"][0], **changes}, *SHEET["activities"][1:]])


def model_for(facts: EventFacts, *, raw: Mapping[str, str] | None = None) -> ScriptedModel:
    """A model that follows the rules, but for the words that it is told to write raw."""
    index = FactIndex.of(facts)
    plan = make_plan(index)
    texts = {
        d.section: written(d, number(s, index))
        for d in realise(plan, index)
        for s in plan.sections
        if s.id == d.section
    }

    def answer(request: Request) -> Reply:
        if request.stage == "critique":
            return Reply('{"remarks": []}', usage=Usage(50, 5))
        text = texts[request.section]
        for slot, words in (raw or {}).items():
            text = text.replace(slot, words)
        return Reply(text, usage=Usage(100, 30))

    return ScriptedModel(answer)


def asked(facts: EventFacts, store: Path, **options: Any) -> tuple[list[Request], str]:
    model = model_for(facts, **options)
    summary = SummaryWriter(StoredModel(model, store)).write(facts)
    assert summary.report.errors == ()
    assert summary.trace.fallbacks == {}
    return model.requests, summary.text


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "new" / "replies.db"


def test_what_is_unchanged_is_never_paid_for_twice(store: Path) -> None:
    first, text = asked(sheet(), store)
    assert {request.stage for request in first} == {"draft", "critique"}
    again, same = asked(sheet(), store)
    assert again == []
    assert same == text
    kept = ReplyStore(store)
    assert len(kept) == len(first)
    assert kept.usage() == Usage(100 * (len(first) - 1) + 50, 30 * (len(first) - 1) + 5)


@pytest.mark.parametrize(
    ("corrected", "old", "new"),
    [
        (first_activity(figures=["參加 310餘人", "發放宣傳手冊 1500份"]), "260", "310餘人"),
        (first_activity(date="2025-11-02"), "11月1日，", "11月2日"),
        (first_activity(place="鎮政府廣場"), "鎮文化廣場", "鎮政府廣場"),
        (first_activity(people=[{"name": "吳振發", "post": "副鎮長", "role": "講話"}]), "吳正發", "吳振發"),
        (sheet(totals=["發放宣傳資料 4300餘份"]), "4200", "4300餘份"),
    ],
    ids=["figure", "date", "place", "name", "total"],
)  # fmt: skip
def test_a_correction_costs_no_call(store: Path, corrected: EventFacts, old: str, new: str) -> None:
    asked(sheet(), store)
    requests, text = asked(corrected, store)
    assert requests == []
    assert new in text
    assert old not in text


def test_a_changed_sentence_costs_its_section_and_the_critique(store: Path) -> None:
    asked(sheet(), store)
    requests, text = asked(sheet(problems=["部分居民樓道堆放雜物"]), store)
    assert [request.stage for request in requests] == ["draft", "critique"]
    assert "樓道" in text


def test_an_added_activity_costs_its_section_and_the_critique(store: Path) -> None:
    asked(sheet(), store)
    more = sheet(
        activities=[
            *SHEET["activities"],
            {"name": "入戶排查", "details": ["檢查用電線路"], "figures": ["檢查商鋪 35家"]},
        ]
    )
    requests, text = asked(more, store)
    assert [request.stage for request in requests] == ["draft", "critique"]
    assert "入戶排查" in text


def test_a_reply_that_wrote_a_value_raw_is_asked_for_again(store: Path) -> None:
    facts = first_activity(details=["鼓號隊演奏"], figures=["參加 260餘人"])
    section = next(s for s in make_plan(FactIndex.of(facts)).sections if "a1.f1" in s.facts)
    slot = f"{{{number(section, FactIndex.of(facts)).number('a1.f1')}}}"
    asked(facts, store, raw={slot: "260餘人"})
    corrected = first_activity(details=["鼓號隊演奏"], figures=["參加 310餘人"])
    requests, text = asked(corrected, store)
    assert section.id in {request.section for request in requests}
    assert "310餘人" in text
    assert "260" not in text


def test_awaited_replies_are_kept_too_and_the_trace_says_what_was(store: Path) -> None:
    facts = sheet()
    asyncio.run(SummaryWriter(StoredModel(model_for(facts), store)).awrite(facts))
    model = model_for(facts)
    summary = asyncio.run(SummaryWriter(StoredModel(model, store)).awrite(facts))
    assert model.requests == []
    replies = [event for event in summary.trace.events if event.kind == "reply"]
    assert replies
    assert all(event.data["stored"] for event in replies)
    assert all(event.data["usage"] == {"prompt_tokens": 0, "completion_tokens": 0} for event in replies)


def test_only_whole_replies_are_kept_and_each_model_has_its_own(store: Path) -> None:
    failing = ScriptedModel(
        [Failure(FailureKind.TIMEOUT, "60 s"), Reply("半", "length"), Reply("全")], name="one"
    )
    model = StoredModel(failing, store)
    assert [type(model.complete(ASK)).__name__ for _ in range(4)] == ["Failure", "Reply", "Reply", "Reply"]
    assert len(failing.requests) == 3
    other = ScriptedModel(["別的"], name="two")
    assert StoredModel(other, store).complete(ASK) == Reply("別的")
    assert StoredModel(other, store).name == "two"


def test_threads_and_processes_share_one_store(store: Path) -> None:
    kept = ReplyStore(store)

    def work(thread: int) -> None:
        for n in range(20):
            ask = Request("draft", "s1", (Message("user", f"{thread} {n}"),))
            kept.put(ask, Reply(f"{n}"), model="m")
            assert kept.get(ask, model="m") == Reply(f"{n}", stored=True)

    code = """
import sys
from summarywriter import Message, Reply, Request
from summarywriter.models.store import ReplyStore
for n in range(20):
    ReplyStore(sys.argv[1]).put(Request("draft", "s", (Message("user", f"p{n}"),)), Reply("x"), model="m")
"""
    other = subprocess.Popen([sys.executable, "-c", code, str(store)])
    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.wait(60) == 0
    assert len(kept) == 100
    kept.close()
    assert len(kept) == 100


def test_what_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "facts.yaml"
    text.write_text("標題: 總結\n" * 200, encoding="utf-8")
    foreign = tmp_path / "other.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")
    connection.close()
    newer = tmp_path / "newer.db"
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for path in (text, foreign, newer, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StoreError, match=path.name):
            ReplyStore(path)
        assert not path.is_file() or path.read_bytes() == before
