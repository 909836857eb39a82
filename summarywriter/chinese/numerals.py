"""Numbers as Chinese texts write them: Arabic, Chinese, formal (壹佰) and mixed (1.5万)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from summarywriter.chinese.script import Script
from summarywriter.chinese.text import Span, fold, folded

DIGITS = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"廿": 20, "卅": 30}
SCALES = {
    "十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8,
}  # fmt: skip
_BIG = 10**4
#: The characters a Chinese number is written with, in comparison form.
HAN = "".join((*DIGITS, *_TENS, *SCALES))

#: One number in comparison form, at its longest. Every quantifier is possessive, so that a megabyte of
#: digits or of 万 is read once.
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"
NUMBER = (
    rf"(?>{ARABIC}[{HAN}]*+(?:(?<=万)[0-9],[0-9]{{3}}(?![0-9.,])|[0-9]++(?![.,:])[{HAN}]*+)?+"
    rf"|[{HAN}]++(?:点[{HAN}]++|(?<=[十百千万亿])[0-9]++(?![.,:]))?+)"
)
_NUMBER = re.compile(NUMBER)
_TOKEN = re.compile(rf"{ARABIC}|[{HAN}]")

#: No figure of a summary is longer; beyond it a run of digits is no number but debris.
MAX_LENGTH = 40
#: Arabic digits of one number: within the 28 of decimal arithmetic, so that no value is ever rounded.
MAX_DIGITS = 24


def _positional(text: str) -> Decimal | None:
    """二〇一八, 一一九: digits read off one by one."""
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return None


def _decimal_point(text: str) -> Decimal | None:
    """三点五, 一点二亿."""
    whole, _, rest = text.partition("点")
    places = re.match(rf"[{''.join(DIGITS)}]+", rest)
    scale = Decimal(1)
    if places is None or (left := parse_folded(whole)) is None or left != int(left):
        return None
    for unit in rest[places.end() :]:
        if unit not in SCALES:
            return None
        scale *= SCALES[unit]
    return Decimal(f"{int(left)}." + "".join(str(DIGITS[c]) for c in places.group())) * scale


class _Reader:
    """Adds up a number token by token; `ok` turns false at the first token out of place."""

    def __init__(self) -> None:
        self.total = Decimal(0)  # 亿 and 万 groups already closed
        self.group = Decimal(0)  # the group being read, below 万
        self.number: Decimal | None = None
        self.scale = 10**12  # the last small scale of the group: they fall
        self.big = 10**16  # the last big one
        self.last = 1  # the scale the last token was, for 三千五
        self.zero = False
        self.literal = ""
        self.ok = True

    def digit(self, value: Decimal, literal: str) -> None:
        if self.number is not None:
            self.ok = False
        elif literal in ("零", "〇"):
            self.ok = self.ok and not self.zero and self.last != 1
            self.zero = True
        else:
            self.number, self.literal = value, literal

    def tens(self, value: int) -> None:
        self.ok = self.ok and self.number is None and self.scale > 10  # noqa: PLR2004
        self.group += value
        self.scale, self.last, self.zero = 10, 1, False

    def small(self, scale: int) -> None:
        if scale >= self.scale or (self.number is None and (scale != 10 or self.group)):  # noqa: PLR2004
            self.ok = False
            return
        self.group += (1 if self.number is None else self.number) * scale
        self.number, self.scale, self.last, self.zero = None, scale, scale, False

    def large(self, scale: int) -> None:
        value = self.group + (self.number or 0)
        if not value and scale > self.big and self.total:
            self.total *= scale  # 一万亿
        elif value and scale < self.big:
            self.total += value * scale
        elif value and self.total:
            self.total = (self.total + value) * scale  # 一万二千亿
        else:
            self.ok = False
        self.group, self.number, self.scale = Decimal(0), None, 10**12
        self.big, self.last, self.zero = scale, scale, False

    def result(self) -> Decimal | None:
        if self.number is not None:
            # 三千五 is 3500, 三千零五 is 3005; 一千200 (a fault, but no riddle) is 1200.
            short = len(self.literal) == 1 and self.last >= 100 and not self.zero  # noqa: PLR2004
            if not short and self.last != 1 and self.number >= self.last:
                return None
            self.group += self.number * (self.last // 10 if short else 1)
        elif self.zero:
            return None
        return self.total + self.group if self.ok else None


def parse_folded(text: str) -> Decimal | None:
    """As `parse_number`, of a text already in comparison form and without white space."""
    if not text or len(text) > MAX_LENGTH or sum(map(str.isdecimal, text)) > MAX_DIGITS:
        return None
    if "点" in text:
        return _decimal_point(text)
    if (value := _positional(text)) is not None:
        return value
    if text in ("零", "〇"):
        return Decimal(0)
    reader, position = _Reader(), 0
    if text[0] in SCALES and text[0] not in "十拾":
        reader.number = Decimal(1)  # 百余人, 千人: a bare scale counts once
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        token, position = match.group(), match.end()
        if token in _TENS:
            reader.tens(_TENS[token])
        elif token not in SCALES:
            plain = token.replace(",", "")
            reader.digit(Decimal(DIGITS[token]) if token in DIGITS else Decimal(plain), token)
        elif SCALES[token] < _BIG:
            reader.small(SCALES[token])
        else:
            reader.large(SCALES[token])
        if not reader.ok:
            return None
    return reader.result()


def parse_number(text: str) -> Decimal | None:
    """The value of a text that is one number and nothing else, in either script; None otherwise.

    Full-width and formal figures, thousands commas, decimals, 点, mixed scales (1.5万) and figures read
    off one by one (二〇一八) are known; a number longer than 40 characters is none.

    >>> parse_number("两千三百"), parse_number("1.5萬"), parse_number("三百零五"), parse_number("十四五")
    (Decimal('2300'), Decimal('15000'), Decimal('305'), None)
    """
    value = parse_folded("".join(folded(text).split()))
    return None if value is None else plain(value)


def plain(value: Decimal) -> Decimal:
    """The same value with no trailing zeros and no exponent: 15000.0 and 1.5E+4 become 15000."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def find_numbers(text: str) -> Iterator[tuple[Span, Decimal]]:
    """Every number written in a text, whatever it counts or names, with its span in the text."""
    form = fold(text)
    for match in _NUMBER.finditer(form.text):
        if (value := parse_folded(match.group())) is not None:
            yield form.source(*match.span()), plain(value)


