"""What a summary's tokens cost, from a table that the user keeps: prices change, and none ship here.

```yaml
currency: CNY
per: 1000000          # tokens that a price is for
models:
  qwen3: {input: 2, output: 8}
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from summarywriter.chat import Usage
from summarywriter.errors import PricesError

_KEYS = ("input", "output")


@dataclass(frozen=True, slots=True)
class Prices:
    """A table of prices.

    Attributes:
        models: A model's name, and its prices for tokens sent and tokens received.
        currency: As it is printed.
        per: Tokens that a price is for.
    """

    models: Mapping[str, tuple[Decimal, Decimal]]
    currency: str = ""
    per: int = 1_000_000

    def cost(self, model: str, usage: Usage) -> Decimal | None:
        """What tokens cost; ``None`` for a model that the table does not have.

        >>> table = Prices({"qwen3": (Decimal(2), Decimal(8))})
        >>> table.cost("qwen3", Usage(500_000, 250_000))
        Decimal('3')
        """
        if model not in self.models:
            return None
        sent, received = self.models[model]
        return (usage.prompt_tokens * sent + usage.completion_tokens * received) / self.per


def load_prices(path: str | Path) -> Prices:
    """Read a table of prices (YAML or JSON).

    Raises:
        PricesError: It cannot be read, or says something else; the message names file and key.
    """
    try:
        data = YAML(typ="safe", pure=True).load(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise PricesError(f"{path} cannot be read as a table of prices: {error}") from error
    if not isinstance(data, Mapping) or set(data) - {"currency", "per", "models"}:
        raise PricesError(f"{path}: a table of prices has the keys currency, per and models, and no others")
    per = data.get("per", 1_000_000)
    if not isinstance(per, int) or isinstance(per, bool) or per < 1:
        raise PricesError(f"{path}: per: a number of tokens is wanted, such as 1000000, not {per!r}")
    models = data.get("models")
    if not isinstance(models, Mapping) or not models:
        raise PricesError(f"{path}: models: give each model's prices, as in `qwen3: {{input: 2, output: 8}}`")
    table = {str(name): _prices(entry, f"{path}: models.{name}") for name, entry in models.items()}
    return Prices(table, str(data.get("currency", "")), per)


def _prices(entry: Any, where: str) -> tuple[Decimal, Decimal]:
    if not isinstance(entry, Mapping) or set(entry) != set(_KEYS):
        raise PricesError(f"{where}: write `{{input: 2, output: 8}}`: what tokens sent and received cost")
    sent, received = (_price(entry[key], f"{where}.{key}") for key in _KEYS)
    return sent, received


def _price(value: Any, where: str) -> Decimal:
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        price = Decimal(-1)
    if isinstance(value, bool) or not price.is_finite() or price < 0:
        raise PricesError(f"{where}: {value!r} is no price: write a number, 0 or more")
    return price
