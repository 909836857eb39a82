"""SW412: events, deeds and gifts that the sheet does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, mapping, pattern, words

#: An event's name has so much of the sheet's words, or it is another event.
KNOWN = 0.4


def events(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on what was held, done or given."""
    yield from _events(analysis, known)
    yield from _visits(analysis, known)
    yield from _strange_deeds(analysis, known)
    yield from _gifts(analysis, known)


#: 上了一堂|交通安全課.
_LESSON = re.compile("[上讲开听]了?(?:一|[0-9]+)?[堂节场](?P<name>[一-鿿]{2,10}?课)")


def _events(analysis: Analysis, known: Known) -> Iterator[Finding]:
    verbs, nouns = either(words("event_verb")), either(words("event_noun"))
    search = re.compile(
        rf"{verbs}(?:了|的|过)?(?:一[场次个期届系列]+|[0-9]+[场次期])?(?P<name>[一-鿿“”]{{0,14}}?{nouns})(?![一-鿿]{{0,2}}{nouns})"
    )
    for match in (*search.finditer(analysis.form), *_LESSON.finditer(analysis.form)):
        start, end = match.span("name")
        if analysis.overlaps_claim(start, end) or known.says(match["name"]):
            continue
        if re.match("这|此|该|同类|类似|上述", match["name"]):
            continue  # 共舉辦這樣的競賽5場
        if _is_of_another_kind(match["name"], known):
            yield analysis.finding("SW412", start, end)
            continue
        noun = re.search(nouns + "$", match["name"])
        stem = match["name"][: noun.start()] if noun else match["name"]
        grams = content_ngrams(stem) if len(stem) > 1 else content_ngrams(match["name"])
        strange = len(grams) > 1 and len(grams & known.words) < KNOWN * len(grams)
        if (
            (grams and not grams & known.words)
            or strange
            or (noun and not _is_kind_known(noun.group(), known))
        ):
            yield analysis.finding("SW412", start, end)


#: What tells an event's name from others of its kind is no longer: 交通|安全課.
_KIND, _OWN = 3, range(2, 5)


def _is_of_another_kind(name: str, known: Known) -> bool:
    """交通安全課, where the sheet has a 防溺水安全課 and no other."""
    own, kind = name[:-_KIND], name[-_KIND:]
    if len(own) not in _OWN:
        return False
    stated = re.findall(f"([一-鿿]{{2,5}}){re.escape(kind)}", known.haystack)
    return bool(stated) and not known.says(own) and not any(set(own) & set(other) for other in stated)


#: So many bigrams of what was done, none of them in the sheet, are another event.
_STRANGE = 3


def _strange_deeds(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """What was held, founded or handed out, with nothing of it in the sheet: 並成立了志願者協會."""
    deed = re.compile(f"(?:{either(words('deed'))})(?:了|过)?(?:一[场次个期届项支])?([一-鿿“”]{{4,14}})")
    for match in deed.finditer(analysis.form):
        if analysis.quantities_in(match.start(1), match.start(1) + 2):
            continue  # 錄製五十三首
        if re.match("[一两三四五六七八九十百千0-9]+[一-鿿]", match[1]):
            continue
        grams = content_ngrams(match[1][:8])
        clause = analysis.clause_at(match.start())
        if len(grams) < _STRANGE or grams & known.words or known.says(match[1][:2]):
            continue
        if analysis.line_at(match.start()).kind == "heading" or analysis.overlaps_claim(*match.span()):
            continue
        if pattern("planned").search(analysis.form[clause.start : match.start()]):
            continue
        yield analysis.finding("SW412", *match.span())


def _gifts(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """What was given away, where the sheet has no such thing: 還向騎手贈送了頭盔."""
    gift = re.compile(f"{either(words('gift'))}了?(?P<what>[一-鿿]{{2,4}})(?=[,;。]|$)")
    for match in gift.finditer(analysis.form):
        what = match["what"]
        if re.search("[之的等中上下为以一两各到]|方面|情况|工作|活动|完|毕", what):
            continue
        clause = analysis.clause_at(match.start())
        if analysis.quantities_in(clause.start, clause.end):
            continue
        if content_ngrams(what) & known.words or any(known.says(what[at:]) for at in range(len(what) - 1)):
            continue
        if what[-1] in known.haystack or analysis.overlaps_claim(*match.span()):
            continue  # 折頁 for 宣傳頁
        if not pattern("planned").search(analysis.form[clause.start : match.start()]):
            yield analysis.finding("SW412", *match.span())


#: A place visited is known by so much of its name, or by its end.
_SEEN = 0.67


def _visits(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """參觀消防站, where the sheet knows of none."""
    visit, place = either(words("visit")), either(words("place_end"))
    for match in re.finditer(
        f"{visit}(?:了|过)?(?P<what>[^到在搬拟的及和与,;。:“”《》0-9]{{1,8}}?{place})(?![一-鿿])",
        analysis.form,
    ):
        grams = content_ngrams(match["what"])
        strange = len(grams & known.words) < _SEEN * len(grams) and not known.says(match["what"][-3:])
        if strange and not analysis.overlaps_claim(*match.span()):
            yield analysis.finding("SW412", *match.span())


def _is_kind_known(noun: str, known: Known) -> bool:
    """Whether the sheet has an event of that kind, by this word or by one that may stand for it."""
    kinds = [set(map(folded, group)) for group in mapping("event_kinds")]
    words_of = {word for group in kinds if noun in group for word in group if len(word) > 1}
    return any(map(known.says, words_of)) or known.says(noun)
