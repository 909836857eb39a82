"""Sentences of a saved summary that a person has pinned there: nothing is filled into them any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex
from summarywriter.pins.told import divided, printed
from summarywriter.slots import Block, Cite, Draft, Piece, Pinned


def hold(
    drafts: Sequence[Draft], index: FactIndex, sentences: Mapping[str, str], *, script: str
) -> tuple[Draft, ...]:
    """Put pinned sentences into the drafts that they were written in.

    Args:
        drafts: The slotted text.
        index: The facts that it was filled with.
        sentences: What was printed, and what stands there now, which a person may have edited.
        script: Script of the drafts.
    """
    sentences = {folded(then): now for then, now in sentences.items()}
    texts = printed(drafts, index, script)
    out = []
    for draft in drafts:
        blocks = []
        for n, block in enumerate(draft.blocks):
            if block.kind == "paragraph":
                shown = [texts.get((draft.section, n, m), "") for m in range(len(divided(block, index)))]
                blocks.append(_held(block, shown, index, sentences))
            else:
                blocks.append(block)
        out.append(replace(draft, blocks=tuple(blocks)))
    return tuple(out)


def _held(block: Block, texts: Sequence[str], index: FactIndex, sentences: Mapping[str, str]) -> Block:
    head = "".join(piece for piece in block.pieces[: block.lead] if isinstance(piece, str))
    pieces: list[Piece] = []
    for n, (sentence, text) in enumerate(zip(divided(block, index), texts, strict=True)):
        now = sentences.get(folded(text))
        if now is None and not n and (whole := sentences.get(folded(head + text))) is not None:
            now = whole[len(head) :] if folded(whole).startswith(folded(head)) else whole
        if now is None:
            pieces += sentence.pieces
        else:
            cites = tuple(
                fact for piece in sentence.pieces if isinstance(piece, Cite) for fact in piece.facts
            )
            pieces += [Pinned(now), Cite(cites)] if cites else [Pinned(now)]
    return replace(block, pieces=(*block.pieces[: block.lead], *pieces))
