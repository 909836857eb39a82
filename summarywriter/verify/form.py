"""SW5xx: form: numbering, scripts, leftovers of a model, cuts, repeats, punctuation, numerals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from summarywriter.chinese.numerals import parse_number
from summarywriter.chinese.punctuation import find_numeral_faults, find_punctuation_faults
from summarywriter.chinese.script import detect_script, foreign_characters
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import mapping

#: A clause said twice is worth a look from this length on; a sentence from a shorter one.
_LONG_CLAUSE, _LONG_SENTENCE = 18, 12
#: OA, VR, GDP: capitals up to this length are no English.
_ACRONYM = 5
#: A text may run over its length by a tenth.
_SLACK = 1.1


def form(analysis: Analysis, known: Known, *, length: int | None = None) -> Iterator[Finding]:
    """Every finding on form.

    Args:
        analysis: The text.
        known: The sheet.
        length: Ceiling in characters, if there is one.
    """
    yield from _numbering(analysis, known)
    yield from _scripts(analysis, known)
    yield from _leftovers(analysis, known)
    yield from _blanks(analysis, known)
    yield from _cut_off(analysis)
    yield from _repeats(analysis)
    yield from _marks(analysis, known)
    if length is not None and len(analysis.source) > length * _SLACK:
        yield analysis.finding("SW510", 0, min(len(analysis.form), 12), length=str(length),
                               characters=str(len(analysis.source)))  # fmt: skip


# --- numbering --------------------------------------------------------------------------------------

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADS = tuple(
    re.compile(p)
    for p in (
        rf"(?P<n>{_NUMERAL})、",
        rf"\((?P<n>{_NUMERAL})\)",
        r"(?P<n>[0-9]{1,2})[.、](?![0-9])|(?P<m>[0-9]{1,2})[.、](?=[0-9]{1,2}月)",
        r"\((?P<n>[0-9]{1,2})\)",
    )
)
_POINTS = re.compile(rf"(?P<n>{_NUMERAL})是(?=[一-鿿“《0-9A-Za-z])")


def _numbering(analysis: Analysis, known: Known) -> Iterator[Finding]:
    seen = [0] * len(_HEADS)
    points = 0
    opening = True  # a passage taken out of a longer text may begin with its second section
    for line in analysis.lines:
        text = analysis.form[line.start : line.end]
        lead = re.match(r"[#*\s]*", text)
        skip = lead.end() if lead else 0
        headed = {n: found for n, head in enumerate(_HEADS) if (found := head.match(text, skip))}
        if headed:
            level = min(headed)
            match = headed[level]
            number = int(parse_number(match["n"] or match.groupdict().get("m") or "") or 0)
            if opening:
                seen[level] = number - 1
            if number not in (seen[level] + 1, 1) or (number == 1 and seen[level] and level == 0):
                yield analysis.finding("SW501", line.start + match.start(), line.start + match.end(),
                                       expected=str(seen[level] + 1))  # fmt: skip
            seen[level] = number
            seen[level + 1 :] = [0] * (len(seen) - level - 1)
            points = 0
        for match in _POINTS.finditer(text):
            number = int(parse_number(match["n"]) or 0)
            if not _opens(text, match.start(), skip):
                continue
            # A fact's own points are its own affair, but the text may count on from them.
            own = known.says(text[match.start() : match.end() + 4]) or analysis.overlaps_claim(
                line.start + match.start(), line.start + match.end()
            )
            if opening and match.start() <= skip:
                points = number - 1
            if number not in (points + 1, 1) and not own:
                yield analysis.finding("SW501", line.start + match.start(), line.start + match.end(),
                                       expected=str(points + 1))  # fmt: skip
            points = number
        opening = False


def _opens(text: str, position: int, skip: int) -> bool:
    """Whether 一是 opens a point: at a line's head or after a mark."""
    return position <= skip or text[position - 1] in ",;。:、 "


# --- scripts and leftovers --------------------------------------------------------------------------


def _scripts(analysis: Analysis, known: Known) -> Iterator[Finding]:
    script = detect_script(analysis.source)
    if script is None:
        return
    names = "\n".join(fact.text for fact in known.index)
    people = {fact.person.name for fact in known.index if fact.person is not None}
    given = [m.span() for m in re.finditer("|".join(map(re.escape, people)) or "(?!)", analysis.source)]
    for start, end in foreign_characters(analysis.source, script):
        # A name stands as the sheet gives it.
        if any(a <= start and end <= b for a, b in given):
            continue
        around = analysis.source[max(0, start - 1) : end + 1]
        if around in names or any(c.how == "slot" and c.start <= start < c.end for c in analysis.claims):
            continue
        if analysis.source[start:end] in mapping("either_script") or _in_docnumber(analysis, start):
            continue
        for position in range(start, end):
            first = _position(analysis, position)
            yield analysis.finding("SW502", first, first + 1)


def _position(analysis: Analysis, source: int) -> int:
    return bisect_left(analysis.folded.offsets, source)  # they never fall


