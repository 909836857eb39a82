"""Quantities in text: read, found in running text, and written.

The values are in `quantityvalues` and are part of this module's interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from summarywriter.chinese.dates import date_spans
from summarywriter.chinese.measures import Measure, in_expression, measure_at, measures
from summarywriter.chinese.numerals import NUMBER, SCALES, parse_folded, plain
from summarywriter.chinese.quantityvalues import Modifier, Quantity, format_quantity
from summarywriter.chinese.text import Folded, Span, enclosures, fold

__all__ = [
    "Modifier", "Quantity", "QuantityMention", "find_quantities", "format_quantity", "parse_quantity",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity found in running text.

    Attributes:
        span: Where it stands in that text, modifiers and measure word included.
        quantity: What it says.
        tail: What follows the measure word up to the next punctuation mark, at most 20 characters: the
            thing counted, and more.
    """

    span: Span
    quantity: Quantity
    tail: str


# --- the parts of a quantity, in comparison form ----------------------------------------------------

_BEFORE = {
    "将近": Modifier.NEAR, "接近": Modifier.NEAR, "近": Modifier.NEAR, "不足": Modifier.NEAR,
    "不到": Modifier.NEAR,
    "大约": Modifier.ABOUT, "大概": Modifier.ABOUT, "大致": Modifier.ABOUT, "约": Modifier.ABOUT,
    "约有": Modifier.ABOUT, "约为": Modifier.ABOUT, "约计": Modifier.ABOUT,
    "超过": Modifier.OVER, "超": Modifier.OVER, "逾": Modifier.OVER, "突破": Modifier.OVER,
    "至少": Modifier.AT_LEAST, "最少": Modifier.AT_LEAST, "起码": Modifier.AT_LEAST,
    "不少于": Modifier.AT_LEAST, "不低于": Modifier.AT_LEAST, "不下": Modifier.AT_LEAST,
    "至多": Modifier.AT_MOST, "最多": Modifier.AT_MOST, "不超过": Modifier.AT_MOST,
    "不多于": Modifier.AT_MOST, "不高于": Modifier.AT_MOST,
}  # fmt: skip
_PREFIXES = sorted(_BEFORE, key=len, reverse=True)
#: 最近3次, 附近20户, 预约5人: the character belongs to a word.
_NO_PREFIX = {
    "近": "最附就临邻远靠亲贴",
    "约": "预大签公民合节条特邀相制契盟续爽失违赴",
    "超": "高赶反B彩",
    "不到": "",
    "至多": "",
}
_AFTER = {
    "左右": Modifier.ABOUT, "上下": Modifier.ABOUT, "及以上": Modifier.AT_LEAST, "以上": Modifier.AT_LEAST,
    "及以下": Modifier.AT_MOST, "以下": Modifier.AT_MOST, "以内": Modifier.AT_MOST,
    "之内": Modifier.AT_MOST, "开外": Modifier.OVER, "有余": Modifier.OVER,
}  # fmt: skip
_AFTERS = sorted(_AFTER, key=len, reverse=True)
_COUNTLESS = {
    "数以百计": 100, "数以千计": 1000, "数以万计": 10**4, "数以十万计": 10**5, "数以百万计": 10**6,
    "成百上千": 100, "成千上万": 1000, "上百上千": 100,
}  # fmt: skip
_MIDDLE = {"余": Modifier.OVER, "多": Modifier.OVER, "几": Modifier.OVER, "来": Modifier.ABOUT}
_SCALE = "[十百千万亿]"
#: Measures of amount, after which 多 still blurs (三年多) and 半 adds a half (两年半).
_CONTINUOUS = frozenset({"duration", "length", "weight", "volume", "money", "ratio"})
_COUNTLESS_AT = re.compile("|".join(_COUNTLESS))
_VAGUE_AT = re.compile(rf"(?:好几|几|数|上)({_SCALE}{{1,3}})")
_MASK_AT = re.compile(r"20[xX×*]{2}(?!年)|[xX]{1,4}|[×*]{1,4}|○{2,4}")
_NEIGHBOURS_AT = re.compile(
    rf"([一二三四五六七八九]?[十百千]?)((?:一二|两三|二三|三四|四五|五六|六七|七八|八九|三五)(?![一二三四五六七八九]))({_SCALE}*)"
)
_NUMBER_AT = re.compile(NUMBER)
_MIDDLE_AT = re.compile(rf" ?([余多几来])({_SCALE}{{0,3}})")
_SCALE_APART_AT = re.compile("(?<=[0-9]) ([万亿])")
_TO_AT = re.compile(r" ?(?:——|[—–\-~]|至|到) ?")
_TAIL_AT = re.compile(r"[^\s，。；：、！？…()\[\]{}“”《》\",;:!?.]{0,20}")
#: Half of a length of time, a figure by itself: 半小时, 半个多月.
_HALF = "半(?=个?多?(?:小时|钟头|天|月|年)(?!以上))"
_NO_HALF = "上下大小前后老多一两三四五六七八九十点时天年月0123456789"
_HALF_AT = re.compile(_HALF)
#: Where a quantity's figure can begin.
_START = re.compile(
    rf"百分之|(?<![收捡])(?=拾)第?{NUMBER}|(?!拾)第?{NUMBER}|{_HALF}|(?:数以|成百上|成千上|上百上|好几|几|数|上)(?=[百千十万亿])|(?<![A-Za-z0-9])(?:[xX×*]{{1,4}}|○{{2,4}})"
)


