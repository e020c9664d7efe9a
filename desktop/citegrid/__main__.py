"""``citegrid`` alone or ``citegrid open`` shows the window; everything else is the command line."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without the program's name); the exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(args)
    except KeyboardInterrupt:  # before anything listens, while what runs is still being loaded
        from citegrid.core.errors import Cancelled
        from citegrid.screen import system_language

        error = Cancelled()
        print(f"citegrid: {error.said(system_language())}", file=sys.stderr)
        return error.exit_code


def _run(args: list[str]) -> int:
    if not args or args[0] == "open":
        from citegrid.gui.app import main as window

        return window(args[1:])
    from citegrid.cli.main import main as terminal

    return terminal(args)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # in a packaged program the processes of the model and of OCR start here too
    sys.exit(main())
