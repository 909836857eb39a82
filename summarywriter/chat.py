"""What passes between the flow and a model: messages, requests, replies, failures.

Nothing here knows a service. `ChatModel` is the one port to the world of models; `TokenCounter`
the one to vocabularies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How a driver wants a request answered; a model passes over what it cannot do.

    Attributes:
        deadline: Moment of ``time.monotonic()`` from which an answer is of no use; ``None`` for none.
        on_text: Called with each piece of the reply as it comes, from whatever thread it comes on.
    """

    deadline: float | None = None
    on_text: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a model.

    Attributes:
        stage: ``draft``, ``critique`` or ``revise``.
        section: Id of the section that is drafted or revised; ``""`` for a whole-document critique.
        messages: System message first, then the user's.
        schema: JSON Schema of the reply where the reply is structured, else ``None``.
        max_tokens: Room for the reply, in tokens; ``None`` leaves it to the service.
        temperature: Sampling temperature.
        shape: SHA-256 (hex) of what is sent with no value in it, for a model that keeps its replies; two
            requests of one shape differ in figures, dates, names and length alone. ``""`` where no
            model asks for it.
        values: The values that ``shape`` leaves out and the messages show.
        terms: By when, and who listens meanwhile; no part of what is asked.
    """

    stage: str
    section: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = field(default=None, hash=False)
    max_tokens: int | None = None
    temperature: float = 0.3
    shape: str = field(default="", compare=False)
    values: tuple[str, ...] = field(default=(), compare=False, repr=False)
    terms: Terms = field(default=Terms(), compare=False, repr=False)

    @property
    def key(self) -> str:
        """SHA-256 (hex) of what is sent: a changed prompt has another key."""
        return digest(self.messages, self.schema)


def digest(messages: tuple[Message, ...], schema: Mapping[str, Any] | None = None) -> str:
    """SHA-256 (hex) of messages and the schema that goes with them."""
    sent = {"messages": [[m.role, m.content] for m in messages], "schema": schema}
    return hashlib.sha256(json.dumps(sent, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the service counted them, else zero."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's whole answer.

    Attributes:
        text: The content.
        finish_reason: As the service gave it; anything but ``stop`` marks a text that is not whole.
        usage: Tokens used.
        model: The model's name as the service gave it.
        stored: It was paid for at another time, and comes from a store; its usage is nought.
        seconds: What the call took, measured by the driver; a model that calls nobody says 0. No part of
            what was answered.
    """

    text: str
    finish_reason: str = "stop"
    usage: Usage = Usage()
    model: str = ""
    stored: bool = False
    seconds: float | None = field(default=None, compare=False, repr=False)


class FailureKind(StrEnum):
    """Why there is no usable reply."""

    CONFIG = "config"
    TIMEOUT = "timeout"
    RATE = "rate"
    SERVER = "server"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    FORMAT = "format"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave no usable reply: a value, for the flow falls back by section."""

    kind: FailureKind
    message: str
    usage: Usage = Usage()
    seconds: float | None = field(default=None, compare=False, repr=False)


class ChatModel(Protocol):
    """A language model: the one port through which text is bought.

    Implementations return a `Failure` for every fault of the service but a wrong configuration,
    which raises `ModelConfigError` at once.
    """

    @property
    def name(self) -> str:
        """Name for the trace."""
        ...

    def complete(self, request: Request) -> Reply | Failure:
        """Answer one request, blocking."""
        ...

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer one request."""
        ...


class TokenCounter(Protocol):
    """Counts the tokens of a text."""

    def count(self, text: str) -> int:
        """Tokens of ``text``: exact, or an upper estimate."""
        ...
