"""The one retry policy: how often, how long to wait, and when waiting is of no use any more."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from summarywriter.models.faults import is_timeout, passes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenacity import RetryCallState

_LONGEST_BACKOFF = 30.0
_LONGEST_ASKED = 300.0
"""Seconds that a service may have us wait, where no deadline says less."""

_TIMEOUTS = 2
"""Attempts that may end without an answer: one more, for a server that is slow is not made faster."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How one request is tried again.

    Attributes:
        retries: Further attempts.
        backoff: Seconds before the first of them; doubled for each, with jitter.
        deadline: Moment of ``time.monotonic()`` after which nothing is tried.
        learns: Whether the fault is one that the request can be put otherwise for.
    """

    retries: int
    backoff: float
    deadline: float | None
    learns: Callable[[BaseException], bool]

    def policy(self) -> dict[str, Any]:
        """As tenacity's arguments."""
        from tenacity import retry_if_exception

        return {
            "retry": retry_if_exception(self._again),
            "stop": self._stops,
            "wait": self._wait,
            "reraise": True,
        }

    def _again(self, error: BaseException) -> bool:
        return passes(error) and not self.learns(error)

    def _stops(self, state: RetryCallState) -> bool:
        """Enough attempts, or no time left for what the service asks."""
        error = state.outcome.exception() if state.outcome else None
        if state.attempt_number > self.retries:
            return True
        if error is not None and is_timeout(error) and state.attempt_number >= _TIMEOUTS:
            return True
        asked = retry_after(error)
        return asked > _LONGEST_ASKED or self._left(max(asked, self._doubled(state) / 2)) <= 0

    def _wait(self, state: RetryCallState) -> float:
        """Seconds: what the service asks for, else doubled each time; jitter either way, never too early."""
        asked = retry_after(state.outcome.exception() if state.outcome else None)
        jitter = random.uniform(0.5, 1.5)  # noqa: S311  spreads load, guards nothing
        wait = max(asked + min(asked, 1.0) * (jitter - 0.5) / 4, self._doubled(state) * jitter)
        return min(wait, max(0.0, self._left(0.0)))

    def _doubled(self, state: RetryCallState) -> float:
        return float(min(self.backoff * 2 ** (state.attempt_number - 1), _LONGEST_BACKOFF))

    def _left(self, wait: float) -> float:
        """Seconds left after a wait."""
        return _LONGEST_ASKED if self.deadline is None else self.deadline - time.monotonic() - wait


def retry_after(error: BaseException | None) -> float:
    """Seconds that a service asks to be left alone: in seconds, milliseconds or as a date."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return 0.0
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        said = headers.get(name)
        if not said:
            continue
        try:
            seconds = float(said) / unit
        except ValueError:
            seconds = _until(said)
        if seconds == seconds:  # noqa: PLR0124  not a number is no wait
            return max(0.0, seconds)
    return 0.0


def _until(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except (TypeError, ValueError):
        return 0.0
