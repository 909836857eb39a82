"""SW106: a stated figure that stands with an activity other than its own."""

from __future__ import annotations

from summarywriter.chinese.text import content_ngrams, folded
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.context import Contexts
from summarywriter.verify.known import Counted, Doing, Known

#: A date farther before a figure is not held against it, nor an activity named farther.
_FAR, _LEAD = 200, 400
#: An activity is named by so many of the words that are its name's alone, and by two at least.
_NAMED = 0.6


def _is_told_of_another(known: Known, analysis: Analysis, doing: Doing, best: Counted, start: int) -> bool:
    """Whether what leads up to a figure names another activity in full, and nothing of the figure's own."""
    sentence = analysis.sentence_at(start)
    clause = analysis.clause_at(start)
    lead = analysis.form[max(sentence.start, start - _LEAD) : start]
    lead = lead[max(lead.rfind(mark) for mark in ";:") + 1 :]
    own = doing.own - best.object - best.action
    grams = content_ngrams(lead)
    if grams & (own | doing.marks) or clause.grams & own or not own:
        return False
    if _opens_with_its_thing(analysis, best, start):
        return False
    others = [
        other for other in known.doings.values()
        if other.id != doing.id and len(other.own) > 1
        and len(other.own & grams) >= _NAMED * len(other.own)
    ]  # fmt: skip
    if not others:
        return False
    # 設接種證查驗臺 is a thing of this activity, although another is called 接種證查驗.
    mine = content_ngrams(known.told_of(doing.id))
    return any(len((other.own - mine) & grams) >= _NAMED * len(other.own) for other in others)


def _opens_with_its_thing(analysis: Analysis, best: Counted, start: int) -> bool:
    """Whether a clause opens with what is counted: 幫教協議則簽訂了97份 goes on to another thing.

    One that opens with a verb (，展出作品217件) goes on about whom or what was told before.
    """
    clause = analysis.clause_at(start)
    lead = analysis.form[clause.start : start].rstrip("达为约近超")
    return lead[:2] in best.object and lead != folded(best.label)


def _is_dated(analysis: Analysis, doing: Doing, start: int) -> bool:
    """Whether the part of the sentence since the last ; has a date of the activity's: ；11月，發布崗位…."""
    sentence = analysis.sentence_at(start)
    first = max(sentence.start, start - _FAR)
    first = max(first, analysis.form.rfind(";", first, start) + 1)
    days = {day.start.month for day in doing.dates} | {day.end.month for day in doing.dates if day.end}
    return any(
        m.value.start.month is not None and m.value.start.month in days
        for m in analysis.dates_in(first, start)
    )


def is_misplaced(known: Known, context: Contexts, best: Counted, start: int, analysis: Analysis) -> bool:
    """Whether what stands about a figure names another activity, and nothing of its own."""
    number = analysis.sentence_index(start)
    here = context.at(number)
    doing = known.doings.get(best.activity or "")
    if doing is not None and _is_told_of_another(known, analysis, doing, best, start):
        return True
    if not here or best.activity in here or doing is None:
        return False
    grams = analysis.sentences[number].grams
    if grams & (doing.own | doing.marks) or best.activity in context.carried[number]:
        return False
    if _opens_with_its_thing(analysis, best, start) or _is_dated(analysis, doing, start):
        return False
    # Only where the sentence has named another activity: a paragraph may move on unannounced.
    sentence = analysis.sentences[number]
    lead = content_ngrams(analysis.form[max(sentence.start, start - _LEAD) : start])
    return any(lead & known.doings[key].own for key in context.named[number])
