"""Sheets by writers who had not seen the realiser: what it makes of each is whole and clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarywriter import SummaryWriter, load_facts

SHEETS = sorted((Path(__file__).parents[2] / "fixtures" / "passages" / "sheets").glob("*.yaml"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_every_fact_is_told_and_nothing_is_wrong_or_clumsy(sheet: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    assert summary.report.errors == ()
    assert summary.report.untold == ()
    assert not [f for f in summary.report.findings if f.code == "SW413"]
    for marks in (
        "，，",
        "；；",
        "。。",
        "，。",
        "；。",
        "；，",
        "、、",
        "正在正在",
        "擬擬",
        "拟拟",
        "於於",
        "于于",
    ):
        assert marks not in summary.text
    longest = max(len(line) for line in summary.text.splitlines())
    assert longest <= 300  # no paragraph that tells one thing after another without end
