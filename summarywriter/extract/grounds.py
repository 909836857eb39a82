"""Whether what a model says stands in the source: the gate that nothing invented gets through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarywriter.chinese.measures import load_data
from summarywriter.chinese.names import find_organisations, find_persons
from summarywriter.chinese.text import Span, clauses, content_ngrams, folded
from summarywriter.extract.chunks import Chunk
from summarywriter.extract.reply import Cited
from summarywriter.extract.values import SURE, Found, find_values
from summarywriter.facts.status import status_of

_SUPPORT = 0.6
"""Share of a wording's bigrams that its sentences must hold."""
_WINDOW = 4
_FIGURES = re.compile(r"[0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九十百千万亿两]{2,}|[xX×]{2,}")
_PARTICLES = re.compile("[了着过的]")
_NOT = re.compile(r"[不未无没非勿]")
_HAN = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something is not believed: a key of the catalogue."""

    reason: str


def bare(text: str) -> str:
    """A text for comparison: folded, without white space and outer marks."""
    return "".join(folded(text).split()).strip("“”《》\"'")


def cited_value(cited: Cited, chunk: Chunk) -> Found | Refused:
    """The value that a citation names: number and words must be the same one's."""
    if cited.n is None:
        return Refused("extract.refused.no_number")
    value = chunk.value(cited.n)
    if value is None:
        return Refused("extract.refused.no_value")
    if bare(cited.text) not in (bare(value.text), ""):
        return Refused("extract.refused.other_words")
    return value if bare(cited.text) else Refused("extract.refused.other_words")


def verbatim(cited: Cited, chunk: Chunk, text: str) -> Span | Refused:
    """Where a name stands, word for word: as the value cited, or in a sentence cited."""
    if cited.n is not None:
        value = cited_value(cited, chunk)
        return value if isinstance(value, Refused) else value.span
    wanted = bare(cited.text)
    if not wanted:
        return Refused("extract.refused.empty")
    for number in cited.at:
        sentence = chunk.sentence(number)
        if sentence is None:
            return Refused("extract.refused.no_sentence")
        form = sentence.form.text
        at = form.find(wanted)
        if at >= 0:
            return sentence.source(at, at + len(wanted))
        if wanted in bare(text[sentence.span.start : sentence.span.end]):
            return sentence.span
    in_heading = wanted in chunk.headings().replace(" ", "")
    return chunk.sections[0].heading_span if in_heading else Refused("extract.refused.not_there")


def supported(said: str, ground: str, *, planned: bool = False) -> Refused | None:
    """Whether a wording says what its sentences say, and nothing else.

    Values must be the source's own; names too; most of the words; whether a thing is denied; and whether
    it was done or is planned.

    Args:
        said: The wording.
        ground: The sentences, and the headings over them.
        planned: It stands where everything is planned.
    """
    form, source = folded(said), folded(ground)
    close, whole = bare(said), "".join(source.split())
    if not close:
        return Refused("extract.refused.empty")
    if (at := whole.find(close)) >= 0:
        if at and _NOT.match(whole[at - 1]):
            return Refused("extract.refused.denied")  # 不|具備條件
        return _told_as_done(form, source, planned=planned, exact=True)
    for run in _FIGURES.findall(form):
        if run not in _FIGURES.findall(source):
            return Refused("extract.refused.figure")
    stated = {(v.kind, bare(v.text)) for v in find_values(ground, 0, len(ground)) if v.kind in SURE}
    for value in find_values(said, 0, len(said)):
        if value.kind in SURE and (value.kind, bare(value.text)) not in stated:
            return Refused("extract.refused.figure")
    names = [*find_organisations(said), *find_persons(said)]
    known = _PARTICLES.sub("", whole)  # 成立了由局長 holds the 成立由局長 of a shorter wording
    if (
        any(_PARTICLES.sub("", bare(name.text)) not in known for name in names)
        or _renamed(close, whole)
        or _shortened(close, whole)
    ):
        return Refused("extract.refused.name")
    grams = content_ngrams(said)
    if grams and len(grams & content_ngrams(ground)) < _SUPPORT * len(grams):
        return Refused("extract.refused.unsupported")
    return _denied(form, source) or _told_as_done(form, source, planned=planned, exact=False)


def _renamed(said: str, source: str) -> bool:
    """Whether four characters in a row are the source's but for one in the middle: 市科教局 for 市科技局.

    One joining word for another (展板和接受, 展板並接受) renames nobody.
    """
    known = {source[n : n + _WINDOW] for n in range(len(source) - _WINDOW + 1)}
    masked: dict[str, set[str]] = {}
    for gram in known:
        if _HAN.match(gram) and "，" not in gram:
            for n in (1, 2):
                masked.setdefault(gram[:n] + "*" + gram[n + 1 :], set()).add(gram[n])
    for n in range(len(said) - _WINDOW + 1):
        gram = said[n : n + _WINDOW]
        if gram in known:
            continue
        for k in (1, 2):
            instead = masked.get(gram[:k] + "*" + gram[k + 1 :])
            if instead and not (gram[k] in _JOINING and instead <= _JOINING):
                return True
    return False


_JOINING = frozenset("和与及并而且、")


@cache
def _endings() -> re.Pattern[str]:
    words = load_data("names.yaml")["organisation"]
    long = {folded(word) for word in (*words["plain"], *words["long"]) if len(word) > 1}
    return re.compile("|".join(sorted(map(re.escape, long), key=len, reverse=True)))


def _shortened(said: str, source: str) -> bool:
    """Whether an organisation is called by a name that the source does not give it: 鎮中學 for 鎮中心學校."""
    return any(
        said[match.start() - 1 : match.end()] not in source
        for match in _endings().finditer(said)
        if match.start() and _HAN.match(said[match.start() - 1])
    )


def _denied(said: str, source: str) -> Refused | None:
    """A denial lost or put in: 參與度不高 is no 參與度高."""
    grams = content_ngrams(said)
    alike = [source[a:b] for a, b in clauses(source) if len(grams & content_ngrams(source[a:b])) >= 2]  # noqa: PLR2004
    if not alike:
        return None
    has = bool(_NOT.search(said))
    if has and not any(_NOT.search(clause) for clause in alike):
        return Refused("extract.refused.denied")
    if not has and all(_NOT.search(clause) for clause in alike):
        return Refused("extract.refused.denied")
    return None


def _told_as_done(said: str, source: str, *, planned: bool, exact: bool) -> Refused | None:
    """A plan told as done; where everything is planned, nothing can be."""
    if planned:
        return None
    grams = content_ngrams(said)
    alike = [
        source[a:b]
        for a, b in clauses(source)
        if (bare(said) in bare(source[a:b]) if exact else len(grams & content_ngrams(source[a:b])) >= 3)  # noqa: PLR2004
    ]
    plans = [clause for clause in alike if status_of(clause) is not None]
    if alike and len(plans) == len(alike) and status_of(said) is None:
        return Refused("extract.refused.planned")
    return None
