"""What is broken in a scraped text: found and shown with a suggestion, never repaired unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.script import Script, detect_script, to_script
from summarywriter.chinese.text import Span
from summarywriter.extract.mojibake import find_mojibake


class DamageKind(StrEnum):
    """What is wrong with a passage."""

    MOJIBAKE = "mojibake"
    REPLACED = "replaced"  # U+FFFD, or ? for a character that an encoding had not
    STRAY = "stray"  # a half-width mark between two characters
    UNPAIRED = "unpaired"  # a quotation mark or bracket without its other half
    MASK = "mask"  # 20xx年, xx市
    LOST_FIGURE = "lost_figure"  # a mask that hit a figure
    CHARMAP = "charmap"  # Traditional made character by character: 后 for 後, 于 for 於
    LATIN_ZERO = "latin_zero"  # 二O一八年, with a letter
    REPEATED = "repeated"  # a passage that stands twice in a row
    PUNCTUATION = "punctuation"  # ，。 side by side
    BOILERPLATE = "boilerplate"  # what the site put around the text


@dataclass(frozen=True, slots=True)
class Damage:
    """A broken passage.

    Attributes:
        kind: What is wrong.
        span: Where, in the source.
        text: The source there.
        suggestion: What it may have read; `□` stands for a character that cannot be told; ``""`` where
            only a person can know.
        lost: Whether something that was said may be lost by it, so that the passage must be looked at.
    """

    kind: DamageKind
    span: Span
    text: str
    suggestion: str = ""
    lost: bool = False


def find_damage(text: str, start: int, end: int) -> list[Damage]:
    """Every broken passage in a part of a source, in order; boilerplate is `pieces`'s to find."""
    found = _repeated(text, start, end) + _mapped(text, start, end)
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            found.extend(_in_line(text, start, stop))
        start = stop + 1
    return sorted(found, key=lambda damage: (damage.span, damage.kind))


def _in_line(text: str, start: int, stop: int) -> list[Damage]:
    line = text[start:stop]
    found = [
        _Broken(DamageKind.MOJIBAKE, span.start, span.end, said, lost=True)
        for span, said in find_mojibake(line)
    ]
    runs = [(each.start, each.end) for each in found]
    lost = [m.span for m in find_quantities(line) if m.quantity.masked]
    marks = (
        *(_Broken(DamageKind.REPLACED, *m.span(), lost=True) for m in _REPLACED.finditer(line)),
        *(_Broken(DamageKind.STRAY, *m.span(), "（刪去）") for m in _STRAY.finditer(line)),
        *(_Broken(DamageKind.PUNCTUATION, *m.span(), m.group()[-1]) for m in _PUNCTUATION.finditer(line)),
        *(_Broken(DamageKind.UNPAIRED, a, b, lost=True) for a, b in _unpaired(line)),
        *(_Broken(DamageKind.LOST_FIGURE, a, b, "〔待補〕", lost=True) for a, b in lost),
        *(_Broken(DamageKind.MASK, *m.span()) for m in _MASK.finditer(line) if not _overlaps(m.span(), lost)),
        *(
            _Broken(DamageKind.LATIN_ZERO, *m.span(), re.sub("[OoＯ0]", "〇", m.group()))
            for m in _LATIN_ZERO.finditer(line)
        ),
    )
    found += [mark for mark in marks if not _overlaps((mark.start, mark.end), runs)]
    return [
        Damage(each.kind, Span(start + each.start, start + each.end), line[each.start : each.end],
               each.suggestion, each.lost)
        for each in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Broken:
    """A broken passage in its line."""

    kind: DamageKind
    start: int
    end: int
    suggestion: str = ""
    lost: bool = False


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(first < span[1] and span[0] < last for first, last in others)


_HAN = "一-鿿"
_REPLACED = re.compile(rf"\ufffd+|(?<=[{_HAN}])\?{{2,}}(?=[{_HAN}])|[□■]{{1,}}|锟斤拷|烫烫烫|屯屯屯")
#: A mark of no use between two characters: 的`疑難, 的'安全, 的.重要, and before a full stop.
_STRAY = re.compile(
    rf"(?<=[{_HAN}])[`'´^|\\]+(?=[{_HAN}])|(?<=[{_HAN}])\.(?=[{_HAN}])|(?<=[{_HAN}]) [`'.] ?(?=[{_HAN}])"
)
_PUNCTUATION = re.compile(r"[,，、;；][。.；;,，](?!\d)|。[，,、；]|，，|、、|。。(?!。)")
_MASK = re.compile(
    r"(?<![A-Za-z0-9])(?:20[xX×*]{2}|20\d[xX×*])(?=[年〕\]）)])|(?<![A-Za-z0-9])[xX×*]{2,8}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z])[X](?=[市省县縣区區镇鎮乡鄉村])|[○〇]{2,}(?=[市省县縣区區镇鎮乡鄉村年月日])"
)
_LATIN_ZERO = re.compile(
    "[一二][OoＯ0〇零一二三四五六七八九]{0,2}[OoＯ0][OoＯ0〇零一二三四五六七八九]{0,2}(?=年)"
)
_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "〔": "〕", "【": "】"}
_CLOSES = {close: start for start, close in _PAIRS.items()}
_MARKS = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSES))) + "]")
_DEEPEST = 20
#: 1) and a) are list marks.
_LIST_MARK = re.compile(r"[0-9a-zA-Z一二三四五六七八九十]{1,2}$")


