"""Broken passages: found, with a suggestion, and never in sound text."""

from __future__ import annotations

import pytest

from summarywriter.extract import DamageKind, extract
from summarywriter.extract.damage import find_damage


def kinds(text: str) -> dict[str, str]:
    return {damage.kind.value: damage.text for damage in find_damage(text, 0, len(text))}


@pytest.mark.parametrize(("text", "kind", "passage"), [
    ("科技局二O一八年工作總結", "latin_zero", "二O一八"),
    ("解答村民的`疑難問題", "stray", "`"),
    ("防震工作的.重要性", "stray", "."),
    ("贈送書籍20xx余冊", "lost_figure", "20xx余冊"),
    ("xx市召開會議", "mask", "xx"),
    ("XX區召開會議", "mask", "XX"),
    ("20xx年五月", "mask", "20xx"),
    ("蠶桑技術”培訓班", "unpaired", "”"),
    ("活動繼續升溫,。", "punctuation", ",。"),
    ("防火活動周工作總結防火活動周工作總結。", "repeated", "防火活動周工作總結防火活動周工作總結"),
    ("發放資料\ufffd\ufffd份", "replaced", "\ufffd\ufffd"),
])  # fmt: skip
def test_each_kind_is_found(text, kind, passage):
    assert kinds(text).get(kind) == passage


@pytest.mark.parametrize("text", [
    "5月19日上午，在廬峰花園廣場舉辦了開幕式，600多人參加。",
    "现场发放宣传资料1.5万份（其中手册3000册），“安全第一”的标语随处可见。",
    "会上，张三指出：“要抓好A类企业的检查。”OA系统已上线，PM2.5下降3.5%。",
    "1.加強領導。（1）成立小組；2）制定方案。你收到了嗎？收到!",
    "聯繫人：李敏，電話0792-8123456，郵箱abc@example.cn。",
    "囍氈蕪湖鄱陽婺源邠縣亳州濰坊",
])  # fmt: skip
def test_sound_text_is_left_alone(text):
    assert kinds(text) == {}


def test_utf8_read_as_gbk_is_told_and_undone():
    said = "全镇共发放宣传资料三千余份，群众参加活动"
    (damage,) = find_damage(broken := said.encode().decode("gb18030"), 0, len(broken))
    assert damage.kind is DamageKind.MOJIBAKE
    assert damage.suggestion == said


def test_utf8_read_as_latin_is_told_and_undone():
    said = "全镇共发放宣传资料三千余份"
    (damage,) = find_damage(broken := said.encode().decode("latin-1"), 0, len(broken))
    assert damage.suggestion == said


def test_a_lost_byte_is_suggested_from_the_bytes_that_follow():
    said = "工作取得成績。科技活動周期間,全區"
    data = said.encode("gbk")
    lost = data.index(b"\xa1\xa3")
    broken = (data[:lost] + data[lost + 1 :]).decode("gbk", "replace").replace("\ufffd", "")
    found = [d for d in find_damage(broken, 0, len(broken)) if d.kind is DamageKind.MOJIBAKE]
    assert found
    assert "科技活動" in found[0].suggestion


def test_damage_is_never_repaired_in_the_sheet():
    text = "活動總結\n一、宣傳活動\n5月3日，在文化廣場舉辦科普講座，贈送書籍20xx余冊，的`群眾300人參加。"
    (taken,) = extract(text)
    assert [f.value.text for f in taken.sheet.activities[0].figures] == ["20xx余冊", "300人"]
    assert taken.sheet.activities[0].figures[0].value.quantity.masked


def test_traditional_made_by_character_map_is_told_once():
    text = "會后，干部深入鄉鎮，發放資料500余份。關于下一步工作，已于5月布置。群眾參與范圍擴大。"
    (damage,) = [d for d in find_damage(text, 0, len(text)) if d.kind is DamageKind.CHARMAP]
    assert set(zip(damage.text, damage.suggestion, strict=True)) >= {("后", "後"), ("于", "於"), ("余", "餘")}


@pytest.mark.parametrize("text", [
    "會後，幹部深入鄉鎮，發放資料500餘份，已於5月布置。",
    "皇后大道的余先生和范女士於會場發言，干戈之事不提。",
    "会后，干部深入乡镇，发放资料500余份。关于下一步工作，已于5月布置。",
])  # fmt: skip
def test_good_traditional_and_simplified_are_no_character_map(text):
    assert "charmap" not in kinds(text)
