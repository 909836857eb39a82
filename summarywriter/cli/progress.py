"""Progress on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from summarywriter.cli.terminal import Terminal, is_live

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from summarywriter.summary import TraceEvent

_WIDEST = 100
"""Cells that a bar and its words take at most; more tells nobody more."""


class Progress:
    """A bar on stderr for each wave while a model writes: the sections' drafts, then both halves of a round.

    Bars of what is done stay until the text is there; then all of them go.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._bars: Bars | None = None
        self._stage = ""
        self._bar: TaskID | None = None
        self._round = self._asked = self._answered = 0
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
        if self._bars is not None:
            self._bars.stop()

    def event(self, event: TraceEvent) -> None:
        """Take one step of the trace."""
        if event.kind not in {"wave", "answered", "text"} or not self.is_live:
            return
        if event.kind == "wave":
            self._begin(event.stage, event.data["requests"])
        elif event.kind == "answered":
            self._answered += 1
        else:
            self._received[event.section] = event.data["characters"]
        self._show()

    def _begin(self, stage: str, requests: int) -> None:
        """Begin a bar; drafts that are asked for again go on with theirs."""
        if self._bars is None:
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            columns = (
                TextColumn("{task.description}"),
                BarColumn(bar_width=None),
                TextColumn("{task.fields[received]}", style="dim"),
                TimeElapsedColumn(),
            )
            console = Console(stderr=True)
            console.width = min(console.width, _WIDEST)
            self._bars = Bars(*columns, console=console, transient=True, expand=True)
            self._bars.start()
        if stage == self._stage == "draft":
            self._asked += requests
        else:
            self._round += stage == "critique"
            self._stage, self._asked, self._answered = stage, requests, 0
            self._received.clear()
            self._bar = self._bars.add_task("", received="")

    def _show(self) -> None:
        if self._bars is None or self._bar is None:
            return
        said = self._terminal.words(f"cli.stage.{self._stage}", done=self._answered, total=self._asked)
        if self._round:
            said = self._terminal.words("cli.round", round=self._round, said=said)
        count = sum(self._received.values())
        received = self._terminal.words("cli.received", count=count) if count else ""
        self._bars.update(
            self._bar, description=said, total=self._asked, completed=self._answered, received=received
        )