@dataclass(slots=True)
class _Reading:
    """What has been read of one quantity, and up to where."""

    end: int
    value: Decimal | None = None
    high: Decimal | None = None
    modifiers: list[Modifier] = field(default_factory=list)
    masked: bool = False
    bare: bool = False  # 百, 千, 万 with no figure before: a number only if something blurs it
    unit: str = ""
    measure: Measure | None = None
    unit_start: int = 0


def _after(form: str, position: int, characters: str) -> bool:
    return position > 0 and form[position - 1] in characters


def _scaled(text: str) -> Decimal:
    value = Decimal(1)
    for character in text:
        value *= SCALES[character]
    return value


def _read_figure(form: str, position: int) -> _Reading | None:
    """The figure, its 余 and its scale: 1万多, 10余万, 数百, 五六十, 百分之八十五, xx."""
    if match := _COUNTLESS_AT.match(form, position):
        return _Reading(match.end(), Decimal(_COUNTLESS[match.group()]), modifiers=[Modifier.VAGUE])
    if match := _VAGUE_AT.match(form, position):
        reading = _Reading(match.end(), _scaled(match[1]), modifiers=[Modifier.VAGUE])
    elif match := _MASK_AT.match(form, position):
        reading = _Reading(match.end(), masked=True)
    elif (match := _HALF_AT.match(form, position)) and not _after(form, position, _NO_HALF):
        reading = _Reading(match.end(), Decimal("0.5"))
    elif match := _NEIGHBOURS_AT.match(form, position):
        start, scale = parse_folded(match[1]) or Decimal(0), _scaled(match[3])
        digits = [parse_folded(c) or Decimal(0) for c in match[2]]
        low, high = ((start + d) * scale for d in digits)
        reading = _Reading(match.end(), low, high, [Modifier.ABOUT])
    elif (match := _NUMBER_AT.match(form, position)) and (value := parse_folded(match.group())) is not None:
        bare = match.group()[0] in SCALES and match.group()[0] not in "十拾"
        reading = _Reading(match.end(), value, bare=bare)
        if apart := _SCALE_APART_AT.match(form, match.end()):  # 1.5 万份
            reading.value, reading.end = value * SCALES[apart[1]], apart.end()
    else:
        return None
    if match := _MIDDLE_AT.match(form, reading.end):
        reading.modifiers.append(_MIDDLE[match[1]])
        reading.end = match.end()
        if reading.value is not None:
            reading.value *= _scaled(match[2])
    return reading


