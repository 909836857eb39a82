"""What each wave asks for, and what is read of its answers.

`flow` says in which order things happen; here is what each of them is. The document itself, and which draft
of a section stands in it, is the `manuscript`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from summarywriter.assemble import Checked
from summarywriter.budget import EstimatedTokens, ample_room, reply_room
from summarywriter.budget import check as see_that_it_fits
from summarywriter.chat import Failure, FailureKind, Reply, Request, TokenCounter
from summarywriter.critique import Remark, critique_request, parse_critique
from summarywriter.draft import Brief, Parsed, SlipKind, draft_request, parse_draft
from summarywriter.errors import BudgetError
from summarywriter.manuscript import Manuscript
from summarywriter.plan import SectionPlan
from summarywriter.plan.split import divided, halves
from summarywriter.prompts import as_data
from summarywriter.revise import revise_request
from summarywriter.tracing import TraceLog
from summarywriter.verify import Policy

_CUT_OFF = (FailureKind.TRUNCATED.value, FailureKind.TOO_LONG.value)
_SHOWN = 60
"""Characters of a refusal that the trace gives as its reason."""

Answer = Reply | Failure
Wave = tuple[Request, ...]
Answered = tuple[tuple[Request, Answer], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost, and what may pass in it.

    Attributes:
        rounds: Critique-and-revise rounds after the first drafts.
        window: The model's context window in tokens, if known.
        counter: Counts tokens for it.
        ceiling: Tokens of a reply, where every request has this limit already: more room is not to be had.
        policy: What the house lets pass; nothing is revised for the sake of that.
    """

    rounds: int = 1
    window: int | None = None
    counter: TokenCounter = field(default_factory=EstimatedTokens)
    ceiling: int | None = None
    policy: Policy | None = None


