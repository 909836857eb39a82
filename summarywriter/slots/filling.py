"""Filling: slotted drafts become the document's text, in one pass, with a claim for every fact.

One pass, for what a fact looks like depends on what stands before it: a year is written once, a post
with a name's first mention. And one pass only: what a fact prints is never read again, so braces
inside a fact stay braces, and no fact can forge another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarywriter.chinese.dates import DateValue, find_dates
from summarywriter.chinese.script import Script
from summarywriter.chinese.text import Span, clauses, enclosures, folded, sentences
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.plan import SectionPlan
from summarywriter.slots.people import named, naming, short_form, short_post
from summarywriter.slots.surface import (
    GAP,
    Worded,
    closes,
    date_text,
    free_text,
    gap,
    last_year_of,
    names_text,
    one_line,
    quantity_text,
    quoted_text,
    time_of,
    unquoted,
    year_of,
)
from summarywriter.slots.types import Block, Cite, Claim, Draft, Filled, Line, Piece, Pinned, Slot

__all__ = ["GAP", "fill", "headed", "surface"]

_COMRADE = "同志"
_AND_MORE = "等"
_PUNCTUATION = "，。；：、！？,.;:!? \u3000"
_QUOTED = frozenset({FactKind.THEME, FactKind.QUOTE})


def fill(drafts: Sequence[Draft], index: FactIndex, *, script: str) -> Filled:
    """Fill every slot of a document.

    Args:
        drafts: In the document's order; title, addressee and signature are drafts too.
        index: The facts. A slot whose fact is not among them prints a gap, and claims nothing.
        script: ``hans`` or ``hant``, for what the library words itself (餘, 時); facts stay as given.

    Returns:
        The text, blocks joined by a newline, with what tells which fact. A block that prints nothing
        (citations alone) has no line.
    """
    return _Filler(index, Script(script)).document(drafts)


def surface(fact: Fact, index: FactIndex, *, script: str) -> str:
    """What a fact's slot prints at its first mention, as it is shown to a model."""
    return _Filler(index, Script(script)).words(fact, Slot(fact.id), "", "").text


def headed(section: SectionPlan, paragraphs: Sequence[tuple[Piece, ...]]) -> tuple[Block, ...]:
    """Put a section's heading before its paragraphs: on a line of its own, or run in.

    Args:
        section: The plan of the section; its heading and number are printed as planned.
        paragraphs: Pieces of each paragraph, without heading or numeral.
    """
    body = [Block("paragraph", pieces) for pieces in paragraphs]
    if section.heading is None:
        return tuple(body)
    head = f"{section.number}{section.heading}"
    if not section.run_in:
        return (Block("heading", (head,), level=section.level), *body)
    lead = f"{head}{section.mark or '。'}"
    first = body[0].pieces if body else ()
    return (Block("paragraph", (lead, *first), lead=1), *body[1:])


@dataclass(slots=True)
class _Cited:
    """Where the last citation of a block reached."""

    start: int = 0
    end: int = 0


