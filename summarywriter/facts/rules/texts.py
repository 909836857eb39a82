"""What single texts hold that a summary should not print unseen, or that will read badly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from summarywriter.chinese.text import Folded, fold, folded
from summarywriter.facts.diagnostic import Diagnostic, about, found, listed, pattern, words
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.facts.model import Status
from summarywriter.facts.status import status_of

_CLAUSES = FREE_TEXT - {FactKind.PROBLEM}
"""Free texts that are joined to others; a problem is a full clause and may be long."""

_DONE_KINDS = frozenset({FactKind.DETAIL, FactKind.MEASURE, FactKind.RESULT, FactKind.MEDIA})


def check(index: FactIndex) -> Iterator[Diagnostic]:
    """Every diagnostic about single texts."""
    event = index.event
    for path, text in ((("title",), event.title), (("addressee",), event.addressee or "")):
        for code, params in _of_any_text(text):
            yield about(index, code, path, **params)
    for fact in index:
        if fact.span is not None:
            continue
        for code, params in _of_any_text(_whole(fact)):
            yield found(index, code, fact, **params)
        if fact.kind in FREE_TEXT:
            yield from _of_free_text(index, fact)
    yield from _repeated(index)
    if event.unplaced:
        names = listed((entry.text for entry in event.unplaced), most=2)
        yield about(index, "FL420", ("unplaced", 0), count=len(event.unplaced), names=names)


def _whole(fact: Fact) -> str:
    """Everything that a fact prints."""
    parts = [fact.text]
    if fact.person is not None:
        parts += [fact.person.post or "", fact.person.role or ""]
    if fact.figure is not None:
        parts = [fact.figure.actor or "", fact.figure.scope or "", fact.figure.label, fact.text]
    return " ".join(part for part in parts if part)


def _as_written(text: str, form: Folded, match: re.Match[str]) -> str:
    span = form.source(match.start(), match.end())
    return text[span.start : span.end]


def confidential(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What should not leave the house: secrecy markings (FL401) and personal data (FL402)."""
    form = fold(text)
    if secret := pattern("secrecy").search(form.text):
        yield "FL401", {"text": _as_written(text, form, secret)}
    for kind, match in _personal(form.text):
        yield "FL402", {"kind": kind, "text": _hidden(_as_written(text, form, match))}


def _of_any_text(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    yield from confidential(text)
    form = fold(text)
    if order := pattern("instructions").search(form.text):
        yield "FL403", {"text": _as_written(text, form, order)}
    if blank := pattern("placeholder").search(form.text):
        yield "FL408", {"text": _as_written(text, form, blank)}
    if odd := next((char for char in text if _is_odd(char)), None):
        yield "FL409", {"code": f"U+{ord(odd):04X}", "text": text.replace(odd, "□")[:30]}


def _hidden(number: str) -> str:
    """Personal data is not repeated in a message: three characters at either end tell which it is."""
    return f"{number[:3]}…{number[-3:]}"


def _is_odd(char: str) -> bool:
    """Control and direction marks, private-use and unassigned characters, U+FFFD; not emoji's joiners."""
    if char in "\u200d\ufe0f\n\t":
        return False
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs")


# --- personal data ------------------------------------------------------------------------------------

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def _personal(form: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in pattern("identity").finditer(form):
        yield ("身份證號" if is_identity(match[0]) else "疑似身份證號"), match
    for match in pattern("mobile").finditer(form):
        yield "手機號", match
    for match in pattern("card").finditer(form):
        if is_card(match[0]) and not pattern("identity").fullmatch(match[0]):
            yield "銀行卡號", match


def is_identity(number: str) -> bool:
    """Whether the last character of an 18-character identity number is its checksum (GB 11643).

    Example:
        >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
        (True, False)
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK[total % 11] == number[17].upper()


def is_card(number: str) -> bool:
    """Whether a number of 16 to 19 digits passes the check of bank cards (ISO/IEC 7812, Luhn)."""
    digits = [int(digit) for digit in number if digit.isdigit()][::-1]
    doubled = [digit if n % 2 == 0 else digit * 2 - 9 * (digit > 4) for n, digit in enumerate(digits)]  # noqa: PLR2004
    return sum(doubled) % 10 == 0


# --- free texts ---------------------------------------------------------------------------------------


def _of_free_text(index: FactIndex, fact: Fact) -> Iterator[Diagnostic]:
    text, form = fact.text, folded(fact.text)
    if fact.kind in _DONE_KINDS and fact.status is Status.DONE and status_of(text) is Status.PLANNED:
        yield found(index, "FL404", fact, text=text)
    if praise := pattern("praise").search(form):
        span = fold(text).source(praise.start(), praise.end())
        yield found(index, "FL405", fact, text=text[span.start : span.end])
    if text.endswith(("。", "！", "!", "；", "，", "、", ";", ",", ".")) and not text.endswith("..."):
        yield found(index, "FL406", fact, suggestion=text.rstrip("。！!；，、;,."), text=text)
    limit = words("longest_detail")
    if fact.kind in _CLAUSES and len(text) > limit:
        yield found(index, "FL407", fact, text=f"{text[:12]}…", length=len(text), limit=limit)


def _repeated(index: FactIndex) -> Iterator[Diagnostic]:
    """One free text in two places: it would be told twice."""
    first: dict[str, Fact] = {}
    for fact in index:
        if fact.kind not in FREE_TEXT:
            continue
        other = first.setdefault(re.sub(r"[\s。，、；]", "", folded(fact.text)), fact)
        if other is not fact:
            yield found(index, "FL410", fact, other, text=fact.text)
