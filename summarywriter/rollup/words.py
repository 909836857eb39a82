"""The roll-up's word lists: like verbs, classes of things, names of levels (the data: words.yaml)."""

from __future__ import annotations

import functools
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.chinese.text import folded
from summarywriter.resources import read_text


@functools.cache
def table(name: str) -> Any:
    """A list or table of words.yaml as it stands."""
    return _data()[name]


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """A list of words.yaml in comparison form, the longest first."""
    return tuple(sorted({folded(word) for word in _data()[name]}, key=lambda word: (-len(word), word)))


def text(name: str, script: Script, /, **values: object) -> str:
    """A text of the sheet in its script, its values as given."""
    pattern = to_script(str(_data()["text"][name]), script)
    return pattern.format(**values)


@functools.cache
def action_class(action: str) -> str:
    """What stands for a verb and for all that count the same deed."""
    return _actions().get(folded(action), folded(action))


@functools.cache
def thing_class(thing: str) -> str:
    """What stands for a noun and for all that count the same kind of thing; its own where there is none."""
    form = folded(thing)
    if form in words("counts_itself"):
        return ""
    longest = max((end for end in _things() if form.endswith(end)), key=len, default="")
    return _things().get(longest, form)


@functools.cache
def _actions() -> dict[str, str]:
    return {folded(verb): f"@{name}" for name, verbs in _data()["actions"].items() for verb in verbs}


@functools.cache
def _things() -> dict[str, str]:
    return {folded(thing): folded(things[0]) for things in _data()["things"] for thing in things}


@functools.cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load(read_text("rollup", "words.yaml"))
    return data
