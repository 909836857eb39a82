"""What a review page is made of: plain values, ready to be shown, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MarkHow = Literal["slot", "cite", "align", "formula", "bare"]
"""How a span is known: written by the library, told in other words, matched to a fact; a formula that
claims nothing; a sentence with no fact at all."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """A span of the text and the facts behind it.

    Attributes:
        start: First character in `Page.text`.
        end: One past the last.
        facts: Ids of the facts, the first one foremost; empty for ``formula`` and ``bare``.
        how: How it is known.
    """

    start: int
    end: int
    facts: tuple[str, ...]
    how: MarkHow = "slot"


@dataclass(frozen=True, slots=True)
class PageLine:
    """One paragraph or heading of the text.

    Attributes:
        start: First character.
        end: One past the last.
        kind: ``title``, ``heading``, ``paragraph``, ``addressee``, ``signature`` or ``date``.
        level: Of a heading, 1 to 4.
        lead_end: Where a run-in head ends; 0 for none.
        origin: Told above the line, e.g. that its section fell back; ``""`` for nothing.
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0
    lead_end: int = 0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class PageFact:
    """One row of the sheet.

    Attributes:
        id: The fact's.
        label: What it is.
        text: As the sheet has it.
        depth: 0, or more for what stands inside another fact.
        state: ``told``, ``untold``, ``optional`` (may be left out, and was) or ``silent`` (no matter).
        badge: A remark on it (計劃, 可略 …); ``""`` for none.
    """

    id: str
    label: str
    text: str
    depth: int = 0
    state: Literal["told", "untold", "optional", "silent"] = "silent"
    badge: str = ""


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Rows under one heading."""

    title: str
    facts: tuple[PageFact, ...]


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note in the margin.

    Attributes:
        start: First character of what it is about.
        end: One past the last.
        code: ``SW101``, ``FL203`` …; ``""`` for none.
        severity: ``error``, ``warning``, ``unverifiable``, ``question`` or ``remark``.
        message: What is wrong.
        suggestion: What would be right; ``""`` where it is not certain.
        facts: Ids of the facts concerned.
    """

    start: int
    end: int
    code: str
    severity: str
    message: str
    suggestion: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a diff: kept, taken out or put in."""

    kind: Literal["same", "out", "in"]
    text: str


@dataclass(frozen=True, slots=True)
class PageRound:
    """One version of a section against the one before.

    Attributes:
        title: What was done: 起草 → 修改.
        changes: The diff; a single ``same`` where there is nothing to compare.
        verdict: What became of it: 採用, 未採用 …
        accepted: It stands in the text.
        remarks: What the critic said of the section.
    """

    title: str
    changes: tuple[Change, ...]
    verdict: str = ""
    accepted: bool = True
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """A part that opens on demand: the rounds of one section, or the requests.

    Attributes:
        title: Its heading.
        flag: Said beside the heading (由內置寫手寫成 …); ``""`` for nothing.
        rounds: Versions.
        rows: A table: the first row is its head.
    """

    title: str
    flag: str = ""
    rounds: tuple[PageRound, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page.

    Attributes:
        title: Of the document; the browser's tab shows it.
        text: The text, whole.
        lines: Its paragraphs, in order.
        marks: What is behind it.
        groups: The sheet.
        notes: For the margin.
        status: Figures about the whole, a phrase each.
        folds: What stands below: rounds, requests.
        flag: A mark for the whole page (草稿); ``""`` for none.
        lang: Language of the page's own words, ``zh`` or ``en``.
        script: Script of the text and of the page's own words, ``hans`` or ``hant``.
        sheet_script: Script of the sheet.
    """

    title: str
    text: str
    lines: tuple[PageLine, ...]
    marks: tuple[PageMark, ...] = ()
    groups: tuple[PageGroup, ...] = ()
    notes: tuple[PageNote, ...] = ()
    status: tuple[str, ...] = ()
    folds: tuple[Fold, ...] = ()
    flag: str = ""
    lang: str = "zh"
    script: str = "hant"
    sheet_script: str = "hant"
