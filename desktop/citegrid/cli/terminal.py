"""What the terminal says, and in which language: Chinese where the system's messages are Chinese, else English."""

from __future__ import annotations

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
