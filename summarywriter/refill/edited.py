"""Corrected facts into a .docx that a person has edited since: their words stay, the figures change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarywriter.errors import FactsError, Problem
from summarywriter.facts.model import EventFacts
from summarywriter.messages import render
from summarywriter.refill import refill
from summarywriter.refill.corrections import Correction, corrections
from summarywriter.refill.document import EditedDocument, Paragraph
from summarywriter.refill.places import Found, Sentence, locate, paired, split
from summarywriter.render.json import SavedSummary, load_summary_json
from summarywriter.summary import Summary
from summarywriter.verify import verify_text
from summarywriter.verify.policy import DEFAULT, Policy
from summarywriter.verify.report import VerificationReport

Outcome = Literal["changed", "already", "edited", "gone", "pinned"]
"""Changed by us; a person had corrected it; a person wrote something else there; the sentence is not there
any more; it is pinned."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one correction.

    Attributes:
        correction: The correction.
        outcome: What became of it.
        found: What stood in its place; ``""`` where nothing did.
        sentence: The sentence that it stands, or stood, in.
    """

    correction: Correction
    outcome: Outcome
    found: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RefilledDocument:
    """An edited .docx with the corrections in it.

    Attributes:
        content: The file.
        changes: Every correction, in the order of the text as it was written.
        text: Its text now, a paragraph a line.
        report: The verifier's, on that text and the corrected facts.
        pinned: Spans of ``text`` that a person has pinned.
        summary: The summary itself refilled, for its JSON file: the base of the next refill.
    """

    content: bytes
    changes: tuple[Change, ...]
    text: str
    report: VerificationReport
    pinned: tuple[tuple[int, int], ...]
    summary: Summary


def refill_document(
    saved: SavedSummary | str | Path,
    facts: EventFacts,
    edited: str | Path,
    *,
    policy: Policy = DEFAULT,
    lang: str = "zh",
) -> RefilledDocument:
    """Carry corrected facts into a .docx made from a summary and edited by a person since.

    A correction touches the place where its fact's value was written and no other, wherever the sentence
    has been moved to, and only if the value still stands there as it was written. Sentences with any part
    in the character style 釘住 are left alone altogether; whatever could not be carried over is told.

    Args:
        saved: The summary's JSON file, written together with the .docx, or what was read from it.
        facts: The corrected sheet.
        edited: The .docx.
        policy: What the house lets pass.
        lang: Language of an error's message.

    Raises:
        FactsError: A file cannot be read, or the JSON file is no summary.
    """
    name = str(saved) if not isinstance(saved, SavedSummary) else ""
    if not isinstance(saved, SavedSummary):
        saved = load_summary_json(saved, lang=lang)
    summary = refill(saved, facts, script=saved.script, policy=policy)
    document = open_edited(Path(edited), lang)
    try:
        wanted = corrections(saved, summary)
    except ValueError as error:
        message = render("render.no_summary", lang=lang, reason=str(error))
        raise FactsError([Problem(message, file=name)]) from error
    changes, spans = _placed(saved.text, wanted, document.paragraphs)
    document.replace(spans)
    content = document.save()
    after = EditedDocument(content).paragraphs
    text = "\n".join(paragraph.text for paragraph in after)
    report = verify_text(text, facts, policy=policy)
    return RefilledDocument(content, changes, text, report, tuple(_pinned_spans(after)), summary)


def open_edited(path: Path, lang: str) -> EditedDocument:
    """Open a .docx that a person has edited.

    Raises:
        FactsError: It cannot be read, or is none.
    """

    def fault(key: str, **params: str) -> FactsError:
        return FactsError([Problem(render(key, lang=lang, **params), file=str(path))])

    try:
        return EditedDocument(path.read_bytes())
    except FileNotFoundError as error:
        raise fault("file.missing") from error
    except OSError as error:
        raise fault("file.unreadable", reason=error.strerror or str(error)) from error
    except Exception as error:  # a broken archive fails in many ways, none of them ours
        raise fault("file.document") from error


def _placed(
    text: str, wanted: tuple[Correction, ...], paragraphs: tuple[Paragraph, ...]
) -> tuple[tuple[Change, ...], dict[int, list[tuple[int, int, str]]]]:
    """What is to be done with each correction, and where in the paragraphs."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    old, new = split(lines), split([paragraph.text for paragraph in paragraphs])
    pairs = paired(old, new)
    changes: list[Change] = []
    spans: dict[int, list[tuple[int, int, str]]] = {}
    for correction in wanted:
        at = _sentence_of(correction, old, starts)
        if at is None or at not in pairs:
            written = old[at].text if at is not None else ""
            changes.append(Change(correction, "gone", "", written))
            continue
        before, now = old[at], new[pairs[at]]
        first = starts[before.line] + before.start
        place = locate(before.text, now.text, correction.start - first, correction.end - first)
        paragraph = paragraphs[now.line]
        stands = now.text[place.start : place.end]
        outcome = _outcome(correction, place, stands, _is_pinned(now, paragraph))
        changes.append(Change(correction, outcome, stands, now.text))
        if outcome == "changed":
            start = now.start + place.start
            span = (start, start + len(correction.old), correction.new)
            spans.setdefault(now.line, []).append(span)
    return tuple(changes), spans


def _outcome(correction: Correction, place: Found, stands: str, pinned: bool) -> Outcome:  # noqa: FBT001
    if stands.strip() == correction.new.strip() and not place.whole:
        return "already"
    if pinned:
        return "pinned"
    return "changed" if place.whole else "edited"


def _sentence_of(correction: Correction, old: tuple[Sentence, ...], starts: list[int]) -> int | None:
    for number, sentence in enumerate(old):
        first = starts[sentence.line] + sentence.start
        if first <= correction.start and correction.end <= first + len(sentence.text):
            return number
    return None


def _is_pinned(sentence: Sentence, paragraph: Paragraph) -> bool:
    return any(paragraph.pinned[sentence.start : sentence.start + len(sentence.text)])


def _pinned_spans(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[int, int]]:
    at = 0
    for number, paragraph in enumerate(paragraphs):
        for sentence in split([paragraph.text]):
            if _is_pinned(Sentence(sentence.text, number, sentence.start), paragraph):
                yield at + sentence.start, at + sentence.start + len(sentence.text)
        at += len(paragraph.text) + 1
