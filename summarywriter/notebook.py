"""Progress in a notebook: one bar a stage, updated in place.

SummaryWriter(model, on_event=Progress()).write(facts)
"""

from __future__ import annotations

from typing import Any

from summarywriter.messages import render
from summarywriter.summary import TraceEvent


class Progress:
    """Shows how far a summary is, as an event handler of `SummaryWriter`.

    Args:
        lang: ``zh`` or ``en``.
        script: Script of Chinese words.

    Raises:
        ImportError: There is no IPython here, so no notebook to show anything in.
    """

    def __init__(self, *, lang: str = "zh", script: str = "hant") -> None:
        import IPython.display  # noqa: F401  said here, not at the first event

        self._lang, self._script = lang, script
        self._asked: dict[str, int] = {}
        self._answered: dict[str, int] = {}
        self._handle: Any = None

    def __call__(self, event: TraceEvent) -> None:
        """Take one event."""
        if event.kind == "wave":
            self._asked[event.stage] = self._asked.get(event.stage, 0) + int(event.data["requests"])
        elif event.kind == "answered":
            self._answered[event.stage] = self._answered.get(event.stage, 0) + 1
        else:
            return
        self._show()

    def _show(self) -> None:
        from IPython.display import HTML, display

        bars = "".join(self._bar(stage, total) for stage, total in self._asked.items())
        view = HTML(f'<div role="status">{bars}</div>')  # type: ignore[no-untyped-call]
        if self._handle is None:
            self._handle = display(view, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(view)

    def _bar(self, stage: str, total: int) -> str:
        done = self._answered.get(stage, 0)
        said = render(f"cli.stage.{stage}", lang=self._lang, script=self._script, done=done, total=total)
        return f'<div>{said} <progress value="{done}" max="{total}"></progress></div>'
