"""What was taken out of an old text as a review page: source and sheet side by side.

What is unplaced, broken or doubtful is the sheet's first group, each row linked to its place like any
other.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarywriter.chinese.script import Script, detect_script
from summarywriter.chinese.text import Span
from summarywriter.extract import Extraction, to_data
from summarywriter.extract.writing import places
from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import facts_from
from summarywriter.messages import render
from summarywriter.render.review.data import Page, PageFact, PageGroup, PageLine, PageMark, PageNote
from summarywriter.render.review.page import render_page
from summarywriter.render.review.sheet import Words, sheet_groups


def review_page(extraction: Extraction, *, name: str, lang: str = "zh") -> str:
    """The page as one HTML file.

    Args:
        extraction: What was taken out.
        name: Name of the source file.
        lang: Language of the page's own words.

    Raises:
        EmptyFactsError: Nothing was taken out.
    """
    return render_page(review_of_extraction(extraction, name=name, lang=lang))


def review_of_extraction(extraction: Extraction, *, name: str, lang: str = "zh") -> Page:
    """The page as a value; positions in it count from the first character shown."""
    script = (detect_script(extraction.text[:20_000]) or Script.HANT).value

    def words(key: str, **params: object) -> str:
        return render(key, lang=lang, script=script, **params)

    shown = _shown(extraction)
    text = extraction.source[shown.start : shown.end]
    index = FactIndex.of(facts_from(to_data(extraction), lang=lang))
    by_path = {fact.path: fact.id for fact in index if fact.span is None}
    marks = [
        PageMark(span.start - shown.start, span.end - shown.start, (by_path[path],), "align")
        for path, spans in places(extraction.sheet).items()
        for span in spans
        if path in by_path
    ]
    told = {fact for mark in marks for fact in mark.facts}
    looks = list(_looks(extraction, words))
    # A mask that stands in ten places is one row with ten links.
    same = {
        (label, said): f"look{n}"
        for n, (label, said) in enumerate(dict.fromkeys(look[:2] for look in looks), 1)
    }
    rows = [PageFact(key, label, said) for (label, said), key in same.items()]
    marks += [
        PageMark(span.start - shown.start, span.end - shown.start, (same[label, said],), "align")
        for label, said, span, _ in looks
        if span is not None
    ]
    first = (PageGroup(words("extract.review.first"), tuple(rows)),) if rows else ()
    return Page(
        title=words("extract.review.title", file=name),
        text=text,
        lines=tuple(_lines(text)),
        marks=tuple(marks),
        groups=(*first, *sheet_groups(index, words, told=told)),
        notes=tuple(
            PageNote(span.start - shown.start, span.end - shown.start, "", severity, f"{label} {said}")
            for label, said, span, severity in looks
            if span is not None
        ),
        status=(
            words("extract.review.values", values=len(extraction.values)),
            words("extract.review.unplaced", count=len(extraction.sheet.unplaced)),
            words("extract.review.damage", count=len(extraction.damage)),
        ),
        lang=lang,
        script=script,
        sheet_script=script,
    )


def _shown(extraction: Extraction) -> Span:
    """The piece and the damage around it."""
    spans = [extraction.piece.span, *(damage.span for damage in extraction.damage)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _looks(extraction: Extraction, words: Words) -> Iterator[tuple[str, str, Span | None, str]]:
    """What to look at first: label, what it says, where, how grave."""
    for found in extraction.sheet.unplaced:
        kind = words(f"extract.kind.{found.kind.value}")
        yield f"{words('extract.review.left')} {kind}", found.text, found.span, "warning"
    for damage in sorted(extraction.damage, key=lambda each: not each.lost):
        hint = f" → {damage.suggestion}" if damage.suggestion else ""
        grave = "error" if damage.lost else "remark"
        yield words(f"extract.damage.{damage.kind.value}"), f"{damage.text}{hint}", damage.span, grave
    for figure in extraction.sheet.counted():
        if not figure.sure:
            said = f"{figure.actor}{figure.action}{figure.object} {figure.value.text}"
            yield words("extract.review.doubtful"), said, figure.value.span, "question"
    for refusal in extraction.refusals:
        yield words("extract.review.refused"), f"{refusal.said}：{words(refusal.reason)}", None, "remark"


def _lines(text: str) -> Iterator[PageLine]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield PageLine(at, at + len(line))
        at += len(line) + 1
