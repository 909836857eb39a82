"""The critic's reply, as models write it."""

from __future__ import annotations

import pytest

from summarywriter.critique import Critique, critique_request, parse_critique
from summarywriter.prompts import Prompts

ONE = '{"section": "s1", "quote": "反響熱烈", "kind": "invented", "advice": "刪去"}'


@pytest.mark.parametrize(
    "reply",
    [
        f'{{"remarks": [{ONE}]}}',
        f"[{ONE}]",
        f'```json\n{{"remarks": [{ONE}]}}\n```',
        f'<think>想{{"remarks": []}}</think>{{"remarks": [{ONE}]}}',
        f'好的，意見如下：{{"remarks": [{ONE}]}}\n希望有用。',
        f'看{{s1}}：{{"remarks": [{ONE}, {{"section": "s9", "kind": "flow"}}, {{"kind": "flow"}}, 7]}}',
    ],
)
def test_remarks_are_found_in_whatever_stands_around_them(reply: str) -> None:
    remarks = parse_critique(reply, ("s1", "s2"))
    assert remarks is not None
    assert [(r.section, str(r)) for r in remarks] == [("s1", "“反響熱烈”：刪去")]


@pytest.mark.parametrize(
    "reply", ["", "沒有意見", '{"score": 9}', '{"remarks": [', '{"remarks": "無"}', "[" * 5000]
)
def test_what_is_no_critique_is_none(reply: str) -> None:
    assert parse_critique(reply, ("s1",)) is None


def test_no_remarks_is_a_critique() -> None:
    assert parse_critique('{"remarks": []}', ("s1",)) == ()


def test_a_remark_without_quote_or_advice_still_says_something() -> None:
    remarks = parse_critique('[{"section": "s1", "kind": "flow"}]', ("s1",))
    assert remarks is not None
    assert [str(remark) for remark in remarks] == ["flow"]


def test_the_request_carries_the_schema_of_a_critique() -> None:
    request = critique_request("[s1] 正文", "{1} 活動：甲", Prompts(script="hant"))
    assert request.schema == Critique.model_json_schema()
    assert "[s1] 正文" in request.messages[1].content
    assert "{1} 活動：甲" in request.messages[1].content
