"""Where a sheet was read, for messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where a sheet was read: no part of what it says, so that all origins are equal.

    Attributes:
        file: Name of the file as the user gave it; ``""`` for none.
        lines: Line of each value, by its path of canonical keys and positions from 0.
    """

    file: str = ""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return hash(Origin)

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """The line of the value at ``path``, or of what holds it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None
