"""The clerk's guide, followed literally: what it says to type and to fill in gives what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "guide.zh.md").read_text(encoding="utf-8")
FIGURES = (
    ("启动仪式", "参加", None, 320, "余", "人"),
    ("启动仪式", "发放", "告家长书", 1500, None, "份"),
    ("救生技能演练", "参与", "师生", 210, None, "名"),
    (None, "受教育", "师生", 3600, "余", "人次"),
)


def steps() -> list[tuple[str, list[str]]]:
    """Commands and what the page shows of them."""
    blocks = re.findall(r"```console\n\$ (.*?)\n(.*?)```", GUIDE, re.DOTALL)
    return [(command, shown.strip().split("\n")) for command, shown in blocks]


def tables(heading: str) -> list[list[str]]:
    """Rows of the table under a bold name."""
    part = GUIDE.split(f"**{heading}**")[1].split("**")[0]
    rows = [row.strip("|").split("|") for row in re.findall(r"^\|.*\|$", part, re.MULTILINE)]
    return [[cell.strip() for cell in row] for row in rows if not set("".join(row)) <= {"-", " "}]


def fill(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    basic = {row[0].value: row[1] for row in book["基本信息"].iter_rows()}
    for name, value in tables("基本信息"):
        if name:
            basic[name].value = value
    for sheet in ("活动", "问题与打算"):
        heads = [cell.value for cell in book[sheet][1]]
        head, *rows = tables(sheet)
        for number, row in enumerate(rows, 2):
            for name, value in zip(head, row, strict=True):
                book[sheet].cell(number, heads.index(name) + 1, value)
    heads = [cell.value for cell in book["数据"][1]]
    for number, row in enumerate(FIGURES, 2):
        for name, value in zip(("活动", "动作", "对象", "数值", "修饰", "量词"), row, strict=True):
            book["数据"].cell(number, heads.index(name) + 1, value)
    book.save(path)


@pytest.fixture
def typed(tmp_path: Path):
    def call(command: str) -> list[str]:
        words = shlex.split(command)
        assert words[0] == "summarywriter"
        done = subprocess.run(
            [sys.executable, "-m", "summarywriter", *words[1:]],
            cwd=tmp_path,
            env={"LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1", "PATH": "", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [*done.stdout.strip().split("\n"), *done.stderr.strip().split("\n")]

    return call


def test_the_guide_can_be_followed_from_its_first_line_to_its_last(typed, tmp_path) -> None:
    new, lint, write, refill, anew = steps()
    assert set(new[1]) <= set(typed(new[0]))
    fill(tmp_path / "事实表.xlsx")
    for command, shown in (lint, write):
        told = typed(command)
        assert [line for line in shown if line not in told] == []
    book = openpyxl.load_workbook(tmp_path / "事实表.xlsx")
    for row in book["数据"].iter_rows():
        for cell in row:
            if cell.value == 1500:
                cell.value = 1600
    book.save(tmp_path / "事实表.xlsx")
    told = typed(refill[0])
    # The sentence that a message quotes is the writer's, and may be worded otherwise from release to release.
    heads = [line.split("）：")[0] for line in told]
    assert [line for line in refill[1] if line.split("）：")[0] not in heads] == []
    settled = pin_a_sentence(tmp_path / "总结2.docx")
    told = typed(anew[0])
    assert [line for line in anew[1] if line not in told] == []
    assert settled in "\n".join(p.text for p in Document(str(tmp_path / "总结3.docx")).paragraphs)


def pin_a_sentence(path: Path) -> str:
    """Reword a paragraph in Word and put the style on it."""
    document = Document(str(path))
    paragraph = next(p for p in document.paragraphs if "210" in p.text)
    for run in paragraph.runs:
        run.text = run.text.replace("210", "共计210")
        run.style = document.styles["钉住"]
    document.save(str(path))
    return paragraph.text


def test_its_pictures_are_there() -> None:
    for picture in re.findall(r"\]\((images/.*?)\)", GUIDE):
        assert (ROOT / "docs" / picture).read_bytes().startswith(b"\x89PNG")
