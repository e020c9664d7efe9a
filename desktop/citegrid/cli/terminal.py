"""What the terminal says, and in which language: Chinese where the system's messages are Chinese, else English."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from citegrid.core.messages import say

#: The variables that say it, the strongest first (POSIX, “Internationalization Variables”).
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(environment: Mapping[str, str] = os.environ) -> str:
    """``zh`` or ``en``."""
    chosen = next(filter(None, (environment.get(name, "") for name in _VARIABLES)), "")
    return "zh" if chosen.lower().startswith("zh") else "en"


def said(sentence: str) -> str:
    """``sentence`` in the terminal's language."""
    return say(sentence, language())


def tell(sentence: str) -> None:
    """Say ``sentence`` on stderr, beside the data of the command."""
    print(said(sentence), file=sys.stderr)


def show(sentence: str) -> None:
    """Say ``sentence`` on stdout, as what was asked for."""
    print(said(sentence))
