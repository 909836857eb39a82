"""Files: which format a name asks for, and writing one whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summarywriter.errors import RenderError
from summarywriter.messages import render
from summarywriter.render.look import DocxLook
from summarywriter.summary import Summary


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a file is wanted, for every format alike."""

    draft: bool
    lang: str
    docx: DocxLook


def _docx(summary: Summary, wish: _Wish) -> bytes:
    from summarywriter.render.docx import render_docx

    return render_docx(summary, draft=wish.draft, look=wish.docx, lang=wish.lang)


def _html(summary: Summary, wish: _Wish) -> bytes:
    from summarywriter.render.review import render_html

    return render_html(summary, draft=wish.draft, lang=wish.lang).encode("utf-8", "replace")


def _json(summary: Summary, wish: _Wish) -> bytes:
    from summarywriter.render.json import render_json

    return render_json(summary, draft=wish.draft).encode("utf-8", "replace")


def _markdown(summary: Summary, wish: _Wish) -> bytes:
    from summarywriter.render.markdown import render_markdown

    return render_markdown(summary, draft=wish.draft).encode("utf-8", "replace")


def _text(summary: Summary, wish: _Wish) -> bytes:
    from summarywriter.render.text import render_text

    return render_text(summary, draft=wish.draft).encode("utf-8", "replace")


_FORMATS: dict[str, Callable[[Summary, _Wish], bytes]] = {
    "txt": _text,
    "md": _markdown,
    "docx": _docx,
    "html": _html,
    "json": _json,
}
FORMATS = tuple(_FORMATS)


def save(
    summary: Summary,
    path: str | Path,
    *,
    draft: bool = False,
    docx: DocxLook | None = None,
    lang: str = "zh",
) -> Path:
    """Write ``summary`` to ``path`` in the format of its suffix.

    Args:
        summary: What was written.
        path: The file; its folder must be there. Written whole or not at all.
        draft: Mark it 草稿.
        docx: What else the user has chosen of a .docx.
        lang: Language of an error's message and of a review page's own words, ``zh`` or ``en``.

    Returns:
        The path written.

    Raises:
        RenderError: The suffix is unknown, the template is none, or the file cannot be written.
    """
    from summarywriter.render.text import script_of

    script = script_of(summary)
    target = check_target(path, lang=lang, script=script)
    content = _FORMATS[_suffix(target)](summary, _Wish(draft, lang, docx or DocxLook()))
    write_whole(target, content, lang=lang, script=script)
    return target


def rendered(summary: Summary, format_: str, *, draft: bool = False, lang: str = "zh") -> bytes:
    """The content of a file of ``summary``.

    Args:
        summary: What was written.
        format_: One of `FORMATS`.
        draft: Mark it 草稿.
        lang: Language of a review page's own words.

    Raises:
        RenderError: The format is unknown.
    """
    if format_ not in _FORMATS:
        known = " ".join(f".{name}" for name in FORMATS)
        raise RenderError(render("render.format", lang=lang, path="", suffix=format_, known=known))
    return _FORMATS[format_](summary, _Wish(draft, lang, DocxLook()))


def check_target(path: str | Path, *, lang: str = "zh", script: str = "hant") -> Path:
    """Find out before the work is done whether its result could be written to ``path``.

    Raises:
        RenderError: The suffix is unknown, the folder is missing, or the file may not be written.
    """

    def fault(key: str, **params: str) -> RenderError:
        return RenderError(render(key, lang=lang, script=script, path=str(path), **params))

    target = Path(path)
    suffix = _suffix(target)
    if suffix not in _FORMATS:
        known = " ".join(f".{name}" for name in FORMATS)
        raise fault("render.format", suffix=target.suffix or "-", known=known)
    if target.is_dir():
        raise fault("render.is_folder")
    folder = target.parent
    if not folder.is_dir():
        raise fault("render.no_folder", folder=str(folder))
    if target.exists() and not os.access(target, os.W_OK):
        raise fault("render.read_only")
    if not target.exists() and not os.access(folder, os.W_OK):
        raise fault("render.folder_read_only", folder=str(folder))
    return target


def check_replaceable(path: Path, *, lang: str = "zh", script: str = "hant") -> None:
    """Refuse a file that its owner has made read-only, or has open.

    A file can be put in the place of a read-only one, and of one that Word has open, wherever the folder
    may be written; neither is what its owner expects.

    Raises:
        RenderError: It is one of these; the message says what to do.
    """

    def fault(key: str, **params: str) -> RenderError:
        return RenderError(render(key, lang=lang, script=script, path=str(path), **params))

    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        raise fault("render.read_only")
    name = path.name
    # Of Word (which drops up to two characters of the name), WPS and LibreOffice.
    marks = (*(f"~${name[n:]}" for n in range(3)), f".~{name}", f".~lock.{name}#")
    if mark := next((mark for mark in marks if path.with_name(mark).exists()), None):
        raise fault("render.open_elsewhere", mark=str(path.with_name(mark)))


def write_whole(path: Path, content: bytes, *, lang: str = "zh", script: str = "hant") -> None:
    """Write to a new file beside ``path`` and put it in its place: nobody ever sees half of it.

    A link stays a link: what it points to is replaced. A replaced file keeps its permissions.

    Raises:
        RenderError: The system refuses: no room, no permission, or the file is open elsewhere.
    """
    target = path.resolve() if path.is_symlink() else path
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except OSError as error:
        key = "render.denied" if isinstance(error, PermissionError) else "render.not_written"
        reason = error.strerror or str(error)
        raise RenderError(render(key, lang=lang, script=script, path=str(path), reason=reason)) from error
    finally:
        beside.unlink(missing_ok=True)


def _suffix(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")
