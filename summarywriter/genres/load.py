"""Reading genre files: the shipped ones, and a user's own, which stand before a shipped one of its name."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from summarywriter.chinese.text import folded
from summarywriter.errors import GenreError, Problem
from summarywriter.genres.genre import Genre
from summarywriter.messages import render
from summarywriter.resources import resource

SHIPPED = (
    "district-report",
    "numbered-brief",
    "city-report",
    "department-report",
    "general",
    "bulletin",
)
"""Names of the genres that ship with the package, in the order of docs/genres.md."""


def load_genre(name_or_path: str | Path, *, folder: str | Path | None = None) -> Genre:
    """Load a genre by its name, its Chinese title, or the path of its file.

    Args:
        name_or_path: ``city-report``, ``簡報``, or a path that ends in ``.yaml`` or ``.yml``.
        folder: A user's genres; one of the same name stands before a shipped one.

    Raises:
        GenreError: There is no such genre, or its file is wrong; the message names file, line and key.
    """
    if str(name_or_path).lower().endswith((".yaml", ".yml")):
        return _read(Path(name_or_path))
    wanted = folded(str(name_or_path).strip())
    if folder is None and wanted in SHIPPED:
        return shipped(wanted)
    known = genres(folder)
    for genre in known:
        if wanted in (genre.name, folded(genre.title)):
            return genre
    names = "、".join(f"{genre.name}（{genre.title}）" for genre in known)
    raise GenreError(render("genre.unknown", name=str(name_or_path), known=names))


def genres(folder: str | Path | None = None) -> tuple[Genre, ...]:
    """Every genre there is: a user's own first, then the shipped ones that it does not replace.

    Raises:
        GenreError: A file of the folder is wrong, or there is no such folder.
    """
    own = _own(Path(folder)) if folder is not None else ()
    names = {genre.name for genre in own}
    return (*own, *(genre for genre in map(shipped, SHIPPED) if genre.name not in names))


@functools.cache
def shipped(name: str) -> Genre:
    """A genre of the package, by its exact name."""
    file = f"{name}.yaml"
    return _parse(resource("genres", file).read_text(encoding="utf-8"), file)


def _own(folder: Path) -> tuple[Genre, ...]:
    if not folder.is_dir():
        raise GenreError(render("genre.no_folder", folder=str(folder)))
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
    read = tuple(_read(path) for path in found)
    for n, genre in enumerate(read):
        if genre.name in {other.name for other in read[:n]}:
            raise GenreError(render("genre.twice", file=str(found[n]), name=genre.name))
    return read


def _read(path: Path) -> Genre:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GenreError(render("genre.unreadable", file=str(path), why=str(error))) from error
    return _parse(text, str(path))


def _parse(text: str, file: str) -> Genre:
    try:
        data = YAML(typ="rt", pure=True).load(text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        what = (error.problem if isinstance(error, MarkedYAMLError) else None) or str(error)
        raise GenreError(str(Problem(what, mark.line + 1 if mark else None, "", file))) from error
    if not isinstance(data, CommentedMap):
        raise GenreError(str(Problem(render("genre.no_mapping"), 1, "", file)))
    try:
        return Genre.model_validate(data)
    except ValidationError as error:
        problems = (
            Problem(item["msg"], _line(data, item["loc"]), _key(item["loc"]), file)
            for item in error.errors(include_url=False)
        )
        raise GenreError("\n".join(map(str, problems))) from error


def _key(loc: tuple[int | str, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).lstrip(".")


def _line(data: Any, loc: tuple[int | str, ...]) -> int:
    """Line, from 1, of the deepest part of ``loc`` that stands in the file."""
    line = 1
    for part in loc:
        if isinstance(data, CommentedMap) and part in data:
            line = data.lc.key(part)[0] + 1
        elif isinstance(data, CommentedSeq) and isinstance(part, int) and part < len(data):
            line = data.lc.item(part)[0] + 1
        else:
            break
        data = data[part]
    return line
