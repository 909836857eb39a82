"""What a service answered, read tolerantly: a completion, a stream of pieces, or something else.

Only the fields that a reply needs are read, and straight from the JSON: building the SDK's models of all
the others took a tenth of a call's processor time, and gave nothing that is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarywriter.chat import Failure, FailureKind, Reply, Request, Usage
from summarywriter.models.faults import UnfinishedError, without_key

EMPTY = "an empty reply"
_WEB_PAGE = "a web page for an answer; is /v1 in the endpoint's URL?"
_SOMETHING_ELSE = "the endpoint's answer is no chat completion; is /v1 in its URL?"


@dataclass(frozen=True, slots=True)
class Completion:
    """What was said of one request.

    Attributes:
        text: The content.
        reason: Why it ends; ``stop`` where the service does not say.
        refusal: A refusal's words, ``""`` for none.
        usage: Tokens, as far as they were told.
        model: The model's name as the service gave it.
    """

    text: str
    reason: str
    refusal: str
    usage: Usage
    model: str

    def answer(self, key: str | None) -> Reply | Failure:
        """A reply that came to its end; anything else is none, however much of it there is.

        Args:
            key: The key, to be kept out of what is said.
        """
        if self.refusal or self.reason == "content_filter":
            said = without_key(self.refusal or "stopped by a content filter", key)
            return Failure(FailureKind.REFUSED, said, self.usage)
        if self.reason == "length":
            return Failure(FailureKind.TRUNCATED, "the reply was cut off at its length limit", self.usage)
        if not self.text.strip():
            return Failure(FailureKind.FORMAT, EMPTY, self.usage)
        return Reply(without_key(self.text, key), self.reason, self.usage, self.model)


def completion(body: Any) -> Completion | None:
    """The first choice of a completion's body; ``None`` where it is something else."""
    try:
        choice = body["choices"][0]
        message, reason = choice["message"], choice.get("finish_reason")
        text, refusal = message.get("content"), message.get("refusal")
    except (AttributeError, IndexError, KeyError, TypeError):
        return None
    used = usage(body.get("usage"))
    return Completion(
        _text(text), str(reason or "stop"), str(refusal or ""), used, str(body.get("model") or "")
    )


def answer_of(content: bytes, key: str | None) -> Reply | Failure:
    """The answer in the bytes of a response.

    Raises:
        UnfinishedError: They are no JSON: cut short, or garbled on the way.
    """
    try:
        body = json.loads(content)
    except ValueError as error:
        if content.lstrip().startswith(b"<"):
            return Failure(FailureKind.FORMAT, _WEB_PAGE)
        raise UnfinishedError("an answer that is no JSON") from error
    found = completion(body)
    return Failure(FailureKind.FORMAT, _SOMETHING_ELSE) if found is None else found.answer(key)


async def gathered(stream: Any, request: Request) -> Completion:
    """A stream, put together; the request's listener hears each piece.

    Raises:
        UnfinishedError: It broke off before it said why it ends.
    """
    pieces: list[str] = []
    reason, refusal, told, model = "", "", None, ""
    try:
        async with stream:
            async for chunk in stream:
                told = getattr(chunk, "usage", None) or told
                model = getattr(chunk, "model", None) or model
                for choice in getattr(chunk, "choices", None) or ():
                    reason = choice.finish_reason or reason
                    refusal += getattr(choice.delta, "refusal", None) or ""
                    if piece := getattr(choice.delta, "content", None):
                        pieces.append(piece)
                        if request.terms.on_text is not None:
                            request.terms.on_text(piece)
    except ValueError as error:
        raise UnfinishedError("a stream that is no JSON") from error
    if not reason:
        raise UnfinishedError("a stream that broke off")
    return Completion("".join(pieces), reason, refusal, usage(told), str(model))


def usage(told: Any) -> Usage:
    """Tokens from a mapping or an object of the SDK's; what is no count is nought."""
    names = ("prompt_tokens", "completion_tokens")
    if isinstance(told, Mapping):
        counts = [told.get(name) for name in names]
    else:
        counts = [getattr(told, name, None) for name in names]
    return Usage(*(n if isinstance(n, int) and n > 0 else 0 for n in counts))


def _text(content: Any) -> str:
    """A message's content; some services give it in parts."""
    if isinstance(content, Sequence) and not isinstance(content, str):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(part for part in parts if isinstance(part, str))
    return str(content or "")
