"""What an endpoint understands of a request: found out from its refusals, once, and remembered.

Capabilities are tried, not looked up by a model's name: structured replies from the strictest form down
(``json_schema``, ``json_object``, the prompt alone), ``max_completion_tokens`` for ``max_tokens``, a
temperature or none, a system role or its words before the user's, a stream or a whole answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summarywriter.chat import Request
from summarywriter.models.faults import is_refusal, is_too_long, status_of

_ASKED_WRONGLY = frozenset({400, 404, 415, 422, 500, 501})
"""Statuses of a request that the endpoint did not understand; a chat template that fails is a 500."""

_NO_SYSTEM = re.compile(r"system.{0,40}role|role.{0,40}system|developer", re.IGNORECASE | re.DOTALL)
_FORMAT = re.compile(r"response_?format|json_?schema|json_?object|structured|grammar|guided", re.IGNORECASE)
_LADDER = ("json_schema", "json_object", "")


@dataclass(slots=True)
class Dialect:
    """What is known of one endpoint.

    Attributes:
        rungs: Forms of structured replies left to try, the strictest first; ``""`` is the prompt alone.
        dropped: Fields that the endpoint does not know, ``system`` for its role.
    """

    rungs: tuple[str, ...] = _LADDER
    dropped: set[str] = field(default_factory=set)

    def asking(self, request: Request) -> Asking:
        """One request, put as the endpoint is known to take it."""
        return Asking(self, request, self.rungs)


@dataclass(slots=True)
class Asking:
    """One request as it is put to the endpoint, until it is understood.

    Attributes:
        dialect: What is known of the endpoint.
        request: What is asked.
        rungs: Forms left for this request. What was tried on a refusal that names no reason is kept for
            later ones only if it was the way.
    """

    dialect: Dialect
    request: Request
    rungs: tuple[str, ...]

    def fields(self) -> dict[str, Any]:
        """Messages and options, in the SDK's words."""
        dropped, request = self.dialect.dropped, self.request
        fields: dict[str, Any] = {"messages": self._messages()}
        if "temperature" not in dropped:
            fields["temperature"] = request.temperature
        if request.max_tokens is not None:
            limit = "max_completion_tokens" if "max_tokens" in dropped else "max_tokens"
            if limit not in dropped:
                fields[limit] = request.max_tokens
        if request.schema is not None and self.rungs[0]:
            kind = self.rungs[0]
            shape = {"json_schema": {"name": request.stage, "schema": dict(request.schema)}}
            fields["response_format"] = {"type": kind, **(shape if kind == "json_schema" else {})}
        if request.terms.on_text is not None and "stream" not in dropped:
            fields["stream"] = True
            if "stream_options" not in dropped:
                fields["stream_options"] = {"include_usage": True}
        return fields

    def _messages(self) -> list[dict[str, str]]:
        messages = [{"role": m.role, "content": m.content} for m in self.request.messages]
        if "system" in self.dialect.dropped and len(messages) > 1 and messages[0]["role"] == "system":
            system, user, *others = messages
            return [{"role": user["role"], "content": f"{system['content']}\n\n{user['content']}"}, *others]
        return messages

    def learns(self, error: BaseException, sent: Mapping[str, Any]) -> bool:
        """Whether the endpoint refused something that it can be asked without."""
        if status_of(error) not in _ASKED_WRONGLY or is_refusal(error):
            return False
        said = str(error)
        if self._limit(said, sent):
            return True
        if is_too_long(error):
            return False
        for name in ("temperature", "stream_options", "stream"):
            if name in sent and name in said:
                self.dialect.dropped.add(name)
                return True
        if sent["messages"][0]["role"] == "system" and _NO_SYSTEM.search(said):
            self.dialect.dropped.add("system")
            return True
        return self._form(error, said, sent)

    def worked(self) -> None:
        """What was sent last was understood."""
        if self.request.schema is not None:
            self.dialect.rungs = self.rungs

    def _limit(self, said: str, sent: Mapping[str, Any]) -> bool:
        """The limit of a reply has another name here, or may not be so large."""
        if "max_tokens" in sent and "max_tokens" in said:
            self.dialect.dropped.add("max_tokens")
            if "max_completion_tokens" not in said:
                self.dialect.dropped.add("max_completion_tokens")
            return True
        if "max_completion_tokens" in sent and "max_completion_tokens" in said:
            self.dialect.dropped.add("max_completion_tokens")
            return True
        return False

    def _form(self, error: BaseException, said: str, sent: Mapping[str, Any]) -> bool:
        """The next form of a structured reply, where this one may be what was refused."""
        kind = sent.get("response_format", {}).get("type")
        if kind is None or (status_of(error) not in (400, 422) and not _FORMAT.search(said)):
            return False
        self.rungs = tuple(rung for rung in self.rungs if rung != kind)
        return True
