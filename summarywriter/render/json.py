"""JSON: everything known about a summary, and enough to fill corrected facts in again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarywriter.errors import FactsError, Problem
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.facts.write import facts_to_data
from summarywriter.messages import render
from summarywriter.pins import hold
from summarywriter.plan import DocumentPlan
from summarywriter.render.document_data import (
    plain,
    plan_from_data,
    plan_to_data,
    report_to_data,
)
from summarywriter.render.text import script_of
from summarywriter.slots import Draft, from_data, to_data
from summarywriter.summary import Summary

VERSION = 1


def render_json(summary: Summary, *, draft: bool = False) -> str:
    """The summary as JSON, indented, Chinese unescaped.

    Args:
        summary: What was written.
        draft: Set ``"draft": true``.
    """
    script = script_of(summary)
    report = report_to_data(summary.report, script=script)
    del report["version"]
    data: dict[str, Any] = {
        "version": VERSION,
        "title": summary.plan.title,
        "genre": summary.plan.genre,
        "script": script,
        "draft": draft,
        "text": summary.text,
        "sentences": [
            {
                "text": sentence.text,
                "start": sentence.start,
                "end": sentence.end,
                "facts": list(sentence.fact_ids),
                "section": sentence.section,
            }
            | ({"pinned": True} if sentence.pinned else {})
            for sentence in summary.sentences
        ],
        "report": report,
        "trace": plain(summary.trace),
        "slotted": to_data(summary.drafts),
        "facts": facts_to_data(summary.facts),
        "plan": plan_to_data(summary.plan),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class SavedSummary:
    """What a summary's JSON file holds for filling it in again.

    Attributes:
        text: As printed then.
        facts: The sheet as it was then.
        plan: The plan it was written from.
        drafts: The slotted text.
        model: Name of the model that wrote it, ``""`` for the realiser alone.
        draft: It was marked 草稿.
        script: Script of ``text``, where it was converted after it was written.
    """

    text: str
    facts: EventFacts
    plan: DocumentPlan
    drafts: tuple[Draft, ...]
    model: str = ""
    draft: bool = False
    script: str | None = None


def load_summary_json(path: str | Path, *, lang: str = "zh") -> SavedSummary:
    """Read what `render_json` wrote.

    Args:
        path: The file.
        lang: Language of the error message, ``zh`` or ``en``.

    Raises:
        FactsError: The file cannot be read, or is no summary of this version.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        if data["version"] != VERSION:
            raise _unusable(path, lang, f"version {data['version']!r}")
        facts, plan = EventFacts.model_validate(data["facts"]), plan_from_data(data["plan"])
        text, pinned = _pinned(data)
        drafts = from_data(data["slotted"])
        if pinned:
            drafts = hold(drafts, FactIndex.of(facts), pinned, script=plan.script)
        return SavedSummary(
            text=text,
            facts=facts,
            plan=plan,
            drafts=drafts,
            model=data["trace"]["model"],
            draft=bool(data.get("draft")),
            script=data.get("script"),
        )
    except OSError as error:
        raise _unusable(path, lang, error.strerror or str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise _unusable(path, lang, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except KeyError as error:
        raise _unusable(path, lang, f"no {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise _unusable(path, lang, str(error)) from error


def _pinned(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The text, and its pinned sentences as they were printed and as a person may have edited them."""
    text: str = data["text"]
    pinned: dict[str, str] = {}
    for sentence in sorted(data["sentences"], key=lambda one: -one["start"]):
        if sentence.get("pinned"):
            start, end = sentence["start"], sentence["end"]
            pinned[data["text"][start:end]] = sentence["text"]
            text = text[:start] + sentence["text"] + text[end:]
    return text, pinned


def _unusable(path: str | Path, lang: str, reason: str) -> FactsError:
    return FactsError([Problem(render("render.no_summary", lang=lang, reason=reason), file=str(path))])
