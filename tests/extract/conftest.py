"""The measuring script, and the reference text where a checkout has it beside it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def measuring() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "extraction_benchmark", ROOT / "benchmarks" / "extraction.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reference(measuring: ModuleType) -> str:
    path = measuring.reference()
    if path is None:
        pytest.skip("the reference text is not beside this checkout")
    return path.read_text(encoding="utf-8")
