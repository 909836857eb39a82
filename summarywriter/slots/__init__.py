"""Slotted text: prose in which every fact is a reference, and its filling.

A `Draft` is what a model or the realiser writes for one section: blocks of pieces. A piece is plain
text, a `Slot` (the library writes the fact there), a `Cite` (the clause before it tells that fact
in its own words) or `Pinned` (a person's words, which nobody rewrites). Filling is one pass over the
document, for a date's year and a person's post depend on what was mentioned before.
"""

from __future__ import annotations

from summarywriter.slots.data import from_data, to_data
from summarywriter.slots.filling import GAP, fill, headed, surface
from summarywriter.slots.types import Block, BlockKind, Cite, Claim, Draft, Filled, Line, Piece, Pinned, Slot

__all__ = [
    "GAP",
    "Block",
    "BlockKind",
    "Cite",
    "Claim",
    "Draft",
    "Filled",
    "Line",
    "Piece",
    "Pinned",
    "Slot",
    "fill",
    "from_data",
    "headed",
    "surface",
    "to_data",
]
