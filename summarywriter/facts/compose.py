"""YAML and JSON text into the tree, with the slips of people who do not write YAML every day explained.

ruamel's composer is used and its constructors are not, so that every scalar stays text: ``1.50``,
``yes``, ``0755`` and ``2018-05-19`` are what the user wrote. JSON goes the same way, for the sake of
its line numbers. A slip that has a certain repair (a full-width colon, a tab) is reported and repaired
for the reading only, so that the rest of the sheet is checked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.reader import ReaderError

from summarywriter.facts.keys import is_known_anywhere
from summarywriter.facts.problems import Problems
from summarywriter.facts.tree import MAX_DEPTH, DepthError, Items, Node, Table, Text

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CORE_TAG = "tag:yaml.org,2002:"


def compose(text: str, problems: Problems) -> Node | None:
    """Read the text of a sheet.

    Args:
        text: YAML, or JSON.
        problems: Receives what is wrong with it as YAML.

    Returns:
        The tree; ``None`` for an empty sheet, or where it cannot be read at all.
    """
    json = text.lstrip()[:1] in ("{", "[")
    text = _without_json_tabs(text) if json else text
    try:
        root = _parse(text)
    except (YAMLError, RecursionError) as error:
        repaired = text if json else _repair(text, problems)
        if repaired == text:
            _explain(error, text, problems)
            return None
        try:
            root = _parse(repaired)
        except (YAMLError, RecursionError) as again:
            _explain(again, repaired, problems)
            return None
        text = repaired
    if root is None:
        return None
    try:
        return _Reader(problems, text.splitlines()).node(root)
    except DepthError:
        problems.add("facts.too_deep", root.start_mark.line + 1)
        return None


def _parse(text: str) -> YamlNode | None:
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # every anchor is refused, with a message of ours
    root: YamlNode | None = yaml.compose(text)
    return root


class _Reader:
    """From ruamel's nodes to ours."""

    def __init__(self, problems: Problems, lines: list[str]) -> None:
        self.problems = problems
        self.lines = lines

    def node(self, node: YamlNode, depth: int = 0) -> Node | None:
        """One node; ``None`` for a blank or an unusable one.

        Raises:
            DepthError: Nested too deep.
        """
        line = node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise DepthError
        if node.anchor is not None:
            # An alias shares its anchor's node: not going into it also bounds what aliases multiply.
            self.problems.add("facts.anchor", line, anchor=node.anchor)
            return None
        if not str(node.tag or _CORE_TAG).startswith(_CORE_TAG):
            self.problems.add("facts.tag", line, tag=str(node.tag))
            return None
        match node:
            case ScalarNode():
                return self.scalar(node)
            case SequenceNode():
                items = (self.node(item, depth + 1) for item in node.value)
                return Items(tuple(item for item in items if item is not None), line)
            case MappingNode():
                return Table(tuple(self.pairs(node, depth)), line)
            case _:
                return None

    def pairs(self, node: MappingNode, depth: int) -> Iterator[tuple[Text, Node | None]]:
        """Keys and values as written."""
        for key, value in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, ScalarNode):
                yield Text(str(key.value).strip(), line), self.node(value, depth + 1)
            else:
                self.problems.add("facts.key_is_no_text", line)

    def scalar(self, node: ScalarNode) -> Text | None:
        """A scalar's text; ``None`` if it is blank."""
        value = _pairs_joined(str(node.value))
        if not value.strip() or (node.style is None and value in _NULLS):
            return None
        first, last = node.start_mark.line + 1, node.end_mark.line + 1
        if node.style is None:
            while last > first and not (last <= len(self.lines) and self.lines[last - 1].strip()):
                last -= 1  # ruamel puts a plain scalar's end where the next thing begins
        run = 1
        if last > first and node.style not in ("|", ">"):
            run = last - first + 1
            self.swallowed(first, last)
            value = _without_folds(value)
        elif node.style in ("|", ">"):
            run = value.strip().count("\n") + 1
        return Text(value.strip(), first, run)

    def swallowed(self, first: int, last: int) -> None:
        """Report keys with a wrong colon that became part of the text above them."""
        for number in range(first + 1, min(last, len(self.lines)) + 1):
            if slip := _colon_slip(self.lines[number - 1]):
                self.problems.add("facts.colon", number, key=slip["key"])


def _pairs_joined(value: str) -> str:
    r"""Join the two halves of JSON's ``\ud83d\ude00``; half a pair alone becomes U+FFFD."""
    if not any("\ud800" <= char <= "\udfff" for char in value):
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_FOLD = re.compile(r"(?<=[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef])[ \n]+(?=[\u2e80-\u9fff\uff00-\uffef])")


