"""Which number stands for which fact in a request: the shortest name that a model keeps."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from summarywriter.chinese.names import same_name
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.plan import SectionPlan
from summarywriter.slots import Block, Cite, Draft, Slot

FORMS: Mapping[str, str] = {"name": "名", "full": "全", "short": "簡", "day": "日", "bare": "單"}
"""How a form of a slot is written in a prompt; a measure word is written as itself."""


@dataclass(frozen=True, slots=True)
class SlotTable:
    """The numbers of one request.

    Attributes:
        facts: Ids of the facts, in order: number 1 is the first.
        same: Facts with no number of their own, and the fact whose slot prints the same words.
    """

    facts: tuple[str, ...]
    same: Mapping[str, str] = field(default_factory=dict, hash=False)

    def fact(self, n: int) -> str | None:
        """The fact that ``n`` stands for, or ``None``."""
        return self.facts[n - 1] if 1 <= n <= len(self.facts) else None

    def number(self, fact: str) -> int | None:
        """The number of ``fact``, or of the fact that tells it too; else ``None``."""
        fact = self.same.get(fact, fact)
        return self.facts.index(fact) + 1 if fact in self.facts else None


def number(section: SectionPlan, index: FactIndex) -> SlotTable:
    """Number a section's facts from 1, in telling order; what a free text holds comes right after it."""
    order: dict[str, None] = {}
    for fact in section.facts:
        if fact in index:
            order.setdefault(fact)
            for part in sorted(index.parts(fact), key=lambda part: part.span or (0, 0)):
                if part.span is not None:
                    order.setdefault(part.id)
    doubled = {fact for fact in order if _acts_here(fact, order, index)}
    same = _quoted_within(order, index)
    return SlotTable(tuple(fact for fact in order if fact not in doubled and fact not in same), same)


def _quoted_within(there: Iterable[str], index: FactIndex) -> dict[str, str]:
    """Quotations that a free text of the section holds already: to list them twice forces a repeat."""
    facts = [index[fact] for fact in there]
    held = [fact for fact in facts if fact.kind is FactKind.QUOTATION]
    return {
        fact.id: twin.id
        for fact in facts
        if fact.kind is FactKind.QUOTE
        and (twin := next((other for other in held if same_name(other.text, fact.text)), None)) is not None
    }


def _acts_here(fact_id: str, there: Iterable[str], index: FactIndex) -> bool:
    """Whether a person of the whole sheet does something in this section: that slot brings the post too."""
    fact = index[fact_id]
    if fact.person is None or fact.owner is not None or fact.person.role:
        return False
    others = (index[other] for other in there if other != fact_id)
    return any(other.person is not None and same_name(other.text, fact.text) for other in others)


def written(draft: Draft, table: SlotTable) -> str:
    """A draft as a model would have written it, its own heading left out: the way back of parsing."""
    return "\n".join(text for block in draft.blocks if (text := _block(block, table)))


def _block(block: Block, table: SlotTable) -> str:
    if block.kind != "paragraph":
        return ""
    return "".join(_piece(piece, table) for piece in block.pieces[block.lead :])


def _piece(piece: object, table: SlotTable) -> str:
    match piece:
        case Slot(fact, form):
            return f"{{{_n(fact, table)}{f':{FORMS.get(form, form)}' if form else ''}}}"
        case Cite(facts):
            return "".join(f"{{^{_n(fact, table)}}}" for fact in facts)
        case _:
            return str(piece)


def _n(fact: str, table: SlotTable) -> str:
    n = table.number(fact)
    return "?" if n is None else str(n)


@functools.cache
def forms_read() -> Mapping[str, str]:
    """Every spelling of a form that a reply may use, and the form."""
    spelled = {word: form for form, word in FORMS.items()}
    return {**spelled, **{form: form for form in FORMS}, "简": "short", "短": "short", "单": "bare"}
