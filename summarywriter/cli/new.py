"""``summarywriter new``: a blank fact sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text, script_of_locale


def new(
    *,
    genre: options.GenreName = None,
    genres: options.GenreFolder = None,
    script: options.ScriptName = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=help_text("new_output"))
    ] = None,
    xlsx: Annotated[bool, typer.Option("--xlsx", help=help_text("new_xlsx"))] = False,
    force: Annotated[bool, typer.Option("--force", help=help_text("force"))] = False,
    lang: options.Language = None,
) -> None:
    """Print the sheet, or write it where nothing is lost by it."""
    from summarywriter.cli.setting import refuse, spoken
    from summarywriter.cli.terminal import Terminal
    from summarywriter.facts.new import blank_sheet
    from summarywriter.facts.workbook_out import blank_workbook
    from summarywriter.genres import genres as all_genres
    from summarywriter.genres import load_genre
    from summarywriter.render import write_whole

    chosen = script.value if script else script_of_locale()
    terminal = Terminal(spoken(lang), chosen)
    name = load_genre(genre, folder=genres).name if genre else None
    as_workbook = xlsx or (output is not None and output.suffix.lower() == ".xlsx")
    if output is None:
        if as_workbook:
            refuse("cli.new_xlsx_nowhere")
        terminal.result(blank_sheet(name, chosen).rstrip("\n"))
        return
    if output.is_dir() or not output.parent.is_dir():
        refuse("cli.new_nowhere", path=str(output))
    if output.exists() and not force:
        refuse("cli.new_exists", path=str(output))
    if as_workbook:
        content = blank_workbook(chosen, genres=[known.name for known in all_genres(genres)])
    else:
        content = blank_sheet(name, chosen).encode("utf-8")
    write_whole(output, content, lang=terminal.lang, script=chosen)
    terminal.result(terminal.words("cli.written", path=output))
    terminal.say("cli.new_next", path=output)
