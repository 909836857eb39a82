"""What the benchmarks of the loop share: sheets, replies to them, a server of its own, contestants."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarywriter import EventFacts, OpenAIModel, Reply, Request, SummaryWriter, loads_facts
from summarywriter.draft import Brief, draft_request, number, written
from summarywriter.facts.index import FactIndex
from summarywriter.plan import DocumentPlan, SectionPlan, make_plan
from summarywriter.plan.split import divided, halves
from summarywriter.prompts import Prompts
from summarywriter.realise import realise
from summarywriter.testing import ScriptedModel

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
EIGHT = ROOT / "fixtures" / "events" / "township-fire-month.yaml"
Wave = list[list[dict[str, str]]]

SMALL: Mapping[str, Any] = {
    "title": "臨江鎮消防宣傳月活動總結",
    "level": "township",
    "unit": "臨江鎮人民政府",
    "period": "2025-11-01/2025-11-30",
    "activities": [
        {"name": "啟動儀式", "date": "2025-11-01", "place": "鎮文化廣場", "figures": ["參加 260餘人"]},
        {"name": "應急疏散演練", "date": "2025-11-09", "details": ["演示滅火器使用方法"]},
    ],
    "totals": ["發放宣傳資料 4200餘份"],
    "problems": ["個別商鋪用電線路老化"],
}
"""Four sections."""

NOTE: Mapping[str, Any] = {
    "title": "讀書會活動總結",
    "level": "township",
    "activities": [
        {
            "name": "讀書會",
            "date": "2025-04-12",
            "place": "鎮圖書館",
            "figures": ["參加 30餘人", "借閱圖書 120冊"],
        },
    ],
}
"""One section."""


@dataclass
class Sheet:
    """A sheet, its plan, and what a model that does everything right says to each of its lists of facts.

    Attributes:
        facts: The sheet.
        index: Its facts.
        plan: What is written.
        brief: What its requests are made from.
        replies: List of facts to reply, of the sections and of their halves.
    """

    data: Mapping[str, Any] | EventFacts
    facts: EventFacts = field(init=False)
    index: FactIndex = field(init=False)
    plan: DocumentPlan = field(init=False)
    brief: Brief = field(init=False)
    replies: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Plan and realise."""
        given = self.data
        self.facts = given if isinstance(given, EventFacts) else EventFacts.model_validate(dict(given))
        self.index = FactIndex.of(self.facts)
        self.plan = make_plan(self.index)
        self.brief = Brief(self.plan, self.index, Prompts(script=self.plan.script))
        self.replies = self._of(self.plan)
        for section in self.plan.sections:
            if (parts := halves(section, self.index)) is not None:
                self.replies |= self._of(divided(self.plan, parts))

    @property
    def told(self) -> list[SectionPlan]:
        """Sections that have something to tell."""
        return [section for section in self.plan.sections if section.units]

    def request(self, section: SectionPlan) -> Request:
        """The request for one section's draft."""
        return draft_request(section, self.brief)

    def _of(self, plan: DocumentPlan) -> dict[str, str]:
        texts = {draft.section: draft for draft in realise(plan, self.index)}
        return {
            self.brief.facts(s): written(texts[s.id], number(s, self.index)) for s in plan.sections if s.units
        }


def eight_sections(n: int = 0) -> Sheet:
    """A document of eight sections that are told, with a figure of its own for each ``n``."""
    source = EIGHT.read_text("utf-8")
    assert "3600" in source
    sheet = Sheet(loads_facts(source.replace("3600", f"{3600 + n}")))
    assert len(sheet.told) == 8, len(sheet.told)
    return sheet


def note_of(n: int) -> Sheet:
    """A document of one section, with figures of its own for each ``n``."""
    (reading,) = NOTE["activities"]
    figures = [f"參加 {30 + n}餘人", f"借閱圖書 {120 + n}冊"]
    return Sheet({**NOTE, "activities": [{**reading, "figures": figures}]})


def remark_on(*sections: str) -> str:
    """A critique that has something to say of each of these."""
    return json.dumps({"remarks": [{"section": s, "kind": "flow", "advice": "順一順"} for s in sections]})


