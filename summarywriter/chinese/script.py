"""Which script a text is in, conversion between the two, and characters of the wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache

from summarywriter.chinese.conversion import converter, han_table
from summarywriter.chinese.text import Span


class Script(StrEnum):
    """The two scripts a summary can be written in."""

    HANS = "hans"
    HANT = "hant"


#: Traditional: Taiwan's standard forms, for plain s2t writes 羣眾 and 爲.
_CONFIG = {Script.HANS: "t2s", Script.HANT: "s2tw"}
#: Common characters of Big5 (level 1) end here; level 2 also holds rare homographs of simplified forms
#: (万, 与, 体), which in a traditional text are slips.
_BIG5_LEVEL_2 = b"\xc9\x40"
#: GB 2312 holds these for surnames and classical words only; in a simplified text they are slips.
_SLIPS_IN_HANS = frozenset("於後餘衝")
_SHORT = 48
"""Characters of a stretch that is worth keeping: a clause, and no paragraph."""


def _encodes(character: str, codec: str) -> bytes:
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return b""


@cache
def only_in(script: Script) -> frozenset[str]:
    """Characters written in that script alone.

    A character good in both (后, 于, 干, 余, 周, 范, 里, 系, 制) is in neither set: whether it is common in
    the other script is read off the codings made for it, GB 2312 and Big5, not off a conversion.
    """
    if script is Script.HANT:
        return frozenset(c for c in han_table("t2s") if c in _SLIPS_IN_HANS or not _encodes(c, "gb2312"))
    common = (c for c in han_table("s2t") if c not in han_table("t2s"))
    return frozenset(c for c in common if not (code := _encodes(c, "big5")) or code >= _BIG5_LEVEL_2)


def detect_script(text: str) -> Script | None:
    """The script most of the telling characters are written in; None if there are none, or as many.

    By majority, for one borrowed name or one slip must not turn a page over.
    """
    hans, hant = only_in(Script.HANS), only_in(Script.HANT)
    balance = sum((c in hant) - (c in hans) for c in text)
    if balance == 0:
        return None
    return Script.HANT if balance > 0 else Script.HANS


def _convert(text: str, script: Script) -> str:
    """Convert one stretch, keeping its length: what changes length is converted character by character."""
    if text.isascii():
        return text
    return _convert_short(text, script) if len(text) <= _SHORT else _converted(text, script)


@lru_cache(maxsize=2048)
def _convert_short(text: str, script: Script) -> str:
    """A fact's words and a template's are converted in every section that tells them."""
    return _converted(text, script)


def _converted(text: str, script: Script) -> str:
    convert = converter(_CONFIG[script])
    result = convert(text)
    if len(result) == len(text):
        return result
    return "".join(c if len(r := convert(c)) != 1 else r for c in text)


def to_script_mapped(
    text: str, script: Script, protected: Iterable[Span] = ()
) -> tuple[str, tuple[int, ...]]:
    """Convert, and tell where each character went.

    Args:
        text: Source, in either script or both.
        script: Script wanted.
        protected: Spans of `text` (names, quotations) that stay as they are; they may overlap.

    Returns:
        The converted text, and for each index of `text`, and for its end, the index in the converted
        text: `len(text) + 1` entries. A span is carried as `Span(offsets[start], offsets[end])`.
    """
    pieces: list[str] = []
    position = 0
    for start, end in sorted(protected):
        if start > position:
            pieces.append(_convert(text[position:start], script))
            position = start
        if end > position:
            pieces.append(text[position:end])
            position = end
    pieces.append(_convert(text[position:], script))
    return "".join(pieces), tuple(range(len(text) + 1))


def to_script(text: str, script: Script, protected: Iterable[Span] = ()) -> str:
    """Convert all but the protected spans.

    >>> to_script("发放资料500余册", Script.HANT)
    '發放資料500餘冊'
    """
    return to_script_mapped(text, script, protected)[0]


def foreign_characters(text: str, script: Script) -> list[Span]:
    """Runs of characters that exist only in the other script.

    A character is reported only if the conversion, which knows phrases, would change it where it stands:
    乾 stays in a simplified 乾隆.
    """
    other = only_in(Script.HANS if script is Script.HANT else Script.HANT)
    if not any(c in other for c in text):
        return []
    converted = _convert(text, script)
    spans: list[Span] = []
    for index, character in enumerate(text):
        if character not in other or converted[index] == character:
            continue
        if spans and spans[-1].end == index:
            spans[-1] = Span(spans[-1].start, index + 1)
        else:
            spans.append(Span(index, index + 1))
    return spans
