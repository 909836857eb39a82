"""What was taken out of an old text as JSON: every value, broken passage and refusal with its place."""

from __future__ import annotations

import json
from typing import Any

from summarywriter.extract import Extraction, Found, to_data


def extraction_to_data(extraction: Extraction, *, name: str) -> dict[str, Any]:
    """Plain data; spans are characters of the source, counted from 0, the end not included.

    Args:
        extraction: What was taken out.
        name: Name of the source file.
    """
    unplaced = {found.span for found in extraction.sheet.unplaced}
    return {
        "version": 1,
        "source": name,
        "piece": list(extraction.piece.span),
        "model": extraction.model or None,
        "sheet": to_data(extraction),
        "values": [_value(found, placed=found.span not in unplaced) for found in extraction.values],
        "damage": [
            {
                "kind": damage.kind.value,
                "start": damage.span.start,
                "end": damage.span.end,
                "text": damage.text,
                "suggestion": damage.suggestion,
            }
            for damage in extraction.damage
        ],
        "refusals": [
            {"section": each.section, "path": each.path, "said": each.said, "reason": each.reason}
            for each in extraction.refusals
        ],
        "fallen_back": list(extraction.fallen_back),
    }


def extraction_json(extraction: Extraction, *, name: str) -> str:
    """As `extraction_to_data`, as text."""
    return json.dumps(extraction_to_data(extraction, name=name), ensure_ascii=False, indent=2) + "\n"


def _value(found: Found, *, placed: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": found.kind.value,
        "start": found.span.start,
        "end": found.span.end,
        "text": found.text,
        "placed": placed,
    }
    if found.quantity is not None:
        value = found.quantity.value
        data |= {
            "value": None if value is None else str(value),
            "high": None if found.quantity.high is None else str(found.quantity.high),
            "unit": found.quantity.unit,
            "modifier": found.quantity.modifier.value,
        }
    if found.post:
        data["post"] = found.post
    return data
