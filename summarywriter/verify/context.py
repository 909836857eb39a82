"""Which activity a place in the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Doing, Known
from summarywriter.verify.words import either

#: An activity is named by so large a part of what is its name's alone.
_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class Contexts:
    """Activities by sentence.

    Attributes:
        named: For each sentence, the activities it names.
        carried: For each sentence, the activities it may go on about: the last one named before it in its
            line, or in the heading above.
        positions: Where whole names stand, by activity id.
    """

    named: tuple[frozenset[str], ...]
    carried: tuple[frozenset[str], ...]
    positions: Mapping[str, tuple[int, ...]]

    def at(self, sentence: int) -> frozenset[str]:
        """The activities that a sentence speaks of."""
        return self.named[sentence] or self.carried[sentence]


def contexts(analysis: Analysis, known: Known) -> Contexts:
    """Find the activities that each sentence speaks of."""
    positions = _positions(analysis.form, known)
    named: list[frozenset[str]] = []
    carried: list[frozenset[str]] = []
    line, last, heading = -1, frozenset[str](), frozenset[str]()
    by_gram: dict[str, list[Doing]] = {}
    for doing in known.doings.values():
        for gram in doing.own:
            by_gram.setdefault(gram, []).append(doing)
    whole: dict[int, set[str]] = {}
    for key, found in positions.items():
        for position in found:
            whole.setdefault(analysis.sentence_index(position), set()).add(key)
    for number, sentence in enumerate(analysis.sentences):
        kind = analysis.lines[sentence.line].kind
        if sentence.line != line:
            line, last = sentence.line, heading
        here = set(whole.get(number, ()))
        seen: dict[str, int] = {}
        for gram in sentence.grams & by_gram.keys():
            for doing in by_gram[gram]:
                seen[doing.id] = seen.get(doing.id, 0) + 1
        here |= {key for key, count in seen.items() if count >= _NAMED * len(known.doings[key].own)}
        if kind == "heading":
            heading = frozenset(here)
        named.append(frozenset(here))
        carried.append(last)
        if here:
            last = frozenset(here)
    return Contexts(tuple(named), tuple(carried), positions)


def _positions(form: str, known: Known) -> dict[str, tuple[int, ...]]:
    names: dict[str, list[str]] = {}
    for doing in known.doings.values():
        names.setdefault(doing.name, []).append(doing.id)
    found: dict[str, list[int]] = {}
    if names:
        # Quotation marks are blotted out on both sides: “村口一棵樹”活動.
        text = re.sub("[“”‘’]", "", form)
        if len(text) != len(form):
            kept = [i for i, character in enumerate(form) if character not in "“”‘’"]
        else:
            kept = list(range(len(form)))
        for match in re.finditer(either(names), text):
            for key in names[match.group()]:
                found.setdefault(key, []).append(kept[match.start()])
    return {key: tuple(values) for key, values in found.items()}
