"""What the files around the code promise. The wheel itself is built, installed and run by `make wheel`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    """Normalise a distribution's name (PEP 503)."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def _pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_a_wheel_carries_the_prompts() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"prompts": "summarywriter/prompts"}
    assert wheel["packages"] == ["summarywriter"]
    assert (ROOT / "prompts").is_dir()


def test_no_data_of_the_package_is_ignored_by_git() -> None:
    """Hatch leaves out of a wheel what .gitignore names, without a word."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert not [line for line in ignored if re.search(r"ya?ml|json|j2|prompts|genres|lexicon", line)]


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "summarywriter" / "py.typed").is_file()


def test_every_pin_is_a_name_and_a_version_and_no_host() -> None:
    assert [line for line in _pins() if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line)] == []


def test_every_direct_dependency_is_pinned() -> None:
    asked = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    assert {_name(line) for line in asked} <= {_name(line) for line in _pins()}


@pytest.mark.parametrize("ignored", PROJECT["tool"]["ruff"]["lint"]["ignore"])
def test_every_rule_that_is_off_has_its_reason_beside_it(ignored: str) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(rf'^    "{ignored}", +# \S', text, re.MULTILINE)


def test_ci_runs_the_gate_and_the_wheel() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^make check$", script, re.MULTILINE)
    assert re.search(r"^make wheel$", script, re.MULTILINE)


def test_the_gate_includes_the_tests() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^check:.* coverage\b", makefile, re.MULTILINE)
    assert "$(MAKE) test " in makefile
