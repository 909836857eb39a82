"""``summarywriter rollup``: many units' sheets into the sheet of the office above."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text

if TYPE_CHECKING:
    from summarywriter.facts.model import EventFacts

Sheets = Annotated[
    list[Path], typer.Argument(metavar="FACTS...", help=help_text("rollup_sheets"), show_default=False)
]


def rollup(
    facts: Sheets,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help=help_text("new_output"))
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("rollup_unit"))] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=help_text("rollup_title"))] = None,
    level: Annotated[str | None, typer.Option(metavar="LEVEL", help=help_text("rollup_level"))] = None,
    expect: Annotated[str | None, typer.Option(metavar="FILE|NAMES", help=help_text("expect"))] = None,
    notable: Annotated[int, typer.Option(min=1, max=50, metavar="N", help=help_text("notable"))] = 3,
    script: options.ScriptName = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("force"))] = False,
    lang: options.Language = None,
) -> None:
    """Print the sheet, or write it; what a person must look at is told on stderr."""
    from summarywriter.cli.setting import refuse, spoken
    from summarywriter.cli.terminal import Terminal
    from summarywriter.facts.keys import canonical_value
    from summarywriter.render import write_whole
    from summarywriter.rollup import roll_up

    if output is not None and output.exists() and not force:
        refuse("cli.new_exists", path=str(output))
    if output is not None and not output.parent.is_dir():
        refuse("cli.new_nowhere", path=str(output))
    asked = canonical_value("level", level) if level is not None else None
    if level is not None and asked is None:
        refuse("cli.rollup_level", level=level)
    language = spoken(lang)
    rolled = roll_up(
        _sheets(facts, language),
        unit=unit,
        title=title,
        level=asked,
        expected=_expected(expect),
        script=script.value if script else None,
        notable=notable,
    )
    terminal = Terminal(language, rolled.facts.script.value)
    if output is None:
        terminal.result(rolled.text.rstrip("\n"))
    else:
        write_whole(output, rolled.text.encode(), lang=terminal.lang, script=terminal.script)
        terminal.result(terminal.words("cli.written", path=output))
    for notice in rolled.notices:
        told = notice.told(lang=terminal.lang, script=terminal.script)
        terminal.note(f"{notice.code} {told}", "warning")
    terminal.say(
        "cli.rolled_up", sheets=len(facts), totals=len(rolled.facts.totals), notices=len(rolled.notices)
    )


def _sheets(paths: list[Path], lang: str) -> list[EventFacts]:
    """Every sheet; the problems of all that cannot be read are told at once.

    Raises:
        FactsError: Some cannot be read: a total without them would be wrong.
    """
    from summarywriter.errors import FactsError, Problem
    from summarywriter.facts.load import load_facts

    sheets, problems = [], list[Problem]()
    for path in paths:
        try:
            sheets.append(load_facts(path, lang=lang))
        except FactsError as error:
            problems += error.problems
    if problems:
        raise FactsError(problems)
    return sheets


def _expected(given: str | None) -> tuple[str, ...]:
    """Names of units: a line each in a file, or listed in the argument itself."""
    from summarywriter.cli.setting import refuse
    from summarywriter.facts.decode import EncodingError, decode

    if given is None:
        return ()
    file = Path(given)
    text = given
    if file.suffix or file.is_file():
        try:
            text = decode(file.read_bytes())
        except (OSError, EncodingError):
            refuse("cli.expect", file=given)
    names = re.split(r"[\n、，,；;]", re.sub(r"(?m)#.*$", "", text))
    return tuple(name.strip(" \t\r-") for name in names if name.strip(" \t\r-"))