def _unpaired(line: str) -> Iterator[tuple[int, int]]:
    stack: list[tuple[str, int]] = []
    for match in _MARKS.finditer(line):
        mark, place = match.group(), match.start()
        if mark in _PAIRS:
            if stack and stack[-1][0] == mark and mark in "“「『":  # opened twice
                yield stack[-1][1], stack[-1][1] + 1
                stack.pop()
            stack.append((mark, place))
            if len(stack) > _DEEPEST:  # what opens and never closes must not make the line slow
                yield stack[0][1], stack.pop(0)[1] + 1
        elif stack and stack[-1][0] == _CLOSES[mark]:
            stack.pop()
        elif any(opened == _CLOSES[mark] for opened, _ in stack):
            while stack and stack[-1][0] != _CLOSES[mark]:
                yield stack[-1][1], stack.pop()[1] + 1
            stack.pop()
        elif not (mark in "）)" and _LIST_MARK.search(line, max(0, place - 2), place)):
            yield place, place + 1
    for _, place in stack:
        yield place, place + 1


#: Good Traditional in some words, and what the others are written with.
_HOMOGRAPHS = {"后": "後", "于": "於", "余": "餘", "范": "範", "里": "裡", "制": "製", "干": "幹"}
_LEAST_MAPPED = 2


def _mapped(text: str, start: int, end: int) -> list[Damage]:
    """Whether a text was made Traditional character by character: listed once, at the first such place.

    后, 于 and 余 are good Traditional in places, so that one alone says nothing; a text that has several
    where the words want 後, 於, 餘, and none of those anywhere, was not written so by a hand.
    """
    part = text[start:end]
    if any(proper in part for proper in ("後", "於", "餘", "範")) or detect_script(part) is not Script.HANT:
        return []
    present = [character for character in _HOMOGRAPHS if character in part]
    if len(present) < _LEAST_MAPPED:
        return []
    written = to_script(to_script(part, Script.HANS), Script.HANT)
    wrong = [c for c in present if any(a == c != b for a, b in zip(part, written, strict=True))]
    if len(wrong) < _LEAST_MAPPED:
        return []
    first = start + min(
        n for n, (a, b) in enumerate(zip(part, written, strict=True)) if a in wrong and a != b
    )
    meant = "".join(_HOMOGRAPHS[c] for c in wrong)
    return [Damage(DamageKind.CHARMAP, Span(first, first + 1), "".join(wrong), meant)]


#: Eight characters or more that stand twice in a row: keywords that a site puts in, or a slip of the hand.
_TWICE = re.compile(rf"(?P<said>[{_HAN}“”]{{8,40}}?)(?P=said)")
_SHORTEST_TAIL = 5


def _repeated(text: str, start: int, end: int) -> list[Damage]:
    """Passages said twice in a row, and where a paragraph breaks off in the middle of the same words."""
    found, said = [], set()
    for match in _TWICE.finditer(text, start, end):
        found.append(Damage(DamageKind.REPEATED, Span(*match.span()), match.group(), "（刪去）"))
        said.add(match["said"])
    for phrase in said:
        for size in range(len(phrase) - 1, _SHORTEST_TAIL - 1, -1):
            tail = re.compile(re.escape(phrase[:size]) + "(?=[。.]?$)", re.MULTILINE)
            for match in tail.finditer(text, start, end):
                span = Span(*match.span())
                if not any(d.span.start < span.end and span.start < d.span.end for d in found):
                    found.append(Damage(DamageKind.REPEATED, span, match.group(), "（刪去）"))
    return found
