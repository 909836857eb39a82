"""What a summary cost, from a user's table; a mistake in the table is told with file and key."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from summarywriter import PricesError, Usage
from summarywriter.prices import load_prices


def table(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "prices.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_cost_is_exact(tmp_path: Path) -> None:
    prices = load_prices(
        table(tmp_path, "currency: CNY\nper: 1000\nmodels: {qwen3: {input: 0.1, output: 0.3}}")
    )
    assert prices.cost("qwen3", Usage(12_345, 678)) == Decimal("1.4379")
    assert prices.cost("other", Usage(1, 1)) is None
    assert prices.currency == "CNY"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("models: {", "cannot be read"),
        ("- 1", "keys currency, per and models"),
        ("model: {}", "keys currency, per and models"),
        ("models: {}", "models: give each"),
        ("per: none\nmodels: {a: {input: 1, output: 1}}", "per: a number of tokens"),
        ("models: {a: 3}", "models.a: write"),
        ("models: {a: {input: 1}}", "models.a: write"),
        ("models: {a: {input: cheap, output: 1}}", "models.a.input: 'cheap' is no price"),
        ("models: {a: {input: 1, output: -2}}", "models.a.output: -2 is no price"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PricesError, match=said) as raised:
        load_prices(table(tmp_path, text))
    assert "prices.yaml" in str(raised.value)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PricesError, match=r"none\.yaml"):
        load_prices(tmp_path / "none.yaml")
