"""What passes between the driver and an engine: a sheet to write, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from summarywriter.pins import PinnedText


class State(StrEnum):
    """What became of a sheet."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"  # the model is misconfigured: the run cannot go on


@dataclass(frozen=True, slots=True)
class Job:
    """One sheet to write.

    Attributes:
        name: Its name in the batch, a relative path with forward slashes.
        content: The sheet's file.
        pins: Its summary of an earlier run, where a person has pinned passages of it.
    """

    name: str
    content: bytes = field(repr=False)
    pins: PinnedText | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        name: The job's.
        state: Done, failed, or refused by a misconfigured model.
        outputs: The files to write, by format.
        title: Title of the summary.
        genre: Its genre.
        errors: Errors of the verifier.
        warnings: Warnings of the verifier.
        untold: Facts that are not told.
        gaps: 〔待補〕 in the text.
        replies: Answers of a model that it took, new and kept ones.
        fallbacks: Sections that the realiser wrote in the model's stead, with the reason.
        findings: The verifier's errors and warnings, told.
        message: Why it failed.
        seconds: Time that it took, waiting for a model included.
    """

    name: str
    state: State
    outputs: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    title: str = ""
    genre: str = ""
    errors: int = 0
    warnings: int = 0
    untold: int = 0
    gaps: int = 0
    replies: int = 0
    fallbacks: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    message: str = ""
    seconds: float = 0.0


class Engine(Protocol):
    """Where sheets are written."""

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        """Write sheets.

        Args:
            jobs: Taken one by one, as there is room: never far ahead of what is written.

        Yields:
            What became of each, in the order of finishing. Closing the iterator stops the work.
        """
        ...
