"""Which genre a sheet asks for, or its level and facts suggest."""

from __future__ import annotations

from pathlib import Path

from summarywriter.chinese.script import Script
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.model import EventFacts, Level
from summarywriter.genres.genre import Genre
from summarywriter.genres.headings import printed
from summarywriter.genres.load import load_genre
from summarywriter.genres.words import level_of
from summarywriter.messages import render

FEW = 5
"""At most so many facts are told in one paragraph."""
_BULLETIN = "簡報"  # a bulletin: what the title itself calls the text
_WHOLE_CITY = 12
"""From so many activities on, it is the city that speaks and not one department."""

_FOUND_INSIDE = frozenset({FactKind.QUANTITY, FactKind.TEXT_DATE, FactKind.QUOTATION})


def weight(index: FactIndex) -> int:
    """How much there is to tell: facts, not counting who writes and what stands inside free text."""
    return sum(fact.kind is not FactKind.UNIT and fact.kind not in _FOUND_INSIDE for fact in index)


def choose_genre(
    index: FactIndex, given: Genre | str | None = None, *, folder: str | Path | None = None
) -> tuple[Genre, str]:
    """The genre for a sheet, and why, in words for the user.

    Args:
        index: The facts.
        given: A genre or its name, asked for outside the sheet; stands before the sheet's own.
        folder: A user's genres.

    Raises:
        GenreError: The genre asked for does not exist, or its file is wrong.
    """
    script = index.event.script
    if given is not None:
        genre = given if isinstance(given, Genre) else load_genre(given, folder=folder)
        return genre, _reason("genre.given", genre, script)
    if index.event.genre:
        genre = load_genre(index.event.genre, folder=folder)
        return genre, _reason("genre.by_title", genre, script)
    name, why, values = _suited(index)
    genre = load_genre(name, folder=folder)
    return genre, _reason(why, genre, script, **values)


def _suited(index: FactIndex) -> tuple[str, str, dict[str, str]]:
    event = index.event
    level = level_of(event)
    fields = {activity.field for activity in event.activities if activity.field}
    facts, activities = weight(index), len(event.activities)
    named: dict[str, str] = {"level": _level(level, event.script)}
    if facts <= FEW:
        return "bulletin", "genre.few", {"facts": str(facts)}
    if folded(event.title).endswith(folded(_BULLETIN)) and activities <= FEW:
        return "bulletin", "genre.by_own_title", {}
    if level in (Level.CITY, Level.PROVINCE):
        if (
            event.theme
            and event.basis
            and _is_department(event)
            and level is Level.CITY
            and activities < _WHOLE_CITY
        ):
            return "department-report", "genre.department", {}
        return "city-report", "genre.whole", {**named, "fields": str(len(fields))}
    if level is Level.DISTRICT:
        if not (event.basis or event.theme or event.period) and activities > 1:
            return "numbered-brief", "genre.brief", {"activities": str(activities)}
        return "district-report", "genre.district", named
    return "general", "genre.general", named


def _is_department(event: EventFacts) -> bool:
    """Whether the sheet speaks for one department: no organisers of the whole but itself."""
    return not event.organisers or len([n for group in event.organisers for n in group.names]) <= 1


def _level(level: Level | None, script: Script) -> str:
    return render(f"genre.level.{level.value if level else 'none'}", script=script.value)


def _reason(key: str, genre: Genre, script: Script, **values: str) -> str:
    return render(key, script=script.value, title=printed(genre.title, script), **values)
