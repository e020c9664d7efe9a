"""Text that every format can hold: no control characters, no half characters, one line."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def allowed(text: str) -> str:
    """``text`` without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def clean(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(allowed(text).split())
