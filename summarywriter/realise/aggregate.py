"""Aggregation: which clauses share a sentence, and what stands between them.

Clauses come in telling order. `merge` joins figures that share a verb; `pack` cuts the row of clauses
into sentences by dynamic programming, so that sentences come out neither clipped nor endless and the
cut falls where the matter changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from summarywriter.realise.frames import Frame
from summarywriter.realise.voice import Pieces, Voice, phrases

TARGET = 48  # characters a sentence aims at; the reference pieces have 48 and 63
_SHARING = 4  # figures that one verb can carry
_SEVERAL = 2  # clauses of those who came, past which ；follows them
_OFTEN = 4  # openings of one kind in a document, after which another is looked for
_WHOLE = 26  # characters of a head that is a sentence
_BARE = 0.9  # and what such a sentence costs
_OWN = 18  # characters of what was done that fill a sentence
LIMIT = 84  # a sentence of several clauses goes no further


@dataclass(frozen=True, slots=True)
class Phrase:
    """One clause, ready to be joined.

    Attributes:
        pieces: Its text and slots.
        group: What it belongs to (``head``, ``attend``, ``scene``, ``part`` …); the mark between two
            clauses depends on their groups.
        opens: Kind of opening if a sentence begins with it; no kind more than twice in five.
        bound: True if it cannot begin a sentence (其中…).
        block: Number of the activity or entry it tells: a cut between blocks costs least.
        others: Other ways to say the same facts, each with its kind of opening.
        leads_in: Further ways, only where another clause of its block follows in the sentence (勸導方面，…).
        mark: What stands between this clause and one before it in its sentence, where its group and its
            block do not decide.
        first: A word before the clause where it begins a sentence: 計劃, for what its head called planned.
        done: False for what is planned or under way: it shares no sentence with what is done.
    """

    pieces: Pieces
    group: str
    opens: str = ""
    bound: bool = False
    block: int = 0
    others: tuple[tuple[str, Pieces], ...] = ()
    leads_in: tuple[tuple[str, Pieces], ...] = ()
    mark: str = ""
    first: str = ""
    done: bool = True


def merge(frames: list[Frame]) -> list[list[Frame]]:
    """Group frames that share scope, actor and verb; order of first mention is kept.

    Only neighbours merge, and never across a part and its whole.
    """
    groups: list[list[Frame]] = []
    for frame in frames:
        last = groups[-1] if groups else None
        if last and last[0].merge_key == frame.merge_key and _merges(frame) and len(last) < _SHARING:
            last.append(frame)
        else:
            groups.append([frame])
    return groups


def _merges(frame: Frame) -> bool:
    spent = frame.object.endswith(tuple(phrases()["spans"]))  # 疏散人員1100人，疏散用時6分鐘
    return bool(frame.action) and frame.order not in ("pivot", "amount", "join") and not spent


_COMING = frozenset({"head", "attend", "people"})


def mark_between(before: list[Phrase], right: Phrase) -> str:
    """，inside a group; ；between activities, and where several who came are followed by what was done."""
    left = before[-1]
    if right.mark:
        return right.mark
    if left.block != right.block:
        return "；"
    if right.bound or right.group in _COMING or left.group not in _COMING:
        return "，"
    if left.group == "people" and right.group != "quote":
        return "；"  # what follows is the event's doing, not the speaker's
    return "；" if sum(1 for phrase in before if phrase.block == right.block) > _SEVERAL else "，"


def pack(
    voice: Voice,
    phrases: list[Phrase],
    *,
    target: int = TARGET,
    limit: int = LIMIT,
    ending: Callable[[], str] = lambda: "。",
) -> list[tuple[list[Phrase], Pieces]]:
    """Cut ``phrases`` into sentences.

    Args:
        voice: For the width of pieces.
        phrases: In telling order.
        target: Characters that a sentence aims at.
        limit: Characters that a sentence of several clauses must not pass.
        ending: Gives the closing mark.

    Returns:
        For each sentence its clauses and its pieces.
    """
    n = len(phrases)
    if not n:
        return []
    widths = [voice.width(phrase.pieces) + 1 for phrase in phrases]
    best: list[float] = [0.0] + [float("inf")] * n
    cut = [0] * (n + 1)
    for end in range(1, n + 1):
        size = 0
        for start in range(end - 1, -1, -1):
            size += widths[start]
            if size > limit and end - start > 1:
                break
            if phrases[start].bound and start:
                continue
            cost = best[start] + _cost(phrases, widths, start, end, target)
            if cost < best[end]:
                best[end], cut[end] = cost, start
    bounds = [n]
    while bounds[-1]:
        bounds.append(cut[bounds[-1]])
    bounds.reverse()
    out = []
    for start, end in pairwise(bounds):
        followed = start + 1 < end and phrases[start + 1].block == phrases[start].block
        opening = _varied(voice, phrases[start], followed=followed)
        if opening.first:
            opening = replace(opening, pieces=(opening.first, *opening.pieces))
        clauses = [opening, *phrases[start + 1 : end]]
        out.append((clauses, (*_sentence(clauses), ending())))
    return out


def _varied(voice: Voice, first: Phrase, *, followed: bool) -> Phrase:
    """The opening clause in the way whose kind was heard least in the last four sentences, and over all."""
    recent = voice.openings[-4:]
    ways = ((first.opens, first.pieces), *first.others, *(first.leads_in if followed else ()))

    def heard(way: tuple[int, tuple[str, Pieces]]) -> tuple[float, int]:
        place, (kind, _) = way
        often = voice.openings.count(kind) // _OFTEN if first.group == "head" else 0
        return max(0, recent.count(kind) - 1) + often, place

    opens, pieces = min(enumerate(ways), key=heard)[1]
    voice.openings.append(opens)
    return replace(first, opens=opens, pieces=pieces)


def _cost(phrases: list[Phrase], widths: list[int], start: int, end: int, target: int) -> float:
    size = sum(widths[start:end])
    short = max(0.0, (target - size) / target)
    long = max(0.0, (size - target) / (LIMIT - target))
    cost = 1.0 + 2.2 * short * short + 2.0 * long * long
    if end - start == 1 and phrases[start].group == "head" and size >= _WHOLE:
        cost = _BARE  # when, where and by whom is a sentence that reads well by itself
    blocks = {phrase.block for phrase in phrases[start:end]}
    if len(blocks) > 1:
        # Several activities in one sentence only as wholes, and only where each is small.
        broken = (start and phrases[start - 1].block == phrases[start].block) or (
            end < len(phrases) and phrases[end].block == phrases[end - 1].block
        )
        cost += 3.0 if broken else 0.5 * (len(blocks) - 1)
        cost += 4.0 if len({phrase.done for phrase in phrases[start:end]}) > 1 else 0.0
    crossed = next(
        (
            n
            for n in range(start + 1, end)
            if phrases[n - 1].group == "people" and phrases[n].group != "people"
        ),
        0,
    )
    if crossed and sum(widths[crossed:end]) >= _OWN:
        cost += 0.5  # what was done after the speeches has a sentence of its own, where it fills one
    if end < len(phrases) and phrases[end].block == phrases[end - 1].block:
        right = phrases[end]
        cost += 0.0 if right.group != phrases[end - 1].group else 0.45
        if right.group in ("attend", "people"):
            cost += 0.5
    return cost


def _sentence(clauses: list[Phrase]) -> Pieces:
    out: list[object] = list(clauses[0].pieces)
    for n, right in enumerate(clauses[1:], 1):
        out.append(mark_between(clauses[:n], right))
        out.extend(right.pieces)
    return tuple(out)  # type: ignore[arg-type]
