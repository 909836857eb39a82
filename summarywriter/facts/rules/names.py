"""Names that are nearly another name, masked, or at odds with each other."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarywriter.chinese.names import find_organisations, find_persons, near_name
from summarywriter.chinese.text import folded
from summarywriter.facts.diagnostic import Diagnostic, about, found, listed, pattern, words
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind

_SHORT_PERSON, _SHORT_NAME = 2, 4


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: its fact (``None`` for the title) and what kind of name it is."""

    text: str
    fact: Fact | None
    kind: str
    sure: bool = True


def check(index: FactIndex) -> Iterator[Diagnostic]:
    """Every diagnostic about names."""
    named = list(_names(index))
    yield from _near(index, named)
    yield from _masked(index, named)
    yield from _posts(index)
    yield from _themes(index)
    yield from _places(index)
    yield from _ordinals(index)


def _names(index: FactIndex) -> Iterator[Named]:
    for fact in index:
        match fact.kind:
            case FactKind.UNIT:
                yield Named(fact.text, fact, "organisation")
            case FactKind.ORGANISERS | FactKind.ISSUERS if fact.organisers:
                for name in fact.organisers.names:
                    yield Named(name, fact, "organisation")
            case FactKind.PERSON:
                yield Named(fact.text, fact, "person")
            case FactKind.PLACE:
                yield Named(fact.text, fact, "place")
            case FactKind.ACTIVITY:
                yield Named(fact.text, fact, "activity")
            case kind if kind in FREE_TEXT:
                for mention in find_organisations(fact.text):
                    yield Named(mention.text, fact, "organisation", sure=False)
                for mention in find_persons(fact.text):
                    yield Named(mention.text, fact, "person", sure=False)
            case _:
                pass


# --- nearly the same ----------------------------------------------------------------------------------


def _near(index: FactIndex, named: Sequence[Named]) -> Iterator[Diagnostic]:
    """Pairs of names one character apart that are most likely one name."""
    groups: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for name in named:
        groups[name.kind, folded(name.text)].append(name)
    for first, second in _neighbours(groups):
        group, other = groups[first], groups[second]
        if not any(name.sure for name in (*group, *other)):
            continue
        # The one written less often is the likelier slip; with equal counts, the later one.
        right, wrong = (group, other) if len(group) >= len(other) else (other, group)
        if _probably_one(wrong[0], right[0]):
            facts = [name.fact for name in (wrong[0], right[0]) if name.fact is not None]
            told = {"one": wrong[0].text, "other": right[0].text}
            yield found(index, "FL301", *facts, suggestion=right[0].text, **told)


Key = tuple[str, str]


def _neighbours(names: Iterable[Key]) -> list[tuple[Key, Key]]:
    """Names of one kind that may be one character apart, in order, without comparing all with all.

    Two such names are the same once the character is blotted out, or taken out of the longer one.
    """
    order: dict[Key, int] = {}
    blotted: dict[Key, list[Key]] = defaultdict(list)
    pairs: set[tuple[Key, Key]] = set()
    for number, (kind, text) in enumerate(names):
        order[kind, text] = number
        for place in range(len(text)):
            alike = blotted[kind, f"{text[:place]}\0{text[place + 1 :]}"]
            pairs.update((other, (kind, text)) for other in alike)
            alike.append((kind, text))
    for kind, text in order:
        for place in range(len(text)):
            shorter = (kind, text[:place] + text[place + 1 :])
            if shorter in order:
                pairs.add(
                    (
                        min(shorter, (kind, text), key=order.__getitem__),
                        max(shorter, (kind, text), key=order.__getitem__),
                    )
                )
    return sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _probably_one(left: Named, right: Named) -> bool:
    one, other = folded(left.text), folded(right.text)
    if not near_name(one, other):
        return False
    if left.kind == "person":
        if len(one) != len(other) or one[0] != other[0]:
            return False  # another surname is another person
        return len(one) > _SHORT_PERSON or _post(left) == _post(right) != ""
    if max(len(one), len(other)) < _SHORT_NAME:
        return False
    if len(one) != len(other):
        return not _added_is_harmless(*sorted((one, other), key=len))
    a, b = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    return not any(a in line and b in line for line in _distinct())


def _post(name: Named) -> str:
    return (name.fact.person.post or "") if name.fact is not None and name.fact.person is not None else ""


def _added_is_harmless(short: str, long: str) -> bool:
    """A level, a number or an ending more (區科技局, 區科技; 市教育局, 教育局) is an ordinary short form."""
    place = next((n for n, char in enumerate(short) if char != long[n]), len(short))
    added = long[place]
    lines = _distinct()
    return place == len(short) or place == 0 or any(added in line for line in lines) or not added.isalnum()


@functools.cache
def _distinct() -> tuple[str, ...]:
    return tuple(folded(line) for line in words("distinct").values())


# --- masks --------------------------------------------------------------------------------------------


