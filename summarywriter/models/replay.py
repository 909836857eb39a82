"""Recorded replies: a model that answers from files, and one that writes them.

A reply is kept under the hash of its request, so that a changed prompt finds no reply and says so; it
never passes for the answer to another question.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from summarywriter.chat import ChatModel, Failure, Message, Reply, Request, Usage
from summarywriter.errors import RecordingError
from summarywriter.models.stale import what_changed

Origin = Literal["recorded", "transcribed", "planted"]
"""Who wrote a reply: a service, a model that was asked by hand, or a person."""

_NAME_LENGTH = 16
_AGAIN = "re-record: make record"


def recording_file(folder: str | Path, request: Request) -> Path:
    """Where the reply to ``request`` is kept: stage, section and the first digits of the key."""
    where = "-".join(part for part in (request.stage, request.section) if part)
    return Path(folder) / f"{where}-{request.key[:_NAME_LENGTH]}.json"


class RecordedModel:
    """Answers from a folder of recordings.

    Args:
        folder: The folder; one file a reply.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)

    @property
    def name(self) -> str:
        """Name for the trace."""
        return f"recorded:{self._folder.name}"

    def complete(self, request: Request) -> Reply:
        """Answer from the recording of this very request.

        Raises:
            RecordingError: There is none (the message says how the nearest one differs), it is not of this
                request, or it cannot be read.
        """
        file = recording_file(self._folder, request)
        where = f"{request.stage} {request.section}".strip()
        if not file.is_file():
            changed = what_changed(request, self._recorded())
            raise RecordingError(
                f"no recorded reply to this {where} request in {self._folder}; {_AGAIN}\n{changed}"
            )
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            key, said = data["key"], data["reply"]
            reply = Reply(
                text=str(said["text"]),
                finish_reason=str(said["finish_reason"]),
                usage=Usage(**said.get("usage", {})),
                model=str(said.get("model", "")),
                seconds=0.0,
            )
            asked = _request(data["request"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RecordingError(f"{file} is no recording ({error}); {_AGAIN}") from error
        if key != request.key or asked.key != request.key:
            raise RecordingError(f"{file} was recorded for another request; {_AGAIN}")
        return reply

    def _recorded(self) -> dict[str, Request]:
        """Every request on file; what cannot be read is no recording, and is nobody's neighbour."""
        found: dict[str, Request] = {}
        for file in sorted(self._folder.glob("*.json")):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                found[file.name] = _request(json.loads(file.read_text(encoding="utf-8"))["request"])
        return found

    async def acomplete(self, request: Request) -> Reply:
        """As `complete`; a file needs no waiting."""
        return self.complete(request)


class RecordingModel:
    """Answers as another model does, and writes each reply down.

    Failures are not recorded: a recording stands for what a model says, not for a bad day.

    Args:
        model: Who answers.
        folder: Where replies go; made where it is not there.
        origin: Who answers, for the reader of the files.
    """

    def __init__(self, model: ChatModel, folder: str | Path, *, origin: Origin = "recorded") -> None:
        self._model = model
        self._folder = Path(folder)
        self._origin = origin

    @property
    def name(self) -> str:
        """Name of the model that answers."""
        return self._model.name

    def __getattr__(self, name: str) -> Any:
        """What else the model that is asked tells of itself, e.g. its endpoint."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._model, name)

    def complete(self, request: Request) -> Reply | Failure:
        """Answer, and write the reply down."""
        return self._kept(request, self._model.complete(request))

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer, and write the reply down."""
        return self._kept(request, await self._model.acomplete(request))

    def _kept(self, request: Request, answer: Reply | Failure) -> Reply | Failure:
        if isinstance(answer, Reply):
            record(self._folder, request, answer, origin=self._origin)
        return answer


def record(folder: str | Path, request: Request, reply: Reply, *, origin: Origin) -> Path:
    """Write one reply down, readable for people.

    Args:
        folder: Where; made where it is not there.
        request: What was asked.
        reply: What was answered.
        origin: Who answered.

    Returns:
        The file.

    Raises:
        RecordingError: It cannot be written.
    """
    file = recording_file(folder, request)
    data = {
        "key": request.key,
        "origin": origin,
        "request": {
            "stage": request.stage,
            "section": request.section,
            "messages": [{"role": m.role, "content": m.content.split("\n")} for m in request.messages],
            "schema": request.schema,
        },
        "reply": {
            "text": reply.text,
            "finish_reason": reply.finish_reason,
            "model": reply.model,
            "usage": {
                "prompt_tokens": reply.usage.prompt_tokens,
                "completion_tokens": reply.usage.completion_tokens,
            },
        },
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise RecordingError(f"{file} cannot be written: {error}") from error
    return file


def _request(data: Mapping[str, Any]) -> Request:
    """The request of a recording; lines of a message stand one by one there, to be read and compared."""
    messages = tuple(Message(m["role"], "\n".join(m["content"])) for m in data["messages"])
    return Request(data["stage"], data["section"], messages, schema=data.get("schema"))
