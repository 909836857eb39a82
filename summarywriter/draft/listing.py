"""The facts of a section as a model is shown them: number, what it is, and its words."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Literal

from ruamel.yaml import YAML

from summarywriter.chinese.names import find_organisations, find_persons
from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.draft.numbering import SlotTable
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.facts.model import Status
from summarywriter.prompts import as_data
from summarywriter.resources import read_text
from summarywriter.slots import surface

Privacy = Literal["open", "mask"]
"""``mask``: figures, dates, names and quotations are not shown to the model, only their numbers."""

Shown = Literal["open", "mask", "blank"]
"""As `Privacy`; ``blank`` is sent to nobody: what a listing is with every slot's value left out."""

_HIDDEN = frozenset({
    FactKind.UNIT,
    FactKind.PLACE,
    FactKind.THEME,
    FactKind.BASIS,
    FactKind.DOCNUMBER,
    FactKind.QUOTE,
    FactKind.QUOTATION,
})  # fmt: skip
"""Kinds whose words a masked model sees nowhere; figures, dates, people and organisers besides."""


@functools.cache
def labels(script: str) -> Any:
    """The words of prompts/labels.yaml in ``script``."""
    text = to_script(read_text("prompts", "labels.yaml"), Script(script))
    return YAML(typ="safe").load(text)


def listing(table: SlotTable, index: FactIndex, *, script: str, privacy: Shown = "open") -> str:
    """One line a fact, in the order of their numbers; every text of a fact escaped.

    What belongs to an activity, or stands in a sentence, is indented under it.
    """
    line = _Line(table, index, script, hides=privacy == "mask", blank=privacy == "blank")
    lines: list[str] = []
    above: list[str] = []
    for n, fact in enumerate(table.facts, 1):
        owner = index[fact].owner
        while above and above[-1] != owner:
            above.pop()
        lines.append(" " * len(above) + line.of(n, index[fact], under=above[-1] if above else None))
        above.append(fact)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Line:
    """Writes the line of one fact."""

    table: SlotTable
    index: FactIndex
    script: str
    hides: bool
    blank: bool = False

    def of(self, n: int, fact: Fact, *, under: str | None) -> str:
        words = labels(self.script)
        notes = "".join(_notes(fact, self.table, words))
        if under is None and fact.owner is not None and (owner := self.table.number(fact.owner)):
            notes = words["belongs_to"].format(owner=f"{{{owner}}}") + notes
        if fact.kind in FREE_TEXT:
            told = _delexicalised(fact, self.table, self.index)
            if self.hides and names_somebody(told, self.index):
                return f"{{{n}}} {words['hidden_sentence']}{notes}"
            return f"{{^{n}}} {told}{notes}"
        label = _label(fact, words, hidden=self.hides)
        if self.hides and names_somebody(label, self.index):
            label = str(words["kinds"].get(fact.kind.value, fact.kind.value))
        return f"{{{n}}} {label}：{self._shown(fact, words)}{notes}"

    def _shown(self, fact: Fact, words: Any) -> str:
        if self.blank and fact.kind is not FactKind.ACTIVITY:
            return fact.quantity.unit if fact.quantity is not None else ""
        if self.hides and (fact.kind is not FactKind.ACTIVITY or names_somebody(fact.text, self.index)):
            return str(words["hidden"])
        return as_data(surface(fact, self.index, script=self.script))


def _label(fact: Fact, words: Any, *, hidden: bool) -> str:
    kind = str(words["kinds"].get(fact.kind.value, fact.kind.value))
    if fact.figure is not None:
        figure = fact.figure
        actor = "" if hidden else figure.actor or ""
        return as_data(f"{actor}{figure.label}") or kind
    if fact.person is not None:
        return as_data(fact.person.role or "") or kind
    if fact.organisers is not None and fact.kind is FactKind.ORGANISERS:
        return as_data(fact.organisers.role or "") or kind
    return kind


def _notes(fact: Fact, table: SlotTable, words: Any) -> list[str]:
    notes: list[str] = []
    if fact.figure is not None and fact.figure.scope:
        notes.append(f"（{as_data(fact.figure.scope)}）")
    if fact.figure is not None and fact.figure.of and (whole := table.number(fact.figure.of)):
        notes.append(words["part_of"].format(whole=f"{{{whole}}}"))
    if fact.status is not Status.DONE and fact.span is None:
        notes.append(words["status"][fact.status.value])
    if not fact.required and fact.span is None:
        notes.append(words["optional"])
    return notes


def _delexicalised(fact: Fact, table: SlotTable, index: FactIndex) -> str:
    """A free text with the numbers of what stands inside it."""
    out, at = "", 0
    for part in sorted(index.parts(fact.id), key=lambda part: part.span or (0, 0)):
        n = table.number(part.id)
        if part.span is None or n is None or part.span.start < at:
            continue
        out += as_data(fact.text[at : part.span.start]) + f"{{{n}}}"
        at = part.span.end
    return out + as_data(fact.text[at:])


def names_somebody(text: str, index: FactIndex) -> bool:
    """Whether a text holds a name or another value that a masked model shall not see.

    A person's, an organisation's or a place's name, of the sheet or any other; a quotation, a document's
    title or number, a date or a figure of the sheet.
    """
    form = folded(text)
    if any(value in form for fact in index for value in _values(fact)):
        return True
    return bool(find_organisations(text) or find_persons(text))


def _values(fact: Fact) -> list[str]:
    """What must not be seen of a fact, in comparison form; single characters stand in any sentence."""
    if fact.organisers is not None:
        return [folded(name) for name in fact.organisers.names if len(name) > 1]
    if fact.quantity is not None:
        return [folded(fact.quantity.surface)] if len(fact.quantity.surface) > 1 else []
    if fact.date is not None:
        return [folded(fact.date.surface)] if fact.date.surface else []
    if fact.person is not None:
        return [folded(name) for name in (fact.text, fact.person.post or "") if len(name) > 1]
    if fact.kind in _HIDDEN:
        bare = folded(fact.text.strip("《》“”「」"))
        return [bare] if len(bare) > 1 else []
    return []
