"""Which section of a new summary a pinned passage of an earlier one belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from summarywriter.assemble import section_telling
from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex
from summarywriter.pins.pinned import NUMERAL, Passage, PinnedText, without_numeral
from summarywriter.plan import DocumentPlan, SectionPlan

ALIKE = 0.55
"""Share of characters in common from which two sentences are versions of one."""
_CLOSING = ("", "。", "：", ":", ".", "；")


def likeness(one: str, other: str) -> float:
    """How much two sentences have in common, from 0 to 1, in comparison form; 0 where it is too little."""
    matcher = SequenceMatcher(None, folded(one), folded(other), autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


class Places:
    """The sections of a plan, and how to find the one that a passage belongs to.

    By the heading above it, if the new summary has that heading; else by the facts that it tells; else by the
    words beside it.

    Args:
        earlier: The earlier text.
        plan: The plan of the new one.
        index: The facts.
        texts: The sentences of each section of the new one.
    """

    def __init__(
        self, earlier: PinnedText, plan: DocumentPlan, index: FactIndex, texts: Mapping[str, Sequence[str]]
    ) -> None:
        self._earlier = earlier
        self._plan = plan
        self._index = index
        self._texts = texts
        self._regions = self._under_headings()

    def section(self, passage: Passage, facts: frozenset[str]) -> str | None:
        """Id of the section for a passage that tells ``facts``; ``None`` if it has no place."""
        under = self._regions[passage.line]
        every = tuple(section.id for section in self._plan.sections)
        for sections in (under, every) if under else (every,):
            found = self.telling(facts, sections) or self._beside(passage, sections)
            if found is not None:
                return found
            if sections is under:
                with_text = [section for section in sections if self._texts.get(section)]
                return (with_text or list(sections))[-1]
        return None

    def heading(self, passage: Passage, facts_below: frozenset[str]) -> str | None:
        """Id of the section that a pinned heading heads, by its words, what stands below it, its numeral."""
        sections = [section for section in self._plan.sections if section.heading is not None]
        for section in sections:
            if _heads(passage.text, section):
                return section.id
        found = self.telling(facts_below, tuple(section.id for section in sections))
        if found is not None:
            return found
        numeral = passage.text.removesuffix(without_numeral(passage.text)).strip()
        same = [section.id for section in sections if numeral and section.number == numeral]
        return same[0] if len(same) == 1 else None

    def telling(self, facts: frozenset[str], sections: Sequence[str]) -> str | None:
        """The section that should tell most of the facts."""
        owners = [section_telling(fact, self._plan, self._index) for fact in sorted(facts)]
        counts = {section: owners.count(section) for section in sections}
        best = max(counts, key=lambda section: counts[section], default=None)
        return best if best is not None and counts[best] else None

    def _beside(self, passage: Passage, sections: Sequence[str]) -> str | None:
        """The section that has the sentence itself, or one beside it."""
        before, after = self._earlier.around(passage)
        for sentence in (passage.text, before, after):
            if not sentence:
                continue
            ratios = {
                section: max((likeness(sentence, text) for text in self._texts.get(section, ())), default=0.0)
                for section in sections
            }
            best = max(ratios, key=lambda section: ratios[section], default=None)
            if best is not None and ratios[best]:
                return best
        return None

    def _under_headings(self) -> list[tuple[str, ...]]:
        """For each line of the earlier text the sections of the new one that stand under its heading."""
        groups: list[tuple[SectionPlan | None, list[str]]] = [(None, [])]
        for section in self._plan.sections:
            if section.heading is not None:
                groups.append((section, []))
            groups[-1][1].append(section.id)
        lines = self._earlier.text.split("\n")
        is_ours = any(_heads(line, head) for line in lines for head, _ in groups if head is not None)
        # What stands above the first heading; in a text with none of our headings, that may be anything.
        current = tuple(groups[0][1]) if is_ours or len(groups) == 1 else ()
        runs_in = any(section.run_in for section in self._plan.sections)
        regions = []
        for line, kind in zip(lines, self._earlier.kinds, strict=True):
            found = next((ids for head, ids in groups if head is not None and _heads(line, head)), None)
            if found is not None:
                current = tuple(found)
            elif kind == "heading" or (runs_in and NUMERAL.match(line)):  # one that the new summary has not
                current = ()
            regions.append(current)
        return regions


def _heads(line: str, section: SectionPlan) -> bool:
    """Whether a line is, or begins with, the heading of a section, whatever its numeral."""
    heading, words = folded(section.heading or ""), folded(without_numeral(line)).strip()
    if not heading or not words.startswith(heading):
        return False
    return words[len(heading) : len(heading) + 1] in _CLOSING
