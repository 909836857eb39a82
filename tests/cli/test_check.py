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
