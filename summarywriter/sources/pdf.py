"""The text layer of a .pdf, its wrapped lines joined to paragraphs again."""

from __future__ import annotations

import io
import re


def pdf_text(data: bytes) -> str:
    """The text of a PDF, a paragraph a line; ``""`` for a scan, which has none.

    Raises:
        ImportError: pypdf, an extra, is not installed.
        ValueError: It needs a password.
    """
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("the document needs a password")
    lines: list[str] = []
    for page in reader.pages:
        lines.extend(
            line for raw in page.extract_text().split("\n") if not _is_page_number(line := raw.strip())
        )
    return "\n".join(paragraphs(lines))


def _is_page_number(line: str) -> bool:
    return (
        bool(
            re.fullmatch(
                r"[-—–－ ]*(?:第 ?)?[0-9]{1,4}(?: ?页| ?頁)?(?:[/共 ]+[0-9]{1,4} ?[页頁]?)?[-—–－ ]*", line
            )
        )
        if line
        else False
    )


_ENDS = re.compile(r"[。！？!?：:；;”」』]$")
_BEGINS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、．](?![0-9])|附件|【)"
)


def paragraphs(lines: list[str]) -> list[str]:
    """Join the lines that the page's width broke.

    A line goes on into the next where it is nearly as long as the longest, ends with no final mark, and the
    next begins with no number of its own.

    >>> paragraphs(["活動現場發放宣傳資料", "300份。", "二、成效"])
    ['活動現場發放宣傳資料300份。', '二、成效']
    """
    width = max(map(len, lines), default=0)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        if goes_on and not _BEGINS.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        goes_on = len(line) >= width * 0.8 and not _ENDS.search(line)
        if len(line) >= width * 0.95 and line.endswith(("；", "：", ";", ":")):
            goes_on = True
    return joined
