"""What passes between the flow and a model: messages, requests, replies, failures.

Nothing here knows a service. `ChatModel` is the one port to the world of models; `TokenCounter`
the one to vocabularies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
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
class Request:
    """One call of a model.

    Attributes:
        stage: ``draft``, ``critique`` or ``revise``.
        section: Id of the section that is drafted or revised; ``""`` for a whole-document critique.
        messages: System message first, then the user's.
        schema: JSON Schema of the reply where the reply is structured, else ``None``.
        max_tokens: Room for the reply, in tokens; ``None`` leaves it to the service.
        temperature: Sampling temperature.
    """

    stage: str
    section: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = field(default=None, hash=False)
    max_tokens: int | None = None
    temperature: float = 0.3

    @property
    def key(self) -> str:
        """SHA-256 (hex) of what is sent: a changed prompt has another key."""
        sent = {
            "messages": [[m.role, m.content] for m in self.messages],
            "schema": self.schema,
        }
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
    """

    text: str
    finish_reason: str = "stop"
    usage: Usage = Usage()
    model: str = ""


class FailureKind(StrEnum):
    """Why there is no usable reply."""

    CONFIG = "config"
    TIMEOUT = "timeout"
    RATE = "rate"
    SERVER = "server"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    FORMAT = "format"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave no usable reply: a value, for the flow falls back by section."""

    kind: FailureKind
    message: str
    usage: Usage = Usage()


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
