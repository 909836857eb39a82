"""What the benchmarks of the loop share: sheets, the replies to them, and a server in its own process."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarywriter import EventFacts, Request
from summarywriter.draft import Brief, draft_request, number, written
from summarywriter.facts.index import FactIndex
from summarywriter.plan import DocumentPlan, SectionPlan, make_plan
from summarywriter.plan.split import divided, halves
from summarywriter.prompts import Prompts
from summarywriter.realise import realise

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"

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
