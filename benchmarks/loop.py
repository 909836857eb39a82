"""What the loop costs beside raw openai: time, tokens, processor and memory, as ratios of one run.

    python benchmarks/loop.py [--runs N] [--write]

The server stands in a process of its own on this machine. Raw openai (one client, `chat.completions.create`)
is sent the very same messages in the same waves, with no check of any kind: the least that the work can cost.
No two documents have the same figures, and a revision is put otherwise than its draft, so that nothing is won
by having seen a text before. Medians. ``--write`` puts the table into docs/benchmarks.md and README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import math
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from loopsheets import (
    EIGHT,
    Counted,
    Sheet,
    asked_of,
    eight_sections,
    library,
    note_of,
    put,
    raw,
    remark_on,
    serving,
    waves_of,
)

from summarywriter import OpenAIModel, StoredModel, SummaryWriter, loads_facts
from summarywriter import assemble as assembling
from summarywriter.facts.index import FactKind
from summarywriter.models.tokens import local_counter
from summarywriter.refill import refill
from summarywriter.revise import revise_request

LATENCY = 0.2
DOCUMENTS, AT_A_TIME = 200, 64
Row = tuple[str, str, float, str, bool]


def main(arguments: list[str] | None = None) -> int:
    """Print the table; exit 1 if a bound is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--memory", metavar="URL", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.memory:
        return memory_of_library(given.memory)
    eight, note = eight_sections(), note_of(0)
    rows = [*processor(eight, given.runs), *throughput(), *latency(eight, given.runs)]
    rows += [*tokens(eight), *corrections(eight), *memory(note)]
    lines = ["| what | measured | ratio | bound | |", "|---|---|---|---|---|"]
    lines += [f"| {w} | {m} | {r:.2f} | {b} | {'ok' if good else 'MISSED'} |" for w, m, r, b, good in rows]
    table = "\n".join(lines)
    print(table)
    if given.write:
        put("loop", table)
    return 0 if all(row[-1] for row in rows) else 1


def beside(
    what: str, one: float, other: float, unit: str = "", *, most: float = math.inf, least: float = 0.0
) -> Row:
    """A row of the table: two figures, their ratio, and whether it keeps its bound."""
    form = ".0f" if unit in ("", "MB") else ".2f"
    ratio = one / other
    bound = f"≤ {most:g}" if most < math.inf else f"≥ {least:g}" if least else "told"
    return what, f"{one:{form}} : {other:{form}} {unit}".rstrip(), ratio, bound, least <= ratio <= most


def cpu(work: Callable[[], Awaitable[None]]) -> float:
    """Seconds of this process's processor time."""
    start = time.process_time()
    asyncio.run(work())  # type: ignore[arg-type]
    return time.process_time() - start


def wall(work: Callable[[], Awaitable[None]]) -> float:
    """Seconds on the clock."""
    start = time.perf_counter()
    asyncio.run(work())  # type: ignore[arg-type]
    return time.perf_counter() - start


def processor(sheet: Sheet, runs: int) -> list[Row]:
    """Processor time of a call, with nothing to wait for."""
    critique = remark_on(*(section.id for section in sheet.told))
    times = 6
    number = itertools.count(1)
    turns = [[eight_sections(next(number)) for _ in range(3 * times)] for _ in range(runs + 1)]
    calls = times * sum(len(wave) for wave in waves_of(sheet, critique))
    with serving(*(one for turn in turns for one in turn), critique=critique, revises=True) as url:
        taken: list[tuple[float, ...]] = []
        for turn in turns:
            asked = asked_of(turn[:times], critique)
            plain = cpu(raw(url, asked))
            whole = cpu(library(url, turn[times : 2 * times]))
            with without_verification(sheet):
                taken.append((plain, cpu(library(url, turn[2 * times :])), whole))
    # The first turn warms caches, and is dropped.
    per = [statistics.median(of) / calls * 1000 for of in zip(*taken[1:], strict=True)]
    return [
        beside("processor time a call, verification left out : raw openai", per[1], per[0], "ms", most=1.2),
        beside("processor time a call, verification included : raw openai", per[2], per[0], "ms", most=3.0),
    ]


class without_verification:  # noqa: N801  reads as what it is, in a `with`
    """The verifier's answer is known beforehand: what is left is the loop."""

    def __init__(self, sheet: Sheet) -> None:
        self._report = SummaryWriter().write(sheet.facts).report
        self._verify = assembling.verify

    def __enter__(self) -> None:
        assembling.verify = lambda *_, **__: self._report  # type: ignore[assignment]

    def __exit__(self, *_: object) -> None:
        assembling.verify = self._verify  # type: ignore[assignment]


def throughput() -> list[Row]:
    """Two hundred documents of three calls, sixty-four at a time."""
    notes = [note_of(n) for n in range(4 * DOCUMENTS)]
    critique = remark_on(notes[0].told[0].id)
    asked = asked_of(notes[:DOCUMENTS], critique)
    assert {tuple(len(wave) for wave in waves) for waves in asked} == {(1, 1, 1)}
    with serving(*notes, latency=LATENCY, critique=critique, revises=True) as url:
        wall(library(url, notes[:2]))
        plain, mine = [], []
        for turn in range(1, 4):
            plain.append(wall(raw(url, asked, AT_A_TIME)))
            mine.append(wall(library(url, notes[turn * DOCUMENTS : (turn + 1) * DOCUMENTS], AT_A_TIME)))
    one, other = statistics.median(plain), statistics.median(mine)
    ceiling = math.ceil(DOCUMENTS / AT_A_TIME) * 3 * LATENCY
    what = f"{DOCUMENTS} documents of 3 calls, {AT_A_TIME} at a time, {LATENCY * 1000:g} ms"
    return [
        beside(f"{what}: raw openai's time : ours", one, other, "s", least=0.95),
        beside("the same: the ceiling, no work at all : ours", ceiling, other, "s"),
    ]


