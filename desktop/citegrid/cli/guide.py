"""``citegrid guide``: the guide in the terminal, page by page."""

from __future__ import annotations

import argparse

from citegrid.cli.progress import ProgressLine
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.screen import system_language
from citegrid.workbench.help.guide import found, pages


def run_guide(args: argparse.Namespace, line: ProgressLine) -> int:
    """Print the page that is named, or else the first one that speaks of the words given, and name the others."""
    held = pages(args.language or system_language())
    words = " ".join(args.topic)
    named = [page for page in held if page.name == words] or found(held, words)
    if not named:
        raise UsageError(
            Message("The guide says nothing of “{words}”.", words=words), "`citegrid guide` lists its pages."
        )
    print(named[0].text.rstrip())
    if words and len(named) > 1:
        print("\n→ " + ", ".join(f"citegrid guide {page.name}" for page in named[1:]))
    return 0
