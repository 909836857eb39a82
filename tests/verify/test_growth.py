"""No text makes the verifier's work grow faster than the text: noise, and one sentence without an end."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from summarywriter.facts.load import loads_facts
from summarywriter.verify import verify_text
from summarywriter.verify.analysis import analyse

FACTS = loads_facts(
    "title: 臨江鎮消防宣傳周活動總結\nunit: 臨江鎮人民政府\nlevel: township\n"
    "problems: [用電線路老化，整改進度較慢]\n"
    "organisers: [{role: 主辦, names: [鎮應急辦, 鎮文化站, 鎮中心學校]}]\n"
    "activities: [{name: 啟動儀式, date: 2025-11-03, figures: [參加 635人, 發放宣傳手冊 1500份]}]\n"
)


def _seconds(text: str) -> float:
    """Of the process, the best of three: other work on the machine adds, and never takes away."""
    found = []
    for _ in range(3):
        start = time.process_time()
        verify_text(text, FACTS)
        found.append(time.process_time() - start)
    return min(found)


@pytest.mark.parametrize(
    "unit",
    ["“", "《", "【", "［", "\n", " \n", "\n- ", "㎡“",
     "5-10萬", "5月1日至", "發放手冊600份，", "{1}ab ", "三個方面3人",
     "前者", "沒有發放手冊", "啟動儀式635人參加發放宣傳手冊1500份", "均已全部整改", "因線路老化，",
     "全鎮參加635人"],
)  # fmt: skip
def test_four_times_the_text_is_about_four_times_the_work(unit: str) -> None:
    """Four times as long took up to 25 times as long where a regex or a count began anew at each mark."""
    small, large = ((unit * (size // len(unit))) for size in (4_000, 16_000))
    verify_text(small, FACTS)
    assert _seconds(large) < 10 * _seconds(small) + 0.1


class Unscanned(str):
    """A text that may be cut, and not searched from its top."""

    __slots__ = ()

    def _refuse(self, *_: object) -> int:
        raise AssertionError("scanned")

    count = find = rfind = index = rindex = splitlines = split = _refuse  # type: ignore[assignment]


def test_a_finding_s_line_and_column_are_known_without_reading_the_text_again() -> None:
    source = "一\n" * 500 + "二“"
    finding = replace(analyse(source), source=Unscanned(source)).finding("SW511", 1_001, 1_002)
    assert (finding.line, finding.column, finding.text) == (501, 2, "“")
