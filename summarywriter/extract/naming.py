"""What to call an activity that no event is named for: by the title, the first words, or the deed."""

from __future__ import annotations

import re

from summarywriter.chinese.dates import find_dates
from summarywriter.chinese.names import find_organisations
from summarywriter.chinese.quantities import find_quantities
from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.entries import MARKS, clean
from summarywriter.extract.eventnames import Event, any_head
from summarywriter.extract.events import events_in
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.sheet import Passage
from summarywriter.extract.words import mapping, pattern
from summarywriter.lexicon import verb

_LONGEST_NAME = 24
_SHORTEST_DEED = 4

_ANNOUNCED = re.compile(
    "(?:关于)?(?:举办|召开|开展|组织|举行)(?P<name>.{3,40}?)(?:情况)?的?(?:预|补充)?(?:通知|公告|邀请函|方案|预告|通报|报告|倡议书?|总结|简报)$"
)


def announced(title: Passage) -> Passage:
    """What a title announces: 關於舉辦|培訓班|的通知, 第五屆|文化節|落幕; of any other title, the whole."""
    form = folded(title.text)
    if len(form) != len(title.text) or not title.spans:
        return title
    match = _ANNOUNCED.search(form)
    if match is not None:
        return Passage(title.text[slice(*match.span("name"))], title.spans)
    for part in re.finditer("[^ 　—―]+", title.text):
        events = events_in(Sentence(title.spans[0], fold(part.group())))
        named = next((event for event in events if not event.bare), None)
        if named is not None:
            return Passage(part.group()[named.start : named.end], title.spans)
    return title


_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9])|[①-⑳])"
    r"(?:[0-9一二三四五六七八九十]{1,4}[年月日号至]|上午|下午|晚上?|,)*(?P<name>[^,;。:0-9]{4,24})(?=[,;。0-9]|$)"
)


def topic_in(sentence: Sentence) -> tuple[int, int] | None:
    """The part of a whole that a paragraph begins with: 農特產品展銷區|內, 陣地宣傳|方面."""
    match = pattern("topic").match(sentence.form.text)
    if match is None:
        beside = pattern("beside").match(sentence.form.text)
        return subject_in(sentence) if beside is None else beside.span(beside.lastgroup or 0)
    span = match.span("part") if match["part"] else match.span("matter")
    return None if pattern("no_topic").search(sentence.form.text[slice(*span)]) else span


def subject_in(sentence: Sentence) -> tuple[int, int] | None:
    """What a paragraph is about by its first words: 捐血活動|3月26日辦理, 酸菜文化課|是今年新開的."""
    match = pattern("dated_subject").match(sentence.form.text)
    if match is None or pattern("no_subject").search(match["thing"]):
        return None
    return match.span("thing")


def label_in(sentence: Sentence) -> tuple[int, int] | None:
    """What a paragraph says first that it is about: 開放參觀|：上午10點到12點, …; a sum's label is none."""
    match = pattern("paragraph_label").match(sentence.form.text)
    turned = pattern("goes_to_thing").match(sentence.form.text) or pattern("needs").match(sentence.form.text)
    if turned is not None and not pattern("label_of_text").search(turned["thing"]):
        return turned.span("thing")
    if match is None or voiced(sentence.form.text):
        return None
    span = next(match.span(name) for name in ("label", "also", "side", "of") if match[name])
    said = sentence.form.text[slice(*span)]
    if pattern("label_of_all").search(said) or pattern("label_of_text").search(said):
        return None
    return span


def listed_deed(unit: Sentence) -> tuple[int, int] | None:
    """What one clause of a list is about: 三是|評選好鄰居, 柳蔭社區為老人過生日."""
    form = unit.form.text
    point = pattern("point_clause").match(form)
    start = point.end() if point else 0
    if point is None and pattern("unit_clause").match(form) is None:
        return None
    stop = re.compile("[^,;。:]*").match(form, start)
    end = min(stop.end() if stop else start, start + _LONGEST_NAME)
    return (start, end) if end - start >= _SHORTEST_DEED else None


def voiced(form: str) -> bool:
    """Whether a label is a voice, as 問 or 小李 is."""
    return bool(pattern("voice").search(re.split("[:]", form, maxsplit=1)[0]))


def opener_of(sentence: Sentence) -> str:
    """What makes a paragraph one of several, by how it begins: a time, a number, a place; ``""`` for none."""
    form = sentence.form.text
    return next((kind for kind, each in mapping("opener").items() if each.match(form)), "")