class _Filler:
    """The pass over one document: the text so far, and what it has mentioned."""

    def __init__(self, index: FactIndex, script: Script) -> None:
        self._index = index
        self._script = script
        self._year = ""
        self._known: set[str] = set()
        self._claims: list[Claim] = []
        self._pinned: list[Span] = []

    def document(self, drafts: Sequence[Draft]) -> Filled:
        texts: list[str] = []
        lines: list[Line] = []
        at = 0
        for draft in drafts:
            for block in draft.blocks:
                text, lead_end = self._block(block, at)
                if not text:
                    continue
                lines.append(Line(at, at + len(text), block.kind, block.level, draft.section, lead_end))
                texts.append(text)
                at += len(text) + 1
        claims = tuple(sorted(self._claims, key=lambda claim: (claim.start, claim.end)))
        return Filled("\n".join(texts), claims, tuple(lines), tuple(self._pinned))

    def _block(self, block: Block, at: int) -> tuple[str, int]:
        """Fill one block that starts at ``at``; its text, and where its run-in head ends."""
        text, lead_end = "", 0
        cited = _Cited()
        for position, piece in enumerate(block.pieces):
            match piece:
                case Slot():
                    text += self._slot(piece, text, _following(block.pieces, position), at + len(text))
                case Cite(facts):
                    self._cite(facts, text, cited, at)
                case _:
                    plain = piece.replace("\n", "")
                    if isinstance(piece, Pinned):
                        self._pin(at + len(text), plain)
                    text += plain
                    self._note_year(plain)
            if position + 1 == block.lead:
                lead_end = at + len(text)
        return text, lead_end

    # --- slots ---------------------------------------------------------------------------------------

    def _slot(self, slot: Slot, before: str, after: str, at: int) -> str:
        if slot.fact not in self._index:
            return gap(self._script)
        fact = self._index[slot.fact]
        worded = self.words(fact, slot, before, after)
        if worded.text:
            facts = (slot.fact, *(other for start, _, other in worded.inner if start < 0))
            self._claims.append(Claim(at, at + len(worded.text), facts))
        self._claims.extend(
            Claim(at + start, at + end, (inner,)) for start, end, inner in worded.inner if start >= 0
        )
        return worded.text

    def words(self, fact: Fact, slot: Slot, before: str, after: str) -> Worded:
        """The words of one fact here. Facts told by the same words stand in ``inner`` at -1."""
        if fact.date is not None:
            return Worded(self._date(fact, fact.date, slot.form, after))
        if fact.quantity is not None:
            return Worded(quantity_text(fact.quantity, self._script, slot.form))
        if fact.person is not None:
            return self._person(fact, slot.form, before, after)
        if fact.organisers is not None:
            text = names_text(fact.organisers, bare=slot.form == "bare")
            doubled = text.endswith(_AND_MORE) and after.startswith(_AND_MORE)
            return Worded(text.removesuffix(_AND_MORE) if doubled else text)
        if fact.kind is FactKind.BASIS or fact.kind in _QUOTED:
            return Worded(_marked(quoted_text(fact.text, title=fact.kind is FactKind.BASIS), before, after))
        if fact.kind is FactKind.QUOTATION:
            return Worded(_marked(self._as_found(fact), before, after))
        if fact.kind in FREE_TEXT:
            worded = free_text(fact, self._index, self._script)
            self._note_year(worded.text)
            return worded
        return Worded(one_line(fact.text))

    def _as_found(self, fact: Fact) -> str:
        """A quotation in free text, with the marks that it has there."""
        if fact.span is None or fact.owner is None or fact.owner not in self._index:
            return one_line(fact.text)
        return one_line(self._index[fact.owner].text[fact.span.start : fact.span.end])

    def _date(self, fact: Fact, value: DateValue, form: str, after: str) -> str:
        time = None if form == "day" else time_of(fact, self._index)
        if time and folded(after).startswith(folded(time)):
            time = None  # the writer has said 上午 already
        year = year_of(value)
        text = date_text(value, self._script, year=bool(year) and year != self._year, time=time)
        self._year = last_year_of(value) or self._year
        return text

    def _person(self, fact: Fact, form: str, before: str, after: str) -> Worded:
        who = naming(fact, self._index)
        key = folded(who.name)
        first = key not in self._known
        self._known.add(key)
        told = ((-1, -1, who.post_fact),) if who.post_fact else ()
        if form == "name":
            return Worded(who.name)
        if form == "full" or (form != "short" and first):
            if _ends_with_post(before, who.post):
                return Worded(who.name, told)
            return Worded(one_line(who.full), told)
        text = short_form(who, self._index)
        if text.endswith(_COMRADE) and after.startswith(_COMRADE):
            text = text.removesuffix(_COMRADE)
        return Worded(who.name if _ends_with_post(before, who.post) else text)

    # --- what the text has mentioned -----------------------------------------------------------------

    def _note_year(self, text: str) -> None:
        """Years in running text count as mentioned; those in titles and quotations are not ours."""
        if "年" not in text:
            return
        quoted = enclosures(text, openers="“「『《")
        for mention in find_dates(text):
            inside = any(span.start <= mention.span.start < span.end for span in quoted)
            if not inside:
                self._year = last_year_of(mention.value) or self._year

    def _pin(self, at: int, text: str) -> None:
        """Note a pinned passage, which may come in several pieces, and the people that it names."""
        joined = bool(self._pinned) and self._pinned[-1].end == at
        start = self._pinned.pop().start if joined else at
        self._pinned.append(Span(start, at + len(text)))
        self._known |= named(text, self._index)

    def _cite(self, facts: tuple[str, ...], text: str, cited: _Cited, at: int) -> None:
        known = tuple(fact for fact in facts if fact in self._index)
        end = len(text.rstrip(_PUNCTUATION))
        if not known or not end:
            return
        floor = cited.end if cited.end < end else cited.start
        # The fact may have several clauses, and its telling may take as many.
        size = max(len(clauses(self._index[fact].text)) for fact in known)
        start = _clauses_back(text[:end], size, floor)
        cited.start, cited.end = start, end
        self._claims.append(Claim(at + start, at + end, known, "cite"))


def _following(pieces: Sequence[Piece], position: int) -> str:
    """The plain text right after a slot; citations print nothing, and are looked through."""
    for piece in pieces[position + 1 :]:
        if isinstance(piece, str):
            if piece:
                return piece
        elif isinstance(piece, Slot):
            return ""
    return ""


def _marked(text: str, before: str, after: str) -> str:
    """Leave the marks out where the writer has set a pair around the slot."""
    return unquoted(text) if closes(before[-1:], after[:1]) else text


def _ends_with_post(before: str, post: str) -> bool:
    """Whether the writer has put the post, or its short form, before the slot."""
    if not post:
        return False
    form, short = folded(before), folded(short_post(post))
    return form.endswith(folded(post)) or (bool(short) and form.endswith(short))


def _clauses_back(text: str, size: int, floor: int) -> int:
    """Where the last ``size`` clauses of the last sentence start, not before ``floor``."""
    last = sentences(text)[-1] if sentences(text) else Span(0, len(text))
    parts = clauses(text, Span(max(last.start, floor), len(text)))
    return parts[-min(size, len(parts))].start if parts else max(last.start, floor)
