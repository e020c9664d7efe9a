"""What the terminal says, and in which language: Chinese where the system's messages are Chinese, else English."""

from __future__ import annotations

import getpass
import sys

from citegrid.core.messages import say
from citegrid.screen import system_language


def said(sentence: str) -> str:
    """``sentence`` in the terminal's language."""
    return say(sentence, system_language())


def tell(sentence: str) -> None:
    """Say ``sentence`` on stderr, beside the data of the command."""
    print(said(sentence), file=sys.stderr)


def show(sentence: str) -> None:
    """Say ``sentence`` on stdout, as what was asked for."""
    print(said(sentence))


def asked_unseen(sentence: str) -> str:
    """What the person types without its being shown; a line of stdin where nobody types."""
    if sys.stdin.isatty():
        return getpass.getpass(said(sentence)).strip()
    return sys.stdin.readline().strip()
