"""What a person has pinned in a file that was written before: a .docx, or a summary's JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from summarywriter.chinese.text import folded
from summarywriter.errors import FactsError, Problem
from summarywriter.messages import render
from summarywriter.pins import LineKind, PinnedText, pinned_text
from summarywriter.refill.document import EditedDocument, Paragraph
from summarywriter.refill.edited import open_edited
from summarywriter.render.json import VERSION
from summarywriter.render.typography import typography

_KINDS: Mapping[str, LineKind] = {
    "title": "title",
    "addressee": "addressee",
    "heading1": "heading",
    "heading2": "heading",
    "heading3": "heading",
    "heading4": "heading",
    "paragraph": "paragraph",
    "signature": "signature",
    "date": "date",
}
"""What a line is by its style; every other of our styles is of what we make anew: tables, attachments."""


def load_pins(path: str | Path, *, lang: str = "zh") -> PinnedText:
    """Read an earlier version of a summary with what is pinned in it.

    In a .docx the character style 釘住 pins a sentence, a heading or a whole paragraph; in a summary's JSON a
    sentence with ``"pinned": true``, whose ``text`` may have been edited.

    Args:
        path: The file; ``.json``, or a .docx.
        lang: Language of an error's message, ``zh`` or ``en``.

    Raises:
        FactsError: The file cannot be read, or is no summary.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        return _from_json(path, lang)
    document = open_edited(path, lang)
    kinds = _kinds()
    return pinned_text(
        [(p.text, _kind(p, kinds, document.style_names), p.pinned) for p in document.paragraphs]
    )


def has_pins(path: Path) -> bool:
    """Whether a file is a .docx with pinned sentences; a file that cannot be read has none."""
    if path.suffix.lower() != ".docx" or not path.is_file():
        return False
    try:
        document = EditedDocument(path.read_bytes())
    except Exception:  # noqa: BLE001  a broken archive fails in many ways, and holds nothing to keep
        return False
    return any(any(paragraph.pinned) for paragraph in document.paragraphs)


def _kinds() -> Mapping[str, LineKind]:
    """What our styles are, and those of an office's template, by folded name and by id."""
    look = typography("hant")
    known: dict[str, LineKind] = {}
    for key, style in look.paragraphs.items():
        for name in (style.id, style.name, *look.aliases.get(key, ())):
            known.setdefault(folded(name).lower(), _KINDS.get(key, "other"))
    return known


def _kind(paragraph: Paragraph, known: Mapping[str, LineKind], names: Mapping[str, str]) -> LineKind:
    if paragraph.in_table:
        return "other"
    for name in (paragraph.style, names.get(paragraph.style, "")):
        if folded(name).lower() in known:
            return known[folded(name).lower()]
    return "paragraph"


def _from_json(path: Path, lang: str) -> PinnedText:
    def fault(reason: str) -> FactsError:
        return FactsError([Problem(render("render.no_summary", lang=lang, reason=reason), file=str(path))])

    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data["version"] != VERSION:
            raise fault(f"version {data['version']!r}")
        return pinned_text(list(_lines(data)))
    except OSError as error:
        raise fault(error.strerror or str(error)) from error
    except KeyError as error:
        raise fault(f"no {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise fault(str(error)) from error


def _lines(data: Mapping[str, Any]) -> Iterator[tuple[str, LineKind, list[bool]]]:
    """The lines of the text, with its sentences as they stand in the list of sentences."""
    kinds = [block["kind"] for draft in data["slotted"] for block in draft["blocks"] if _prints(block)]
    pinned_blocks = [
        all(isinstance(piece, Mapping) and "pinned" in piece for piece in block["pieces"])
        for draft in data["slotted"]
        for block in draft["blocks"]
        if _prints(block)
    ]
    lines = data["text"].split("\n")
    if len(kinds) != len(lines):
        raise ValueError("text and slotted text differ")
    at = 0
    for line, kind, is_pinned in zip(lines, kinds, pinned_blocks, strict=True):
        text, flags, end = "", [], at
        for sentence in data["sentences"]:
            if at <= sentence["start"] < at + len(line):
                before = data["text"][end : sentence["start"]]
                text += before + sentence["text"]
                flags += [False] * len(before) + [bool(sentence.get("pinned"))] * len(sentence["text"])
                end = sentence["end"]
        rest = data["text"][end : at + len(line)]
        yield text + rest, kind, [*flags, *([is_pinned and kind != "paragraph"] * len(rest))]
        at += len(line) + 1


def _prints(block: Mapping[str, Any]) -> bool:
    """Whether a block has a line of its own: citations alone print nothing."""
    return any(isinstance(piece, str) or "cite" not in piece for piece in block["pieces"])
