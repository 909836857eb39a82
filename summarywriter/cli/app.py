"""The commands put together. What a command needs beyond its arguments it imports when it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from summarywriter.cli import batch, check, export, extract, lint, new, plan, refill, rollup, schema, write
from summarywriter.cli.language import help_text

_COMMANDS: dict[str, Callable[..., None]] = {
    "write": write.write,
    "batch": batch.batch,
    "lint": lint.lint,
    "check": check.check,
    "plan": plan.plan,
    "refill": refill.refill,
    "new": new.new,
    "extract": extract.extract,
    "rollup": rollup.rollup,
    "export": export.export,
    "schema": schema.schema,
}


def build() -> typer.Typer:
    """The application, its help in the user's language."""
    # Plain help: it answers twice as fast as the framed one, and reads well on any console.
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=help_text("app"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for name, command in _COMMANDS.items():
        example = f"\b\n{help_text('example')}\n{_examples(name)}"
        app.command(name, help=f"{help_text(name)}\n\n{example}", short_help=help_text(name))(command)
    return app


def _examples(name: str) -> str:
    return "\n".join(f"  {line}" for line in help_text(f"{name}.example").split("\n"))


def _version(asked: bool) -> None:
    if asked:
        from summarywriter import __version__

        typer.echo(f"summarywriter {__version__}")
        raise typer.Exit


_Version = Annotated[
    bool, typer.Option("--version", is_eager=True, help=help_text("version"), callback=_version)
]


def _root(version: _Version = False) -> None:
    pass
