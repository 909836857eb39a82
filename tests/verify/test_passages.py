"""The verifier against passages by writers who had not seen it: shares, as a user of a linter feels them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
CORPORA = sorted((ROOT / "fixtures" / "passages").glob("*.yaml"))
#: What the project wants of every corpus, in shares of its passages: faults missed and faithful ones marked.
MISSED, MARKED = 1 / 20, 1 / 100
#: Corpora that are not there yet, and how far each is: none may fall back.
SO_FAR = {
    "held-second": (0.073, MARKED),
    "held-fourth": (MISSED, 0.041),
    "held-fifth": (MISSED, 0.03),
    "held-eighth": (0.067, 0.017),
    "references": (0.056, MARKED),
    # All four that are marked have ** or # for headings, which no summary keeps.
    "tellings": (MISSED, 0.067),
}
#: Passages of each kind in a corpus that is smaller than the others.
SMALLER = {
    "held-sixth": 60,
    "held-seventh": 60,
    "held-eighth": 60,
    "held-ninth": 50,
    "trades": 50,
    "tellings": 40,
}


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_verifier", ROOT / "benchmarks" / "verifier.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(corpus: Path, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(corpus.read_text(encoding="utf-8"))
    return [case for case in found if case["kind"] == kind]


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.stem)
def test_of_planted_faults_no_more_are_missed_than_a_corpus_is_held_to(
    bench: ModuleType, corpus: Path
) -> None:
    faults = cases(corpus, "fault")
    missed = [case["id"] for case in faults if not bench.judge(case, corpus)[0]]
    assert len(faults) >= SMALLER.get(corpus.stem, 90)
    assert len(missed) <= len(faults) * SO_FAR.get(corpus.stem, (MISSED, MARKED))[0], missed


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.stem)
def test_of_faithful_passages_no_more_are_marked_than_a_corpus_is_held_to(
    bench: ModuleType, corpus: Path
) -> None:
    faithful = cases(corpus, "faithful")
    marked = {case["id"]: [(f.code, f.text) for f in found] for case in faithful
              if (found := bench.judge(case, corpus)[1])}  # fmt: skip
    assert len(faithful) >= SMALLER.get(corpus.stem, 80)
    assert len(marked) <= len(faithful) * SO_FAR.get(corpus.stem, (MISSED, MARKED))[1], marked


def test_passages_cover_many_sheets_and_classes() -> None:
    every = [case for corpus in CORPORA for kind in ("fault", "faithful") for case in cases(corpus, kind)]
    assert len({case["sheet"] for case in every}) >= 8
    assert sum(case["kind"] == "fault" for case in every) >= 200
    assert sum(case["kind"] == "faithful" for case in every) >= 200
    assert len({case["class"] for case in every if case["kind"] == "fault"}) >= 40


def test_sentences_of_one_event_are_marked_against_another_s_sheet(bench: ModuleType) -> None:
    """What a clerk fears most: last month's text, or the next town's, with the names left in."""
    events = ROOT / "fixtures" / "events"
    names = ("township-fire-month", "district-law-week", "hospital-free-clinic", "city-arbor-month",
             "school-science-festival", "department-safety-week")  # fmt: skip
    silent, judged = [], 0
    for name in names:
        text = (ROOT / "fixtures" / "drafts" / "controls" / f"complete-{name}.txt").read_text("utf-8")
        own = bench.sheet(events / f"{name}.yaml")
        lines = [line for line in text.splitlines()[1:] if "。" in line]  # headings name nothing surely
        sentences = [part for line in lines for part in line.split("。") if part]
        for other in names:
            sheet = bench.sheet(events / f"{other}.yaml")
            if other == name:
                continue
            for sentence in sentences:
                grounded = {g.text for g in _explain(sentence, own) if g.facts and not g.free}
                shared = {g.text for g in _explain(sentence, sheet) if g.facts and not g.verdict}
                if not grounded - shared:
                    continue
                judged += 1
                if bench.verify_text(sentence + "。", sheet).findings:
                    continue
                silent.append((name, other, sentence))
    assert silent == []
    assert judged > 200


def _explain(text: str, sheet: Any) -> Any:
    from summarywriter.verify.explain import explain_text

    return explain_text(text, sheet)
