"""The closing report of a batch: one row a sheet, as CSV for a spreadsheet and as HTML for a reader.

Both are written row by row from the journal, so that the number of sheets does not matter.
"""

from __future__ import annotations

import csv
import html
import io
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from summarywriter.batch.job import State
from summarywriter.batch.journal import REPORTS, Journal, Row
from summarywriter.errors import BatchError
from summarywriter.messages import render

_COLUMNS = (
    "sheet", "state", "files", "title", "genre", "errors", "warnings", "untold", "gaps", "replies",
    "fallbacks", "findings", "message", "seconds",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STYLE = """
body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#222}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ddd;padding:.3rem .5rem;
text-align:left;vertical-align:top}th{background:#f4f4f4;position:sticky;top:0}
td.n{text-align:right;font-variant-numeric:tabular-nums}tr.failed{background:#fdecea}tr.waiting{background:#fff8e1}
td ul{margin:0;padding-left:1rem}
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}th{background:#222}td,th{border-color:#333}
tr.failed{background:#3a1512}tr.waiting{background:#332a00}}
"""


def write_reports(journal: Journal, *, lang: str = "zh") -> None:
    """Write both reports into the output folder.

    Args:
        journal: What to report on.
        lang: Language of the reports' own words.

    Raises:
        BatchError: They cannot be written.
    """
    table, page = REPORTS
    _write(
        journal.out / table, _csv(journal, lang), lang, encoding="utf-8-sig"
    )  # so that Excel reads Chinese
    _write(journal.out / page, _html(journal, lang), lang, encoding="utf-8")


def _write(path: Path, pieces: Iterator[str], lang: str, *, encoding: str) -> None:
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("x", encoding=encoding, newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BatchError(render("render.not_written", lang=lang, path=str(path), reason=reason)) from error
    finally:
        beside.unlink(missing_ok=True)


def _cells(row: Row, told: Callable[[str], str]) -> tuple[str, ...]:
    return (
        row.name, told(f"batch.state.{row.state.value}"), "\n".join(row.outputs), row.title, row.genre,
        str(row.errors), str(row.warnings), str(row.untold), str(row.gaps), str(row.replies),
        "\n".join(row.fallbacks), "\n".join(row.findings), row.message, f"{row.seconds:.1f}",
    )  # fmt: skip


def _csv(journal: Journal, lang: str) -> Iterator[str]:
    def told(key: str) -> str:
        return render(key, lang=lang)

    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow([told(f"batch.column.{column}") for column in _COLUMNS])
    for row in journal.rows():
        # A sheet's title is anyone's text: a spreadsheet must not run it.
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in _cells(row, told)])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _html(journal: Journal, lang: str) -> Iterator[str]:
    def told(key: str) -> str:
        return render(key, lang=lang)

    title = html.escape(told("batch.report"))
    yield f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{_STYLE}</style>"
    yield f"<h1>{title}</h1><p>{html.escape(summed(journal, lang=lang))}</p><table><thead><tr>"
    yield "".join(f"<th>{html.escape(told(f'batch.column.{column}'))}</th>" for column in _COLUMNS)
    yield "</tr></thead><tbody>\n"
    for row in journal.rows():
        kind = row.state.value if row.state is not State.DONE else ""
        yield f'<tr class="{kind}">'
        for column, cell in zip(_COLUMNS, _cells(row, told), strict=True):
            yield f"<td{_CLASS.get(column, '')}>{_told(column, cell)}</td>"
        yield "</tr>\n"
    yield "</tbody></table></html>\n"


_CLASS = dict.fromkeys(("errors", "warnings", "untold", "gaps", "replies", "seconds"), ' class="n"')


def _told(column: str, cell: str) -> str:
    if column == "files":
        return "<br>".join(
            f'<a href="{html.escape(_link(file), quote=True)}">{html.escape(file)}</a>'
            for file in cell.split("\n")
            if file
        )
    return html.escape(cell).replace("\n", "<br>")


def _link(file: str) -> str:
    from urllib.parse import quote

    return quote(f"./{file}")


def summed(journal: Journal, *, lang: str = "zh") -> str:
    """The totals of a batch on one line."""
    totals = journal.totals()
    fields = {name: getattr(totals, name) for name in totals.__slots__}
    return render("batch.summed", lang=lang, **fields)
