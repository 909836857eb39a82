"""The one catalogue of everything that a user is told: findings, diagnostics, CLI lines.

Templates are Traditional Chinese and English; Simplified is converted by OpenCC. Values are put in
by name after the conversion, so a fact is shown as it was given.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script


@functools.cache
def _catalogue() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("messages.yaml").open(encoding="utf-8") as file:
        data: dict[str, dict[str, str]] = YAML(typ="safe").load(file)
    return data


@functools.cache
def _template(key: str, lang: str, script: str) -> str:
    template = _catalogue()[key][lang]
    return to_script(template, Script.HANS) if lang == "zh" and script == "hans" else template


def keys() -> tuple[str, ...]:
    """All message keys."""
    return tuple(_catalogue())


def render(key: str, /, *, lang: str = "zh", script: str = "hant", **params: Any) -> str:
    """The message ``key`` with ``params`` filled in.

    Args:
        key: Key of the catalogue: a code (``SW101``) or a name (``cli.no_model``).
        lang: ``zh`` or ``en``.
        script: ``hant`` or ``hans``; only for Chinese.
        **params: Values for the template's names.

    Raises:
        KeyError: The catalogue has no such message.
    """
    return _template(key, lang, script).format_map(params)


def role_name(role: str, /, *, lang: str = "zh", script: str = "hant") -> str:
    """What a user calls a genre's section that has no heading; a role of his own is called as he calls it.

    >>> role_name("opening"), role_name("opening", lang="en"), role_name("致謝")
    ('引言', 'opening', '致謝')
    """
    key = f"role.{role}"
    return render(key, lang=lang, script=script) if key in _catalogue() else role
