"""Old texts as they come: .txt, .md, .docx, .html, .pdf with a text layer, in any office's encoding.

What comes out is plain text, a paragraph a line. Positions in it are what every span counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summarywriter.errors import FactsError, Problem
from summarywriter.messages import render

__all__ = ["MAX_BYTES", "SourceText", "read_source"]

MAX_BYTES = 64 * 1024 * 1024
"""Largest file read; a scanned report of pictures may have tens of megabytes and little text."""

_PAGES = (".html", ".htm", ".xhtml", ".mht")


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file.

    Attributes:
        text: It, a paragraph a line, line feeds between.
        name: The file's name.
        encoding: What its bytes were read as; ``""`` where the format says it itself.
    """

    text: str
    name: str
    encoding: str = ""


def read_source(
    path: str | Path, *, encoding: str | None = None, lang: str = "zh", script: str = "hant"
) -> SourceText:
    """Read a text of whatever kind.

    Args:
        path: The file; its kind is told by its first bytes, and by its suffix where they do not tell.
        encoding: Its encoding, where it is known.
        lang: Language of an error's message.
        script: Script of an error's message.

    Raises:
        FactsError: It cannot be read: not there, too large, a scan with no text, an unknown encoding, an
            old .doc, a broken archive; the message says what to do.
    """
    file = Path(path)

    def fault(key: str, line: int | None = None, **params: object) -> FactsError:
        return FactsError([Problem(render(key, lang=lang, script=script, **params), line, file=str(path))])

    data = _bytes(file, fault)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise fault("sources.old_doc")
    try:
        text, read_as = _text(file, data, encoding)
    except _UnreadableError as error:
        raise fault(error.key, error.line, **error.params) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise fault("sources.no_text_layer" if data.startswith(b"%PDF") else "cli.empty_text")
    return SourceText(text, file.name, read_as)


class _UnreadableError(Exception):
    def __init__(self, key: str, line: int | None = None, **params: object) -> None:
        super().__init__(key)
        self.key, self.line, self.params = key, line, params


def _bytes(file: Path, make: Callable[..., FactsError]) -> bytes:
    try:
        if file.is_dir():
            raise make("file.is_folder")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise make("sources.too_large", size=f"{size / 1_048_576:.0f}", limit=MAX_BYTES // 1_048_576)
        return file.read_bytes()
    except FileNotFoundError as error:
        raise make("file.missing") from error
    except OSError as error:
        raise make("file.unreadable", reason=error.strerror or str(error)) from error
    except ValueError as error:  # a NUL in the name
        raise make("file.missing") from error


def _text(file: Path, data: bytes, encoding: str | None) -> tuple[str, str]:
    suffix = file.suffix.lower()
    if data.startswith(b"%PDF"):
        from summarywriter.sources.pdf import pdf_text

        return _guarded(pdf_text, data), ""
    if data.startswith(b"PK\x03\x04"):
        from summarywriter.sources.docx import docx_text

        return _guarded(docx_text, data), ""
    if suffix in _PAGES or data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        from summarywriter.sources.html import html_text, stated_encoding

        text, read_as = decoded(data, encoding or stated_encoding(data))
        return html_text(text), read_as
    return decoded(data, encoding)


def _guarded(read: Callable[[bytes], str], data: bytes) -> str:
    try:
        return read(data)
    except ImportError as error:
        raise _UnreadableError("sources.no_pdf") from error
    except Exception as error:  # a broken file fails in many ways, none of them ours
        raise _UnreadableError("file.unreadable", reason=f"{type(error).__name__}: {error}") from error


def decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of bytes, and what they were read as.

    The encodings of Chinese offices are told apart by the loader of sheets, which knows official prose;
    charset-normalizer is asked only where none of them fits.
    """
    from summarywriter.facts.decode import EncodingError, decode

    if encoding is not None:
        try:
            return decode(data, encoding), encoding
        except LookupError as error:
            raise _UnreadableError("file.unknown_encoding", encoding=encoding) from error
        except EncodingError:
            pass  # a page may state one encoding and be in another
    try:
        return decode(data), encoding or "auto"
    except EncodingError as error:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:200_000]).best()
        if best is None:
            raise _UnreadableError("file.encoding", error.line) from error
        return data.decode(best.encoding, "replace"), best.encoding
