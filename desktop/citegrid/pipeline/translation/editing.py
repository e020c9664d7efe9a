"""What is edited by rule, before the model sees a sentence and after it has translated it.

Before: turns of phrase that small models take word by word are put into plainer words.  After: punctuation of the other
script, spaces, marks that are always said alike.  The rules are data (``resources/memory/{before,after}_editing.toml``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from citegrid.core.resources import resource

_QUOTES = "「」\"'“”‘’ "


def plainer(text: str, language: str) -> str:
    """``text`` (in ``language``) as it is asked for."""
    for pattern, instead in _rules("before", language):
        text = pattern.sub(instead, text)
    return text


def edited(text: str, language: str) -> str:
    """``text`` (in ``language``) as it should be printed; the same text again when nothing is wrong."""
    text = text.strip().strip(_QUOTES) if _quoted(text.strip()) else text.strip()
    for pattern, instead in _rules("after", language):
        text = pattern.sub(instead, text)
    return text.strip()


def _quoted(text: str) -> bool:
    """Whether the whole stands in one pair of quotes."""
    return len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES and not any(q in text[1:-1] for q in '“”"')


@cache
def _rules(when: str, language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    read = tomllib.loads(resource("memory", f"{when}_editing.toml").read_text("utf-8"))
    return tuple((re.compile(pattern), instead) for pattern, instead in read[language]["rules"])
