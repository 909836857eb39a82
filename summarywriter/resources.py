"""Where the data that ships with the package is found: prompts, genres, lexicons, messages.

Prompts stand at the top of the repository and move into the package when a wheel is built
(``force-include`` in pyproject.toml). An editable install builds no such copy, so this module looks in
both places, and is the only one that does.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from summarywriter.errors import ResourceError

_BESIDE_THE_PACKAGE = frozenset({"prompts"})
"""Folders that a wheel carries inside the package and a checkout has at its top."""


def resource(*parts: str) -> Traversable:
    """Find a file or folder of the package's data.

    Args:
        *parts: The path below the package, a name each.

    Returns:
        What is there: a `Path` in any ordinary install, a member of the archive in a zipped one.

    Raises:
        ResourceError: Nothing is there, so the installation is broken or the name is wrong; or a part
            is no plain name (``..``, ``a/b``), and could lead out of the package.

    Example:
        >>> resource("genres").is_dir()
        True
    """
    if not parts or not all(_is_plain_name(part) for part in parts):
        raise ResourceError(f"not the path of a resource, given name by name: {parts!r}")
    for root in _roots(parts[0]):
        found = root.joinpath(*parts)
        if found.is_file() or found.is_dir():
            return found
    raise ResourceError(
        f"summarywriter/{'/'.join(parts)} is missing from the package: "
        "check the name, or install summarywriter again"
    )


def read_text(*parts: str) -> str:
    """Read a text file of the package's data.

    Always UTF-8, whatever the locale: a Chinese Windows would read GBK.

    Args:
        *parts: The path below the package, a name each, as for `resource`.

    Returns:
        The whole text.

    Raises:
        ResourceError: No such file, or it is no UTF-8 text.
    """
    found = resource(*parts)
    try:
        return found.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"summarywriter/{'/'.join(parts)} cannot be read: {error}") from error


def _is_plain_name(part: str) -> bool:
    return part not in ("", ".", "..") and not any(mark in part for mark in "/\\:\0")


def _roots(first: str) -> tuple[Traversable, ...]:
    """Return the folders to look in, the installed package first."""
    package = files("summarywriter")
    if first in _BESIDE_THE_PACKAGE and isinstance(package, Path):
        checkout = package.parent
        # Without this, a stranger's top-level `prompts` in site-packages would pass for ours.
        if (checkout / "pyproject.toml").is_file():
            return package, checkout
    return (package,)
