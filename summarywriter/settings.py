"""A house's own settings: ``[policy]`` of summarywriter.toml, or of pyproject.toml for this tool."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from summarywriter.errors import PolicyError
from summarywriter.messages import render
from summarywriter.verify.policy import Policy, read_policy

OWN, SHARED = "summarywriter.toml", "pyproject.toml"


def find_policy(folder: str | Path, *, lang: str = "zh", script: str = "hant") -> Policy:
    """The policy that holds in a folder: of the nearest file above that has one, else the default.

    Args:
        folder: Where to begin; summarywriter.toml goes before pyproject.toml in each folder.
        lang: Language of messages.
        script: Script of Chinese messages.

    Raises:
        PolicyError: The file found is wrong.
    """
    for file in _candidates(Path(folder)):
        if (policy := _policy_in(file, lang=lang, script=script)) is not None:
            return policy
    return Policy()


def load_policy(file: str | Path, *, lang: str = "zh", script: str = "hant") -> Policy:
    """The policy of one file.

    Args:
        file: A TOML file with a table ``[policy]``, or a pyproject.toml with ``[tool.summarywriter.policy]``.
        lang: Language of messages.
        script: Script of Chinese messages.

    Raises:
        PolicyError: It cannot be read, has no such table, or is wrong; the message names file, line and key.
    """
    policy = _policy_in(Path(file), lang=lang, script=script)
    if policy is None:
        reason = render("policy.no_table", lang=lang, script=script, table=_table_name(Path(file)))
        raise PolicyError(f"{file}: {reason}")
    return policy


def _candidates(folder: Path) -> Iterator[Path]:
    for parent in (folder.absolute(), *folder.absolute().parents):
        for name in (OWN, SHARED):
            if (parent / name).is_file():
                yield parent / name


def _table_name(file: Path) -> str:
    return "tool.summarywriter.policy" if file.name == SHARED else "policy"


def _policy_in(file: Path, *, lang: str, script: str) -> Policy | None:
    try:
        text = file.read_text(encoding="utf-8-sig")
        data: object = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{file}: {error}") from error
    for part in _table_name(file).split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise PolicyError(
            f"{file}: {render('policy.no_table', lang=lang, script=script, table=_table_name(file))}"
        )
    try:
        return read_policy(data, lang=lang, script=script)
    except PolicyError as error:
        line = next((n for n, row in enumerate(text.splitlines(), 1)
                     if re.match(rf"\s*[\"']?{re.escape(error.key)}[\"']?\s*[=.]", row)), None)  # fmt: skip
        place = f"{file}:{line}" if line else str(file)
        raise PolicyError(f"{place}: {error.key}: {error}", error.key) from error