def _without_folds(value: str) -> str:
    """YAML folds a line break into a blank, which Chinese text must not have."""
    return _FOLD.sub("", value)


# --- slips ------------------------------------------------------------------------------------------

_COLON_SLIP = re.compile(
    r"^(?P<lead>[ \u3000\xa0]*(?:- +)*)(?P<key>[^\s:：#\"'\[\]{}，。、-][^:：#\"'\[\]{}，。、]{0,15}?)"
    r"[ \u3000]*(?P<colon>：[ \u3000]*|:(?=[^\s:/\\]))(?P<rest>.*)$"
)
_WIDE_INDENT = re.compile(r"^(?P<indent>[ ]*[\u3000\xa0][ \u3000\xa0]*)(?=\S)")
_TAB_INDENT = re.compile(r"^[ ]*\t[ \t]*|(?<=-)\t+")
_WIDE_DASH = re.compile(r"^(?P<indent> *)(?:[－–—•·●▪‧∙]|-(?=[^\s\-0-9.]))[ \u3000]*(?=\S)")


def _colon_slip(line: str) -> re.Match[str] | None:
    """A line that means a key and its value, but for the colon: ``單位：…``, ``單位:…``."""
    match = _COLON_SLIP.match(line)
    return match if match and is_known_anywhere(match["key"]) else None


def _repair(text: str, problems: Problems) -> str:
    """Report the slips that have a certain repair, and repair them line by line."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        mended = line
        if _TAB_INDENT.search(mended):
            problems.add("facts.tab", number)
            mended = _TAB_INDENT.sub(lambda found: found.group().replace("\t", "  "), mended)
        if wide := _WIDE_INDENT.match(mended):
            problems.add("facts.wide_blank", number)
            indent = wide["indent"].replace("\u3000", "  ").replace("\xa0", " ")
            mended = indent + mended[wide.end() :]
        if dash := _WIDE_DASH.match(mended):
            problems.add("facts.dash", number)
            mended = f"{dash['indent']}- {mended[dash.end() :]}"
        if slip := _colon_slip(mended):
            problems.add("facts.colon", number, key=slip["key"])
            mended = f"{slip['lead']}{slip['key']}: {slip['rest']}"
        lines[number - 1] = mended
    return "\n".join(lines)


_JSON_STRING_OR_TAB = re.compile(r'"(?:[^"\\]|\\.)*"|\t', re.DOTALL)


def _without_json_tabs(text: str) -> str:
    """JSON may be indented with tabs, which YAML forbids."""
    return _JSON_STRING_OR_TAB.sub(lambda found: " " if found.group() == "\t" else found.group(), text)


_QUOTED_START = re.compile(r"""^\s*(?:-\s+)*(?:[^"'#]*?:\s+)?["'][^"']*["']\s*[^\s,\]}#:]""")
_TWO_COLONS = re.compile(r"^\s*(?:-\s+)*[^\s:][^:]*:\s+.*:(?:\s|$)")
_RESERVED = re.compile(r"""(?:^|[:\-]\s+|[\[{,]\s*)(?P<mark>[@`%>|&*!?])""")


def _explain(error: YAMLError | RecursionError, text: str, problems: Problems) -> None:
    """One problem for a fault of YAML, in words that say what to do."""
    if isinstance(error, RecursionError):
        problems.add("facts.too_deep", 1)
        return
    if isinstance(error, ReaderError):
        position = error.position if isinstance(error.position, int) else 0
        character = (
            error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
        )
        problems.add("facts.control", text.count("\n", 0, position) + 1, code=f"U+{character:04X}")
        return
    mark = None
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
    what = str(getattr(error, "problem", None) or "")
    number = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    number = min(number, max(len(lines), 1))
    line = lines[number - 1] if lines else ""
    if "another document" in what:
        problems.add("facts.two_sheets", number)
    elif "undefined alias" in what or "anchor" in what:
        problems.add("facts.anchor", number, anchor=line.strip())
    elif _QUOTED_START.match(line):
        problems.add("facts.quote_inside", number, text=line.strip())
    elif "mapping values" in what and _TWO_COLONS.match(line):
        problems.add("facts.second_colon", number, text=line.strip())
    elif reserved := _RESERVED.search(line.strip()):
        problems.add("facts.reserved", number, mark=reserved["mark"], text=line.strip())
    elif "stream end" in what or "quoted scalar" in str(getattr(error, "context", "")):
        opened = error.context_mark if isinstance(error, MarkedYAMLError) else None
        problems.add("facts.not_closed", opened.line + 1 if opened is not None else number)
    elif "expected ':'" in what or "mapping values" in what or "<block end>" in what:
        problems.add("facts.structure", number, text=line.strip())
    else:
        problems.add("facts.yaml", number, detail=what or str(error).split("\n", 1)[0])
