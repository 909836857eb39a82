"""What a sentence is about, as far as its section and its words tell."""

from __future__ import annotations

import re

from summarywriter.chinese.text import folded
from summarywriter.extract.events import Event, alike
from summarywriter.extract.outline import Section
from summarywriter.extract.sheet import Filling
from summarywriter.extract.words import pattern

TEXT_KINDS = ("problems", "next_steps", "media", "results")
"""Kinds whose sentences are told whole."""


def kind_of(section: Section, form: str, *, counts: bool, by_heading: bool, apart: bool = False) -> str:
    """Which part of the sheet a sentence belongs to.

    Args:
        section: Where it stands.
        form: It, in comparison form.
        counts: Whether it has quantities.
        by_heading: Whether the heading names the one activity that the section is about.
        apart: Whether it begins a paragraph, other than its section's first.

    Returns:
        ``activities``, ``totals``, or the name of a list of texts.
    """
    role = section.role
    if role in ("problems", "next_steps"):
        return "next_steps" if role == "problems" and pattern("next").match(form) else role
    if not counts and pattern("next").search(form[:12]):
        return "next_steps"
    if pattern("will").search(form) and "已" not in form:
        return "next_steps"
    if counts and (_sums(form, by_heading=by_heading) or (apart and pattern("apart").match(form))):
        return "totals"
    if not counts and pattern("media").search(form) and (role == "media" or "报道" in form or "报导" in form):
        return "media"
    if role in ("media", "results", "measures"):
        return role
    ends = not by_heading or form.startswith(("通过", "经过"))
    return "results" if not counts and ends and pattern("result").search(form) else "activities"


def _sums(form: str, *, by_heading: bool) -> bool:
    """Whether a sentence's figures are those of the whole event."""
    if pattern("of_day").search(form):
        return False
    if pattern("sums").search(form):
        return not by_heading or bool(pattern("wide").search(form))
    return bool(pattern("spans").search(form))


def is_same(name: str, said: str, event: Event) -> bool:
    """Whether an event is one already named: a 大賽 is no 活動 of much the same name."""
    quoted = re.search("“([^”]+)”", folded(said))
    if quoted is not None and quoted[1] not in folded(name):
        return False  # “流動博物館”活動 is no other activity of the museum's
    return alike(name, said) and (not event.strong or event.head in folded(name))


_WHOLE = ("活动周", "宣传月", "宣传周", "活动月", "周活动", "月活动")


def is_whole(said: str, sheet: Filling) -> bool:
    """Whether an event is the whole that the piece tells of, as its title names it."""
    title = folded(sheet.title.text) if sheet.title else ""
    bare = re.sub(r"[0-9xX]{4}年(?:度)?|[“”]", "", folded(said))
    return bool(title) and (bare in title or bare.endswith(_WHOLE))
