"""The README's sample is what the library really does."""

from __future__ import annotations

import re
from pathlib import Path

from summarywriter import SummaryWriter, load_facts

ROOT = Path(__file__).resolve().parent.parent


def block(language: str) -> str:
    """The README's first code block of a language."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_sheet_shown_is_the_example() -> None:
    assert block("yaml") == (ROOT / "examples" / "drowning-prevention.yaml").read_text(encoding="utf-8")


def test_the_summary_shown_is_what_is_written() -> None:
    summary = SummaryWriter().write(load_facts(ROOT / "examples" / "drowning-prevention.yaml"))
    assert block("text").rstrip("\n") == summary.text.rstrip("\n")
    assert (len(summary.report.errors), summary.report.told, summary.report.total) == (0, 28, 28)


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("\n")[:15]
    assert any("make demo" in line for line in first)
    assert any("make test" in line for line in first)
