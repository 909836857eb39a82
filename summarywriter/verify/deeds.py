"""SW306: what one person did, told of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarywriter.verify.analysis import Analysis
from summarywriter.verify.persons import People
from summarywriter.verify.report import Finding
from summarywriter.verify.words import concepts, either

#: A deed so far from a name is no longer surely its bearer's.
_FAR = 24


def _is_nearer(analysis: Analysis, name_end: int, role: int) -> bool:
    """Whether somebody told by surname stands between a name and a role: 程萬里副縣長到場，梅局長致辭."""
    return any(max(role - _FAR, name_end - 1) < m.span.start < role for m in analysis.persons)


def deeds(analysis: Analysis, persons: People) -> Iterator[Finding]:
    """A stated role beside a person who did not have it, while another one did."""
    holders: dict[str, set[str]] = {}
    for name, roles in persons.roles.items():
        for role in roles:
            if "@attend" in concepts(role):
                continue  # to be there is nobody's alone
            holders.setdefault(role, set()).add(name)
    if not holders:
        return
    yield from _named_after(analysis, persons, holders)
    search = re.compile(_with_le(holders))
    for sentence in analysis.sentences:
        previous = sentence.start
        for match in search.finditer(analysis.form, sentence.start, sentence.end):
            if _DEED_FIRST.match(analysis.form, match.end()):
                continue  # 宣讀方案的是…
            last, role = _bearer(analysis, persons, previous, match.start()), match.group()
            role = role if role in holders else role.replace("了", "", 1)
            previous = match.end()
            if last is None or not persons.roles[last] or role in persons.roles[last]:
                continue
            if last not in holders[role] and not analysis.overlaps_claim(*match.span()):
                who = min(holders[role])
                yield analysis.finding(
                    "SW306", *match.span(), persons.facts[who], stated=persons.surface[who]
                )


def _with_le(roles: Iterable[str]) -> str:
    """An alternation of roles, each with room for 了 behind its verb: 宣讀了賀信."""
    parts = (
        re.escape(role[:2]) + ("了?" if len(role) > 2 else "") + re.escape(role[2:])  # noqa: PLR2004
        for role in sorted(roles, key=len, reverse=True)
    )
    return "|".join(parts)


_DEED_FIRST = re.compile("(?:人|者|的)?[^,;。]{0,4}?(?:的是|者是|人是|者为|人为|者:|人:|由)")


def _named_after(analysis: Analysis, persons: People, holders: dict[str, set[str]]) -> Iterator[Finding]:
    """主講人為易冬生, where another one spoke: the deed stands first."""
    search = re.compile(
        rf"(?P<role>{either(holders)})(?:人|者|的)?[^,;。]{{0,4}}?(?:由|是|为|:)[^,;。]{{0,10}}?(?P<name>{either(persons.names)})(?![、和及与])"
    )
    for match in search.finditer(analysis.form):
        role, name = match["role"], match["name"]
        if (
            role in persons.roles[name]
            or not persons.roles[name]
            or analysis.overlaps_claim(*match.span("name"))
        ):
            continue
        if not any(role in held or held in role for held in persons.roles[name]):
            who = min(holders[role])
            yield analysis.finding(
                "SW306", *match.span("name"), persons.facts[who], stated=persons.surface[who]
            )


def _bearer(analysis: Analysis, persons: People, start: int, role: int) -> str | None:
    """Whose deed stands at ``role``: the last stated person before it, in its own clause or close by."""
    found = list(re.compile(either(persons.names)).finditer(analysis.form, start, role))
    if not found:
        return None
    end = found[-1].end()
    if re.search("[;。]", analysis.form[end:role]) or role - end > _FAR or _is_nearer(analysis, end, role):
        return None
    return found[-1].group()
