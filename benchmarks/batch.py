"""Measure batches: memory, speed by processes, and the rate that a model's service gives.

    python benchmarks/batch.py [--sheets 2000] [--model-sheets 500] [--kills 5] [--only realiser|model|queue]

* Without a model: peak memory of ``batch`` over all processes at 2,000 sheets, against that at 200: at most
  1.2 times. Sheets a second with ``--jobs 2``, against ``--jobs 1``: at least 1.7 times.
* With a model on this machine that takes 200 ms, 64 requests at a time: at least 0.75 of the ideal rate
  (64 in 0.2 s); then the same, killed by SIGKILL at five random moments: all written once, every reply that
  was paid for kept, none of them asked for again.
* The batch queue of a service, with an expired batch and 5 per cent of the lines failed: all written once.

Needs two processors that nobody else uses: the load is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import loopback  # noqa: E402
import sheets  # noqa: E402

DELAY, AT_ONCE = 0.2, 64
Row = tuple[str, float, float, bool]


def main(arguments: list[str] | None = None) -> int:
    """Print what was measured; exit 1 if a bound is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sheets", type=int, default=2000)
    parser.add_argument("--model-sheets", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--only", choices=["realiser", "model", "queue"])
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rows: list[Row] = []
        if given.only in (None, "realiser"):
            rows += realiser(Path(folder), given.sheets)
        if given.only in (None, "model", "queue"):
            made = sheets.fill(Path(folder, "model"), given.model_sheets, 7)
            replies = Path(folder, "replies.json")
            replies.write_text(json.dumps(good(made), ensure_ascii=False), encoding="utf-8")
            if given.only != "queue":
                rows += model(Path(folder), replies, given.kills)
            if given.only != "model":
                rows += queue(Path(folder), replies, given.model_sheets)
    print(f"load of this machine (1, 5, 15 min): {os.getloadavg()}")
    for label, value, bound, good_ in rows:
        print(f"{label:74}{value:>10.2f}   bound {bound:g} {'ok' if good_ else 'MISSED THE BOUND'}")
    return 0 if all(row[3] for row in rows) else 1


# --- without a model ---------------------------------------------------------------------------------


def realiser(folder: Path, count: int) -> list[Row]:
    """Memory and speed of the realiser."""
    few = max(count // 10, 1)
    sheets.fill(folder / "many", count, 5)
    shutil.copytree(folder / "many", folder / "few")
    for file in sorted((folder / "few").iterdir())[few:]:
        file.unlink()
    # Ends that are no part of writing (starting processes, the report) are in both, and told apart.
    seconds: dict[tuple[str, int], float] = {}
    worked: dict[tuple[str, int], float] = {}
    peak: dict[str, float] = {}
    for name, jobs in (("few", 2), ("many", 2), ("few", 1), ("many", 1)):
        before = processor()
        seconds[name, jobs], memory = run(folder / name, folder / f"out-{name}-{jobs}", "--jobs", jobs)
        worked[name, jobs] = processor() - before
        if jobs == 2:
            peak[name] = memory
    rate = {jobs: (count - few) / (seconds["many", jobs] - seconds["few", jobs]) for jobs in (1, 2)}
    print(
        f"peak memory: {peak['few'] / 2**20:.0f} MiB at {few} sheets, {peak['many'] / 2**20:.0f} at {count}"
    )
    print(f"sheets a second: {rate[1]:.1f} with one process, {rate[2]:.1f} with two")
    each = {j: 1000 * (worked["many", j] - worked["few", j]) / (count - few) for j in (1, 2)}
    print(f"{each[1]:.1f} and {each[2]:.1f} ms of a processor a sheet")
    memory_ratio, speed_ratio = peak["many"] / peak["few"], rate[2] / rate[1]
    return [
        (f"peak memory at {count} sheets : at {few}", memory_ratio, 1.2, memory_ratio <= 1.2),
        ("sheets a second, --jobs 2 : --jobs 1", speed_ratio, 1.7, speed_ratio >= 1.7),
    ]


def run(source: Path, out: Path, *options: object) -> tuple[float, float]:
    """Run ``batch``; its seconds, and the peak memory of all its processes together in bytes."""
    process = subprocess.Popen(
        command(source, out, *options), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    start, peak = time.perf_counter(), [0.0]
    watching = threading.Thread(target=watch, args=(process, peak))
    watching.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    watching.join()
    assert code == 0, f"batch ended with {code}"
    return seconds, peak[0]


def command(source: Path, out: Path, *options: object) -> list[str]:
    """The command line."""
    words = ("-m", "summarywriter", "batch", source, "-o", out, "--format", "md", *options)
    return [sys.executable, *map(str, words)]


def watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Keep the largest sum of what a process and its children hold (private memory, Linux)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(private, family(process.pid))))
        time.sleep(0.1)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    except OSError:
        pass
    return found


def private(pid: int) -> int:
    """Bytes that are a process's alone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_"))


# --- with a model ------------------------------------------------------------------------------------


def good(files: list[Path]) -> dict[str, str]:
    """Replies to all that is asked of these sheets."""
    from summarywriter import load_facts

    found: dict[str, str] = {}
    for file in files:
        found.update(loopback.good_replies(load_facts(file)))
    return found


class Server:
    """A loopback server in a process of its own."""

    def __init__(self, replies: Path, *options: object) -> None:
        words = [HERE / "loopback.py", "--port", 0, "--replies", replies, "--delay", DELAY, *options]
        self._process = subprocess.Popen(
            [sys.executable, *map(str, words)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self._port = int(self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{self._port}/v1"

    def stats(self) -> dict[str, Any]:
        """What was asked."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/stats") as answer:
            return json.load(answer)

    def end(self) -> None:
        """Stop it."""
        self._process.kill()
        self._process.wait()


