"""Names in text: titles, quotations, document numbers, organisations, people; and how names compare.

Titles, quotations and document numbers are found by their marks, and surely. Organisations and people
are found by the words around them, with a best effort: a caller that knows the names should search
for them instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarywriter.chinese.measures import load_data
from summarywriter.chinese.text import Span, enclosures, fold, folded


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name found in running text.

    Attributes:
        span: Where it stands in that text, its marks included.
        text: The name as written, without its outer marks.
        kind: 'title', 'quotation', 'docnumber', 'organisation' or 'person'.
    """

    span: Span
    text: str
    kind: str


def _marked(text: str, marked: str, openers: str, kind: str) -> list[NameMention]:
    return [
        NameMention(span, text[span.start + 1 : span.end - 1], kind)
        for span in enclosures(marked, openers=openers)
        if span.end - span.start > 2  # noqa: PLR2004  the two marks
    ]


def find_titles(text: str) -> list[NameMention]:
    """Titles in 《》, outermost ones only, those inside quotation marks or brackets too."""
    if not _OPENS_TITLE.search(text):
        return []
    return _marked(text, _keep(text, "《》〈〉"), "《〈", "title")


def find_quotations(text: str) -> list[NameMention]:
    """Passages in “”, 「」, 『』, ‘’ or straight marks, outermost ones only; not those inside a title."""
    if not _OPENS_QUOTATION.search(text):
        return []
    masked = _blank(text, enclosures(text, openers="《〈"))
    return _marked(text, _keep(masked, '“”「」『』‘’"'), '“「『‘"', "quotation")


_ENCLOSING = '“”「」『』‘’"《》〈〉（）()〔〕【】［］[]'
_OPENS_TITLE, _OPENS_QUOTATION = re.compile("[《〈]"), re.compile('[“「『‘"]')


def _keep(text: str, marks: str) -> str:
    """The text with all other enclosing marks neutralised, so that theirs are the outermost."""
    return text.translate(_others(marks))


@cache
def _others(marks: str) -> dict[int, str]:
    return {ord(c): "\x00" for c in _ENCLOSING if c not in marks}


def _blank(text: str, spans: list[Span]) -> str:
    pieces, position = [], 0
    for start, end in spans:
        pieces += [text[position:start], "\x00" * (end - start)]
        position = end
    return "".join((*pieces, text[position:]))


_DOCNUMBER = re.compile(
    r"(?P<code>[一-鿿]{1,12})?[\[({](?P<year>[0-9]{4}|[0-9]{2}[xX×*]{2}|[xX×*]{2,4})[\])}]第?[0-9xX×*]{1,5}号"
)
#: 豐德學字第1130006215號: as offices in Taiwan and Hong Kong number their letters.
_SERIAL = re.compile(r"(?:(?<=[0-9])[日号])?(?P<code>[一-鿿]{1,8})字第 ?[0-9]{3,12} ?号")
_NOT_CODE = re.compile(r".*(?:根据|奉|依(?!法)|按照|依据|文件|通知|印发|下发|发文|以|为|的|见|和|及|号)")


def find_document_numbers(text: str) -> list[NameMention]:
    """Numbers of documents: 潯科發〔2018〕8號, 晟福字第1140017號; other brackets and masked years too."""
    form = fold(text)
    found = []
    matches = [*_DOCNUMBER.finditer(form.text), *_SERIAL.finditer(form.text)]
    for match in sorted(matches, key=lambda each: each.start()):
        lead = _NOT_CODE.match(match["code"] or "")
        start = max(match.start("code"), match.start())
        span = form.source(start + (lead.end() if lead else 0), match.end())
        found.append(NameMention(span, text[span.start : span.end], "docnumber"))
    return found


# --- organisations ----------------------------------------------------------------------------------


@cache
def _lexicon() -> Mapping[str, Any]:
    return load_data("names.yaml")


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted({folded(w) for w in words}, key=len, reverse=True))


@cache
def _suffixes() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str], frozenset[str]]:
    data = _lexicon()["organisation"]
    return (
        # 统一部署, 部门, 局面: the suffix may begin another word
        re.compile(
            "(?:" + _alternatives(data["plain"] + data["long"]) + f")(?!{_alternatives(data['not_before'])})"
        ),
        frozenset(map(folded, data["long"])),
        re.compile(_alternatives(data["borders"])),
        frozenset(map(folded, data["common"])),
    )


#: Bounded: a run of Han without punctuation longer than this is no prose.
_HAN_RUN = re.compile(r"[一-鿿]{1,200}")
_LONGEST_NAME = 24


