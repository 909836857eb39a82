"""What a user may choose of a .docx; apart from its renderer, for choosing needs no python-docx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class DocxLook:
    """What a user may choose of a .docx.

    Attributes:
        page_numbers: ``outside`` (odd pages right, even left, as the standard has it) or ``centre``.
        template: A .docx whose page, headers, footers and styles are used instead of ours. A paragraph
            of its that says only ``{{正文}}`` is where the summary goes; without one it is emptied.
        figures: Append a table of all figures as an attachment.
        direct: Write the formatting on each paragraph and run too, not in styles alone: for checkers
            that read no styles. It then no longer follows a change of a style.
    """

    page_numbers: Literal["outside", "centre"] = "outside"
    template: Path | None = None
    figures: bool = False
    direct: bool = False
