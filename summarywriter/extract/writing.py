"""A filled sheet as YAML text, each entry with its place in the source, and as plain data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from summarywriter.chinese.quantities import format_quantity
from summarywriter.chinese.script import Script, detect_script
from summarywriter.chinese.text import Span, folded
from summarywriter.extract.sheet import TEXTS, Counted, Document, Doing, Extraction, Filling, Party, Passage
from summarywriter.extract.values import Found
from summarywriter.messages import render

_PLAIN = re.compile(r"[一-鿿A-Za-z0-9][一-鿿A-Za-z0-9、。（）“”《》〔〕·％—]*")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"}


def to_data(extraction: Extraction) -> dict[str, Any]:
    """The sheet as plain data, fit for `facts_from`."""
    sheet = extraction.sheet
    data: dict[str, Any] = {
        "title": _title(extraction),
        "script": (detect_script(extraction.text[:20_000]) or Script.HANT).value,
        "unit": sheet.unit.text if sheet.unit else None,
        "theme": sheet.theme.text if sheet.theme else None,
        "period": _date(sheet.period) if sheet.period else None,
        "basis": [_document(document) for document in sheet.basis],
        "organisers": [_party(party) for party in sheet.parties],
        "people": [_human(h.name.text, h.post, h.role) for h in sheet.people],
        "activities": [_doing(doing) for doing in sheet.activities],
        "totals": [_figure(figure, "") for figure in sheet.totals],
    }
    for name in TEXTS:
        entries = sheet.texts[name]
        data[name] = [{"id": f"{_LETTER[name]}{n}", "text": p.text} for n, p in enumerate(entries, 1)]
    data["unplaced"] = [around(extraction.source, found) for found in sheet.unplaced]
    return _without_blanks(data)


_LETTER = {"measures": "m", "results": "r", "media": "v", "problems": "x", "next_steps": "n"}


def _document(document: Document) -> dict[str, Any]:
    return _without_blanks(
        {
            "title": document.title.text if document.title else None,
            "issuers": [passage.text for passage in document.issuers],
            "number": document.number.text if document.number else None,
        }
    )


def _title(extraction: Extraction) -> str:
    title = extraction.sheet.title
    return title.text if title is not None else render("extract.untitled", script="hant")


def _without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], ())}


def _party(party: Party) -> dict[str, Any]:
    data = _without_blanks(
        {"role": party.role, "names": [name.text for name in party.names], "total": party.total}
    )
    return data if party.complete else {**data, "complete": "false"}


def _human(name: str, post: str, role: str) -> dict[str, Any]:
    return _without_blanks({"name": name, "post": post, "role": role})


def _date(found: Found) -> str:
    """A date as the source has it, the time of day left to a key of its own."""
    return _YEAR_NAMED.sub("", _date_and_time(found)[0])


#: 去年11月1日至今年1月15日: which year that is, no sheet can tell.
_YEAR_NAMED = re.compile("[去今前上本次翌當当明]年(?=[0-9一二三四五六七八九十])")


def _date_and_time(found: Found) -> tuple[str, str]:
    said = "".join(found.text.split())
    time = "".join((found.date.time or "").split()) if found.date is not None else ""
    if time and folded(said).endswith(folded(time)) and len(folded(said)) == len(said):
        return said[: -len(time)], said[-len(time) :]
    return said, ""


def _doing(doing: Doing) -> dict[str, Any]:
    date, time = _date_and_time(doing.date) if doing.date is not None else ("", "")
    date = _YEAR_NAMED.sub("", date)
    return _without_blanks(
        {
            "id": doing.id,
            "name": doing.name.text,
            "field": doing.area,
            "date": date,
            "time": time,
            "place": doing.place.text if doing.place else None,
            "organisers": [_party(party) for party in doing.parties],
            "people": [_human(h.name.text, h.post, h.role) for h in doing.people],
            "details": [{"id": f"d{n}", "text": d.text} for n, d in enumerate(doing.details, 1)],
            "quotes": [{"id": f"q{n}", "text": _marked(q)} for n, q in enumerate(doing.quotes, 1)],
            "figures": [_figure(figure, doing.id) for figure in doing.figures],
            "status": "planned" if doing.planned else None,
        }
    )


def _marked(found: Found) -> str:
    return f"《{found.text}》" if found.kind.value == "title" else found.text


def _figure(figure: Counted, owner: str) -> dict[str, Any]:
    whole = figure.of
    return _without_blanks(
        {
            "id": figure.id,
            "actor": figure.actor,
            "action": figure.action,
            "object": figure.object,
            "quantity": _quantity(figure.value),
            "scope": figure.scope,
            "status": "planned" if figure.planned else None,
            "of": (f"{owner}.{whole.id}" if owner else whole.id) if whole is not None and whole.id else None,
        }
    )


def _quantity(found: Found) -> str:
    """A quantity as the source has it; a table's bare number with the measure word of its column."""
    said = "".join(found.text.split())
    unit = found.quantity.unit if found.quantity is not None else ""
    if found.quantity is not None and not found.quantity.surface:  # 至少開展2次, written 至少2次
        return format_quantity(found.quantity, detect_script(found.text + unit) or Script.HANT)
    return said if folded(unit) in folded(said) else said + unit


