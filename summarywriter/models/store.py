"""Replies kept by what was asked: nothing that is unchanged is paid for twice.

A reply is found again by its very request; else by a request of the same *shape*, which differs from it in
figures, dates, names and target length alone. The model writes none of these but their slots, so a
corrected figure finds the prose that was paid for; a reply that wrote one raw is asked for again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarywriter.chat import ChatModel, Failure, Reply, Request, Usage
from summarywriter.chinese.text import folded
from summarywriter.errors import StoreError

_VERSION = 1
_PATIENCE = 30.0
"""Seconds that one process waits for another's write."""

_TABLE = """
CREATE TABLE IF NOT EXISTS replies (
    address TEXT PRIMARY KEY, shape TEXT NOT NULL, stage TEXT NOT NULL, section TEXT NOT NULL,
    model TEXT NOT NULL, text TEXT NOT NULL, "values" TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_shape ON replies (shape) WHERE shape <> '';
"""
_SLOT = re.compile(r"[{｛【⟦<\[]{1,2}[^{}｛｝【】⟦⟧<>\[\]]*[}｝】⟧>\]]{1,2}")
_SHORTEST = 2
"""Characters from which a value in a reply is no accident."""


class ReplyStore:
    """Whole replies in one SQLite file, shared by threads and processes.

    Args:
        path: The file; made where it is not there.

    Raises:
        StoreError: It is no store, or another version's.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        with self._open():
            pass

    def __len__(self) -> int:
        with self._open() as connection:
            return int(connection.execute("SELECT count(*) FROM replies").fetchone()[0])

    def get(self, request: Request, *, model: str) -> Reply | None:
        """The reply to a request, or to one of its shape; ``None`` where there is none.

        Args:
            request: The request.
            model: Who would be asked: a reply is its model's alone.
        """
        columns = 'SELECT text, model, "values" FROM replies '
        with self._open() as connection:
            exact = connection.execute(columns + "WHERE address = ?", (_address(request, model),)).fetchone()
            if exact is not None:
                return Reply(exact[0], model=exact[1], stored=True, seconds=0.0)
            if not request.shape:
                return None
            alike = connection.execute(columns + "WHERE shape = ?", (_shape(request, model),)).fetchall()
        for text, name, values in alike:
            if request.schema is not None or not _writes(text, set(json.loads(values)) - set(request.values)):
                return Reply(text, model=name, stored=True, seconds=0.0)
        return None

    def put(self, request: Request, reply: Reply, *, model: str) -> None:
        """Keep a reply that came to its end; half a text is none."""
        if reply.finish_reason != "stop" or reply.stored:
            return
        row = (
            _address(request, model),
            _shape(request, model) if request.shape else "",
            request.stage,
            request.section,
            reply.model,
            reply.text,
            json.dumps(request.values, ensure_ascii=False),
            reply.usage.prompt_tokens,
            reply.usage.completion_tokens,
        )
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def usage(self) -> Usage:
        """Tokens that the replies kept here cost when they were paid for."""
        totals = "SELECT total(prompt_tokens), total(completion_tokens) FROM replies"
        with self._open() as connection:
            row = connection.execute(totals).fetchone()
        return Usage(int(row[0]), int(row[1]))

    def close(self) -> None:
        """Close the file; it is opened again where it is used again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one piece of work; a process that was forked off opens its own."""
        with self._lock:
            try:
                if self._connection is None or self._process != os.getpid():
                    self._connection, self._process = self._connected(), os.getpid()
                with self._connection as connection:
                    yield connection
            except (sqlite3.Error, OSError) as error:
                raise StoreError(f"{self._path} cannot be used as a store of replies: {error}") from error

    def _connected(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # One connection, behind a lock of ours: threads take turns.
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
        try:
            _see_version(connection, self._path)
            connection.execute("PRAGMA journal_mode = WAL")  # stays as it is where a file system cannot
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLE)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        except BaseException:
            connection.close()
            raise
        return connection


def _see_version(connection: sqlite3.Connection, path: Path) -> None:
    """See that the file is new, or a store of ours."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    filled = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version != _VERSION and (version or filled):
        raise StoreError(f"{path} is no store of replies of version {_VERSION}: name another file")


class StoredModel:
    """Answers from a store, and asks another model for what is not there.

    A failure, or a reply that was cut off, is not kept. The store's own work is a fraction of a
    millisecond, and is not awaited.

    Args:
        model: Who is asked.
        store: The store, or its file.

    Raises:
        StoreError: The file is no store.

    Example::

        writer = SummaryWriter(StoredModel(OpenAIModel("qwen3", base_url=...), "replies.db"))
    """

    shaped = True
    """Tells the writer to give each request its shape."""

    def __init__(self, model: ChatModel, store: ReplyStore | str | Path) -> None:
        self._model = model
        self._store = store if isinstance(store, ReplyStore) else ReplyStore(store)

    @property
    def name(self) -> str:
        """Name of the model that is asked."""
        return self._model.name

    @property
    def identity(self) -> str:
        """What makes the model's replies its own: its name, and the options that alter what it says."""
        return str(getattr(self._model, "identity", self._model.name))

    def __getattr__(self, name: str) -> Any:
        """What else the model that is asked tells of itself, e.g. its endpoint."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._model, name)

    def complete(self, request: Request) -> Reply | Failure:
        """Answer from the store, else ask."""
        kept = self._store.get(request, model=self.identity)
        return kept if kept is not None else self._kept(request, self._model.complete(request))

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer from the store, else ask."""
        kept = self._store.get(request, model=self.identity)
        return kept if kept is not None else self._kept(request, await self._model.acomplete(request))

    def _kept(self, request: Request, answer: Reply | Failure) -> Reply | Failure:
        if isinstance(answer, Reply):
            self._store.put(request, answer, model=self.identity)
        return answer


def _address(request: Request, model: str) -> str:
    return _hash(model, request.key, f"{request.temperature:g}")


def _shape(request: Request, model: str) -> str:
    return _hash(model, request.shape, f"{request.temperature:g}")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _writes(text: str, values: set[str]) -> bool:
    """Whether a reply writes one of these values raw, outside its slots."""
    said = folded(_SLOT.sub("", text))
    return any(len(value) >= _SHORTEST and folded(value) in said for value in values)
