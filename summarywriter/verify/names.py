"""SW3xx: document numbers, titles, quotations, themes, organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from summarywriter.chinese.measures import in_expression
from summarywriter.chinese.names import NameMention, find_organisations, near_name
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.miswritten import LEVEL, LONG_NAME, miswritten
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, mapping, words

#: From this likeness on, a name is another one miswritten.
_LIKE = 0.6
#: Quotation marks about fewer characters than this may only set a word off.
_QUOTED = 4
#: An organisation is in no fact where so much of its name is.
_STRANGE = 0.5


def names(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """Every finding on a name but those of people and places."""
    yield from _documents(analysis, known)
    yield from _titles(analysis, known)
    yield from _quotations(analysis, known)
    yield from _organisations(analysis, known)
    yield from miswritten(analysis, known)


def closest(form: str, stated: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]] | None:
    """The stated name, with its facts, that ``form`` is most like, if it is like any."""
    best: tuple[float, str, tuple[str, ...]] | None = None
    for name, facts in stated:
        other = folded(name)
        if abs(len(other) - len(form)) > max(len(other), len(form)) * (1 - _LIKE):
            continue
        ratio = SequenceMatcher(None, form, other, autojunk=False).ratio()
        if ratio >= _LIKE and (best is None or ratio > best[0]):
            best = (ratio, name, facts)
    return best and best[1:]


def _documents(analysis: Analysis, known: Known) -> Iterator[Finding]:
    stated = [(f.text, (f.id,)) for f in known.index if f.kind is FactKind.DOCNUMBER]
    texts = known.haystack
    for mention in analysis.documents:
        start, end = mention.span
        bare = re.sub(r"[\[\]()〔〕]", "", folded(mention.text))
        if any(bare.endswith(re.sub(r"[\[\]()〔〕]", "", folded(number))) for number, _ in stated):
            continue  # 北原鐵路局運輸處|北鐵運函[2024]73號
        if analysis.claimed(start, end) or re.sub("[()]", "", folded(mention.text)) in texts:
            continue
        near = closest(mention.text, stated)
        yield analysis.finding("SW308", start, end, near[1] if near else (), near[0] if near else "",
                               stated=near[0] if near else "")  # fmt: skip


_LOOSE = re.compile(r"[、,;:。!? ·“”‘’《》]")


def _bare(form: str) -> str:
    return _LOOSE.sub("", form).replace("甚么", "什么")


def _titles(analysis: Analysis, known: Known) -> Iterator[Finding]:
    hay = _bare(known.haystack)
    stated = [
        *(
            (f.text, (f.id,))
            for f in known.index
            if f.kind in (FactKind.BASIS, FactKind.QUOTE, FactKind.QUOTATION)
        ),
        *((inner, (f.id,)) for f in known.index for inner in re.findall("《([^《》]+)》", f.text)),
    ]
    for mention in analysis.titles:
        if analysis.overlaps_claim(*mention.span) or _bare(mention.text) in hay:
            continue
        title, facts = closest(mention.text, stated) or ("", ())
        marked = f"《{title.strip('《》')}》" if title else ""
        yield analysis.finding("SW309", *mention.span, facts, marked, stated=title)


_THEME = re.compile(r"主题|口号|为题|以$")


def _quotations(analysis: Analysis, known: Known) -> Iterator[Finding]:
    hay = _bare(known.haystack)
    kinds = (FactKind.THEME, FactKind.QUOTE, FactKind.QUOTATION)
    stated = [(f.text, (f.id,)) for f in known.index if f.kind in kinds]
    for mention in analysis.quotations:
        start, end = mention.span
        if analysis.overlaps_claim(start, end) or _bare(mention.text) in hay:
            continue
        if (meant := _one_character_off(mention.text, known)) is not None:
            yield analysis.finding("SW310", start, end, (), f"“{meant}”", stated=meant)
            continue
        theme = _THEME.search(analysis.form[max(0, start - 8) : start] + analysis.form[end : end + 6])
        near = closest(mention.text, stated)
        if near is not None:
            yield analysis.finding("SW310", start, end, near[1], f"“{near[0]}”", stated=near[0])
        elif theme or (len(mention.text) >= 2 * _QUOTED and re.search("[,、]", mention.text)):
            yield analysis.finding("SW311", start, end)
        elif any(in_expression(mention.text, n, n + 1) for n in range(len(mention.text))):
            continue  # “兩學一做”
        elif len(mention.text) >= _QUOTED and not content_ngrams(mention.text) <= known.words:
            yield analysis.finding("SW313", start, end)


#: A quotation of so many characters is looked for among quoted words only; a longer one anywhere.
_SHORT_QUOTATION = 3


def _one_character_off(text: str, known: Known) -> str | None:
    """What the sheet says, where a quotation has it but for one character: “反國章隨手拍”."""
    if not re.fullmatch("[一-鿿]{3,20}", text):
        return None
    hay = known.haystack
    if len(text) <= _SHORT_QUOTATION:
        quoted = re.findall("[“‘「『]([^”’」』]{2,8})[”’」』]", hay)
        hay = "\n".join((*quoted, *(doing.name for doing in known.doings.values())))
    for at in range(len(text)):
        search = re.escape(text[:at]) + "[一-鿿]" + re.escape(text[at + 1 :])
        if len(text) <= _SHORT_QUOTATION:
            search = f"^{search}$"
        if (match := re.search(search, hay, re.MULTILINE)) is not None:
            return match.group()
    return None


# --- organisations ----------------------------------------------------------------------------------


def _organisations(analysis: Analysis, known: Known) -> Iterator[Finding]:  # noqa: C901  a question a line
    stated: list[tuple[str, tuple[str, ...]]] = [
        *((name, (f.id,)) for f in known.index if f.organisers for name in f.organisers.names),
        *((f.text, (f.id,)) for f in known.index if f.kind is FactKind.UNIT),
    ]
    seen = {folded(name) for name, _ in stated} | known.places
    generic = re.compile(either(words("generic_organisation")) + "$")
    for mention in analysis.organisations:
        start, end = mention.span
        name = mention.text
        if counted := re.search(_COUNT, name):
            name, end = name[: counted.start()], start + counted.start()  # 白沙鎮|三個鎮
            if not find_organisations(name):
                continue
        if analysis.overlaps_claim(start, end) or _is_known(name, known, seen) or generic.search(name):
            continue
        if re.search("[两三四五六七八九十][家个所]|全[所局院校站]$", name):
            continue  # 滾裝三家分公司
        if is_abbreviated(name, seen) or (name.endswith("所") and _MARKER.match(analysis.form, end)):
            continue
        if (
            analysis.form[start - 1 : start] in ("各", "该")
            or re.search("[这那]", name)
            or re.match("[各该本我全某地另其数多几每一两三四五六七八九十0-9]|上述|前述|以上|周边|附近", name)
            or _inside(mention, analysis)
        ):
            continue
        near = [(other, facts) for other, facts in stated if near_name(name, other)]
        if any(re.sub("[一二三四五六七八九十]", "", folded(other)) == name for other, _ in near):
            continue  # 營業所, of 營業一所 and 營業二所
        if not near and (like := _renamed(name, stated)):
            near = [like]
        if not near and (like := closest(name, stated)) and _is_in_its_place(name, folded(like[0])):
            near = [like]
        if not near and (like := _of_other_rank(name, stated)):
            near = [like]
        if not near and not known.says(name) and _is_another_body(name, known, seen):
            yield analysis.finding("SW301", start, end)
            continue
        if near:
            yield analysis.finding("SW302", start, end, near[0][1], near[0][0], stated=near[0][0])
        elif len((grams := content_ngrams(name)) - known.words) >= _STRANGE * len(grams):
            yield analysis.finding("SW301", start, end)


#: 集團工會所發的: there 所 is no office.
_MARKER = re.compile("[发制述需提做作编订]")


def is_abbreviated(name: str, seen: set[str]) -> bool:
    """Whether a name is a stated one with characters left out: 市人社局, 市人力資源和社會保障局."""
    for short, long in mapping("short_end").items():
        short, long = folded(short), folded(long)  # noqa: PLW2901
        if name.endswith(short) and any(
            other.endswith(long) and name[0] in other[:6] and is_short_for(name, other) for other in seen
        ):
            return True  # 區作協, 區作家協會
    if len(name) < LONG_NAME and any(
        re.match(LEVEL, name) and other.endswith(name[1:]) and name[0] in other[:-1] for other in seen
    ):
        return True  # 市局, of 樟臨市稅務局
    if any(other.replace("人民", "", 1) == name for other in seen):
        return True  # 濱海區政府
    return any(
        len(other) > len(name) + 1 and name[0] == other[0] and name[-1] == other[-1]
        and is_short_for(name, other)
        and not any(name == other[:i] + other[i + len(other) - len(name) :] for i in range(1, len(name)))
        for other in seen
    )  # fmt: skip


def is_short_for(short: str, long: str) -> bool:
    """Whether ``short`` is ``long`` with characters left out."""
    rest = iter(long)
    return all(character in rest for character in short)


_COUNT = "[两三四五六七八九十百0-9]+个?(?:街道|社区|[市县区镇乡村州])?$"


def _is_in_its_place(name: str, stated: str) -> bool:
    """Whether a name is a stated one with its end exchanged: 望瀾市中心醫院, 望瀾市中心血站."""
    return (
        len(name) == len(stated)
        and len(stated) > LONG_NAME
        and name[: -len(name) // 3] == stated[: -len(name) // 3]
    )


def _of_other_rank(
    name: str, stated: list[tuple[str, tuple[str, ...]]]
) -> tuple[str, tuple[str, ...]] | None:
    """市住房和城鄉建設委員會, where the sheet has a 局 of that name."""
    rank = f"{either(words('office_rank'))}$"
    stem = re.sub(rank, "", name)
    if len(stem) < LONG_NAME or stem == name:
        return None
    return next((pair for pair in stated if re.sub(rank, "", folded(pair[0])) == stem), None)


def _is_another_body(name: str, known: Known, seen: set[str]) -> bool:
    """望湖小學, where the sheet has other schools of that kind and none of that name."""
    kind = next(
        (kind for kind in words("body_kind") if name.endswith(kind) and len(name) - len(kind) > 1), None
    )
    if kind is None or re.search("[的各该本全和与及]|[两三四五六七八九十0-9]", name):
        return False
    alike = set(re.findall(f"[一-鿿]{{2,10}}?{kind}", known.haystack))
    return bool(alike) and not any(
        is_short_for(name, other) or name.endswith(other) for other in (*alike, *seen)
    )


def _renamed(name: str, stated: list[tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]] | None:
    """市衛生局 where the sheet has 區衛生局: the level is another, the office the same."""
    stem = re.sub(f"^.{{0,4}}?{LEVEL}", "", name)
    if len(stem) < 2 or stem == name:  # noqa: PLR2004
        return None
    level = re.compile(f"^.{{0,4}}?{LEVEL}")
    return next((pair for pair in stated if level.sub("", folded(pair[0])) == stem), None)


def _inside(mention: NameMention, analysis: Analysis) -> bool:
    """Whether a name is a part of a title, a quotation or a document number."""
    start, end = mention.span
    marked = (*analysis.titles, *analysis.quotations, *analysis.documents)
    return any(m.span.start <= start and end <= m.span.end for m in marked)


def _is_known(name: str, known: Known, seen: set[str]) -> bool:
    if known.says(name) or (name.endswith("办") and name[:-1] in seen):
        return True  # 臨湖大學|辦了七場
    # A place's name put before, or the level before an office named without it.
    for other in seen:
        if name.endswith(other) and (rest := name[: -len(other)]):
            if (
                len(other) >= LONG_NAME - 1
                and not re.search(f"{LEVEL}$", rest)
                and re.match("[省市区县镇乡]", other)
            ):
                return True  # 貫徹省婦聯 holds a verb before the name
            if known.says(rest) or (re.fullmatch(f".{{0,6}}{LEVEL}", rest) and _same_level(rest, known)):
                return True
            if re.match(LEVEL, other) and known.says(rest.removesuffix(other[0])):
                return True
    # Several run together: 農辦及金雞坡街道辦事處, 科技文教衛生部門.
    return False


def _same_level(prefix: str, known: Known) -> bool:
    unit = folded(known.index.event.unit or known.index.event.title)
    return prefix[-1] in unit
