"""The request for one section's draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarywriter.chat import Message, Request, digest
from summarywriter.draft.listing import Privacy, Shown, labels, listing, names_somebody
from summarywriter.draft.numbering import SlotTable, number
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.plan import DocumentPlan, SectionPlan
from summarywriter.prompts import Prompts, as_data
from summarywriter.slots import surface

STAGE = "draft"


@dataclass(frozen=True, slots=True)
class Brief:
    """What every request of one document is made from.

    Attributes:
        plan: The plan.
        index: The facts.
        prompts: The templates.
        privacy: What the model is shown of the facts.
        shaped: Tell each request's shape too; for a model that keeps its replies.
    """

    plan: DocumentPlan
    index: FactIndex
    prompts: Prompts
    privacy: Privacy = "open"
    shaped: bool = False
    _made: dict[object, str] = field(default_factory=dict, compare=False, repr=False)
    _tables: dict[tuple[str, ...], SlotTable] = field(default_factory=dict, compare=False, repr=False)

    def table(self, section: SectionPlan) -> SlotTable:
        """The numbers of a section's facts, the same in every request for it."""
        facts = section.facts
        if facts not in self._tables:  # asked for by every request and every reply
            self._tables[facts] = number(section, self.index)
        return self._tables[facts]

    def system(self, *, blank: bool = False, examples: bool = True) -> str:
        """The system message: one text for all sections, so that a service can cache it.

        Args:
            blank: Leave the title out, which is printed by the plan whatever the model says.
            examples: With examples of a list of facts and a text with its slots.
        """
        key = ("system", blank, examples)
        if key in self._made:
            return self._made[key]
        title = "" if blank else as_data(self.shown(self.plan.title))
        # They are made of names: a masked model does without.
        words = () if self.privacy == "mask" else self._words()
        variables = {"title": title, "words": words, "examples": examples}
        self._made[key] = self.prompts.render("draft.system", variables)
        return self._made[key]

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

    def facts(self, section: SectionPlan, *, blank: bool = False) -> str:
        """The section's facts, one a line; ``blank`` leaves every slot's value out."""
        how: Shown = "blank" if blank and self.privacy == "open" else self.privacy
        table = self.table(section)
        key = (how, table.facts)  # asked for by the draft, the critique and the revision
        if key not in self._made:
            self._made[key] = listing(table, self.index, script=self.plan.script, privacy=how)
        return self._made[key]

    def values(self, *sections: SectionPlan) -> tuple[str, ...]:
        """What a blank listing of these sections leaves out; nothing where the model is not shown it."""
        if self.privacy != "open":
            return ()
        facts = (self.index[fact] for section in sections for fact in self.table(section).facts)
        words = (surface(fact, self.index, script=self.plan.script) for fact in facts if _is_value(fact))
        return tuple(dict.fromkeys(words))

    def ask(
        self,
        stage: str,
        section: SectionPlan,
        variables: Mapping[str, object],
        blank: Mapping[str, object] | None = None,
        *,
        examples: bool = True,
    ) -> Request:
        """A request on one section.

        Args:
            stage: ``draft`` or ``revise``; its template is of the same name.
            section: The section.
            variables: For the template.
            blank: In place of those that quote values, for the shape.
            examples: As in `system`.
        """
        messages = self._messages(stage, self.system(examples=examples), variables)
        if not self.shaped:
            return Request(stage, section.id, messages)
        bare = {**variables, "facts": self.facts(section, blank=True), "length": None, **(blank or {})}
        shape = digest(self._messages(stage, self.system(blank=True, examples=examples), bare))
        return Request(stage, section.id, messages, shape=shape, values=self.values(section))

    def _messages(self, stage: str, system: str, variables: Mapping[str, object]) -> tuple[Message, ...]:
        return Message("system", system), Message("user", self.prompts.render(f"{stage}.user", variables))


def _is_value(fact: Fact) -> bool:
    return fact.kind is not FactKind.ACTIVITY and fact.kind not in FREE_TEXT


def draft_request(section: SectionPlan, brief: Brief) -> Request:
    """Ask for a section's first draft."""
    return brief.ask(STAGE, section, brief.variables(section))
