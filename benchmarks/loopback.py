"""A model server on this machine that answers as it was told, after a while: for tests and measurements.

    python benchmarks/loopback.py [--delay 0.2] [--replies FILE] [--port N]

It speaks /v1/chat/completions, and the batch queue of /v1/files and /v1/batches. ``--replies`` is a JSON
object from `key` of the messages to the text to answer; what is not in it gets an empty critique. GET
/stats says what was asked: how often each key, and how many answers were sent. `good_replies` works out what
a model that follows the rules would write of a sheet. Run by ``make bench`` it says how many requests a
second it can answer itself.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any


def key(messages: Iterable[dict[str, str]]) -> str:
    """What stands for the messages of a request."""
    said = [[message["role"], message["content"]] for message in messages]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def good_replies(facts: Any, **options: Any) -> dict[str, str]:
    """Replies by key that a model would give that tells every fact in its slot."""
    from summarywriter import SummaryWriter
    from summarywriter.draft import number, written
    from summarywriter.facts.index import FactIndex
    from summarywriter.plan import make_plan
    from summarywriter.realise import realise
    from summarywriter.testing import ScriptedModel

    index = FactIndex.of(facts)
    plan = make_plan(index)
    tables = {section.id: number(section, index) for section in plan.sections}
    texts = {draft.section: written(draft, tables[draft.section]) for draft in realise(plan, index)}
    found: dict[str, str] = {}

    def answer(request: Any) -> str:
        text = '{"remarks": []}' if request.stage == "critique" else texts[request.section]
        found[key([{"role": m.role, "content": m.content} for m in request.messages])] = text
        return text

    SummaryWriter(ScriptedModel(answer), **options).write(facts)
    return found


class Server:
    """The server's state.

    Args:
        replies: Text by key.
        delay: Seconds before an answer.
        failing: Share of the lines of a batch that fail the first time.
        expire: Batches (by number, from 1) that expire when half done.
        batch_delay: Seconds that a batch takes.
    """

    def __init__(
        self,
        replies: dict[str, str],
        *,
        delay: float = 0.0,
        failing: float = 0.0,
        expire: tuple[int, ...] = (),
        batch_delay: float = 0.05,
    ) -> None:
        self.replies, self.delay = replies, delay
        self.failing, self.expire, self.batch_delay = failing, expire, batch_delay
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.most = self.now = 0
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.failed: set[str] = set()
        self.rng = random.Random("loopback")  # noqa: S311

    def completion(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request."""
        text = self.replies.get(key(body["messages"]), '{"remarks": []}')
        sent = sum(len(message["content"]) for message in body["messages"])
        return {
            "id": "c", "object": "chat.completion", "created": 0, "model": body["model"],
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            ],
            "usage": {
                "prompt_tokens": sent, "completion_tokens": len(text), "total_tokens": sent + len(text),
            },
        }  # fmt: skip

    def stats(self) -> dict[str, Any]:
        """What was asked so far."""
        return {
            "asked": sum(self.asked.values()), "answered": sum(self.answered.values()),
            "keys": dict(self.answered), "most": self.most,
            "batches": [batch["status"] for batch in self.batches.values()],
        }  # fmt: skip

    async def chat(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer after a while."""
        self.asked[key(body["messages"])] += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(self.delay)
        finally:
            self.now -= 1
        return self.completion(body)

    # --- the batch queue ------------------------------------------------------------------------

    def upload(self, content: bytes) -> dict[str, Any]:
        """Keep a file."""
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return {
            "id": name, "object": "file", "bytes": len(content), "created_at": 0, "filename": "lines.jsonl",
            "purpose": "batch", "status": "processed",
        }  # fmt: skip

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """Begin a batch."""
        name = f"batch-{len(self.batches) + 1}"
        self.batches[name] = {
            "id": name, "object": "batch", "endpoint": body["endpoint"], "created_at": 0,
            "input_file_id": body["input_file_id"], "completion_window": body["completion_window"],
            "status": "in_progress", "metadata": body.get("metadata"),
            "started": time.monotonic(), "number": len(self.batches) + 1,
        }  # fmt: skip
        return self.told(name)

    def told(self, name: str) -> dict[str, Any]:
        """How a batch stands; it is worked off when its time has come."""
        batch = self.batches[name]
        if batch["status"] == "in_progress" and time.monotonic() - batch["started"] >= self.batch_delay:
            self._work_off(batch)
        return {name: value for name, value in batch.items() if name not in ("started", "number")}

    def _work_off(self, batch: dict[str, Any]) -> None:
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]].split(b"\n") if line.strip()]
        expires = batch["number"] in self.expire
        good, bad = [], []
        for place, line in enumerate(lines):
            name = line["custom_id"]
            if expires and place >= len(lines) // 2:
                error = {"code": "batch_expired", "message": "not in time"}
                bad.append({"custom_id": name, "response": None, "error": error})
            elif name not in self.failed and self.rng.random() < self.failing:
                self.failed.add(name)
                body = {"error": {"message": "overloaded", "code": "server_error"}}
                bad.append({"custom_id": name, "response": {"status_code": 500, "body": body}, "error": None})
            else:
                asked = key(line["body"]["messages"])
                self.asked[asked] += 1
                self.answered[asked] += 1
                response = {"status_code": 200, "body": self.completion(line["body"])}
                good.append({"custom_id": name, "response": response, "error": None})
        batch["status"] = "expired" if expires else "completed"
        for where, rows in (("output_file_id", good), ("error_file_id", bad)):
            if rows:
                text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
                batch[where] = self.upload(text.encode())["id"]

    # --- HTTP -----------------------------------------------------------------------------------

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readline():
                method, path, _ = head.decode().split(" ", 2)
                headers = {}
                while line := (await reader.readline()).strip():
                    name, _, value = line.decode("latin-1").partition(":")
                    headers[name.lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                status, content, asked = await self._answer(method, path.partition("?")[0], headers, body)
                writer.write(
                    f"HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\n"
                    f"content-length: {len(content)}\r\n\r\n".encode()
                    + content
                )
                await writer.drain()
                if asked and not writer.is_closing():
                    self.answered[asked] += 1
        writer.close()

    async def _answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes, str]:
        data: Any
        asked = ""
        if path == "/stats":
            data = self.stats()
        elif path.endswith("/chat/completions"):
            sent = json.loads(body)
            asked, data = key(sent["messages"]), await self.chat(sent)
        elif path.endswith("/files"):
            data = self.upload(_part(body, headers["content-type"]))
        elif path.endswith("/content"):
            return 200, self.files[path.split("/")[-2]], ""
        elif path.endswith("/batches") and method == "POST":
            data = self.create(json.loads(body))
        elif path.endswith("/batches"):
            rows = [self.told(name) for name in self.batches]
            data = {"object": "list", "data": rows, "has_more": False, "first_id": None, "last_id": None}
        elif "/batches/" in path:
            data = self.told(path.split("/")[3])
        else:
            return 404, b'{"error": {"message": "no such page"}}', ""
        return 200, json.dumps(data, ensure_ascii=False).encode(), asked


def _part(body: bytes, kind: str) -> bytes:
    """The file of a form."""
    boundary = b"--" + kind.partition("boundary=")[2].strip('"').encode()
    for part in body.split(boundary):
        head, _, content = part.partition(b"\r\n\r\n")
        if b'name="file"' in head:
            return content.removesuffix(b"\r\n")
    return b""


async def run(server: Server, port: int) -> None:
    """Serve until the process is ended; the first line printed is the port."""
    listening = await asyncio.start_server(server.serve, "127.0.0.1", port, limit=2**24)
    print(listening.sockets[0].getsockname()[1], flush=True)
    async with listening:
        await listening.serve_forever()


async def measure(seconds: float = 2.0, at_once: int = 64) -> float:
    """Requests a second that the server itself can take, asked over plain sockets."""
    server = Server({})
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "字" * 3000}]}).encode()
    request = f"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body
    end = time.monotonic() + seconds

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        writer.close()

    await asyncio.gather(*(ask() for _ in range(at_once)))
    listening.close()
    return sum(server.answered.values()) / seconds


def main(arguments: list[str] | None = None) -> int:
    """Serve, or measure what serving can take."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int)
    parser.add_argument("--delay", type=float, default=0.2)
    parser.add_argument("--replies", type=Path)
    parser.add_argument("--batch-delay", type=float, default=0.05)
    parser.add_argument("--failing", type=float, default=0.0)
    parser.add_argument("--expire", type=int, nargs="*", default=[])
    given = parser.parse_args(arguments)
    if given.port is None:
        print(f"{asyncio.run(measure()):.0f} requests a second by the server itself")
        return 0
    replies = json.loads(given.replies.read_text(encoding="utf-8")) if given.replies else {}
    server = Server(
        replies,
        delay=given.delay,
        failing=given.failing,
        expire=tuple(given.expire),
        batch_delay=given.batch_delay,
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(run(server, given.port))
    return 0


if __name__ == "__main__":
    sys.exit(main())
