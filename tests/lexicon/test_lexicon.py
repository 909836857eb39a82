"""The lexicon's splitting of what a figure counts, in both scripts."""

from __future__ import annotations

import pytest

from summarywriter.lexicon import split_label, split_shorthand


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("發放宣傳手冊", ("發放", "宣傳手冊")),
        ("发放宣传手册", ("发放", "宣传手册")),
        ("參加", ("參加", "")),
        ("宣傳資料", (None, "宣傳資料")),
        ("培訓班", (None, "培訓班")),
        ("培訓農技人員", ("培訓", "農技人員")),
        ("宣传车巡回播放", (None, "宣传车巡回播放")),
        ("受教育群眾", (None, "受教育群眾")),
        ("諮詢人數", (None, "諮詢人數")),
        ("當場整改隱患", ("當場整改", "隱患")),
    ],
)
def test_the_longest_verb_is_split_off(label: str, parts: tuple[str | None, str]) -> None:
    assert split_label(label) == parts


@pytest.mark.parametrize(
    ("text", "action", "object_", "surface"),
    [
        ("參加 600多人", "參加", "", "600多人"),
        ("發放科普宣傳資料 1萬多份", "發放", "科普宣傳資料", "1萬多份"),
        ("走访住户612户", "走访", "住户", "612户"),
        ("覆盖自然村 至少26个", "覆盖", "自然村", "至少26个"),
        ("講座　四次", None, "講座", "四次"),
        ("接待 約 300 人次", "接待", "", "約300人次"),
    ],
)
def test_a_shorthand_is_what_it_counts_and_a_quantity(
    text: str, action: str | None, object_: str, surface: str
) -> None:
    found = split_shorthand(text)
    assert found is not None
    assert (found[0], found[1], found[2].surface) == (action, object_, surface)


@pytest.mark.parametrize("text", ["發放資料", "", "參加 很多人", "第三次創業"])
def test_no_quantity_is_no_shorthand(text: str) -> None:
    assert split_shorthand(text) is None
