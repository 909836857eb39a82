"""``summarywriter export``: a fact sheet in another form, without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text


def export(
    facts: options.FactsPath,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=help_text("export_output"))],
    figures: Annotated[
        Path | None, typer.Option("--figures", metavar="CSV", help=help_text("export_figures"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("force"))] = False,
    lang: options.Language = None,
) -> None:
    """Write the sheet in the form of the output's suffix; refuse where something would be lost."""
    from summarywriter.cli.setting import open_sheet, refuse
    from summarywriter.facts.figures_csv import with_figures
    from summarywriter.facts.load import facts_from
    from summarywriter.facts.workbook_out import sheet_workbook
    from summarywriter.facts.write import facts_to_data, sheet_text
    from summarywriter.render import write_whole

    sheet, terminal = open_sheet(facts, lang)
    if output.is_dir() or not output.parent.is_dir():
        refuse("cli.new_nowhere", path=str(output))
    if output.exists() and not force:
        refuse("cli.new_exists", path=str(output))
    if figures is not None:
        sheet = with_figures(sheet, figures, lang=terminal.lang)
    data = facts_to_data(sheet)
    suffix = output.suffix.lower()
    if suffix == ".xlsx":
        try:
            content = sheet_workbook(data, sheet.script)
        except ValueError as error:
            refuse("cli.export_loss", name=str(error))
        from summarywriter.facts.workbook_out import reads_back

        if not reads_back(content, sheet):
            refuse("cli.export_loss", name=str(output))
    elif suffix in (".yaml", ".yml"):
        content = sheet_text(sheet).encode()
    elif suffix == ".json":
        content = (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        facts_from(data)
    else:
        refuse("cli.export_suffix", path=str(output))
    write_whole(output, content, lang=terminal.lang, script=terminal.script)
    terminal.result(terminal.words("cli.written", path=output))
