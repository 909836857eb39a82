"""Words for the author's place and for the event."""

from __future__ import annotations

import pytest

from summarywriter.facts.model import EventFacts
from summarywriter.genres.words import level_of, words


def said(**sheet):
    return words(EventFacts.model_validate({"title": "活動總結", **sheet}))


@pytest.mark.parametrize(
    ("unit", "level", "whole", "our", "locality", "short"),
    [
        ("臨江鎮人民政府", "township", "全鎮", "我鎮", "臨江鎮", "鎮政府"),
        ("青山鄉人民政府", "township", "全鄉", "我鄉", "青山鄉", "鄉政府"),
        ("潯陽區科技局", "district", "全區", "我區", "潯陽區", "區科技局"),
        ("雲岫縣應急管理局", "district", "全縣", "我縣", "雲岫縣", "縣應急管理局"),
        ("云州區公安分局", "district", "全區", "我區", "云州區", "區公安分局"),
        ("福州市教育局", "city", "全市", "我市", "福州市", "市教育局"),
        ("鎮江市教育局", "city", "全市", "我市", "鎮江市", "市教育局"),
        ("伊春市南岔區司法局", "district", "全區", "我區", "南岔區", "區司法局"),
        ("區科技局", "district", "全區", "我區", "", "區科技局"),
        ("市安監局", "city", "全市", "我市", "", "市安監局"),
        ("xx市科技知識產權局", "city", "全市", "我市", "xx市", "市科技知識產權局"),
        ("榕江市市場監督管理局", "city", "全市", "我市", "榕江市", "市市場監督管理局"),
        ("雲岫縣鄉村振興局", "district", "全縣", "我縣", "雲岫縣", "縣鄉村振興局"),
        ("東瀾省文化事務廳", "province", "全省", "我省", "東瀾省", "省文化事務廳"),
        ("柳塘社區居委會", None, "全社區", "我社區", "柳塘社區", "居委會"),
        ("嶺川軸承有限公司", "enterprise", "全公司", "我公司", "", "公司"),
        ("松濤灣小學", "school", "全校", "我校", "", "學校"),
        ("雲岫縣第二人民醫院", None, "全院", "我院", "", "醫院"),
        ("臨汀區葦塘市場監管所", "township", "全所", "我所", "臨汀區", "區葦塘市場監管所"),
        ("河東區消防救援大隊", "institution", "全大隊", "我大隊", "河東區", "區消防救援大隊"),
        ("瀾州市婦幼保健院", "institution", "全院", "我院", "", "本院"),
        ("棲霞市少年宮", "school", "全宮", "我宮", "", "本宮"),
        (None, "district", "全區", "我區", "", ""),
        (None, None, "", "", "", ""),
    ],
)
def test_a_place_is_spoken_of_by_its_own_rank(unit, level, *, whole, our, locality, short):
    found = said(unit=unit, level=level)
    assert (found["whole"], found["our"]) == (whole, our)
    assert (found["locality"], found["unit_short"]) == (locality, short)


def test_a_bureau_speaks_of_itself():
    assert said(unit="潯陽區科技局", level="district")["our_unit"] == "我局"
    assert said(unit="臨江鎮人民政府", level="township")["our_unit"] == "我鎮"


def test_words_of_ours_are_in_the_sheets_script_and_names_stay_as_given():
    found = said(
        unit="临江镇人民政府", level="township", script="hans", title="临江镇2025年消防宣传月活动总结"
    )
    assert (found["whole"], found["our"], found["unit_short"]) == ("全镇", "我镇", "镇政府")
    assert (found["event"], found["during"]) == ("消防宣传月", "宣传月期间")


def test_a_traditional_title_is_not_converted_again():
    found = said(title="科技局“科技活動周”工作總結", unit="科技局")
    assert (found["event"], found["during"]) == ("科技活動周", "活動周期間")


@pytest.mark.parametrize(
    ("title", "unit", "event"),
    [
        ("潯陽區科技局2018年“科技活動周”工作總結", "潯陽區科技局", "科技活動周"),
        ("嶺川軸承有限公司2024年質量月活動總結", "嶺川軸承有限公司", "質量月"),
        ("松濤灣小學第六屆科技節活動總結", "松濤灣小學", "第六屆科技節"),
        ("柳塘社區舊衣回收活動小結", "柳塘社區居委會", "舊衣回收活動"),
        ("澄河區開展防汛應急演練", "澄河區防汛指揮部辦公室", "防汛應急演練"),
        ("xx市20xx年科技活動周活動總結", "xx市科技知識產權局", "科技活動周"),
        ("反詐宣傳活動總結", None, "反詐宣傳活動"),
        ("工作總結", None, "活動"),
    ],
)
def test_the_event_is_named_by_the_title(title, unit, event):
    assert said(title=title, unit=unit)["event"] == event


def test_a_bare_title_leaves_the_naming_to_the_document_it_rests_on():
    assert said(title="活動總結", basis=["關於開展2025年防災減災周活動的通知"])["event"].startswith(
        "防災減災周"
    )


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("雲岫縣第二人民醫院", "institution"),
        ("潯陽區科技局", "district"),
        ("育才小學", "school"),
        ("甲", None),
    ],
)
def test_a_level_that_is_not_given_is_read_off_the_author(unit, level):
    assert level_of(EventFacts(title="總結", unit=unit)) == level


@pytest.mark.parametrize(
    ("title", "unit", "event", "full"),
    [
        ("江東區婦聯“三八”維權周活動總結", "江東區婦女聯合會", "“三八”維權周", "“三八”維權周活動"),
        ("梅塘鎮2025年防汛工作總結", "梅塘鎮人民政府", "防汛工作", "防汛工作"),
        ("青溪中學秋季運動會總結", "青溪中學", "秋季運動會", "秋季運動會"),
        ("青陽縣市場監管局消費維權周活動總結", "青陽縣市場監督管理局", "消費維權周", "消費維權周活動"),
        ("潯陽區科技局2018年“科技活動周”工作總結", "潯陽區科技局", "科技活動周", "科技活動周"),
    ],
)
def test_an_event_is_called_by_its_title_and_held_as_what_it_is(title, unit, event, full):
    found = said(title=title, unit=unit)
    assert (found["event"], found["event_full"]) == (event, full)


@pytest.mark.parametrize(
    ("unit", "our"),
    [
        ("江東區婦女聯合會", "我會"),
        ("建興銀行溪口支行", "我行"),
        ("清河區人民法院", "我院"),
        ("臨川市疾病預防控制中心", "我中心"),
    ],
)
def test_an_office_speaks_of_itself_by_its_kind(unit, our):
    assert said(unit=unit)["our_unit"] == our
