"""How a text came to be, read off its trace: versions as diffs, remarks, fallbacks, requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from summarywriter.draft import number, parse_draft
from summarywriter.facts.index import FactIndex
from summarywriter.messages import role_name
from summarywriter.plan import SectionPlan
from summarywriter.render.review.data import Change, Fold, PageRound
from summarywriter.render.review.sheet import Words
from summarywriter.render.text import script_of
from summarywriter.slots import fill
from summarywriter.summary import Summary, TraceEvent

_SHORTEST_KEPT = 2
"""Characters alike between two changes that are shown as one change: Chinese has many by chance."""
_HASH = 12
_TITLE = 14
"""Characters of its text that name a section with no heading."""
_ANSWERS = frozenset({"reply", "failure"})
_TOKEN = re.compile(r"[0-9A-Za-z.,%％]+|.", re.DOTALL)


def round_folds(summary: Summary, words: Words) -> tuple[Fold, ...]:
    """A part for each section that a model was asked for."""
    index = FactIndex.of(summary.facts)
    folds = []
    for section in summary.plan.sections:
        events = [event for event in summary.trace.events if event.section == section.id]
        if any(event.kind == "request" for event in events):
            folds.append(_section(summary, section, index, events, words))
    return tuple(folds)


def _section(
    summary: Summary, section: SectionPlan, index: FactIndex, events: list[TraceEvent], words: Words
) -> Fold:
    reason = summary.trace.fallbacks.get(section.id, "")
    remarks = tuple(_remarks(summary, section.id, words))
    rounds: list[PageRound] = []
    standing = ""
    waiting: tuple[str, str, str] | None = None
    for event in events:
        done = _timed(words(f"review.round.{event.stage}"), event, words) if event.kind in _ANSWERS else ""
        if event.kind == "reply":
            text = _filled(str(event.data.get("text", "")), section, index, summary.plan.script)
            if event.stage == "draft":
                standing = text
                rounds.append(PageRound(done, (Change("same", text),)))
            else:
                waiting = (event.stage, text, done)
        elif event.kind == "failure":
            failed = f"{event.data.get('kind', '')} {event.data.get('message', '')}".strip()
            rounds.append(PageRound(done, (), failed, accepted=False))
        elif event.kind == "decision" and waiting is not None and event.stage == waiting[0]:
            accepted = bool(event.data.get("accepted"))
            verdict = words("review.accepted" if accepted else "review.refused")
            changes = tuple(diff(standing, waiting[1]))
            rounds.append(PageRound(waiting[2], changes, verdict, accepted=accepted, remarks=remarks))
            standing, waiting = (waiting[1] if accepted else standing), None
    if reason:
        drafts = tuple(draft for draft in summary.drafts if draft.section == section.id)
        now = fill(drafts, index, script=summary.plan.script).text
        changes = tuple(diff(standing, now)) if standing else (Change("same", now),)
        rounds.append(PageRound(words("review.round.fallback"), changes, reason))
    title = f"{section.number}{section.heading}" if section.heading else f"{standing[:_TITLE]}…"
    flags = [words("review.fallback")] if reason else []
    if taken := sum(_number(event.data.get("seconds")) for event in events):
        flags.append(words("review.took", seconds=_seconds(taken)))
    return Fold(title, " · ".join(flags), tuple(rounds))


def _timed(title: str, event: TraceEvent, words: Words) -> str:
    """What was done, and the seconds that it took, where somebody measured them."""
    seconds = _number(event.data.get("seconds"))
    return f"{title} · {words('review.took', seconds=_seconds(seconds))}" if seconds else title


def _filled(reply: str, section: SectionPlan, index: FactIndex, script: str) -> str:
    """A reply with its slots filled, as it would have been printed."""
    draft = parse_draft(reply, number(section, index), section, index).draft
    return fill((draft,), index, script=script).text


def _remarks(summary: Summary, section: str, words: Words) -> Iterator[str]:
    for event in summary.trace.events:
        for remark in event.data.get("remarks", ()) if event.kind == "remarks" else ():
            if remark.get("section") == section:
                advice = remark.get("advice") or remark.get("kind", "")
                quote = remark.get("quote", "")
                yield words("review.remark", quote=quote, advice=advice) if quote else advice


def diff(before: str, after: str) -> Iterator[Change]:
    """What was taken out and put in: by character, numbers whole; changes that nearly touch are one.

    Example:
        >>> [(c.kind, c.text) for c in diff("共發放手冊18份。", "發放手冊19份。")]
        [('out', '共'), ('same', '發放手冊'), ('out', '18'), ('in', '19'), ('same', '份。')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    gone, come = "", ""
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal" or (a2 - a1 < _SHORTEST_KEPT and (gone or come) and a2 < len(old)):
            gone += "".join(old[a1:a2])
            come += "".join(new[b1:b2])
            continue
        yield from _changed(gone, come)
        gone = come = ""
        yield Change("same", "".join(old[a1:a2]))
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[Change]:
    if gone:
        yield Change("out", gone)
    if come:
        yield Change("in", come)


def request_fold(summary: Summary, words: Words, lang: str) -> Fold | None:
    """What was asked of the model: stage, section, tokens, time, hash of the prompt."""
    titles = {
        section.id: section.heading or role_name(section.role, lang=lang, script=script_of(summary))
        for section in summary.plan.sections
    }
    keys = ("stage", "section", "outcome", "model", "prompt", "completion", "seconds", "hash")
    rows = [tuple(words(f"review.column.{key}") for key in keys)]
    asked: dict[tuple[str, str], str] = {}
    for event in summary.trace.events:
        place = event.stage, event.section
        if event.kind == "request":
            asked[place] = str(event.data.get("key", ""))[:_HASH]
        elif event.kind in ("reply", "failure"):
            usage = event.data.get("usage") or {}
            outcome = event.data.get("finish_reason") or event.data.get("kind") or ""
            rows.append(
                (
                    words(f"review.round.{event.stage}"),
                    titles.get(event.section, event.section or words("review.whole_text")),
                    str(outcome),
                    str(event.data.get("model") or summary.trace.model),
                    _count(usage.get("prompt_tokens")),
                    _count(usage.get("completion_tokens")),
                    _seconds(event.data.get("seconds")),
                    asked.get(place, ""),
                )
            )
    return Fold(words("review.requests"), "", (), tuple(rows)) if len(rows) > 1 else None


def totals(summary: Summary) -> tuple[int, int, float]:
    """Prompt tokens, completion tokens and seconds of the whole trace; 0 where nobody counted."""
    prompt = completion = 0
    seconds = 0.0
    for event in summary.trace.events:
        usage = event.data.get("usage") or {}
        prompt += int(usage.get("prompt_tokens") or 0)
        completion += int(usage.get("completion_tokens") or 0)
        seconds += _number(event.data.get("seconds"))
    return prompt, completion, seconds


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _count(value: Any) -> str:
    return str(value) if value else "—"


def _seconds(value: Any) -> str:
    return re.sub(r"\.0$", "", f"{_number(value):.1f}") if _number(value) else "—"
