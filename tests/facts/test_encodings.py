"""The encodings of Chinese offices, recognised by what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarywriter.errors import FactsError
from summarywriter.facts.load import load_facts

EVENTS = Path(__file__).parents[2] / "fixtures" / "events"
HANT, HANS = EVENTS / "temple-fair-safety.yaml", EVENTS / "district-law-week.yaml"


def rewritten(tmp_path: Path, sheet: Path, encoding: str) -> Path:
    file = tmp_path / "sheet.yaml"
    file.write_bytes(sheet.read_text(encoding="utf-8").encode(encoding))
    return file


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk", "utf-32"]
)
@pytest.mark.parametrize("sheet", [HANT, HANS], ids=["hant", "hans"])
def test_a_file_reads_alike_in_every_encoding(tmp_path, sheet, encoding):
    assert load_facts(rewritten(tmp_path, sheet, encoding)) == load_facts(sheet)


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5_is_told_from_gb18030(tmp_path, encoding):
    sheet = EVENTS / "school-science-festival.yaml"
    text = sheet.read_text(encoding="utf-8").replace("裏", "裡")
    file = tmp_path / "sheet.yaml"
    file.write_bytes(text.encode(encoding))
    assert load_facts(file).title == "松濤灣小學第六屆科技節活動總結"


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_a_short_sheet_is_told_apart_too(tmp_path, encoding):
    file = tmp_path / "sheet.yaml"
    file.write_bytes("標題: 植樹小結\n活動:\n  - {名稱: 種樹, 數據: [種樹 20株]}\n".encode(encoding))
    assert load_facts(file).title == "植樹小結"


def test_english_keys_and_few_characters(tmp_path):
    file = tmp_path / "sheet.yaml"
    file.write_bytes("title: 活动总结\nactivities: [宣传]\n".encode("gb18030"))
    assert load_facts(file).title == "活动总结"


def test_an_encoding_given_is_used(tmp_path):
    file = rewritten(tmp_path, HANS, "gb18030")
    assert load_facts(file, encoding="gbk") == load_facts(HANS)
    with pytest.raises(FactsError, match="utf-8"):
        load_facts(file, encoding="utf-8")
    with pytest.raises(FactsError, match="沒有名為"):
        load_facts(file, encoding="gb-18030x")


@pytest.mark.parametrize(
    "data",
    [bytes(range(128, 256)) * 4, b"\xff\xd8\xff\xe0\x00\x10JFIF" * 50, b"PK\x03\x04\x14\x00\x06\x00" * 9],
)
def test_what_is_no_text_is_refused(tmp_path, data):
    file = tmp_path / "sheet.yaml"
    file.write_bytes(data)
    with pytest.raises(FactsError):
        load_facts(file)


def test_windows_line_ends(tmp_path):
    file = tmp_path / "sheet.yaml"
    file.write_bytes(HANS.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030"))
    assert load_facts(file) == load_facts(HANS)
