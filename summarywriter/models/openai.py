"""Any OpenAI-compatible endpoint, hosted or on the intranet: the only module that calls the SDK.

The SDK's own retries are off; tenacity is the one retry policy. What a service does wrong becomes a
`Failure`; only a configuration that cannot work raises. Blocking calls run the same code as awaited ones,
on a loop in a thread of its own: only there can an answer that drips for ever be cut off.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from summarywriter.chat import Failure, FailureKind, Reply, Request
from summarywriter.errors import ModelConfigError
from summarywriter.models.answers import EMPTY, answer_of, completion, gathered
from summarywriter.models.clients import Clients, blocking
from summarywriter.models.dialect import Dialect
from summarywriter.models.faults import failure, is_of_a_service, said_by, without_login
from summarywriter.models.patience import Patience

if TYPE_CHECKING:
    from tenacity import RetryCallState

T = TypeVar("T")

_log = logging.getLogger(__name__)

_NO_KEY = "none"
"""Sent where no key is given: local servers ask for none, and the SDK refuses an empty one."""


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint.

    One model may be used by many threads and event loops at once; each loop has one client, which its end
    closes.

    Args:
        model: The model's name at the service.
        base_url: The endpoint, up to and with its ``/v1``; OpenAI's own where none is given.
        api_key: The key. None is needed for a local server; for OpenAI's own endpoint the SDK reads
            ``OPENAI_API_KEY``.
        timeout: Seconds for one attempt, from its first byte to its last.
        max_retries: Further attempts after a transport fault, a 429 or a 5xx.
        backoff: Seconds before the first further attempt; doubled for each, with jitter.
        max_tokens: Ceiling for each reply, for a model that may run on; none where a service's own will do.
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
        max_tokens: int | None = None,
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
        self._max_tokens = max_tokens
        self._extra_body = dict(extra_body or {})
        self._dialect = Dialect()
        self._clients = Clients(self._opened)

    @property
    def name(self) -> str:
        """The model's name at the service."""
        return self._model

    @property
    def identity(self) -> str:
        """The name, and the options that alter what it says: whose a kept reply is."""
        own = json.dumps(self._extra_body, ensure_ascii=False, sort_keys=True, default=str)
        return f"{self._model} {own}" if self._extra_body else self._model

    @property
    def max_tokens(self) -> int | None:
        """The ceiling for each reply: to ask for more room than this is of no use."""
        return self._max_tokens

    @property
    def endpoint(self) -> str | None:
        """Where requests go, with no login in it; ``None`` for OpenAI's own."""
        return None if self._base_url is None else without_login(self._base_url)

    def __repr__(self) -> str:
        """Model and endpoint; never the key."""
        return f"OpenAIModel({self._model!r}, base_url={self.endpoint!r})"

    def complete(self, request: Request) -> Reply | Failure:
        """Answer one request, blocking.

        Raises:
            ModelConfigError: The service refuses us for good: wrong key, model or URL.
        """
        return blocking(self.acomplete(request))

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer one request.

        Raises:
            ModelConfigError: The service refuses us for good: wrong key, model or URL.
        """
        client = await self._clients.get()
        request = self._under_ceiling(request)
        asking = self._dialect.asking(request)
        was_empty = False
        while True:
            sent = asking.fields()
            try:
                answer = await self._attempts(client, request, sent, lambda e, s=sent: asking.learns(e, s))
            except Exception as error:
                if not is_of_a_service(error):
                    raise
                if asking.learns(error, sent):
                    _log.debug("the endpoint takes a request without: %s", said_by(error, self._api_key))
                    continue
                return self._fault(error, request)
            asking.worked()
            if isinstance(answer, Failure) and answer.message == EMPTY and not was_empty:
                was_empty = True
                continue
            return answer

    def body(self, request: Request) -> dict[str, Any]:
        """What is sent for a request, as a line of a batch has it."""
        fields = self._dialect.asking(self._under_ceiling(request)).fields()
        return {"model": self._model, **fields, **self._extra_body}

    def read(self, body: Mapping[str, Any]) -> Reply | Failure:
        """The answer in the body of a completion, as a line of a batch has it."""
        found = completion(body)
        if found is None:
            return Failure(FailureKind.FORMAT, "a line that is no chat completion")
        return found.answer(self._api_key)

    def tried(self, call: Callable[[Any], Awaitable[T]]) -> T | Failure:
        """Have another part of the service do something, blocking, by this model's patience.

        Args:
            call: Is given the SDK's client.

        Raises:
            ModelConfigError: The service refuses us for good.
        """
        return blocking(self._tried(call))

    async def _tried(self, call: Callable[[Any], Awaitable[T]]) -> T | Failure:
        from tenacity import AsyncRetrying

        client = await self._clients.get()
        patience = Patience(self._max_retries, self._backoff, None, lambda _: False)
        try:
            async for attempt in AsyncRetrying(**patience.policy(), before_sleep=self._told):
                with attempt:
                    return await call(client)
        except Exception as error:
            if not is_of_a_service(error):
                raise
            return self._fault(error, Request("batch", "", ()))
        raise AssertionError("tenacity ends with an answer or an error")

    async def _attempts(
        self, client: Any, request: Request, sent: Mapping[str, Any], learns: Any
    ) -> Reply | Failure:
        """Ask until there is an answer, or nothing more to be tried."""
        from tenacity import AsyncRetrying

        patience = Patience(self._max_retries, self._backoff, request.terms.deadline, learns)
        async for attempt in AsyncRetrying(**patience.policy(), before_sleep=self._told):
            with attempt:
                async with asyncio.timeout(self._seconds(request)):
                    return await self._asked(client, request, sent)
        raise AssertionError("tenacity ends with an answer or an error")

    async def _asked(self, client: Any, request: Request, sent: Mapping[str, Any]) -> Reply | Failure:
        if not sent.get("stream"):
            # The SDK's door for any body and any answer: what `create` adds is a walk over every message and
            # a model of every field of the completion, a third of a call's processor time.
            body = {"model": self._model, **sent, **self._extra_body}
            return answer_of(await client.post("/chat/completions", body=body, cast_to=bytes), self._api_key)
        own = {"extra_body": self._extra_body} if self._extra_body else {}
        stream = await client.chat.completions.create(model=self._model, **sent, **own)
        return (await gathered(stream, request)).answer(self._api_key)

    def _under_ceiling(self, request: Request) -> Request:
        """The request with no more room than a reply may have."""
        most = self._max_tokens
        return request if most is None else replace(request, max_tokens=min(request.max_tokens or most, most))

    def _seconds(self, request: Request) -> float:
        """What an attempt may take."""
        deadline = request.terms.deadline
        return self._timeout if deadline is None else min(self._timeout, deadline - time.monotonic())

    def _opened(self) -> Any:
        """A client of the SDK; its own look into the environment only for its own endpoint."""
        from openai import AsyncOpenAI, OpenAIError

        key = self._api_key or (None if self._base_url is None else _NO_KEY)
        try:
            return AsyncOpenAI(base_url=self._base_url, api_key=key, timeout=self._timeout, max_retries=0)
        except OpenAIError as error:
            raise ModelConfigError(f"the model cannot be reached: {error}") from error

    def _told(self, state: RetryCallState) -> None:
        """Log a further attempt."""
        error = state.outcome.exception() if state.outcome else None
        said = said_by(error, self._api_key) if error is not None else ""
        _log.info(
            "attempt %d failed, %.1f s to the next: %s", state.attempt_number, state.upcoming_sleep, said
        )

    def _fault(self, error: BaseException, request: Request) -> Failure:
        seconds = max(0.0, round(self._seconds(request), 1))
        left = request.terms.deadline
        if left is not None and time.monotonic() >= left:
            return Failure(FailureKind.TIMEOUT, "no answer before the deadline")
        where = self.endpoint or "the service"
        found = failure(error, where=where, model=self._model, seconds=seconds, key=self._api_key)
        _log.warning("%s %s: %s: %s", request.stage, request.section, found.kind, found.message)
        return found


def _see_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        login = "@" in parts.netloc
    except ValueError:
        fine, login = False, "@" in url
    if login:
        raise ModelConfigError("a URL with a login in it would be logged by others: give the key as api_key")
    if not fine or any(char.isspace() for char in url):
        raise ModelConfigError(f"not the URL of an endpoint: {url!r} (as in http://127.0.0.1:8000/v1)")
