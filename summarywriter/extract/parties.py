"""Who did it, who was there, and where: read off one sentence."""

from __future__ import annotations

import re

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.outline import Sentence
from summarywriter.extract.sheet import Doing, Filling, Human, Party, Passage
from summarywriter.extract.values import Found, ValueKind
from summarywriter.extract.words import table


def place_of(text: str, values: list[Found]) -> Passage | None:
    """The first place that a sentence names."""
    for value in values:
        if value.kind is ValueKind.PLACE:
            return Passage(text[value.span.start : value.span.end], (value.span,))
    return None


def take_parties(doing: Doing, text: str, values: list[Found], taken: set[Span], *, before: int) -> None:
    """Organisations that stand before the verb that holds the event, as those who held it."""
    named = [v for v in values if v.kind is ValueKind.ORGANISATION and v.span.end <= before]
    runs = _runs(text, [v for v in named if v.span not in taken and not _is_in_place(doing, v)])
    if doing.parties:
        return
    for run in runs:
        after = folded(text[run[-1].span.end : run[-1].span.end + 12])
        party = Party(
            [Passage(v.text, (v.span,)) for v in run], role=_role(after), complete=not after.startswith("等")
        )
        if _TOTAL.match(after):
            _give_total(party, text, run[-1].span.end + 1, values, taken)
        doing.parties.append(party)
        taken.update(v.span for v in run)


def _role(after: str) -> str:
    if after.startswith(("组织", "会同", "邀请", "召集")):
        return "組織"
    return next((role for role, each in table()["party_roles"].items() if re.search(folded(each), after)), "")


_TOTAL = re.compile(r"等(?=[0-9一二三四五六七八九十])")


def _give_total(party: Party, text: str, start: int, values: list[Found], taken: set[Span]) -> None:
    """甲、乙等15個單位: the quantity counts the organisations."""
    for value in values:
        if value.kind is ValueKind.QUANTITY and value.span.start == start:
            noun = re.match("(?:成員單位|成员单位|單位|单位|部門|部门|機構|机构)?", text[value.span.end :])
            party.total = value.text + (noun.group() if noun else "")
            taken.add(value.span)


def parties_in(text: str, values: list[Found], taken: set[Span]) -> list[Party]:
    """Organisations that an opening names in a role: 由甲、乙聯合牽頭."""
    parties: list[Party] = []
    for run in _runs(text, [v for v in values if v.kind is ValueKind.ORGANISATION and v.span not in taken]):
        after = folded(text[run[-1].span.end : run[-1].span.end + 8])
        role = next(
            (r for r, each in table()["party_roles"].items() if re.match(f".{{0,4}}{folded(each)}", after)),
            "",
        )
        if role:
            parties.append(
                Party([Passage(v.text, (v.span,)) for v in run], role, complete=not after.startswith("等"))
            )
            taken.update(v.span for v in run)
    return parties


def _runs(text: str, values: list[Found]) -> list[list[Found]]:
    """Organisations in a row, joined by 、 or 和."""
    runs: list[list[Found]] = []
    for value in values:
        between = text[runs[-1][-1].span.end : value.span.start] if runs else None
        if between is not None and re.fullmatch("、|和|与|與|及|以及|,|，", between):
            runs[-1].append(value)
        else:
            runs.append([value])
    return runs


def _is_in_place(doing: Doing, value: Found) -> bool:
    place = doing.place
    return place is not None and any(s.start <= value.span.start < s.end for s in place.spans)


def take_people(doing: Doing, sentence: Sentence, text: str, values: list[Found], taken: set[Span]) -> None:
    """People named in the sentence, with what they did there, in the source's characters."""
    form = sentence.form.text
    for value in values:
        if value.kind is not ValueKind.PERSON or value.span in taken:
            continue
        start = value.span.end - sentence.span.start
        after = re.split("[。;]", form[start : start + _NEAR])[0]
        duty = next((d for d in map(folded, table()["duties"]) if d in after), "")
        if duty:
            spot = sentence.source(start + after.index(duty), start + after.index(duty) + len(duty))
            duty = text[spot.start : spot.end]
        if not any(folded(h.name.text) == folded(value.text) for h in doing.people):
            doing.people.append(Human(Passage(value.text, (value.span,)), post=value.post or "", role=duty))
        taken.add(value.span)


_NEAR = 26


# --- the theme ---------------------------------------------------------------------------------------

_THEME = (
    re.compile(r"以(?P<q>“[^”]+”)(?:为|作为)(?:活动)?(?:的)?(?:主题|主线)"),
    re.compile(r"主题(?:是|为|:)?(?P<q>“[^”]+”)"),
    re.compile(r"(?:围绕|紧扣|突出|按照)(?P<q>“[^”]+”)(?:这一|的|这个)?(?:[一-鿿]{0,6}?)(?:主题|主线)"),
)


def theme_in(form: str, span: Span, values: list[Found], sheet: Filling, taken: set[Span]) -> None:
    """The theme, where a sentence says which quotation is it."""
    if sheet.theme is not None:
        return
    for each in _THEME:
        if match := each.search(form):
            for value in values:
                if value.kind is ValueKind.QUOTE and value.span.start - span.start == match.start("q"):
                    sheet.theme = value
                    taken.add(value.span)
                    return
