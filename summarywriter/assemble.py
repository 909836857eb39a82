"""Assembly: sections become a document that can be checked, and a checked one becomes a `Summary`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarywriter.chinese.script import Script, detect_script, to_script_mapped
from summarywriter.chinese.text import Span, fold, folded, sentences
from summarywriter.draft import Parsed, Slip
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.plan import DocumentPlan
from summarywriter.slots import Block, Claim, Draft, Filled, fill
from summarywriter.summary import Sentence, Summary, Trace
from summarywriter.verify import verify
from summarywriter.verify.policy import DEFAULT, Policy
from summarywriter.verify.report import Finding, VerificationReport
from summarywriter.verify.rules import severity

FRONT, BACK = "front", "back"
"""Sections of what stands around the sections: title and addressee, signature and date."""

_AS_GIVEN = frozenset(
    {
        FactKind.UNIT,
        FactKind.THEME,
        FactKind.BASIS,
        FactKind.ISSUERS,
        FactKind.DOCNUMBER,
        FactKind.ORGANISERS,
        FactKind.PERSON,
        FactKind.ACTIVITY,
        FactKind.PLACE,
        FactKind.QUOTE,
        FactKind.QUOTATION,
    }
)
_SHORTEST_NAME = 2
_MIXED = "SW502"
"""Two scripts in one text."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A whole document as it stands, and what is wrong with it.

    Attributes:
        drafts: Front, the sections in order, back.
        filled: The text.
        report: The verifier's.
        slips: What was wrong in the slots of a section's draft, by section.
        plan: What it was written from, with sections divided where a model could not take them whole.
    """

    drafts: tuple[Draft, ...]
    filled: Filled
    report: VerificationReport
    slips: Mapping[str, tuple[Slip, ...]]
    plan: DocumentPlan

    @property
    def rank(self) -> tuple[int, int, int]:
        """The report's rank; a slip is an error, for its words were never printed."""
        errors, untold, warnings = self.report.rank
        return errors + sum(map(len, self.slips.values())), untold, warnings

    def findings(self, section: str) -> tuple[Finding, ...]:
        """What the verifier found in one section."""
        spans = [(line.start, line.end) for line in self.filled.lines if line.section == section]
        return tuple(f for f in self.report.findings if any(start <= f.start < end for start, end in spans))

    def errors(self, section: str) -> tuple[Finding, ...]:
        """The certain faults of one section."""
        return tuple(f for f in self.findings(section) if f in self.report.errors)

    def found(self, section: str) -> tuple[int, int]:
        """How much is wrong in one section: errors and slips, and all findings."""
        findings = self.findings(section)
        errors = sum(finding in self.report.errors for finding in findings)
        return errors + len(self.slips.get(section, ())), len(findings)

    def tells_something(self, section: str) -> bool:
        """Whether any fact is told in a section; its own may all be told elsewhere, and it of nothing."""
        spans = [(line.start, line.end) for line in self.filled.lines if line.section == section]
        return any(start <= match.start < end for match in self.report.matches for start, end in spans)

    def text(self, section: str) -> str:
        """One section as printed."""
        lines = (line for line in self.filled.lines if line.section == section)
        return "\n".join(self.filled.text[line.start : line.end] for line in lines)


def check(
    plan: DocumentPlan, index: FactIndex, sections: Sequence[Parsed], *, policy: Policy | None = None
) -> Checked:
    """Put a document together, fill it and verify it.

    Args:
        plan: The plan.
        index: The facts.
        sections: What was written, in the plan's order.
        policy: What the house lets pass; by default the rules' own severities hold.
    """
    drafts = (front(plan), *(parsed.draft for parsed in sections), back(plan))
    slips = {parsed.draft.section: parsed.slips for parsed in sections if parsed.slips}
    return check_drafts(drafts, index, plan, slips, policy=policy)


def check_drafts(
    drafts: tuple[Draft, ...],
    index: FactIndex,
    plan: DocumentPlan,
    slips: Mapping[str, tuple[Slip, ...]],
    *,
    policy: Policy | None = None,
) -> Checked:
    """Fill and verify a document that is whole.

    Args:
        drafts: Front, the sections in order, back.
        index: The facts.
        plan: The plan.
        slips: What was wrong in the slots of a section's draft, by section.
        policy: As of `check`.
    """
    filled = fill(drafts, index, script=plan.script)
    return Checked(drafts, filled, verify(filled, index, plan, policy=policy or DEFAULT), slips, plan)


def front(plan: DocumentPlan) -> Draft:
    """Title and addressee."""
    blocks = [Block("title", (plan.title,))]
    if plan.addressee:
        blocks.append(Block("addressee", (f"{plan.addressee.rstrip('：:')}：",)))
    return Draft(FRONT, tuple(blocks), "realiser")


def back(plan: DocumentPlan) -> Draft:
    """Signature and date, where the genre prints them."""
    kinds: tuple[tuple[str | None, Block], ...] = (
        (plan.signature, Block("signature", (plan.signature or "",))),
        (plan.date, Block("date", (plan.date or "",))),
    )
    return Draft(BACK, tuple(block for given, block in kinds if given), "realiser")


