"""OpenCC, loaded once and only when a text needs it, and the character table made from it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from types import MappingProxyType

#: Characters OpenCC leaves alone in t2s, for they are good in some word (著名, 明瞭), but which a
#: comparison must not tell apart; and variants it does not know.  {variant: form compared}
_VARIANTS = {
    "著": "着", "瞭": "了", "馀": "余", "谘": "咨", "祇": "只", "衹": "只", "覆": "复", "暱": "昵",
    "簷": "檐", "痺": "痹", "甦": "苏", "妳": "你", "牠": "它", "兲": "天", "仝": "同", "○": "〇",
    "衞": "卫", "凖": "准", "効": "效", "汚": "污", "疎": "疏", "値": "值", "闗": "关", "実": "实",
    "◯": "〇", "臺": "台", "裏": "里", "裡": "里", "乾": "干",
    "帐": "账", "画": "划", "藉": "借", "黏": "粘", "粧": "妆",
    "砲": "炮", "敍": "叙", "枱": "台", "糭": "粽", "寳": "宝", "竝": "并", "罸": "罚", "隣": "邻",
    "姊": "姐",
}  # fmt: skip

#: Punctuation that NFKC does not touch, or takes too far ('…' -> '...').  {as written: form compared}
_PUNCTUATION = {
    "「": "“", "」": "”", "『": "“", "』": "”", "‘": "“", "’": "”", "〝": "“", "〞": "”", "＂": '"',
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]", "〖": "[", "〗": "]",
    "｛": "{", "｝": "}", "…": "…", "〈": "《", "〉": "》", "·": "·", "‧": "·", "・": "·", "•": "·",
    "—": "—", "–": "–", "～": "~", "〜": "~", "－": "-", "―": "—", "‐": "-", "‑": "-", "−": "-",
    "﹪": "%", "㎡": "平方米", "㎥": "立方米", "㎞": "公里", "㎏": "公斤", "⋯": "…",
}  # fmt: skip

_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF
#: Enclosed figures (①, ⑴, ㈠) are list marks, not the figures NFKC would make of them.
_ENCLOSED = (range(0x2460, 0x2500), range(0x3200, 0x3300))


@cache
def converter(config: str) -> Callable[[str], str]:
    """The OpenCC conversion of that name: 't2s', 's2tw', 's2t'."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(config).convert
    return convert


@cache
def han_table(config: str) -> MappingProxyType[str, str]:
    """What a conversion makes of each Han character standing alone; those left as they are, left out."""
    characters = [chr(point) for point in range(_FIRST_HAN, _LAST_HAN + 1)]
    # One call for all: a line feed is a border no phrase crosses.
    converted = converter(config)("\n".join(characters)).split("\n")
    return MappingProxyType({a: b for a, b in zip(characters, converted, strict=True) if a != b})


def _compatible(character: str) -> str:
    point = ord(character)
    if any(point in block for block in _ENCLOSED):
        return character
    return unicodedata.normalize("NFKC", character)


class FoldTable(dict[int, str]):
    """A `str.translate` table to the comparison form, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character in _PUNCTUATION:
            result = _PUNCTUATION[character]
        else:
            simplified = han_table("t2s")
            result = "".join(
                _VARIANTS.get(s, s)
                for c in _compatible(_VARIANTS.get(character, character))
                for s in simplified.get(c, c)
            )
        self[point] = result
        return result


@cache
def fold_table() -> FoldTable:
    """The one table of the process; it only ever gains entries that any thread would compute alike."""
    return FoldTable({point: chr(point) for point in range(128)})
