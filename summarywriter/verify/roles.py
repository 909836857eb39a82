"""SW301 and SW306: whoever is told in a role that none of the sheet's has, or that others have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactKind
from summarywriter.verify.analysis import Analysis
from summarywriter.verify.known import Known
from summarywriter.verify.names import is_abbreviated, is_short_for
from summarywriter.verify.report import Finding
from summarywriter.verify.words import either, words

#: Shorter names (蘆山) stand inside others, and before others of a list.
_WHOLE_NAME = 3
#: What the name of a body ends in.
_BODY_ENDS = "[局委办会馆院校所站社司厂队部处科宫团园]|中心|集团"


def unknown(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """SW301: a body that no fact has, right before a role: 市工人體育館承辦."""
    stated = {folded(name) for fact in known.index if fact.organisers for name in fact.organisers.names}
    stated |= {folded(fact.text) for fact in known.index if fact.kind is FactKind.UNIT} | known.places
    if not stated:
        return
    role = either(set(words("named_role")) & set(words("exclusive_role")))  # 社會|贊助 is no sponsor's name
    told = re.compile(
        f"(?:^|[,;。:由、和与及])(?P<name>[^由两三四五六七八九十,;。:、和与及的在为\n]{{2,12}}?(?:{_BODY_ENDS}))(?=(?:联合|共同)?{role}(?!单位|方|的))",
        re.MULTILINE,
    )
    generic = re.compile(
        f"{either(words('generic_organisation'))}$|^[各该本我两三四五六七八九十几多有相]|[的等及和与在为]"
    )
    for match in told.finditer(analysis.form):
        name = match["name"]
        if known.says(name) or generic.search(name) or analysis.overlaps_claim(*match.span("name")):
            continue
        short = any(is_short_for(name, other) or other in name for other in stated)
        if short or is_abbreviated(name, stated):
            continue
        yield analysis.finding("SW301", *match.span("name"))


def roleless(analysis: Analysis, known: Known) -> Iterator[Finding]:
    """A body of the sheet that has no role, told in one that others have: 省稅務局主辦."""
    role_of: dict[str, set[str]] = {}
    for fact in known.index:
        for name in fact.organisers.names if fact.organisers and fact.organisers.role else ():
            role_of.setdefault(folded(name), set()).add(folded(fact.organisers.role or ""))  # type: ignore[union-attr]
    roles = set().union(*role_of.values()) & set(words("named_role")) if role_of else set()
    bodies = {name for name in known.bodies if len(name) >= _WHOLE_NAME}
    if not roles or not bodies:
        return
    body, role = either(bodies), either(roles)
    before = re.compile(
        f"(?:^|[,;。:由、和与及])(?P<name>{body})(?:等[^,;。、]{{0,6}})?(?:联合|共同)?(?P<role>{role})(?!的)"
    )
    after = re.compile(f"(?P<role>{role})(?:单位|方|者)?(?:是|为|由|:)(?P<name>{body})")
    for match in (*before.finditer(analysis.form), *after.finditer(analysis.form)):
        name = match["name"]
        own = {role for other, held in role_of.items() if name in other or other in name for role in held}
        if match["role"] in own or analysis.overlaps_claim(*match.span("name")):
            continue
        if own or not known.says(name + match["role"]):
            holders = [other for other, held in role_of.items() if match["role"] in held]
            yield analysis.finding("SW306", *match.span("name"), (), stated="、".join(sorted(holders)))
