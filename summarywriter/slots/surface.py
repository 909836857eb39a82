"""The words of a fact: what the library writes where a slot stands, by the fact's kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from summarywriter.chinese.dates import DateValue, format_date
from summarywriter.chinese.measures import equivalents
from summarywriter.chinese.quantities import Quantity, format_quantity
from summarywriter.chinese.script import Script
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact, FactIndex
from summarywriter.facts.model import Organisers

GAP = "〔待補〕"
"""Written where a figure was lost, or a fact has gone from the sheet: a gap is shown, never filled."""

_GAP = {Script.HANT: GAP, Script.HANS: "〔待补〕"}
_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"', "《": "》", "〈": "〉"}
_TITLE = "《"
_FINAL = "。；;，,、.：: \t\r\n\u3000"


def gap(script: Script) -> str:
    """The mark of a gap, in ``script``."""
    return _GAP[script]


@dataclass(frozen=True, slots=True)
class Worded:
    """Text and the facts that stand inside it, at offsets from its start."""

    text: str
    inner: tuple[tuple[int, int, str], ...] = ()


def quantity_text(quantity: Quantity, script: Script, form: str = "") -> str:
    """A quantity as given, in the script's characters; lost figures as a gap.

    Args:
        quantity: The quantity.
        script: Script of the modifiers.
        form: Another measure word; taken only where the lexicon holds the two equal.
    """
    if quantity.masked:
        return gap(script) + quantity.unit
    text = format_quantity(quantity, script)
    if form and equivalent(quantity.unit, form):
        at = folded(text).rfind(folded(quantity.unit))
        if at >= 0:
            return text[:at] + form + text[at + len(quantity.unit) :]
    return text


def equivalent(unit: str, other: str) -> bool:
    """Whether two measure words count the same things the same way (人 and 名; never 人次)."""
    return folded(other) in equivalents(unit)


def date_text(value: DateValue, script: Script, *, year: bool, time: str | None) -> str:
    """A date in plain Chinese, with the time of day where ``time`` is given."""
    crosses = value.end is not None and year_of(value) != last_year_of(value)
    if value.more:  # each date of a list brings its own time of day
        return format_date(value, script=script, year=year or crosses)
    return format_date(replace(value, time=time), script=script, year=year or crosses, time=bool(time))


def year_of(value: DateValue) -> str:
    """The year a date starts in, masked or not, in comparison form; ``""`` where none is stated."""
    point = value.start
    return str(point.year) if point.year else folded(point.masked_year or "").lower()


def last_year_of(value: DateValue) -> str:
    """The year a date ends in; the first where no other is stated."""
    if value.more:
        return last_year_of(value.more[-1]) or year_of(value)
    point = value.end
    if point is None or not (point.year or point.masked_year):
        return year_of(value)
    return str(point.year) if point.year else folded(point.masked_year or "").lower()


def time_of(fact: Fact, index: FactIndex) -> str | None:
    """The time of day that belongs to a date: its own, or its activity's."""
    if fact.date is not None and fact.date.time:
        return fact.date.time
    activity = index.activity(fact.owner) if fact.owner else None
    return activity.time if activity else None


def names_text(group: Organisers, *, bare: bool = False) -> str:
    """Organisations in the order given, with 等 and their total where they are examples."""
    text = "、".join(one_line(name) for name in group.names)
    if bare:
        return text
    if group.total:
        # 等 belongs to examples; a total beside a whole list only counts it, in the same words.
        return f"{text}等{one_line(group.total)}" if text else one_line(group.total)
    return text if group.complete or not text else f"{text}等"


def quoted_text(text: str, *, title: bool) -> str:
    """Give a title 《》 and a theme or slogan “ ”, once: marks that the sheet has are not doubled."""
    line = one_line(text).strip()
    if line and line[0] in _PAIRS and _wraps(line):
        given, line = line[0], line[1:-1]
        if given in "《〈":
            return f"《{line}》"
    if title:
        return f"《{line}》"
    return "“" + line.translate(_INNER) + "”"


_INNER = str.maketrans({"“": "‘", "”": "’"})


def _wraps(text: str) -> bool:
    """Whether the first mark of ``text`` is closed by its last."""
    opener, closer = text[0], _PAIRS[text[0]]
    if opener == closer:
        return len(text) > 1 and text.endswith(closer) and closer not in text[1:-1]
    depth = 0
    for position, char in enumerate(text):
        depth += (char == opener) - (char == closer)
        if depth == 0:
            return position == len(text) - 1
    return False


def unquoted(text: str) -> str:
    """Without the outermost marks, for a place where the writer has set them already."""
    return text[1:-1] if len(text) > 1 and text[0] in _PAIRS and _wraps(text) else text


def closes(opener: str, closer: str) -> bool:
    """Whether a writer's marks before and after a slot are a pair."""
    return _PAIRS.get(opener) == closer != ""


def free_text(fact: Fact, index: FactIndex, script: Script) -> Worded:
    """A free-text fact as given, on one line, without its final punctuation; lost figures as gaps."""
    inside = [part for part in index.parts(fact.id) if part.span is not None]
    lost = {
        part.span.start: (part.span.end, quantity_text(part.quantity, script))
        for part in inside
        if part.span is not None and part.quantity is not None and part.quantity.masked
    }
    text, offsets = _printable(fact.text, lost)
    inner = tuple(
        (offsets[part.span.start], offsets[part.span.end], part.id)
        for part in inside
        if part.span is not None and offsets[part.span.start] < offsets[part.span.end]
    )
    return Worded(text, inner)


def one_line(text: str) -> str:
    """Text of a sheet that may span lines, as it is printed: on one, with no control characters."""
    return _printable(text, {}, final="")[0]


def _printable(
    text: str, replaced: dict[int, tuple[int, str]], *, final: str = _FINAL
) -> tuple[str, tuple[int, ...]]:
    """Clean a fact's text and say where each character went (``len(text) + 1`` offsets)."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip().rstrip(final))
    if not replaced and text.isprintable():  # nothing in it to be left out: nearly every fact
        last = max(first, last)
        inside, after = range(last - first), (last - first,) * (len(text) - last + 1)
        return text[first:last], (*(0,) * first, *inside, *after)
    out: list[str] = []
    offsets: list[int] = []
    length, skip_to = 0, 0
    for position, char in enumerate(text):
        offsets.append(length)
        if position < max(first, skip_to) or position >= last:
            continue
        shown = char
        if position in replaced:
            skip_to, shown = replaced[position]
        elif char.isspace() and char != "\u3000":
            joins = _is_word(text[position - 1 : position]) and _is_word(text[position + 1 : position + 2])
            shown = " " if joins or char == " " else ""
        elif not char.isprintable() and char != "\u3000":
            shown = ""
        out.append(shown)
        length += len(shown)
    offsets.append(length)
    return "".join(out), tuple(offsets)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
