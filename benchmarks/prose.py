"""Measure the realiser's prose over many unrelated sheets.

    python benchmarks/prose.py [FOLDER | SHEET]...

With no argument, every sheet of fixtures/events. A sheet that does not load is named and left out.

What is measured, for each document and for all:

* ``chars``      characters a sentence (headings left out); 35 to 65 is the aim.
* ``facts>=2``   sentences that tell two messages or more; 40 to 70 % is the aim. A message is an
                 activity, a figure, a total or a free-text fact; its date, place, host, people and the
                 quantities inside a free text are its circumstances, not messages of their own.
* ``frames``     most sentences with one opening frame among any five neighbours; at most 2 is the aim.
                 A frame is the kind of fact that a sentence opens with, or its first two characters
                 where it opens with words (free text opens with its own words).
* ``no fact``    characters, punctuation left out, that belong neither to a fact's slot nor to the words
                 that the sheet gives a figure (verb, noun, actor, scope); at most 15 % is the aim.
* ``repeated``   8-grams that occur in two events or more, of all 8-grams, with quantities and dates
                 removed; at most 5 % is the aim. ``strict`` is the same with every fact as one mark.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from summarywriter import SummaryWriter, load_facts
from summarywriter.errors import SummaryWriterError
from summarywriter.facts.index import FREE_TEXT, FactIndex, FactKind
from summarywriter.summary import Summary

MESSAGES = FREE_TEXT | {FactKind.ACTIVITY, FactKind.FIGURE, FactKind.TOTAL}
SHEETS = {".yaml", ".yml", ".json"}
GRAM = 8


@dataclass(frozen=True, slots=True)
class Prose:
    """The measures of one document."""

    name: str
    sentences: int
    chars: float
    rich: float
    frames: int
    bare: float
    plain: str
    strict: str


def main(arguments: list[str] | None = None) -> int:
    """Print the table; exit 1 if any bound on the whole is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    root = Path(__file__).resolve().parent.parent
    found = []
    for sheet in sheets(options.paths or [root / "fixtures" / "events"]):
        try:
            found.append(measure(sheet.name, SummaryWriter().write(load_facts(sheet))))
        except SummaryWriterError as error:
            print(f"left out: {sheet.name}: {str(error).splitlines()[0]}", file=sys.stderr)
    if not found:
        print("no sheet could be written", file=sys.stderr)
        return 2
    return report(found)


def sheets(paths: list[Path]) -> list[Path]:
    """All sheets among ``paths`` and in the folders among them."""
    out: list[Path] = []
    for path in paths:
        out.extend(sorted(p for p in path.rglob("*") if p.suffix in SHEETS) if path.is_dir() else [path])
    return out


def measure(name: str, summary: Summary) -> Prose:
    """Measure one summary."""
    index = FactIndex.of(summary.facts)
    body = [line for line in summary.filled.lines if line.kind == "paragraph"]
    sentences = [
        s
        for s in summary.sentences
        if any(line.start <= s.start < line.end for line in body) and len(s.text) > 1
    ]
    rich = [
        s for s in sentences if sum(index[f].kind in MESSAGES for f in set(s.fact_ids) if f in index) >= 2
    ]
    frames = [frame(summary, index, s.start, s.text) for s in sentences]
    windows = [frames[i : i + 5] for i in range(max(1, len(frames) - 4))]
    return Prose(
        name,
        len(sentences),
        sum(len(s.text) for s in sentences) / max(1, len(sentences)),
        len(rich) / max(1, len(sentences)),
        max((max(Counter(window).values()) for window in windows if window), default=0),
        bare_share(summary, index),
        "".join(text_without(summary, index, values=True)),
        "".join(text_without(summary, index, values=False)),
    )


def frame(summary: Summary, index: FactIndex, start: int, text: str) -> str:
    """The opening frame of the sentence at ``start``."""
    claim = next((c for c in summary.filled.claims if c.start == start and c.how == "slot"), None)
    if claim is None or index[claim.facts[0]].kind in FREE_TEXT:
        return text[:2]
    return index[claim.facts[0]].kind.value


