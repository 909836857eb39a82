"""Gather the wording that faithful summaries share whatever they tell.

From the faithful passages of fixtures/passages (or of the corpora given) it takes every pair of Han
characters that is not in the passage's own sheet, and writes them to summarywriter/verify/wording.txt, where
the verifier looks them up: a clause of which neither the sheet nor this list has anything was made up.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ruamel.yaml import YAML
from verifier import CORPORA, sheet, sheet_of

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex
from summarywriter.verify.known import know
from summarywriter.verify.unsupported import pairs

OUT = Path(__file__).resolve().parents[1] / "summarywriter" / "verify" / "wording.txt"
WIDTH = 40


def main() -> None:
    """Write the list anew."""
    corpora = [Path(path) for path in sys.argv[1:]] or sorted(CORPORA.glob("*.yaml"))
    found: set[str] = set()
    for corpus in corpora:
        for case in YAML(typ="safe").load(corpus.read_text(encoding="utf-8")):
            if case["kind"] == "faithful":
                hay = know(FactIndex.of(sheet(sheet_of(case, corpus)))).haystack
                found |= {pair for pair in pairs(folded(case["text"])) if pair not in hay}
    ordered = sorted(found)
    lines = [" ".join(ordered[i : i + WIDTH]) for i in range(0, len(ordered), WIDTH)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(found)} pairs -> {OUT.name}")


if __name__ == "__main__":
    main()
