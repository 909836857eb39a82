"""Twenty documents for every fault of a service: the library, a hand-written loop, and instructor.

    python benchmarks/faults.py [--documents N] [--only FAULT]… [--write]

Each fault of docs/models.md is shown by a real server on this machine, in a process of its own, to twenty
documents at once. A document must be whole and grounded (no error of the verifier, no fact lost) by its
deadline, or end in the error that the page documents.

* ``hand-written``: openai with ``max_retries=5``, the finish reason and emptiness checked, three tries.
* ``instructor``: the same client under instructor with three retries; left out where it is not installed
  (``pip install instructor``: it is no dependency of the project, not even for development).

Both are given the library's own prompts and slots, and fill them; what they lack is what is measured.
``--write`` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from faultserver import FAULTS
from loopsheets import SMALL, Sheet, put, serving

from summarywriter import ModelConfigError, OpenAIModel, Request, SummaryWriter, verify_text
from summarywriter.slots import surface

DEADLINE, TIMEOUT = 6.0, 1.0
CONFIG = {"401", "404-model"}
Ask = Callable[[Request], Awaitable[str]]


def main(arguments: list[str] | None = None) -> int:
    """Print the table; exit 1 if a document of the library's is wrong, lost or late."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--only", action="append", choices=list(FAULTS))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    sheet = Sheet(SMALL)
    contestants = {"summarywriter": library, "hand-written": by_hand}
    if importlib.util.find_spec("instructor"):
        contestants["instructor"] = by_instructor
    else:
        print("instructor is not installed, and left out", file=sys.stderr)
    lines = ["| fault | " + " | ".join(contestants) + " |", "|---" * (len(contestants) + 1) + "|"]
    good = True
    with serving(sheet) as url:
        # What each reads from disk at its first document is no fault's.
        for name, write in contestants.items():
            asyncio.run(documents(write, sheet, f"{url}/none/{name}", 1))
        for fault in given.only or FAULTS:
            cells = []
            for name, write in contestants.items():
                outcomes = asyncio.run(documents(write, sheet, f"{url}/{fault}/{name}", given.documents))
                cells.append(", ".join(f"{count} {what}" for what, count in outcomes.most_common()))
                wanted = "error" if fault in CONFIG else "whole"
                good &= name != "summarywriter" or outcomes == Counter({wanted: given.documents})
            lines.append(f"| `{fault}` | " + " | ".join(cells) + " |")
            print(lines[-1], flush=True)
    table = "\n".join(lines)
    if given.write:
        put("faults", table)
    return 0 if good else 1


async def documents(write: Any, sheet: Sheet, url: str, count: int) -> Counter[str]:
    """What became of so many documents, side by side; judged when all are there, not at their cost."""
    texts = await asyncio.gather(*(outcome(write, sheet, f"{url}-{n}/v1") for n in range(count)))
    return Counter(judged(text, sheet) for text in texts)


def judged(text: str, sheet: Sheet) -> str:
    """``whole``, ``wrong`` (delivered with an error or a fact lost), ``error`` or ``late``."""
    if text in ("late", "error"):
        return text
    report = verify_text(text, sheet.facts)
    return "wrong" if report.errors or report.untold else "whole"


async def outcome(write: Any, sheet: Sheet, url: str) -> str:
    """The text, ``error`` or ``late``."""
    start = time.monotonic()
    try:
        # The others know no deadline of a document: they are stopped at it.
        text = await asyncio.wait_for(write(sheet, url), DEADLINE + 0.5)
    except TimeoutError:
        return "late"
    except Exception:  # noqa: BLE001  what a contestant raises is what is counted
        return "error"
    if time.monotonic() - start > DEADLINE + 0.5:
        return "late"
    return str(text)


async def library(sheet: Sheet, url: str) -> str:
    """The library, as anybody would use it."""
    model = OpenAIModel("loopback", base_url=url, timeout=TIMEOUT, backoff=0.1)
    streams = "/stream" in url
    writer = SummaryWriter(
        model, deadline=DEADLINE, stream=streams, on_event=(lambda _: None) if streams else None
    )
    try:
        return (await writer.awrite(sheet.facts)).text
    except ModelConfigError:
        raise
    except Exception as error:  # an error that no page documents is worse than one that is counted
        print(f"UNDOCUMENTED {url}: {type(error).__name__}: {error}", file=sys.stderr)
        raise


async def by_hand(sheet: Sheet, url: str) -> str:
    """What a developer writes in an afternoon."""
    from openai import AsyncOpenAI

    async with AsyncOpenAI(base_url=url, api_key="none", timeout=TIMEOUT, max_retries=5) as client:

        async def ask(request: Request) -> str:
            messages: Any = [{"role": m.role, "content": m.content} for m in request.messages]
            for _ in range(3):
                if "/stream" in url:
                    text, reason = "", None
                    async for chunk in await client.chat.completions.create(
                        model="loopback", messages=messages, stream=True
                    ):
                        text += chunk.choices[0].delta.content or ""
                        reason = chunk.choices[0].finish_reason or reason
                else:
                    choice = (
                        await client.chat.completions.create(model="loopback", messages=messages)
                    ).choices[0]
                    text, reason = choice.message.content or "", choice.finish_reason
                if reason == "stop" and text.strip():
                    return text
            raise RuntimeError("no usable reply in three tries")

        return await filled(sheet, ask)


async def by_instructor(sheet: Sheet, url: str) -> str:
    """The same client under instructor."""
    import instructor
    from openai import AsyncOpenAI
    from pydantic import BaseModel, Field

    class Section(BaseModel):
        text: str = Field(min_length=1)

    async with AsyncOpenAI(base_url=url, api_key="none", timeout=TIMEOUT, max_retries=5) as client:
        structured = instructor.from_openai(client, mode=instructor.Mode.JSON)

        async def ask(request: Request) -> str:
            messages: Any = [{"role": m.role, "content": m.content} for m in request.messages]
            section = await structured.chat.completions.create(
                model="loopback", messages=messages, response_model=Section, max_retries=3
            )
            return section.text

        return await filled(sheet, ask)


async def filled(sheet: Sheet, ask: Ask) -> str:
    """Every section asked for side by side, slots filled, headings put."""
    texts = await asyncio.gather(*(ask(sheet.request(section)) for section in sheet.told))
    lines = [sheet.plan.title]
    for section, text in zip(sheet.told, texts, strict=True):
        table = sheet.brief.table(section)

        def fact(match: re.Match[str], table: Any = table) -> str:
            id_ = table.fact(int(match[1]))
            return surface(sheet.index[id_], sheet.index, script=sheet.plan.script) if id_ else match[0]

        if section.heading:
            lines.append(f"{section.number}{section.heading}")
        lines.append(re.sub(r"\{(\d+)(?::\w+)?\}", fact, re.sub(r"\{\^[\d,]+\}", "", text)))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    raise SystemExit(main())