def about(sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """What a paragraph of a campaign's news is about: where it was, and what was held there, else the deed.

    在錦繡社區，…的義診臺前排起了長隊 is about the 義診 in 錦繡社區.
    """
    form = sentence.form.text
    for name in ("one_thing", "one_number"):
        if (match := pattern(name).match(form)) is not None:
            return (match.span("thing"),)
    where = pattern("where").match(form)
    parts = [where.span("where")] if where else []
    done = next((event for event in events_in(sentence) if event.bare), None)
    if done is not None:
        return (*parts, (done.start, done.end))
    head = next(filter(_names, any_head().finditer(form, where.end() if where else 0)), None)
    if head is not None:
        return (*parts, head.span())
    deed = deed_in(sentence)
    if deed is not None and not any(a < deed[1] and deed[0] < b for a, b in parts):
        parts.append(deed)
    return tuple(parts)


def _names(head: re.Match[str]) -> bool:
    """Whether an ending found amid words names something: 義診|臺前, and no 宣傳|隊."""
    said = head.group()
    if len(said) < 2 or pattern("generic_head").fullmatch(said):  # noqa: PLR2004
        return False
    return not pattern("no_head").match(head.string, head.end()) or said in _FIRM


_FIRM = ("义诊", "讲座", "演练", "比赛", "培训")


def numbered_item(sentence: Sentence) -> tuple[int, int] | None:
    """What a numbered paragraph without a heading is about: its first clause."""
    match = _ITEM.match(sentence.form.text)
    return None if match is None else match.span("name")


def deed_in(sentence: Sentence, *, loose: bool = True) -> tuple[int, int] | None:
    """The words of a sentence that say what was done, where it names no event: 清理河道垃圾.

    The first clause that holds no figure and is no mere day; else where somebody went; else from a verb to
    the clause's end or its figure.

    Args:
        sentence: The sentence.
        loose: Whether the whole of a clause will do where it has no verb that is known.
    """
    form = sentence.form.text
    for clause in re.finditer("(?:(?<=[0-9]):(?=[0-9])|[^,;。:!?])+", form):
        when = pattern("when").match(clause.group())
        lead = when.end() if when else 0
        who = next((o.span.end for o in find_organisations(clause.group()[lead:]) if not o.span.start), 0)
        lead += who
        said = clause.group()[lead:].rstrip()
        counted = [(q.span.start, q.span.end) for q in find_quantities(clause.group())]
        where = pattern("place_end").match(said)
        no_deed = pattern("no_deed").match(said)
        dated = when and not clause.start() and re.search("[月日号]|[上下中]午|早上|傍晚|晚上?", when.group())
        if dated and pattern("short_deed").fullmatch(said) and not no_deed:
            return clause.start() + lead, clause.start() + lead + len(said)
        if not (counted or where or no_deed) and _SHORTEST_DEED <= len(said) <= _LONGEST_NAME:
            return clause.start() + lead, clause.start() + lead + len(said)
        if (went := pattern("went").search(clause.group())) is not None:
            return clause.start() + went.start(), clause.start() + went.end()
        for start in range(len(clause.group()) - 1):
            if any(a <= start < b for a, b in counted) or verb(clause.group()[start : start + 2]) is None:
                continue
            stop = next((a for a, _ in counted if a > start), len(clause.group()))
            said = clause.group()[start:stop]
            if len(said) >= _SHORTEST_DEED and not pattern("no_deed").match(said):
                stop = min(stop, start + _LONGEST_NAME)
                return clause.start() + start, clause.start() + stop
        if loose and not where and len(said) >= 2 * _SHORTEST_DEED and lead < len(clause.group()):
            stop = min(len(clause.group()), lead + _LONGEST_NAME)
            return clause.start() + lead, clause.start() + stop
    return None


def done_to(sentence: Sentence, event: Event) -> tuple[int, int]:
    """The words that name a deed: what was done where that says it, else the verb with its object.

    在路口設卡查酒駕，檢查車輛1430輛次 is no mere 檢查.
    """
    form = sentence.form.text
    deed = deed_in(sentence)
    if deed is not None and deed[0] < event.start and not pattern("no_deed").match(form, *deed):
        return deed
    stop = re.compile("[^,;。:0-9]*").match(form, event.end)
    return event.start, min(stop.end() if stop else event.end, event.start + _LONGEST_NAME)


def after_day(heading: str) -> str:
    """What a heading that begins with a day says was held on it; ``""`` where it is the day alone."""
    dates = find_dates(heading)
    if not dates or dates[0].span.start:
        return ""
    said = heading[dates[0].span.end :].strip(" 　,，:：()（）")
    return (
        said
        if len(re.findall("[一-鿿]", said)) > 1
        and not pattern("weather").fullmatch(re.split("[，,]", folded(said))[0])
        else ""
    )


def first_words(section: Section, text: str) -> Passage:
    """The first words of a section that has neither heading nor title."""
    span = section.span
    start = span.start
    if (line := text.find("\n", start, span.end)) >= 0 and is_letter(text[start:line]):
        start = line + 1
    start += len(text[start : span.end]) - len(text[start : span.end].lstrip(MARKS))
    said = re.split("[。，,；;：:\n]", text[start : span.end].strip(MARKS), maxsplit=1)[0]
    return Passage(said[:_LONGEST_NAME], (Span(start, start + len(said)),))


def is_letter(line: str) -> bool:
    """Whether a line is how a letter begins: 各位校友：."""
    return bool(pattern("salutation").match(folded(line.strip())))


def named_by(sentence: Sentence, text: str, start: int, end: int) -> Passage:
    """A part of a sentence as a name, in the source's characters."""
    span = sentence.source(start, end)
    return Passage(clean(text[span.start : span.end]), (span,))
