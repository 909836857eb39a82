"""The words about each figure of a text: which noun and verb are its own, in a clause with several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarywriter.chinese.quantities import QuantityMention
from summarywriter.chinese.text import content_ngrams
from summarywriter.verify.analysis import Analysis, Part
from summarywriter.verify.words import concepts

#: How many characters beside a figure hold the noun that it counts.
_NEAR = 6
#: Farther words say nothing of a figure, and a text without marks must not take quadratic time.
_FAR = 60


@dataclass(frozen=True, slots=True)
class Around:
    """The words about a figure.

    Attributes:
        before: What stands before it in its clause, up to the figure before.
        after: What stands after it, up to the next figure.
        tokens: Bigrams and groups of like words of both.
        near: The same of the few characters beside it.
    """

    before: str
    after: str
    tokens: frozenset[str]
    near: frozenset[str]


def tokens_of(form: str) -> frozenset[str]:
    """Bigrams, groups of like words, and single characters, which stand for words that have no bigram."""
    return content_ngrams(form) | concepts(form) | frozenset(form)


#: 240塊標識牌中已更換165塊: what stands from 中 on is said of the part.
_PART = re.compile(
    r"[、,]|\((?=[^)]*$)|(?:和|及|与|以及|并)(?=$)|其中|(?<![集其])中(?=[已有共未尚]|完成|实现|获|被|评)"
)
#: What stands before a figure and says nothing of what it counts.
_COUNTERS = re.compile(r"[共计总合累达到为有了已约等数分别、,;:\s]")
_PART_ENDS = re.compile("其中|中(?=[已有共约未尚]|$)")
_ITEM = re.compile(r"[、,]|(?:和|及|与|以及|并)(?=$)")


def surroundings(analysis: Analysis) -> Iterator[tuple[QuantityMention, Around]]:
    """Every figure with the words about it, in order."""
    form, mentions = analysis.form, analysis.quantities
    for number, mention in enumerate(mentions):
        clause = analysis.clause_at(mention.span.start)
        start, end = clause.start, clause.end
        if number and mentions[number - 1].span.end > clause.start:
            start = mentions[number - 1].span.end
            # A item of a list ends at its mark: what stands before the mark belongs to the figure before.
            cut = _ITEM.search(form, start, mention.span.start) or _PART_ENDS.search(
                form, start, mention.span.start
            )
            start = cut.end() if cut else start
        if number + 1 < len(mentions) and mentions[number + 1].span.start < clause.end:
            end = mentions[number + 1].span.start
            if cut := _PART.search(form, mention.span.end, end):
                end = cut.start()
            elif form.startswith(("中", "里"), mention.span.end):
                end = mention.span.end  # 312人中考核合格297人
        before, after = form[start : mention.span.start], form[mention.span.end : end]
        # A measure word may hold a noun: 9支隊伍.
        own = tokens_of(mention.quantity.unit) if len(mention.quantity.unit) > 2 else frozenset()  # noqa: PLR2004
        tokens = tokens_of(before) | tokens_of(after) | own
        bare = not _COUNTERS.sub("", before)
        part = form.startswith(("中", "里"), mention.span.end)
        if bare and not part and not {t for t in tokens if len(t) > 1}:
            # 1100餘人用6分鐘完成疏散: the deed stands past the next figure.
            after = form[mention.span.end : min(clause.end, mention.span.end + _FAR)]
            tokens = tokens_of(after) | own
        if bare and not {t for t in tokens if len(t) > 1}:
            before = _wider(analysis, clause, mention)
            tokens = tokens_of(before) | tokens_of(after) | own
        stem = re.sub(r"(?:共计?|总共|合计|累计|达到?|为|有|计|了|已|其中|约|人数)+$", "", before)
        near = own or tokens_of(stem[-_NEAR:]) | tokens_of(after.lstrip("的")[:_NEAR])
        yield mention, Around(before, after, tokens, near)


def _wider(analysis: Analysis, clause: Part, mention: QuantityMention) -> str:
    """A clause with a figure and no noun (，共計3600份) goes on about the clause before it."""
    sentence = analysis.sentence_at(mention.span.start)
    before = analysis.form[max(sentence.start, clause.start - _FAR) : clause.start]
    return (
        before[max(before.rfind(mark, 0, -1) for mark in ",;:") + 1 :]
        + analysis.form[max(clause.start, mention.span.start - _FAR) : mention.span.start]
    )
