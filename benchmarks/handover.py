"""What handing over costs: a .docx against python-docx writing the same paragraphs bare; a page's size.

The .docx may cost three times the bare one, and the review page of an event with 24 activities may have
400 kB.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from docx import Document

from summarywriter import EventFacts, SummaryWriter, load_facts
from summarywriter.render import render_docx, render_html

EVENT = Path("fixtures/events/city-science-week.yaml")
ROUNDS = 15
MOST_TIMES, MOST_BYTES = 3.0, 400_000


def bare(lines: list[str]) -> bytes:
    """The same paragraphs by python-docx alone."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Time of one run; the median of several."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> int:
    """Print both figures.

    Returns:
        1 where one is over its limit.
    """
    facts = load_facts(EVENT)
    summary = SummaryWriter().write(facts)
    render_docx(summary)  # imports, and the data that is read once
    ours = seconds(lambda: render_docx(summary))
    theirs = seconds(lambda: bare(summary.text.split("\n")))
    print(
        f".docx: {ours * 1000:.1f} ms, bare {theirs * 1000:.1f} ms: "
        f"{ours / theirs:.2f} times (at most {MOST_TIMES:g})"
    )
    many = tuple(
        facts.activities[n % len(facts.activities)].model_copy(update={"id": f"n{n + 1}"}) for n in range(24)
    )
    event: EventFacts = facts.model_copy(update={"activities": many})
    size = len(render_html(SummaryWriter().write(event)).encode())
    print(f"review page of 24 activities: {size / 1000:.0f} kB (at most {MOST_BYTES // 1000})")
    return int(ours > MOST_TIMES * theirs or size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
