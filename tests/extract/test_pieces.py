"""Several pieces in one file, and what a site puts around them."""

from __future__ import annotations

import pytest

from summarywriter.extract import extract
from summarywriter.extract.pieces import divide

ONE = "5月3日，鎮政府在文化廣場舉辦防火講座，120人參加，發放手冊300本。" * 3


@pytest.mark.parametrize("titles", [
    ("防火活動總結 篇1", "防火活動總結 篇2"),
    ("防火活動總結【篇一】", "防火活動總結【篇二】"),
    ("篇一：防火活動總結", "篇二：防汛活動總結"),
    ("範文1：防火活動總結", "範文2：防汛活動總結"),
    ("防火活動總結（1）", "防火活動總結（2）"),
])  # fmt: skip
def test_numbered_titles_divide(titles):
    text = f"{titles[0]}\n{ONE}\n{titles[1]}\n{ONE}"
    pieces, _ = divide(text)
    assert len(pieces) == 2
    assert [text[a.span.start : a.span.end].split("\n", maxsplit=1)[0] for a in pieces] == list(titles)


def test_ruled_lines_divide_long_pieces_only():
    assert len(divide(f"{ONE}\n--------\n{ONE}")[0]) == 2
    assert len(divide(f"{ONE}\n--------\n完")[0]) == 1


def test_a_heading_with_a_number_begins_no_piece():
    assert len(divide(f"防火活動總結\n{ONE}\n（一）宣傳\n{ONE}\n（二）培訓\n{ONE}")[0]) == 1


def test_a_sites_own_lines_belong_to_no_piece():
    preface = "以下是小編為大家收集的總結，希望對大家有所幫助。"
    articles = "【防火總結】相關文章：\n防火總結07-18\n小學防火總結11-08"
    text = f"{preface}\n防火總結 篇1\n{ONE}\n防火總結 篇2\n{ONE}\n{articles}"
    pieces, site = divide(text)
    assert len(pieces) == 2
    assert [d.text[:4] for d in site] == ["以下是小", "【防火總", "防火總結", "小學防火"]
    assert "相關文章" not in text[pieces[1].span.start : pieces[1].span.end]


def test_spans_are_of_the_whole_file():
    text = f"防火總結 篇1\n{ONE}\n防火總結 篇2\n{ONE}"
    for taken in extract(text):
        for value in taken.values:
            assert value.text in text[value.span.start : value.span.end]
            assert taken.piece.span.start <= value.span.start < taken.piece.span.end