def around(source: str, found: Found) -> str:
    """A value with the words around it, for who has to find it a place."""
    start, end = found.span
    before = re.split("[。\n]", source[max(0, start - _AROUND) : start])[-1]
    after = re.split("[。\n]", source[end : end + _AROUND])[0]
    return f"{found.text}（{before}{source[start:end]}{after}）"


_AROUND = 16


# --- YAML -------------------------------------------------------------------------------------------


def to_yaml(extraction: Extraction, *, name: str, lang: str = "zh") -> str:
    """The sheet as YAML text.

    Every entry has a comment with the characters of the source that it was taken from, counted from 0.
    Damage and refusals stand as comments at the head, for they are no facts.

    Args:
        extraction: What was taken out.
        name: Name of the source file.
        lang: Language of the comments.
    """
    script = (detect_script(extraction.text[:20_000]) or Script.HANT).value

    def said(key: str, **params: Any) -> str:
        return "# " + render(key, lang=lang, script=script, **params)

    lines = [said("extract.head", file=_line(name))]
    lines.append(
        said("extract.by_model" if extraction.model else "extract.by_code", model=_line(extraction.model))
    )
    for damage in extraction.damage:
        what = render(f"extract.damage.{damage.kind.value}", lang=lang, script=script)
        hint = f" → {_line(damage.suggestion)}" if damage.suggestion else ""
        lines.append(f"# [{damage.span.start}] {what}：{_line(damage.text)}{hint}")
    spots = places(extraction.sheet)
    data = to_data(extraction)
    for key, value in data.items():
        lines.extend(_block(key, value, (key,), spots, ""))
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """A text as it may stand in a comment: on one line, no control characters."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(c if c.isprintable() else " " for c in short)


_LONGEST = 60
Path = tuple[str | int, ...]


def places(sheet: Filling) -> dict[Path, tuple[Span, ...]]:
    """Where each entry of `to_data` was taken from."""
    return {path: spans for path, item in _entries(sheet) if (spans := _spans(item))}


def _spans(item: Passage | Found | None) -> tuple[Span, ...]:
    if item is None:
        return ()
    return item.spans if isinstance(item, Passage) else (item.span,)


def _entries(sheet: Filling) -> Iterator[tuple[Path, Passage | Found | None]]:
    yield from ((("title",), sheet.title), (("unit",), sheet.unit), (("theme",), sheet.theme))
    yield ("period",), sheet.period
    yield from ((("basis", n), document.title) for n, document in enumerate(sheet.basis))
    yield from ((("organisers", n), party.names[0]) for n, party in enumerate(sheet.parties) if party.names)
    for n, doing in enumerate(sheet.activities):
        yield from _of_doing(doing, ("activities", n))
    yield from ((("totals", n), figure.value) for n, figure in enumerate(sheet.totals))
    for name, passages in sheet.texts.items():
        yield from (((name, n), passage) for n, passage in enumerate(passages))
    yield from ((("unplaced", n), found) for n, found in enumerate(sheet.unplaced))


def _of_doing(doing: Doing, path: Path) -> Iterator[tuple[Path, Passage | Found | None]]:
    yield from (((*path, "name"), doing.name), ((*path, "date"), doing.date), ((*path, "place"), doing.place))
    lists: tuple[tuple[str, list[Passage | Found]], ...] = (
        ("figures", [figure.value for figure in doing.figures]),
        ("details", [*doing.details]),
        ("quotes", [*doing.quotes]),
        ("people", [human.name for human in doing.people]),
        ("organisers", [party.names[0] for party in doing.parties if party.names]),
    )
    for name, items in lists:
        yield from (((*path, name, n), item) for n, item in enumerate(items))


def _block(
    key: str, value: Any, path: Path, places: dict[Path, tuple[Span, ...]], indent: str
) -> Iterator[str]:
    if (
        isinstance(value, list)
        and value
        and (key == "unplaced" or all(isinstance(item, dict) for item in value))
    ):
        yield f"{indent}{key}:"
        for n, item in enumerate(value):
            yield from _item(item, (*path, n), places, indent + "  ")
    else:
        yield f"{indent}{key}: {_flow(value)}{_at(path, places)}"


def _item(
    item: dict[str, Any] | str, path: Path, places: dict[Path, tuple[Span, ...]], indent: str
) -> Iterator[str]:
    if isinstance(item, dict) and path[0] == "activities" and len(path) == 2:  # noqa: PLR2004
        mark = "- "
        for key, value in item.items():
            for line in _block(key, value, (*path, key), places, indent + "  "):
                yield indent + mark + line[len(indent) + 2 :] if mark == "- " else line
                mark = "  "
        return
    yield f"{indent}- {_flow(item)}{_at(path, places)}"


def _at(path: Path, places: dict[Path, tuple[Span, ...]]) -> str:
    spans = places.get(path, ())
    return "  # " + ", ".join(f"{span.start}-{span.end}" for span in spans) if spans else ""


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps("".join(c if c.isprintable() else " " for c in text), ensure_ascii=False)
