"""``summarywriter batch``: a folder of sheets in, a folder of summaries out; resumes where it stopped."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text
from summarywriter.cli.terminal import Terminal, is_live

if TYPE_CHECKING:
    from types import FrameType

    from summarywriter.batch import Engine, Journal, Progress, Setting
    from summarywriter.chat import Usage


class Engines(StrEnum):
    """Where sheets are written."""

    LOCAL = "local"
    RAY = "ray"
    OPENAI_BATCH = "openai-batch"


Sheets = Annotated[
    list[Path], typer.Argument(metavar="DIR|FACTS...", help=help_text("batch_sheets"), show_default=False)
]
Out = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=help_text("batch_output"))]


def batch(
    sheets: Sheets,
    *,
    output: Out,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT", help=help_text("batch_format"))
    ] = None,
    engine: Annotated[Engines, typer.Option("--engine", help=help_text("engine"))] = Engines.LOCAL,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=256, metavar="N", help=help_text("jobs"))] = 1,
    parallel: Annotated[int, typer.Option(min=1, max=4096, metavar="N", help=help_text("parallel"))] = 16,
    address: Annotated[str | None, typer.Option(metavar="HOST:PORT", help=help_text("address"))] = None,
    poll: Annotated[float, typer.Option(min=0.01, metavar="SECONDS", help=help_text("poll"))] = 30.0,
    again: Annotated[bool, typer.Option("--again", help=help_text("again"))] = False,
    price: Annotated[str | None, typer.Option(metavar="IN,OUT", help=help_text("price"))] = None,
    genre: options.GenreName = None,
    genres: options.GenreFolder = None,
    prompts: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("prompts"))] = None,
    script: options.ScriptName = None,
    length: options.Length = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("model"))] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help=help_text("base_url"))] = None,
    api_key_env: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("api_key_env"))] = None,
    privacy: Annotated[
        str, typer.Option("--privacy", metavar="open|mask", help=help_text("privacy"))
    ] = "open",
    send_marked: Annotated[bool, typer.Option("--send-marked", help=help_text("send_marked"))] = False,
    window: Annotated[int | None, typer.Option(min=512, metavar="N", help=help_text("window"))] = None,
    rounds: Annotated[int, typer.Option(min=0, max=5, metavar="N", help=help_text("rounds"))] = 1,
    draft: options.DraftMark = False,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """Write every sheet; what became of each stands in batch-report.csv and batch-report.html."""
    from summarywriter.batch import Journal, Setting, run_batch, sheets_in
    from summarywriter.batch.report import summed
    from summarywriter.cli.language import script_of_locale
    from summarywriter.cli.setting import policy_for, refuse, spoken

    formats = _formats(format_)
    if privacy not in ("open", "mask"):
        refuse("cli.privacy")
    needing = {"--base-url": base_url, "--api-key-env": api_key_env, "--price": price}
    asked = engine.value if engine is Engines.OPENAI_BATCH else None
    _see_model(model, {**needing, "--engine openai-batch": asked})
    for path in sheets:
        if not path.exists():
            refuse("batch.nowhere", path=str(path))
    terminal = Terminal(spoken(lang), script_of_locale())
    setting = Setting(
        formats=formats,
        genre=genre,
        genre_folder=str(genres.resolve()) if genres else None,
        prompt_folder=str(prompts.resolve()) if prompts else None,
        rounds=rounds,
        length=length,
        script=script.value if script else None,
        privacy="mask" if privacy == "mask" else "open",
        send_marked=send_marked,
        window=window,
        policy=policy_for(config, terminal),
        draft=draft,
        lang=terminal.lang,
        model=model,
        base_url=base_url,
        key_variable=api_key_env,
        parallel=parallel,
    )
    setting.writer(setting.asked())  # a wrong folder, URL or key is told before the work begins
    prices = _prices(price)
    total = sum(1 for _ in sheets_in(sheets, leave=output))
    if not total:
        refuse("batch.empty", path=", ".join(map(str, sheets)))
    with (
        Journal(output, lang=setting.lang) as journal,
        _interruptible(terminal) as stop,
        _Board(terminal, total, journal, prices if setting.model else None) as board,
    ):
        totals = run_batch(
            sheets_in(sheets, leave=output),
            journal,
            _engine(engine, setting, journal, jobs=jobs, address=address, poll=poll),
            setting,
            again=again,
            stopping=lambda: bool(stop),
            watch=board.show,
        )
        board.stop()
        terminal.result(terminal.words("cli.written", path=output / "batch-report.html"))
        for row in journal.rows():
            if row.message:
                terminal.note(row.message, "error")
        terminal.note(summed(journal, lang=setting.lang), "good" if not totals.failed else "warning")
        if setting.model is not None:
            terminal.note(_spent(_usage(journal), prices, terminal))
        left = total - totals.done - totals.failed
    if stop:
        terminal.say("batch.stopped", "warning", left=left)
        raise typer.Exit(130)
    if totals.failed:
        raise typer.Exit(1)


def _see_model(model: str | None, needing: dict[str, str | None]) -> None:
    """Refuse options that mean nothing without a model."""
    from summarywriter.cli.setting import refuse

    for option, given in needing.items():
        if model is None and given is not None:
            refuse("cli.needs_model", option=option)


def _formats(given: list[str] | None) -> tuple[str, ...]:
    from summarywriter.cli.setting import refuse
    from summarywriter.render import FORMATS

    names = dict.fromkeys(
        name.strip().lower().removeprefix(".") for text in given or ["docx"] for name in text.split(",")
    )
    for name in names:
        if name not in FORMATS:
            refuse("batch.format", format=name, known=" ".join(FORMATS))
    return tuple(names)


def _prices(text: str | None) -> tuple[float, float] | None:
    """Prices of a million tokens sent and received."""
    from summarywriter.cli.setting import refuse

    if text is None:
        return None
    try:
        sent, received = (float(part) for part in text.split(","))
    except ValueError:
        refuse("batch.price", text=text)
    return sent, received


def _engine(
    name: Engines, setting: Setting, journal: Journal, *, jobs: int, address: str | None, poll: float
) -> Engine:
    store = journal.store
    if name is Engines.OPENAI_BATCH:
        from summarywriter.batch.openai_batch import BatchQueueEngine

        return BatchQueueEngine(setting, journal, poll=poll)
    if name is Engines.RAY:
        from summarywriter.batch.ray import RayEngine

        return RayEngine(setting, store=store, address=address)
    from summarywriter.batch import LocalEngine

    return LocalEngine(setting, jobs=jobs, store=store)


@contextmanager
def _interruptible(terminal: Terminal) -> Iterator[list[int]]:
    """The first Ctrl-C lets what is under way finish; the second ends the run at once."""
    stop: list[int] = []

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if stop:
            raise KeyboardInterrupt
        stop.append(1)
        terminal.say("batch.stopping", "warning")

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _usage(journal: Journal) -> Usage:
    from summarywriter.models.store import ReplyStore

    store = ReplyStore(journal.store)
    try:
        return store.usage()
    finally:
        store.close()


def _spent(usage: Usage, prices: tuple[float, float] | None, terminal: Terminal) -> str:
    cost = ""
    if prices is not None:
        spent = (usage.prompt_tokens * prices[0] + usage.completion_tokens * prices[1]) / 1e6
        cost = terminal.words("batch.cost", cost=f"{spent:.2f}")
    return terminal.words(
        "batch.tokens", sent=f"{usage.prompt_tokens:,}", received=f"{usage.completion_tokens:,}", cost=cost
    )


class _Board:
    """A live table on a terminal; in a pipe, a line now and then."""

    def __init__(
        self, terminal: Terminal, total: int, journal: Journal, prices: tuple[float, float] | None
    ) -> None:
        self._terminal, self._total, self._journal, self._prices = terminal, total, journal, prices
        self._live: Any = None
        self._shown = 0.0

    def __enter__(self) -> Self:
        if is_live(sys.stderr):
            from rich.console import Console
            from rich.live import Live

            self._live = Live(console=Console(stderr=True), refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the table down."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def show(self, progress: Progress) -> None:
        """Take one step."""
        every = 0.25 if self._live is not None else 30.0
        if progress.seconds - self._shown < every:
            return
        self._shown = progress.seconds
        rows = self._rows(progress)
        if self._live is None:
            self._terminal.note(" · ".join(f"{name} {value}" for name, value in rows))
            return
        from rich.table import Table

        table = Table(show_header=False, box=None)
        for name, value in rows:
            table.add_row(name, value)
        self._live.update(table)

    def _rows(self, progress: Progress) -> list[tuple[str, str]]:
        words = self._terminal.words
        finished = progress.written + progress.failed + progress.before
        left = max(self._total - finished, 0)
        rows = [
            (words("batch.board.done"), f"{finished}/{self._total}"),
            (words("batch.board.failed"), str(progress.failed)),
            (words("batch.board.rate"), f"{progress.rate * 60:.1f}"),
        ]
        if progress.rate > 0:
            seconds = round(left / progress.rate)
            rows.append(
                (words("batch.board.left"), f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")
            )
        if self._journal.store.exists():
            rows.append(
                (words("batch.board.tokens"), _spent(_usage(self._journal), self._prices, self._terminal))
            )
        rows.append((words("batch.board.last"), progress.last))
        return rows
