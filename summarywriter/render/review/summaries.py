"""A summary as a review page: what it claims, what it leaves out, how it came to be."""

from __future__ import annotations

from collections.abc import Iterator

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.messages import render
from summarywriter.render.review.data import MarkHow, Page, PageLine, PageMark, PageNote
from summarywriter.render.review.page import render_page
from summarywriter.render.review.rounds import request_fold, round_folds, totals
from summarywriter.render.review.sheet import Words, sheet_groups
from summarywriter.render.text import script_of
from summarywriter.slots.types import Claim
from summarywriter.summary import Summary
from summarywriter.verify.report import Match, VerificationReport


def render_html(summary: Summary, *, draft: bool = False, lang: str = "zh") -> str:
    """The review page of a summary: one HTML file that asks nothing of anybody.

    Args:
        summary: What was written.
        draft: Mark it 草稿.
        lang: Language of the page's own words, ``zh`` or ``en``.
    """
    return render_page(review_of(summary, draft=draft, lang=lang))


def review_of(summary: Summary, *, draft: bool = False, lang: str = "zh") -> Page:
    """The review page of a summary, as a value.

    Args:
        summary: What was written.
        draft: Mark it 草稿.
        lang: Language of the page's own words, ``zh`` or ``en``.
    """
    script = script_of(summary)

    def words(key: str, **params: object) -> str:
        return render(key, lang=lang, script=script, **params)

    index = FactIndex.of(summary.facts)
    marks = grounding(summary.filled.claims, summary.report.matches)
    told = {fact for mark in marks for fact in mark.facts}
    requests = request_fold(summary, words, lang)
    return Page(
        title=next(
            (summary.text[line.start : line.end] for line in summary.filled.lines), summary.plan.title
        ),
        text=summary.text,
        lines=tuple(_lines(summary, words)),
        marks=(*marks, *_factless(summary)),
        groups=sheet_groups(index, words, told=told, untold=summary.report.untold),
        notes=(*notes_of(summary.report, lang=lang, script=script), *_pins(summary, words)),
        status=tuple(_status(summary, words)),
        folds=(*round_folds(summary, words), *((requests,) if requests else ())),
        flag=words("render.draft") if draft else "",
        lang=lang,
        script=script,
        sheet_script=summary.facts.script.value,
    )


def review_of_text(
    title: str,
    text: str,
    facts: EventFacts,
    report: VerificationReport,
    *,
    lang: str = "zh",
    script: str = "hant",
) -> Page:
    """The review page of a text that somebody else wrote.

    Args:
        title: What the page is called, e.g. the file's name.
        text: The text, one paragraph a line.
        facts: The sheet.
        report: What `verify_text` said of the text.
        lang: Language of the page's own words, ``zh`` or ``en``.
        script: Script of the text.
    """

    def words(key: str, **params: object) -> str:
        return render(key, lang=lang, script=script, **params)

    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(PageLine(at, at + len(line)))
        at += len(line) + 1
    marks = grounding((), report.matches)
    told = {fact for mark in marks for fact in mark.facts}
    status = (
        words("review.told", told=report.told, total=report.total),
        words("review.errors", errors=len(report.errors), warnings=len(report.warnings)),
    )
    return Page(
        title=title,
        text=text,
        lines=tuple(lines),
        marks=marks,
        groups=sheet_groups(FactIndex.of(facts), words, told=told, untold=report.untold),
        notes=notes_of(report, lang=lang, script=script),
        status=status,
        lang=lang,
        script=script,
        sheet_script=facts.script.value,
    )


def grounding(claims: tuple[Claim, ...], matches: tuple[Match, ...]) -> tuple[PageMark, ...]:
    """What the writer claims and what the verifier matched, each span once.

    A match of the verifier's says nothing new where a claim of the same fact stands on its span.
    """
    marks = [PageMark(c.start, c.end, c.facts, c.how) for c in claims if c.start < c.end and c.facts]
    for match in matches:
        first = match.facts[:1]
        if not first or any(
            first[0] in m.facts and m.start < match.end and match.start < m.end for m in marks
        ):
            continue
        marks.append(PageMark(match.start, match.end, first, "align"))
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))


def notes_of(report: VerificationReport, *, lang: str = "zh", script: str = "hant") -> tuple[PageNote, ...]:
    """The verifier's findings as notes for the margin, in the user's language."""
    return tuple(
        PageNote(
            finding.start,
            finding.end,
            finding.code,
            finding.severity.value,
            render(finding.code, lang=lang, script=script, **finding.params),
            finding.suggestion,
            finding.facts,
        )
        for finding in report.findings
    )


def _lines(summary: Summary, words: Words) -> Iterator[PageLine]:
    seen: set[str] = set()
    for line in summary.filled.lines:
        first = line.section not in seen
        seen.add(line.section)
        fell_back = first and line.section in summary.trace.fallbacks
        origin = words("review.fallback") if fell_back else ""
        yield PageLine(line.start, line.end, line.kind, line.level, line.lead_end, origin)


def _factless(summary: Summary) -> Iterator[PageMark]:
    """Sentences that tell no fact: the genre's formulas, which claim none, and the others."""
    formulas = folded("\n".join(f for section in summary.plan.sections for f in section.formulas))
    for sentence in summary.sentences:
        if not sentence.fact_ids:
            how: MarkHow = "formula" if folded(sentence.text).strip() in formulas else "bare"
            yield PageMark(sentence.start, sentence.end, (), how)


def _pins(summary: Summary, words: Words) -> Iterator[PageNote]:
    """What a person has pinned, and what is to be looked at there."""
    taken = {event.data["text"]: event.data for event in summary.trace.events if event.kind == "pin"}
    for span in summary.filled.pinned:
        said = taken.get(summary.text[span.start : span.end], {})
        told = [words("review.pinned")]
        if said and not said["placed"]:
            told.append(words("review.pin_no_place"))
        if said and said["twice"]:
            told.append(words("review.pin_twice", facts=", ".join(said["twice"])))
        yield PageNote(span.start, span.end, "", "remark", " ".join(told))


def _status(summary: Summary, words: Words) -> Iterator[str]:
    report = summary.report
    yield words("review.told", told=report.told, total=report.total)
    yield words("review.errors", errors=len(report.errors), warnings=len(report.warnings))
    yield (
        words("review.model", model=summary.trace.model) if summary.trace.model else words("review.realiser")
    )
    if summary.trace.fallbacks:
        yield words("review.fallbacks", count=len(summary.trace.fallbacks))
    prompt, completion, seconds = totals(summary)
    if prompt or completion:
        yield words("review.tokens", prompt=prompt, completion=completion)
    if seconds:
        yield words("review.seconds", seconds=f"{seconds:.1f}")
