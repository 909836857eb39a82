"""Taking down what happens while a document is written, for the `Trace` of the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from summarywriter.assemble import Checked
from summarywriter.chat import Failure, Reply, Request
from summarywriter.critique import Remark
from summarywriter.summary import Trace, TraceEvent


class TraceLog:
    """The trace of one document in the making.

    Args:
        on_event: Called with each event as it happens, e.g. to show progress.
    """

    def __init__(self, on_event: Callable[[TraceEvent], None] | None = None) -> None:
        self._on_event = on_event
        self._events: list[TraceEvent] = []
        self._fallbacks: dict[str, str] = {}

    def trace(self, model: str) -> Trace:
        """What was taken down; ``model`` is the name of the model that was asked."""
        return Trace(tuple(self._events), model, dict(self._fallbacks))

    def wave(self, requests: Sequence[Request]) -> None:
        """A wave is about to be sent."""
        if requests:
            self._add("wave", requests[0].stage, "", requests=len(requests))

    def divided(self, section: str, parts: Sequence[str], reason: str) -> None:
        """A section is asked for in parts."""
        self._add("divided", "draft", section, parts=list(parts), reason=reason)

    def section(self, section: str, origin: str) -> None:
        """A section is done."""
        self._add("section", "", section, origin=origin)

    def request(self, request: Request) -> None:
        """A request is about to be sent."""
        messages = [{"role": m.role, "content": m.content} for m in request.messages]
        self._add("request", request.stage, request.section, key=request.key, messages=messages)

    def answer(self, request: Request, answer: Reply | Failure) -> None:
        """A request was answered, or failed."""
        data: dict[str, Any]
        if isinstance(answer, Failure):
            kind = "failure"
            data = {"kind": answer.kind.value, "message": answer.message}
        else:
            kind = "reply"
            data = {"text": answer.text, "finish_reason": answer.finish_reason, "model": answer.model}
            if answer.stored:
                data["stored"] = True
        data["usage"] = {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
        }
        if answer.seconds:  # a recording and a store call nobody, and a driver may have no clock
            data["seconds"] = answer.seconds
        self._add(kind, request.stage, request.section, **data)

    def findings(self, document: Checked) -> None:
        """What verification found in the document as it stands."""
        found = [
            {"code": f.code, "severity": f.severity.value, "text": f.text} for f in document.report.findings
        ]
        slips = {section: [str(slip) for slip in slips] for section, slips in document.slips.items()}
        untold = list(document.report.untold)
        self._add(
            "findings", "verify", "", rank=list(document.rank), findings=found, untold=untold, slips=slips
        )

    def remarks(self, remarks: Sequence[Remark]) -> None:
        """What the critic said that could be placed."""
        self._add("remarks", "critique", "", remarks=[remark.model_dump() for remark in remarks])

    def decision(self, stage: str, section: str, *, accepted: bool, before: Checked, after: Checked) -> None:
        """Whether another draft of a section was taken, and the ranks that decided it."""
        ranks = {"before": list(before.rank), "after": list(after.rank)}
        self._add("decision", stage, section, accepted=accepted, **ranks)

    def refused(self, stage: str, section: str, reason: str) -> None:
        """A request was not sent, or its answer not used; what stood before stands."""
        self._add("decision", stage, section, accepted=False, reason=reason)

    def pin(self, section: str, text: str, *, placed: bool, twice: Sequence[str]) -> None:
        """A passage that a person has pinned was taken over."""
        self._add("pin", "", section, text=text, placed=placed, twice=list(twice))

    def fallback(self, section: str, reason: str) -> None:
        """The realiser writes a section in the model's stead."""
        self._fallbacks[section] = reason
        self._add("decision", "fallback", section, reason=reason)

    def _add(self, kind: str, stage: str, section: str, /, **data: Any) -> None:
        event = TraceEvent(kind, stage, section, data)
        self._events.append(event)
        if self._on_event is not None:
            self._on_event(event)
