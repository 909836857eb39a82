"""The batch queue of an OpenAI-compatible service: requests handed in as a file, answers fetched as one.

Cheaper than asking one by one, and slower: a batch may take a day. Nothing is waited for here; whoever
uses it polls.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from summarywriter.chat import Failure, FailureKind, Reply, Request
from summarywriter.errors import ModelConfigError, ModelError
from summarywriter.models.openai import OpenAIModel

_ENDPOINT = "/v1/chat/completions"
_WINDOW = "24h"
_OVER = frozenset({"completed", "expired", "cancelled", "failed"})
_REFUSED = frozenset({401, 403, 404})
_SERVER_ERROR, _TOO_MANY = 500, 429
_MARK = "summarywriter"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands at the service.

    Attributes:
        id: Its name there.
        state: The service's word for it.
        over: Whether nothing more will come of it.
        files: The files of its answers: those given, those that failed.
        reason: Why it failed as a whole.
    """

    id: str
    state: str
    over: bool
    files: tuple[str, ...]
    reason: str = ""


class BatchQueue:
    """The queue of one model's service.

    Args:
        model: Whose requests they are.
        owner: Marks the batches as this journal's, so that one whose name was lost is found again.
    """

    def __init__(self, model: OpenAIModel, owner: str) -> None:
        self._model = model
        self._owner = owner

    def line(self, custom_id: str, request: Request) -> bytes:
        """A request as a line of the file."""
        body = self._model.body(request)
        line = {"custom_id": custom_id, "method": "POST", "url": _ENDPOINT, "body": body}
        return json.dumps(line, ensure_ascii=False).encode() + b"\n"

    def submit(self, lines: Iterable[bytes]) -> str:
        """Hand requests in.

        Args:
            lines: As `line` makes them.

        Returns:
            The batch's name at the service.

        Raises:
            ModelConfigError: The service refuses us for good.
            ModelError: It cannot be reached.
        """
        content = b"".join(lines)

        async def hand_in(client: Any) -> Any:
            file = await client.files.create(file=("lines.jsonl", content), purpose="batch")
            return await client.batches.create(
                input_file_id=file.id,
                endpoint=_ENDPOINT,
                completion_window=_WINDOW,
                metadata={_MARK: self._owner},
            )

        batch = self._asked(hand_in)
        return str(batch.id)

    def look(self, name: str) -> Batch:
        """See how a batch stands.

        Raises:
            ModelConfigError: The service refuses us for good.
            ModelError: It cannot be reached.
        """
        found = self._asked(lambda client: client.batches.retrieve(name))
        files = tuple(file for file in (found.output_file_id, found.error_file_id) if file)
        errors = getattr(found.errors, "data", None) or ()
        reason = "; ".join(str(error.message) for error in errors)
        return Batch(str(found.id), str(found.status), found.status in _OVER, files, reason)

    def answers(self, batch: Batch) -> Iterator[tuple[str, Reply | Failure]]:
        """The answers of a batch that is over, by the names of its lines; lines may be missing.

        Raises:
            ModelError: The service cannot be reached.
        """
        for name in batch.files:
            content = self._text(name)
            for line in content.split("\n"):
                if line.strip():
                    data = json.loads(line)
                    yield str(data["custom_id"]), self._answer(data)

    def lost(self, known: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Batches of this journal's that it does not know, with the names of their lines.

        A run that was killed between handing a batch in and taking it down has left one.

        Raises:
            ModelError: The service cannot be reached.
        """

        async def list_all(client: Any) -> list[Any]:
            return [batch async for batch in client.batches.list(limit=100)]

        listed = self._asked(list_all)
        for batch in listed:
            if (batch.metadata or {}).get(_MARK) == self._owner and batch.id not in known:
                content = self._text(batch.input_file_id)
                names = (json.loads(line)["custom_id"] for line in content.split("\n") if line.strip())
                yield str(batch.id), tuple(map(str, names))

    def _text(self, file: str) -> str:
        async def read(client: Any) -> bytes:
            return bytes((await client.files.content(file)).read())

        return self._asked(read).decode("utf-8")

    def _asked(self, call: Callable[[Any], Awaitable[T]]) -> T:
        """Call the service, by the model's policy of trying again."""
        answer = self._model.tried(call)
        if isinstance(answer, Failure):
            raise ModelError(f"the batch queue of {self._model.name}: {answer.message}")
        return answer

    def _answer(self, line: Mapping[str, Any]) -> Reply | Failure:
        """A line of an answer file."""
        response, error = line.get("response") or {}, line.get("error") or {}
        status, body = int(response.get("status_code") or 0), response.get("body") or {}
        if not error and status == 200:  # noqa: PLR2004
            return self._model.read(body)
        said = str(error.get("message") or (body.get("error") or {}).get("message") or status)
        if status in _REFUSED:
            raise ModelConfigError(f"the service answered {status}: {said}")
        if error.get("code") in ("batch_expired", "batch_cancelled"):
            return Failure(FailureKind.TIMEOUT, said)
        if status == _TOO_MANY:
            return Failure(FailureKind.RATE, said)
        if status >= _SERVER_ERROR or not status:
            return Failure(FailureKind.SERVER, said)
        return Failure(FailureKind.FORMAT, f"{status}: {said}")
