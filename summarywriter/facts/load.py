"""Reading a fact sheet: a file, a text, or plain Python data into `EventFacts`.

Everything that is wrong with a sheet is told at once, each problem with its line, its key, and what
would be right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarywriter.chinese.numerals import MAX_DIGITS
from summarywriter.chinese.script import Script, detect_script
from summarywriter.errors import EmptyFactsError, FactsError
from summarywriter.facts.compose import compose
from summarywriter.facts.decode import EncodingError, decode
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.model import EventFacts
from summarywriter.facts.origin import Origin
from summarywriter.facts.problems import Problems
from summarywriter.facts.references import check_references
from summarywriter.facts.rename import Renamer
from summarywriter.facts.tree import DepthError, Node, from_python
from summarywriter.facts.workbook import is_workbook, read_workbook
from summarywriter.messages import keys as message_keys

MAX_BYTES = 4 * 1024 * 1024
"""Largest file read. A sheet of a thousand activities has a tenth of it."""


def load_facts(path: str | Path, *, encoding: str | None = None, lang: str = "zh") -> EventFacts:
    """Read a fact sheet.

    Args:
        path: A YAML, JSON or Excel (.xlsx) file.
        encoding: Its encoding; recognised among UTF-8, UTF-16, GB18030 and Big5 if ``None``.
        lang: Language of the problems: ``zh`` (in the sheet's script) or ``en``.

    Returns:
        The facts, with every scalar as it was written.

    Raises:
        FactsError: The file cannot be read, or the sheet is wrong; carries every problem.
        EmptyFactsError: The sheet has nothing to tell.
    """
    file = Path(path)
    problems = Problems(file=str(path), lang=lang)
    try:
        if file.is_dir():
            raise _refused(problems, "file.is_folder")
        if not file.exists():
            raise _refused(problems, "file.missing")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise _refused(
                problems, "file.too_large", size=f"{size / 1_048_576:.1f}", limit=MAX_BYTES // 1_048_576
            )
        data = file.read_bytes()
    except OSError as error:
        raise _refused(problems, "file.unreadable", reason=error.strerror or str(error)) from error
    except ValueError as error:  # a NUL in the name
        raise _refused(problems, "file.missing") from error
    return read_facts(data, file=str(path), encoding=encoding, lang=lang)


def read_facts(data: bytes, *, file: str = "", encoding: str | None = None, lang: str = "zh") -> EventFacts:
    """Read a fact sheet from the bytes of its file.

    Args:
        data: A YAML, JSON or Excel (.xlsx) file.
        file: Name to use in messages.
        encoding: Its encoding; recognised among UTF-8, UTF-16, GB18030 and Big5 if ``None``.
        lang: Language of the problems: ``zh`` (in the sheet's script) or ``en``.

    Raises:
        FactsError: The sheet is wrong; carries every problem.
        EmptyFactsError: The sheet has nothing to tell.
    """
    problems = Problems(file=file, lang=lang)
    if len(data) > MAX_BYTES:
        size, limit = f"{len(data) / 1_048_576:.1f}", MAX_BYTES // 1_048_576
        raise _refused(problems, "file.too_large", size=size, limit=limit)
    if is_workbook(data):
        return _read(read_workbook(data, problems), problems)
    try:
        text = decode(data, encoding)
    except EncodingError as error:
        code = "file.encoding" if encoding is None else "file.wrong_encoding"
        raise _refused(problems, code, error.line, encoding=encoding) from error
    except LookupError as error:
        raise _refused(problems, "file.unknown_encoding", encoding=encoding) from error
    return loads_facts(text, file=file, lang=lang)


def loads_workbook(data: bytes, *, file: str = "", lang: str = "zh") -> EventFacts:
    """Read a fact sheet from a workbook's bytes.

    Args:
        data: The whole .xlsx.
        file: Name to use in messages.
        lang: Language of the problems: ``zh`` or ``en``.

    Raises:
        FactsError: The sheet is wrong; carries every problem, each with worksheet and cell.
        EmptyFactsError: The sheet has nothing to tell.
    """
    problems = Problems(file=file, lang=lang)
    return _read(read_workbook(data, problems), problems)


def _refused(problems: Problems, code: str, line: int | None = None, **params: Any) -> FactsError:
    problems.add(code, line, **params)
    return FactsError(problems.in_order())


def loads_facts(text: str, *, file: str = "", lang: str = "zh") -> EventFacts:
    r"""Read a fact sheet from its text.

    Args:
        text: YAML or JSON.
        file: Name to use in messages.
        lang: Language of the problems: ``zh`` (in the sheet's script) or ``en``.

    Raises:
        FactsError: The sheet is wrong; carries every problem.
        EmptyFactsError: The sheet has nothing to tell.

    Example:
        >>> facts = loads_facts("標題: 讀書日小結\n活動: [{名稱: 換書, 數據: [換書 120冊]}]")
        >>> facts.activities[0].figures[0].quantity.surface
        '120冊'
    """
    problems = Problems(file=file, lang=lang, script=_script_of(text))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _read(compose(text, problems), problems)


def facts_from(data: Mapping[str, Any], *, lang: str = "zh") -> EventFacts:
    """Build a fact sheet from plain Python data, with the keys, shorthands and messages of a file.

    Args:
        data: As a YAML sheet would be loaded; numbers, dates and booleans may be Python's own, and our own
            values (`Quantity`, `Activity` …) may stand in it.
        lang: Language of the problems: ``zh`` or ``en``.

    Raises:
        FactsError: The data is wrong; carries every problem.
        EmptyFactsError: The data has nothing to tell.
    """
    problems = Problems(lang=lang, script=_script_of("".join(str(value) for value in data.values())))
    try:
        tree = from_python(data)
    except DepthError as error:
        raise _refused(problems, "facts.too_deep") from error
    return _read(tree, problems)


def _script_of(text: str) -> str:
    return (detect_script(text[:20_000]) or Script.HANT).value


def _read(tree: Node | None, problems: Problems) -> EventFacts:
    if tree is None:
        if problems.found:
            raise FactsError(problems.in_order())
        problems.add("facts.empty_file", None)
        raise EmptyFactsError(problems.in_order())
    renamer = Renamer(problems, Script(problems.script))
    data = renamer.event(tree)
    if not data and problems.found:
        raise FactsError(problems.in_order())
    # A clerk who writes Simplified need not say so.
    data.setdefault("script", problems.script)
    event = _validated(data, renamer)
    if event is None or problems.found:
        raise FactsError(problems.in_order())
    if all(fact.kind is FactKind.UNIT for fact in FactIndex.of(event)):
        problems.add("facts.empty", None)
        raise EmptyFactsError(problems.in_order())
    lines = {path: place.line for path, place in renamer.places.items() if place.line is not None}
    event._origin = Origin(problems.file, lines)  # noqa: SLF001  ours, and set once
    return event


def _validated(data: Mapping[str, Any], renamer: Renamer) -> EventFacts | None:
    """The model's facts, with every problem of them reported; ``None`` where there are none."""
    longest = max(_NUMBER.findall(str(data)), key=len, default="")
    if len(longest) > MAX_DIGITS:  # more digits than decimal arithmetic carries: no count of anything
        renamer.problems.add("facts.number_too_long", None, text=f"{longest[:12]}…")
        return None
    try:
        event = EventFacts.model_validate(data)
        check_references(event, renamer)
    except ValidationError as error:
        _tell(error, renamer)
        return None
    return event


_NUMBER = re.compile(r"[0-9０-９]+")

_TOLD = {
    "missing": "facts.missing",
    "string_too_short": "facts.missing",
    "string_type": "facts.want_text",
    "tuple_type": "facts.want_list_of",
}


def _tell(error: ValidationError, renamer: Renamer) -> None:
    """Turn pydantic's errors into problems with lines."""
    for fault in error.errors(include_url=False):
        path = tuple(fault["loc"])
        line, written = renamer.place(path)
        params = dict(fault.get("ctx") or {})
        code = str(fault["type"])
        if code not in message_keys():
            params = {"detail": fault["msg"], "field": str(path[-1]) if path else ""}
            code = _TOLD.get(code, "facts.invalid")
        if code == "facts.missing":
            params["field"] = renamer.named(path)
        renamer.problems.add(code, line, written, **params)
