"""For tests of code that uses the library: a model with scripted answers, and a simple counter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from summarywriter.chat import Failure, Reply, Request

Script = Callable[[Request], "Reply | Failure | str"]


@dataclass(slots=True)
class ScriptedModel:
    """A model that answers as told.

    Attributes:
        answers: A function of the request, or answers in the order of the requests. A string is a
            whole reply. With no answers left, it fails loudly.
        requests: What it was asked, in order.
        name: Name for the trace.

    Example:
        >>> model = ScriptedModel(["好的"])
        >>> model.complete(Request("draft", "s1", ())).text
        '好的'
    """

    answers: Script | Iterable[Reply | Failure | str]
    requests: list[Request] = field(default_factory=list)
    name: str = "scripted"

    _answer: Script = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._answer = self.answers if callable(self.answers) else _in_order(self.answers)

    def complete(self, request: Request) -> Reply | Failure:
        """Answer one request."""
        self.requests.append(request)
        answer = self._answer(request)
        whole = Reply(answer) if isinstance(answer, str) else answer
        # It calls nobody: a trace stays the same from run to run.
        return replace(whole, seconds=0.0) if whole.seconds is None else whole

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer one request."""
        return self.complete(request)


def _in_order(answers: Iterable[Reply | Failure | str]) -> Script:
    left = iter(answers)

    def answer(request: Request) -> Reply | Failure | str:
        try:
            return next(left)
        except StopIteration:
            raise AssertionError(f"no answer left for {request.stage} {request.section}") from None

    return answer


@dataclass(frozen=True, slots=True)
class CharCounter:
    """Counts a token a character: budgets that a test can work out by hand."""

    def count(self, text: str) -> int:
        """Characters of ``text``."""
        return len(text)
