"""Quotations of an activity: slogans, and titles of what was read, shown, sung or taught."""

from __future__ import annotations

from dataclasses import replace

from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.lexicon import table
from summarywriter.realise.aggregate import Phrase
from summarywriter.realise.scene import Scene, is_title, is_topical
from summarywriter.realise.voice import Pieces, Voice, fill_in, join
from summarywriter.slots import Cite, Slot


def inside(scene: Scene) -> dict[str, str]:
    """Quotations that another fact of the activity holds already: quote id → id of the fact that holds it."""
    holders = [
        *((fact.id, fact.text) for fact in scene.details),
        *((frame.fact, frame.action + frame.object) for frame in scene.figures),
        *((fact.id, fact.person.role or "") for fact in scene.people if fact.person),
        (scene.name.id, scene.name.text),
    ]
    out = {}
    for quote in scene.quotes:
        bare = folded(quote.text).strip("“”《》「」")
        holder = next((key for key, text in holders if bare and bare in folded(text)), None)
        if holder is not None:
            out[quote.id] = holder
    return out


def cited(phrases: list[Phrase], holders: dict[str, str]) -> list[Phrase]:
    """The clauses with a mark after each that says a quotation in passing."""
    out = []
    for phrase in phrases:
        told = {piece.fact for piece in phrase.pieces if isinstance(piece, Slot)}
        quotes = tuple(quote for quote, holder in holders.items() if holder in told)
        if quotes:
            cite = Cite(quotes)
            phrase = replace(  # noqa: PLW2901  the same clause, marked
                phrase,
                pieces=(*phrase.pieces, cite),
                others=tuple((opens, (*pieces, cite)) for opens, pieces in phrase.others),
                leads_in=tuple((opens, (*pieces, cite)) for opens, pieces in phrase.leads_in),
            )
        out.append(phrase)
    return out


def quotations(voice: Voice, scene: Scene, used: set[str], block: int) -> tuple[list[Phrase], list[Phrase]]:
    """Slogans, and titles, that nothing else tells, each kind as one clause."""
    quotes = [fact for fact in scene.quotes if fact.id not in used]
    titles = [fact for fact in quotes if is_title(fact)]
    slogans = [fact for fact in quotes if fact not in titles]
    out: tuple[list[Phrase], list[Phrase]] = ([], [])
    for group, book in ((titles, True), (slogans, False)):
        if not group:
            continue
        name = _title_phrase(scene, group) if book else "topic" if len(group) == 1 else "topics"
        if not book and not is_topical(scene.name.text):
            name = "theme_of_activity"
        slots: Pieces = join([(Slot(fact.id),) for fact in group], "")
        body = fill_in(voice.pick(name), _=slots)
        out[book].append(Phrase(body, "quote", "quote", bound=True, block=block))
    return out


def _title_phrase(scene: Scene, titles: list[Fact]) -> str:
    """節目有, 書目有, 題為: what the titles among an activity's quotations are, as far as it shows."""
    name = folded(scene.name.text).removesuffix("活动")
    known = {
        folded(word): str(phrase) for phrase, words in table("events")["titles"].items() for word in words
    }
    best = max((word for word in known if name.endswith(word)), key=len, default="")
    if best:
        several = {"lectured": "taught"} if len(titles) > 1 else {}
        if any(folded(frame.action) == "演出" for frame in scene.figures):
            several["performed"] = "performed_in"  # 演出節目11個 says 演出 already
        return several.get(known[best], known[best])
    told = (*(d.text for d in scene.details), *(f.action + f.object for f in scene.figures))
    given = any(gives(text) for text in told)
    return "books" if given and any("书" in _without(text, "no_books") for text in told) else "titles"


def gives(text: str) -> bool:
    """Whether a clause says that something was handed out: books are named right after it."""
    said = _without(text, "no_giving")
    return any(folded(word) in said for word in table("events")["giving"])


def _without(text: str, name: str) -> str:
    """A text in comparison form without the words of a list: 證書 is no 書, a 捐贈人 gives nothing here."""
    said = folded(text)
    for word in table("events")[name]:
        said = said.replace(folded(word), "")
    return said


def says_giving(voice: Voice, phrase: Phrase) -> bool:
    """Whether a clause, in its words or its facts', says that something was handed out."""
    said = "".join(
        voice.index[piece.fact].text if isinstance(piece, Slot) else piece
        for piece in phrase.pieces
        if not isinstance(piece, Cite)
    )
    return phrase.group in ("scene", "figure") and gives(said)
