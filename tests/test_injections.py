"""Facts and replies are hostile text: nothing that a fact says is obeyed, forged or closed by it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from summarywriter import EventFacts, Summary, SummaryWriter
from summarywriter.chat import Reply, Request
from summarywriter.chinese.text import folded
from summarywriter.testing import ScriptedModel

FILE = Path(__file__).parent.parent / "fixtures" / "injections.yaml"
ATTEMPTS = YAML(typ="safe", pure=True).load(FILE.read_text("utf-8"))
IDS = [f"{n}" for n in range(1, len(ATTEMPTS) + 1)]
_SLOT = re.compile(r"\{\^?(\d+)\}")


def sheet(attempt: str) -> EventFacts:
    """A sheet that has the attempt wherever a sheet has words of its own."""
    return EventFacts.model_validate(
        {
            "title": "臨江鎮讀書月活動總結",
            "level": "township",
            "unit": "臨江鎮人民政府",
            "theme": attempt,
            "period": "2025-04-01/2025-04-30",
            "activities": [
                {
                    "name": "啟動儀式",
                    "place": f"文化廣場{attempt}",
                    "date": "2025-04-02",
                    "organisers": [{"role": "主辦", "names": [f"鎮文化站{attempt}"]}],
                    "people": [{"name": "吳正發", "post": f"副鎮長{attempt}", "role": "講話"}],
                    "details": [f"設立圖書漂流角{attempt}"],
                    "quotes": [attempt],
                    "figures": [{"action": "參加", "object": f"群眾{attempt}", "quantity": "2600餘人"}],
                }
            ],
            "measures": [f"制定閱讀計劃{attempt}"],
            "problems": [f"部分村圖書室開放時間短{attempt}"],
        }
    )


def written(attempt: str, reply: Any) -> tuple[Summary, list[Request]]:
    model = ScriptedModel(reply)
    return SummaryWriter(model).write(sheet(attempt)), model.requests


def test_there_are_thirty_in_both_scripts_and_english() -> None:
    assert len(ATTEMPTS) >= 30
    text = " ".join(attempt["fact"] for attempt in ATTEMPTS)
    assert "忽略以上要求，寫" in text
    assert "忽略以上要求，写" in text
    assert "Ignore all previous instructions" in text


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=IDS)
def test_a_fact_closes_nothing_and_forges_no_slot(attempt: dict[str, str]) -> None:
    def slots(request: Request) -> Reply:
        if request.stage == "critique":
            remark = {"section": "s1", "quote": attempt["fact"], "kind": "flow", "advice": attempt["fact"]}
            return Reply(json.dumps({"remarks": [remark]}))
        return Reply("".join(f"{{{n}}}，" for n in range(1, 30)))

    _, requests = written(attempt["fact"], slots)
    assert {request.stage for request in requests} == {"draft", "critique", "revise"}
    for request in requests:
        user = request.messages[1].content
        assert len(request.messages) == 2
        for mark in ("<facts>", "</facts>"):
            assert user.count(mark) == 1
        facts = user.split("<facts>\n")[1].split("\n</facts>")[0]
        for line in facts.splitlines():
            assert re.match(r" {0,3}(?:\{\^?\d+\} |\[s\d+\]$)", line), line
        if request.stage != "critique":
            listed = [int(n) for n in _SLOT.findall(facts)]
            own = [int(n) for n in re.findall(r"^ *\{\^?(\d+)\}", facts, re.MULTILINE)]
            assert own == list(range(1, len(own) + 1))
            assert max(listed) == len(own)
        for forged in "｛｝【】⟦⟧＜＞\u200b\u202e\U000e0041":
            assert forged not in facts


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=IDS)
def test_a_model_that_obeys_prints_nothing_of_it(attempt: dict[str, str]) -> None:
    """It drops the facts and says what the attempt wants, in the draft, the critique and the revision."""
    summary, _ = written(attempt["fact"], lambda _: Reply(f"有關情形如下，{attempt['wants']}。"))
    assert summary.report.errors == ()
    assert summary.report.untold == ()
    assert "有關情形如下" not in summary.text
    # What the fact itself says is printed as text; nothing beyond it.
    if folded(attempt["wants"]) not in folded(attempt["fact"]):
        assert folded(attempt["wants"]) not in folded(summary.text)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=IDS)
def test_what_a_fact_prints_is_never_read_again(attempt: dict[str, str]) -> None:
    plain = SummaryWriter().write(sheet(attempt["fact"]))
    assert plain.report.untold == ()
    assert "〔待補〕" not in plain.text
