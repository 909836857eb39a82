"""Parts of a whole: what of a figure was done by whom, or was what, right after it."""

from __future__ import annotations

from summarywriter.chinese.text import folded
from summarywriter.realise.aggregate import Phrase, merge
from summarywriter.realise.frames import Frame
from summarywriter.realise.scene import Scene, status_said
from summarywriter.realise.voice import Pieces, Voice
from summarywriter.slots import Slot


def parts_told(voice: Voice, scene: Scene, whole: Frame, used: set[str], block: int) -> list[Phrase]:
    """Parts of a whole, right after it: 發現隱患57處，其中當場整改49處、限期整改8處."""
    pieces = _parts(voice, scene, whole, used)
    return [Phrase((voice.say("其中"), *pieces), "part", bound=True, block=block)] if pieces else []


def _parts(voice: Voice, scene: Scene, whole: Frame, used: set[str]) -> Pieces:
    """Parts side by side; several parts of a part in brackets, a single one after it.

    Parts by who (渡口社區97人) and parts by what (獨居老人29人) are two ways to divide one whole, and are
    kept apart by ，.
    """
    parts = [f for f in scene.figures if f.of == whole.fact and f.fact not in used]
    used.update(part.fact for part in parts)
    first = bool(parts and parts[0].actor)
    parts.sort(key=lambda part: bool(part.actor) is not first)
    out: list[Pieces] = []
    before: Frame | None = None
    for part in parts:
        if before is not None:
            out.append(("、" if _divides_alike(before, part) else "，",))
        out.append(status_said(voice, scene, part.status, _part(part, whole, before)))
        inner = [f for f in scene.figures if f.of == part.fact and f.fact not in used]
        if inner:
            nested = _parts(voice, scene, part, used)
            one = inner[0]
            kind = not (one.actor or one.scope) and folded(one.action) == folded(part.action)
            if len(inner) == 1 and kind:  # 錄用2180名，含高校學生1765名
                out.append(("，", voice.say("含"), *nested))
            elif len(inner) == 1 and part is parts[-1] and not (one.actor or one.scope):
                out.append(("，", *nested))
            else:
                out.append(("（", *nested, "）"))
        before = part
    return tuple(piece for pieces in out for piece in pieces)


def _divides_alike(left: Frame, right: Frame) -> bool:
    return bool(left.actor) == bool(right.actor) and bool(left.scope) == bool(right.scope)


def _part(part: Frame, whole: Frame, before: Frame | None) -> Pieces:
    """One part, without the verb and the noun that the whole, or the part before it, has said."""
    same_noun = not part.object or folded(part.object) == folded(whole.object)
    verb, noun = part.action, "" if same_noun else part.object
    told = folded(part.action) == folded(whole.action)
    shared = before is not None and folded(before.action) == folded(part.action) and bool(noun)
    if (told and (noun or part.actor or part.scope)) or (
        shared and before is not None and _divides_alike(before, part) and not part.actor
    ):
        verb = ""
    return tuple(piece for piece in (part.scope, part.actor, verb, noun, Slot(part.fact)) if piece != "")


def grouped(scene: Scene, frames: list[Frame]) -> list[list[Frame]]:
    """Figures that share a verb side by side; one that has parts ends its group, and they follow it."""
    whole = {frame.of for frame in scene.figures if frame.of}
    out: list[list[Frame]] = []
    for group in merge(frames):
        out.append([])
        for frame in group:
            out[-1].append(frame)
            if frame.fact in whole and frame is not group[-1]:
                out.append([])
    return out
