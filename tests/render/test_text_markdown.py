from __future__ import annotations

import pytest

from summarywriter.render import render_markdown, render_text
from summarywriter.render.markdown import escape, unmarked


def test_text_is_the_summary_s_own_so_that_offsets_hold(make_summary):
    summary = make_summary()
    assert render_text(summary) == summary.text + "\n"


@pytest.mark.parametrize(
    ("script", "title", "mark"), [("hans", "临江镇总结", "〔草稿〕"), ("hant", "臨江鎮總結", "〔草稿〕")]
)
def test_draft_is_marked_on_top(make_summary, script, title, mark):
    summary = make_summary((("title", 0, title),), script=script)
    assert render_text(summary, draft=True).splitlines() == [mark, title]
    assert render_markdown(summary, draft=True).startswith("> 草稿\n\n# ")


def test_markdown_has_a_level_for_each_heading_and_a_strong_run_in_head(make_summary):
    blocks = render_markdown(make_summary()).split("\n\n")
    assert blocks[0] == "# 临江镇2025年消防宣传月活动总结"
    assert "## 一、集中宣传，以练促防" in blocks
    assert "### （一）启动仪式" in blocks
    assert "#### 1.应急疏散演练" in blocks
    assert "##### （1）灭火器使用" in blocks
    assert "**（二）入户排查**。共走访住户612户，排查商铺〔待补〕。" in blocks


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# 不是标题", "\\# 不是标题"),
        ("- 不是列表", "\\- 不是列表"),
        ("1. 不是列表", "1\\. 不是列表"),
        ("1.标题", "1.标题"),
        ("2025) 年", "2025\\) 年"),
        ("*重点*与_下划线_", "\\*重点\\*与\\_下划线\\_"),
        ("<script>", "\\<script\\>"),
        ("AT&amp;T 与 A&B", "AT\\&amp;T 与 A&B"),
        ("[链接](http://x)", "\\[链接\\](http://x)"),
        ("    四格缩进", "四格缩进"),
        ("反斜\\杠", "反斜\\\\杠"),
        ("```python", "\\`\\`\\`python"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("~~删~~|表|", "\\~\\~删\\~\\~\\|表\\|"),
    ],
)
def test_what_would_be_markup_is_escaped(text, written):
    assert escape(text) == written
    assert unmarked(written)[0] == text.strip()


def test_markdown_read_back_is_the_text_and_leads_back_into_the_file(make_summary):
    summary = make_summary()
    markdown = render_markdown(summary, draft=True)
    text, offsets = unmarked(markdown)
    assert text == summary.text
    for at, char in enumerate(text):
        assert char == "\n" or markdown[offsets[at]] == char


def test_unmarked_of_nothing():
    assert unmarked("> 草稿\n\n") == ("", (0,))
