"""``summarywriter refill``: corrected facts into a written summary, with no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text


def refill(
    summary: Annotated[Path, typer.Argument(metavar="SUMMARY.json", help=help_text("saved"))],
    facts: options.FactsPath,
    *,
    output: options.Outputs = None,
    into: Annotated[Path | None, typer.Option("--into", metavar="DOCX", help=help_text("into"))] = None,
    script: options.ScriptName = None,
    draft: options.DraftMark = False,
    template: options.Template = None,
    page_numbers: options.PageNumberPlace = options.PageNumbers.OUTSIDE,
    figures_table: options.FiguresTable = False,
    formatting: options.FormattingPlace = options.Formatting.STYLES,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """Fill, verify and hand over."""
    from summarywriter.cli.deliver import check_outputs, deliver
    from summarywriter.cli.edited import into_edited
    from summarywriter.cli.pins import taken_over, tell_pins
    from summarywriter.cli.setting import open_sheet, policy_for
    from summarywriter.refill import refill as fill
    from summarywriter.render import load_summary_json

    look = options.docx_look(template, page_numbers, formatting, figures=figures_table)
    sheet, terminal = open_sheet(facts, lang)
    saved = load_summary_json(summary, lang=terminal.lang)
    policy = policy_for(config, terminal)
    check_outputs(output or (), terminal)
    if into is not None:
        into_edited(saved, sheet, into, output or (), terminal, policy=policy)
        return
    pins = taken_over(None, output or (), terminal)
    script_of = script.value if script else saved.script
    filled = fill(saved, sheet, script=script_of, policy=policy, pins=pins)
    tell_pins(filled, terminal)
    deliver(filled, output or (), terminal, draft=draft or saved.draft, docx=look)
