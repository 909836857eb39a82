"""Another noun that is counted, where a figure's own should stand: 參加乘客8600人次, 其中國畫87件."""

from __future__ import annotations

import functools
import re

from summarywriter.chinese.quantities import QuantityMention
from summarywriter.chinese.text import folded
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.around import Around
from summarywriter.verify.known import Counted, Known
from summarywriter.verify.rivals import long_grams
from summarywriter.verify.words import concepts, either, words


#: Those who did it, named between a figure and its deed: 350名執勤關員觀看.
@functools.cache
def _whom() -> re.Pattern[str]:
    return re.compile(f"的?[一-鿿]{{0,4}}?([一-鿿][员警兵师工生童])(?={either(words('took_part'))}|[,;。])")


@functools.cache
def _got() -> re.Pattern[str]:
    """What people are said to have come away with: 731人次|領到免費藥品, where 731 were treated."""
    return re.compile(either(words("got")))


#: What leads up to a figure and says nothing of what it counts.
_LEADS = "共计总合累达到为有了约近超"


def _by_its_deed(known: Known, best: Counted, around: Around) -> bool | None:
    """Whether a figure of a deed alone is told of another deed or crowd; ``None`` where it does not show."""
    if not best.object and best.action and (got := _got().match(around.after)) is not None:
        return not set(got.group()) & set(folded(best.label)) and not known.says(around.after[:4])
    crowd = not best.object and folded(best.label).endswith("群众")
    if crowd and around.before.rstrip(_LEADS).endswith(words("no_crowd")):
        return True  # 轉移村幹部468人, where 468 villagers were moved
    return None


def counts_another_noun(
    analysis: Analysis, known: Known, best: Counted, mention: QuantityMention, around: Around
) -> bool:
    """Whether another noun that is counted stands where the figure's own should: 參加乘客8600人次."""
    if (sure := _by_its_deed(known, best, around)) is not None:
        return sure
    if (
        len(best.head) < 2  # noqa: PLR2004
        or best.actor
        or best.head in around.tokens
        or best.object & long_grams(around.tokens)
    ):
        return False
    stem = around.before.rstrip(_LEADS)
    after = analysis.form[mention.span.end : mention.span.end + 4].lstrip("的")
    if _is_other_part(best, analysis.form, mention):
        return True
    noun = _beside(known, after, stem)
    if noun is None and _is_other_thing(known, best, stem):
        return True
    if noun is None and (whom := _whom().match(analysis.form, mention.span.end)) is not None:
        noun = whom[1] if best.head[-1] not in "人众者员工" else None
    if (
        noun is None
        or noun in folded(best.label)
        or set(noun) & set("".join(best.object))
        or concepts(noun) & concepts(best.label)
    ):
        return False
    if noun in words("contestant") and "赛" in folded(best.label):
        return False  # 42名選手參賽, where 參賽職工 are counted
    verb = folded(best.label)[:2]
    if _are_apart(noun, _who(best)):
        return True
    return bool(best.verbs & around.tokens) or verb in around.before or verb in around.after


_PART = re.compile("其中(?:[^,;。]{0,20}[,、])?(?P<noun>[一-鿿]{2,4})$")


def _is_other_part(best: Counted, form: str, mention: QuantityMention) -> bool:
    """其中國畫87件, where 87 of the works are 剪紙."""
    start, end = mention.span
    part = _PART.search(form[max(0, start - 30) : start])
    if part is None or not re.match("[,;。、)]|$", form[end : end + 1]):
        return False
    noun = part["noun"]
    if noun.endswith((*words("any_thing"), *words("counts_itself"))) or concepts(noun) & concepts(best.label):
        return False
    return bool(best.object) and not set(noun) & set(folded(best.label))


def _is_other_thing(known: Known, best: Counted, stem: str) -> bool:
    """發放聘書2300份, where 2300 leaflets were handed out, and the sheet has 聘書 too."""
    label = folded(best.label)
    deed = label[: -len(best.head)][:2] if best.head not in words("any_thing") else ""
    noun = re.search(f"{re.escape(deed)}了?([一-鿿]{{2,4}})$", stem) if len(deed) > 1 else None
    return (
        noun is not None
        and known.says(noun[1])
        and not set(noun[1]) & set(label)
        and not concepts(noun[1]) & concepts(best.label)
        and not noun[1].endswith((*words("any_thing"), *words("counts_itself")))
    )


def _beside(known: Known, after: str, stem: str) -> str | None:
    """The longest counted noun right after a figure, or right before it."""
    for length in (4, 3, 2):
        for noun in (after[:length], stem[-length:]):
            if len(noun) == length and noun in known.nouns:
                return noun
    return None


def _who(best: Counted) -> str:
    """The noun of people that a label ends in, or its last two characters: 接待初中生, 疏散碼頭工人."""
    label = folded(best.label)
    return max((noun for noun in words("people_noun") if label.endswith(noun)), key=len, default=best.head)


def _are_apart(one: str, other: str) -> bool:
    """Whether two nouns name people who cannot be the same: 家長 and 教師, 志願者 and 聽眾."""
    serving, served = words("serving"), words("served")
    if (one in serving and other in served) or (one in served and other in serving):
        return True
    if one in serving and other in serving and one[:2] != other[:2]:
        return not {one, other} <= {"志愿者", "志工", "义工"}
    calling, unpaid = words("profession"), ("志愿者", "志工", "义工")
    if (one in calling and other in unpaid) or (one in unpaid and other in calling):
        return True
    parting = {*words("taking_part"), *words("contestant")}
    return all(noun in words("people_noun") and noun not in parting for noun in (one, other))
