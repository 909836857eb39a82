"""What stands at a text's head: its title, whose it is, what it rests on, and whether it only plans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.events import events_in
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.parties import parties_in, theme_in
from summarywriter.extract.pieces import Piece
from summarywriter.extract.sheet import Document, Filling, Passage
from summarywriter.extract.turns import turn_of
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.extract.words import pattern


def title_of(text: str, piece: Piece, sections: list[Section]) -> Passage | None:
    """The title of a piece; its lines are taken out of the sections."""
    if piece.title and piece.title_span is not None:
        return Passage(piece.title, (piece.title_span,))
    first = sections[0]
    _drop_masthead(text, first)
    _join_headline(text, first)
    if first.sentences and _is_title_line(text, first):
        span = first.sentences.pop(0).span
        said = Passage(_bare_title(text[span.start : span.end]), (span,))
        return _below_masthead(text, sections, _with_subtitle(text, first, said))
    if len(sections) > 1 and not first.sentences and _is_title(text, sections[1]):
        said = _merge(sections, 1)
        return _below_masthead(text, sections, _with_subtitle(text, first, said))
    return None


def _join_headline(text: str, opening: Section) -> None:
    """Take a headline as one sentence though it calls out amid its line: 守護海岸線！百人淨灘."""
    if not opening.sentences:
        return
    start = opening.sentences[0].span.start
    line_end = text.find("\n", start)
    on_line = [each for each in opening.sentences if each.span.start < line_end]
    said = text[start:line_end].rstrip()
    if len(on_line) < 2 or len(said) > _LONGEST_TITLE or not _HEADLINE.fullmatch(said):  # noqa: PLR2004
        return
    span = Span(start, start + len(said))
    opening.sentences[: len(on_line)] = [Sentence(span, fold(said))]


_HEADLINE = re.compile("[^。；;：:，,]*[！!？?][^。；;：:，,]{4,}(?<![！!？?])")


def _is_title_line(text: str, opening: Section) -> bool:
    """Whether the first sentence is a title: a line by itself, short, and no clause of a paragraph."""
    span = opening.sentences[0].span
    said = _LEADS.sub("", text[span.start : span.end])
    line_end = text.find("\n", span.start)
    if line_end >= 0 and span.end < line_end and text[span.end : line_end].strip():
        return False
    if len(said) > _LONGEST_TITLE or re.search("[。；;：:]", said):
        return False
    after = text[line_end + 1 :].split("\n", 1)[0] if line_end >= 0 else ""
    short = 0 < len(after.strip()) <= _LONGEST_TITLE and not re.search("[。；;：:，,]", after)
    subtitled = short or not after.strip() or after.strip().startswith(("—", "―"))
    return not re.search("[，,]", said) or (subtitled and said[-1] not in "，,")


_LONGEST_TITLE = 48
_LEADS = re.compile("^(?:群聊|聊天[记記][录錄]|群名|[标標][题題]|[题題]目)[:：] ?")
"""What a title may be labelled with."""


def _merge(sections: list[Section], number: int) -> Passage:
    """Take a heading out as the title; what stood under it stands before the first heading."""
    first, titled = sections[0], sections.pop(number)
    for each in sections:
        each.above = None if each.above is titled else each.above
    first.sentences += titled.sentences
    first.fields += titled.fields
    first.tables += titled.tables
    return Passage(titled.heading, (titled.heading_span,))


def _below_masthead(text: str, sections: list[Section], title: Passage) -> Passage:
    """A brief's own title, where the one found is its masthead and a heading with no number follows."""
    if not pattern("masthead").match(folded(title.text)):
        return title
    while len(sections) > 1 and _is_masthead(sections[1]):
        sections.pop(1)
    if len(sections) > 1 and not sections[0].sentences and _is_title(text, sections[1]):
        return _merge(sections, 1)
    return title


def _is_masthead(section: Section) -> bool:
    lines = [folded(section.heading), *(sentence.form.text for sentence in section.sentences)]
    return len(lines) <= _LONGEST_MASTHEAD and all(pattern("masthead").match(line) for line in lines)


def _drop_masthead(text: str, opening: Section) -> None:
    """Leave out a brief's name, number and issuer where a title of its own follows them."""
    lines = 0
    for sentence in opening.sentences[:_LONGEST_MASTHEAD]:
        if not pattern("masthead").match(sentence.form.text):
            break
        lines += 1
    if not lines or len(opening.sentences) <= lines:
        return
    span = opening.sentences[lines].span
    said = text[span.start : span.end]
    alone = text[span.end : span.end + 1] in ("\n", "") and text[: span.start].rstrip(" 　").endswith("\n")
    if alone and len(said) <= _LONGEST_TITLE and not re.search("[。，,；;：:]", said):
        del opening.sentences[:lines]


_LONGEST_MASTHEAD = 4


def _with_subtitle(text: str, opening: Section, title: Passage) -> Passage:
    """A title with the line below it that begins with a dash."""
    if not opening.sentences:
        return title
    span = opening.sentences[0].span
    said = text[span.start : span.end]
    dashed = re.match("[—―─-]{1,3}[^0-9截据據]", said) and not turn_of(folded(said))
    if len(said) > _LONGEST_TITLE or re.search("[。；;]", said) or (not dashed and _names_it(title)):
        return title
    if not dashed and (re.search("[，,：:]", said) or not _names_a_text(said, span)):
        return title
    opening.sentences.pop(0)
    return Passage(title.text + ("" if dashed else " ") + said, (*title.spans, span))


def _names_a_text(said: str, span: Span) -> bool:
    """Whether a line names an event or the text that it heads: 第9屆第4次委員會議紀錄."""
    form = fold(said)
    return bool(events_in(Sentence(span, form)) or pattern("minutes_title").search(form.text))


def _names_it(title: Passage) -> bool:
    """Whether a title names an event, so that the line after it is not its second half."""
    return bool(events_in(Sentence(title.spans[0], fold(title.text))))


def _bare_title(said: str) -> str:
    """A title without the marks around it."""
    bare = _LEADS.sub("", said.strip("# *"))
    whole = re.fullmatch("【([^】]*)】", bare)
    return whole[1] if whole else bare


def _is_title(text: str, section: Section) -> bool:
    """Whether the first heading is the text's own title: # in Markdown, unnumbered."""
    start = section.heading_span.start
    return bool(re.search("(?:^|\n)[ 　]*#{1,3} $", text[max(0, start - 8) : start]))


def is_plan(title: Passage | None) -> bool:
    """Whether a text announces what is yet to be, as its title says: a 通知, no 情況通報."""
    form = folded(title.text) if title is not None else ""
    return bool(pattern("plan_title").search(form)) and not pattern("no_plan").search(form)


def opening_of(sections: Sequence[Section]) -> Section | None:
    """What stands before the first heading of a text that has headings; ``None`` where it has none.

    A label at the end (不足之處：…) or a row of days makes no text of headings.
    """
    headed = any(
        section.heading and not (section.day or section.closed) and section.role not in _CLOSING
        for section in sections[1:]
    )
    return sections[0] if headed else None


_CLOSING = ("problems", "next_steps")


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