class Desk:
    """The requests of one document, and their answers.

    Args:
        brief: Plan, facts, prompts.
        limits: What it may cost.
        log: Takes down every step.
    """

    def __init__(self, brief: Brief, limits: Limits, log: TraceLog) -> None:
        self._brief = brief
        self._limits = limits
        self._log = log
        self._plans = {section.id: section for section in brief.plan.sections}
        self._read_drafts: dict[str, Parsed] = {}
        self._cut: list[tuple[Request, str]] = []
        self._manuscript: Manuscript

    @property
    def document(self) -> Checked:
        """The document as it stands, once drafts are taken: whole and verified, whoever wrote its parts."""
        return self._manuscript.document

    @property
    def by_model(self) -> tuple[str, ...]:
        """Ids of the sections that a model wrote."""
        return self._manuscript.by_model

    # --- drafts --------------------------------------------------------------------------------------

    def drafts(self) -> Wave:
        """Ask for every section that has something to tell; in parts, where the window is too small."""
        for section in self._brief.plan.sections:
            self._fit(section)
        return self._affordable(draft_request(s, self._brief) for s in self._plans.values() if s.units)

    def take_drafts(self, answered: Answered) -> None:
        """Take what can be used."""
        for request, answer in answered:
            if (parsed := self._read(request, answer)) is not None:
                self._read_drafts[request.section] = parsed

    def cut_off(self) -> Wave:
        """Ask again for drafts that were cut off, with more room; then, or if too long, in parts."""
        cut, self._cut = self._cut, []
        again: list[Request] = []
        for request, reason in cut:
            section = self._plans[request.section]
            had_all = request.max_tokens is not None or self._limits.ceiling is not None
            if not had_all and not reason.startswith(FailureKind.TOO_LONG):
                again.append(replace(request, max_tokens=ample_room(section.length or 0)))
            elif (parts := self._divide(section, reason)) is not None:
                asked = (draft_request(part, self._brief) for part in parts)
                again += [replace(one, max_tokens=request.max_tokens) for one in asked]
            else:
                self._log.fallback(request.section, reason)
        return self._affordable(again)

    def make_whole(self) -> None:
        """Let the realiser write every section that has no draft, so that the document is whole."""
        self._manuscript = Manuscript(self._brief, self._read_drafts, self._log, policy=self._limits.policy)

    def _fit(self, section: SectionPlan) -> None:
        """Divide a section until each part's request fits the window, as far as it can be."""
        if (
            self._limits.window is None
            or not section.units
            or self._fits(draft_request(section, self._brief))
        ):
            return
        for part in (
            self._divide(section, f"budget: more than a window of {self._limits.window} tokens") or ()
        ):
            self._fit(part)

    def _divide(self, section: SectionPlan, reason: str) -> tuple[SectionPlan, SectionPlan] | None:
        parts = halves(section, self._brief.index)
        if parts is not None:
            self._brief = replace(self._brief, plan=divided(self._brief.plan, parts))
            self._plans = {section.id: section for section in self._brief.plan.sections}
            self._log.divided(section.id, [part.id for part in parts], reason)
        return parts

    # --- critique ------------------------------------------------------------------------------------

    def critique(self) -> Wave:
        """Ask what a reader would say of the whole: of the text, or of its slots where it is masked."""
        self._log.findings(self.document)
        return self._affordable(self._critiques(tuple(self._plans.values())))

    def _critiques(self, sections: tuple[SectionPlan, ...]) -> list[Request]:
        """One request for all sections; as many as are needed, where the window is too small for one."""
        brief = self._brief
        shown = self._listed(sections, self._shown, brief.facts)
        blank = None
        if brief.shaped:
            blank = self._listed(sections, self._manuscript.slotted, lambda s: brief.facts(s, blank=True))
        request = critique_request(*shown, brief.prompts, blank=blank)
        if len(sections) == 1 or self._fits(request):
            return [request]
        half = len(sections) // 2
        return [*self._critiques(sections[:half]), *self._critiques(sections[half:])]

    def _listed(
        self,
        sections: Iterable[SectionPlan],
        text: Callable[[SectionPlan], str],
        facts: Callable[[SectionPlan], str],
    ) -> tuple[str, str]:
        """Text and facts of sections, each after the section's id."""
        texts, listed, above = [], [], ""
        for section in sections:
            said = f"{above}{text(section)}"
            if not section.units:  # a heading alone: it stands over the next section, and lacks nothing
                above = f"{said} " if said else ""
                continue
            above = ""
            texts.append(f"[{section.id}] {said}")
            listed.append(f"[{section.id}]\n{facts(section)}")
        return "\n".join(texts), "\n".join(listed)

    def read_critique(self, answered: Answered) -> tuple[Remark, ...]:
        """The remarks that can be placed; a critique that failed is none."""
        remarks: tuple[Remark, ...] = ()
        for request, answer in answered:
            reply = self._whole(request, answer)
            found = (parse_critique(reply.text, self.by_model) if reply else None) or ()
            self._log.remarks(found)
            remarks += found
        return remarks

    # --- revisions -----------------------------------------------------------------------------------

    def revisions(self, remarks: tuple[Remark, ...]) -> Wave:
        """Ask again for each section of the model's that has findings, lost facts or remarks."""
        return self._affordable(
            request for id_ in self.by_model if (request := self._revision(self._plans[id_], remarks))
        )

    def take_revisions(self, answered: Answered) -> None:
        """Take each revision that made the document no worse."""
        self._manuscript.revise(
            {
                request.section: parsed
                for request, answer in answered
                if (parsed := self._read(request, answer)) is not None
            }
        )

    def settle(self) -> None:
        """Let the realiser write what the model left with errors or without its facts."""
        self._manuscript.settle()

    # --- what they share -----------------------------------------------------------------------------

    def _affordable(self, requests: Iterable[Request]) -> Wave:
        """The requests that fit the model's window."""
        wave = []
        for request in requests:
            try:
                self._see_that_it_fits(request)
            except BudgetError as error:
                self._unusable(request, f"budget: {error}")
            else:
                wave.append(request)
        self._log.wave(wave)
        for request in wave:
            self._log.request(request)
        return tuple(wave)

    def _fits(self, request: Request) -> bool:
        try:
            self._see_that_it_fits(request)
        except BudgetError:
            return False
        return True

    def _see_that_it_fits(self, request: Request) -> None:
        plan = self._plans.get(request.section)
        room = reply_room((plan.length if plan else None) or 0)
        see_that_it_fits(request, self._limits.counter, self._limits.window, room=room)

    def _whole(self, request: Request, answer: Answer) -> Reply | None:
        """A reply that came to its end; half a text is never used."""
        self._log.answer(request, answer)
        observe = getattr(self._limits.counter, "observe", None)
        if observe is not None and self._limits.window is not None:  # else nobody counts by it
            observe(request, answer.usage)
        if isinstance(answer, Failure):
            self._unusable(request, f"{answer.kind}: {answer.message}")
            return None
        if answer.finish_reason != "stop":
            kind = FailureKind.REFUSED if answer.finish_reason == "content_filter" else FailureKind.TRUNCATED
            self._unusable(request, f"{kind}: finish_reason {answer.finish_reason}")
            return None
        return answer

    def _read(self, request: Request, answer: Answer) -> Parsed | None:
        reply = self._whole(request, answer)
        if reply is None:
            return None
        plan = self._plans[request.section]
        parsed = parse_draft(reply.text, self._brief.table(plan), plan, self._brief.index)
        if any(slip.kind is SlipKind.EMPTY for slip in parsed.slips):
            self._unusable(request, f"{FailureKind.FORMAT}: no text in the reply")
            return None
        if any(slip.kind is SlipKind.REFUSAL for slip in parsed.slips):
            self._unusable(request, f"{FailureKind.REFUSED}: {as_data(reply.text)[:_SHOWN]}")
            return None
        return parsed

    def _unusable(self, request: Request, reason: str) -> None:
        """A first draft that is not there is the realiser's to write; anything else is done without."""
        if request.stage == "draft" and reason.startswith(_CUT_OFF):
            self._cut.append((request, reason))
        elif request.stage == "draft":
            self._log.fallback(request.section, reason)
        else:
            self._log.refused(request.stage, request.section, reason)

    def _revision(self, plan: SectionPlan, remarks: tuple[Remark, ...]) -> Request | None:
        document = self.document
        findings = document.findings(plan.id)
        slips = document.slips.get(plan.id, ())
        untold = self._manuscript.untold.get(plan.id, ())
        own = tuple(remark for remark in remarks if remark.section == plan.id)
        if not (findings or slips or untold or own):
            return None
        draft = self._manuscript.draft(plan.id)
        return revise_request(
            plan, draft, self._brief, findings=findings, untold=untold, remarks=own, slips=slips
        )

    def _shown(self, section: SectionPlan) -> str:
        if self._brief.privacy == "mask":
            # What the realiser wrote has names between its slots, and the critic's remarks are not on it.
            return self._manuscript.slotted(section) if section.id in self.by_model else ""
        return as_data(self.document.text(section.id))
