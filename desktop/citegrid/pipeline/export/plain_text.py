"""Text that every format can hold: no control characters, no half characters, one line."""

from __future__ import annotations

from citegrid.core.invisible import visible


def allowed(text: str) -> str:
    """``text`` without the characters that XML forbids, and without those that change what is read and print nothing."""
    return visible(text)


def clean(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(allowed(text).split())
