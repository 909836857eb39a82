"""The two streams: results on stdout, messages on stderr, on any console and through any pipe."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal, TextIO

from summarywriter.messages import render

Tone = Literal["error", "warning", "good", "quiet", "heading"]
_STYLES: dict[Tone, str] = {
    "error": "bold red",
    "warning": "yellow",
    "good": "green",
    "quiet": "dim",
    "heading": "bold",
}
_SAMPLE = "總结├"


class PipeClosedError(Exception):
    """Whoever read our output (``| head``) has heard enough; no `OSError`, which others would catch."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """How one run talks.

    Attributes:
        lang: ``zh`` or ``en``.
        script: Script of Chinese messages.
    """

    lang: str = "zh"
    script: str = "hant"

    def say(self, key: str, tone: Tone | None = None, **params: Any) -> None:
        """A message of the catalogue on stderr."""
        self.note(self.words(key, **params), tone)

    def words(self, key: str, **params: Any) -> str:
        """A message of the catalogue."""
        return render(key, lang=self.lang, script=self.script, **params)

    def note(self, text: str, tone: Tone | None = None) -> None:
        """A line on stderr."""
        _write(sys.stderr, f"{text}\n", tone)

    def result(self, text: str, tone: Tone | None = None) -> None:
        """A line of the result on stdout."""
        _write(sys.stdout, f"{text}\n", tone)

    def data(self, data: Any) -> None:
        """JSON on stdout; where the stream has no Chinese, in escapes, so that it stays JSON."""
        import json

        text = json.dumps(data, ensure_ascii=not encodes(sys.stdout, _SAMPLE + "\U00020000é"), indent=2)
        _write(sys.stdout, f"{text}\n", None)


def prepare_streams() -> None:
    """Make both streams fit for Chinese: what a console cannot show is escaped, never an exception.

    A pipe or file in an encoding without Chinese (a Windows of another country) gets UTF-8, unless the
    user chose the encoding.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING") or encodes(stream, _SAMPLE):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def encodes(stream: TextIO, text: str) -> bool:
    """Whether the stream's encoding has these characters."""
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_live(stream: TextIO) -> bool:
    """A person is looking at the stream as it is written."""
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # closed
        return False


def _write(stream: TextIO, text: str, tone: Tone | None) -> None:
    try:
        if tone is not None and is_live(stream) and not os.environ.get("NO_COLOR"):
            from rich.console import Console
            from rich.text import Text

            Console(file=stream, soft_wrap=True, highlight=False).print(Text(text, _STYLES[tone]), end="")
        else:
            stream.write(text)
        stream.flush()
    except BrokenPipeError as error:
        raise PipeClosedError from error


def cells(text: str) -> int:
    """Columns that ``text`` takes on a terminal: full-width characters take two.

    >>> cells("600多人")
    7
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
