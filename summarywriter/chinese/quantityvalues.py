"""Quantities as values: a figure, what blurs it, and the measure word it is counted by."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from summarywriter.chinese.measures import measures
from summarywriter.chinese.numerals import format_arabic
from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded


class Modifier(StrEnum):
    """How a figure is to be taken."""

    EXACT = "exact"
    OVER = "over"  # 余, 餘, 多, 几, 超过, 逾
    NEAR = "near"  # 近, 将近, 不足
    ABOUT = "about"  # 约, 大约, 左右, 上下
    AT_LEAST = "at_least"  # 至少, 不少于, 以上
    AT_MOST = "at_most"  # 至多, 不超过, 以内, 以下
    VAGUE = "vague"  # 上千, 数百, 几十, 数以万计


@lru_cache(maxsize=4096)
def _unit_key(unit: str) -> str:
    key = folded("".join(unit.split())).replace(",", "、").replace("/", "、")
    measure = measures().get(key)
    return measure.group if measure else key


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as a fact states it or a text tells it.

    Attributes:
        value: The figure, fully scaled (1.5萬人次 is 15000), the lower end of a range; of 上千 and 数百 the
            scale they name. None if it is masked, or if only 几, 若干 is said.
        unit: The measure word as given, a compound with its brackets (冊(盤、幅)); '' if none.
        modifier: How the figure is to be taken.
        high: The upper end of a range, scaled too.
        surface: The whole as given, without white space, for printing; '' if made otherwise.
        masked: A figure lost to masking (20xx余冊): never to be guessed.
        blurred: Blurred at both ends (近…余, 約…左右), a fault kept as given.
        ordinal: 第九届: a place in a row, not a count.
    """

    value: Decimal | None
    unit: str
    modifier: Modifier = Modifier.EXACT
    high: Decimal | None = None
    surface: str = ""
    masked: bool = False
    blurred: bool = False
    ordinal: bool = False

    @property
    def unit_key(self) -> str:
        """The measure word for comparison: 人, 名 and 位 are one; 人次 is another."""
        return _unit_key(self.unit)

    def same_unit(self, other: Quantity) -> bool:
        """Whether both count by the same measure word, or one that may stand for it."""
        return self.unit_key == other.unit_key

    def same_value(self, other: Quantity) -> bool:
        """Whether both state the same figure, range and modifier; two masked ones do if written alike."""
        if self.masked != other.masked or self.ordinal != other.ordinal:
            return False
        if self.masked:
            return folded(self.surface).lower() == folded(other.surface).lower()
        return (self.value, self.high, self.modifier) == (other.value, other.high, other.modifier)


_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_HUNDREDTH = Decimal("0.01")
_PREFIX = {
    Modifier.NEAR: "近", Modifier.ABOUT: "约", Modifier.AT_LEAST: "至少", Modifier.AT_MOST: "不超过",
    Modifier.VAGUE: "上", Modifier.OVER: "超过", Modifier.EXACT: "",
}  # fmt: skip
#: 数 before a scale: 数十万 is ten 万 at least.
_VAGUE = {
    10**n: "数" + name
    for n, name in enumerate(("十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿"), 1)
}
_MANY = Decimal(10)


def _figure(value: Decimal) -> str:
    """Arabic, scaled by 万 or 亿 where two decimals then suffice (GB/T 15835: both forms are good)."""
    for scale, name in _SCALES:
        scaled = value / scale
        if scaled >= 1 and scaled == scaled.quantize(_HUNDREDTH):
            return format_arabic(scaled) + name
    return format_arabic(value)


def format_quantity(quantity: Quantity, script: Script) -> str:
    """Write a quantity: as it was given if it was, else in Arabic figures, modifier and measure word.

    Reading the result gives the same value, unit, modifier and range.

    >>> format_quantity(Quantity(Decimal(15000), "人次", Modifier.OVER), Script.HANT)
    '1.5萬餘人次'
    """
    if quantity.surface:
        return to_script(quantity.surface, script)
    return to_script(_written(quantity), script)


def _written(quantity: Quantity) -> str:
    value, unit, modifier = quantity.value, quantity.unit, quantity.modifier
    if value is None:
        return ("xx" if quantity.masked else "若干") + unit
    if quantity.ordinal:
        return f"第{format_arabic(value)}{unit}"
    figure = _figure(value)
    if quantity.high is not None:
        high = _figure(quantity.high)
        if figure[-1].isdigit() and not high[-1].isdigit():
            high = format_arabic(quantity.high)  # 2—2.23万人 would read as 2万 to 2.23万
        return f"{_PREFIX[modifier]}{figure}—{high}{unit}"
    if modifier is Modifier.VAGUE and value == int(value) and int(value) in _VAGUE:
        return _VAGUE[int(value)] + unit
    # 余 follows round figures; 超过 goes with any.
    if modifier is Modifier.OVER and value >= _MANY and value % 10 == 0 and unit not in ("", "%", "‰"):
        return f"{figure}余{unit}"
    return f"{_PREFIX[modifier]}{figure}{unit}"