def latency(sheet: Sheet, runs: int) -> list[Row]:
    """A document of eight sections takes three round trips."""
    with serving(
        sheet, latency=LATENCY, critique=remark_on(*(s.id for s in sheet.told)), revises=True
    ) as url:
        taken = statistics.median(asyncio.run(_second(url, sheet)) for _ in range(runs))
    return [beside("a document of eight sections : 3 × latency", taken, 3 * LATENCY, "s", most=1.25)]


async def _second(url: str, sheet: Sheet) -> float:
    """Seconds of a document after the first, which opened the client and compiled the prompts."""
    writer = SummaryWriter(OpenAIModel("m", base_url=f"{url}/none/library/v1"))
    await writer.awrite(sheet.facts)
    start = time.perf_counter()
    await writer.awrite(sheet.facts)
    return time.perf_counter() - start


def tokens(sheet: Sheet) -> list[Row]:
    """One failing section of eight, beside a refinement of the whole document; and what a cache can serve."""
    counter = local_counter("o200k_base")
    brief, victim = sheet.brief, sheet.told[-1]
    drafts = {d.section: d for d in SummaryWriter().write(sheet.facts).drafts}
    mine = sum(
        counter.count(m.content)
        for m in revise_request(victim, drafts[victim.id], brief, remarks=()).messages
    )
    mine += counter.count(sheet.replies[brief.facts(victim)])
    whole = counter.count(brief.system())
    for section in sheet.told:
        user = revise_request(section, drafts[section.id], brief).messages[1].content
        whole += counter.count(user) + counter.count(sheet.replies[brief.facts(section)])
    waves = waves_of(sheet, remark_on(*(s.id for s in sheet.told)))
    sent = ["\n".join(m["content"] for m in messages) for wave in waves for messages in wave]
    total = sum(map(counter.count, sent))
    shared = sum(counter.count(_common(text, sent[:n])) for n, text in enumerate(sent))
    source = EIGHT.read_text("utf-8")
    sheets = counter.count(source)
    return [
        beside("tokens for one failing section of eight : refining the whole", mine, whole, most=0.5),
        beside("prompt tokens that begin as an earlier request does : all", shared, total),
        beside("all prompt tokens of a document, all revised : those of its sheet", total, sheets, most=12.0),
    ]


def _common(text: str, others: list[str]) -> str:
    return max((_prefix(text, other) for other in others), key=len, default="")


def corrections(sheet: Sheet) -> list[Row]:
    """Calls after a figure was corrected: by refill, and by writing again with a store."""
    source = EIGHT.read_text("utf-8")
    quantity = next(f.quantity for f in sheet.index if f.kind is FactKind.FIGURE and f.quantity is not None)
    new = f"777{quantity.unit}"
    data, corrected = sheet.facts, loads_facts(source.replace(quantity.surface, new, 1))
    with tempfile.TemporaryDirectory() as folder:
        first, second = Counted(sheet), Counted(Sheet(corrected))
        written = SummaryWriter(StoredModel(first, Path(folder, "replies.db"))).write(data)
        written.save(Path(folder, "out.json"))
        assert new in refill(Path(folder, "out.json"), corrected).text
        SummaryWriter(StoredModel(second, Path(folder, "replies.db"))).write(corrected)
    return [
        beside("calls after a corrected figure: refill : first writing", 0, first.calls, most=0.0),
        beside(
            "calls after a corrected figure: with a store : first writing",
            second.calls,
            first.calls,
            most=0.0,
        ),
    ]


def _prefix(one: str, other: str) -> str:
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return one[: sum(1 for _ in same)]


_RAW = """
import asyncio, json, re, sys
from openai import AsyncOpenAI
async def main():
    url, waves = sys.argv[1], json.load(open(sys.argv[2]))
    async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
        gate = asyncio.Semaphore(64)
        async def one():
            async with gate:
                for wave in waves:
                    await asyncio.gather(*(ask(model="m", messages=m) for m in wave))
        ask = client.chat.completions.create
        await asyncio.gather(*(one() for _ in range(200)))
asyncio.run(main())
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def memory(sheet: Sheet) -> list[Row]:
    """Peak memory of a process that writes two hundred documents, sixty-four at a time."""
    critique = remark_on(sheet.told[0].id)
    with serving(sheet, critique=critique, revises=True) as url, tempfile.TemporaryDirectory() as folder:
        waves = Path(folder, "waves.json")
        waves.write_text(json.dumps(waves_of(sheet, critique)), "utf-8")
        commands = (
            [sys.executable, __file__, "--memory", url],
            [sys.executable, "-c", _RAW, f"{url}/none/raw/v1", str(waves)],
        )
        mine, plain = (
            int(subprocess.run(c, check=True, capture_output=True, text=True).stdout) / 1024 for c in commands
        )
    return [beside("peak memory, 200 documents : raw openai", mine, plain, "MB")]


def peak() -> int:
    """The most memory that this process had, in kB (Linux; a child's `ru_maxrss` begins at its parent's)."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))[1])  # type: ignore[index]


def memory_of_library(url: str) -> int:
    """Write the documents and print the peak of this process."""
    asyncio.run(library(url, [note_of(0)] * DOCUMENTS, AT_A_TIME)())  # type: ignore[arg-type]
    print(peak())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
