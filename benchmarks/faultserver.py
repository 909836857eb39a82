"""An OpenAI-compatible endpoint on this machine that does what services do wrong: a real server, on a socket.

The fault is named in the URL, ``http://127.0.0.1:PORT/FAULT/DOCUMENT/v1``, so that one server serves every
case at once; attempts are counted for each document and request. A whole answer comes after ``latency``
seconds. Tests use it in a thread, benchmarks in a process of its own:

    python benchmarks/faultserver.py REPLIES.json [--latency 0.2] [--revises]

prints its address and serves until killed; ``--revises`` puts a revision otherwise than its draft.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

NO_REMARKS = '{"remarks": []}'
_OF_A_SLOT = re.compile(r"(?<=\})，")
_FACTS = re.compile(r"<facts>\n(.*?)\n</facts>", re.DOTALL)
_BAD, _KEY, _NONE, _LARGE, _MANY = 400, 401, 404, 413, 429
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 413: "Too Large"}


@dataclass(slots=True)
class Call:
    """One request as it came."""

    fault: str
    attempt: int
    body: dict[str, Any]
    writer: asyncio.StreamWriter
    good: str

    @property
    def is_critique(self) -> bool:
        """Whether the whole is to be judged, and nothing written."""
        return "<text>" in self.body["messages"][-1]["content"]


def facts_of(body: dict[str, Any]) -> str:
    """The list of facts in a request: what tells one section from another."""
    found = _FACTS.search(body["messages"][-1]["content"])
    return found[1] if found else ""


@dataclass(slots=True)
class FaultServer:
    """The server, in a thread of its own.

    Attributes:
        replies: What is said to each list of facts; anything else is told ``NO_REMARKS``.
        latency: Seconds before a whole answer.
        critique: What is said of a whole text.
        revises: Put a section otherwise where it is asked for again, as a model does.
        bodies: What was asked, in order, with the fault it met.
        headers: The headers that came with each.
    """

    replies: dict[str, str] = field(default_factory=dict)
    latency: float = 0.0
    critique: str = NO_REMARKS
    bodies: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    port: int = 0
    keeps: bool = True
    revises: bool = False
    _attempts: Counter[str] = field(default_factory=Counter)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, fault: str = "none", document: object = 0) -> str:
        """The endpoint that shows one fault to one document."""
        return f"http://127.0.0.1:{self.port}/{fault}/{document}/v1"

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._ended())
        self._loop.close()

    async def _ended(self) -> None:
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the client has gone, or the server goes
        finally:
            self._open.discard(task)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        size = int(re.search(r"(?i)content-length: *(\d+)", head)[1])  # type: ignore[index]
        raw = await reader.readexactly(size)
        body = json.loads(raw)
        _, fault, document, *_ = head.split(" ", 2)[1].split("/")
        key = f"{fault} {document} {json.dumps(body['messages'], ensure_ascii=False)}"
        self._attempts[key] += 1
        if self.keeps:
            self.bodies.append((fault, body))
            self.headers.append(head)
        is_critique = "<text>" in body["messages"][-1]["content"]
        good = self.critique if is_critique else self.replies.get(facts_of(body), "")
        if self.revises and not body["messages"][-1]["content"].endswith("</facts>"):
            good = _OF_A_SLOT.sub("", good, count=1)
        if body.get("response_format") and not is_critique:  # a client that wants a section as JSON
            good = json.dumps({"text": good}, ensure_ascii=False)
        call = Call(fault, self._attempts[key], body, writer, good)
        if fault != "none":
            done = await FAULTS[fault](call)
            if done is not None:
                return done
        if self.latency:
            await asyncio.sleep(self.latency)
        await (stream(call) if body.get("stream") else whole(call, completion(good)))
        return True


# --- answers -------------------------------------------------------------------------------------------


def completion(text: str | None, reason: str = "stop") -> dict[str, Any]:
    """A whole answer."""
    message = {"role": "assistant", "content": text}
    used = len(text or "")
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "loopback",
        "choices": [{"index": 0, "finish_reason": reason, "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": used, "total_tokens": 100 + used},
    }


async def whole(call: Call, data: object, status: int = 200, **headers: str) -> bool:
    """Send one JSON document."""
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Status')}", "content-type: application/json"]
    lines += [f"content-length: {len(raw)}", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    call.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + raw)
    await call.writer.drain()
    return True


async def stream(call: Call, *, upto: int | None = None) -> bool:
    """Send the answer piece by piece, all of it or so many characters."""
    call.writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
    pieces = [call.good[n : n + 8] for n in range(0, len(call.good), 8)]
    for n, piece in enumerate(pieces):
        if upto is not None and n * 8 >= upto:
            return False
        call.writer.write(_event(piece, None))
        await call.writer.drain()
    call.writer.write(_event("", "stop") + b"data: [DONE]\n\n")
    await call.writer.drain()
    return False


def _event(piece: str, reason: str | None) -> bytes:
    choice = {"index": 0, "delta": {"content": piece}, "finish_reason": reason}
    data = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "loopback",
        "choices": [choice],
    }
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def error(message: str, code: str | None = None) -> dict[str, Any]:
    """An error as services word it."""
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


# --- faults: each answers, or returns None where the answer is to be whole; False ends the connection ---

Fault = Callable[[Call], Awaitable[bool | None]]


def status(code: int, said: dict[str, Any], *, times: int = 10**6, **headers: str) -> Fault:
    """An error, for the first so many attempts."""

    async def fault(call: Call) -> bool | None:
        return await whole(call, said, code, **headers) if call.attempt <= times else None

    return fault


def says(
    text: Callable[[Call], str | None], reason: str = "stop", *, times: int = 10**6, critique: bool = False
) -> Fault:
    """Another text, or another reason to end, where sections are written or where the whole is judged."""

    async def fault(call: Call) -> bool | None:
        if call.is_critique is not critique or call.attempt > times:
            return None
        return await whole(call, completion(text(call), reason))

    return fault


def broken(how: Callable[[Call], Awaitable[bool]], *, times: int = 10**6) -> Fault:
    """A broken connection or body, for the first so many attempts."""

    async def fault(call: Call) -> bool | None:
        return await how(call) if call.attempt <= times else None

    return fault


async def _reset(call: Call) -> bool:
    call.writer.transport.abort()
    return False


async def _hang(_: Call) -> bool:
    await asyncio.sleep(600)
    return False


async def _drip(call: Call) -> bool:
    call.writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n")
    while True:
        call.writer.write(b" ")
        await call.writer.drain()
        await asyncio.sleep(0.05)


async def _cut(call: Call) -> bool:
    raw = json.dumps(completion(call.good), ensure_ascii=False).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(raw)}\r\n\r\n"
    call.writer.write(head.encode() + raw[: len(raw) // 2])
    await call.writer.drain()
    return False


async def _no_json(call: Call) -> bool:
    return await whole(call, b'{"id": "1", "choices": [{"index": 0, "finish_')


async def _broken_stream(call: Call) -> bool:
    if call.body.get("stream"):
        return await stream(call, upto=max(8, len(call.good) // 2))
    return await whole(call, completion(call.good))


def _needs_room(call: Call) -> bool:
    return "max_tokens" not in call.body and "max_completion_tokens" not in call.body


async def _length_once(call: Call) -> bool | None:
    if call.is_critique or not _needs_room(call):
        return None
    return await whole(call, completion(call.good[: len(call.good) // 2], "length"))


_REFUSAL = "很抱歉，我無法協助撰寫這類內容。"
_LONG = "This model's maximum context length is 512 tokens. However, you requested 9000 tokens."

FAULTS: dict[str, Fault] = {
    "429-retry-after-1": status(_MANY, error("slow down"), times=1, retry_after="1"),
    "429-retry-after-30": status(_MANY, error("slow down"), times=1, retry_after="30"),
    "429-retry-after-150": status(_MANY, error("slow down"), times=1, retry_after="150"),
    "500-three-times": status(500, error("oops"), times=3),
    "502-three-times": status(502, error("bad gateway"), times=3),
    "503-three-times": status(503, error("overloaded"), times=3),
    "503-always": status(503, error("overloaded")),
    "reset-once": broken(_reset, times=1),
    "reset-always": broken(_reset),
    "hang-once": broken(_hang, times=1),
    "hang-always": broken(_hang),
    "drip": broken(_drip),
    "body-cut": broken(_cut, times=1),
    "invalid-json": broken(_no_json, times=1),
    "critique-truncated": says(lambda _: '{"remarks": [{"section": "s1", "quo', critique=True),
    "critique-wrong-schema": says(lambda _: '{"score": 7, "comment": "好"}', critique=True),
    "critique-fenced": says(lambda _: f"```json\n{NO_REMARKS}\n```", critique=True),
    "critique-after-think": says(lambda _: f"<think>先看一遍{{}}</think>\n{NO_REMARKS}", critique=True),
    "length-once": _length_once,
    "length-always": says(lambda call: call.good[: len(call.good) // 2], "length"),
    "content-filter": says(lambda call: call.good[: len(call.good) // 2], "content_filter"),
    "empty-once": says(lambda _: "", times=1),
    "empty-always": says(lambda _: ""),
    "refusal-in-words": says(lambda _: _REFUSAL),
    "content-exists-risk": status(_BAD, error("Content Exists Risk")),
    "data-inspection-failed": status(
        _BAD, error("Input data may contain inappropriate content.", "data_inspection_failed")
    ),
    "401": status(_KEY, error("Incorrect API key provided")),
    "404-model": status(_NONE, error("The model does not exist", "model_not_found")),
    "413": status(_LARGE, error("Request Entity Too Large")),
    "context-length-exceeded": status(_BAD, error(_LONG, "context_length_exceeded")),
    "stream-broken": broken(_broken_stream, times=1),
    "stream-broken-always": broken(_broken_stream),
}
"""Every fault by its name, as docs/models.md lists it."""


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("replies", type=Path)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--revises", action="store_true")
    given = parser.parse_args()
    replies = json.loads(given.replies.read_text("utf-8"))
    critique = replies.pop("", NO_REMARKS)
    server = FaultServer(replies, given.latency, critique, keeps=False, revises=given.revises)
    with server:
        print(server.url().split("/none")[0], flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
