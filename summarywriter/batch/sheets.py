"""The sheets of a batch: found one by one, each under a name that is safe and its own."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summarywriter.facts.load import MAX_BYTES

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: Its path in the batch, with forward slashes.
        path: Its file.
    """

    name: str
    path: Path

    def content(self) -> bytes:
        """The file; no more of it than any sheet has.

        Raises:
            OSError: It cannot be read.
        """
        with self.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)


def sheets_in(paths: Iterable[Path], *, leave: Path | None = None) -> Iterator[Sheet]:
    """The sheets that files and folders hold, folder by folder in the order of names.

    Hidden files and folders are left out, and folders that links lead to: they may lead anywhere.

    Args:
        paths: Files, which are sheets whatever their name, and folders.
        leave: A folder that is not looked into: the one that is written to.
    """
    for path in paths:
        if path.is_dir():
            yield from _under(path, "", leave.resolve() if leave else None)
        else:
            yield Sheet(path.name, path)


def _under(folder: Path, above: str, leave: Path | None) -> Iterator[Sheet]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith((".", "~$")):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if path.resolve() != leave:
                yield from _under(path, f"{above}{entry.name}/", leave)
        elif path.suffix.lower() in SUFFIXES and entry.is_file():
            yield Sheet(f"{above}{entry.name}", path)


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_BAD = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_LONGEST = 120
"""Bytes of one part of a path; file systems take 255, and suffixes are put on."""


def safe(name: str) -> str:
    r"""A name as a path below the output folder, whatever it was.

    >>> safe("../../etc/passwd"), safe("C:\\temp\\a"), safe("con"), safe("縣/甲")
    ('etc/passwd', 'C_/temp/a', '_con', '縣/甲')
    """
    parts = []
    for part in re.split(r"[/\\]+", unicodedata.normalize("NFC", name)):
        cleaned = _BAD.sub("_", part).strip(" ").rstrip(".")
        if cleaned in ("", ".", ".."):
            continue
        if cleaned.startswith(".") or _RESERVED.fullmatch(cleaned):
            cleaned = f"_{cleaned}"
        parts.append(_cut(cleaned))
    return "/".join(parts) or "_"


def _cut(part: str) -> str:
    if len(part.encode()) <= _LONGEST:
        return part
    short = part.encode()[: _LONGEST - 9].decode("utf-8", "ignore")
    return f"{short}~{hashlib.sha256(part.encode()).hexdigest()[:8]}"


def targets(name: str) -> Iterator[str]:
    """Where the summary of a sheet may be written, without its suffix, best first.

    The sheet's name without its own suffix; with it, where another sheet has that already; and with a
    hash, where names differ in case alone.

    >>> list(targets("縣/甲.yaml"))[:2]
    ['縣/甲', '縣/甲.yaml']
    """
    whole = safe(name)
    stem, dot, suffix = whole.rpartition(".")
    if dot and f".{suffix.lower()}" in SUFFIXES and not stem.endswith("/") and stem:
        yield stem
    yield whole
    yield f"{whole}~{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def key_of(target: str) -> str:
    """Two targets with one key are one file on some file system."""
    return unicodedata.normalize("NFC", target).casefold()