def _read_range(form: str, reading: _Reading) -> None:
    """The upper end, where — or 至 and a second figure follow; 5-10万 scales both ends."""
    to = _TO_AT.match(form, reading.end)
    if to is None or reading.value is None or reading.high is not None or Modifier.VAGUE in reading.modifiers:
        return
    upper = _read_figure(form, to.end())
    if upper is None or upper.value is None or upper.masked or upper.high is not None or upper.bare:
        return
    low, written = reading.value, form[to.end() : upper.end]
    scale = Decimal(1)
    for character in reversed(written):
        if character in "万亿":
            scale *= SCALES[character]
        elif character not in "余多":
            break
    if low < scale and not any(c in "万亿" for c in form[to.start() - 1 : to.start()]):
        low *= scale
    if low >= upper.value:
        return
    reading.value, reading.high, reading.end = low, upper.value, upper.end
    reading.modifiers += upper.modifiers


def _space(form: str, position: int) -> int:
    return position + 1 if form.startswith(" ", position) else position


def _read_unit(form: str, reading: _Reading) -> None:
    """The measure word and what may stand inside or after it: 个多小时, 册(盘、幅), 30人至50人, 左右."""
    start = _space(form, reading.end)
    for inner in ("多", "半"):
        if not form.startswith("个" + inner, start):
            continue
        if form.startswith("月", start + 2):  # 月 alone is no measure word: 3月 is a date
            _blur_inside(reading, inner)
            reading.measure, reading.unit = measures()["个月"], "个月"
            reading.unit_start, reading.end = start + 2, start + 3
            return
        if measure := measure_at(form, start + 2):
            if measure.kind != "duration":
                break
            _blur_inside(reading, inner)
            start += 2
            break
    measure = measure_at(form, start)
    if measure is None:
        return
    reading.measure, reading.unit_start = measure, start
    end = start + len(measure.word)
    end = _compound(form, end)
    reading.unit, reading.end = form[start:end], end
    _read_repeated(form, reading)
    _read_finer(form, reading)
    if measure.kind in _CONTINUOUS:
        if form.startswith("半", reading.end) and reading.value is not None:
            reading.value += Decimal("0.5")
            reading.end += 1
        elif form.startswith("多", reading.end) and not measure_at(form, reading.end + 1):
            reading.modifiers.append(Modifier.OVER)
            reading.end += 1


def _blur_inside(reading: _Reading, word: str) -> None:
    """What 多 or 半 inside a measure word does to a figure."""
    if word == "多":
        reading.modifiers.append(Modifier.OVER)
    elif reading.value is not None:
        reading.value += Decimal("0.5")


def _read_repeated(form: str, reading: _Reading) -> None:
    """A range that repeats the measure word: 30人至50人."""
    if reading.high is None and (to := _TO_AT.match(form, reading.end)):
        again = _read_figure(form, to.end())
        if again and again.value is not None and reading.value is not None and not again.masked:
            unit = _space(form, again.end)
            if form.startswith(reading.unit, unit) and reading.value < again.value:
                reading.high, reading.end = again.value, unit + len(reading.unit)
                reading.modifiers += again.modifiers


#: A length of time in two units: 9分40秒, 2小时30分; and the tenths that sport writes after 秒: 11秒82.
_FINER = {
    "小时": {"分钟": 60, "分": 60}, "分钟": {"秒": 60}, "分": {"秒": 60}, "天": {"小时": 24},
}  # fmt: skip
_HUNDREDTHS_AT = re.compile("[0-9]{1,2}(?![0-9])")


def _read_finer(form: str, reading: _Reading) -> None:
    while reading.value is not None and reading.high is None and not reading.modifiers:
        match = _NUMBER_AT.match(form, _space(form, reading.end))
        part = parse_folded(match.group()) if match else None
        if match is None or part is None:
            return
        if reading.unit == "成" and match.group() in "一二三四五六七八九":  # 四成五
            reading.value += part / 10
            reading.end = match.end()
            return
        after = _space(form, match.end())
        finer = next((w for w in _FINER.get(reading.unit, {}) if form.startswith(w, after)), None)
        if finer is None:
            if (
                reading.unit == "秒"
                and match.start() == reading.end
                and _HUNDREDTHS_AT.fullmatch(match.group())
            ):
                reading.value += Decimal(f"0.{match.group()}")
                reading.end = match.end()
            return
        reading.value = reading.value * _FINER[reading.unit][finer] + part
        reading.unit, reading.unit_start = finer, after
        reading.end = after + len(finer)


