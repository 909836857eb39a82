"""Progress on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from summarywriter.cli.terminal import Terminal, is_live

if TYPE_CHECKING:
    from rich.status import Status

    from summarywriter.summary import TraceEvent


class Progress:
    """One moving line on stderr while a model writes: what is asked, and how much of it is answered."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._status: Status | None = None
        self._stage = ""
        self._asked = self._answered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def event(self, event: TraceEvent) -> None:
        """Take one step of the trace."""
        if event.kind not in {"request", "reply", "failure"} or not is_live(sys.stderr):
            return
        if event.stage != self._stage:
            self._stage, self._asked, self._answered = event.stage, 0, 0
        if event.kind == "request":
            self._asked += 1
        else:
            self._answered += 1
        line = self._terminal.words(f"cli.stage.{event.stage}", done=self._answered, total=self._asked)
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True).status(line)
            self._status.start()
        else:
            self._status.update(line)
