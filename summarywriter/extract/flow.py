"""The model's pass over a source: a generator like the one that writes, driven by the same drivers.

    wave 1   every chunk, side by side
    wave 2   chunks with something refused, or a figure left over     `rounds` times

A chunk that no reply was usable for is placed by headings and sentences. Nothing here touches a network,
a clock or chance.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeAlias

from summarywriter.budget import EstimatedTokens, reply_room
from summarywriter.budget import check as see_that_it_fits
from summarywriter.chat import Failure, Message, Reply, Request, TokenCounter
from summarywriter.errors import BudgetError
from summarywriter.extract.accept import Accepted, accept
from summarywriter.extract.chunks import Chunk
from summarywriter.extract.chunks import chunks as cut
from summarywriter.extract.merge import merged
from summarywriter.extract.opening import is_plan
from summarywriter.extract.passes import Prepared, prepare
from summarywriter.extract.reply import Placement, parse_placement
from summarywriter.extract.sheet import Extraction
from summarywriter.messages import render
from summarywriter.prompts import Prompts, as_data

Waves: TypeAlias = Generator[tuple[Request, ...], tuple[Reply | Failure, ...], tuple[Extraction, ...]]

STAGE = "extract"
_MOST_TOLD = 20
"""Refusals and leftovers told to a model at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an extraction may cost.

    Attributes:
        rounds: Revisions after the first replies.
        window: The model's context window in tokens, if known.
        counter: Counts tokens for it.
    """

    rounds: int = 1
    window: int | None = None
    counter: TokenCounter = field(default_factory=EstimatedTokens)


def extract_flow(text: str, prompts: Prompts, limits: Limits, *, model: str) -> Waves:
    """Take the facts out of a text with a model's help.

    Args:
        text: The source.
        prompts: The templates.
        limits: What it may cost.
        model: The model's name, for the record.

    Yields:
        The requests of a wave; never an empty one.

    Returns:
        One extraction a piece.
    """
    pieces = prepare(text)
    by_piece: list[list[Chunk]] = []
    for number, piece in enumerate(pieces):
        first_number = 1 + sum(map(len, by_piece))
        planned = is_plan(piece.title)
        own = list(cut(piece.sections, list(piece.values), number, first_number, planned=planned))
        by_piece.append(own)
    chunks = [chunk for piece_chunks in by_piece for chunk in piece_chunks]
    first = {chunk.id: _request(chunk, text, prompts) for chunk in chunks}
    fitting = [chunk for chunk in chunks if _fits(first[chunk.id], chunk, limits)]
    kept: dict[str, Accepted] = {}
    said: dict[str, str] = {}
    answers = (yield tuple(first[chunk.id] for chunk in fitting)) if fitting else ()
    for chunk, answer in zip(fitting, answers, strict=True):
        if (placement := _read(answer)) is not None:
            kept[chunk.id] = accept(placement, chunk, text)
            said[chunk.id] = answer.text if isinstance(answer, Reply) else ""
    for _ in range(limits.rounds):
        again = {
            chunk.id: _again(first[chunk.id], said[chunk.id], kept[chunk.id], chunk, prompts)
            for chunk in fitting
            if chunk.id in kept and any(kept[chunk.id].rank(chunk))
        }
        asked = [c for c in fitting if c.id in again and _fits(again[c.id], c, limits)]
        if not asked:
            break
        answers = yield tuple(again[chunk.id] for chunk in asked)
        for chunk, answer in zip(asked, answers, strict=True):
            placement = _read(answer)
            better = accept(placement, chunk, text) if placement is not None else None
            if better is not None and better.rank(chunk) <= kept[chunk.id].rank(chunk):
                kept[chunk.id] = better
                said[chunk.id] = answer.text if isinstance(answer, Reply) else ""
    return tuple(
        _finished(text, piece, own, kept, model) for piece, own in zip(pieces, by_piece, strict=True)
    )


def _request(chunk: Chunk, text: str, prompts: Prompts) -> Request:
    system = prompts.render("extract.system", {})
    user = prompts.render("extract.user", {"text": chunk.shown(text)})
    messages = (Message("system", system), Message("user", user))
    return Request(STAGE, chunk.id, messages, schema=Placement.model_json_schema(), temperature=0.0)


def _again(first: Request, said: str, kept: Accepted, chunk: Chunk, prompts: Prompts) -> Request:
    """The request for a corrected reply: what was refused, and why, and what was left over."""
    refused = [
        f"{each.path}「{as_data(each.said)}」：{render(each.reason, lang='zh', script='hant')}"
        for each in kept.refusals[:_MOST_TOLD]
    ]
    left = [
        f"{{{chunk.values.index(value) + 1}:{as_data(value.text)}}}"
        for value in kept.left(chunk)[:_MOST_TOLD]
    ]
    user = prompts.render("extract.again", {"refused": refused, "left": left})
    messages = (*first.messages, Message("assistant", said), Message("user", user))
    return Request(STAGE, chunk.id, messages, schema=first.schema, temperature=0.0)


def _fits(request: Request, chunk: Chunk, limits: Limits) -> bool:
    length = sum(sentence.span.end - sentence.span.start for sentence in chunk.sentences)
    try:
        see_that_it_fits(request, limits.counter, limits.window, room=reply_room(length))
    except BudgetError:
        return False
    return True


def _read(answer: Reply | Failure) -> Placement | None:
    """A whole reply's placement: one cut short may have lost half of an entry, and is not used."""
    if isinstance(answer, Failure) or answer.finish_reason != "stop":
        return None
    return parse_placement(answer.text)


def _finished(
    text: str, piece: Prepared, chunks: list[Chunk], kept: dict[str, Accepted], model: str
) -> Extraction:
    sheet, refusals, fallen_back = merged(text, piece, chunks, kept)
    return Extraction(
        text, piece.piece, piece.values, piece.damage, sheet, refusals, model=model, fallen_back=fallen_back
    )
