"""What the form of a line says: a heading, a label, a day, a notice's field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarywriter.chinese.dates import find_dates
from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import Folded, Span, folded
from summarywriter.extract.turns import turn_of
from summarywriter.extract.words import pattern, table

_POINT = "(?:亮点|案例|故事|举措|做法|特色|任务|环节|板块)"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
#: 壹、報告事項: minutes' parts, over 一、.
FORMAL = re.compile("(?:#{1,4} ?)?[壹贰叁参肆伍陆柒捌玖拾]{1,2}、")
#: 案由一：中秋禮品採購案，提請審議。: a matter of its own.
_CASE = re.compile(rf"(?:案由|提案|议案|议题)(?:{_NUMERAL}|[0-9]{{1,2}})?[:、 ] ?(?P<head>[^,;。:]{{2,24}})")
LEVELS = (
    re.compile(rf"(?:#{{1,4}} ?|\*\*)?(?:{_NUMERAL}[、.]|第{_NUMERAL}(?:部分|项|章)[:、 ]?|[Ⅰ-Ⅹ]+[、.])"),
    re.compile(rf"(?:#{{1,4}} ?|\*\*)?\({_NUMERAL}\)"),
    re.compile(r"(?:#{1,4} ?|\*\*)?(?:[0-9]{1,2}|[A-Z])(?:[、]|[.](?![0-9A-Za-z])) ?"),
    re.compile(
        rf"#{{0,4}} ?(?:\([0-9]{{1,2}}\)|\[[0-9]{{1,2}}\] ?|[①-⑳]|"
        rf"{_POINT}(?:{_NUMERAL}|[0-9]{{1,2}})[:、 ] ?)"
    ),
)
_HASHES = re.compile(r"(#{1,4}) +")
_LONGEST_HEADING = 36
_LONGEST_INLINE = 26
_LONGEST_TITLE = 48

#: A line that begins with what it is about: 存在的不足:…
_LABEL = re.compile(
    "(?:主要)?(?:存在的?)?(?:问题|不足|困难|检讨|反思|短板)(?:[和与及](?:问题|不足))?(?:之处)?:|"
    "(?:下半年|明年|来年|下阶段|接下来)(?:拟|计划|打算|安排|目标|重点)?:|下一?步(?:打算|工作|计划|安排)?:|(?:活动|主要|取得的?)?成效:"
)
#: A paragraph whose first words, short and without a figure, say what it is about: 加大宣傳力度。…
LEAD = re.compile("[一-鿿]{4,12}。(?=.{24,})")
UNNUMBERED = 2
"""Level of a heading that has no number."""
LABELLED = 4
"""Level of a line that is labelled with whose doings it tells."""

#: 一是現場宣傳。…: a point whose first words say what it is about.
_SHORT_POINT = re.compile("[一二三四五六七八九十]是(?=[^,。;:0-9]{2,14}[。:].{12,})")
#: 【】 are [] in comparison form.
_BOLD = re.compile(
    r"(?:[-*•·] +)?\*\*(?P<head>(?=[^*]*[一-鿿])[^*。]{2,30})\*\*:?|\[(?P<inner>[^\]。0-9]{2,30})\]:?"
)
#: 10.2 景區值守。…: a log's day, written with a dot, and what was done on it.
_DOTTED = re.compile(
    r"(?:1[0-2]|0?[1-9])\.(?:[12][0-9]|3[01]|0?[1-9]) *(?![0-9%万元])(?P<head>[^,;。:0-9]{2,14})(?=[。,:])"
)
#: A brief's item: its title, a gap, and its text on the same line.
_TITLED = re.compile(r"(?P<head>[^,;。:!? ]{8,40}) {2,}(?=.{20,})")
#: ▲“清四亂”專項行動進展順利　9月8日起，…: a mark, a title, a gap, and its text on the same line.
_MARKED_TITLE = re.compile(
    r"[★●◆■▲◎☆※▶►◇□◈✦✪◉○]\ufe0f? *(?P<head>[^,;。:!? ]{4,30})(?: +|[。:] ?)(?=[^ ].{16,})"
)
_COLON_LABEL = re.compile(r"(?:[-*•·●◆▲■□➤▶] ?)?(?P<label>[一-鿿A-Za-z“”()]{1,14}):(?=.{6,})")


@dataclass(frozen=True, slots=True)
class Shape:
    """The heading on a line.

    Attributes:
        start: Its first character, numbering taken off, in the line's comparison form.
        end: One past its last.
        level: 1 for 一、, 2 for （一） or none, 3 for 1., 4 for （1） and for labels.
        closed: Whether it is about its own line only, as a label is.
        day: Whether it is a day.
        lead: Whether it is words in bold, without a number.
    """

    start: int
    end: int
    level: int
    closed: bool = False
    day: bool = False
    lead: bool = False


def heading_of(form: str, *, labelled: bool, led: bool = True) -> Shape | None:
    """The heading on a line, ``None`` for a line that has none.

    Args:
        form: The line in comparison form.
        labelled: Whether the line is one of several that are labelled alike.
        led: Whether it is one of several that begin with a short sentence.
    """
    level, lead = _numbered(form)
    end = _heading(form, level, lead, led=led)
    if end is not None:
        plain = not level or _HASHES.match(form) is not None
        marked = form.startswith(("**", "[", "#"))
        return Shape(
            lead, end, level or UNNUMBERED, day=begins_on_a_day(form[lead:end]), lead=plain and marked
        )
    if level and not (labelled and _DOTTED.match(form)):
        return None
    if pattern("announces").match(form) or pattern("known_heading").fullmatch(form):
        return Shape(0, len(form.rstrip(":")), 1)
    if (dated := _dated_title(form)) is not None:
        return Shape(0, dated, UNNUMBERED, day=True)
    if (day := _day(form)) is not None:
        return Shape(0, day, UNNUMBERED, day=True)
    bold = _BOLD.match(form)
    dated = bold is not None and form.startswith(",", bold.end()) and begins_on_a_day(form)
    if bold is not None and not dated and not pattern("dateline").match(bold["inner"] or ""):
        name = "head" if bold["head"] else "inner"
        return Shape(*bold.span(name), UNNUMBERED, day=_is_day(bold[name]), lead=True)
    if (titled := _titled(form)) is not None:
        return titled
    return _label_of(form) if labelled else None


def _titled(form: str) -> Shape | None:
    """The title that a line's text stands behind, with a mark before it or a wide gap after it."""
    if (marked := _MARKED_TITLE.match(form)) is not None and "。" in form:
        return Shape(*marked.span("head"), UNNUMBERED, lead=True)
    titled = _TITLED.match(form)
    return Shape(*titled.span("head"), LABELLED, closed=True, lead=True) if titled is not None else None


