"""The page to read first: how a summary is written, wave by wave, by whoever answers.

    wave 1   every section's draft, side by side; one that was cut off again, with more room, then in parts
    wave 2   one critique of the whole            ┐ `rounds` times
    wave 3   revisions of the sections in need    ┘
    last     what still has errors or lost facts is written by the realiser

`flow` is a generator that does nothing itself: it yields the requests of a wave, and is sent their
answers in the same order. A driver gets the answers from a model, a recording or a batch queue; no
network, clock or chance is needed below this line, so the same answers always give the same summary.

Nothing that an answer holds can stop the flow. A section whose draft failed is realised from its facts;
a revision is kept only where (errors, untold facts, warnings), compared in that order, got no worse; and
the document is whole and verified after every step. What each step is stands in `desk`.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias

from summarywriter.assemble import Checked
from summarywriter.desk import Answer, Answered, Desk, Limits, Wave
from summarywriter.draft import Brief
from summarywriter.tracing import TraceLog

__all__ = ["Answer", "Limits", "Wave", "flow"]

Waves: TypeAlias = Generator[Wave, tuple[Answer, ...], Checked]


def flow(brief: Brief, limits: Limits, log: TraceLog) -> Waves:
    """Write one document.

    Args:
        brief: The plan, the facts and the prompts.
        limits: How many rounds, and the model's window.
        log: Takes down every step, and which sections the realiser wrote and why.

    Yields:
        The requests of a wave; never an empty one.

    Returns:
        The document, verified.

    Example:
        A driver in full::

            waves = flow(brief, Limits(), TraceLog())
            try:
                wave = next(waves)
                while True:
                    wave = waves.send(tuple(model.complete(request) for request in wave))
            except StopIteration as end:
                document = end.value
    """
    desk = Desk(brief, limits, log)
    desk.take_drafts((yield from _ask(desk.drafts())))
    while wave := desk.cut_off():
        desk.take_drafts((yield from _ask(wave)))
    desk.make_whole()
    for _ in range(limits.rounds):
        if not desk.by_model:
            break
        remarks = desk.read_critique((yield from _ask(desk.critique())))
        desk.take_revisions((yield from _ask(desk.revisions(remarks))))
    desk.settle()
    return desk.document


def _ask(wave: Wave) -> Generator[Wave, tuple[Answer, ...], Answered]:
    """Have a wave answered; one with nothing in it is not put to the driver."""
    answers = (yield wave) if wave else ()
    return tuple(zip(wave, answers, strict=True))
