"""Revision: what code found and what the critic said, put to the writer, and the better draft kept."""

from __future__ import annotations

from collections.abc import Sequence

from summarywriter.chat import Request
from summarywriter.critique import Remark
from summarywriter.draft import Brief, Slip, labels, written
from summarywriter.facts.index import FREE_TEXT
from summarywriter.messages import render
from summarywriter.plan import SectionPlan
from summarywriter.prompts import as_data
from summarywriter.slots import Draft
from summarywriter.verify.report import Finding

STAGE = "revise"
_OPTIONS = frozenset({"lang", "script"})
"""Names that choose a message's language: a finding's value of that name is no word of the message."""

_MOST = 12
"""Findings and remarks put to the model at once, each; what it is told after these it forgets."""


def revise_request(
    section: SectionPlan,
    draft: Draft,
    brief: Brief,
    *,
    findings: Sequence[Finding] = (),
    untold: Sequence[str] = (),
    remarks: Sequence[Remark] = (),
    slips: Sequence[Slip] = (),
) -> Request:
    """Ask for a section again, with what is wrong in its draft.

    Args:
        section: Its plan.
        draft: The draft.
        brief: What every request of the document is made from.
        findings: The verifier's, on this section.
        untold: Ids of facts of this section that it does not tell.
        remarks: The critic's, on this section.
        slips: What was wrong in the draft's slots.
    """
    table = brief.table(section)
    script = brief.plan.script
    masked = brief.privacy == "mask"
    words = labels(script)["slips"]
    said = [words[slip.kind.value].format(text=as_data(slip.text)) for slip in slips]
    said += [_said(finding, script, masked=masked) for finding in findings]
    numbers = [
        f"{{^{n}}}" if brief.index[fact].kind in FREE_TEXT else f"{{{n}}}"
        for fact in untold
        if (n := table.number(fact)) is not None
    ]
    variables = {
        **brief.variables(section),
        "draft": written(draft, table),
        "findings": list(dict.fromkeys(said))[:_MOST],
        "untold": "".join(numbers),
        # A remark quotes the filled text, so a masked critique is made on slots; see the flow.
        "remarks": [as_data(str(remark)) if not masked else str(remark) for remark in remarks[:_MOST]],
    }
    codes = [str(slip) for slip in slips] + [finding.code for finding in findings]
    # A draft whose slots are right is an example of its own; those of the rules are half of all that is sent.
    return brief.ask(STAGE, section, variables, {"findings": codes}, examples=bool(slips))


def _said(finding: Finding, script: str, *, masked: bool) -> str:
    """A finding as the model is told it; its message may hold values, which a masked model must not see."""
    if masked:
        return finding.code
    params = {name: value for name, value in finding.params.items() if name not in _OPTIONS}
    message = as_data(render(finding.code, script=script, **params))
    return f"“{as_data(finding.text)}”：{message}"


def is_no_worse(new: tuple[int, int, int], old: tuple[int, int, int]) -> bool:
    """Whether another draft may replace one: errors, untold facts, warnings, compared in that order.

    >>> is_no_worse((0, 2, 9), (1, 0, 0)), is_no_worse((0, 1, 0), (0, 0, 5))
    (True, False)
    """
    return new <= old