def _masked(index: FactIndex, named: Sequence[Named]) -> Iterator[Diagnostic]:
    """Masked names; beside the real name, where the sheet has it."""
    real = {folded(name.text): name.text for name in named if not pattern("mask").search(folded(name.text))}
    plain: list[Fact] = []
    texts: list[str] = []
    for text, fact in _texts(index):
        form = folded(text)
        masks = [*pattern("mask").finditer(form)]
        years = [*pattern("masked_year").finditer(form)]
        for mask in masks:
            known = _unmasked(form, mask, real)
            if known:
                params = {"mask": _around(text, mask), "name": known}
                yield (
                    found(index, "FL302", fact, suggestion=known, **params)
                    if fact is not None
                    else about(index, "FL302", ("title",), known, **params)
                )
                break
        else:
            if masks or years:
                texts.append(_around(text, (masks or years)[0]))
                if fact is not None:
                    plain.append(fact)
    if texts:
        yield found(index, "FL303", *plain, names=listed(dict.fromkeys(texts)))


def _texts(index: FactIndex) -> Iterator[tuple[str, Fact | None]]:
    yield index.event.title, None
    for fact in index:
        if fact.span is None and fact.quantity is None:
            yield fact.text, fact


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - 4, 0) : match.end() + 6]


def _unmasked(form: str, mask: re.Match[str], real: dict[str, str]) -> str | None:
    """The one real name that the masked one is, if the sheet has it: xx市科協 beside 寧埠市科協."""
    tail = re.match(r"[一-鿿]{1,4}", form[mask.end() :])
    if tail is None:
        return None
    for size in range(len(tail[0]), 0, -1):
        if size < 2 and tail[0][0] not in "省市县区镇乡村":  # noqa: PLR2004  局 alone says nothing
            break
        ending = tail[0][:size]
        whole = re.compile(rf"^([一-鿿]{{2,4}}){re.escape(ending)}")
        hits = {
            match[0]
            for name in real
            if (match := whole.match(name)) and match[1][-1] not in "本全各该市县区省"
        }
        if len(hits) == 1:
            hit = next(iter(hits))
            source = next(text for name, text in real.items() if name.startswith(hit))
            return source[: len(hit)]
    return None


# --- one thing, two values -----------------------------------------------------------------------------


def _posts(index: FactIndex) -> Iterator[Diagnostic]:
    """One person with two posts."""
    first: dict[str, Fact] = {}
    for fact in index:
        if fact.person is None or not fact.person.post:
            continue
        other = first.setdefault(folded(fact.text), fact)
        post = other.person.post if other.person is not None else None
        if other is fact or not post:
            continue
        one, two = folded(post), folded(fact.person.post)
        if one not in two and two not in one:
            yield found(index, "FL304", fact, other, name=fact.text, one=post, other=fact.person.post)


_THEME = re.compile(
    r"以(?:.{0,3})[“\"《]([^”\"》]{2,40})[”\"》]为(?:活动)?主题|主题(?:是|为|:|定为)?[“\"]([^”\"]{2,40})[”\"]"
)


def _themes(index: FactIndex) -> Iterator[Diagnostic]:
    """A theme quoted in a text that is not the sheet's theme."""
    theme = index.event.theme
    if not theme:
        return
    for text, fact in _texts(index):
        form = folded(text)
        for match in _THEME.finditer(form):
            quoted = match[1] or match[2]
            if _bare(quoted) != _bare(folded(theme)):
                params = {"one": theme, "other": quoted}
                yield (
                    found(index, "FL305", fact, suggestion=theme, **params)
                    if fact is not None
                    else about(index, "FL305", ("title",), theme, **params)
                )


def _bare(text: str) -> str:
    return re.sub(r"[\s,，、。.;；:：“”\"'《》!！]", "", text)


_PLACE = re.compile(r"^([一-鿿]{2,4}?(?:自治区|自治州|街道|省|市|县|区|镇|乡|村))")


def _places(index: FactIndex) -> Iterator[Diagnostic]:
    """A title that names one place and a unit that names another: a sheet copied from elsewhere."""
    title, unit = _PLACE.match(folded(index.event.title)), _PLACE.match(folded(index.event.unit or ""))
    if title is None or unit is None:
        return
    one, other = title[1], unit[1]
    if (
        one[-1] != other[-1]
        or one == other
        or one in folded(index.event.unit or "")
        or (other in folded(index.event.title))
    ):
        return
    if pattern("mask").search(one) or pattern("mask").search(other):
        return
    yield about(index, "FL306", ("title",), one=one, other=other)


_ORDINAL = re.compile(r"第([0-9一二三四五六七八九十百]{1,4})(届|次)([一-鿿]{2,6})")


def _ordinals(index: FactIndex) -> Iterator[Diagnostic]:
    """第五屆科技節 in one place and 第六屆科技節 in another."""
    seen: dict[tuple[str, str], tuple[str, str, Fact | None]] = {}
    for text, fact in _texts(index):
        if fact is not None and fact.kind not in (
            FactKind.BASIS,
            FactKind.ACTIVITY,
            FactKind.UNIT,
            FactKind.THEME,
        ):
            continue
        for match in _ORDINAL.finditer(folded(text)):
            key = (match[2], match[3][:2])
            told = text[match.start() : match.end()]
            number, first, other = seen.setdefault(key, (match[1], told, fact))
            if number != match[1]:
                yield found(
                    index, "FL307", *(f for f in (fact, other) if f is not None), one=first, other=told
                )