def bare_share(summary: Summary, index: FactIndex) -> float:
    """Share of characters that tell no fact."""
    text = summary.text
    told = [False] * len(text)
    for claim in summary.filled.claims:
        told[claim.start : claim.end] = [True] * (claim.end - claim.start)
    for sentence in summary.sentences:
        for fact in sentence.fact_ids:
            for word in words_of(index, fact):
                at = text.find(word, sentence.start, sentence.end)
                while at >= 0 and all(told[at : at + len(word)]):
                    # 藏品鑑定…，現場鑑定藏品352件: what stands in another fact's slot is that fact's
                    at = text.find(word, at + 1, sentence.end)
                if at >= 0:
                    told[at : at + len(word)] = [True] * len(word)
    counted = [
        i
        for line in summary.filled.lines
        if line.kind == "paragraph"
        for i in range(line.lead_end or line.start, line.end)
        if text[i].isalnum()
    ]
    return sum(not told[i] for i in counted) / max(1, len(counted))


def words_of(index: FactIndex, fact: str) -> list[str]:
    """The words that the sheet gives a fact beside its value."""
    if fact not in index:
        return []
    found = index[fact]
    words: list[str | None] = []
    if found.figure:
        words = [found.figure.action, found.figure.object, found.figure.actor, found.figure.scope]
    elif found.organisers:
        words = [found.organisers.role]
    elif found.person:
        words = [found.person.role]
    return [word for word in words if word]


def text_without(summary: Summary, index: FactIndex, *, values: bool) -> list[str]:
    """The body with quantities and dates removed, or with every fact as one mark."""
    out: list[str] = []
    for line in summary.filled.lines:
        at = line.start
        for claim in sorted(summary.filled.claims, key=lambda c: (c.start, -c.end)):
            if claim.start < at or claim.end > line.end or claim.how != "slot":
                continue
            fact = index[claim.facts[0]]
            if values and fact.quantity is None and fact.date is None:
                continue
            out.append(summary.text[at : claim.start])
            if not values:
                out.append("▢")
            at = claim.end
        out.append(summary.text[at : line.end] + "\n")
    return out


def grams(text: str) -> list[str]:
    """All 8-grams of a text, none across a line."""
    return [line[i : i + GRAM] for line in text.split("\n") for i in range(len(line) - GRAM + 1)]


def repeated(texts: list[str]) -> tuple[float, list[tuple[str, int]]]:
    """Share of 8-grams that occur in two texts or more, and the commonest of them."""
    events = Counter(gram for text in texts for gram in set(grams(text)))
    every = [gram for text in texts for gram in grams(text)]
    shared = [gram for gram in every if events[gram] > 1]
    return len(shared) / max(1, len(every)), Counter({g: n for g, n in events.items() if n > 1}).most_common(
        5
    )


def report(found: list[Prose]) -> int:
    """Print the table and return the exit code."""
    print(f"{'sheet':34}{'sentences':>10}{'chars':>8}{'facts>=2':>10}{'frames':>8}{'no fact':>9}")
    for prose in found:
        print(
            f"{prose.name:34}{prose.sentences:>10}{prose.chars:>8.1f}{prose.rich:>10.0%}{prose.frames:>8}"
            f"{prose.bare:>9.1%}"
        )
    total = sum(prose.sentences for prose in found)
    chars = sum(prose.chars * prose.sentences for prose in found) / total
    rich = sum(prose.rich * prose.sentences for prose in found) / total
    bare = sum(prose.bare * prose.sentences * prose.chars for prose in found) / (chars * total)
    frames = max(prose.frames for prose in found)
    share, worst = repeated([prose.plain for prose in found])
    strict, _ = repeated([prose.strict for prose in found])
    rows = (
        ("characters a sentence", f"{chars:.1f}", "35-65", 35 <= chars <= 65),
        ("sentences with two facts or more", f"{rich:.0%}", "40-70%", 0.4 <= rich <= 0.7),
        ("same opening frame in five sentences", str(frames), "<= 2", frames <= 2),
        ("characters that tell no fact", f"{bare:.1%}", "<= 15%", bare <= 0.15),
        ("repeated 8-grams, values removed", f"{share:.1%}", "<= 5%", share <= 0.05),
    )
    print()
    for label, value, bound, good in rows:
        print(f"{label:40}{value:>8}   {bound:8}{'ok' if good else 'MISSED THE BOUND'}")
    print(f"{'  the same, every fact as one mark':40}{strict:>8.1%}")
    print("  commonest:", "  ".join(f"{gram}x{count}" for gram, count in worst))
    return 0 if all(good for *_, good in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
