"""Dates told more coarsely, moved or made up; and what a model or an editor leaves behind in a text."""

from __future__ import annotations

import pytest

from summarywriter.facts.model import EventFacts
from summarywriter.messages import render
from summarywriter.verify import verify_text

FACTS = EventFacts.model_validate(
    {
        "title": "臨水鎮消防宣傳月活動總結",
        "script": "hant",
        "period": "2025-11-01/2025-11-30",
        "activities": [
            {
                "name": "啟動儀式",
                "date": "2025-11-03",
                "time": "上午",
                "place": "文化廣場",
                "figures": ["參加 260餘人"],
            },
            {"name": "入戶排查", "date": "2025-11-10/2025-11-25", "figures": ["走訪住戶 612戶"]},
            {"name": "消防講座", "date": "2025年11月中旬", "figures": ["參加村民 90名"]},
        ],
    }
)


def codes(text: str) -> list[str]:
    return [finding.code for finding in verify_text(text, FACTS).errors]


@pytest.mark.parametrize(
    "text",
    [
        "11月3日上午，啟動儀式在文化廣場舉行，260餘人參加。",
        "11月3日，啟動儀式在文化廣場舉行，260餘人參加。",  # the time of day left out
        "2025年11月，入戶排查走訪住戶612戶。",  # a day told as its month
        "11月10日起開展入戶排查，走訪住戶612戶。",  # one end of a range
        "11月1日至30日，臨水鎮開展消防宣傳月活動。",
        "11月中旬舉辦消防講座，90名村民參加。",
    ],
)
def test_a_date_told_more_coarsely_is_faithful(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "11月4日上午，啟動儀式在文化廣場舉行，260餘人參加。",  # the day
        "11月3日下午，啟動儀式在文化廣場舉行，260餘人參加。",  # the time of day
        "2024年11月3日上午，啟動儀式在文化廣場舉行，260餘人參加。",  # the year
        "11月10日至26日開展入戶排查，走訪住戶612戶。",  # an end of the range
        "11月下旬舉辦消防講座，90名村民參加。",  # the part of the month
        "11月1日至12月30日，臨水鎮開展消防宣傳月活動。",  # the period's month
    ],
)
def test_a_date_that_was_moved_is_an_error_of_dates(text: str) -> None:
    assert any(code.startswith("SW2") for code in codes(text)), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("**啟動儀式**於11月3日上午在文化廣場舉行，260餘人參加。", "SW503"),
        ("以下是總結正文：\n11月3日上午，啟動儀式在文化廣場舉行。", "SW504"),
        ("<think>想一想</think>11月3日上午，啟動儀式在文化廣場舉行。", "SW505"),
        ("11月3日上午，啟動儀式在文化廣場舉行，participants參加。", "SW506"),
        ("11月3日上午，啟動儀式在文化廣場舉行。\n走訪住戶612戶，其中", "SW507"),
        ("11月3日上午，啟動儀式在文化廣場舉行，锟斤拷。", "SW508"),
        ("11月3日上午，啟動儀式在文化廣場舉行。{12}人參加。", "SW513"),
    ],
)
def test_what_was_left_behind_is_found(text: str, code: str) -> None:
    found = [finding.code for finding in verify_text(text, FACTS).findings]
    assert code in found


def test_a_pair_of_marks_is_one_fault() -> None:
    text = "**啟動儀式**於11月3日上午在文化廣場舉行，260餘人參加。"
    assert [finding.code for finding in verify_text(text, FACTS).findings].count("SW503") == 1


def test_the_other_script_is_found_and_can_be_told_in_both_languages() -> None:
    text = "11月3日上午，啟動儀式在文化廣場舉行，260餘人參加，现场发放手册。"
    found = [finding for finding in verify_text(text, FACTS).findings if finding.code == "SW502"]
    assert "".join(finding.text for finding in found).startswith("现")
    for finding in found:
        for lang, script in (("zh", "hant"), ("zh", "hans"), ("en", "hant")):
            assert finding.text in render(finding.code, lang=lang, script=script, **finding.params)


def test_a_heading_with_nothing_below_it_at_the_end_is_cut_off() -> None:
    text = "一、基本情況\n11月3日上午，啟動儀式在文化廣場舉行，260餘人參加。\n二、存在的問題"
    assert "SW507" in [finding.code for finding in verify_text(text, FACTS).findings]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("11 月 3 日上午，啟動儀式在文化廣場舉行，260 餘人參加。", []),
        ("2025 年 11 月 3 日上午 ， 啟動儀式在文化廣場舉行，260 餘人參加。", []),
        ("11 月 10 日至 25 日，入戶排查走訪住戶 612 戶。", []),
        ("11 月 10—25 日，入戶排查走訪住戶 612 戶。", []),
        ("11 月 4 日上午，啟動儀式在文化廣場舉行，260 餘人參加。", ["SW202"]),
        ("11 月 10 日至 26 日，入戶排查走訪住戶 612 戶。", ["SW202"]),
        ("11 月 3 日下午，啟動儀式在文化廣場舉行，260 餘人參加。", ["SW203"]),
    ],
)
def test_blanks_beside_figures_as_word_and_pdf_have_them_hide_no_date(text: str, wrong: list[str]) -> None:
    assert codes(text) == wrong
