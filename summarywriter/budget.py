"""How many tokens a text may take, counted without a vocabulary and without a network.

tiktoken downloads its vocabulary at first use, which fails where this library is used most. So the
stages count by estimate, upwards: a request that fits by estimate fits. An exact counter, where a
vocabulary is at hand, is passed in (`summarywriter.models.tokens`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from summarywriter.chat import Request, TokenCounter
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
