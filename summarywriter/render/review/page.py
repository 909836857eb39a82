"""A page's value into HTML: Jinja2 escapes, the policy names the only style and script by their hash."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from summarywriter.messages import render
from summarywriter.render.review.data import Page, PageLine, PageNote
from summarywriter.render.review.pieces import Numbers, pieces
from summarywriter.resources import read_text

_ROOM = ("render", "review")
_COLOURS = re.compile(r"(?:\s*--sw-[\w-]+: [^;]+;)+")
"""The colours of core.css: those for light paper first, then those for dark."""
_LANG = {"hans": "zh-Hans", "hant": "zh-Hant"}
_TAGS = {"title": "h1", "heading": "h2", "paragraph": "p"}
_DEEPEST = 6


def render_page(page: Page) -> str:
    """A whole HTML file, which fetches nothing and runs nothing but its own script."""
    style = read_text(*_ROOM, "core.css") + read_text(*_ROOM, "page.css")
    script = read_text(*_ROOM, "review.js")
    # `frame-ancestors` and `sandbox` have no effect in a <meta>; all else is shut.
    policy = (
        f"default-src 'none'; style-src 'sha256-{_sha256(style)}'; script-src 'sha256-{_sha256(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return _render("page", page, root="sw", style=_own(style), script=_own(script), policy=policy)


def render_fragment(page: Page) -> str:
    """The core alone, for a notebook: styled within its own element, lit up where scripts may run.

    Ids begin with a hash of the page, so that several outputs in one notebook do not answer for each
    other.
    """
    root = f"sw{hashlib.sha256(repr(page).encode('utf-8', 'replace')).hexdigest()[:10]}"
    core, script = read_text(*_ROOM, "core.css"), read_text(*_ROOM, "review.js")
    style = core + _themed(core)
    return _render("fragment", page, root=root, style=_own(style), script=_own(script), policy="")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _own(text: str) -> Markup:
    """Text of this package, the only text that is let through as it stands."""
    return Markup(text)  # noqa: S704  style and script of our own files, never of a sheet


@functools.cache
def _templates() -> SandboxedEnvironment:
    names = ("page", "fragment", "core")
    loader = DictLoader({name: read_text(*_ROOM, f"{name}.html.j2") for name in names})
    return SandboxedEnvironment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _render(template: str, page: Page, **variables: object) -> str:
    return _templates().get_template(template).render(**_variables(page), **variables)


def _themed(core: str) -> str:
    """Rules for notebooks that say which theme they have, whatever the system's is."""
    light, dark = _COLOURS.findall(core)[:2]
    return "".join(
        f'[data-jp-theme-light="{is_light}"] .sw-review, .{name} .sw-review {{{colours}}}\n'
        for is_light, name, colours in (("true", "vscode-light", light), ("false", "vscode-dark", dark))
    )


def _variables(page: Page) -> Mapping[str, Any]:
    ids = [fact.id for group in page.groups for fact in group.facts]
    facts = {fact: n for n, fact in enumerate(dict.fromkeys(ids), 1)}
    marks = sorted(page.marks, key=lambda mark: (mark.start, mark.end))
    notes = sorted(page.notes, key=lambda note: (note.start, note.end))
    numbers = Numbers(facts, marks, notes)
    places: dict[int, list[int]] = {}
    beside = _beside(page.lines, notes)
    shown = []
    for at, line in enumerate(page.lines):
        cut = pieces(page.text, line, numbers)
        shown.append((line, _tag(line), cut, [(n, notes[n - 1]) for n in beside.get(at, ())]))
        for piece in cut:
            for fact in piece.facts:
                if piece.opens or fact not in places:
                    places.setdefault(fact, []).append(piece.mark)

    def words(key: str, **params: object) -> str:
        return render(key, lang=page.lang, script=page.script, **params)

    return {
        "page": page,
        "lines": shown,
        "places": places,
        "number": facts,
        "words": words,
        "lang": _LANG[page.script],
        "ui_lang": "en" if page.lang == "en" else _LANG[page.script],
        "sheet_lang": _LANG[page.sheet_script],
        "tips": {facts[f.id]: f"{f.id}　{f.label}：{f.text}" for g in page.groups for f in g.facts},
        "untold": [f for g in page.groups for f in g.facts if f.state == "untold"],
    }


def _beside(lines: Sequence[PageLine], notes: Sequence[PageNote]) -> Mapping[int, list[int]]:
    """Numbers of the notes by the line that they begin in, or else the last before it: none is lost."""
    beside: dict[int, list[int]] = {}
    for n, note in enumerate(notes, 1):
        at = max((i for i, line in enumerate(lines) if line.start <= note.start), default=0)
        beside.setdefault(at, []).append(n)
    return beside


def _tag(line: PageLine) -> str:
    if line.kind == "heading":
        return f"h{min(line.level + 1, _DEEPEST)}"
    return _TAGS.get(line.kind, "p")