def untold_by_section(
    plan: DocumentPlan, index: FactIndex, untold: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Facts that are not told, by the section that should tell them (a part's is its owner's)."""
    by_section: dict[str, tuple[str, ...]] = {}
    for fact in untold:
        section = section_telling(fact, plan, index)
        if section is not None:
            by_section[section] = (*by_section.get(section, ()), fact)
    return by_section


def section_telling(fact: str, plan: DocumentPlan, index: FactIndex) -> str | None:
    """Id of the section that should tell a fact, or what the fact is a part of."""
    owner: str | None = fact
    section = None
    while owner is not None and section is None:
        section = plan.section_of(owner)
        owner = index[owner].owner if owner in index else None
    return section


def summarise(
    checked: Checked, plan: DocumentPlan, index: FactIndex, trace: Trace, *, script: str | None = None
) -> Summary:
    """Make the `Summary` of a checked document.

    Args:
        checked: The document.
        plan: Its plan.
        index: The facts.
        trace: How it came to be.
        script: Convert the text to this script, names and quotations excepted; ``None`` leaves it.
            Drafts and trace stay in the script they were written in.
    """
    filled, report = checked.filled, checked.report
    if script is not None and script != plan.script:
        filled = converted(filled, index, script)
        report = _pins_judged(_carried(report, filled.text), filled, script)
    return Summary(
        facts=index.event,
        plan=plan,
        drafts=checked.drafts,
        filled=filled,
        report=report,
        trace=trace,
        sentences=tuple(_sentences(filled, report)),
    )


def converted(filled: Filled, index: FactIndex, script: str) -> Filled:
    """The text in another script; names and quotations keep the sheet's characters, a pinned passage its own.

    Conversion keeps each character's place, so claims and lines hold as they are.
    """
    protected = [Span(c.start, c.end) for c in filled.claims if c.how == "slot" and _is_kept(c, index)]
    protected += filled.pinned
    form = fold(filled.text)
    for name in _kept_names(index):
        at = form.text.find(name)
        while at >= 0:
            protected.append(form.source(at, at + len(name)))
            at = form.text.find(name, at + len(name))
    text, _ = to_script_mapped(filled.text, Script(script), protected)
    return replace(filled, text=text)


def _is_kept(claim: Claim, index: FactIndex) -> bool:
    return any(fact in index and index[fact].kind in _AS_GIVEN for fact in claim.facts)


def _kept_names(index: FactIndex) -> set[str]:
    """Names in comparison form, wherever the text has them: a title and a heading have no slots."""
    names: set[str] = set()
    for fact in index:
        if fact.kind in _AS_GIVEN:
            names.update(folded(name) for name in _parts(fact) if len(name) >= _SHORTEST_NAME)
    return names


def _parts(fact: Fact) -> tuple[str, ...]:
    if fact.organisers is not None:
        return fact.organisers.names
    if fact.person is not None and fact.person.post:
        return fact.text, fact.person.post
    return (fact.text,)


def _carried(report: VerificationReport, text: str) -> VerificationReport:
    """The report with each finding's words as they stand in the converted text."""
    findings = tuple(replace(finding, text=text[finding.start : finding.end]) for finding in report.findings)
    return replace(report, findings=findings)


def _pins_judged(report: VerificationReport, filled: Filled, script: str) -> VerificationReport:
    """The report of a converted text: what is pinned was not converted, and may agree with it now, or not."""

    def is_pinned(finding: Finding) -> bool:
        return any(span.start <= finding.start < span.end for span in filled.pinned)

    found = [f for f in report.findings if f.code != _MIXED or not is_pinned(f)]
    for start, end in filled.pinned:
        text = filled.text[start:end]
        if detect_script(text) not in (None, Script(script)):
            line, column = filled.text.count("\n", 0, start) + 1, start - filled.text.rfind("\n", 0, start)
            found.append(
                Finding(_MIXED, severity(_MIXED), start, end, line, column, text, (), {"text": text})
            )
    return replace(report, findings=tuple(sorted(found, key=lambda f: (f.start, f.end, f.code))))


def _sentences(filled: Filled, report: VerificationReport) -> list[Sentence]:
    told = [(c.start, c.end, c.facts) for c in filled.claims]
    told += [(m.start, m.end, m.facts[:1]) for m in report.matches]
    told.sort(key=lambda item: (item[0], item[1]))
    result: list[Sentence] = []
    for line in filled.lines:
        if line.kind != "paragraph":
            continue
        for span in sentences(filled.text[line.start : line.end]):
            start, end = line.start + span.start, line.start + span.end
            facts = dict.fromkeys(
                fact for first, last, ids in told if first < end and start < last for fact in ids
            )
            pinned = any(first < end and start < last for first, last in filled.pinned)
            result.append(Sentence(filled.text[start:end], start, end, tuple(facts), line.section, pinned))
    return result
