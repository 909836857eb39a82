"""Made-up county sheets, and the words to change one of them by."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from summarywriter.facts.load import facts_from
from summarywriter.facts.model import EventFacts

SHEETS = Path(__file__).parents[2] / "benchmarks" / "sheets.py"


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made_up_sheets", SHEETS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def data() -> Callable[..., list[dict[str, Any]]]:
    """Data of county sheets that a test may change."""

    def make(
        count: int = 21, seed: int = 1, kind: str = "science", level: str = "district"
    ) -> list[dict[str, Any]]:
        return copy.deepcopy(generator().counties(seed, count, kind=kind, level=level))

    return make


@pytest.fixture
def sheets() -> Callable[[list[dict[str, Any]]], list[EventFacts]]:
    """The sheets of such data."""
    return lambda data: [facts_from(sheet) for sheet in data]


def county(name: str, *totals: str, **more: Any) -> dict[str, Any]:
    """A small sheet of one county."""
    return {
        "title": f"{name}讀書月活動總結",
        "level": "district",
        "unit": f"{name}文化局",
        "script": "hant",
        "totals": list(totals),
        **more,
    }
