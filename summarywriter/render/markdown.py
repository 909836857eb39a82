"""Markdown (CommonMark): headings, run-in heads, and text that cannot turn into markup."""

from __future__ import annotations

import re

from summarywriter.messages import render
from summarywriter.render.text import script_of
from summarywriter.slots import Line
from summarywriter.summary import Summary

_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$]")
#: An entity, or what makes a list, a heading, a quotation or a rule at the beginning of a line.
_ENTITY = re.compile(r"&(?=#?\w+;)")
_AT_START = re.compile(r"(?P<mark>[#+=-])|(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)")
#: Closing ``**`` between a full stop and a letter is no closing mark in CommonMark (it asks for
#: a space where Chinese has none), so the full stop stays outside.
_LAST_MARKS = re.compile(r"[。，；：！？、\s]*$")


def render_markdown(summary: Summary, *, draft: bool = False) -> str:
    """The summary as Markdown.

    Args:
        summary: What was written.
        draft: Put a quotation block 草稿 on top.

    Returns:
        Blocks parted by blank lines, a line feed at the end.
    """
    blocks = [_block(summary.text, line) for line in summary.filled.lines]
    if draft:
        blocks.insert(0, f"> {render('render.draft', script=script_of(summary))}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(text: str, line: Line) -> str:
    whole = text[line.start : line.end]
    if line.kind == "title":
        return f"# {escape(whole)}"
    if line.kind == "heading":
        return f"{'#' * (line.level + 1)} {escape(whole)}"
    if line.lead_end > line.start:
        head = _LAST_MARKS.sub("", text[line.start : line.lead_end])
        if head:
            rest = whole[len(head) :]
            return f"**{escape(head)}**{escape(rest, at_start=False)}"
    return escape(whole)


def escape(text: str, *, at_start: bool = True) -> str:
    r"""Write ``text`` so that Markdown shows it as it is.

    Args:
        text: One line.
        at_start: It stands at the beginning of a line, where more can be markup.

    >>> escape("# 1. 不是*標題*")
    '\\# 1. 不是\\*標題\\*'
    """
    text = " ".join(text.split("\n")).strip(" \t") if at_start else text.rstrip(" \t")
    escaped = _ENTITY.sub(r"\\&", _ANYWHERE.sub(r"\\\g<0>", text))
    if at_start and (found := _AT_START.match(escaped)):
        at = 0 if found["mark"] else found.start("point")
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_QUOTE = re.compile(r"[ \t]*>[^\n]*")
_HEAD = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+|[ \t]+(?=\S)")
_STRONG = re.compile(r"(?<!\\)\*\*")


def unmarked(markdown: str) -> tuple[str, tuple[int, ...]]:
    r"""The plain text of a Markdown file such as `render_markdown` writes, or a person edits.

    Returns:
        The text, blank lines and quotation blocks left out, and for each of its characters and its end
        the index in ``markdown``.

    >>> unmarked("# 標題\n\n**（一）甲**。乙\\*\n")[0]
    '標題\n（一）甲。乙*'
    """
    kept: list[int] = []
    start = 0
    for line in markdown.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        if body.strip() and not _QUOTE.fullmatch(body):
            if kept:
                kept.append(-start - 1)  # a line feed that stands for the whole gap before this line
            dropped = {
                at
                for pattern in (_ESCAPED, _STRONG)
                for found in pattern.finditer(body)
                for at in range(*found.span())
            }
            head = _HEAD.match(body)
            dropped |= set(range(head.end())) if head else set()
            kept += [start + at for at in range(len(body)) if at not in dropped]
        start += len(line)
    text = "".join("\n" if at < 0 else markdown[at] for at in kept)
    offsets = tuple(-at - 2 if at < 0 else at for at in kept)
    return text, (*offsets, (offsets[-1] + 1) if offsets else 0)
