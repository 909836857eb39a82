"""``refill --into``: corrections into a .docx that a person has edited, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summarywriter.cli.pins import short
from summarywriter.cli.setting import refuse
from summarywriter.cli.terminal import Terminal
from summarywriter.facts.model import EventFacts
from summarywriter.refill.edited import Change, RefilledDocument, refill_document
from summarywriter.render import SavedSummary, save, write_whole
from summarywriter.verify import Policy
from summarywriter.verify.report import Severity


def into_edited(
    saved: SavedSummary,
    sheet: EventFacts,
    edited: Path,
    outputs: Sequence[Path],
    terminal: Terminal,
    *,
    policy: Policy,
) -> None:
    """Carry corrections into ``edited``, write the outputs, and tell what became of each correction.

    Raises:
        RenderError: A file cannot be written.
        FactsError: A file cannot be read.
    """
    if not any(path.suffix.lower() == ".docx" for path in outputs):
        refuse("cli.into_needs_docx")
    done = refill_document(saved, sheet, edited, policy=policy, lang=terminal.lang)
    for path in outputs:
        if path.suffix.lower() == ".docx":
            write_whole(path, done.content, lang=terminal.lang, script=terminal.script)
        else:
            save(done.summary, path, draft=saved.draft, lang=terminal.lang)
        terminal.result(terminal.words("cli.written", path=path))
    for change in done.changes:
        _tell(change, terminal)
    _tell_findings(done, terminal)
    counts = {outcome: sum(c.outcome == outcome for c in done.changes) for outcome in ("changed", "already")}
    left = len(done.changes) - sum(counts.values())
    terminal.say("cli.into_done", "warning" if left else "good", left=left, **counts)


def _tell(change: Change, terminal: Terminal) -> None:
    correction = change.correction
    terminal.say(
        f"cli.into_{change.outcome}",
        "quiet" if change.outcome in ("changed", "already") else "warning",
        old=correction.old or "∅",
        new=correction.new or "∅",
        found=change.found or "∅",
        facts=", ".join(correction.facts) or "—",
        sentence=short(change.sentence),
    )


def _tell_findings(done: RefilledDocument, terminal: Terminal) -> None:
    for finding in done.report.findings:
        if finding.severity is Severity.UNVERIFIABLE:
            continue
        pinned = any(start < finding.end and finding.start < end for start, end in done.pinned)
        said = terminal.words(finding.code, **finding.params)
        told = terminal.words(
            "cli.finding", line=finding.line, column=finding.column, code=finding.code, said=said
        )
        mark = terminal.words("cli.into_pinned_mark") if pinned else ""
        terminal.note(f"{mark}{told}", "error" if finding.severity is Severity.ERROR else "warning")
