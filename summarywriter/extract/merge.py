"""The parts that replies filled, put together to one sheet; what no reply filled is placed by code."""

from __future__ import annotations

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.accept import Accepted
from summarywriter.extract.chunks import Chunk
from summarywriter.extract.opening import head, opening_of, unit_of
from summarywriter.extract.passes import Prepared, unplaced
from summarywriter.extract.place import Placer
from summarywriter.extract.sheet import TEXTS, Doing, Filling, Refusal


def merged(
    text: str, piece: Prepared, chunks: list[Chunk], kept: dict[str, Accepted]
) -> tuple[Filling, tuple[Refusal, ...], tuple[str, ...]]:
    """One sheet of a piece.

    Returns:
        The sheet, all refusals, and the ids of the chunks that no reply was usable for.
    """
    sheet = Filling(title=piece.title, unit=unit_of(text, piece.title))
    placer = Placer(text, sheet, opening=opening_of(piece.sections))
    fallen_back: list[str] = []
    refusals: list[Refusal] = []
    taken: set[Span] = set()
    for chunk in chunks:
        part = kept.get(chunk.id)
        if part is None:
            fallen_back.append(chunk.id)
            for section in chunk.sections:
                if section is piece.sections[0]:
                    head(text, sheet, section, chunk.values, placer.taken)
                placer.section(section, chunk.values)
            continue
        taken |= part.taken
        refusals += part.refusals
        _add(sheet, part.sheet)
    sheet.number()
    sheet.unplaced = list(unplaced(sheet, list(piece.values), taken | placer.taken))
    return sheet, tuple(refusals), tuple(fallen_back)


def _add(sheet: Filling, part: Filling) -> None:
    sheet.title = part.title or sheet.title
    sheet.unit = part.unit or sheet.unit
    sheet.theme = sheet.theme or part.theme
    sheet.period = sheet.period or part.period
    sheet.basis += part.basis
    sheet.parties += part.parties
    sheet.people += part.people
    known = {folded(doing.name.text): doing for doing in sheet.activities}
    for doing in part.activities:
        same = known.get(folded(doing.name.text))
        if same is None:
            sheet.activities.append(doing)
        else:
            _join(same, doing)
    sheet.totals += part.totals
    for name in TEXTS:
        sheet.texts[name] += part.texts[name]


def _join(same: Doing, doing: Doing) -> None:
    """An activity told of in two places: what the one lacks, the other gives."""
    same.date = same.date or doing.date
    same.place = same.place or doing.place
    same.parties += doing.parties
    same.people += doing.people
    same.details += doing.details
    same.quotes += doing.quotes
    same.figures += doing.figures
