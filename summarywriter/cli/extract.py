"""``summarywriter extract``: facts out of an old text, for a person to check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarywriter.cli import options
from summarywriter.cli.language import help_text
from summarywriter.cli.terminal import Terminal

if TYPE_CHECKING:
    from summarywriter.extract import Damage, Extraction, Found

_SUFFIXES = (".yaml", ".yml", ".json", ".html")
_MOST = 12
"""Lines of each sort shown on a terminal: more are read better on the review page."""


def extract(
    source: Annotated[Path, typer.Argument(metavar="TEXT", help=help_text("source"), show_default=False)],
    *,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="OUT", help=help_text("extract_output"))
    ] = None,
    piece: Annotated[int | None, typer.Option(min=1, metavar="N", help=help_text("piece"))] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("model"))] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help=help_text("base_url"))] = None,
    api_key_env: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("api_key_env"))] = None,
    prompts: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("prompts"))] = None,
    rounds: Annotated[int, typer.Option(min=0, max=5, metavar="N", help=help_text("rounds"))] = 1,
    window: Annotated[int | None, typer.Option(min=512, metavar="N", help=help_text("window"))] = None,
    record: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("record"))] = None,
    replay: Annotated[Path | None, typer.Option(metavar="DIR", help=help_text("replay"))] = None,
    store: Annotated[Path | None, typer.Option(metavar="FILE", help=help_text("store"))] = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help=help_text("encoding"))] = None,
    lang: options.Language = None,
) -> None:
    """Write the sheets; what needs a person exits with 1."""
    from summarywriter.chinese.script import Script, detect_script
    from summarywriter.cli.language import script_of_locale
    from summarywriter.cli.model import ModelOptions
    from summarywriter.cli.setting import spoken
    from summarywriter.extractor import Extractor
    from summarywriter.render import write_whole
    from summarywriter.sources import read_source

    placing_model = ModelOptions(
        name=model, base_url=base_url, key_variable=api_key_env, record=record, replay=replay, store=store
    ).model()
    spoken_in = spoken(lang)
    _check_outputs(output or ())
    read = read_source(source, encoding=encoding, lang=spoken_in, script=script_of_locale())
    terminal = Terminal(spoken_in, (detect_script(read.text[:20_000]) or Script.HANT).value)
    if placing_model is not None and replay is None:
        _warn(read.text, source, terminal)
    extractor = Extractor(placing_model, prompt_folder=prompts, rounds=rounds, window=window)
    taken = extractor.extract(read.text)
    taken = _chosen(taken, piece, output is not None)
    if placing_model is None:
        terminal.say("cli.extract.no_model", "quiet")
    for number, extraction in enumerate(taken, piece or 1):
        for path in output or ():
            named = path.with_stem(f"{path.stem}-{number}") if len(taken) > 1 else path
            content = _content(extraction, named.suffix.lower(), read.name, terminal.lang)
            write_whole(named, content.encode("utf-8", "replace"), lang=terminal.lang, script=terminal.script)
            terminal.result(terminal.words("cli.written", path=named))
        if output is None:
            terminal.result(_content(extraction, ".yaml", read.name, terminal.lang).rstrip("\n"))
        _tell(extraction, number, terminal)
    if any(needs_a_person(extraction) for extraction in taken):
        raise typer.Exit(1)


def _warn(text: str, source: Path, terminal: Terminal) -> None:
    """Say before a model is sent the text what in it should not leave the house."""
    from summarywriter.facts.rules.texts import confidential

    told: set[str] = set()
    for line, words in enumerate(text.split("\n"), 1):
        for code, params in confidential(words):
            if code not in told:
                terminal.note(f"{source}:{line}: {code} {terminal.words(code, **params)}", "warning")
                told.add(code)


def _check_outputs(output: Iterable[Path]) -> None:
    from summarywriter.cli.setting import refuse

    for path in output:
        if path.suffix.lower() not in _SUFFIXES:
            refuse("cli.extract.format", suffix=path.suffix or "-")
        if path.is_dir() or not path.parent.is_dir():
            refuse("cli.extract.nowhere", path=str(path))


def _chosen(taken: tuple[Extraction, ...], piece: int | None, to_files: bool) -> tuple[Extraction, ...]:
    """The pieces asked for; several need files."""
    from summarywriter.cli.setting import refuse

    if not any(extraction.values for extraction in taken):
        refuse("cli.extract.empty")
    if piece is not None:
        if piece > len(taken):
            refuse("cli.extract.no_piece", count=str(len(taken)), piece=str(piece))
        return taken[piece - 1 : piece]
    if not to_files and len(taken) > 1:
        refuse("cli.extract.pieces", count=str(len(taken)))
    return taken


def needs_a_person(extraction: Extraction) -> bool:
    """Whether no model placed the values, or some are left over."""
    return not extraction.model or bool(
        extraction.sheet.unplaced or extraction.refusals or extraction.fallen_back
    )


def _content(extraction: Extraction, suffix: str, name: str, lang: str) -> str:
    if suffix == ".json":
        from summarywriter.render.extraction import extraction_json

        return extraction_json(extraction, name=name)
    if suffix == ".html":
        from summarywriter.render.review.extractions import review_page

        return review_page(extraction, name=name, lang=lang)
    from summarywriter.extract import to_yaml

    return to_yaml(extraction, name=name, lang=lang)


def _tell(extraction: Extraction, number: int, terminal: Terminal) -> None:
    """A short list of what a person should look at first."""
    unplaced = extraction.sheet.unplaced
    broken = [damage for damage in extraction.damage if damage.kind.value not in ("boilerplate", "mask")]
    _list([_unplaced(extraction, found, terminal) for found in unplaced], terminal)
    _list([_damaged(extraction, damage, terminal) for damage in broken], terminal)
    _list(
        [
            terminal.words(
                "cli.extract.refused", said=refusal.said[:40], reason=terminal.words(refusal.reason)
            )
            for refusal in extraction.refusals
        ],
        terminal,
    )
    if extraction.fallen_back:
        terminal.say("cli.extract.fallen_back", sections="、".join(extraction.fallen_back))
    terminal.say(
        "cli.extract.done",
        "warning" if unplaced else "good",
        piece=number,
        values=len(extraction.values),
        placed=len(extraction.values) - len(unplaced),
        unplaced=len(unplaced),
        damage=len(extraction.damage),
    )


def _list(lines: list[str], terminal: Terminal) -> None:
    for line in lines[:_MOST]:
        terminal.note(line)
    if len(lines) > _MOST:
        terminal.say("cli.extract.more", count=len(lines) - _MOST)


def _unplaced(extraction: Extraction, found: Found, terminal: Terminal) -> str:
    from summarywriter.extract.writing import around

    return terminal.words(
        "cli.extract.unplaced",
        kind=terminal.words(f"extract.kind.{found.kind.value}"),
        text=found.text[:40],
        line=extraction.source.count("\n", 0, found.span.start) + 1,
        around=around(extraction.source, found)[len(found.text) :][:60],
    )


def _damaged(extraction: Extraction, damage: Damage, terminal: Terminal) -> str:
    hint = terminal.words("cli.extract.hint", text=damage.suggestion) if damage.suggestion else ""
    return terminal.words(
        "cli.extract.damaged",
        kind=terminal.words(f"extract.damage.{damage.kind.value}"),
        text=damage.text[:40],
        line=extraction.source.count("\n", 0, damage.span.start) + 1,
        hint=hint,
    )
