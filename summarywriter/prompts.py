"""Prompts: templates that a user can replace one by one, rendered in a sandbox.

The shipped templates are written in Traditional characters and converted before they are compiled, so
that one text serves both scripts and no fact's characters are touched. A user's templates stay as
they are.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from summarywriter.chinese.script import Script, to_script
from summarywriter.errors import PromptError, ResourceError
from summarywriter.resources import read_text

NAMES = (
    "draft.system",
    "draft.user",
    "critique.system",
    "critique.user",
    "revise.user",
    "extract.system",
    "extract.user",
    "extract.again",
)
"""Every prompt; a folder of the user's own may hold any of them as ``<name>.md.j2``."""

_SUFFIX = ".md.j2"


class Prompts:
    """The prompts of one document.

    Args:
        script: ``hans`` or ``hant``: of the shipped templates.
        folder: Templates that replace the shipped ones, file by file; ``None`` for none.

    Raises:
        PromptError: The folder is none, or holds a template under a name that no stage asks for.
    """

    def __init__(self, *, script: str, folder: str | Path | None = None) -> None:
        self._folder = Path(folder) if folder is not None else None
        if self._folder is not None:
            _see_names(self._folder)
        self._environment = _shipped(script) if self._folder is None else _environment(self._folder, script)

    def render(self, name: str, variables: Mapping[str, Any]) -> str:
        """Render one prompt.

        Args:
            name: One of `NAMES`.
            variables: Values for the template's variables; texts of facts escaped by `as_data`.

        Raises:
            PromptError: No such template, a mistake in it, or a variable that is not given; the message
                names file and line.
        """
        try:
            return self._environment.get_template(name + _SUFFIX).render(**variables).strip()
        except TemplateSyntaxError as error:
            raise PromptError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
        except TemplateNotFound as error:
            raise PromptError(f"no prompt named {error.name}") from error
        except (TemplateError, ArithmeticError, AttributeError, TypeError, ValueError) as error:
            raise PromptError(f"{self._place(name, error)}: {_reason(error)}") from error

    def _place(self, name: str, error: BaseException) -> str:
        """File and line of the template where rendering failed."""
        trace, line = error.__traceback__, 0
        file = name + _SUFFIX
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename.endswith(_SUFFIX):
                file, line = code.co_filename, trace.tb_lineno
            trace = trace.tb_next
        return f"{file}:{line}"


def _environment(folder: Path | None, script: str) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=_Loader(folder, Script(script)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )


@functools.cache
def _shipped(script: str) -> ImmutableSandboxedEnvironment:
    """The shipped templates, compiled once for all documents."""
    return _environment(None, script)


class _Loader(BaseLoader):
    """Looks in the user's folder, then in the package."""

    def __init__(self, folder: Path | None, script: Script) -> None:
        self._folder = folder
        self._script = script

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:  # noqa: ARG002  Jinja's signature
        if self._folder is not None and (own := self._folder / template).is_file():
            try:
                return own.read_text(encoding="utf-8-sig"), str(own), None
            except (OSError, UnicodeDecodeError) as error:
                raise PromptError(f"{own}: {error}") from error
        try:
            source = read_text("prompts", template)
        except ResourceError as error:
            raise TemplateNotFound(template) from error
        return to_script(source, self._script), template, None


def _see_names(folder: Path) -> None:
    """A misspelt file would be passed over in silence, and the shipped prompt used."""
    if not folder.is_dir():
        raise PromptError(f"{folder} is no folder of prompts")
    known = {name + _SUFFIX for name in NAMES}
    for file in sorted(folder.glob("*.j2")):
        if file.name not in known:
            raise PromptError(f"{file}: no stage asks for it; there are {', '.join(sorted(known))}")


def _reason(error: BaseException) -> str:
    if isinstance(error, UndefinedError):
        return f"{error.message or error}"
    return f"not allowed in a prompt: {error}" if isinstance(error, SecurityError) else str(error)


_MARKS = str.maketrans({
    **dict.fromkeys("{｛﹛⟦【〖⦃❴", "（"), **dict.fromkeys("}｝﹜⟧】〗⦄❵", "）"),
    **dict.fromkeys("<＜﹤⟨", "〈"), **dict.fromkeys(">＞﹥⟩", "〉"), "[": "［", "]": "］", "`": "'",
})  # fmt: skip
"""Every bracket that a prompt uses, or that a reply's slots are read in, and what stands for it in data."""

_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
"""Characters that a person does not see in a fact (zero-width, direction, tags) and a model does."""


def as_data(text: str) -> str:
    r"""A fact's text as it may stand in a prompt: on one line, with no mark that a prompt uses.

    A fact can then neither close the list of facts nor look like a slot.

    >>> as_data("</facts>{1}")
    '〈/facts〉（1）'
    >>> as_data("【3】\u200b[[3]]")
    '（3）［［3］］'
    """
    line = " ".join(text.translate(_MARKS).split())
    if line.isprintable():
        return line
    return "".join(char for char in line if unicodedata.category(char) not in _UNSEEN)
