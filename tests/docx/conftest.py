"""What a .docx looks like: LibreOffice lays it out with free stand-in fonts, and the PDF is measured."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

#: The fonts of official documents are not free. Every Chinese font is one em wide, so any stands in.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{aliases}
</fontconfig>"""
SERIF = ("方正小标宋简体", "方正小标宋繁体", "宋体", "仿宋_GB2312", "仿宋", "楷体_GB2312", "楷体")
ALIAS = '<alias binding="same"><family>{name}</family><prefer><family>{font}</family></prefer></alias>'


@dataclass(frozen=True)
class PrintedLine:
    """A line as it stands on the page; points, from the top left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class PrintedPage:
    """A page: its lines inside the type area, and those outside (header, page number)."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    outside: tuple[PrintedLine, ...]


MM = 72 / 25.4
BOTTOM = (297 - 35) * MM


@pytest.fixture(scope="session")
def printed(
    tmp_path_factory: pytest.TempPathFactory, needs_program: Callable[[str, str], str]
) -> Callable[..., dict[str, tuple[PrintedPage, ...]]]:
    soffice = needs_program("soffice", "libreoffice-writer-nogui")
    pdftotext = needs_program("pdftotext", "poppler-utils")
    found = subprocess.run(
        [needs_program("fc-list", "fontconfig"), ":lang=zh-tw", "family"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Noto Serif CJK" not in found:
        told = "no Chinese fonts to lay out with (Debian: apt-get install fonts-noto-cjk)"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    home = tmp_path_factory.mktemp("office")
    aliases = [ALIAS.format(name=name, font="Noto Serif CJK SC") for name in SERIF]
    aliases.append(ALIAS.format(name="黑体", font="Noto Sans CJK SC"))
    (home / "fonts.conf").write_text(FONTS.format(aliases="\n".join(aliases)), encoding="utf-8")
    environment = os.environ | {"FONTCONFIG_FILE": str(home / "fonts.conf"), "HOME": str(home)}

    def lay_out(documents: dict[str, bytes]) -> dict[str, tuple[PrintedPage, ...]]:
        folder = tmp_path_factory.mktemp("docx")
        for name, content in documents.items():
            (folder / f"{name}.docx").write_bytes(content)
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                *(str(folder / f"{name}.docx") for name in documents),
            ],
            check=True,
            capture_output=True,
            timeout=300,
            env=environment,
        )
        return {name: read(pdftotext, folder / f"{name}.pdf") for name in documents}

    return lay_out


def read(pdftotext: str, pdf: Path) -> tuple[PrintedPage, ...]:
    html = subprocess.run(
        [pdftotext, "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    html = re.sub(r"^<!DOCTYPE[^>]*>", "", html).replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    pages = []
    for page in ET.fromstring(html).iter("page"):  # noqa: S314  written by our own pdftotext
        rows: list[list[tuple[float, float, float, float, str]]] = []
        for word in page.iter("word"):
            box = tuple(float(word.get(key, "0")) for key in ("xMin", "xMax", "yMin", "yMax"))
            middle = (box[2] + box[3]) / 2
            row = next((r for r in rows if abs((r[0][2] + r[0][3]) / 2 - middle) < 6), None)
            if row is None:
                rows.append(row := [])
            row.append((*box, word.text or ""))  # type: ignore[arg-type]
        lines = []
        for row in sorted(rows, key=lambda r: r[0][2]):
            row.sort()
            text = "".join(word[4] for word in row)
            lines.append(
                PrintedLine(
                    text,
                    row[0][0],
                    max(w[1] for w in row),
                    min(w[2] for w in row),
                    max(w[3] for w in row),
                )
            )
        inside = tuple(line for line in lines if line.top < BOTTOM)
        outside = tuple(line for line in lines if line.top >= BOTTOM)
        pages.append(PrintedPage(float(page.get("width")), float(page.get("height")), inside, outside))  # type: ignore[arg-type]
    return tuple(pages)
