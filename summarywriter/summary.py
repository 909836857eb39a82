"""The outcome: the summary, its sentences with their facts, and the trace of how it came to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarywriter.chat import Usage
from summarywriter.facts.model import EventFacts
from summarywriter.plan import DocumentPlan
from summarywriter.slots import Draft, Filled
from summarywriter.verify.report import VerificationReport

if TYPE_CHECKING:
    from summarywriter.render.look import DocxLook


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the facts that it tells.

    Attributes:
        text: As printed.
        start: First character in `Summary.text`.
        end: One past the last.
        fact_ids: Facts told, in order.
        section: Id of its section.
        pinned: A person has pinned it.
    """

    text: str
    start: int
    end: int
    fact_ids: tuple[str, ...]
    section: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """One step: ``request``, ``reply``, ``failure``, ``findings``, ``remarks``, ``decision``.

    Attributes:
        kind: What happened.
        stage: ``draft``, ``critique``, ``revise``, ``fallback``, ``verify``.
        section: Section concerned, ``""`` for the whole document.
        data: Plain data, ready for JSON: messages and key of a request; text, usage and seconds of a
            reply (or failure); what was decided and why.
    """

    kind: str
    stage: str
    section: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that led to the text, in order.

    Attributes:
        events: In order.
        model: Name of the model, ``""`` for the realiser alone.
        fallbacks: Sections that the realiser wrote in the model's stead, with the reason.
    """

    events: tuple[TraceEvent, ...] = ()
    model: str = ""
    fallbacks: Mapping[str, str] = field(default_factory=dict)

    @property
    def usage(self) -> Usage:
        """Tokens of all calls together, those that failed too, as the service counted them."""
        told = [event.data.get("usage") or {} for event in self.events if event.kind in ("reply", "failure")]
        sent, received = (
            sum(one.get(key, 0) for one in told) for key in ("prompt_tokens", "completion_tokens")
        )
        return Usage(sent, received)


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished summary.

    Attributes:
        facts: The sheet.
        plan: The plan it was written from.
        drafts: The slotted text, by section.
        filled: Text with claims and lines.
        report: The verifier's report on the text.
        trace: How it came to be.
        sentences: With the facts that each tells.
    """

    facts: EventFacts
    plan: DocumentPlan
    drafts: tuple[Draft, ...]
    filled: Filled
    report: VerificationReport
    trace: Trace
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Plain text, one paragraph or heading a line."""
        return self.filled.text

    @property
    def markdown(self) -> str:
        """Markdown."""
        from summarywriter.render import render_markdown

        return render_markdown(self)

    def save(self, path: str | Path, *, draft: bool = False, docx: DocxLook | None = None) -> Path:
        """Write the summary to ``path`` in the format of its suffix (txt, md, docx, html, json).

        Args:
            path: The file; written whole or not at all.
            draft: Mark it 草稿.
            docx: What else to choose of a .docx: template, page numbers, table of figures.

        Returns:
            The path written.

        Raises:
            RenderError: The suffix is unknown, or the file cannot be written.
        """
        from summarywriter.render import save

        return save(self, path, draft=draft, docx=docx)

    def _repr_html_(self) -> str:
        """A notebook's view: the text beside its facts, each figure linked to its own."""
        from summarywriter.render import notebook_html

        return notebook_html(self)
