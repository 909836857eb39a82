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
        self._received: dict[str, int] = {}

    @property
    def is_live(self) -> bool:
        """Whether somebody sees it."""
        return is_live(sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def event(self, event: TraceEvent) -> None:
        """Take one step of the trace."""
        if event.kind not in {"wave", "answered", "text"} or not self.is_live:
            return
        if event.kind == "wave":
            self._stage, self._asked, self._answered = event.stage, event.data["requests"], 0
            self._received.clear()
        elif event.kind == "answered":
            self._answered += 1
        else:
            self._received[event.section] = event.data["characters"]
        line = self._terminal.words(f"cli.stage.{self._stage}", done=self._answered, total=self._asked)
        if self._received:
            line = self._terminal.words("cli.received", line=line, count=sum(self._received.values()))
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True).status(line)
            self._status.start()
        else:
            self._status.update(line)
