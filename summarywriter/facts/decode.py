"""Bytes to text: which of the encodings of Chinese offices a file is in.

UTF-8 is strict enough to be recognised by itself. GB18030 and Big5 are not: most files of the one can
be read as the other, into rare characters. What was read is therefore judged by how much of it is
ordinary: the commonest characters of official prose, its punctuation, and the keys of a sheet.
"""

from __future__ import annotations

import codecs
import functools
import re

from summarywriter.facts.keys import common_characters, is_known_anywhere

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ("gb18030", "cp950", "big5hkscs")
_PUNCTUATION = frozenset("，。、：；！？（）《》“”‘’「」『』〔〕—…％－～·　０１２３４５６７８９")
_LEAST_ORDINARY = 0.12
"""Below this share of ordinary characters a reading is taken for noise: prose has 0.4 and more."""


class EncodingError(ValueError):
    """The bytes are in none of the encodings tried.

    Attributes:
        line: Line of the first byte that is no UTF-8, from 1.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"no known encoding (first fault on line {line})")
        self.line = line


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of a file.

    Args:
        data: The whole file.
        encoding: Name of the encoding, where it is known; recognised if ``None``.

    Raises:
        EncodingError: It cannot be read in that encoding, or in any of those tried.
        LookupError: There is no encoding of that name.
    """
    if encoding is not None:
        codecs.lookup(encoding)
        return _strict(data, encoding).removeprefix("\ufeff")
    return _recognised(data)[1]


def encoding_of(data: bytes) -> str:
    """The name of the encoding that `decode` recognises, one that writes the same mark at the beginning.

    Raises:
        EncodingError: There is none.
    """
    name, _ = _recognised(data)
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return name.rsplit("-", 1)[0] if any(data.startswith(mark) for mark, _ in _BOMS) else name


def _recognised(data: bytes) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, _strict(data[len(mark) :], name)
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error.start
    readings = [
        (name, text) for name in (*_LEGACY, *_wide(data)) if (text := _attempt(data, name)) is not None
    ]
    best = max(readings, key=lambda reading: _ordinariness(reading[1]), default=None)
    if best is None or _ordinariness(best[1]) < _LEAST_ORDINARY:
        raise EncodingError(data.count(b"\n", 0, fault) + 1)
    return best


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(data.count(b"\n", 0, error.start) + 1) from error


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows in the zero bytes of its line breaks and digits."""
    return ("utf-16-le", "utf-16-be") if b"\0" in data else ()


_KEY = re.compile(r"^[\s\-{\[,\"']*([^\s:：\"',{}\[\]]{1,12})[\"']?\s*[:：]", re.MULTILINE)


@functools.lru_cache(maxsize=8)
def _ordinariness(text: str) -> float:
    """Share of ordinary characters among those beyond ASCII, plus a tenth for each known key (up to 5)."""
    foreign = [char for char in text if not char.isascii()]
    if not foreign:
        return 0.0
    ordinary = common_characters() | _PUNCTUATION
    share = sum(char in ordinary for char in foreign) / len(foreign)
    known = sum(1 for name in set(_KEY.findall(text)) if not name.isascii() and is_known_anywhere(name))
    return share + min(known, 5) / 10
