"""Verification: a text held against the facts, by code alone.

`verify_text` takes any text, whoever wrote it; `verify` one that the library filled, whose slots are known
to be right and whose words around them are not. One reading of the text feeds all rules; each rule is a
pure function of that reading and of the facts.
"""

from __future__ import annotations

from dataclasses import replace

from summarywriter.chinese.script import Script, detect_script, to_script
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.plan import DocumentPlan
from summarywriter.slots import Filled
from summarywriter.verify.analysis import Analysis, analyse, analyse_filled
from summarywriter.verify.belonging import belonging
from summarywriter.verify.binding import bind
from summarywriter.verify.claims import claims
from summarywriter.verify.context import contexts
from summarywriter.verify.contrast import contrast
from summarywriter.verify.dates import bind_dates, dates
from summarywriter.verify.exchange import exchange
from summarywriter.verify.figures import figures
from summarywriter.verify.form import form
from summarywriter.verify.hosts import hosts
from summarywriter.verify.house import house
from summarywriter.verify.kin import kin
from summarywriter.verify.known import know
from summarywriter.verify.lists import lists
from summarywriter.verify.names import names
from summarywriter.verify.nesting import nesting
from summarywriter.verify.offices import offices
from summarywriter.verify.ordinals import ordinals
from summarywriter.verify.people import people
from summarywriter.verify.places import places
from summarywriter.verify.policy import DEFAULT, Policy, Ruling, read_policy
from summarywriter.verify.problems import problems
from summarywriter.verify.report import Coverage, Finding, Match, Severity, VerificationReport
from summarywriter.verify.rules import RULES
from summarywriter.verify.sums import sums
from summarywriter.verify.telling import coverage, tell
from summarywriter.verify.trends import trends
from summarywriter.verify.unsupported import unsupported
from summarywriter.verify.votes import votes_of
from summarywriter.verify.wholes import wholes

__all__ = [
    "RULES",
    "Coverage",
    "Finding",
    "Match",
    "Policy",
    "Ruling",
    "Severity",
    "VerificationReport",
    "read_policy",
    "verify",
    "verify_text",
]


def verify_text(
    text: str,
    facts: EventFacts,
    *,
    genre: object = None,
    length: int | None = None,
    policy: Policy = DEFAULT,
) -> VerificationReport:
    """Hold any text against a fact sheet.

    Args:
        text: The text, in either script.
        facts: The sheet.
        genre: The genre it was written in; its ceiling of length is used where it states one.
        length: Ceiling in characters, in the place of the genre's.
        policy: What the house lets pass.
    """
    ceiling = length if length is not None else getattr(genre, "length", None)
    length = ceiling if isinstance(ceiling, int) else None
    return _report(analyse(text), FactIndex.of(facts), length, (), policy)


def verify(
    filled: Filled, index: FactIndex, plan: DocumentPlan | None = None, *, policy: Policy = DEFAULT
) -> VerificationReport:
    """Hold a filled text against the facts it was written from.

    What a slot brought is the fact by construction; the words around it (verb, noun, actor, scope, denial,
    plan or deed) are verified as in any text.

    Args:
        filled: The text with its claims and lines.
        index: The facts.
        plan: The plan it was written from, for its ceiling of length.
        policy: What the house lets pass.
    """
    formulas = tuple(text for section in plan.sections for text in section.formulas) if plan else ()
    return _report(analyse_filled(filled), index, plan.length if plan else None, formulas, policy)


def _is_allowed(finding: Finding, index: FactIndex) -> bool:
    """Whether the sheet allows this rule, for the whole event or for a figure that the finding is about."""
    if finding.code in index.event.allow:
        return True
    return any(finding.code in index.allowed(fact) for fact in finding.facts if fact in index)


def _in_script(finding: Finding, script: Script | None) -> Finding:
    """A suggestion in the script of the text, which the sheet may not be in."""
    if not finding.suggestion or script is None or detect_script(finding.suggestion) is script:
        return finding
    return replace(finding, suggestion=to_script(finding.suggestion, script))


def _report(
    analysis: Analysis, index: FactIndex, length: int | None, formulas: tuple[str, ...], policy: Policy
) -> VerificationReport:
    with house(policy.alike, policy.units):
        return _judged(analysis, index, length, formulas, policy)


def _judged(
    analysis: Analysis, index: FactIndex, length: int | None, formulas: tuple[str, ...], policy: Policy
) -> VerificationReport:
    known = index.once(("known", policy.alike, policy.units), lambda: know(index))
    if not analysis.sentences:
        return VerificationReport((), coverage(index, frozenset()))
    context = contexts(analysis, known)
    bound = bind(analysis, known, context)
    dated = bind_dates(analysis, known, context)
    telling = tell(analysis, known, bound, dated)
    votes = votes_of(analysis, known, telling)
    found = [
        *figures(analysis, known, bound),
        *exchange(analysis, known, bound),
        *contrast(analysis, known),
        *ordinals(analysis, known),
        *trends(analysis, known, bound, telling),
        *sums(analysis, known, bound),
        *dates(analysis, known, dated),
        *names(analysis, known),
        *places(analysis, known, context),
        *nesting(analysis, known),
        *people(analysis, known),
        *lists(analysis, known),
        *offices(analysis, known),
        *hosts(analysis, known, context, bound, votes),
        *belonging(analysis, known, bound, votes, dated),
        *kin(analysis, known, context, bound, telling),
        *claims(analysis, known, telling, formulas),
        *unsupported(analysis, known, formulas),
        *wholes(analysis, known, bound, telling),
        *problems(analysis, known, telling.told),
        *form(analysis, known, length=length),
    ]
    unique = {
        (f.code, f.start, f.end): f
        for one in found
        if (f := policy.judged(one)) and not _is_allowed(f, index)
    }
    script = detect_script(analysis.source)
    unique = {key: _in_script(f, script) for key, f in unique.items()}
    findings = sorted(unique.values(), key=lambda f: (f.start, f.end, f.code))
    source = analysis.folded.source
    matches = tuple(Match(*source(m.start, m.end), m.kind, m.facts) for m in telling.matches)
    return VerificationReport(tuple(findings), coverage(index, telling.told), matches)
