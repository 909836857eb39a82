"""One run: streams, arguments, and what becomes of an error. No traceback reaches a user."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from summarywriter.cli.language import language_of, script_of_locale
from summarywriter.cli.terminal import PipeClosedError, Terminal, prepare_streams
from summarywriter.errors import (
    FactsError,
    ModelConfigError,
    PrivacyError,
    SummaryWriterError,
    UngroundedError,
)

OK, ERRORS_FOUND, BAD_INPUT, MODEL_MISCONFIGURED = 0, 1, 2, 3
_INTERRUPTED, _PIPE_CLOSED = 130, 141  # 128 + SIGINT, 128 + SIGPIPE, as shells have it
_DEBUG = "SUMMARYWRITER_DEBUG"


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: The words after ``summarywriter``; none asks for help.

    Returns:
        The exit code.
    """
    prepare_streams()
    terminal = Terminal(language_of(arguments), script_of_locale())
    try:
        code = _command(list(arguments) or ["--help"])
        sys.stdout.flush()
    except (PipeClosedError, BrokenPipeError):
        return _pipe_closed()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except SummaryWriterError as error:
        if os.environ.get(_DEBUG):
            raise
        return _told(error, terminal)
    except Exception as error:  # noqa: BLE001  the last door: no traceback reaches a user
        return _unexpected(error, terminal, arguments)
    if code == _INTERRUPTED:
        terminal.say("cli.interrupted")
    return code


def _command(arguments: list[str]) -> int:
    from typer.main import get_command

    from summarywriter.cli.app import build

    done = get_command(build()).main(args=arguments, prog_name="summarywriter", standalone_mode=False)
    return done if isinstance(done, int) else OK


def _told(error: SummaryWriterError, terminal: Terminal) -> int:
    """Tell an expected error, every problem of a sheet on a line of its own."""
    if isinstance(error, FactsError):
        for problem in error.problems:
            terminal.note(str(problem), "error")
    elif isinstance(error, PrivacyError):
        terminal.say("cli.marked", "error")
    else:
        terminal.note(str(error), "error")
    if isinstance(error, ModelConfigError):
        terminal.say("cli.model_config")
        return MODEL_MISCONFIGURED
    return ERRORS_FOUND if isinstance(error, UngroundedError) else BAD_INPUT


def _unexpected(error: Exception, terminal: Terminal, arguments: Sequence[str]) -> int:
    """Tell a usage error, which the parser raises in classes of its own, or a fault of ours."""
    usage = getattr(error, "format_message", None)
    if callable(usage):
        terminal.say("cli.usage", "error", reason=usage())
        for word in arguments:
            if word.startswith("-") and Path(word).exists():
                terminal.say("cli.dash", file=word)
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "summarywriter"
        terminal.say("cli.see_help", command=command)
        return BAD_INPUT
    if type(error).__name__ == "Abort":  # older parsers turn Ctrl-C into this
        terminal.say("cli.interrupted")
        return _INTERRUPTED
    if os.environ.get(_DEBUG):
        raise error
    if isinstance(error, OSError) and error.filename is not None:
        terminal.say("cli.os_error", "error", file=error.filename, reason=error.strerror or str(error))
        return BAD_INPUT
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    terminal.say("cli.unexpected", "error", reason=reason, variable=_DEBUG)
    return BAD_INPUT


def _pipe_closed() -> int:
    """Leave quietly: nothing may be written any more, not even by the interpreter on its way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return _PIPE_CLOSED
