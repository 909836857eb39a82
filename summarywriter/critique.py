"""What a model thinks of the whole text: what code cannot judge, as remarks and never as a verdict."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from summarywriter.chat import Message, Request, digest
from summarywriter.draft import without_thinking
from summarywriter.prompts import Prompts

STAGE = "critique"
_MOST = 40
"""Remarks read of one reply; more is a model that runs on."""


class Remark(BaseModel):
    """A model's opinion of one passage.

    Attributes:
        section: Id of the section.
        quote: The passage, as the model gives it.
        kind: What is wrong with it.
        advice: What to do.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    section: str
    quote: str = ""
    kind: Literal["invented", "inverted", "emphasis", "flow", "empty"]
    advice: str = ""

    def __str__(self) -> str:
        """One line for the prompt of a revision."""
        return f"“{self.quote}”：{self.advice or self.kind}" if self.quote else self.advice or self.kind


class Critique(BaseModel):
    """A whole critique; its JSON Schema is sent with the request."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    remarks: tuple[Remark, ...] = ()


@functools.cache
def _schema() -> Mapping[str, Any]:
    return Critique.model_json_schema()


def critique_request(
    text: str, facts: str, prompts: Prompts, *, blank: tuple[str, str] | None = None
) -> Request:
    """Ask for remarks on a whole text.

    Args:
        text: The text, each section after its id in brackets; escaped where it holds facts.
        facts: The facts as listed for drafting, or ``""``.
        prompts: The templates.
        blank: Text and facts with no value in them, where the request's shape is to be told.
    """
    messages = _messages(text, facts, prompts)
    shape = digest(_messages(*blank, prompts), _schema()) if blank is not None else ""
    return Request(STAGE, "", messages, schema=_schema(), temperature=0.0, shape=shape)


def _messages(text: str, facts: str, prompts: Prompts) -> tuple[Message, ...]:
    system = prompts.render("critique.system", {})
    user = prompts.render("critique.user", {"text": text, "facts": facts})
    return Message("system", system), Message("user", user)


def parse_critique(text: str, sections: tuple[str, ...]) -> tuple[Remark, ...] | None:
    """Read the remarks of a reply, fenced, after thinking, or amid prose.

    Remarks that are none, or are on no section of this document, are passed over: an opinion that
    cannot be placed helps nobody.

    Args:
        text: The reply's content.
        sections: Ids of the document's sections.

    Returns:
        The remarks; ``None`` where the reply holds no critique at all.
    """
    for data in _objects(without_thinking(text)):
        entries = data.get("remarks") if isinstance(data, Mapping) else data
        if isinstance(entries, list):
            return tuple(r for entry in entries[:_MOST] if (r := _remark(entry)) and r.section in sections)
    return None


def _remark(entry: Any) -> Remark | None:
    try:
        return Remark.model_validate(entry)
    except ValidationError:
        return None


def _objects(text: str) -> Iterator[Any]:
    """Every JSON object or list that begins somewhere in ``text``, the outermost first."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while match := _first(text, at):
        try:
            data, at = decoder.raw_decode(text, match - 1)
        except (ValueError, RecursionError):
            at = match
        else:
            yield data


def _first(text: str, at: int) -> int:
    """One past the first opening bracket from ``at``; 0 where there is none."""
    found = [place for mark in "{[" if (place := text.find(mark, at)) >= 0]
    return min(found) + 1 if found else 0
