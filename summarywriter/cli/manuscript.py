"""Reading a text that is to be checked, and finding one's way back into its file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.errors import FactsError, Problem
from summarywriter.facts.decode import EncodingError, decode, encoding_of
from summarywriter.messages import render
from summarywriter.render.markdown import unmarked
from summarywriter.verify.mend import Edit, applied
from summarywriter.verify.report import Finding, VerificationReport

if TYPE_CHECKING:
    from summarywriter.refill.document import EditedDocument


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text, and the file it stands in.

    Attributes:
        text: What is verified: markup taken off.
        source: The file's own text; for a .docx its paragraphs and its tables' rows, one a line.
        offsets: For each character of ``text`` and its end the index in ``source``.
        data: The file's bytes.
        document: The .docx, if it is one.
    """

    text: str
    source: str
    offsets: tuple[int, ...]
    data: bytes
    document: EditedDocument | None = None

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

    def place(self, position: int) -> tuple[int, int]:
        """Line and column in the file, from 1, of a position in ``text``."""
        start = self.offsets[min(position, len(self.offsets) - 1)]
        return self.source.count("\n", 0, start) + 1, start - self.source.rfind("\n", 0, start)

    def edits(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """Edits of ``text`` as edits of ``source``."""
        return tuple(
            replace(edit, start=self.offsets[edit.start], end=self.offsets[edit.end - 1] + 1)
            for edit in edits
        )

    def content(self, edits: tuple[Edit, ...]) -> bytes:
        """The file with edits of ``source`` in it: in its encoding and line ends, in a .docx's own runs."""
        if self.document is not None:
            self.document.amend((edit.start, edit.end, edit.text) for edit in edits)
            return self.document.save()
        source = applied(self.source, edits)
        text = source.replace("\n", "\r\n") if "\r\n" in decode(self.data) else source
        return text.encode(encoding_of(self.data), errors="strict")

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
    document = None
    if path.suffix.lower() == ".docx":
        from summarywriter.refill.document import EditedDocument

        try:
            document = EditedDocument(data)
            source = document.whole.text
        except Exception as error:  # a broken archive fails in many ways, none of them ours
            raise fault("file.document") from error
    else:
        try:
            source = decode(data).replace("\r\n", "\n").replace("\r", "\n")
        except EncodingError as error:
            raise fault("file.encoding", error.line) from error
    if not source.strip():
        raise fault("cli.empty_text")
    if path.suffix.lower() in (".md", ".markdown"):
        text, offsets = unmarked(source)
        return Manuscript(text, source, offsets, data)
    text = _without_mark(source)
    # The mark is blanked, not cut out, so positions are the same but on its own line.
    offsets = tuple(range(len(source) - len(text), len(source) + 1))
    return Manuscript(text, source, offsets, data, document)


def _without_mark(source: str) -> str:
    """Blank the line 〔草稿〕 that `write --draft` puts on top, keeping every line's number."""
    marks = {f"〔{render('render.draft', script=script)}〕" for script in ("hans", "hant")}
    head, _, rest = source.partition("\n")
    return f"\n{rest}" if head.strip() in marks else source
