"""Long texts: time linear in their size, and memory that does not run away."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from summarywriter.extract import extract, to_yaml

EVENT = """（{n}）第{n}場宣傳活動
5月{day}日上午，區科技局、區衛生局在第{n}社區廣場舉辦科普講座，{people}餘人參加，副區長王明講話，發放《科普手冊》200冊。
會上要求各部門高度重視，做好“科教興區”工作，20xx年的`任務逐項落實。據統計，全區共發放資料{people}份，接受諮詢{people}人次。
"""


def text_of(size: int) -> str:
    """A text of about so many bytes."""
    lines = ["某區科技活動周總結", "一、主要活動"]
    written, n = 0, 0
    while written < size:
        n += 1
        lines.append(EVENT.format(n=n, day=n % 28 + 1, people=100 + n))
        written += len(lines[-1].encode())
    return "\n".join(lines)


def seconds(text: str) -> float:
    started = time.process_time()
    for taken in extract(text):
        to_yaml(taken, name="x")
    return time.process_time() - started


@pytest.mark.parametrize("lines", [True, False], ids=["in lines", "all on one line"])
def test_a_text_of_1_mb_takes_time_linear_in_its_size(lines):
    extract(text_of(2_000))  # lexicons are loaded once
    small, large = (text_of(size) for size in (250_000, 1_000_000))
    if not lines:
        small, large = small.replace("\n", ""), large.replace("\n", "")
    assert len(large.encode()) > 950_000
    # Four times the size: four times the time, with room for a busy machine; quadratic would be sixteen.
    assert seconds(large) < 8 * max(seconds(small), 0.2)


@pytest.mark.parametrize("scrap", ["（", "“", "《", "、", "5月", "20xx", "?", "一、", "據統計，", "第"])
def test_no_scrap_repeated_makes_it_slow(scrap):
    started = time.process_time()
    extract(scrap * 20_000)
    assert time.process_time() - started < 10


def test_200_pages_take_memory_in_proportion_to_what_was_found():
    """Working memory beyond text and result stays small: each line is let go of once it has been read."""
    text = text_of(200 * 700 * 3)
    extract(text_of(2_000))
    tracemalloc.start()
    taken = extract(text)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(len(each.values) for each in taken) > 5_000
    assert peak < 1.5 * held + 5_000_000, (held, peak)
    assert peak < 60_000_000, peak
