"""The page for clerks says what is true: its example loads, and its codes exist."""

from __future__ import annotations

import re
from pathlib import Path

from summarywriter.facts.diagnostic import RULES
from summarywriter.facts.keys import Context, canonical
from summarywriter.facts.lint import lint
from summarywriter.facts.load import loads_facts

PAGE = (Path(__file__).parents[2] / "docs" / "facts.md").read_text(encoding="utf-8")


def test_the_example_loads_without_errors():
    [example] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    facts = loads_facts(example)
    assert facts.activities[0].figures[2].of == "f2"
    assert [d.message for d in lint(facts) if d.severity != "question"] == []


def test_codes_and_keys_of_the_page_exist():
    assert set(re.findall(r"FL\d{3}", PAGE)) <= set(RULES)
    for chinese, english in re.findall(r"([一-鿿]+)（([a-z_]+)）", PAGE):
        assert canonical(Context.EVENT, chinese) == english


def test_every_quantity_of_the_page_reads():
    table = PAGE.split("## 數據")[1].split("要寫得更細")[0]
    figures = [
        f for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for f in re.findall(r"`(.+?)`", row)
    ]
    facts = loads_facts(
        "title: 小結\ntotals:\n" + "".join(f"  - {f if ' ' in f else '參加 ' + f}\n" for f in figures)
    )
    assert len(facts.totals) == len(figures) > 7