def format_arabic(value: Decimal) -> str:
    """In Arabic figures, without thousands commas or trailing zeros: '54637', '36.5'."""
    return f"{plain(value):f}"


def _group(value: int, *, leading: bool) -> str:
    """A number below 10,000. `leading`: nothing stands before it, so 10 is 十 and not 一十."""
    result, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if not digit:
            gap = bool(result)
            continue
        if gap:
            result += "零"
            gap = False
        # 两千 but 二百 and 十二: the use of official texts, where 两百 is also met.
        figure = "两" if digit == 2 and scale == 1000 and not result else "〇一二三四五六七八九"[digit]  # noqa: PLR2004
        if not (digit == 1 and scale == 10 and leading and not result):  # noqa: PLR2004
            result += figure
        result += name
    return result


def format_chinese(value: Decimal, script: Script) -> str:
    """In Chinese figures. Fractions take 点.

    Two thousand and two of a big scale are 两 (兩); a bare 2 is 二, and what stands before a measure
    word (两次) is for the caller to choose.

    >>> format_chinese(Decimal(2305), Script.HANT), format_chinese(Decimal("1.5"), Script.HANS)
    ('兩千三百零五', '一点五')
    """
    value = plain(value)
    whole, _, places = f"{value:f}".partition(".")
    rest, result = int(whole), ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, rest = divmod(rest, scale)
        if part >= 10**4:
            result += format_chinese(Decimal(part), Script.HANS) + name
        elif part:
            if result and part < 1000:  # noqa: PLR2004
                result += "零"
            result += ("两" if part == 2 and name else _group(part, leading=not result)) + name  # noqa: PLR2004
    result = result or "零"
    if places:
        result += "点" + "".join("零一二三四五六七八九"[int(c)] for c in places)
    return (
        result.translate({ord("万"): "萬", ord("亿"): "億", ord("两"): "兩", ord("点"): "點"})
        if (script is Script.HANT)
        else result
    )
