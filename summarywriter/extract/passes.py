"""The deterministic pass over a whole source: pieces, values, damage, and what places itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.damage import Damage, DamageKind, find_damage
from summarywriter.extract.figures import read_figures
from summarywriter.extract.opening import head, is_plan, opening_of, title_of, unit_of
from summarywriter.extract.outline import Section, Sentence, outline
from summarywriter.extract.pieces import Piece, divide
from summarywriter.extract.place import Placer
from summarywriter.extract.sheet import Doing, Extraction, Filling, Passage
from summarywriter.extract.tables import Table, find_tables, values_of
from summarywriter.extract.values import Found, ValueKind, find_values, within
from summarywriter.extract.words import pattern
from summarywriter.lexicon import verb


@dataclass(frozen=True, slots=True)
class Prepared:
    """A piece, read and not yet placed.

    Attributes:
        piece: The piece.
        sections: Its outline.
        title: Its title.
        values: Every value in it, in order.
        damage: Every broken passage in it and around it, in order.
    """

    piece: Piece
    sections: list[Section]
    title: Passage | None
    values: tuple[Found, ...]
    damage: tuple[Damage, ...]


def prepare(text: str) -> tuple[Prepared, ...]:
    """Divide a source into its pieces, and find what each holds."""
    pieces, site = divide(text)
    done = []
    for number, piece in enumerate(pieces):
        # What stands between two pieces goes with the one before, what stands before the first with it.
        last = len(text) if number == len(pieces) - 1 else pieces[number + 1].span.start
        first = 0 if number == 0 else piece.span.start
        damage = find_damage(text, first, last) + [d for d in site if first <= d.span.start < last]
        broken = tuple(d.span for d in damage if d.kind is DamageKind.MOJIBAKE)
        tables = find_tables(text, piece.span.start, piece.span.end)
        sections = outline(text, piece, broken, tables)
        title = title_of(text, piece, sections)
        found = _values(text, piece, tables)
        inside = {value for span in piece.skipped for value in within(found, span)}
        values = tuple(value for value in found if value not in inside)
        ordered = tuple(sorted(damage, key=lambda d: (d.span, d.kind)))
        done.append(Prepared(piece, sections, title, values, ordered))
    return tuple(done)


def _values(text: str, piece: Piece, tables: Sequence[Table]) -> list[Found]:
    """The values of a piece; those of a table cell by cell."""
    found: list[Found] = []
    position = piece.span.start
    for table in tables:
        found += [*find_values(text, position, table.span.start), *values_of(text, table)]
        position = table.span.end
    found += find_values(text, position, piece.span.end)
    return [value for value in found if not _is_stamp(text, value)]


def _is_stamp(text: str, value: Found) -> bool:
    """Whether a time only says when a chat's turn was said: 08:12 阿德：."""
    if (
        value.date is None
        or not value.date.start.is_empty
        or text[value.span.start - 1 : value.span.start].strip()
    ):
        return False
    start = text.rfind("\n", 0, value.span.start) + 1
    if text[start : value.span.start].strip():
        return False
    end = text.find("\n", start)
    return _STAMPED.match(text[value.span.end : end if end >= 0 else len(text)]) is not None


_STAMPED = re.compile(r" *[^\s，。：:；;0-9]{1,12}(?:[（(][^（）()]{1,8}[）)])?[：:]")


def extract(text: str) -> tuple[Extraction, ...]:
    """Take the facts out of a text, with no model.

    Args:
        text: The source; several pieces in it become several sheets.

    Returns:
        One extraction a piece, in order. What the pass could not place stands under ``unplaced``.
    """
    return tuple(
        Extraction(text, each.piece, each.values, each.damage, fill(text, each)) for each in prepare(text)
    )


def fill(text: str, piece: Prepared) -> Filling:
    """The sheet of one piece, filled by headings, sentences and clauses."""
    sections, values = piece.sections, list(piece.values)
    sheet = Filling(title=piece.title, unit=unit_of(text, piece.title))
    placer = Placer(text, sheet, opening=opening_of(sections), planned=is_plan(piece.title))
    placer.parted = any(section.parted for section in sections)
    if placer.planned:
        for section in sections:
            if section.role == "next_steps" and pattern("arranged").search(folded(section.heading)):
                section.role = "activities"
    by_section = assigned(sections, values)
    head(text, sheet, sections[0], by_section[0], placer.taken)
    for section, own in zip(sections, by_section, strict=True):
        placer.section(section, own)
    settle(text, sheet, values, placer, sections)
    sheet.number()
    sheet.unplaced = list(unplaced(sheet, values, placer.taken))
    return sheet


