"""Characters of one encoding read as another's, and what they may have been.

Two ways that Chinese pages break: one byte of a double-byte text is lost, often beside 。 ” 《, and all that
follow in the run are paired wrongly (確保科技周 → 確?萍贾); or a whole text is read in a wrong encoding
(UTF-8 as GBK, as Latin-1; Big5 as GBK). Both are undone here by taking the bytes back and pairing them
again, and the result is offered only where it is made of commoner characters than what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarywriter.chinese.text import Span, folded

#: Common characters of GB 2312 (level 1) end here.
_LEVEL_2 = b"\xd8\xa1"
_UNKNOWN = "□"
#: A run is tried where it holds a sign of damage: a character that prose hardly has, or a letter,
#: question mark or < between two characters.
_HAN = "㐀-鿿"
_RUN = re.compile(rf"[{_HAN}？?！!<＜①-⒛⑴-⒇°′″§Α-ωЁ-я㈠-㈩Ⅰ-ⅫＡ-ＺA-Za-z～·‖々〖〗〃]+")
#: What half-width marks stood for before somebody made them half-width.
_WIDE = str.maketrans({"?": "？", "!": "！", "<": "＜"})


@cache
def _rarity(character: str) -> int:
    """0 for a character of prose, 1 for a rarer one, 2 for one that prose never has."""
    if not "㐀" <= character <= "鿿":
        return 0 if character in "，。、；：！“”《》（）" else 1
    simplified = folded(character)
    try:
        code = simplified.encode("gb2312")
    except UnicodeEncodeError:
        return 2
    return 0 if code < _LEVEL_2 else 1


def find_mojibake(line: str) -> list[tuple[Span, str]]:
    """Runs of a line that are no text, each with what it may have read."""
    if wrong := _whole(line):
        return [(Span(0, len(line)), wrong)]
    return list(_shifted(line))


# --- a whole line in a wrong encoding --------------------------------------------------------------

_LATIN = re.compile(r"[\u0080-\u00ff]{3,}")
_WRONG = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"),
          ("gb18030", "big5"), ("big5", "gb18030"))  # fmt: skip


def _whole(line: str) -> str:
    """What a line says in the encoding it is in, where it was read in another; else ``""``."""
    strange = sum(_rarity(c) > 0 for c in line if not c.isascii())
    foreign = sum(not c.isascii() for c in line)
    if foreign < 6 or (strange < foreign * 0.35 and not _LATIN.search(line)):  # noqa: PLR2004
        return ""
    for read_as, truly in _WRONG:
        try:
            said = line.encode(read_as).decode(truly)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if any("\ue000" <= c <= "\uf8ff" for c in said):
            continue
        han = [c for c in said if "一" <= c <= "鿿"]
        if len(han) > 2 and sum(_rarity(c) == 0 for c in han) >= len(han) * 0.9:  # noqa: PLR2004
            return said
    return ""


# --- one byte lost ---------------------------------------------------------------------------------


def _shifted(line: str) -> Iterator[tuple[Span, str]]:
    for match in _RUN.finditer(line):
        if not _suspicious(match.group()):
            continue
        position = match.start()
        while position < match.end():
            best = _best_from(line, position, match.end())
            if best is None:
                position += 1
                continue
            end, said = best
            yield Span(position, end), said
            position = end


def _suspicious(run: str) -> bool:
    return any(_rarity(c) == 2 for c in run) or bool(_MIXED.search(run)) or sum(map(_rarity, run)) >= 2  # noqa: PLR2004


_MIXED = re.compile(rf"(?<=[{_HAN}])[?？!！<](?=[{_HAN}])|(?<=[{_HAN}])[A-Za-z](?=[{_HAN}])")
_LONGEST = 24
_COMMON_SHARE = 0.75


def _best_from(line: str, start: int, stop: int) -> tuple[int, str] | None:
    """The longest stretch from `start` that reads better with its bytes paired anew."""
    if line[start] not in "?？!！<＜" and _rarity(line[start]) < 1:
        return None
    best: tuple[int, int, str] | None = None
    for end in range(start + 3, min(stop, start + _LONGEST) + 1):
        given = line[start:end]
        said = _paired(given)
        if said is None:
            continue
        if sum(_weight(c) == 0 for c in said) < len(said) * _COMMON_SHARE:
            continue
        gain = sum(map(_rarity, given)) * 2 - sum(map(_weight, said))
        if gain >= 4 and (best is None or gain > best[0]):  # noqa: PLR2004
            best = gain, end, said
    return None if best is None else (best[1], best[2])


def _weight(character: str) -> int:
    if character == _UNKNOWN:
        return 3
    return 8 if "\ue000" <= character <= "\uf8ff" else 3 * _rarity(character)


def _paired(given: str) -> str | None:
    """The bytes of a stretch paired one further on, the lost first byte taken for that of a mark."""
    try:
        data = given.translate(_WIDE).encode("gbk")
    except UnicodeEncodeError:
        return None
    said = []
    # 。 “ ” 《 》 、 all begin with A1; else the first character cannot be told.
    data = b"\xa1" + data
    for place in range(0, len(data) - 1, 2):
        pair = data[place : place + 2]
        try:
            said.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            said.append(_UNKNOWN)
    if len(data) % 2:
        said.append(_UNKNOWN)
    return "".join(said)
