from __future__ import annotations

import json

import pytest
from docx import Document

from summarywriter.cli.check import excerpt
from summarywriter.cli.terminal import cells


@pytest.fixture
def text(sw, sheet):
    return sw("write", sheet).out


@pytest.mark.parametrize("suffix", ["txt", "md", "docx"])
def test_what_write_made_passes_in_every_format(sw, sheet, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    assert sw("write", sheet, "-o", out, "--draft").code == 0
    done = sw("check", out, sheet)
    assert (done.code, done.out) == (0, "")
    assert "0 处错误" in done.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_wrong_figure_is_shown_where_it_stands(sw, sheet, tmp_path, text, encoding):
    file = tmp_path / "by-hand.txt"
    wrong = text.replace("1500份", "1600份")
    file.write_bytes(wrong.encode(encoding))
    done = sw("check", file, sheet)
    assert done.code == 1
    line = next(n for n, row in enumerate(wrong.split("\n"), 1) if "1600份" in row)
    column = wrong.split("\n")[line - 1].index("1600") + 1
    rows = done.out.splitlines()
    head = next(n for n, row in enumerate(rows) if row.startswith(f"{file}:{line}:{column}: 错误 SW1"))
    assert "1600份" in rows[head + 1]
    caret = rows[head + 2]
    assert cells(rows[head + 1][: rows[head + 1].index("1600")]) == caret.index("^")
    assert caret.strip() == "^" * cells("1600份")


def test_json_is_as_documented(sw, sheet, tmp_path, text):
    file = tmp_path / "by-hand.txt"
    wrong = text.replace("1500份", "1600份")
    file.write_text(wrong, "utf-8")
    done = sw("check", file, sheet, "--format", "json")
    data = json.loads(done.out)
    assert (done.code, data["version"], set(data)) == (1, 1, {"version", "findings", "coverage"})
    finding = next(f for f in data["findings"] if "1600" in f["text"])
    assert wrong[finding["start"] : finding["end"]] == finding["text"]
    assert finding["severity"] == "error"
    assert set(data["coverage"]["figure"]) == {"told", "total", "untold"}
    assert data["coverage"]["figure"]["untold"]


def test_markdown_is_placed_in_the_file_not_in_the_stripped_text(sw, sheet, tmp_path):
    file = tmp_path / "out.md"
    assert sw("write", sheet, "-o", file).code == 0
    wrong = file.read_text("utf-8").replace("1500份", "1600份")
    file.write_text(wrong, "utf-8")
    data = json.loads(sw("check", file, sheet, "--format", "json").out)
    finding = next(f for f in data["findings"] if "1600" in f["text"])
    assert wrong[finding["start"] : finding["end"]] == finding["text"]
    assert wrong.split("\n")[finding["line"] - 1][finding["column"] - 1 :].startswith(finding["text"])


def test_a_word_file_edited_by_hand(sw, sheet, tmp_path):
    file = tmp_path / "out.docx"
    assert sw("write", sheet, "-o", file).code == 0
    document = Document(str(file))
    for n, paragraph in enumerate(document.paragraphs, 1):
        for run in paragraph.runs:
            if "840名" in run.text:
                run.text, line = run.text.replace("840名", "480名"), n
    document.save(str(file))
    done = sw("check", file, sheet)
    assert done.code == 1
    assert f"{file}:{line}:" in done.out
    assert "480名" in done.out


def test_a_lost_fact_is_named(sw, sheet, tmp_path, text):
    file = tmp_path / "short.txt"
    file.write_text(text.replace("4200余份", "一批"), "utf-8")
    done = sw("check", file, sheet)
    assert "t1" in done.out
    assert "4200余份" in done.out


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b" \n"), ("broken.docx", b"PK no"), ("noise.txt", b"\xff\x81\xff" * 9)],
)
def test_texts_that_cannot_be_read(sw, sheet, tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    done = sw("check", file, sheet)
    assert (done.code, done.out) == (2, "")
    assert name in done.err


def test_what_is_no_word_file_is_said_to_be_none_and_what_to_do(sw, sheet, tmp_path):
    broken = tmp_path / "坏的.docx"
    broken.write_bytes(b"PK\x03\x04 and nothing more")
    for words in (("check", broken, sheet), ("write", sheet, "--pins", broken)):
        result = sw(*words)
        assert result.code == 2
        assert f"{broken}: " in result.err
        assert "另存为.docx" in result.err or "另存為.docx" in result.err
        assert "Bad" not in result.err, "a library's exception tells a clerk nothing"


def test_a_missing_text_and_a_folder(sw, sheet, tmp_path):
    assert sw("check", tmp_path / "none.txt", sheet).code == 2
    assert sw("check", tmp_path, sheet).code == 2


def test_a_long_line_is_cut_around_the_span():
    line = "前" * 100 + "1600份" + "后" * 100
    shown, mark = excerpt(line, 100, 5)
    assert len(shown) < 60
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert mark.index("^") == cells(shown[: shown.index("1600")])


def test_a_span_at_the_very_end_and_an_empty_one():
    assert excerpt("abc", 2, 9) == ("abc", "  ^")
    assert excerpt("abc", 1, 0) == ("abc", " ^")


@pytest.fixture
def two(tmp_path, text):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(text, "utf-8")
    bad.write_text(text.replace("1500份", "1600份"), "utf-8")
    return good, bad


def test_several_texts_are_checked_at_once(sw, sheet, two):
    good, bad = two
    done = sw("check", good, bad, sheet, "--lang", "en")
    assert done.code == 1
    assert f"{bad}:" in done.out
    assert f"{good}:" not in done.out
    assert "2 texts: 1 errors" in done.err
    assert sw("check", "--facts", sheet, good).code == 0


def test_json_of_several_texts_goes_by_file(sw, sheet, two):
    data = json.loads(sw("check", *two, sheet, "--format", "json").out)
    assert [entry["file"] for entry in data["files"]] == [str(file) for file in two]
    assert [len(entry["findings"]) for entry in data["files"]] == [0, 1]
    assert all(entry["coverage"] for entry in data["files"])


def test_sarif_names_the_file_the_line_and_the_fact(sw, sheet, two):
    done = sw("check", *two, sheet, "--format", "sarif")
    (result,) = json.loads(done.out)["runs"][0]["results"]
    assert (done.code, result["ruleId"]) == (1, "SW102")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("bad.txt")
    assert "a1.f2" in result["relatedLocations"][0]["message"]["text"]


def test_a_finding_shows_the_fact_with_its_line_in_the_sheet(sw, sheet, two):
    done = sw("check", two[1], sheet)
    assert f"    = {sheet}:7: a1.f2 发放宣传手册1500份" in done.out.splitlines()


def test_explain_puts_each_figure_beside_its_fact(sw, sheet, two):
    done = sw("check", two[0], sheet, "--explain", "--lang", "en")
    rows = [row.split() for row in done.out.splitlines()]
    assert done.code == 0
    assert any(row[1:4] == ["1500份", "figure", "a1.f2"] for row in rows if len(row) > 3)
    assert any(row[2:4] == ["date", "a1.date"] for row in rows if len(row) > 3)


def test_fix_shows_a_diff_and_writes_only_when_told(sw, sheet, two):
    bad = two[1]
    before = bad.read_bytes()
    done = sw("check", bad, sheet, "--fix", "--lang", "en")
    assert done.code == 1
    assert "+" in done.out
    assert "--yes" in done.err
    assert bad.read_bytes() == before
    done = sw("check", bad, sheet, "--fix", "--yes")
    assert done.code == 0
    assert bad.read_text("utf-8") == two[0].read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_fix_keeps_the_files_encoding_and_line_ends(sw, sheet, tmp_path, text, encoding):
    file = tmp_path / "by-hand.txt"
    file.write_bytes(text.replace("1500份", "1600份").replace("\n", "\r\n").encode(encoding))
    assert sw("check", file, sheet, "--fix", "--yes").code == 0
    assert file.read_bytes() == text.replace("\n", "\r\n").encode(encoding)


def test_a_house_policy_is_found_and_a_wrong_one_named(sw, sheet, tmp_path, text, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "by-hand.txt"
    file.write_text(text.replace("1500份。", "1500份，成效显著。"), "utf-8")
    assert "SW401" in sw("check", file, sheet).out
    config = tmp_path / "summarywriter.toml"
    config.write_text('[policy]\npraise = "allow"\n', "utf-8")
    assert "SW401" not in sw("check", file, sheet).out
    config.write_text('[policy]\npraise = "alow"\n', "utf-8")
    done = sw("check", file, sheet, "--lang", "en")
    assert done.code == 2
    assert "summarywriter.toml:2: praise" in done.err


def test_one_path_alone_is_refused(sw, sheet):
    done = sw("check", sheet, "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "fact sheet" in done.err
