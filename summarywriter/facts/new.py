"""A blank fact sheet to fill in: Chinese keys, a word on each, examples as comments."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.resources import read_text

GENERAL = "general"


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = YAML(typ="safe").load(read_text("facts", "new.yaml"))
    return table


def blank_sheet(genre: str | None = None, script: Script | str = Script.HANT) -> str:
    """A blank sheet as YAML text.

    It loads as it is, with a placeholder for what a sheet cannot be without; `lint` reports each
    placeholder that was not replaced.

    Args:
        genre: Name of a genre; the sheet then has the parts that the genre tells. A genre of the user's
            own gets every part. ``None`` leaves the genre to be chosen.
        script: Script of the sheet.
    """
    script = Script(script)
    shapes = _table()["genres"]
    shape = shapes.get(genre, shapes[GENERAL])
    parts = [_table()["parts"][name] for name in ("head", *shape["parts"])]
    values = {
        "{genre}": genre or "",
        "{script}": "繁體" if script is Script.HANT else "簡體",
        "{level}": shape["level"],
    }
    text = "".join(parts)
    for name, value in values.items():
        text = text.replace(name, value)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return text if script is Script.HANT else to_script(text, script)
