"""In which language and script the user is talked to, before any sheet has been read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from summarywriter.messages import render

LANGUAGES = ("zh", "en")
_VARIABLE = "SUMMARYWRITER_LANG"
_SIMPLIFIED = ("zh_cn", "zh_sg", "zh-cn", "zh-sg", "hans")


def language_of(arguments: Sequence[str]) -> str:
    """``--lang`` as given anywhere, else ``SUMMARYWRITER_LANG``, else Chinese.

    Read off the words themselves, for help and usage errors come before they are parsed.
    """
    chosen = os.environ.get(_VARIABLE, "")
    for n, word in enumerate(arguments):
        if word == "--lang" and n + 1 < len(arguments):
            chosen = arguments[n + 1]
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    return "en" if chosen.lower().startswith("en") else "zh"


def script_of_locale() -> str:
    """Simplified where the system says so, else Traditional."""
    locale = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(name))), "")
    return "hans" if any(mark in locale.lower() for mark in _SIMPLIFIED) else "hant"


def help_text(key: str) -> str:
    """A message of the catalogue's ``cli.help`` in the user's language."""
    return render(f"cli.help.{key}", lang=language_of(sys.argv[1:]), script=script_of_locale())