def formal_heading(form: str) -> Shape | None:
    """The heading on a line of minutes: 壹、報告事項, 案由一：中秋禮品採購案; ``None`` for any other line."""
    if (case := _CASE.match(form)) is not None:
        return Shape(*case.span("head"), 3)
    if (formal := FORMAL.match(form)) is not None:
        stop = re.compile("[^:。]*").match(form, formal.end())
        return Shape(formal.end(), stop.end() if stop else len(form), 1)
    return None


def _label_of(form: str) -> Shape | None:
    """The label of a line that is one of several labelled alike."""
    if (dotted := _DOTTED.match(form)) is not None:
        return Shape(*dotted.span("head"), LABELLED, closed=True, lead=True)
    label = _COLON_LABEL.match(form)
    return Shape(*label.span("label"), LABELLED, closed=True) if label is not None else None


def _numbered(form: str) -> tuple[int, int]:
    """The level of a line's numbering and where the words begin; level 0 for none."""
    for level, each in enumerate(LEVELS, 1):
        if match := each.match(form):
            return level, match.end()
    if match := _SHORT_POINT.match(form):
        return 3, match.end()
    if match := _HASHES.match(form):
        return len(match[1]), match.end()
    return 0, 0


def _heading(form: str, level: int, lead: int, *, led: bool) -> int | None:
    if not level:
        bold = _BOLD.fullmatch(form)
        said = _LABEL.match(form) or (LEAD.match(form) if led else None)
        return len(form) if bold else said.end() - 1 if said else None
    words = form[lead:]
    if _HASHES.match(form) and len(words) <= _LONGEST_TITLE:
        return len(form)
    colon = words.find(":")
    labelled = bool(re.search("[A-Za-z一-鿿]", words[: max(colon, 0)])) and not re.search(
        "[。;,]", words[:colon]
    )
    if 0 < colon <= _LONGEST_INLINE and words[colon + 1 :].strip() and labelled:
        return lead + colon
    if len(words) <= _LONGEST_HEADING and not re.search("[。;!?]", words):
        return len(form)
    if (gap := _GAP.match(words)) is not None and find_quantities(words):
        return lead + gap.end("head")
    stop = words.find("。")
    if 0 < stop <= _LONGEST_INLINE and len(words) > stop + 12 and not re.search(r"\d|;", words[:stop]):
        return lead + stop
    return None


