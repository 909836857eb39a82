"""The lines of a chat: who says it, and when, before what is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarywriter.extract.words import pattern

_VOICE = r"[^\s,。:;!?0-9()\[\]]{1,12}(?:\([^()]{1,8}\))?"
_CLOCK = (
    r"(?:(?:[0-9]{4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?|[昨今前]天|(?:星期|周)[一二三四五六日天])? ?"
    r"(?:[上下]午|早上|晚上)? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_TURN = re.compile(
    rf"(?:[\[(]? ?{_CLOCK} ?[\])]? *(?:{_VOICE})?(?: *:|$|(?<=[\])]) )"
    rf"|{_VOICE} *[\[(]? ?{_CLOCK} ?[\])]?(?: *:|$))"
)

#: —— 5月24日 20:10 ——: when the lines below it were said.
_RULED = re.compile(rf"[-—―=~·*]+ *{_CLOCK} *[-—―=~·*]+")


def turn_of(form: str) -> int:
    """Where what is said begins on a line of a chat, after who says it and when; 0 for any other line."""
    match = _RULED.fullmatch(form) or _TURN.match(form)
    return match.end() if match else 0


_VOICED = re.compile(r"\[(?P<voice>[^\]]{1,16})\]")


def voices(forms: Sequence[str]) -> frozenset[int]:
    """Which lines of a chat begin with who speaks, in brackets; none where nobody speaks twice."""
    said = {n: match["voice"] for n, form in enumerate(forms) if (match := _VOICED.match(form))}
    heard = list(said.values())
    return frozenset(said) if len(set(heard)) < len(heard) else _named(forms)


_NAMED = re.compile(r"(?P<voice>(?:[一-鿿A-Za-z]{1,8} )?[一-鿿A-Za-z]{1,8})(?:\([^()]{1,8}\))?: *(?=.)")


def _named(forms: Sequence[str]) -> frozenset[int]:
    """Which lines begin with a name and a colon, where that is most lines and two at least speak again."""
    said = {n: match["voice"].split()[-1] for n, form in enumerate(forms) if (match := _NAMED.match(form))}
    said = {
        n: voice
        for n, voice in said.items()
        if not (pattern("no_speaker").match(voice) or pattern("unit_ends").search(voice))
    }
    heard = Counter(said.values())
    again = sum(count > 1 for count in heard.values())
    timed = sum(bool(_TURN.fullmatch(form)) for form in forms) > 1  # 5月12日 20:03, by itself
    most = again > 1 and 2 * len(said) > len(forms)
    return frozenset(said) if most or (timed and again) else frozenset()


def voice_end(form: str) -> int:
    """Where what is said begins on such a line."""
    match = _VOICED.match(form) or _NAMED.match(form)
    return match.end() if match else 0
