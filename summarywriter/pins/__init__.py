"""What a person has pinned in an earlier version of a summary, taken over into a new one.

The new summary is written as if nothing were pinned: the requests of a model are the same, and recorded
replies stay valid. Then each pinned passage takes, as it stands, the place of what was written about the
same facts. A sentence that tells others too keeps these, by leaving clauses out or in the realiser's words,
whichever the verifier prefers; what a passage tells is told by nothing else, and nothing else is lost.

`pinned` is what an earlier version is, `places` finds the section of a passage, `told` which sentences tell
its facts, `weaving` puts it there; `held` pins sentences of a saved summary, for its refills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from summarywriter.assemble import BACK, FRONT, Checked, check_drafts
from summarywriter.facts.index import FactIndex
from summarywriter.pins.held import hold
from summarywriter.pins.pinned import LineKind, Passage, PinnedText, pinned_text
from summarywriter.pins.places import Places, likeness
from summarywriter.pins.told import (
    cited_by,
    divided,
    facts_of,
    in_other_words,
    printed,
    with_citations,
)
from summarywriter.pins.weaving import Loom, Pin, Way
from summarywriter.slots import Block, BlockKind, Draft, Pinned
from summarywriter.tracing import TraceLog
from summarywriter.verify import verify_text
from summarywriter.verify.policy import DEFAULT, Policy

__all__ = ["LineKind", "Passage", "PinnedText", "carry", "hold", "pinned_text"]

_AROUND: Mapping[str, str] = {"title": FRONT, "addressee": FRONT, "signature": BACK, "date": BACK}
_WAYS: tuple[Way, ...] = get_args(Way)


def carry(
    document: Checked,
    index: FactIndex,
    earlier: PinnedText,
    log: TraceLog,
    *,
    policy: Policy | None = None,
) -> Checked:
    """Take pinned passages over.

    A passage that belongs nowhere stands at the end of the last section. Each is noted in the trace: where it
    went, whether it agrees with the facts, and which of them are told beside it once more.

    Args:
        document: The new summary, finished and verified.
        index: Its facts.
        earlier: The text that a person has pinned passages of.
        log: Takes down what became of each.
        policy: What the house lets pass.

    Returns:
        The summary with the passages in it, verified again.
    """
    return _Carrying(document, index, earlier, policy).carried(log)


@dataclass
class _Woven:
    """One choice of drafts, and what the verifier has to say of it."""

    checked: Checked
    twice: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        errors, untold, warnings = self.checked.rank
        return errors, untold, len(self.twice), warnings


class _Carrying:
    def __init__(
        self, document: Checked, index: FactIndex, earlier: PinnedText, policy: Policy | None
    ) -> None:
        self._policy = policy
        self._document = document
        self._index = index
        self._plan = document.plan
        self._printed = printed(document.drafts, index, self._plan.script)
        self._sentences = {
            draft.section: [s for b in draft.blocks if b.kind == "paragraph" for s in divided(b, index)]
            for draft in document.drafts
        }
        texts = {d.section: self._texts(d.section) for d in document.drafts if d.section not in (FRONT, BACK)}
        places = Places(earlier, self._plan, index, texts)
        report = verify_text(earlier.text, index.event, policy=policy or DEFAULT)
        self._pins: list[Pin] = []
        self._headings: dict[str, Passage] = {}
        self._around: list[Passage] = []
        self._displaced: list[Pin] = []
        for passage in earlier.passages:
            if passage.kind in _AROUND:
                self._around.append(passage)
                continue
            if passage.is_head:
                below = earlier.below(passage)
                section = places.heading(passage, facts_of(below, report, index))
                if section is not None and section not in self._headings:
                    self._headings[section] = passage
                else:
                    self._displaced.append(Pin(passage, frozenset(), None, (Pinned(passage.text),)))
                continue
            if passage.kind == "other":  # of a table or a note of attachments, which are made anew
                self._displaced.append(Pin(passage, frozenset(), None, (Pinned(passage.text),)))
                continue
            pin = self._pin(passage, facts_of(passage, report, index), places)
            (self._pins if pin.section is not None else self._displaced).append(pin)
        self._loom = Loom(
            self._plan, index, earlier, frozenset(f for pin in self._pins if not pin.same for f in pin.facts)
        )

    def _pin(self, passage: Passage, told: frozenset[str], places: Places) -> Pin:
        """What a passage is about, and where it belongs."""
        same = self._unchanged(passage)
        cited: list[tuple[str, ...]] = []
        for number, said in enumerate(passage.sentences):
            if same is not None:
                facts = cited_by(self._sentences[same[0]][same[1] + number].pieces)
            else:
                facts = (*self._version_cites(said), *in_other_words(said, self._index))
            cited.append(tuple(dict.fromkeys(fact for fact in facts if fact not in told)))
        pieces = tuple(
            piece
            for said, facts in zip(passage.sentences, cited, strict=True)
            for piece in with_citations(said, facts, self._index)
        )
        told |= {fact for facts in cited for fact in facts}
        if same is not None:
            return Pin(passage, told, same[0], pieces, same[1:])
        return Pin(passage, told, places.section(passage, told), pieces)

    def _version_cites(self, said: str) -> tuple[str, ...]:
        """What the new sentence cites that a pinned one is another version of."""
        versions = (
            (likeness(said, text), sentence)
            for id_ in self._sentences
            for text, sentence in zip(self._texts(id_), self._sentences[id_], strict=False)
        )
        best = max(versions, key=lambda one: one[0], default=None)
        return cited_by(best[1].pieces) if best is not None and best[0] else ()

    def _unchanged(self, passage: Passage) -> tuple[str, int, int] | None:
        """The section whose sentences, from and to, say a passage as it is."""
        for draft in self._document.drafts:
            texts = self._texts(draft.section)
            lead = next((block.pieces[: block.lead] for block in draft.blocks if block.lead), ())
            head = "".join(piece for piece in lead if isinstance(piece, str))
            for first in range(len(texts)):
                said = ""
                for last in range(first, len(texts)):
                    said += texts[last]
                    if passage.text in (said, head + said):
                        return draft.section, first, last + 1
                    if len(said) > len(passage.text):
                        break
        return None

    def carried(self, log: TraceLog) -> Checked:
        """The document with its pins."""
        drafts = {draft.section: draft for draft in self._document.drafts}
        for id_, passage in list(self._headings.items()):
            headed = {**drafts, id_: _headed(drafts[id_], passage)}
            if self._checked(headed).checked.rank[1] > self._document.rank[1]:
                # The genre's heading tells a fact, such as an activity's name; the pinned one does not.
                self._displaced.append(
                    Pin(self._headings.pop(id_), frozenset(), None, (Pinned(passage.text),))
                )
                continue
            drafts = headed
        for passage in self._around:
            section = _AROUND[passage.kind]
            drafts[section] = _surrounding(drafts[section], passage)
        best = self._checked(drafts)
        for id_, draft in drafts.items():
            if id_ not in (FRONT, BACK):
                best = self._section(draft, best)
        checked = best.checked
        if self._displaced:
            drafts = {draft.section: draft for draft in checked.drafts}
            last = [id_ for id_ in drafts if id_ not in (FRONT, BACK)][-1]
            blocks = tuple(Block("paragraph", pin.pieces) for pin in self._displaced)
            drafts[last] = replace(drafts[last], blocks=(*drafts[last].blocks, *blocks))
            checked = self._checked(drafts).checked
        self._tell(checked, log)
        return checked

    def _section(self, draft: Draft, best: _Woven) -> _Woven:
        """Weave a section's pins in, the way that leaves the document best."""
        pins = [pin for pin in self._pins if pin.section == draft.section]
        outcomes: list[_Woven] = []
        others = {one.section: one for one in best.checked.drafts}
        seen: list[Draft] = []
        for way in _WAYS:
            if way == "realised" and not pins:
                continue
            woven = self._loom.woven(draft, self._texts(draft.section), pins, way)
            if woven == draft:
                return best
            if woven in seen or _is_emptied(woven):
                continue
            seen.append(woven)
            outcomes.append(self._checked({**others, draft.section: woven}))
            if way == "told_anew" and outcomes[0].rank == outcomes[-1].rank and not outcomes[0].twice:
                break
        return min(outcomes, key=lambda one: one.rank, default=best)

    def _checked(self, drafts: Mapping[str, Draft]) -> _Woven:
        slips = self._document.slips
        checked = check_drafts(tuple(drafts.values()), self._index, self._plan, slips, policy=self._policy)
        return _Woven(checked, self._twice(checked))

    def _twice(self, checked: Checked) -> tuple[str, ...]:
        """Facts of pinned passages that other sentences tell once more."""
        lines = [line for line in checked.filled.lines if line.kind == "paragraph"]
        told = {
            match.facts[0]
            for match in checked.report.matches
            if match.facts
            and not any(span.start <= match.start < span.end for span in checked.filled.pinned)
            and any(line.start <= match.start < line.end for line in lines)
        }
        return tuple(sorted(told & self._loom.facts))

    def _texts(self, section: str) -> tuple[str, ...]:
        return tuple(text for (id_, _, _), text in self._printed.items() if id_ == section)

    def _tell(self, checked: Checked, log: TraceLog) -> None:
        """Note what became of each passage."""
        twice = self._twice(checked)
        sections = {id(pin.passage): pin.section for pin in self._pins}
        sections |= {id(passage): id_ for id_, passage in self._headings.items()}
        sections |= {id(passage): _AROUND[passage.kind] for passage in self._around}
        every = [*self._around, *self._headings.values(), *(pin.passage for pin in self._pins)]
        displaced = [pin.passage for pin in self._displaced]
        for passage in sorted([*every, *displaced], key=lambda one: one.span):
            facts = next((pin.facts for pin in self._pins if pin.passage is passage), frozenset())
            log.pin(
                sections.get(id(passage)) or "",
                passage.text,
                placed=id(passage) in sections,
                twice=tuple(fact for fact in twice if fact in facts),
            )


