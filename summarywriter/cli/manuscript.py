"""Reading a text that is to be checked, and finding one's way back into its file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path

from summarywriter.errors import FactsError, Problem
from summarywriter.facts.decode import EncodingError, decode
from summarywriter.messages import render
from summarywriter.render.markdown import unmarked
from summarywriter.verify.report import Finding, VerificationReport


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text, and the file it stands in.

    Attributes:
        text: What is verified: markup taken off.
        source: The file's own text; for a .docx its paragraphs, one a line.
        offsets: For each character of ``text`` and its end the index in ``source``.
    """

    text: str
    source: str
    offsets: tuple[int, ...]

    def placed(self, report: VerificationReport) -> VerificationReport:
        """The report with every position in the file."""
        lines = [0, *(at + 1 for at, char in enumerate(self.source) if char == "\n")]
        return replace(report, findings=tuple(self._placed(finding, lines) for finding in report.findings))

    def _placed(self, finding: Finding, lines: list[int]) -> Finding:
        last = len(self.offsets) - 1
        start = self.offsets[min(finding.start, last)]
        end = self.offsets[min(max(finding.end - 1, 0), last)] + 1 if finding.end > finding.start else start
        line = bisect_right(lines, start)
        return replace(finding, start=start, end=end, line=line, column=start - lines[line - 1] + 1)

    def line(self, number: int) -> str:
        """Line ``number`` of the file, from 1."""
        lines = self.source.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


def read_manuscript(path: Path, *, lang: str, script: str) -> Manuscript:
    """Read a .txt, .md or .docx (any other suffix: as plain text).

    Raises:
        FactsError: The file cannot be read.
    """

    def fault(key: str, line: int | None = None, **params: str) -> FactsError:
        return FactsError([Problem(render(key, lang=lang, script=script, **params), line, file=str(path))])

    try:
        if path.is_dir():
            raise fault("file.is_folder")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise fault("file.missing") from error
    except OSError as error:
        raise fault("file.unreadable", reason=error.strerror or str(error)) from error
    if path.suffix.lower() == ".docx":
        try:
            source = _docx(data)
        except Exception as error:  # a broken archive fails in many ways, none of them ours
            raise fault("file.unreadable", reason=f"{type(error).__name__}: {error}") from error
    else:
        try:
            source = decode(data).replace("\r\n", "\n").replace("\r", "\n")
        except EncodingError as error:
            raise fault("file.encoding", error.line) from error
    if not source.strip():
        raise fault("cli.empty_text")
    if path.suffix.lower() in (".md", ".markdown"):
        return Manuscript(*_first(unmarked(source), source))
    source = _without_mark(source)
    return Manuscript(source, source, tuple(range(len(source) + 1)))


def _first(pair: tuple[str, tuple[int, ...]], source: str) -> tuple[str, str, tuple[int, ...]]:
    return pair[0], source, pair[1]


def _without_mark(source: str) -> str:
    """Blank the line 〔草稿〕 that `write --draft` puts on top, keeping every line's number."""
    marks = {f"〔{render('render.draft', script=script)}〕" for script in ("hans", "hant")}
    head, _, rest = source.partition("\n")
    return f"\n{rest}" if head.strip() in marks else source


def _docx(data: bytes) -> str:
    import io

    from docx import Document

    # A line break inside a paragraph is only the title's shape.
    return "\n".join(p.text.replace("\n", "") for p in Document(io.BytesIO(data)).paragraphs)
