"""Whatever a file holds, loading gives facts or a `FactsError`, and linting what loaded never fails."""
# ruff: noqa: E501  a sheet or a case on one line is read as one

from __future__ import annotations

import contextlib
import functools
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from summarywriter.errors import FactsError
from summarywriter.facts.index import FactIndex
from summarywriter.facts.keys import Context, aliases, keys
from summarywriter.facts.lint import lint
from summarywriter.facts.load import facts_from, load_facts, loads_facts

NAMES = sorted({name for c in Context for key in keys(c) for name in (key, *aliases(c, key)[:2])})
VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2月30日", "近600餘人", "20xx餘冊", "5萬—10萬元", "85%", "x" * 300, "否", "鄉鎮", "f1", "a1.f1",
                     "2018-05-19", "——", "第三屆", "〔〕", "11010519491231002X", "{{7*7}}", "《", "擬", "xx市", "\0"]),
    st.none(), st.booleans(), st.integers(), st.floats(),
)  # fmt: skip
DATA = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)
SHEETS = st.fixed_dictionaries(
    {"title": st.just("小結")},
    optional={key: DATA for key in keys(Context.EVENT) if key != "title"},
)
PIECES = st.sampled_from(
    ["title: ", "標題：", "\n", "\n  ", "\n- ", "\n\t", "[", "]", "{", "}", '"', "'", "&a ", "*a", "!t ", "|\n", ">\n", "? ", "---\n",
     "# ", ": ", "activities:", "name: 甲", "figures:", "- 參加 600多人", "，", "\ufeff", "\u2028", "\x85", "%YAML 1.1\n", "<<: "]
)  # fmt: skip


def survives(load):
    with contextlib.suppress(FactsError):
        facts = load()
        FactIndex.of(facts)
        for diagnostic in lint(facts):
            assert diagnostic.message


@given(st.text())
@example("title: \ud800")
def test_any_text(text):
    survives(functools.partial(loads_facts, text))


@example("&a [&a 甲]")
@given(st.lists(PIECES, max_size=30).map("".join))
def test_pieces_of_yaml(text):
    survives(functools.partial(loads_facts, text))


@given(SHEETS)
def test_sheets_of_known_keys(data):
    survives(functools.partial(facts_from, data))


@given(st.binary(max_size=200))
def test_any_bytes(tmp_path_factory, data):
    file = Path(tmp_path_factory.getbasetemp()) / "fuzz.yaml"
    file.write_bytes(data)
    survives(functools.partial(load_facts, file))
