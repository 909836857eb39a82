from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.render.title import title_lines
from summarywriter.render.typography import em_width, typography

WORDS = typography("hans").title
COLUMNS = 19.0


def broken(title: str, *names: str) -> tuple[str, ...]:
    return title_lines(title, columns=COLUMNS, names=names, words=WORDS)


def test_a_short_title_stays_on_one_line():
    assert broken("临江镇2025年消防宣传月活动总结") == ("临江镇2025年消防宣传月活动总结",)


@pytest.mark.parametrize(
    ("title", "names", "lines"),
    [
        (
            "潯陽區科技局2018年“科技活動周”工作總結",
            ("潯陽區科技局",),
            ("潯陽區科技局2018年", "“科技活動周”工作總結"),
        ),
        (
            "绥芬河市人力资源和社会保障局2024年安全生产月及系列活动工作总结",
            ("绥芬河市人力资源和社会保障局",),
            ("绥芬河市人力资源和社会保障局", "2024年安全生产月及系列活动工作总结"),
        ),
        (
            "九江市2018年科技活動周暨科普宣傳月系列活動總結",
            (),
            ("九江市2018年科技活動周暨", "科普宣傳月系列活動總結"),
        ),
    ],
)
def test_a_long_title_breaks_between_words(title, names, lines):
    assert broken(title, *names) == lines


def test_three_lines_make_no_hourglass():
    lines = broken("华东医科大学附属第一人民医院2025年第十二届护理文化节暨5·12国际护士节庆祝活动总结")
    widths = [em_width(line) for line in lines]
    assert len(lines) == 3
    assert widths[1] > min(widths[0], widths[2]) - 1


@given(st.text("甲乙丙年月《》（）“”、，2025AB的与活动总结", min_size=1, max_size=70))
def test_no_character_is_lost_and_no_line_begins_with_a_closing_mark(title):
    lines = broken(title, "甲乙丙")
    assert "".join(lines) == title
    if len(lines) > 1:
        assert all(em_width(line) <= COLUMNS for line in lines)
        assert not any(line[0] in "、，》）”" for line in lines[1:])
        assert not any(line[-1] in "《（“" for line in lines[:-1])