def _is_emptied(draft: Draft) -> bool:
    """Whether nothing is left of a section but its heading."""
    return not any(len(block.pieces) > block.lead for block in draft.blocks if block.kind == "paragraph")


def _headed(draft: Draft, passage: Passage) -> Draft:
    """A section under a pinned heading."""
    blocks = list(draft.blocks)
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            blocks[n] = replace(block, pieces=(Pinned(passage.text),))
            return replace(draft, blocks=tuple(blocks))
    first = blocks[0] if blocks else None
    if first is not None and first.lead and passage.kind == "paragraph":
        blocks[0] = replace(first, pieces=(Pinned(passage.text), *first.pieces[first.lead :]), lead=1)
        return replace(draft, blocks=tuple(blocks))
    if first is not None and first.lead:
        blocks[0] = replace(first, pieces=first.pieces[first.lead :], lead=0)
    return replace(draft, blocks=(Block("heading", (Pinned(passage.text),), level=1), *blocks))


def _surrounding(draft: Draft, passage: Passage) -> Draft:
    """Title, addressee, signature or date as pinned, in the place of the new one."""
    kind = cast(BlockKind, passage.kind)  # one of _AROUND
    order = [*_AROUND]
    blocks = [block for block in draft.blocks if block.kind != kind]
    blocks.append(Block(kind, (Pinned(passage.text),)))
    return replace(draft, blocks=tuple(sorted(blocks, key=lambda block: order.index(block.kind))))
