"""Exact token counts, where a vocabulary lies on this machine already; never a download."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarywriter.budget import EstimatedTokens
from summarywriter.chat import TokenCounter

_VOCABULARIES = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
"""SHA-256 of the vocabulary files: tiktoken fetches one anew that differs, so it is never shown one."""

_SOURCE = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"


@dataclass(frozen=True, slots=True)
class ExactTokens:
    """Counts with a vocabulary of tiktoken."""

    encoding: Any

    def count(self, text: str) -> int:
        """Tokens of ``text``; marks of control in it count as text."""
        return len(self.encoding.encode(text, disallowed_special=()))


def local_counter(model: str) -> TokenCounter:
    """A counter for ``model``: exact if tiktoken knows it and its vocabulary is cached, else an estimate.

    Args:
        model: The model's name at the service.
    """
    import tiktoken

    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return EstimatedTokens()
    return ExactTokens(tiktoken.get_encoding(name)) if _is_cached(name) else EstimatedTokens()


def _is_cached(name: str) -> bool:
    if name not in _VOCABULARIES:
        return False
    # Where tiktoken itself looks, in its order.
    folder = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    if folder == "":
        return False
    root = Path(folder) if folder else Path(tempfile.gettempdir()) / "data-gym-cache"
    file = root / hashlib.sha1(_SOURCE.format(name).encode(), usedforsecurity=False).hexdigest()
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == _VOCABULARIES[name]
    except OSError:
        return False
