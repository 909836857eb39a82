"""How well the verifier tells faults from faithful sentences, over corpora of passages.

A corpus is a YAML list of passages: ``{id, sheet, kind: fault|faithful, class, text, wrong}``, where
``sheet`` is a path beside the corpus file (or in fixtures/events) and ``wrong`` the planted fault. A fault
counts as found where an error or a warning touches its span; a faithful passage as left alone where
there is neither. ``python benchmarks/verifier.py [CORPUS.yaml…] [--show]`` prints shares by class, and with
``--show`` every passage that was judged wrongly.
"""

from __future__ import annotations

import argparse
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from summarywriter import load_facts, verify_text
from summarywriter.facts.model import EventFacts
from summarywriter.verify import Finding, Severity

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "fixtures" / "passages"


@cache
def sheet(path: Path) -> EventFacts:
    """A fact sheet, loaded once."""
    return load_facts(path)


def sheet_of(case: dict[str, Any], corpus: Path) -> Path:
    """Where a case's sheet lies: beside its corpus, or among the events of fixtures/."""
    beside = corpus.parent / case["sheet"]
    return beside if beside.exists() else ROOT / "fixtures" / "events" / Path(case["sheet"]).name


def loud(case: dict[str, Any], corpus: Path) -> list[Finding]:
    """The errors and warnings on a passage."""
    report = verify_text(case["text"], sheet(sheet_of(case, corpus)))
    return [finding for finding in report.findings if finding.severity is not Severity.UNVERIFIABLE]


_ENDS = "，。；！？,;!?\n"


def touches(finding: Finding, case: dict[str, Any]) -> bool:
    """Whether a finding lies in a clause that the planted fault lies in."""
    text, wrong = case["text"], case["wrong"]
    at = text.find(wrong)
    while at >= 0:
        first = max((text.rfind(mark, 0, at) for mark in _ENDS), default=-1) + 1
        last = min(
            (p for p in (text.find(mark, at + len(wrong)) for mark in _ENDS) if p >= 0), default=len(text)
        )
        if finding.start < last and first < finding.end:
            return True
        at = text.find(wrong, at + 1)
    return False


def judge(case: dict[str, Any], corpus: Path) -> tuple[bool, list[Finding]]:
    """Whether a passage was judged rightly, and what was found on it."""
    found = loud(case, corpus)
    if case["kind"] == "faithful":
        return not found, found
    # What is left out has no span of its own: the finding stands at the heading or at what is told.
    left_out = any(f.code in ("SW405", "SW407") for f in found) and "dropped" in case["class"]
    return left_out or any(touches(f, case) for f in found), found


def main() -> None:
    """Judge every passage of the corpora given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="print every passage judged wrongly")
    options = parser.parse_args()
    for corpus in options.corpora or sorted(CORPORA.glob("*.yaml")):
        cases = YAML(typ="safe", pure=True).load(corpus.read_text(encoding="utf-8"))
        right, total, anywhere = Counter[tuple[str, str]](), Counter[tuple[str, str]](), 0
        for case in cases:
            key = case["kind"], case["class"]
            good, found = judge(case, corpus)
            total[key] += 1
            right[key] += good
            anywhere += case["kind"] == "fault" and bool(found)
            if options.show and not good:
                print(f"\n{case['id']} [{case['class']}] {Path(case['sheet']).stem}")
                print(f"  {case['text'].strip()}")
                if case["kind"] == "fault":
                    print(f"  missed: {case.get('wrong')}   ({case.get('note', '')})")
                for finding in found:
                    print(f"  {finding.severity} {finding.code} “{finding.text}” {finding.message}")
        print(f"\n== {corpus.name}")
        for kind, name in (("fault", "faults found"), ("faithful", "faithful passages left alone")):
            part = {key: count for key, count in total.items() if key[0] == kind}
            good = sum(right[key] for key in part)
            whole = sum(part.values())
            share = 100 * good / whole if whole else 0
            print(f"{name}: {good}/{whole} = {share:.1f}%")
            for key in sorted(part):
                if right[key] < part[key]:
                    print(f"    {key[1]}: {right[key]}/{part[key]}")
        print(f"faults with any finding at all: {anywhere}")


if __name__ == "__main__":
    main()
