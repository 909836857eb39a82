"""The deterministic pass over a whole source: pieces, values, damage, and what places itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.text import Span, folded
from summarywriter.extract.damage import Damage, DamageKind, find_damage
from summarywriter.extract.outline import Section, outline
from summarywriter.extract.parties import parties_in, theme_in
from summarywriter.extract.pieces import Piece, divide
from summarywriter.extract.place import Placer
from summarywriter.extract.sheet import Document, Extraction, Filling, Passage
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
        sections = outline(text, piece, broken)
        title = _title(text, piece, sections)
        found = find_values(text, piece.span.start, piece.span.end)
        inside = {value for span in piece.skipped for value in within(found, span)}
        values = tuple(value for value in found if value not in inside)
        ordered = tuple(sorted(damage, key=lambda d: (d.span, d.kind)))
        done.append(Prepared(piece, sections, title, values, ordered))
    return tuple(done)


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
    placer = Placer(text, sheet, opening=sections[0] if len(sections) > 1 else None)
    by_section = assigned(sections, values)
    head(text, sheet, sections[0], by_section[0], placer.taken)
    for section, own in zip(sections, by_section, strict=True):
        placer.section(section, own)
    sheet.number()
    sheet.unplaced = list(unplaced(sheet, values, placer.taken))
    return sheet


def unit_of(text: str, title: Passage | None) -> Passage | None:
    """Whose text it is, where the title begins with an organisation's name."""
    if title is None or not title.spans:
        return None
    start, end = title.spans[0]
    for mention in find_organisations(text[start:end]):
        if mention.span.start == 0:
            return Passage(mention.text, (Span(start, start + mention.span.end),))
        break
    return None


def assigned(sections: list[Section], values: list[Found]) -> list[list[Found]]:
    """The values of each section: those from its first character to the next one's."""
    starts = [section.span.start for section in sections]
    ends = [*starts[1:], max((value.span.end for value in values), default=0)]
    if len(sections) > 1 and not (sections[0].sentences or sections[0].fields):
        starts[0] = 0
    return [within(values, Span(start, end)) for start, end in zip(starts, ends, strict=True)]


def _title(text: str, piece: Piece, sections: list[Section]) -> Passage | None:
    if piece.title and piece.title_span is not None:
        return Passage(piece.title, (piece.title_span,))
    first = sections[0]
    if first.sentences:
        span = first.sentences[0].span
        line_end = text.find("\n", span.start)
        said = text[span.start : span.end]
        alone = line_end < 0 or span.end >= line_end or not text[span.end : line_end].strip()
        if alone and len(said) <= 48 and not re.search("[。，,；;]", said):  # noqa: PLR2004
            first.sentences.pop(0)
            return Passage(said.strip("# *【】"), (span,))
    second = sections[1] if len(sections) > 1 else None
    if second is not None and not first.sentences and second.level == 1 and _is_title(text, second):
        sections.pop(1)
        sections[0].sentences, sections[0].fields = second.sentences, second.fields
        return Passage(second.heading, (second.heading_span,))
    return None


def _is_title(text: str, section: Section) -> bool:
    """Whether the first heading is the text's own title: # in Markdown, or unnumbered."""
    return text[max(0, section.heading_span.start - 2) : section.heading_span.start] == "# "


# --- the opening ------------------------------------------------------------------------------------


def head(text: str, sheet: Filling, opening: Section, values: list[Found], taken: set[Span]) -> None:
    """Basis, period and theme from what stands before the first heading."""
    for sentence in opening.sentences:
        own = within(values, sentence.span)
        form = sentence.form.text
        for value in own:
            at = value.span.start - sentence.span.start
            if value.kind is ValueKind.TITLE and pattern("document").search(folded(value.text)[-4:]):
                if pattern("rests_on").search(form[:at]):
                    sheet.basis.append(_document(text, value, own, taken))
            elif sheet.period is None and value.date is not None and value.date.end is not None:
                sheet.period = value
                taken.add(value.span)
        theme_in(sentence.form.text, sentence.span, own, sheet, taken)
        sheet.parties += parties_in(text, own, taken)


def _document(text: str, title: Found, values: list[Found], taken: set[Span]) -> Document:
    document = Document(title)
    taken.add(title.span)
    for value in values:
        between = text[title.span.end : value.span.start]
        if value.kind is ValueKind.DOCNUMBER and value.span.start >= title.span.end and len(between) <= 2:  # noqa: PLR2004
            document.number = value
            taken.add(value.span)
    end = title.span.start
    for value in reversed(values):
        if value.kind is ValueKind.ORGANISATION and value.span.end <= end:
            if text[value.span.end : end].strip("、和及，, ") not in ("", "等"):
                break
            document.issuers.insert(0, Passage(value.text, (value.span,)))
            taken.add(value.span)
            end = value.span.start
    return document


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