def kept(out: Path) -> int:
    """Replies in the store."""
    try:
        with sqlite3.connect(f"file:{out}/.summarywriter/replies.db?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM replies").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def model(folder: Path, replies: Path, kills: int) -> list[Row]:
    """The rate with a model, and what is left of it after kills."""
    source = folder / "model"
    server = Server(replies)
    asked_for = ("--model", "m", "--base-url", server.url, "--parallel", AT_ONCE, "--jobs", 2)
    out = folder / "out-model"
    # The rate while it is going: starting two processes and the last stragglers are no part of it.
    process = subprocess.Popen(
        command(source, out, *asked_for), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    begun, worked, stamps = time.perf_counter(), processor(), []
    while process.poll() is None:
        time.sleep(0.25)
        stamps.append((time.perf_counter(), server.stats()["answered"]))
    whole, worked = time.perf_counter() - begun, processor() - worked
    stats = server.stats()
    server.end()
    total = stats["answered"]
    inner = [stamp for stamp in stamps if 0.05 * total <= stamp[1] <= 0.95 * total]
    rate = (inner[-1][1] - inner[0][1]) / (inner[-1][0] - inner[0][0])
    ideal = AT_ONCE / DELAY
    count = len(list(source.iterdir()))
    each = 1000 * worked / total
    print(f"{each:.1f} ms of a processor a request: two of them free can ask {2000 / each:.0f} a second")
    print(f"{count} sheets, {total} requests in {whole:.1f} s: {count / whole * 3600:.0f} sheets an hour;"
          f" {rate:.0f} requests a second under way, {stats['most']} at once")  # fmt: skip
    share = rate / ideal
    return [("requests a second : ideal", share, 0.75, share >= 0.75), *killed(folder, replies, kills)]


def processor() -> float:
    """Seconds of a processor that ended children have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def killed(folder: Path, replies: Path, kills: int) -> list[Row]:
    """The same, ended by SIGKILL at random moments."""
    source, out = folder / "model", folder / "out-killed"
    server = Server(replies)
    words = command(source, out, "--model", "m", "--base-url", server.url, "--parallel", AT_ONCE, "--jobs", 2)
    rng, needed = random.Random(11), len(json.loads(replies.read_text(encoding="utf-8")))  # noqa: S311
    for _ in range(kills):
        goal = kept(out) + rng.randint(1, needed // (kills + 1))
        process = subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while kept(out) < goal and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        process.wait()
        time.sleep(0.5)
    code = subprocess.run(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode
    stats = server.stats()
    server.end()
    again = stats["asked"] - kept(out)
    print(
        f"killed {kills} times: {stats['asked']} requests sent, {kept(out)} replies kept;"
        f" {again} were lost on the wire (at most {kills * AT_ONCE})"
    )
    right = code == 0 and again <= kills * AT_ONCE
    return [
        ("requests sent again, of those on the wire at a kill", again / max(kills * AT_ONCE, 1), 1.0, right),
        ("files and journal agree after the kills", float(agree(out)), 1.0, agree(out)),
    ]


def agree(out: Path) -> bool:
    """Whether the files are those of the journal, whole."""
    with sqlite3.connect(out / ".summarywriter" / "journal.db") as database:
        rows = database.execute("SELECT state, outputs FROM sheets").fetchall()
    told = {file: digest for _, outputs in rows for file, digest in json.loads(outputs).items()}
    there = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in out.glob("*.md")}
    return all(state == "done" for state, _ in rows) and told == there and not list(out.glob(".*.tmp"))


def queue(folder: Path, replies: Path, count: int) -> list[Row]:
    """A service's batch queue that fails now and then."""
    server = Server(replies, "--failing", 0.05, "--expire", 1)
    out = folder / "out-queue"
    words = ("--engine", "openai-batch", "--model", "m", "--base-url", server.url, "--poll", 0.2)
    seconds, _ = run(folder / "model", out, *words)
    stats = server.stats()
    server.end()
    print(f"batch queue: {count} sheets in {len(stats['batches'])} batches, {seconds:.1f} s of our own work")
    right = agree(out) and stats["asked"] == len(stats["keys"]) and "expired" in stats["batches"]
    return [("batch queue with an expired batch and 5% failed lines: all once", float(right), 1.0, right)]


if __name__ == "__main__":
    raise SystemExit(main())
