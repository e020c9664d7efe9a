"""The window's icons and translations."""

from __future__ import annotations

from functools import cache

from citegrid.core.resources import resource


@cache
def read_text(relative: str) -> str:
    """The text of a resource; empty when it is missing, so that a lost icon never stops the program."""
    path = resource(*relative.split("/"))
    return path.read_text(encoding="utf-8") if path.is_file() else ""
