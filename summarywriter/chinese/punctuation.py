"""Faults of punctuation (GB/T 15834) and of numerals (GB/T 15835) that code can be sure of."""

from __future__ import annotations

import re
from typing import NamedTuple

from summarywriter.chinese.text import Span, fold, folded


class Fault(NamedTuple):
    """One fault; a plain triple for those who unpack it.

    Attributes:
        span: Where it stands.
        code: What it is, a stable word in kebab case.
        suggestion: What to write there instead; '' where there is nothing to offer.
    """

    span: Span
    code: str
    suggestion: str


_HAN = "\u3400-\u9fff"
_FULL_MARKS = "”’」』》）〉】〕"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
#: A half-width mark with a Han character or full-width mark before it, or (brackets) after it.
_HALF = re.compile(rf"(?<=[{_HAN}{_FULL_MARKS}])[,;:?!.](?![.])|(?<=[0-9A-Za-z%])[,;:?!](?=[{_HAN}“《「])")
_HALF_BRACKET = re.compile(rf"(?<=[{_HAN}])\(|\((?=[{_HAN}])|(?<=[{_HAN}])\)|\)(?=[{_HAN}])")
_DOUBLED = re.compile(r"[，。；：、！？][，。；：、]+|[，。；：、][！？]")
#: A line's heading number: 1. and (1) are right as they are.
_NUMBERING = re.compile(r"[ \t]*(?:#+ *)?(?:[0-9]{1,3}\.|\([0-9]{1,3}\)|\([一二三四五六七八九十]{1,3}\))")
_ENDS = "。！？…：；"
_CLOSERS = {
    "”": "“",
    "’": "‘",
    "」": "「",
    "』": "『",
    "》": "《",
    "〉": "〈",
    "）": "（",
    ")": "(",
    "】": "【",
    "〕": "〔",
}
_OPENERS = {opener: closer for closer, opener in _CLOSERS.items()}
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(
    rf"(?:#+ |{_HAN_NUMBER}、|[（(]{_HAN_NUMBER}[）)]|[0-9]{{1,2}}[.．、]|[（(][0-9]{{1,2}}[）)]|[-*>|])"
)
#: A line longer than this is a paragraph even without any mark; titles and headings are shorter.
_HEADING_LENGTH = 40


def find_punctuation_faults(text: str) -> list[Fault]:
    """Half-width marks beside Han, doubled marks, unpaired enclosures, paragraphs without an end.

    Codes: 'half-width' (GB/T 15834 5.1), 'doubled', 'unpaired' (4.8, 4.9), 'no-end' (4.1). Headings,
    titles and last lines (落款, dates) are short and need no end.
    """
    faults: list[Fault] = []
    start = 0
    for line in text.split("\n"):
        faults += _line_faults(text, start, start + len(line))
        start += len(line) + 1
    return sorted(faults)


def _line_faults(text: str, start: int, end: int) -> list[Fault]:
    number = _NUMBERING.match(text, start, end)
    body = number.end() if number else start
    faults = [
        Fault(Span(*match.span()), "half-width", _FULL[match.group()])
        for pattern in (_HALF, _HALF_BRACKET)
        for match in pattern.finditer(text, body, end)
    ]
    faults += [
        Fault(
            Span(*match.span()),
            "doubled",
            match.group()[-1] if match.group()[-1] in "。！？" else match.group()[0],
        )
        for match in _DOUBLED.finditer(text, start, end)
        if match.group() not in ("！？", "？！")
    ]
    faults += _unpaired(text, body, end)
    line = text[start:end].strip()
    stripped = line.rstrip('”’」』）)"')
    if (
        len(line) > _HEADING_LENGTH
        and stripped
        and stripped[-1] not in _ENDS
        and not (line.startswith(("#", "|", ">")))
        and any(mark in line for mark in "，。；")
        and not (_HEADING.match(line) and "。" not in line and "，" not in line)
    ):
        at = start + len(text[start:end].rstrip())
        faults.append(Fault(Span(at, at), "no-end", "。"))
    return faults


def _unpaired(text: str, start: int, end: int) -> list[Fault]:
    stack: list[tuple[str, int]] = []
    faults: list[Fault] = []
    straight: list[int] = []
    for index in range(start, end):
        mark = text[index]
        if mark == '"':
            straight.append(index)
        elif mark in _OPENERS:
            stack.append((mark, index))
        elif mark in _CLOSERS:
            if stack and stack[-1][0] == _CLOSERS[mark]:
                stack.pop()
            elif mark != "’":  # also an apostrophe
                faults.append(Fault(Span(index, index + 1), "unpaired", ""))
    faults += [Fault(Span(index, index + 1), "unpaired", "") for _, index in stack]
    if len(straight) % 2:
        faults.append(Fault(Span(straight[-1], straight[-1] + 1), "unpaired", ""))
    return faults


_DIGIT = "〇零一二三四五六七八九"
_ARABIC = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_ANY = rf"[0-9{_DIGIT}两十百千万亿.,]{{1,20}}"
_NUMERALS = (
    # 5-10万 may be five or fifty thousand (GB/T 15835, 5.1.4: both ends take the scale)
    ("range-scale", re.compile(rf"(?<![0-9.])({_ARABIC})(?:——|[—–\-~至到]){_ARABIC}[余多]?[万亿]")),
    # One number in two systems, 一千200. 1.5万 is right.
    ("mixed", re.compile(rf"[{_DIGIT}两][十百千万亿][0-9]{{1,8}}")),
    (
        "blurred-twice",
        re.compile(
            r"(?<![最附就临邻远])(?:将近|近|约|大约|超过|逾|至少|不少于) ?"
            rf"{_ANY}(?:[余多几][万亿]?|[^，。；、\n余多]{{1,4}}(?:左右|上下))"
        ),
    ),
    ("blurred-twice", re.compile(r"(?:上|数|几)[十百千万亿]+[余多][^，。；、\n余多]{1,3}(?:左右|上下)")),
    ("latin-zero", re.compile(rf"[一二][oO0〇零{_DIGIT}]{{3}}(?=年)")),
)
_BLUR_END = re.compile(r"[余多几][万亿]?|左右|上下")


def find_numeral_faults(text: str) -> list[Fault]:
    """Figures written against GB/T 15835 or the custom of official texts.

    Codes: 'range-scale' (5-10万), 'mixed' (一千200), 'blurred-twice' (近…余, 约…左右), 'latin-zero'
    (二O一八).
    """
    form = folded(text)
    if len(form) != len(text):
        mapped = fold(text)
        return [
            Fault(mapped.source(*fault.span), fault.code, fault.suggestion)
            for fault in _numeral_faults(mapped.text, mapped.text)
        ]
    return _numeral_faults(form, text)


def _numeral_faults(form: str, text: str) -> list[Fault]:
    faults: list[Fault] = []
    for code, pattern in _NUMERALS:
        for match in pattern.finditer(form):
            start, end = match.span()
            suggestion = ""
            if code == "range-scale":
                cut = match.end(1)
                suggestion = text[start:cut] + text[end - 1] + text[cut:end]
            elif code == "latin-zero":
                if not re.search("[oO0]", match.group()):
                    continue
                suggestion = re.sub("[oO0]", "〇", match.group())
            elif code == "blurred-twice":
                blur = [m.end() for m in _BLUR_END.finditer(form, start, end)]
                end = blur[-1]
            faults.append(Fault(Span(start, end), code, suggestion))
    return sorted(faults)
