"""The journal of a batch: every sheet's state, in an SQLite file in the output folder.

What was written is in the journal only after it is on the disk, so that whatever ends a run (SIGKILL, a
full disk, Ctrl-C) leaves at worst a sheet to be written again, from replies that are kept. Replies are kept
beside it, in a store of their own. While a run lasts it holds a lock; a second run sees it and stops.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summarywriter.batch.job import Outcome, State
from summarywriter.batch.sheets import key_of, targets
from summarywriter.errors import BatchError
from summarywriter.messages import render

FOLDER = ".summarywriter"
REPORTS = ("batch-report.csv", "batch-report.html")
_VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS sheets (
    name TEXT PRIMARY KEY, target TEXT NOT NULL, target_key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL, setting TEXT NOT NULL, state TEXT NOT NULL, run INTEGER NOT NULL,
    outputs TEXT NOT NULL DEFAULT '{}', title TEXT NOT NULL DEFAULT '', genre TEXT NOT NULL DEFAULT '',
    errors INTEGER NOT NULL DEFAULT 0, warnings INTEGER NOT NULL DEFAULT 0,
    untold INTEGER NOT NULL DEFAULT 0, gaps INTEGER NOT NULL DEFAULT 0,
    replies INTEGER NOT NULL DEFAULT 0, fallbacks TEXT NOT NULL DEFAULT '[]',
    findings TEXT NOT NULL DEFAULT '[]', message TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, ended INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS lines (custom_id TEXT PRIMARY KEY, batch TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS owner (token TEXT NOT NULL);
INSERT INTO owner SELECT lower(hex(randomblob(12))) WHERE NOT EXISTS (SELECT 1 FROM owner);
CREATE TABLE IF NOT EXISTS batches (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
"""
_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet in the journal; what `Outcome` says of it, and the files that were written."""

    name: str
    target: str
    state: State
    outputs: Mapping[str, str]
    title: str
    genre: str
    errors: int
    warnings: int
    untold: int
    gaps: int
    replies: int
    fallbacks: tuple[str, ...]
    findings: tuple[str, ...]
    message: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over all sheets of a batch.

    Attributes:
        sheets: How many there are.
        done: How many are written.
        failed: How many could not be.
        errors: Errors of the verifier.
        warnings: Its warnings.
        untold: Facts not told.
        gaps: 〔待補〕.
        replies: Answers of a model.
        fallbacks: Sheets with a section that the realiser wrote in the model's stead.
    """

    sheets: int
    done: int
    failed: int
    errors: int
    warnings: int
    untold: int
    gaps: int
    replies: int
    fallbacks: int