#: 1.猜燈謎 燈謎100條，…: a gap after what a numbered line is about.
_GAP = re.compile("(?P<head>[一-鿿“”]{2,12}) +(?=[^ ]{6,})")


def begins_on_a_day(words: str) -> bool:
    """Whether a heading is a day, or a day and what was held on it."""
    words = words.lstrip("*#[ ")
    dates = find_dates(words)
    return bool(dates) and not dates[0].span.start and dates[0].value.start.day is not None


def _is_day(words: str) -> bool:
    return _day(words.strip()) is not None


def _dated_title(form: str) -> int | None:
    """Where a line ends that is a day and what was held on it: 9月27日至28日 梅窩離島探訪."""
    if len(form) > _LONGEST_HEADING or re.search("[,。;:!?]", form.replace("),", "")):
        return None
    dates = find_dates(form)
    if not dates or dates[0].span.start or dates[0].value.start.month is None:
        return None
    title = _DATED_TITLE.fullmatch(form, dates[0].span.end)
    return len(form) if title and not find_quantities(form[dates[0].span.end :]) else None


_DATED_TITLE = re.compile(" {1,4}[一-鿿A-Za-z“”《》()·]{3,24}")
_LONGEST_DAY = 24


def _day(form: str) -> int | None:
    """Where the day ends on a line that is nothing else: 3月3日 星期一 晴."""
    if pattern("day_line").match(form):
        return len(form)
    if len(form) > _LONGEST_DAY:
        return None
    dates = find_dates(form)
    if len(dates) != 1 or dates[0].span.start or dates[0].value.start.day is None:
        return None
    rest = form[dates[0].span.end :]
    month = dates[0].value.start.month is not None
    return dates[0].span.end if month and pattern("weather").match(rest) else None


def labelled_lines(forms: Sequence[str]) -> frozenset[int]:
    """Which lines begin with whose doings they tell (大橋鎮：…) or when: two at least, labelled alike.

    A label that comes again, or that is a person, is a voice in a chat.
    """
    known = {folded(label) for labels in table()["fields"].values() for label in labels}
    labels: dict[int, str] = {}
    for number, form in enumerate(forms):
        match = _COLON_LABEL.match(form)
        if match and match["label"] not in known and not pattern("voice").search(match["label"]):
            labels[number] = match["label"]
    said = list(labels.values())
    alike = {
        number
        for number, label in labels.items()
        if said.count(label) == 1
        and (pattern("unit_ends").search(label) or pattern("when_label").search(label))
    }
    dotted = {number for number, form in enumerate(forms) if _DOTTED.match(form)}
    groups = (group for group in (alike, dotted) if len(group) > 1)
    return frozenset(number for group in groups for number in group)


def begins_anew(form: str) -> bool:
    """Whether a line is the beginning of something whatever the line before it ends in."""
    return bool(
        turn_of(form) or _numbered(form)[0] or _FIELD.match(form) or re.match("[-*•·●◆▲■□①-⑳#|>]", form)
    )


_NUMBER = "[0-9一二三四五六七八九十]{1,2}"
_FIELD = re.compile(
    rf"(?:{_NUMBER}[、.]|\({_NUMBER}\)|[-*•·●◆▲■□] ?|\*\*)*[(\[]?"
    r"([一-鿿]{2,6})[)\]]?(?:\*\*)?: ?(?:\*\*)? ?(?=\S)"
)


def field_of(form: Folded, start: int, end: int) -> tuple[str, Span] | None:
    """A notice's line 時間：… as the name of its field and the span of its value."""
    match = _FIELD.match(form.text)
    if match is None:
        return None
    for name, labels in table()["fields"].items():
        if match[1] in {folded(label) for label in labels}:
            inner = form.source(match.end(), len(form.text))
            return name, Span(inner.start + start, end)
    return None
