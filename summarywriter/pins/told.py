"""Which facts a passage of an earlier text is about, and which of a draft's sentences tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from summarywriter.chinese.text import clauses, content_ngrams, sentences
from summarywriter.facts.index import FREE_TEXT, FactIndex, FactKind
from summarywriter.pins.pinned import Passage
from summarywriter.slots import Block, Cite, Draft, Piece, Pinned, Slot, fill
from summarywriter.verify.report import VerificationReport

#: Names that a sentence needs to say what it is about: to name them again tells nothing twice.
_NAMES = frozenset({FactKind.ACTIVITY, FactKind.UNIT})

_PARTIES = frozenset({FactKind.ORGANISERS, FactKind.PERSON, FactKind.PLACE})
_SHARED = 0.45
"""Share of a free text's words that a sentence must have to be about it."""
_MARK = "\ue000"
"""Stands for a slot or a citation while a text is cut."""


def facts_of(passage: Passage, report: VerificationReport, index: FactIndex) -> frozenset[str]:
    """The facts that a passage tells, and those of which it says something else than the sheet does."""
    start, end = passage.span
    within = (match for match in report.matches if start <= match.start and match.end <= end)
    told = {match.facts[0] for match in within if match.facts}
    told |= {fact for f in report.errors if start <= f.start < end for fact in f.facts[:1]}
    told &= set(index.facts)
    # A name is found wherever it stands first: it is told here only if its activity is spoken of here.
    about = {index[fact].owner for fact in told if index[fact].kind not in _PARTIES} | told
    told -= {f for f in told if index[f].kind in _PARTIES and index[f].owner not in {None, *about}}
    return frozenset(fact for fact in told if index[fact].kind not in _NAMES)


def in_other_words(sentence: str, index: FactIndex) -> tuple[str, ...]:
    """Free texts of which a sentence has so many words that it must be about them."""
    grams = content_ngrams(sentence)
    sizes = ((fact.id, content_ngrams(fact.text)) for fact in index if fact.kind in FREE_TEXT)
    return tuple(id_ for id_, own in sizes if own and len(own & grams) >= _SHARED * len(own))


def with_citations(sentence: str, facts: Iterable[str], index: FactIndex) -> tuple[Piece, ...]:
    """A pinned sentence with each fact cited after the clause that has most of its words."""
    spans = clauses(sentence)
    after: dict[int, tuple[str, ...]] = {}
    for fact in facts:
        grams = content_ngrams(index[fact].text)
        shared = [len(grams & content_ngrams(sentence[span.start : span.end])) for span in spans]
        best = max(range(len(spans)), key=lambda n: (shared[n], n), default=0)
        after[best] = (*after.get(best, ()), fact)
    pieces: list[Piece] = []
    at = 0
    for n in sorted(after):
        end = spans[n].end
        pieces += [Pinned(sentence[at:end]), Cite(after[n])]
        at = end
    return (*pieces, Pinned(sentence[at:])) if at < len(sentence) else tuple(pieces)


def cited_by(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """What the citations of a sentence name."""
    return tuple(fact for piece in pieces if isinstance(piece, Cite) for fact in piece.facts)


def tellable(facts: Iterable[str], index: FactIndex) -> frozenset[str]:
    """The facts without names that a sentence may say again, and with all that is told inside one."""
    known = {fact for fact in facts if fact in index and index[fact].kind not in _NAMES}
    return frozenset(known | {part.id for fact in known for part in index.parts(fact)})


@dataclass(slots=True)
class Sentence:
    """A sentence of a draft.

    Attributes:
        pieces: Its slotted text.
        facts: What its slots and citations tell, names left out.
        text: As printed.
    """

    pieces: tuple[Piece, ...]
    facts: frozenset[str]
    text: str = ""


def divided(block: Block, index: FactIndex) -> list[Sentence]:
    """The sentences of a paragraph; a run-in head is in none."""
    pieces = block.pieces[block.lead :]
    text = _shape(pieces)
    cuts = [span.end for span in sentences(text)]
    for n, cut in enumerate(cuts):
        place = cut
        while place < len(text) and text[place] == _MARK and isinstance(_piece_at(pieces, place), Cite):
            place += 1  # a citation tells of what stands before it
        cuts[n] = place
    if cuts:
        cuts[-1] = len(text)
    parts = [_cut(pieces, start, end) for start, end in zip([0, *cuts], cuts, strict=False) if end > start]
    return [Sentence(part, told_by(part, index)) for part in parts]


def told_by(pieces: Sequence[Piece], index: FactIndex) -> frozenset[str]:
    """What slots and citations tell."""
    slots = [piece.fact for piece in pieces if isinstance(piece, Slot)]
    cited = [fact for piece in pieces if isinstance(piece, Cite) for fact in piece.facts]
    return tellable((*slots, *cited), index)


def without(sentence: Sentence, facts: frozenset[str], index: FactIndex) -> tuple[Piece, ...] | None:
    """The sentence without the clauses that tell nothing but ``facts``; ``None`` if that cannot be done.

    The first clause, which says when and where and of whom, is never taken out.
    """
    text = _shape(sentence.pieces)
    spans = clauses(text)
    parts = [_cut(sentence.pieces, span.start, span.end) for span in spans]
    kept: list[tuple[Piece, ...]] = parts[:1]
    for part in parts[1:]:
        told = told_by(part, index)
        if not told or not told <= facts:
            kept.append(part)
    rest = tuple(piece for part in kept for piece in part)
    if told_by(rest, index) & facts or len(kept) == len(parts):
        return None
    last, end = rest[-1], text.rstrip()[-1:]
    if isinstance(last, str) and end in "。！？" and not last.endswith(end):
        rest = (*rest[:-1], last.rstrip("，；：、") + end)
    return rest


def printed(drafts: Sequence[Draft], index: FactIndex, script: str) -> Mapping[tuple[str, int, int], str]:
    """What each sentence of a document prints, by section, number of the block and of the sentence."""
    apart: list[Draft] = []
    keys: list[tuple[str, int, int]] = []
    for draft in drafts:
        blocks: list[Block] = []
        for n, block in enumerate(draft.blocks):
            is_text = block.kind == "paragraph"
            # What stands between the sentences is filled too: a year is written where it is first mentioned.
            blocks.append(replace(block, pieces=block.pieces[: block.lead if is_text else None], level=-1))
            for m, sentence in enumerate(divided(block, index) if is_text else ()):
                blocks.append(replace(block, pieces=sentence.pieces, level=len(keys), lead=0))
                keys.append((draft.section, n, m))
        apart.append(replace(draft, blocks=tuple(blocks)))
    filled = fill(apart, index, script=script)
    lines = (line for line in filled.lines if line.level >= 0)
    return {keys[line.level]: filled.text[line.start : line.end] for line in lines}


def _shape(pieces: Sequence[Piece]) -> str:
    """The text with one mark for each piece that is none."""
    return "".join(piece.replace(_MARK, "□") if isinstance(piece, str) else _MARK for piece in pieces)


def _piece_at(pieces: Sequence[Piece], position: int) -> Piece:
    return _cut(pieces, position, position + 1)[0]


def _cut(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces between two places of their shape."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        size = len(piece) if isinstance(piece, str) else 1
        first, last = max(start - at, 0), min(end - at, size)
        if first < last:
            part = piece[first:last] if isinstance(piece, str) else piece
            out.append(Pinned(part) if isinstance(part, str) and isinstance(piece, Pinned) else part)
        at += size
    return tuple(out)
