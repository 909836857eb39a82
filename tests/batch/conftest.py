"""Made-up sheets in a folder, a model server on this machine, and the command in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
collect_ignore = ["ray_nodes.py"]  # a script of test_ray's: it imports Ray, which may not be installed


@cache
def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A folder of made-up sheets."""

    def make(count: int, seed: int = 3) -> Path:
        module("sheets").fill(tmp_path / "sheets", count, seed)
        return tmp_path / "sheets"

    return make


@pytest.fixture
def good_replies() -> Callable[[Path], dict[str, str]]:
    """What a model that follows the rules answers, for every sheet of a folder."""

    def make(sheets: Path) -> dict[str, str]:
        from summarywriter import load_facts

        found: dict[str, str] = {}
        for file in sorted(sheets.iterdir()):
            found.update(module("loopback").good_replies(load_facts(file)))
        return found

    return make


class Loopback:
    """A model server in a process of its own."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self._stats = f"http://127.0.0.1:{port}/stats"

    def stats(self) -> dict[str, Any]:
        with urllib.request.urlopen(self._stats, timeout=10) as answer:  # noqa: S310  our own
            return json.load(answer)


@pytest.fixture
def loopback(tmp_path: Path) -> Iterator[Callable[..., Loopback]]:
    """Start servers; they end with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(replies: dict[str, str], *options: object) -> Loopback:
        file = tmp_path / f"replies-{len(started)}.json"
        file.write_text(json.dumps(replies, ensure_ascii=False), encoding="utf-8")
        words = [
            sys.executable,
            ROOT / "benchmarks" / "loopback.py",
            "--port",
            0,
            "--replies",
            file,
            *options,
        ]
        process = subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return Loopback(int(process.stdout.readline()))

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "summarywriter", *map(str, words)]


@pytest.fixture
def batch() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``summarywriter batch`` to its end."""

    def call(*words: object) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "SUMMARYWRITER"))}
        return subprocess.run(
            command("batch", *words), capture_output=True, text=True, check=False, timeout=300, env=clean
        )

    return call


@pytest.fixture
def begun() -> Callable[..., AbstractContextManager[subprocess.Popen[str]]]:
    """The command under way; killed if the test does not end it."""
    return _begun


@contextmanager
def _begun(*words: object) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command("batch", *words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()