_COMPOUND_AT = re.compile(r"\(([^()\n]{1,12})\)")


def _compound(form: str, position: int) -> int:
    """The end of a bracket of further measure words, or the position itself."""
    match = _COMPOUND_AT.match(form, position)
    if match and any(word in measures() for word in re.split("[、,/]", match[1])):
        return match.end()
    return position


def _read_after(form: str, reading: _Reading) -> None:
    start = _space(form, reading.end)
    for word in _AFTERS:
        if form.startswith(word, start):
            reading.modifiers.append(_AFTER[word])
            reading.end = start + len(word)
            return


def _prefix(form: str, position: int) -> tuple[Modifier | None, int]:
    """The modifier that ends at a position, and where it begins."""
    end = position - 1 if position and form[position - 1] == " " else position
    for word in _PREFIXES:
        start = end - len(word)
        if start >= 0 and form.startswith(word, start):
            if start and form[start - 1] in _NO_PREFIX.get(word, ""):
                continue
            return _BEFORE[word], start
    return None, position


def _read(form: str, start: int) -> tuple[_Reading, int] | None:
    """The quantity whose figure begins at `start`, and where its first modifier begins."""
    percent = form.startswith("百分之", start)
    reading = _read_figure(form, start + 3 if percent else start)
    if reading is None:
        return None
    _read_range(form, reading)
    if percent:
        reading.unit, reading.measure, reading.unit_start = "%", measures()["%"], reading.end
        if form.startswith("%", reading.end):
            return None
    else:
        _read_unit(form, reading)
    _read_after(form, reading)
    modifier, begin = _prefix(form, start)
    if modifier is not None:
        reading.modifiers.insert(0, modifier)
    return reading, begin


def _quantity(source: str, form: Folded, reading: _Reading, begin: int, end: int) -> Quantity:
    first, last = form.source(begin, end)
    unit = reading.unit
    if reading.measure is not None and form.text.startswith(unit, reading.unit_start):
        unit_span = form.source(reading.unit_start, reading.unit_start + len(unit))
        unit = "".join(source[unit_span.start : unit_span.end].split())
    return Quantity(
        value=None if reading.value is None else plain(reading.value),
        unit=unit,
        modifier=reading.modifiers[0] if reading.modifiers else Modifier.EXACT,
        high=None if reading.high is None else plain(reading.high),
        surface="".join(source[first:last].split()),
        masked=reading.masked,
        blurred=len(reading.modifiers) > 1,
    )


# --- public -----------------------------------------------------------------------------------------

_WHOLE_LENGTH = 60
_NOUN = re.compile(r"[^\W\d_]{1,10}(?:\([^()]{1,10}\))?")
_FEW_AT = re.compile("(?:好几|几|数(?!以)|若干|多)(?![十百千万亿])")


def parse_quantity(text: str) -> Quantity | None:
    """Read a text that is one quantity, with at most a noun after it (15个单位: the unit is 个).

    White space inside is dropped, in either script. A figure alone has the unit ''; after a figure, a
    word that is no known measure word is taken for one.

    >>> parse_quantity("1萬多份").value, parse_quantity("上千人次").modifier.value
    (Decimal('10000'), 'vague')
    """
    source = "".join(text.split())
    form = fold(source)
    if not source or len(source) > _WHOLE_LENGTH or date_spans(form.text):
        return None
    start, ordinal, modifiers = 0, form.text.startswith("第"), []
    if ordinal:
        start = 1
    for word in _PREFIXES:
        if form.text.startswith(word):
            start = len(word)
            break
    if form.text.startswith("上") and not _VAGUE_AT.match(form.text):
        start, modifiers = 1, [Modifier.VAGUE]
    if match := _FEW_AT.match(form.text):
        reading = _Reading(match.end(), modifiers=[Modifier.VAGUE])
        _read_unit(form.text, reading)
    else:
        found = _read(form.text, start)
        if found is None:
            return None
        reading = found[0]
        reading.modifiers = modifiers + reading.modifiers
    if reading.end < len(source):
        noun = _NOUN.fullmatch(form.text, reading.end)
        if noun is None or any(c in "一二三四五六七八九十" for c in noun.group()):
            return None
        if reading.measure is None and not reading.unit:
            reading.unit, reading.unit_start = noun.group(), reading.end
            reading.unit = source[form.source(reading.end, len(form.text)).start :]
    elif reading.bare and not reading.modifiers and not reading.unit:
        return None
    quantity = _quantity(source, form, reading, 0, len(form.text))
    return replace(quantity, ordinal=ordinal)


