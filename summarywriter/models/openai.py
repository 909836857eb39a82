"""Any OpenAI-compatible endpoint, hosted or on the intranet: the only module that knows the SDK.

The SDK's own retries are off; tenacity is the one retry policy. What a service does wrong becomes a
`Failure`; only a configuration that cannot work raises.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarywriter.chat import Failure, FailureKind, Reply, Request, Usage
from summarywriter.errors import ModelConfigError

if TYPE_CHECKING:
    from tenacity import RetryCallState

_NO_KEY = "none"
"""Sent where no key is given: local servers ask for none, and the SDK refuses an empty one."""

_REFUSALS = (
    "content exists risk",
    "data_inspection_failed",
    "content_filter",
    "content_policy",
    "inappropriate content",
    "sensitive",
)
"""What services say (in lower case) when a filter refused the text: trying again changes nothing."""

_BAD_REQUEST, _UNPROCESSABLE, _TOO_MANY, _SERVER_ERROR = 400, 422, 429, 500
_CONFIG_ERRORS = frozenset({401, 403, 404, 405})
_TRANSIENT = frozenset({408, 409, 425, 429})
_LONGEST_WAIT = 30.0


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint.

    Args:
        model: The model's name at the service.
        base_url: The endpoint, up to and with its ``/v1``; OpenAI's own where none is given.
        api_key: The key. None is needed for a local server; for OpenAI's own endpoint the SDK reads
            ``OPENAI_API_KEY``.
        timeout: Seconds for one attempt.
        max_retries: Further attempts after a transport fault, a 429 or a 5xx.
        backoff: Seconds before the first further attempt; doubled for each, with jitter.
        extra_body: Fields of the service's own, e.g. ``{"enable_thinking": False}``.

    Raises:
        ModelConfigError: ``base_url`` is no URL.

    Example:
        >>> OpenAIModel("qwen3", base_url="http://127.0.0.1:8000/v1").name
        'qwen3'
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 120.0,
        max_retries: int = 3,
        backoff: float = 1.0,
        extra_body: Mapping[str, Any] | None = None,
    ) -> None:
        if not model.strip():
            raise ModelConfigError("no name of a model was given")
        if base_url is not None:
            _see_url(base_url)
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._timeout = timeout
        self._max_retries = max(0, max_retries)
        self._backoff = backoff
        self._extra_body = dict(extra_body or {})
        self._dialect = _Dialect()
        self._client: Any = None

    @property
    def name(self) -> str:
        """The model's name at the service."""
        return self._model

    def complete(self, request: Request) -> Reply | Failure:
        """Answer one request, blocking.

        Raises:
            ModelConfigError: The service refuses us for good: wrong key, model or URL.
        """
        from openai import OpenAI, OpenAIError
        from tenacity import Retrying

        if self._client is None:
            self._client = self._opened(OpenAI)
        create = self._client.chat.completions.create
        while True:
            sent = self._dialect.fields(request)
            try:
                for attempt in Retrying(**self._policy()):
                    with attempt:
                        return _answer(create(**self._arguments(request, sent)))
            except OpenAIError as error:
                if not self._dialect.learns(error, sent):
                    return self._fault(error)

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer one request.

        Raises:
            ModelConfigError: The service refuses us for good: wrong key, model or URL.
        """
        from openai import AsyncOpenAI, OpenAIError
        from tenacity import AsyncRetrying

        # A client belongs to one event loop; a caller may run several, one after another.
        async with self._opened(AsyncOpenAI) as client:
            while True:
                sent = self._dialect.fields(request)
                try:
                    async for attempt in AsyncRetrying(**self._policy()):
                        with attempt:
                            arguments = self._arguments(request, sent)
                            return _answer(await client.chat.completions.create(**arguments))
                except OpenAIError as error:
                    if not self._dialect.learns(error, sent):
                        return self._fault(error)

    def _opened(self, client: Any) -> Any:
        """A client of the SDK; its own look into the environment only for its own endpoint."""
        from openai import OpenAIError

        key = self._api_key or (None if self._base_url is None else _NO_KEY)
        try:
            return client(base_url=self._base_url, api_key=key, timeout=self._timeout, max_retries=0)
        except OpenAIError as error:
            raise ModelConfigError(f"the model cannot be reached: {error}") from error

    def _policy(self) -> dict[str, Any]:
        from tenacity import retry_if_exception, stop_after_attempt

        return {
            "retry": retry_if_exception(_passes),
            "stop": stop_after_attempt(self._max_retries + 1),
            "wait": self._wait,
            "reraise": True,
        }

    def _wait(self, state: RetryCallState) -> float:
        """Seconds to wait: what the service asks for, else doubled each time, with jitter."""
        asked = _retry_after(state.outcome.exception() if state.outcome else None)
        doubled = self._backoff * 2 ** (state.attempt_number - 1)
        wait = max(asked, doubled * random.uniform(0.5, 1.5))  # noqa: S311  spreads load, guards nothing
        return float(min(wait, _LONGEST_WAIT))

    def _arguments(self, request: Request, fields: Mapping[str, Any]) -> dict[str, Any]:
        messages = [{"role": m.role, "content": m.content} for m in request.messages]
        own = {"extra_body": self._extra_body} if self._extra_body else {}
        return {"model": self._model, "messages": messages, **fields, **own}

    def _fault(self, error: Exception) -> Failure:
        """What a fault means: a `Failure`, or a configuration that cannot work."""
        from openai import APIConnectionError, APITimeoutError

        said = _said(error)
        if isinstance(error, APITimeoutError):
            return Failure(FailureKind.TIMEOUT, f"no answer in {self._timeout:g} s")
        if isinstance(error, APIConnectionError):
            return Failure(FailureKind.SERVER, f"no connection to {self._base_url or 'the service'}: {said}")
        status = _status(error)
        if status in _CONFIG_ERRORS:
            where = self._base_url or "the service"
            raise ModelConfigError(f"{where} answered {status} for model {self._model}: {said}") from error
        if any(mark in said.lower() for mark in _REFUSALS):
            return Failure(FailureKind.REFUSED, f"refused by the service: {said}")
        if status == _TOO_MANY:
            return Failure(FailureKind.RATE, said)
        if status >= _SERVER_ERROR:
            return Failure(FailureKind.SERVER, f"{status}: {said}")
        return Failure(FailureKind.FORMAT, f"{status}: {said}" if status else said)


@dataclass(slots=True)
class _Dialect:
    """What an endpoint understands of a request, learnt from its refusals and kept for later ones."""

    formats: list[str] = field(default_factory=lambda: ["json_schema", "json_object", ""])
    dropped: set[str] = field(default_factory=set)

    def fields(self, request: Request) -> dict[str, Any]:
        """The optional fields of a request, as far as the endpoint is known to take them."""
        fields: dict[str, Any] = {}
        if "temperature" not in self.dropped:
            fields["temperature"] = request.temperature
        if request.max_tokens is not None:
            limit = "max_completion_tokens" if "max_tokens" in self.dropped else "max_tokens"
            fields[limit] = request.max_tokens
        if request.schema is not None and self.formats[0]:
            kind = self.formats[0]
            shape = {"json_schema": {"name": request.stage, "schema": dict(request.schema)}}
            fields["response_format"] = {"type": kind, **(shape if kind == "json_schema" else {})}
        return fields

    def learns(self, error: Exception, sent: Mapping[str, Any]) -> bool:
        """Whether the endpoint refused a field that it can be asked without."""
        said = _said(error).lower()
        if _status(error) not in (_BAD_REQUEST, _UNPROCESSABLE) or any(mark in said for mark in _REFUSALS):
            return False
        for name in ("temperature", "max_tokens"):
            if name in said and name in sent:
                self.dropped.add(name)
                return True
        if "response_format" in sent:
            kind = sent["response_format"]["type"]
            self.formats = [other for other in self.formats if other != kind]
            return True
        return False


def _see_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or any(char.isspace() for char in url):
        raise ModelConfigError(f"not the URL of an endpoint: {url!r} (as in http://127.0.0.1:8000/v1)")


def _status(error: Exception) -> int:
    """The HTTP status of an answer, 0 where there was none."""
    status = getattr(error, "status_code", 0)
    return status if isinstance(status, int) else 0


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:500]


def _passes(error: BaseException) -> bool:
    """Whether another attempt may do better."""
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, APIConnectionError):
        return True
    if not isinstance(error, APIStatusError):
        return False
    out_of_money = getattr(error, "code", None) == "insufficient_quota"
    return (error.status_code in _TRANSIENT or error.status_code >= _SERVER_ERROR) and not out_of_money


def _retry_after(error: BaseException | None) -> float:
    response = getattr(error, "response", None)
    try:
        return max(0.0, float(response.headers.get("retry-after", 0))) if response is not None else 0.0
    except ValueError:
        return 0.0  # an HTTP date: the backoff will do


def _answer(completion: Any) -> Reply | Failure:
    """A completion as a reply; what is none (a web page, an empty list) as a failure."""
    choices = getattr(completion, "choices", None)
    if not choices:
        return Failure(FailureKind.FORMAT, "the endpoint's answer is no chat completion; is /v1 in its URL?")
    usage = getattr(completion, "usage", None)
    used = Usage(getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0)
    message, reason = choices[0].message, choices[0].finish_reason or "stop"
    refusal = getattr(message, "refusal", None)
    if refusal or reason == "content_filter":
        return Failure(FailureKind.REFUSED, str(refusal or "stopped by a content filter"), used)
    if reason == "length":
        return Failure(FailureKind.TRUNCATED, "the reply was cut off at its length limit", used)
    if not (message.content or "").strip():
        return Failure(FailureKind.FORMAT, "an empty reply", used)
    return Reply(message.content, reason, used, getattr(completion, "model", "") or "")