class Journal:
    """The journal of one output folder, locked while it is open.

    Args:
        out: The output folder; made where it is not there.
        lang: Language of messages.

    Raises:
        BatchError: Another run is under way there, or the folder cannot be used.
    """

    def __init__(self, out: Path, *, lang: str = "zh") -> None:
        self.out = out
        self._lang = lang
        self._home = out / FOLDER
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(self._home / "lock.db")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise self._fault("batch.busy", folder=str(out)) from error
            raise self._fault("batch.unusable", folder=str(out), reason=str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise self._fault("batch.unusable", folder=str(out), reason=str(error)) from error
        try:
            self._db = self._opened()
        except BaseException:
            self._lock.close()
            raise
        self.run = 0

    def _opened(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self._home / "journal.db", isolation_level=None)
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _VERSION):
                db.close()
                raise self._fault("batch.unusable", folder=str(self.out), reason=f"journal version {version}")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.executescript(_TABLES)
            db.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.Error as error:
            raise self._fault("batch.unusable", folder=str(self.out), reason=str(error)) from error
        return db

    @property
    def store(self) -> Path:
        """The store of replies that goes with this journal."""
        return self._home / "replies.db"

    def __enter__(self) -> Self:
        self.run = self._write("INSERT INTO runs DEFAULT VALUES")
        for stale in self.out.rglob(".*.tmp"):
            if _TEMPORARY.fullmatch(stale.name):  # what a killed run was about to rename
                stale.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            if kind is None:
                self._db.execute("UPDATE runs SET ended = 1 WHERE id = ?", (self.run,))
        self._db.close()
        self._lock.close()

    # --- sheets -------------------------------------------------------------------------------------

    def needs(self, name: str, content: bytes, setting: str, *, again: bool = False) -> bool:
        """Take a sheet down, and tell whether it is still to be written.

        It is not, where this very sheet was written under this very setting and its files are there.

        Args:
            name: The sheet's name.
            content: Its file.
            setting: Digest of the options.
            again: Write it again if the realiser wrote a section in the model's stead.
        """
        digest = hashlib.sha256(content).hexdigest()
        row = self._db.execute(
            "SELECT digest, setting, state, outputs, fallbacks FROM sheets WHERE name = ?", (name,)
        ).fetchone()
        same = row is not None and row[:3] == (digest, setting, State.DONE.value)
        if same and self._are_there(json.loads(row[3])) and not (again and row[4] != "[]"):
            self._write("UPDATE sheets SET run = ? WHERE name = ?", (self.run, name))
            return False
        if row is None:
            target = self._target(name)
            self._write(
                "INSERT INTO sheets (name, target, target_key, digest, setting, state, run)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (name, target, key_of(target), digest, setting, State.WAITING.value, self.run),
            )
        else:
            self._write(
                "UPDATE sheets SET digest = ?, setting = ?, state = ?, run = ? WHERE name = ?",
                (digest, setting, State.WAITING.value, self.run, name),
            )
        return True

    def _target(self, name: str) -> str:
        """The first place for a sheet's summary that is no other's, and none of our own files."""
        own = {key_of(report.rpartition(".")[0]) for report in REPORTS}
        for target in targets(name):
            key = key_of(target)
            taken = self._db.execute("SELECT 1 FROM sheets WHERE target_key = ?", (key,)).fetchone()
            if taken is None and key not in own:
                return target
        raise self._fault("batch.same_name", name=name)

    def _are_there(self, outputs: Mapping[str, str]) -> bool:
        return all((self.out / file).is_file() for file in outputs)

    def target(self, name: str) -> str:
        """Where a sheet's summary goes, without its suffix, below the output folder."""
        row = self._db.execute("SELECT target FROM sheets WHERE name = ?", (name,)).fetchone()
        return str(row[0])

    def finish(self, outcome: Outcome, files: Mapping[str, bytes]) -> None:
        """Take down what became of a sheet, its files being on the disk.

        Args:
            outcome: What became of it.
            files: What was written, by path below the output folder.
        """
        written = {file: hashlib.sha256(content).hexdigest() for file, content in files.items()}
        values = {
            "state": outcome.state.value, "outputs": _json(written), "title": outcome.title,
            "genre": outcome.genre, "errors": outcome.errors, "warnings": outcome.warnings,
            "untold": outcome.untold, "gaps": outcome.gaps, "replies": outcome.replies,
            "fallbacks": _json(outcome.fallbacks), "findings": _json(outcome.findings),
            "message": outcome.message, "seconds": outcome.seconds,
        }  # fmt: skip
        columns = ", ".join(f"{column} = ?" for column in values)
        self._write(f"UPDATE sheets SET {columns} WHERE name = ?", (*values.values(), outcome.name))  # noqa: S608

    def rows(self) -> Iterator[Row]:
        """Every sheet of this batch as it stands, in the order of names."""
        columns = tuple(field.name for field in fields(Row))
        query = f"SELECT {', '.join(columns)} FROM sheets WHERE run = ? ORDER BY name"  # noqa: S608
        for values in self._db.execute(query, (self.run,)):
            row = dict(zip(columns, values, strict=True))
            row["state"], row["outputs"] = State(row["state"]), json.loads(row["outputs"])
            row["fallbacks"] = tuple(json.loads(row["fallbacks"]))
            row["findings"] = tuple(json.loads(row["findings"]))
            yield Row(**row)

    def totals(self) -> Totals:
        """The sums over this batch's sheets, written in this run or before."""
        row = self._db.execute(
            "SELECT count(*), sum(state = 'done'), sum(state = 'failed'), sum(errors), sum(warnings),"
            " sum(untold), sum(gaps), sum(replies), sum(fallbacks <> '[]') FROM sheets WHERE run = ?",
            (self.run,),
        ).fetchone()
        return Totals(*(value or 0 for value in row))

    # --- jobs of a batch queue ----------------------------------------------------------------------

    def submitted(self, batch: str, custom_ids: Iterator[str]) -> None:
        """Take down that these requests are on their way in a service's batch."""
        self._db.execute("BEGIN")
        try:
            self._db.execute("INSERT OR REPLACE INTO batches VALUES (?, 'open')", (batch,))
            self._db.executemany(
                "INSERT OR REPLACE INTO lines VALUES (?, ?)", ((c, batch) for c in custom_ids)
            )
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._db.execute("ROLLBACK")
            raise self._fault("batch.journal", reason=str(error)) from error

    def collected(self, batch: str) -> None:
        """Take down that a service's batch is through: its requests may be asked again elsewhere."""
        self._write("UPDATE batches SET state = 'closed' WHERE id = ?", (batch,))
        self._write("DELETE FROM lines WHERE batch = ?", (batch,))

    def known_batches(self) -> tuple[str, ...]:
        """Batches of this and earlier runs."""
        return tuple(row[0] for row in self._db.execute("SELECT id FROM batches"))

    @property
    def token(self) -> str:
        """What marks a batch at a service as this journal's."""
        row = self._db.execute("SELECT token FROM owner").fetchone()
        return str(row[0])

    def batch_of(self, custom_id: str) -> str | None:
        """The batch that a request is on its way in."""
        row = self._db.execute("SELECT batch FROM lines WHERE custom_id = ?", (custom_id,)).fetchone()
        return str(row[0]) if row is not None else None

    # ------------------------------------------------------------------------------------------------

    def _write(self, statement: str, values: tuple[Any, ...] = ()) -> int:
        try:
            return self._db.execute(statement, values).lastrowid or 0
        except sqlite3.Error as error:
            raise self._fault("batch.journal", reason=str(error)) from error

    def _fault(self, key: str, **params: str) -> BatchError:
        return BatchError(render(key, lang=self._lang, **params))


def _lock(file: Path) -> sqlite3.Connection:
    """A lock of the system's on a file, which falls when this process ends, however it ends."""
    connection = sqlite3.connect(file, timeout=0.2, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
