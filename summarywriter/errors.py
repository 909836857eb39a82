"""Every exception of the library, drawn as one tree.

SummaryWriterError
├── FactsError            a sheet cannot be read; carries every problem of the file
│   └── EmptyFactsError   a sheet with nothing to tell
├── GenreError            a genre file is wrong
├── PolicyError           a [policy] table is wrong
├── PromptError           a prompt template is wrong or lacks a variable
├── ResourceError         package data is missing: a broken install
├── BatchError            a batch cannot go on: its folder is in use, its journal or disk is full
├── StoreError            a store of replies cannot be opened or read
├── PricesError           a table of prices is wrong
├── PrivacyError          a sheet that must not leave the house, and a model that is not in it
├── BudgetError           a request cannot fit the model's window
├── ModelError            a service failed
│   ├── ModelConfigError  401, 403, 404, bad URL: raised at once, exit code 3
│   ├── ModelTimeoutError
│   ├── ModelRateError    429 that outlived the retries
│   ├── ModelRefusedError a filter or the model refused
│   ├── ReplyFormatError  a reply that is no reply
│   └── RecordingError    a recorded reply is missing or stale
├── UngroundedError       strict mode: the summary still has verifier errors
└── RenderError           an output cannot be written

What a model got wrong is a value (`Finding`, `Remark`); what the caller or the world got wrong is
an exception, carrying what a caller needs to act, with the original as ``__cause__``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input file.

    Attributes:
        message: What is wrong and what would be right, one line, no trailing full stop needed.
        line: Line in the file, from 1; ``None`` where there is no file.
        key: Path of the key, e.g. ``activities[2].figures[0].unit``.
        file: Name of the file as the user gave it.
    """

    message: str
    line: int | None = None
    key: str = ""
    file: str = ""

    def __str__(self) -> str:
        """Return ``file:line: key: message``, leaving out what is unknown."""
        place = ":".join(str(part) for part in (self.file, self.line) if part not in ("", None))
        return ": ".join(part for part in (place, self.key, self.message) if part)


class SummaryWriterError(Exception):
    """The root of every exception that this library raises on purpose."""


class FactsError(SummaryWriterError):
    """A fact sheet cannot be used.

    Attributes:
        problems: Everything wrong in the sheet, in file order, never empty.
    """

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        """Take all problems of one sheet, or one message."""
        self.problems: tuple[Problem, ...] = (
            (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EmptyFactsError(FactsError):
    """A sheet that holds no fact to tell: a summary of it could only be invented."""


class GenreError(SummaryWriterError):
    """A genre is unknown, or its file is wrong."""


class PolicyError(SummaryWriterError):
    """A ``[policy]`` table is wrong.

    Attributes:
        key: The key that is wrong; ``""`` where the file itself is.
    """

    def __init__(self, message: str, key: str = "") -> None:
        """Take the message and the key."""
        super().__init__(message)
        self.key = key


class PromptError(SummaryWriterError):
    """A prompt template is missing, malformed, or uses a variable that is not given."""


class ResourceError(SummaryWriterError):
    """Data that ships with the package is missing: the installation is broken."""


class StoreError(SummaryWriterError):
    """A store of replies cannot be opened, read or written."""


class PricesError(SummaryWriterError):
    """A table of prices cannot be read, or says something else."""


class PrivacyError(SummaryWriterError):
    """A sheet with secrecy markings or personal data, and a model at a remote endpoint.

    Attributes:
        diagnostics: What was found, as `lint` tells it.
    """

    def __init__(self, message: str, diagnostics: Sequence[object] = ()) -> None:
        """Take the message and what was found."""
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class BatchError(SummaryWriterError):
    """A batch cannot begin or go on; what was written stands, and running it again goes on from there."""


class BudgetError(SummaryWriterError):
    """A request cannot be made to fit the model's context window."""


class ModelError(SummaryWriterError):
    """A model's service failed; the base of what a driver turns into a `Failure`."""


class ModelConfigError(ModelError):
    """The endpoint refuses us for good (401, 403, 404, bad URL): tell the user, do not retry."""


class ModelTimeoutError(ModelError):
    """No answer within the deadline."""


class ModelRateError(ModelError):
    """Still rate-limited after the retries."""


class ModelRefusedError(ModelError):
    """A content filter, or the model itself, refused the request."""


class ReplyFormatError(ModelError):
    """The service answered with something that is not a usable reply."""


class RecordingError(ModelError):
    """A recorded reply is missing, or was recorded for another request."""


class UngroundedError(SummaryWriterError):
    """Strict mode only: a summary that still has verifier errors.

    Attributes:
        report: The `VerificationReport`, with the findings.
    """

    def __init__(self, message: str, report: object) -> None:
        """Take the message and the report that explains it."""
        super().__init__(message)
        self.report = report


class RenderError(SummaryWriterError):
    """An output file cannot be written."""
