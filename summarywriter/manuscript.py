"""The document as it stands: whole and verified after every step, whoever wrote its parts.

A draft of a section may be replaced by another only if the document gets no worse by it. Everything that
changes the text of a document in the making is here, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Mapping

from summarywriter.assemble import Checked, check, untold_by_section
from summarywriter.draft import Brief, Parsed, written
from summarywriter.plan import SectionPlan
from summarywriter.realise import realise
from summarywriter.revise import STAGE as REVISE
from summarywriter.revise import is_no_worse
from summarywriter.slots import Draft
from summarywriter.tracing import TraceLog
from summarywriter.verify.policy import Policy

FALLBACK = "fallback"


class Manuscript:
    """One document.

    Args:
        brief: Plan and facts.
        read: Drafts that a model wrote, by section; the realiser writes the others.
        log: Takes down what is decided.
        policy: What the house lets pass.
    """

    def __init__(
        self, brief: Brief, read: Mapping[str, Parsed], log: TraceLog, *, policy: Policy | None = None
    ) -> None:
        self._brief = brief
        self._policy = policy
        self._log = log
        self._realisation: dict[str, Parsed] = {}
        self._drafts = {
            section.id: read.get(section.id) or self._realised(section.id) for section in brief.plan.sections
        }
        self._document = self._checked({})

    @property
    def document(self) -> Checked:
        """The document as it stands."""
        return self._document

    @property
    def by_model(self) -> tuple[str, ...]:
        """Ids of the sections that a model wrote."""
        return tuple(id_ for id_, parsed in self._drafts.items() if parsed.draft.origin == "model")

    @property
    def untold(self) -> dict[str, tuple[str, ...]]:
        """Facts that the document does not tell, by the section that should."""
        return untold_by_section(self._brief.plan, self._brief.index, self._document.report.untold)

    def draft(self, section: str) -> Draft:
        """The draft of a section that stands."""
        return self._drafts[section].draft

    def slotted(self, section: SectionPlan) -> str:
        """A section with the numbers of its facts in the place of their words."""
        return written(self.draft(section.id), self._brief.table(section))

    def revise(self, revised: Mapping[str, Parsed]) -> None:
        """Take each revision that makes the document no worse; all at once, where that is so of all."""
        if len(revised) > 1 and self._prefer_all(REVISE, revised):
            return
        for id_, parsed in revised.items():
            self._prefer(REVISE, id_, parsed)

    def settle(self) -> None:
        """Let the realiser write what the model left with errors or without its facts.

        All at once, and so with one verification: this is what is left to do when a deadline has passed.
        """
        reasons = {id_: reason for id_ in self.by_model if (reason := self._fault(id_))}
        realised = {id_: self._realised(id_) for id_ in reasons}
        if len(reasons) > 1 and self._prefer_all(FALLBACK, realised):
            for id_, reason in reasons.items():
                self._log.fallback(id_, reason)
            reasons = {}
        for id_ in reasons:
            # What the document is like may have changed with the section before.
            if (reason := self._fault(id_)) and self._prefer(FALLBACK, id_, realised[id_]):
                self._log.fallback(id_, reason)
        for id_, parsed in self._drafts.items():
            self._log.section(id_, parsed.draft.origin)

    def _prefer_all(self, stage: str, others: Mapping[str, Parsed]) -> bool:
        """Take other drafts of several sections, if neither the document nor any section gets worse."""
        before, after = self._document, self._checked(others)
        if not is_no_worse(after.rank, before.rank):
            return False
        lost = set(after.report.untold) - set(before.report.untold)
        if lost or any(after.found(id_) > before.found(id_) for id_ in others):
            return False
        for id_ in others:
            self._log.decision(stage, id_, accepted=True, before=before, after=after)
        self._drafts |= others
        self._document = after
        return True

    def _prefer(self, stage: str, id_: str, parsed: Parsed) -> bool:
        """Take another draft of a section, unless the document gets worse with it."""
        before, after = self._document, self._checked({id_: parsed})
        accepted = is_no_worse(after.rank, before.rank)
        self._log.decision(stage, id_, accepted=accepted, before=before, after=after)
        if accepted:
            self._drafts[id_] = parsed
            self._document = after
        return accepted

    def _fault(self, id_: str) -> str:
        """Codes of a section's errors, and its lost facts; ``""`` where it may stand."""
        document = self._document
        said = [f"{finding.code} {finding.text}" for finding in document.errors(id_)]
        said += [str(slip) for slip in document.slips.get(id_, ())]
        if not document.tells_something(id_):
            said.append("tells no fact")
        if untold := self.untold.get(id_, ()):
            said.append(f"untold {', '.join(untold)}")
        return "; ".join(said)

    def _realised(self, id_: str) -> Parsed:
        if not self._realisation:
            drafts = realise(self._brief.plan, self._brief.index)
            self._realisation = {draft.section: Parsed(draft) for draft in drafts}
        return self._realisation[id_]

    def _checked(self, others: Mapping[str, Parsed]) -> Checked:
        drafts = {**self._drafts, **others}
        return check(self._brief.plan, self._brief.index, tuple(drafts.values()), policy=self._policy)
