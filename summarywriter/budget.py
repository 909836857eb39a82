"""How many tokens a text may take, counted without a vocabulary and without a network.

tiktoken downloads its vocabulary at first use, which fails where this library is used most. So the
stages count by estimate, upwards: a request that fits by estimate fits. An exact counter, where a
vocabulary is at hand, is passed in (`summarywriter.models.tokens`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from summarywriter.chat import Request, TokenCounter, Usage
from summarywriter.errors import BudgetError

_PER_MESSAGE = 8
"""Tokens that a chat template puts around one message."""

_ASCII_WORD = re.compile(r"[A-Za-z]+|\d|[^\sA-Za-z\d]|\s+")
_COMMON_HAN = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class EstimatedTokens:
    """An upper estimate for any tokenizer in use: the default `TokenCounter`.

    A Chinese character or full-width mark counts 1.5 (current vocabularies take 0.6 to 1.4), a letter
    word one for every three letters, every digit and half-width mark one, any other character by its
    bytes, which no byte-level vocabulary exceeds.

    Example:
        >>> EstimatedTokens().count("發放資料500份")
        11
    """

    @property
    def label(self) -> str:
        """How the count came to be."""
        return "upper estimate"

    def count(self, text: str) -> int:
        """Tokens of ``text``, rather too many than too few."""
        total = 0.0
        for word in _ASCII_WORD.findall(text):
            if word.isspace() or word.isdigit():
                total += 1
            elif word.isascii():
                total += math.ceil(len(word) / 3)
            else:
                total += sum(_of(char) for char in word)
        return math.ceil(total)


class CorrectedTokens:
    """An upper estimate, drawn nearer to what a service says that it counted.

    It begins as `EstimatedTokens`. Each answer with a ``usage`` tells what the service made of a request; the
    most of what it made, beside the estimate, and a margin on top, is the measure from then on. Shared by
    the documents of one writer, from any thread: it only ever learns of more.

    Args:
        margin: Tokens counted for each that a service would count.

    Example:
        >>> from summarywriter.chat import Message
        >>> counter = CorrectedTokens()
        >>> request = Request("draft", "s1", (Message("user", "發放資料" * 100),))
        >>> before = counter.count("發放資料")
        >>> counter.observe(request, Usage(prompt_tokens=305))
        >>> before, counter.count("發放資料"), counter.label
        (6, 4, 'upper estimate, at 0.55 after 1 answers')
    """

    def __init__(self, margin: float = 1.1) -> None:
        self._estimate = EstimatedTokens()
        self._margin = margin
        self._most = 0.0
        self._seen = 0

    @property
    def label(self) -> str:
        """How the count came to be."""
        told = f", at {self._factor:.2f} after {self._seen} answers" if self._seen else ""
        return f"{self._estimate.label}{told}"

    @property
    def _factor(self) -> float:
        return self._most * self._margin if self._seen else 1.0

    def count(self, text: str) -> int:
        """Tokens of ``text``, rather too many than too few."""
        return math.ceil(self._estimate.count(text) * self._factor)

    def observe(self, request: Request, usage: Usage) -> None:
        """Take in what a service counted for a request."""
        if usage.prompt_tokens > 0:
            self._most = max(self._most, usage.prompt_tokens / prompt_tokens(request, self._estimate))
            self._seen += 1


def _of(char: str) -> float:
    return 1.5 if _COMMON_HAN.match(char) else len(char.encode("utf-8", "surrogatepass"))


def prompt_tokens(request: Request, counter: TokenCounter) -> int:
    """Tokens of a request's messages, with what a chat template adds."""
    return sum(counter.count(message.content) + _PER_MESSAGE for message in request.messages)


def reply_room(length: int) -> int:
    """Tokens that a reply of ``length`` characters may need; twice over, for slots and second thoughts."""
    return max(512, 3 * length)


def ample_room(length: int) -> int:
    """Tokens for a reply that was cut off: a service gives little unasked, or its model thinks at length."""
    return max(4096, 4 * reply_room(length))


def check(request: Request, counter: TokenCounter, window: int | None, *, room: int = 512) -> None:
    """See that a request and its reply fit the model's window.

    Args:
        request: The request.
        counter: Counts tokens.
        window: The model's context window, in tokens; ``None`` where it is not known.
        room: Tokens kept for the reply.

    Raises:
        BudgetError: It does not fit; the message says by how much.
    """
    if window is None:
        return
    needed = prompt_tokens(request, counter) + room
    if needed > window:
        raise BudgetError(f"a request needs {needed} tokens and the window has {window}")
