"""Figures whose value no fact states: which stated one each was meant to be, if any."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from summarywriter.chinese.quantities import Modifier, QuantityMention
from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.around import Around
from summarywriter.verify.bound import GOOD_FIT, RIVAL_FIT, Binding, same_unit
from summarywriter.verify.derived import derivation, entails, is_right_duration, is_slip
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.words import either, words

Fit = Callable[[Counted], float]


class Seeker:
    """Looks figures up by the words they go with."""

    def __init__(self, analysis: Analysis, known: Known, told: set[int]) -> None:
        """Take the text, the sheet and the identities of what is rightly told already."""
        self._analysis, self._known, self._told = analysis, known, told
        self._by_token: dict[str, list[Counted]] = {}
        for item in known.counted:
            if item.facts:
                for token in item.object | item.action | item.verbs:
                    self._by_token.setdefault(token, []).append(item)

    def seek(  # noqa: PLR0911  a question a line
        self, mention: QuantityMention, around: Around
    ) -> Binding | None:
        """What is wrong with a figure, or ``None`` where it needs no fact (it counts a list just given)."""
        quantity = mention.quantity
        if quantity.value is None:
            return None

        def fit(counted: Counted) -> float:
            return counted.fit(around.tokens)

        if _is_passed(mention) and any(
            c.quantity.modifier is Modifier.OVER and same_unit(c.quantity, mention)
            for c in self._known.values.get((quantity.value, quantity.high), ())
        ):
            return None
        if not re.search(f"{either(words('lasted'))}[了近约共达]*$", around.before) and is_right_duration(
            quantity, self._known
        ):
            return None  # 三天裏, of what was held from the 18th to the 20th
        same = self._known.values.get((quantity.value, quantity.high), ())
        other = not any(same_unit(c.quantity, mention) for c in same)
        if other and counts_a_list(self._analysis, self._known, mention):
            return None  # …種植四項內容, where 四次 is stated of something else
        if (found := self._misworded(mention, same, fit)) is not None:
            weaker = found[0] == "SW104" and entails(found[1].quantity, quantity)
            return Binding(mention, around, found[1], found[0], topic="weaker_figures" if weaker else "")
        if self._is_glossed(mention) and any(c.facts for c in same):
            return None
        if any(not c.facts and same_unit(c.quantity, mention) for c in same):
            return None
        if counts_a_list(self._analysis, self._known, mention) or self._counts_points(mention):
            return None
        verdict, meant = self._miscopied(mention, around, fit)
        return Binding(mention, around, meant, verdict, topic=self._topic(verdict, meant, mention))

    def _is_glossed(self, mention: QuantityMention) -> bool:
        """Whether a number's measure word follows a gloss in brackets: 11.2萬（112000）人次."""
        return (
            not mention.quantity.unit_key
            and self._analysis.form[mention.span.end : mention.span.end + 1] == "("
        )

    def _counts_points(self, mention: QuantityMention) -> bool:
        """兩件事, 三項數據: in words and few, they count what the text itself tells."""
        quantity = mention.quantity
        told = self._analysis.form[mention.span.start]
        if (
            told.isdigit()
            or quantity.value is None
            or quantity.value > _FEW
            or quantity.modifier is not Modifier.EXACT
        ):
            return False
        return quantity.unit_key in words("counted_as_points")

    def _topic(self, verdict: str, meant: Counted | None, mention: QuantityMention) -> str:
        """What a house may have ruled on such a figure."""
        if verdict == "SW107":
            if _is_duration(mention):
                return "derived_durations" if is_right_duration(mention.quantity, self._known) else ""
            return derivation(mention.quantity, self._known)
        return "weaker_figures" if meant is not None and entails(meant.quantity, mention.quantity) else ""

    def _misworded(
        self, mention: QuantityMention, same: Sequence[Counted], fit: Fit
    ) -> tuple[str, Counted] | None:
        """The number is a stated one: its modifier or its measure word is not."""
        grams = self._analysis.sentence_at(mention.span.start).grams
        if self._is_glossed(mention):
            return None
        fitting = [c for c in same if c.facts and (fit(c) > 0 or c.fit(grams) > 0)]
        if blurred := [c for c in fitting if same_unit(c.quantity, mention)]:
            return "SW104", max(blurred, key=fit)
        if fitting and max(map(fit, fitting)) >= GOOD_FIT:
            return "SW103", max(fitting, key=fit)
        return None

    def _miscopied(self, mention: QuantityMention, around: Around, fit: Fit) -> tuple[str, Counted | None]:
        """The number is none that is stated: a lost one filled in, a slip, worked out, altered or made up."""
        near = [c for c in self._near(around.tokens) if same_unit(c.quantity, mention)]
        if lost := [c for c in near if c.quantity.masked and fit(c) > 0]:
            return "SW108", max(lost, key=fit)
        meant = [c for c in near if fit(c) >= GOOD_FIT and c.quantity.value]
        if slips := [c for c in meant if is_slip(c.quantity, mention.quantity)]:
            return "SW102", max(slips, key=fit)
        if _is_duration(mention) or derivation(mention.quantity, self._known):
            return "SW107", None
        if meant:
            return "SW102", max(meant, key=lambda c: (id(c) not in self._told, fit(c)))
        grams = self._analysis.sentence_at(mention.span.start).grams
        nested = [c for c in self._known.counted if c.facts and not c.action and id(c) not in self._told
                  and same_unit(c.quantity, mention) and c.fit(grams) >= RIVAL_FIT]  # fmt: skip
        if nested:
            return "SW102", max(nested, key=lambda c: c.fit(grams))
        return "SW101", None

    def _near(self, tokens: frozenset[str]) -> list[Counted]:
        found = {id(c): c for token in tokens if token in self._by_token for c in self._by_token[token]}
        return list(found.values())


