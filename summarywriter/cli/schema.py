"""``summarywriter schema``: the JSON Schema of a fact sheet."""

from __future__ import annotations

from summarywriter.cli import options


def schema(lang: options.Language = None) -> None:
    """Print it."""
    from summarywriter.cli.setting import spoken
    from summarywriter.cli.terminal import Terminal
    from summarywriter.facts.schema import json_schema

    Terminal(spoken(lang)).data(json_schema())
