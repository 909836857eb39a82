"""The model that a command's options ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.cli.setting import refuse
from summarywriter.errors import ModelConfigError

if TYPE_CHECKING:
    from summarywriter.chat import ChatModel, TokenCounter
    from summarywriter.cli.terminal import Terminal
    from summarywriter.prices import Prices
    from summarywriter.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """What was said on the command line.

    Attributes:
        name: ``--model``.
        base_url: ``--base-url``.
        key_variable: ``--api-key-env``.
        record: ``--record``.
        replay: ``--replay``.
        store: ``--store``.
        vocabulary: ``--vocabulary``.
        prices: ``--prices``.
    """

    name: str | None = None
    base_url: str | None = None
    key_variable: str | None = None
    record: Path | None = None
    replay: Path | None = None
    store: Path | None = None
    vocabulary: Path | None = None
    prices: Path | None = None

    def model(self) -> ChatModel | None:
        """The model; ``None`` for the realiser alone.

        Raises:
            SummaryWriterError: The options make no sense together.
            ModelConfigError: The key's variable is not set, or the URL is none.
            StoreError: The store cannot be used.
        """
        if self.replay is not None:
            return self._replayed(self.replay)
        if self.name is None:
            given = {
                "--base-url": self.base_url,
                "--api-key-env": self.key_variable,
                "--record": self.record,
                "--store": self.store,
                "--vocabulary": self.vocabulary,
                "--prices": self.prices,
            }
            for option, value in given.items():
                if value is not None:
                    refuse("cli.needs_model", option=option)
            return None
        return self._asked(self.name)

    def table(self) -> Prices | None:
        """The table of prices.

        Raises:
            PricesError: It is wrong.
        """
        if self.prices is None:
            return None
        from summarywriter.prices import load_prices

        return load_prices(self.prices)

    def counter(self) -> TokenCounter | None:
        """A counter by the vocabulary that was named; ``None`` leaves it to the writer.

        Raises:
            BudgetError: The folder is none, or its vocabulary is damaged.
        """
        if self.name is None or self.replay is not None:
            return None
        from summarywriter.models.tokens import local_counter

        return local_counter(self.name, folder=self.vocabulary) if self.vocabulary is not None else None

    def _replayed(self, folder: Path) -> ChatModel:
        if self.record is not None:
            refuse("cli.record_and_replay")
        if not folder.is_dir():
            refuse("cli.no_recordings", folder=str(folder))
        from summarywriter.models.replay import RecordedModel

        return RecordedModel(folder)

    def _asked(self, name: str) -> ChatModel:
        from summarywriter.models.openai import OpenAIModel

        model: ChatModel = OpenAIModel(name, base_url=self.base_url, api_key=self._key())
        if self.store is not None:
            from summarywriter.models.store import StoredModel

            model = StoredModel(model, self.store)
        if self.record is not None:
            from summarywriter.models.replay import RecordingModel

            model = RecordingModel(model, self.record)
        return model

    def _key(self) -> str | None:
        key = os.environ.get(self.key_variable) if self.key_variable is not None else None
        if self.key_variable is not None and not key:
            refuse("cli.no_key", ModelConfigError, variable=self.key_variable)
        return key


def tell_usage(summary: Summary, table: Prices | None, terminal: Terminal) -> None:
    """Tell what a model's work took, and cost where there is a table of prices."""
    usage, cost = summary.trace.usage, ""
    if not (usage.prompt_tokens or usage.completion_tokens):
        return
    if table is not None:
        price = table.cost(summary.trace.model, usage)
        if price is None:
            cost = terminal.words("cli.no_price", model=summary.trace.model)
        else:
            cost = terminal.words("cli.cost", cost=f"{price:.4f}", currency=table.currency).rstrip()
    sent, received = f"{usage.prompt_tokens:,}", f"{usage.completion_tokens:,}"
    terminal.say("cli.usage_told", "quiet", sent=sent, received=received, cost=cost)
