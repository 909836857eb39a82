"""The request for one section's draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summarywriter.chat import Message, Request
from summarywriter.draft.listing import Privacy, labels, listing, names_somebody
from summarywriter.draft.numbering import SlotTable, number
from summarywriter.facts.index import FactIndex
from summarywriter.plan import DocumentPlan, SectionPlan
from summarywriter.prompts import Prompts, as_data

STAGE = "draft"


@dataclass(frozen=True, slots=True)
class Brief:
    """What every request of one document is made from.

    Attributes:
        plan: The plan.
        index: The facts.
        prompts: The templates.
        privacy: What the model is shown of the facts.
    """

    plan: DocumentPlan
    index: FactIndex
    prompts: Prompts
    privacy: Privacy = "open"

    def table(self, section: SectionPlan) -> SlotTable:
        """The numbers of a section's facts, the same in every request for it."""
        return number(section, self.index)

    def system(self) -> str:
        """The system message: one text for all sections, so that a service can cache it."""
        title = as_data(self.shown(self.plan.title))
        # They are made of names: a masked model does without.
        words = () if self.privacy == "mask" else self._words()
        return self.prompts.render("draft.system", {"title": title, "words": words})

    def _words(self) -> tuple[str, ...]:
        """Words for the author and the event; that of the time (活動周期間) would date what has no date."""
        words = (as_data(word) for name, word in self.plan.words.items() if name != "during")
        return tuple(dict.fromkeys(word for word in words if word))

    def shown(self, text: str) -> str:
        """A text that is no fact's slot, or nothing where it may not be seen."""
        return "" if self.privacy == "mask" and names_somebody(text, self.index) else text

    def variables(self, section: SectionPlan) -> Mapping[str, object]:
        """What the templates may say of a section."""
        words = labels(self.plan.script)
        return {
            "about": words["roles"].get(section.role, words["fallback"]),
            "role": section.role,
            "heading": as_data(self.shown(section.heading or "")),
            "formulas": "".join(section.formulas),
            "length": section.length,
            "facts": self.facts(section),
        }

    def facts(self, section: SectionPlan) -> str:
        """The section's facts, one a line."""
        return listing(self.table(section), self.index, script=self.plan.script, privacy=self.privacy)


def draft_request(section: SectionPlan, brief: Brief) -> Request:
    """Ask for a section's first draft."""
    user = brief.prompts.render("draft.user", brief.variables(section))
    return Request(STAGE, section.id, (Message("system", brief.system()), Message("user", user)))
