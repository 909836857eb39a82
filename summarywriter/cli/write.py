"""``summarywriter write``: a fact sheet in, a summary out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text
from summarywriter.cli.terminal import Terminal

if TYPE_CHECKING:
    from summarywriter.facts.model import EventFacts

Privacy = Annotated[str, typer.Option("--privacy", metavar="open|mask", help=help_text("privacy"))]


def write(
    facts: options.FactsPath,
    *,
    output: options.Outputs = None,
    genre: options.GenreName = None,
    genres: options.GenreFolder = None,
    prompts: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("prompts"))] = None,
    script: options.ScriptName = None,
    length: options.Length = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("model"))] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help=help_text("base_url"))] = None,
    api_key_env: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("api_key_env"))] = None,
    privacy: Privacy = "open",
    window: Annotated[int | None, typer.Option(min=512, metavar="N", help=help_text("window"))] = None,
    vocabulary: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("vocabulary"))] = None,
    prices: Annotated[Path | None, typer.Option(metavar="FILE", help=help_text("prices"))] = None,
    send_marked: Annotated[bool, typer.Option("--send-marked", help=help_text("send_marked"))] = False,
    deadline: Annotated[float | None, typer.Option(min=1, metavar="S", help=help_text("deadline"))] = None,
    rounds: Annotated[int, typer.Option(min=0, max=5, metavar="N", help=help_text("rounds"))] = 1,
    record: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("record"))] = None,
    replay: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("replay"))] = None,
    store: Annotated[Path | None, typer.Option(metavar="FILE", help=help_text("store"))] = None,
    pins: Annotated[Path | None, typer.Option("--pins", metavar="FILE", help=help_text("pins"))] = None,
    draft: options.DraftMark = False,
    template: options.Template = None,
    page_numbers: options.PageNumberPlace = options.PageNumbers.OUTSIDE,
    figures_table: options.FiguresTable = False,
    formatting: options.FormattingPlace = options.Formatting.STYLES,
    strict: Annotated[bool, typer.Option("--strict", help=help_text("strict"))] = False,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """Write a summary; everything else is told on stderr."""
    from summarywriter.cli.deliver import check_outputs, deliver
    from summarywriter.cli.model import ModelOptions, tell_usage
    from summarywriter.cli.pins import taken_over, tell_pins
    from summarywriter.cli.progress import Progress
    from summarywriter.cli.setting import open_sheet, policy_for, refuse
    from summarywriter.writer import SummaryWriter

    look = options.docx_look(template, page_numbers, formatting, figures=figures_table)
    if privacy not in ("open", "mask"):
        refuse("cli.privacy")
    options_of_model = ModelOptions(
        name=model,
        base_url=base_url,
        key_variable=api_key_env,
        record=record,
        replay=replay,
        store=store,
        vocabulary=vocabulary,
        prices=prices,
    )
    writing_model, table = options_of_model.model(), options_of_model.table()
    sheet, terminal = open_sheet(facts, lang)
    policy = policy_for(config, terminal)
    check_outputs(output or (), terminal)
    pinned = taken_over(pins, output or (), terminal)
    _tell_lint(sheet, terminal, facts, remote=writing_model is not None)
    if writing_model is None:
        terminal.say("cli.no_model", "quiet")
    with Progress(terminal) as progress:
        writer = SummaryWriter(
            writing_model,
            genre=genre,
            genre_folder=genres,
            prompt_folder=prompts,
            rounds=rounds,
            length=length,
            script=script.value if script else None,
            privacy="mask" if privacy == "mask" else "open",
            send_marked=send_marked,
            window=window,
            counter=options_of_model.counter(),
            deadline=deadline,
            policy=policy,
            stream=progress.is_live,
            on_event=progress.event,
        )
        summary = writer.write(sheet, pins=pinned)
    if strict and summary.report.errors:
        from summarywriter.cli.deliver import tell

        tell(summary, terminal)
        terminal.say("cli.strict", "error")
        raise typer.Exit(1)
    tell_pins(summary, terminal)
    deliver(summary, output or (), terminal, draft=draft, docx=look)
    tell_usage(summary, table, terminal)


_SECRET = frozenset({"FL401", "FL402"})


def _tell_lint(sheet: EventFacts, terminal: Terminal, file: Path, *, remote: bool) -> None:
    """Say before any model is asked what is wrong in the facts, and what should not leave the house."""
    from summarywriter.facts.lint import lint

    found = [d for d in lint(sheet) if d.severity != "question"]
    for diagnostic in found:
        if diagnostic.severity == "error" or (remote and diagnostic.code in _SECRET):
            told = diagnostic.told(lang=terminal.lang, script=terminal.script)
            place = f"{file}:{diagnostic.line}" if diagnostic.line else str(file)
            terminal.note(f"{place}: {diagnostic.code} {told}", "warning")
    if found:
        errors = sum(diagnostic.severity == "error" for diagnostic in found)
        terminal.say("cli.lint_first", errors=errors, warnings=len(found) - errors, file=file)
