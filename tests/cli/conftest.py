"""The command line, in this process and in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarywriter.cli.run import run

SHEET = """\
标题: 临江镇2025年消防宣传月活动总结
字形: 简体
层级: 乡镇
单位: 临江镇人民政府
时间: 2025-11-01/2025-11-30
活动:
  - {编号: a1, 名称: 启动仪式, 日期: 2025-11-01, 地点: 镇文化广场, 数据: [参加 260余人, 发放宣传手册 1500份]}
  - {编号: a2, 名称: 应急疏散演练, 日期: 2025-11-09, 地点: 镇中心学校, 数据: [参与师生 840名]}
汇总: [发放宣传资料 4200余份]
存在问题: [个别商铺用电线路老化，整改进度较慢]
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(SHEET, encoding="utf-8")
    return file


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def sw(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Run a command in this process."""
    for name in ("SUMMARYWRITER_LANG", "SUMMARYWRITER_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: object) -> Outcome:
        arguments = [str(word) for word in words]
        monkeypatch.setattr(sys, "argv", ["summarywriter", *arguments])
        code = run(arguments)
        shown = capsys.readouterr()
        return Outcome(code, shown.out, shown.err)

    return call


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command in a process of its own."""

    def call(*words: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
        clean = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("PYTHON", "LC_", "LANG", "SUMMARYWRITER"))
        }
        return subprocess.run(
            [sys.executable, "-m", "summarywriter", *map(str, words)],
            env=clean | variables,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return call
