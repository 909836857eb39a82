"""The command line: one small module a command; parsing of arguments and telling of results only."""

from __future__ import annotations

import os
import sys

_INTERRUPTED, _MODEL_MISCONFIGURED = 130, 3


def main() -> None:
    """Run `summarywriter` and exit: 0 delivered, 1 errors found, 2 bad input, 3 model misconfigured."""
    from summarywriter.cli.run import run

    code = run(sys.argv[1:])
    if code in (_INTERRUPTED, _MODEL_MISCONFIGURED):
        # Requests may still be under way in threads, and an ordinary exit would wait for each to time out.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