_MARKDOWN = re.compile(
    r"^#{1,6}(?=\s)|\*\*(?=[^*\n]+\*\*)|^[^\S\n]*[-*+]\s(?=\S)|```|^>\s|^\|.*\|$|\[[^\[\]\n]+\]\(http[^)]*\)",
    re.MULTILINE,
)
_THINK = re.compile(r"</?think(?:ing)?>", re.IGNORECASE)
_CHAT = re.compile(
    "^(?:以下是|下面是|好的[,,!。]|当然[,!]|根据您|这是(?:一份|为您)|为您(?:撰写|生成))|希望(?:以上|这份|对您)[^。\n]{0,20}(?:帮助|满意|符合)"
    "|如(?:需|有)[^。\n]{0,12}(?:请(?:随时)?告诉我|请告知|修改请)|作为(?:一个|一名)?(?:AI|人工智能)|您(?:可以|可)(?:根据|在此)",
    re.MULTILINE,
)
_SLOT = re.compile(r"\{\^?[0-9]+(?::[^{}\n]{1,6})?\}|⟦[^⟧\n]{1,12}⟧|\[\[[0-9]+\]\]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+(?:[ -][A-Za-z'’]+)*")
_MOJIBAKE = re.compile(r"(?:锟斤拷)+|烫烫烫+|屯屯屯+|�+|[\ue000-\uf8ff]+|[À-ÿ]{3,}|(?<=[一-鿿])\?(?=[一-鿿])")


def _leftovers(analysis: Analysis, known: Known) -> Iterator[Finding]:
    for code, search in (
        ("SW503", _MARKDOWN),
        ("SW505", _THINK),
        ("SW504", _CHAT),
        ("SW513", _SLOT),
        ("SW508", _MOJIBAKE),
    ):
        bold = False
        for match in search.finditer(analysis.form):
            if code == "SW503" and bold and match.group() == "**":
                continue
            bold = match.group() == "**"
            if match.group() == "?" and analysis.text(*match.span()) != "?":
                continue  # ？ as it should be
            # A fact is data: what it holds is printed as it stands.
            if not known.says(match.group()) and not analysis.overlaps_claim(*match.span()):
                yield analysis.finding(code, *match.span())
    stated = known.haystack.lower()
    inner = {at for search in (_THINK, _SLOT) for match in search.finditer(analysis.form)
             for at in range(*match.span())}  # fmt: skip
    for match in _LATIN.finditer(analysis.form):
        word = match.group()
        start, end = match.span()
        if (
            (word.isupper() and len(word) <= _ACRONYM)
            or all(part in stated for part in re.split("[ -]", word.lower()))
            or set(word.lower()) <= {"x"}
        ):
            continue
        if (start in inner and end - 1 in inner) or analysis.overlaps_claim(start, end):
            continue
        yield analysis.finding("SW506", start, end)


_BLANK = re.compile(
    r"(?<![A-Za-z0-9*])(?!\*\*[^*\n]{1,40}\*\*)(?<!\S\*\*)[xX×*＊_]{2,4}(?=余?多?[一-鿿])|_{2,}|□{1,}|[(\[](?:待填|此处填写|填写)[^)\]]{0,8}[)\]]"
)


def _blanks(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A place left open for a figure or a name that the sheet has not masked: 旁聽市民XX人."""
    for match in _BLANK.finditer(analysis.form):
        near = analysis.form[max(0, match.start() - 1) : match.end() + 2].lower()
        if known.says(near[1:]) or match.group().lower() in known.haystack.lower():
            continue
        if not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW513", *match.span())


# --- cuts and repeats -------------------------------------------------------------------------------


def _cut_off(analysis: Analysis) -> Iterator[Finding]:
    # A row of a table (its cells are joined by a bar) is no sentence, and has no end.
    rows = [line for line in analysis.lines if "|" in analysis.form[line.start : line.end]]
    body = [line for line in analysis.lines if line.kind in ("paragraph", "heading") and line not in rows]
    if not body:
        return
    last = body[-1]
    text = analysis.form[last.start : last.end]
    if last.kind == "heading":
        if len(body) > 1:
            yield analysis.finding("SW507", last.end - 1, last.end)
    elif text[-1] not in "。!?”》)…:" and re.search("[,。;、]", text):
        yield analysis.finding("SW507", last.end - 1, last.end)


def _repeats(analysis: Analysis) -> Iterator[Finding]:
    seen: set[str] = set()
    for sentence in analysis.sentences:
        said = analysis.form[sentence.start : sentence.end]
        if len(said) >= _LONG_SENTENCE and said in seen:
            yield analysis.finding("SW509", sentence.start, sentence.end)
            continue
        repeated = False
        for clause in analysis.clauses_of(sentence):
            part = analysis.form[clause.start : clause.end].rstrip(",;。")
            if len(part) >= _LONG_CLAUSE and part in seen and not repeated:
                yield analysis.finding("SW509", clause.start, clause.end)
                repeated = True
            seen.add(part)
        seen.add(said)


def _marks(analysis: Analysis, known: Known) -> Iterator[Finding]:
    for code, faults in (
        ("SW511", find_punctuation_faults(analysis.source)),
        ("SW512", find_numeral_faults(analysis.source)),
    ):
        for span, what, suggestion in faults:
            if what == "no-end":
                continue  # told by SW507 where the text ends, and a heading or a list elsewhere
            start = _position(analysis, span.start)
            end = _position(analysis, max(span.start, span.end - 1)) + 1
            if analysis.overlaps_claim(start, end):
                continue
            if what != "unpaired" and _stands_in_a_fact(analysis, known, start, end):
                continue
            yield analysis.finding(code, start, end, (), suggestion, fault=what)


def _stands_in_a_fact(analysis: Analysis, known: Known, start: int, end: int) -> bool:
    """Whether the sheet has the very characters, with those beside them."""
    if end - start > 3:  # noqa: PLR2004
        return known.says(analysis.form[start:end])
    return any(known.says(analysis.form[max(0, start - a) : end + b]) for a, b in ((2, 0), (0, 2), (1, 1)))


def _in_docnumber(analysis: Analysis, position: int) -> bool:
    """Whether a document number, which is copied as it was given, holds a character of the text."""
    return any(
        analysis.folded.source(*m.span)[0] <= position < analysis.folded.source(*m.span)[1]
        for m in analysis.documents
    )