def find_quantities(text: str, *, ordinals: bool = False) -> list[QuantityMention]:
    """Every quantity told in running text, in order.

    Left out are dates and times, numbers of documents, of headings and of telephones, fixed expressions
    (两学一做, 四套班子), figures inside 《》 and “”, a figure no measure word follows, and 一 with a measure
    word (一次), which is as often an article as a count.

    Args:
        text: Running text in either script.
        ordinals: Report 第九届 and the like too.
    """
    form = fold(text)
    if not _START.search(form.text):  # most clauses
        return []
    spans = sorted([*enclosures(form.text, openers="《“"), *date_spans(form.text)])
    return list(_scan(text, form, spans, ordinals=ordinals))


def _scan(text: str, form: Folded, skipped: list[Span], *, ordinals: bool) -> Iterator[QuantityMention]:
    position, index = 0, 0
    while match := _START.search(form.text, position):
        start = match.start()
        while index < len(skipped) and skipped[index].end <= start:
            index += 1
        if index < len(skipped) and skipped[index].start <= start:
            position = skipped[index].end
            continue
        ordinal = form.text[start] == "第"
        figure = start + 1 if ordinal else start
        found = None if ordinal and not ordinals else _read(form.text, figure)
        if found is None or not _counts(form.text, figure, found[0], ordinal=ordinal):
            position = max(match.end(), start + 1)
            continue
        reading, begin = found
        if ordinal:
            begin = start
        position = reading.end
        quantity = replace(_quantity(text, form, reading, begin, reading.end), ordinal=ordinal)
        tail = _TAIL_AT.match(form.text, reading.end)
        end = form.source(reading.end, tail.end()) if tail else Span(0, 0)
        yield QuantityMention(form.source(begin, reading.end), quantity, text[end.start : end.end])


def _counts(form: str, start: int, reading: _Reading, *, ordinal: bool) -> bool:
    """Whether what was read at `start` is a count, not a part of a name or an expression."""
    before = form[start - 1] if start else ""
    if not reading.unit:
        # 数以万计的群众; 5246万 with its 元 forgotten; 3000余群众. A plain 3000 may be anything.
        arabic = form[start].isdigit() and (bool(reading.modifiers) or form[reading.end - 1] in "万亿")
        return arabic or _COUNTLESS_AT.match(form, start) is not None
    measure = reading.measure
    lettered = before.isascii() and before.isalpha() and not reading.masked  # A4纸, H5页
    ranked = before == "前" and reading.unit in ("名", "位", "强")  # 前八名: places in a row
    named = reading.unit == "组" and before in ",;。:、 \n" and form[start] in "一二三四五六七八九十"  # 五组
    named = named or (before == "初" and not form[start].isdigit())  # 初三
    named = named or (reading.unit == "季度" and form[start] in "一二三四1234")  # 二季度: a part of a year
    if lettered or ranked or named or form.endswith("第 ", 0, start):
        return False
    weak = reading.value == 1 and form[start] in "一壹" and reading.high is None
    if weak and not ordinal and not reading.modifiers and reading.unit not in ("%", "倍"):
        return False
    if form[start] == "上" and before in "以网早晚马路之向线会":
        return False
    if in_expression(form, start, reading.unit_start + len(measure.word if measure else "")):
        return False
    if reading.masked:
        return measure is None or measure.maskable or bool(reading.modifiers) or before.isdigit()
    if reading.bare and not reading.modifiers:
        return False
    return not (measure is not None and measure.word == "成" and (reading.value or 0) > 10)  # noqa: PLR2004
