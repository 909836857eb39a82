"""What a sentence is about, as far as its section and its words tell."""

from __future__ import annotations

import re

from summarywriter.chinese.text import folded
from summarywriter.extract.eventnames import Event, alike
from summarywriter.extract.outline import Section
from summarywriter.extract.sheet import Filling
from summarywriter.extract.words import pattern

TEXT_KINDS = ("problems", "next_steps", "media", "results")
"""Kinds whose sentences are told whole."""


def kind_of(
    section: Section, form: str, *, counts: bool, by_heading: bool, apart: bool = False, planned: bool = False
) -> str:
    """Which part of the sheet a sentence belongs to.

    Args:
        section: Where it stands.
        form: It, in comparison form.
        counts: Whether it has quantities.
        by_heading: Whether the heading names the one activity that the section is about.
        apart: Whether it begins a paragraph, other than its section's first, and names no event.
        planned: Whether the whole text only plans.

    Returns:
        ``activities``, ``totals``, or the name of a list of texts.
    """
    role = section.role
    if apart and counts and pattern("apart_sure").match(form):
        return "totals"
    if text := _plan_or_problem(role, form, counts=counts, planned=planned):
        return text
    if counts and section.level and pattern("whole_heading").search(folded(section.heading)):
        return "totals"
    if counts and section.lead and pattern("sum_heading").search(folded(section.heading)):
        return "totals"
    contained = section.closed or section.day or section.lead
    if counts and (
        (apart and pattern("apart").match(form)) or _sums(form, by_heading=by_heading, contained=contained)
    ):
        return "totals"
    media = pattern("media").search(form) and (role == "media" or "报道" in form or "报导" in form)
    if media and (not counts or (not by_heading and pattern("reported").search(form))):
        return "media"
    if role in ("media", "results", "measures"):
        return role
    ends = not by_heading or form.startswith(("通过", "经过"))
    return "results" if not counts and ends and pattern("result").search(form) else "activities"


def _plan_or_problem(role: str, form: str, *, counts: bool, planned: bool) -> str:
    """``problems`` or ``next_steps`` for a sentence that tells of one; ``""`` for any other."""
    if role in ("problems", "next_steps"):
        return "next_steps" if role == "problems" and pattern("next").match(form) else role
    if (pattern("but").match(form) and pattern("problem").search(form)) or pattern("wanting").match(form):
        return "problems"
    will = pattern("will").search(form) or pattern("ahead").match(form)
    ahead = (not counts and pattern("next").search(form[:12])) or (will and "已" not in form and not planned)
    return "next_steps" if ahead else ""


def _sums(form: str, *, by_heading: bool, contained: bool) -> bool:
    """Whether a sentence's figures are those of the whole event.

    What stands under a label, a day or words in bold is of that alone, unless it says that it is not.
    """
    if pattern("of_day").search(form):
        return False
    if contained and not pattern("all_of").search(form):
        return False
    if pattern("sums").search(form):
        # 累計 alone sums up what the heading names.
        wide = pattern("wide").search(pattern("sum_alone").sub("", form)) or pattern("all_of").search(form)
        return not by_heading or bool(wide)
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
