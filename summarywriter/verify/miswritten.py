"""SW302 and SW312: a stated organisation or place with one character exchanged, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FREE_TEXT, FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding

#: Shorter names have too many neighbours that are words of their own.
LONG_NAME = 4
LEVEL = "[省市区县镇乡州盟旗]"


def miswritten(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A stated name with one character of its inside exchanged, wherever it stands."""
    stated = [
        *((name, f.id, "SW302") for f in known.index if f.organisers for name in f.organisers.names),
        *((f.text, f.id, "SW312") for f in known.index if f.kind is FactKind.PLACE),
        *((f.text, f.id, "SW302") for f in known.index if f.kind is FactKind.UNIT),
        *((m.text, f.id, "SW302") for f in known.index if f.kind in FREE_TEXT or f.kind is FactKind.PLACE
          for m in find_organisations(f.text) if len(m.text) > LONG_NAME + 1),
    ]  # fmt: skip
    short = re.compile("[一-鿿]{2}(?:协|联)(?![络合系动网通])")
    stated += [(match.group(), f.id, "SW302") for f in known.index if f.kind in FREE_TEXT
               for match in short.finditer(folded(f.text))]  # fmt: skip
    for name, fact, code in dict.fromkeys(stated):
        form = folded(name)
        if len(form) < (LONG_NAME if not short.fullmatch(form) else LONG_NAME - 1) or form[0] == "各":
            continue
        for start in _one_off(form, analysis.form):
            end = start + len(form)
            told = analysis.form[start:end]
            if any(a in "和与及、到至" for a, b in zip(told, form, strict=True) if a != b):
                continue  # 社工服務|社和老年協會
            if known.says(told) or analysis.overlaps_claim(start, end):
                continue
            if known.says(re.sub("[和与及]", "、", told)):
                continue  # 縣一中、職教中心和城東中學
            yield analysis.finding(code, start, end, (fact,), name, stated=name)


def _stops(text: str, position: int) -> bool:
    """Whether a name ends here, so that its last character is its own: 園務委員團|主辦."""
    return re.match("[,;。、:”》]|等|和|与|及|主|承|协|牵|联合|共同|组织|举|参", text[position:]) is not None


_NUMBERED = "[一二三四五六七八九十0-9东南西北]{2}"


def _one_off(name: str, text: str) -> Iterator[int]:
    """Where ``text`` has ``name`` but for one character, neither its last nor its first."""
    half = len(name) // 2
    for part, offset in ((name[:half], 0), (name[half:], half)):
        at = text.find(part)
        while at >= 0:
            start = at - offset
            told = text[start : start + len(name)] if start >= 0 else ""
            wrong = [i for i, (a, b) in enumerate(zip(name, told, strict=False)) if a != b]
            last = wrong == [len(name) - 1] and len(name) > LONG_NAME and _stops(text, start + len(name))
            if len(told) == len(name) and len(wrong) == 1 and (last or wrong[0] < len(name) - 1):
                # 在圖書館 is 市圖書館 told short; 縣圖書館 is another one.
                character = told[wrong[0]]
                if character.isalnum() and (
                    wrong[0] > 0 or re.match(LEVEL, character) or re.fullmatch(_NUMBERED, character + name[0])
                ):
                    yield start
            at = text.find(part, at + 1)
