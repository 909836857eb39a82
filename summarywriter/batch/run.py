"""The driver of a batch: sheets in, files and a journal out, whichever engine does the writing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.batch.job import Engine, Job, Outcome, State
from summarywriter.batch.journal import Journal, Totals
from summarywriter.batch.report import write_reports
from summarywriter.batch.setting import Setting
from summarywriter.batch.sheets import Sheet
from summarywriter.errors import BatchError, ModelConfigError, RenderError
from summarywriter.messages import render

if TYPE_CHECKING:
    from summarywriter.pins import PinnedText


@dataclass(slots=True)
class Progress:
    """How a batch is getting on.

    Attributes:
        written: Sheets written in this run.
        failed: Sheets that could not be, in this run.
        before: Sheets that were written already.
        replies: Answers of a model that this run's sheets took.
        seconds: Since the run began.
        last: The sheet that was finished last.
    """

    written: int = 0
    failed: int = 0
    before: int = 0
    replies: int = 0
    seconds: float = 0.0
    last: str = ""

    @property
    def rate(self) -> float:
        """Sheets a second in this run."""
        return (self.written + self.failed) / self.seconds if self.seconds > 0 else 0.0


def run_batch(
    sheets: Iterable[Sheet],
    journal: Journal,
    engine: Engine,
    setting: Setting,
    *,
    again: bool = False,
    stopping: Callable[[], bool] = lambda: False,
    watch: Callable[[Progress], None] = lambda _: None,
) -> Totals:
    """Write what is still to be written, and report on the whole.

    Args:
        sheets: Taken one by one: their number does not matter.
        journal: Open on the output folder.
        engine: Who writes.
        setting: How.
        again: Also write again what the realiser had to write in the model's stead.
        stopping: Asked before each sheet; once it says so, what is under way is finished and no more begun.
        watch: Called after each sheet.

    Returns:
        The totals of the whole batch, whatever was written when.

    Raises:
        ModelConfigError: The model refuses us for good.
        BatchError: The journal or the report cannot be written: the disk is full.
    """
    progress, start = Progress(), time.perf_counter()
    jobs = _jobs(sheets, journal, setting, progress, again=again, stopping=stopping)
    results = engine.outcomes(jobs)
    try:
        for outcome in results:
            if outcome.state is State.REFUSED:
                raise ModelConfigError(outcome.message)
            _keep(outcome, journal, setting, progress)
            progress.seconds = time.perf_counter() - start
            watch(progress)
    finally:
        close = getattr(results, "close", None)
        if close is not None:
            close()
    write_reports(journal, lang=setting.lang)
    return journal.totals()


def _jobs(
    sheets: Iterable[Sheet],
    journal: Journal,
    setting: Setting,
    progress: Progress,
    *,
    again: bool,
    stopping: Callable[[], bool],
) -> Iterator[Job]:
    """The sheets still to be written; one that cannot be read has failed at once."""
    digest = setting.digest
    for sheet in sheets:
        if stopping():
            return
        try:
            content = sheet.content()
        except OSError as error:
            reason = render("file.unreadable", lang=setting.lang, reason=error.strerror or str(error))
            journal.needs(sheet.name, b"", "")
            journal.finish(Outcome(sheet.name, State.FAILED, message=f"{sheet.name}: {reason}"), {})
            progress.failed += 1
            continue
        if journal.needs(sheet.name, content, digest, again=again):
            yield Job(sheet.name, content, _pins(journal.out / f"{journal.target(sheet.name)}.docx", setting))
        else:
            progress.before += 1


def _pins(written: Path, setting: Setting) -> PinnedText | None:
    """What a person has pinned in the .docx of an earlier run, which this one is about to replace."""
    if "docx" not in setting.formats or not written.is_file():
        return None
    from summarywriter.refill.pinned import has_pins, load_pins

    return load_pins(written, lang=setting.lang) if has_pins(written) else None


def _keep(outcome: Outcome, journal: Journal, setting: Setting, progress: Progress) -> None:
    """Write the files of an outcome, then take it down."""
    from summarywriter.render import write_whole

    files = {f"{journal.target(outcome.name)}.{name}": data for name, data in outcome.outputs.items()}
    try:
        for file, content in files.items():
            path = journal.out / file
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content, lang=setting.lang)
    except (OSError, RenderError) as error:
        outcome = Outcome(outcome.name, State.FAILED, message=str(error))
        files = {}
        if _is_full(error):
            journal.finish(outcome, {})
            raise BatchError(render("batch.full", lang=setting.lang, reason=str(error))) from error
    journal.finish(outcome, files)
    progress.last = outcome.name
    progress.replies += outcome.replies
    if outcome.state is State.DONE:
        progress.written += 1
    else:
        progress.failed += 1


def _is_full(error: BaseException) -> bool:
    import errno

    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)
