"""Drafting: facts are numbered for a request, and a reply is read back into slots."""

from __future__ import annotations

from summarywriter.draft.cleaning import clean, without_thinking
from summarywriter.draft.listing import Privacy, labels, listing
from summarywriter.draft.numbering import SlotTable, number, written
from summarywriter.draft.parsing import Parsed, Slip, SlipKind, parse_draft
from summarywriter.draft.request import Brief, draft_request

__all__ = [
    "Brief",
    "Parsed",
    "Privacy",
    "Slip",
    "SlipKind",
    "SlotTable",
    "clean",
    "draft_request",
    "labels",
    "listing",
    "number",
    "parse_draft",
    "without_thinking",
    "written",
]