def find_organisations(text: str) -> list[NameMention]:
    """Names that end as organisations' names do (局, 委, 办公室, 街道, 公司…), by best effort.

    A name begins after punctuation or after the last word that no name holds (由, 联合, 组织); common nouns
    (部门, 农村, 格局) are left out.
    """
    form = fold(text)
    found: list[NameMention] = []
    for run in _HAN_RUN.finditer(form.text):
        for start, end in _organisations_in(form.text, run.start(), run.end()):
            span = form.source(start, end)
            found.append(NameMention(span, text[span.start : span.end], "organisation"))
    return found


def _organisations_in(form: str, start: int, stop: int) -> list[Span]:
    suffix, long, border, common = _suffixes()
    borders = [m.end() for m in border.finditer(form, start, stop)]
    starts = [m.start() for m in border.finditer(form, start, stop)]
    spans: list[Span] = []
    begin, index = start, 0
    for match in suffix.finditer(form, start, stop):
        while index < len(borders) and borders[index] <= match.start():
            begin = max(begin, borders[index])
            index += 1
        end = match.end()
        stem = match.start() - begin
        least = 2 if match.group() in long else 1
        if end - begin > _LONGEST_NAME:
            continue
        inside = index < len(starts) and starts[index] < end and borders[index] <= end
        if inside and match.group() not in long:
            continue
        name = form[begin:end]
        if stem < least or any(name.endswith(c) for c in common):
            continue
        if spans and spans[-1].start == begin:
            spans[-1] = Span(begin, end)  # 市委宣传部 holds 市委
        else:
            spans.append(Span(begin, end))
    return spans


# --- people -----------------------------------------------------------------------------------------


@cache
def _people() -> tuple[re.Pattern[str], ...]:
    data = _lexicon()["person"]
    surname = rf"(?:{_alternatives(data['double_surnames'])}|[{folded(data['surnames'])}])"
    posts, followers = _alternatives(data["posts"]), _alternatives(data["followers"])
    given = r"[一-鿿]{1,2}?"
    return (
        # 宣传部长李露萍同志, 副区长吴正发出席: post, name, then a word or mark that ends a name
        re.compile(rf"(?:{posts})(?P<name>{surname}{given})(?={followers}|[^一-鿿]|$)"),
        # 吴正发副区长, 刘江局长, 吴副区长: name, then post
        re.compile(rf"(?P<name>{surname}[一-鿿]{{0,2}}?)(?:{posts})(?!会)"),
    )


_NO_NAME = re.compile(
    r"[副的了是在和与等面传业于有无上下中大小]|全体|各|有关|分管|主要|主管|全国|全省|全市|全区|全县|安全|党|区|市|县|镇|乡|村|省|局|委|部|院|校|常务|干部|农|国家|专|负责|公安|宣传|科|任|文|高级|代|项目|单位"
)


_NO_WHOLE = frozenset(
    map(
        folded,
        (
            "宣传",
            "计划",
            "计划由",
            "安全",
            "关",
            "党",
            "林业",
            "农业",
            "全",
            "卫",
            "安",
            "经",
            "国",
            "边",
            "方",
            "房",
            "项",
            "左",
            "文",
            "车",
            "车间",
        ),
    )
)


def find_persons(text: str) -> list[NameMention]:
    """People, by a surname beside a post or 同志, by best effort; the mention is the name alone."""
    form = fold(text)
    found: dict[Span, NameMention] = {}
    taken: list[Span] = []
    for pattern in _people():
        for match in pattern.finditer(form.text):
            start, end = match.span("name")
            name = match["name"]
            if (
                _NO_NAME.search(name[1:])
                or name[0] in "全各"
                or name in _NO_WHOLE
                or (
                    len(name) == 1
                    and start
                    and form.text[start - 1].isalnum()
                    and form.text[start - 1] in "全各公农机"
                )
            ):
                continue
            if any(start < t.end and t.start < end for t in taken[-4:]):
                continue
            taken.append(Span(start, end))
            span = form.source(start, end)
            found[span] = NameMention(span, text[span.start : span.end], "person")
    return [found[span] for span in sorted(found)]


# --- comparison -------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return "".join(folded(name).split()).strip('“”《》"')


def same_name(a: str, b: str) -> bool:
    """Whether two names are one in comparison form, outer marks and white space apart."""
    return _key(a) == _key(b)


def near_name(a: str, b: str) -> bool:
    """Whether two names differ by exactly one character: another one, one more or one less.

    >>> near_name("李露萍", "李露平"), near_name("區科技局", "区科技局")
    (True, False)
    """
    first, second = sorted((_key(a), _key(b)), key=len)
    if first == second or len(second) - len(first) > 1:
        return False
    same = 0
    while same < len(first) and first[same] == second[same]:
        same += 1
    if len(first) == len(second):
        return first[same + 1 :] == second[same + 1 :]
    return first[same:] == second[same + 1 :]
