"""What a model wraps around its text: thinking, fences, announcements, Markdown, the heading again."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

from ruamel.yaml import YAML

from summarywriter.chinese.text import folded
from summarywriter.plan import SectionPlan

_THINK = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THINK_END = re.compile(r"\A.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n`]*\n(.*?)^[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}).*$", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*+•·]\s+|>\s*|\d{1,2}[.)]\s+(?=\S))")
_HASHES = re.compile(r"^\s*#{1,6}\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$")
_NUMERAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*"
)
_MARKS = ' \t\u3000。：:，,；;*#“”"'


@functools.cache
def _chatter(name: str) -> re.Pattern[str]:
    text = files("summarywriter.draft").joinpath("chatter.yaml").read_text(encoding="utf-8")
    return re.compile(YAML(typ="safe").load(text)[name])


def without_thinking(text: str) -> str:
    """The reply without its reasoning, closed or cut off, opened or not."""
    return _THINK_END.sub("", _THINK.sub("", text)).strip()


def clean(text: str, section: SectionPlan) -> tuple[str, ...]:
    """Paragraphs of prose in a reply, and nothing that is not of the text.

    Args:
        text: The reply's content.
        section: What was asked for; its heading is the plan's to print, so a repeated one goes.
    """
    text = without_thinking(text)
    if fenced := _FENCED.search(text):
        text = fenced[2]
    text = _FENCE.sub("", text)
    lines = [_plain(line) for line in text.splitlines()]
    lines = [line for line in lines if line]
    while lines and _is_chatter("lead_in", lines[0]) and (len(lines) > 1 or lines[0].endswith(("：", ":"))):
        lines.pop(0)
    while len(lines) > 1 and _is_chatter("tail", lines[-1]):
        lines.pop()
    if lines and section.heading:
        lines[0] = _without_heading(lines[0], section.heading)
    return tuple(line for line in lines if line)


def refuses(text: str) -> bool:
    """Whether a reply begins as one that declines does; for a text that tells no fact.

    >>> refuses("很抱歉，我無法協助撰寫這類內容。"), refuses("I'm sorry, but I can't help.")
    (True, True)
    >>> refuses("活動在鎮文化廣場舉行。")
    False
    """
    return _chatter("refusal").match(folded(without_thinking(text)).lstrip()) is not None


def _plain(line: str) -> str:
    """One line without Markdown."""
    if _RULE.match(line) or _TABLE_RULE.match(line):
        return ""
    line = _HASHES.sub("", _BULLET.sub("", line))
    return _BOLD.sub(r"\2", line).strip().strip("\u3000")


def _is_chatter(kind: str, line: str) -> bool:
    if "{" in line or "｛" in line:
        return False  # a line that tells a fact is the text, whatever it begins with
    return _chatter(kind).fullmatch(folded(line)) is not None


def _without_heading(line: str, heading: str) -> str:
    """The first line, less a heading that it repeats, alone or run in."""
    bare = _NUMERAL.sub("", line).lstrip(_MARKS)
    wanted = folded(heading).strip(_MARKS)
    form = folded(bare)
    if len(form) != len(bare) or not wanted or not form.startswith(wanted):
        return line
    rest = bare[len(wanted) :]
    return rest.lstrip(_MARKS) if not rest.strip(_MARKS) or rest[0] in "。：:*" else line
