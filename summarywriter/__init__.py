"""Official-style Chinese event summaries in which every figure, date and name comes from a fact.

What is named here is the public API; nothing else is promised. Names are imported when they are first
used, so that `import summarywriter` is quick and needs no SDK.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarywriter.chat import (
        ChatModel,
        Failure,
        FailureKind,
        Message,
        Reply,
        Request,
        TokenCounter,
        Usage,
    )
    from summarywriter.errors import (
        BudgetError,
        EmptyFactsError,
        FactsError,
        GenreError,
        ModelConfigError,
        ModelError,
        PolicyError,
        PricesError,
        PrivacyError,
        PromptError,
        RecordingError,
        RenderError,
        StoreError,
        SummaryWriterError,
        UngroundedError,
    )
    from summarywriter.extractor import Extractor
    from summarywriter.facts.load import load_facts, loads_facts
    from summarywriter.facts.model import EventFacts
    from summarywriter.models.openai import OpenAIModel
    from summarywriter.models.replay import RecordedModel, RecordingModel
    from summarywriter.models.store import StoredModel
    from summarywriter.pins import PinnedText
    from summarywriter.refill.pinned import load_pins
    from summarywriter.render.look import DocxLook
    from summarywriter.rollup import roll_up
    from summarywriter.settings import load_policy
    from summarywriter.summary import Sentence, Summary, Trace, TraceEvent
    from summarywriter.verify import Policy, Ruling, verify_text
    from summarywriter.verify.explain import Grounding, explain_text
    from summarywriter.verify.report import Finding, Severity, VerificationReport
    from summarywriter.writer import SummaryWriter

__version__ = "0.1.0"

_HOMES = {
    "chat": (
        "ChatModel",
        "Failure",
        "FailureKind",
        "Message",
        "Reply",
        "Request",
        "TokenCounter",
        "Usage",
    ),
    "errors": (
        "BudgetError",
        "EmptyFactsError",
        "FactsError",
        "GenreError",
        "ModelConfigError",
        "ModelError",
        "PricesError",
        "PrivacyError",
        "PolicyError",
        "PromptError",
        "RecordingError",
        "RenderError",
        "StoreError",
        "SummaryWriterError",
        "UngroundedError",
    ),
    "extractor": ("Extractor",),
    "facts.load": ("load_facts", "loads_facts"),
    "facts.model": ("EventFacts",),
    "models.openai": ("OpenAIModel",),
    "models.replay": ("RecordedModel", "RecordingModel"),
    "models.store": ("StoredModel",),
    "pins": ("PinnedText",),
    "refill.pinned": ("load_pins",),
    "rollup": ("roll_up",),
    "render.look": ("DocxLook",),
    "summary": ("Sentence", "Summary", "Trace", "TraceEvent"),
    "settings": ("load_policy",),
    "verify": ("Policy", "Ruling", "verify_text"),
    "verify.explain": ("Grounding", "explain_text"),
    "verify.report": ("Finding", "Severity", "VerificationReport"),
    "writer": ("SummaryWriter",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "BudgetError",
    "ChatModel",
    "DocxLook",
    "EmptyFactsError",
    "EventFacts",
    "Extractor",
    "FactsError",
    "Failure",
    "FailureKind",
    "Finding",
    "GenreError",
    "Grounding",
    "Message",
    "ModelConfigError",
    "ModelError",
    "OpenAIModel",
    "PinnedText",
    "Policy",
    "PolicyError",
    "PricesError",
    "PrivacyError",
    "PromptError",
    "RecordedModel",
    "RecordingError",
    "RecordingModel",
    "RenderError",
    "Reply",
    "Request",
    "Ruling",
    "Sentence",
    "Severity",
    "StoreError",
    "StoredModel",
    "Summary",
    "SummaryWriter",
    "SummaryWriterError",
    "TokenCounter",
    "Trace",
    "TraceEvent",
    "UngroundedError",
    "Usage",
    "VerificationReport",
    "__version__",
    "explain_text",
    "load_facts",
    "load_pins",
    "load_policy",
    "loads_facts",
    "roll_up",
    "verify_text",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    module = _HOME_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
