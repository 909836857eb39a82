"""The typography of the .docx as types, read from typography.yaml."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded


@dataclass(frozen=True, slots=True)
class Page:
    """The page, in twips; ``columns`` in characters of body text."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    header: int
    footer: int
    line: int
    spacing: int
    columns: int


@dataclass(frozen=True, slots=True)
class Font:
    """An East Asian font and what stands in for it."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A named style of paragraphs.

    Attributes:
        id: Name inside the file, ASCII.
        name: Name that Word shows.
        font: East Asian font.
        latin: Font of digits and Latin letters.
        size: Points.
        align: ``both``, ``center``, ``left`` or ``right``.
        indent: First line, in characters.
        before: Space before, in lines.
        after: Space after, in lines.
        outline: Level in the navigation pane, from 0; ``None`` for text.
        keep: Stay on the next paragraph's page.
        free: Outside the type area: lines as high as they need, no character spacing.
        snap: Lines sit on the page's grid.
        breaks: Begins a page.
    """

    id: str
    name: str
    font: str
    latin: str
    size: int
    align: str
    indent: int = 0
    before: int = 0
    after: int = 0
    outline: int | None = None
    keep: bool = False
    free: bool = False
    snap: bool = True
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A named style of characters: another font, or a shade."""

    id: str
    name: str
    font: str | None = None
    shade: str | None = None


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Words at which a long title may be broken, folded to one script."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    whole: tuple[str, ...]
    no_start: str
    no_end: str


@dataclass(frozen=True, slots=True)
class Typography:
    """Everything that the look of the page depends on, for one script."""

    page: Page
    latin: str
    fonts: tuple[Font, ...]
    language: str
    paragraphs: Mapping[str, ParagraphStyle]
    characters: Mapping[str, CharacterStyle]
    gaps: tuple[str, ...]
    title: TitleWords
    aliases: Mapping[str, tuple[str, ...]]
    no_line_start: str
    no_line_end: str


@cache
def typography(script: str) -> Typography:
    """Read the typography for documents in ``script`` (``hans`` or ``hant``)."""
    with Path(__file__).with_name("typography.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = YAML(typ="safe").load(file)
    fonts = {key: Font(**font) for key, font in data["fonts"][script].items()}

    def shown(style: dict[str, Any]) -> dict[str, Any]:
        name = to_script(style["name"], Script(script))
        return style | {"name": name} | ({"font": fonts[style["font"]].name} if "font" in style else {})

    words = data["title"]
    return Typography(
        page=Page(**data["page"]),
        latin=data["latin"],
        fonts=tuple(fonts.values()),
        language=data["language"][script],
        paragraphs={
            key: ParagraphStyle(**({"latin": data["latin"]} | shown(style)))
            for key, style in data["paragraph_styles"].items()
        },
        characters={key: CharacterStyle(**shown(style)) for key, style in data["character_styles"].items()},
        gaps=tuple(data["gaps"]),
        aliases={key: tuple(names) for key, names in data["aliases"].items()},
        no_line_start=data["no_line_start"],
        no_line_end=data["no_line_end"],
        title=TitleWords(
            before=tuple(map(folded, words["before"])),
            after=tuple(map(folded, words["after"])),
            whole=tuple(map(folded, words["whole"])),
            no_start=words["no_start"],
            no_end=words["no_end"],
        ),
    )


def em_width(text: str) -> float:
    """Width of ``text`` in characters: full-width 1, digits and Latin letters a half.

    >>> em_width("2025年")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
