"""The problems of one sheet, gathered while it is read, so that all are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summarywriter.errors import Problem
from summarywriter.messages import render

Path = tuple[str | int, ...]
"""Where in a sheet: keys as the user wrote them, and positions from 0."""


def spelled(path: Sequence[str | int]) -> str:
    """A path as it is shown.

    Example:
        >>> spelled(("activities", 2, "figures", 0, "unit"))
        'activities[2].figures[0].unit'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


@dataclass(slots=True)
class Problems:
    """A list that knows the file, and the language that its user reads.

    Attributes:
        file: Name of the file as the user gave it.
        script: ``hans`` or ``hant``: the script of the messages.
        lang: ``zh`` or ``en``.
        found: What was found, in order of finding.
    """

    file: str = ""
    script: str = "hant"
    lang: str = "zh"
    found: list[Problem] = field(default_factory=list)

    def add(self, rule: str, line: int | None, path: Sequence[str | int] = (), /, **params: Any) -> None:
        """Add one problem, told by the catalogue's message ``rule``."""
        message = render(rule, lang=self.lang, script=self.script, **params)
        problem = Problem(message, line=line, key=spelled(path), file=self.file)
        if problem not in self.found:
            self.found.append(problem)

    def in_order(self) -> tuple[Problem, ...]:
        """All problems, by line; those without one first."""
        return tuple(sorted(self.found, key=lambda problem: problem.line or 0))
