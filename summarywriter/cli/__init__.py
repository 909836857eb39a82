"""The command line: one small module a command; parsing of arguments and telling of results only."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `summarywriter` and exit: 0 delivered, 1 errors found, 2 bad input, 3 model misconfigured."""
    from summarywriter.cli.run import run

    sys.exit(run(sys.argv[1:]))
