"""The shape of a sheet: which fields are lists of what, and which take their value from a closed table."""

from __future__ import annotations

from collections.abc import Mapping

from summarywriter.facts.keys import Context

LISTS: Mapping[tuple[Context, str], Context] = {
    (Context.EVENT, "basis"): Context.BASIS,
    (Context.EVENT, "organisers"): Context.ORGANISERS,
    (Context.EVENT, "people"): Context.PERSON,
    (Context.EVENT, "activities"): Context.ACTIVITY,
    (Context.EVENT, "totals"): Context.FIGURE,
    (Context.EVENT, "measures"): Context.ENTRY,
    (Context.EVENT, "results"): Context.ENTRY,
    (Context.EVENT, "media"): Context.ENTRY,
    (Context.EVENT, "problems"): Context.ENTRY,
    (Context.EVENT, "next_steps"): Context.ENTRY,
    (Context.EVENT, "unplaced"): Context.ENTRY,
    (Context.ACTIVITY, "organisers"): Context.ORGANISERS,
    (Context.ACTIVITY, "people"): Context.PERSON,
    (Context.ACTIVITY, "details"): Context.ENTRY,
    (Context.ACTIVITY, "quotes"): Context.ENTRY,
    (Context.ACTIVITY, "figures"): Context.FIGURE,
    (Context.FIGURE, "derived"): Context.TERM,
}
"""Fields that are lists of smaller tables."""

VALUES: Mapping[str, str] = {
    "script": "script",
    "level": "level",
    "modifier": "modifier",
    "status": "status",
    "required": "boolean",
    "complete": "boolean",
}
"""Fields of which every possible value is known, and the name of their table of values."""

NAMES = frozenset({"names", "issuers", "attachments", "allow"})
"""Fields that are lists of names."""

ID_PREFIX = {"activities": "a", "figures": "f", "totals": "t", "details": "d", "quotes": "s", "people": "p",
              "organisers": "o", "basis": "b", "measures": "m", "results": "r", "media": "v", "problems": "x",
              "next_steps": "n", "unplaced": "u"}  # fmt: skip
"""How the ids of a list begin where they go by position; put before an id that is a bare number."""
