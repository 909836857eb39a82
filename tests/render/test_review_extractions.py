"""The review page of an extraction: every row of the sheet is linked to what it was taken from."""

from __future__ import annotations

from summarywriter.extract import extract
from summarywriter.render.review.extractions import review_of_extraction, review_page

TEXT = """柳溪鎮防火活動總結
一、啟動儀式
11月1日上午，鎮政府在文化廣場舉行啟動儀式，260餘人參加，贈送書籍20xx餘冊，的`群眾反響很好。
據統計，全鎮共發放宣傳資料4200餘份。
"""


def test_rows_are_linked_to_their_places():
    (taken,) = extract(TEXT)
    page = review_of_extraction(taken, name="舊文.txt")
    rows = {fact.id: fact for group in page.groups for fact in group.facts}
    linked = {fact: page.text[mark.start : mark.end] for mark in page.marks for fact in mark.facts}
    assert linked["a1.f1"] == "260餘人"
    assert linked["t1"] == "4200餘份"
    assert "啟動儀式" in rows["a1"].text
    assert all(fact in rows for fact in linked)


def test_what_needs_a_look_comes_first():
    (taken,) = extract(TEXT)
    page = review_of_extraction(taken, name="舊文.txt")
    assert page.groups[0].title == "先看這些"
    assert [fact.label for fact in page.groups[0].facts][:2] == ["數字被遮", "多餘符號"]
    assert {page.text[note.start : note.end] for note in page.notes} >= {"20xx餘冊", "`"}


def test_the_page_is_made_with_damage_of_every_gravity():
    (taken,) = extract(TEXT + "已于5月布置。总結吧?偨Y一般，xx市开展了“安全月活動。\n")
    page = review_page(taken, name="舊文.txt")
    assert "留意" in page
    assert "錯誤" in page
    assert "<script>alert" not in page