def _is_passed(mention: QuantityMention) -> bool:
    """兩小時還到不了 says 超過兩小時."""
    return re.match("[还都也仍]+(?:到不|没|未|不)", folded(mention.tail)) is not None


def _is_duration(mention: QuantityMention) -> bool:
    unit = mention.quantity.unit_key
    return unit in words("duration_unit") or re.match("[半多]?个?(?:月|小时|星期)", mention.tail) is not None


#: 問題主要有兩個： is so short before its colon.
_SHORT = 12
#: 三項活動 speaks of what has been told; so many are not counted at a glance.
_FEW = 10
#: Lists longer than this are not counted in words.
_LONG_LIST = 20
#: A list that a count counts begins no farther before it: twenty names of twenty characters.
_FARTHEST = 400
_LIST_MARK = re.compile(r"、|以及|和|与|及|;")


#: Measure words that a noun may have grown to: 三個部門.
_GENERAL = ("个", "家", "位")


def counts_a_list(analysis: Analysis, known: Known, mention: QuantityMention) -> bool:
    """Whether a figure counts what has just been listed: 望湖中學、育才路小學兩所學校."""
    value = mention.quantity.value
    if value is None or mention.quantity.modifier is not Modifier.EXACT or not 1 <= value <= _LONG_LIST:
        return False
    unit = mention.quantity.unit_key
    if unit not in words("counted_by_list") and unit[:1] not in _GENERAL:
        return False
    form, (start, end) = analysis.form, mention.span
    if value == 1:
        return form[start] != "1"
    after = form[end : end + 80]
    if _counts_what_was_told(known, mention, form[max(0, start - _SHORT) : start], after):
        return True
    return _has_so_many(analysis, known, mention, value)


def _counts_what_was_told(known: Known, mention: QuantityMention, before: str, after: str) -> bool:
    """三項活動, where no fact counts activities."""
    value = mention.quantity.value
    if value is None or value > _FEW:
        return False
    things = either(words("told_things"))
    stated = (c for c in known.counted if c.facts and c.quantity.same_unit(mention.quantity))
    counted = any("活动" in c.label or "工作" in c.label for c in stated)
    if not counted and re.search(f"{things}[^,;。:]{{0,6}}$", before) and re.match("[,;。:]", after):
        return True  # 問題主要有三個。 上門的事辦了三件。
    if not re.match(f"(?:大|类|种)?[一-鿿]{{0,4}}?{things}", after):
        return False
    return not counted


def _has_so_many(  # noqa: PLR0911  a way of listing a line
    analysis: Analysis, known: Known, mention: QuantityMention, value: Decimal
) -> bool:
    """Whether as many names stand before a count, or after it."""
    form, (start, end) = analysis.form, mention.span
    said = form[max(analysis.sentence_at(start).start, start - _FARTHEST) : start]
    before = re.split("[,;:。\n]", said)[-1]
    after = form[end : end + 80]
    if len(_LIST_MARK.findall(before)) + 1 == value:
        return True
    if _are_stated(known, form[end : end + 4], value):
        return True
    unit = mention.quantity.unit_key
    # 中山路站…，大學城站…，兩站: so many of them have been named.
    if unit in words("place_unit") and value <= len(re.findall(f"(?<=[一-鿿]){unit}", said)):
        return True
    if named := re.match("[^,;。:]{0,6},?(?:即|分别是|分别为|包括|为)([^,;。]+)", after):
        return len(_LIST_MARK.findall(named[1])) + 1 == value
    if named := re.match(r"[^,;。:()]{0,6}\(([^()]+)\)", after):
        return named[1].count("、") + 1 == value  # 四家媒體（…、…、…、…）
    if value <= _FEW and re.match("[^。]{0,12}(?:中,|里,)?前者", after):
        return True  # 兩個崗位中，前者…，後者…
    head, colon, tail = after.partition(":")
    if colon and len(head) < _SHORT:
        if re.search(r"一是|1\.|\([一1]\)|其一|一、|首先", tail):
            return True
        listed = re.split("[。,]", tail)[0]
        if value in {len(_LIST_MARK.findall(listed)) + 1, listed.count("、") + 1, listed.count(";") + 1}:
            return True
    if "其一" in after or "一是" in after:
        return True
    if mention.quantity.unit_key in ("人", "名", "位") and value == len(
        {m.text for m in analysis.persons if start - len(said) <= m.span.start < start}
        | {name for name in known.people if name in said}
    ):
        return True  # …三人各司其職
    named_in_full = [
        fact.organisers.names
        for fact in known.index
        if fact.organisers is not None and fact.organisers.complete and not fact.organisers.total
        and Decimal(len(fact.organisers.names)) == value
    ]  # fmt: skip
    grams = content_ngrams(before) if named_in_full else frozenset()
    return any(content_ngrams(name) & grams for names in named_in_full for name in names)


def _are_stated(known: Known, noun: str, value: Decimal) -> bool:
    """Whether the sheet names as many of a kind: 兩個社區, where it has two by name."""
    return any(
        len(noun[:length]) == length
        and len({name for name in (*known.bodies, *known.places) if name.endswith(noun[:length])}) == value
        for length in (2, 3)
    ) or any(_lists(fact.text, noun, value) for fact in known.index if fact.kind is FactKind.PLACE)


def _lists(text: str, noun: str, value: Decimal) -> bool:
    """三個園區, where a place is 高新區、臨港產業園、食品產業園: of that kind, however each is called."""
    parts = folded(text).split("、")
    return (
        len(parts) == value
        and len(noun) > 1
        and (parts[-1].endswith(noun[0]) or parts[-1].endswith(noun[:2]))
    )