def waves_of(sheet: Sheet, critique: str) -> list[Wave]:
    """The messages of a document, wave by wave, as the library sends them."""
    waves: list[Wave] = []
    stage = ""

    def answer(request: Request) -> str:
        nonlocal stage
        if request.stage != stage:
            stage = request.stage
            waves.append([])
        waves[-1].append([{"role": m.role, "content": m.content} for m in request.messages])
        return critique if stage == "critique" else sheet.replies[sheet.brief.facts(section[request.section])]

    section = {s.id: s for s in sheet.plan.sections}
    SummaryWriter(ScriptedModel(answer)).write(sheet.facts)
    return waves


def asked_of(sheets: list[Sheet], critique: str) -> list[list[Wave]]:
    """What is asked of each document."""
    return [waves_of(sheet, critique) for sheet in sheets]


async def raw_document(client: Any, waves: list[Wave]) -> None:
    """The same messages in the same waves, and nothing else."""
    for wave in waves:
        await asyncio.gather(*(client.chat.completions.create(model="m", messages=m) for m in wave))


def raw(url: str, documents: list[list[Wave]], at_a_time: int = 1) -> Callable[[], Awaitable[None]]:
    """Documents by raw openai."""

    async def run() -> None:
        from openai import AsyncOpenAI

        async with AsyncOpenAI(base_url=f"{url}/none/raw/v1", api_key="none", max_retries=0) as client:
            await _many([lambda w=waves: raw_document(client, w) for waves in documents], at_a_time)

    return run


def library(url: str, sheets: list[Sheet], at_a_time: int = 1) -> Callable[[], Awaitable[None]]:
    """Documents by the library."""

    async def run() -> None:
        writer = SummaryWriter(OpenAIModel("m", base_url=f"{url}/none/library/v1"))

        async def one(sheet: Sheet) -> None:
            summary = await writer.awrite(sheet.facts)
            assert not summary.trace.fallbacks, summary.trace.fallbacks

        await _many([lambda s=sheet: one(s) for sheet in sheets], at_a_time)

    return run


async def _many(documents: list[Callable[[], Awaitable[None]]], at_a_time: int) -> None:
    gate = asyncio.Semaphore(at_a_time)

    async def gated(one: Callable[[], Awaitable[None]]) -> None:
        async with gate:
            await one()

    await asyncio.gather(*map(gated, documents))


class Counted:
    """A model that does everything right, and counts what it is asked."""

    name = "counted"

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.calls = 0

    def complete(self, request: Request) -> Reply:
        """Answer."""
        self.calls += 1
        if request.stage == "critique":
            return Reply('{"remarks": []}')
        section = next(s for s in self._sheet.plan.sections if s.id == request.section)
        return Reply(self._sheet.replies[self._sheet.brief.facts(section)])

    async def acomplete(self, request: Request) -> Reply:
        """Answer."""
        return self.complete(request)


@contextlib.contextmanager
def serving(*sheets: Sheet, latency: float = 0.0, critique: str = "", revises: bool = False) -> Iterator[str]:
    """A server in a process of its own that knows what to say to these sheets; its address."""
    replies = {facts: said for sheet in sheets for facts, said in sheet.replies.items()}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "replies.json")
        file.write_text(json.dumps({**replies, **({"": critique} if critique else {})}), "utf-8")
        command = [sys.executable, str(Path(__file__).with_name("faultserver.py")), str(file)]
        command += ["--latency", str(latency), *(["--revises"] if revises else [])]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield process.stdout.readline().strip()
            finally:
                process.kill()


def put(name: str, table: str) -> None:
    """Put a table between its marks on the page of results, and where the README shows it."""
    for page in (PAGE, ROOT / "README.md"):
        text = page.read_text("utf-8")
        mark = re.compile(f"(<!-- bench:{name} -->\n).*?(<!-- /bench:{name} -->)", re.DOTALL)
        page.write_text(
            mark.sub(lambda found: found[1] + table + "\n" + found[2], text), "utf-8", newline="\n"
        )
