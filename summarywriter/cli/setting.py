"""What every command does first: read the sheet, and settle in which language and script to talk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from summarywriter.cli.language import language_of, script_of_locale
from summarywriter.cli.options import Lang
from summarywriter.cli.terminal import Terminal
from summarywriter.errors import SummaryWriterError
from summarywriter.facts.load import load_facts
from summarywriter.facts.model import EventFacts

if TYPE_CHECKING:
    from summarywriter.verify import Policy


def open_sheet(path: Path, lang: Lang | None) -> tuple[EventFacts, Terminal]:
    """Read a sheet; from then on the user is talked to in its script.

    Raises:
        FactsError: It cannot be read.
    """
    language = spoken(lang)
    facts = load_facts(path, lang=language)
    return facts, Terminal(language, facts.script.value)


def policy_for(config: Path | None, terminal: Terminal) -> Policy:
    """The house's policy: of the file given, or of the nearest one above this folder.

    Raises:
        PolicyError: It is wrong.
    """
    from summarywriter.settings import find_policy, load_policy

    if config is not None:
        return load_policy(config, lang=terminal.lang, script=terminal.script)
    return find_policy(Path.cwd(), lang=terminal.lang, script=terminal.script)


def spoken(lang: Lang | None) -> str:
    """The language asked for, else the environment's."""
    return lang.value if lang is not None else language_of(())


def refuse(key: str, kind: type[SummaryWriterError] = SummaryWriterError, **params: str) -> NoReturn:
    """Refuse arguments that make no sense together.

    Raises:
        SummaryWriterError: Always.
    """
    terminal = Terminal(language_of(sys.argv[1:]), script_of_locale())
    raise kind(terminal.words(key, **params))
