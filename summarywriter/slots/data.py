"""Drafts as plain data: what a summary's JSON keeps of them, so that they can be filled again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarywriter.slots.types import Block, Cite, Draft, Piece, Pinned, Slot


def to_data(drafts: Sequence[Draft]) -> list[dict[str, object]]:
    """Drafts as plain data for JSON: text as strings, slots and citations as small objects."""
    return [
        {
            "section": draft.section,
            "origin": draft.origin,
            "blocks": [
                {
                    "kind": block.kind,
                    "level": block.level,
                    "lead": block.lead,
                    "pieces": [_piece_data(piece) for piece in block.pieces],
                }
                for block in draft.blocks
            ],
        }
        for draft in drafts
    ]


def _piece_data(piece: Piece) -> object:
    match piece:
        case Slot(fact, form):
            return {"slot": fact, "form": form} if form else {"slot": fact}
        case Cite(facts):
            return {"cite": list(facts)}
        case Pinned():
            return {"pinned": str(piece)}
        case _:
            return piece


def from_data(data: Sequence[Mapping[str, object]]) -> tuple[Draft, ...]:
    """The inverse of `to_data`.

    Raises:
        ValueError: ``data`` is no slotted draft.
    """
    try:
        return tuple(
            Draft(
                str(entry["section"]),
                tuple(_block(block) for block in entry["blocks"]),  # type: ignore[attr-defined]
                "model" if entry["origin"] == "model" else "realiser",
            )
            for entry in data
        )
    except (KeyError, TypeError) as error:
        msg = f"not a slotted draft: {error}"
        raise ValueError(msg) from error


def _block(data: Mapping[str, object]) -> Block:
    pieces = tuple(_piece(piece) for piece in data["pieces"])  # type: ignore[attr-defined]
    return Block(str(data["kind"]), pieces, int(str(data.get("level", 0))), int(str(data.get("lead", 0))))  # type: ignore[arg-type]


def _piece(data: object) -> Piece:
    if isinstance(data, Mapping):
        if "slot" in data:
            return Slot(str(data["slot"]), str(data.get("form", "")))
        if "pinned" in data:
            return Pinned(str(data["pinned"]))
        return Cite(tuple(str(fact) for fact in data["cite"]))
    return str(data)
