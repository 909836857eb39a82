"""Arguments that several commands share, with help in the user's language."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarywriter.cli.language import help_text

if TYPE_CHECKING:
    from summarywriter.render.look import DocxLook


class Lang(StrEnum):
    """Language of messages."""

    ZH = "zh"
    EN = "en"


class Scripts(StrEnum):
    """Script of a text."""

    HANS = "hans"
    HANT = "hant"


class Format(StrEnum):
    """Form of a result."""

    TEXT = "text"
    JSON = "json"


class PageNumbers(StrEnum):
    """Where a page's number stands."""

    OUTSIDE = "outside"
    CENTRE = "centre"


class Formatting(StrEnum):
    """Where a .docx has its formatting."""

    STYLES = "styles"
    DIRECT = "direct"


class CheckFormat(StrEnum):
    """Form of what a check found."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


FactsPath = Annotated[Path, typer.Argument(metavar="FACTS", help=help_text("facts"), show_default=False)]
Outputs = Annotated[
    list[Path] | None, typer.Option("-o", "--output", metavar="OUT", help=help_text("output"))
]
GenreName = Annotated[str | None, typer.Option("--genre", metavar="NAME", help=help_text("genre"))]
GenreFolder = Annotated[Path | None, typer.Option("--genres", metavar="DIR", help=help_text("genres"))]
ScriptName = Annotated[Scripts | None, typer.Option("--script", help=help_text("script"))]
Length = Annotated[int | None, typer.Option("--length", min=1, metavar="N", help=help_text("length"))]
DraftMark = Annotated[bool, typer.Option("--draft", help=help_text("draft"))]
Template = Annotated[Path | None, typer.Option("--template", metavar="DOCX", help=help_text("template"))]
PageNumberPlace = Annotated[PageNumbers, typer.Option("--page-numbers", help=help_text("page_numbers"))]
FiguresTable = Annotated[bool, typer.Option("--figures-table", help=help_text("figures_table"))]
FormattingPlace = Annotated[Formatting, typer.Option("--formatting", help=help_text("formatting"))]
FormatName = Annotated[Format, typer.Option("--format", help=help_text("format"))]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help=help_text("config"))]
Language = Annotated[Lang | None, typer.Option("--lang", help=help_text("lang"))]


def docx_look(
    template: Path | None, page_numbers: PageNumbers, formatting: Formatting, *, figures: bool
) -> DocxLook:
    """What the options say of a .docx."""
    from summarywriter.render.look import DocxLook

    return DocxLook(
        page_numbers="centre" if page_numbers is PageNumbers.CENTRE else "outside",
        template=template,
        figures=figures,
        direct=formatting is Formatting.DIRECT,
    )