def _is_all(whole: Doing, title: Passage | None, sections: Sequence[Section]) -> bool:
    """Whether an activity is the whole that the others are parts of: a week, or what a table sums."""
    parted = sum(section.day or section.closed for section in sections) > 1
    tabled = any(section.tables for section in sections)
    titled = title is not None and whole.name.spans[:1] == title.spans[:1]
    many = titled and title is not None and pattern("tells_many").search(folded(title.text))
    return parted or tabled or bool(many or pattern("whole_like").search(folded(whole.name.text)))


def settle(
    text: str, sheet: Filling, values: list[Found], placer: Placer, sections: Sequence[Section]
) -> None:
    """What only the whole text shows: which activity is all of it, and what the title counts."""
    whole = placer.thread.whole
    parts = [doing for doing in sheet.activities if doing is not whole and doing.figures]
    tabled = any(section.tables for section in sections)
    if (
        whole is not None
        and (tabled or not placer.planned)
        and len(parts) > 1
        and _is_all(whole, sheet.title, sections)
    ):
        sheet.totals = [*whole.figures, *sheet.totals]
        whole.figures = []
        if not (whole.details or whole.people or whole.place or whole.parties or whole.quotes or whole.date):
            sheet.activities.remove(whole)
    if sheet.title is None:
        return
    told = {_measured(figure.value) for figure in sheet.counted()}
    for span in sheet.title.spans:
        own = [v for v in within(values, span) if v.quantity is not None and v.span not in placer.taken]
        again = [value for value in own if _measured(value) in told]
        sentence = Sentence(span, fold(text[span.start : span.end]))
        sheet.totals += read_figures(text, sentence, [value for value in own if value not in again])
        placer.taken.update(value.span for value in own)


def _measured(value: Found) -> tuple[object, ...]:
    quantity = value.quantity
    return () if quantity is None else (quantity.value, quantity.unit_key, quantity.modifier)


def assigned(sections: list[Section], values: list[Found]) -> list[list[Found]]:
    """The values of each section: those from its first character to the next one's."""
    starts = [section.span.start for section in sections]
    ends = [*starts[1:], max((value.span.end for value in values), default=0)]
    if len(sections) > 1 and not (sections[0].sentences or sections[0].fields):
        starts[0] = 0
    return [within(values, Span(start, end)) for start, end in zip(starts, ends, strict=True)]


# --- what is left -----------------------------------------------------------------------------------


def unplaced(sheet: Filling, values: list[Found], taken: set[Span]) -> Iterator[Found]:
    """Values that found no place; a name or quotation that stands elsewhere in the sheet has one."""
    said = folded("\n".join(_texts(sheet)))
    seen: set[tuple[ValueKind, str]] = set()
    for value in values:
        if value.span in taken:
            continue
        key = (value.kind, folded(value.text))
        named = value.kind not in (ValueKind.QUANTITY, ValueKind.DATE) or _is_year(value)
        if named and (key in seen or key[1] in said):
            continue
        if value.kind is ValueKind.PLACE or (
            value.kind is ValueKind.ORGANISATION and _starts_with_verb(key[1])
        ):
            continue
        seen.add(key)
        yield value


def _is_year(value: Found) -> bool:
    return value.date is not None and value.date.end is None and value.date.start.month is None


def _starts_with_verb(name: str) -> bool:
    return any(verb(name[:size]) is not None for size in (2, 3)) or name[0] in "多余等"


def _texts(sheet: Filling) -> Iterator[str]:
    """Everything that the sheet says, values apart."""
    yield from (passage.text for passage in (sheet.title, sheet.unit) if passage is not None)
    yield from (found.text for found in (sheet.theme, sheet.period) if found is not None)
    for document in sheet.basis:
        yield from (found.text for found in (document.title, document.number) if found is not None)
        yield from (passage.text for passage in document.issuers)
    for party in [*sheet.parties, *(party for doing in sheet.activities for party in doing.parties)]:
        yield from (name.text for name in party.names)
    for doing in sheet.activities:
        yield f"{doing.name.text}\n{doing.area}\n{doing.place.text if doing.place else ''}"
        yield from (f"{human.post}\n{human.name.text}" for human in doing.people)
        yield from (detail.text for detail in doing.details)
        yield from (quote.text for quote in doing.quotes)
    yield from (f"{figure.actor}\n{figure.action}{figure.object}" for figure in sheet.counted())
    for passages in sheet.texts.values():
        yield from (passage.text for passage in passages)
