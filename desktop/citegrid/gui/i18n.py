"""The window's language: ``tr`` says the catalogue's sentences in it.

A language is switched at once: whoever shows words has a ``retranslate`` that the window calls again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from citegrid.core.messages import Message, say
from citegrid.gui.resources import read_text

LANGUAGES = {"zh": "中文", "en": "English"}


@dataclass
class _Catalogue:
    """The language in use; ``patterns`` translate sentences that still come without their key and values."""

    language: str = "en"
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)


_now = _Catalogue()


def language() -> str:
    """The language in use, ``zh`` or ``en``."""
    return _now.language


def set_language(code: str) -> None:
    """Use another language from now on; widgets are told by the window."""
    _now.language = code if code in LANGUAGES else "en"
    catalogue: dict[str, str] = json.loads(read_text(f"translations/{_now.language}.json") or "{}")
    _now.patterns = [(_pattern(key), value) for key, value in catalogue.items() if "{" in key]


def tr(text: str, /, **values: object) -> str:
    """``text`` in the language in use, with ``{names}`` filled in."""
    return say(Message(text, **values), _now.language)


def tr_sentence(sentence: str) -> str:
    """A sentence that was made below the window (an error, a phase), in the language in use."""
    said = say(sentence, _now.language)
    if isinstance(sentence, Message) or said != sentence:
        return said
    for pattern, value in _now.patterns:
        found = pattern.fullmatch(sentence)
        if found:
            return value.format(**{name: tr_sentence(part) for name, part in found.groupdict().items()})
    return sentence


def _pattern(key: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", key)
    made = [re.escape(part) if i % 2 == 0 else f"(?P<{part}>.+?)" for i, part in enumerate(parts)]
    return re.compile("".join(made), re.DOTALL)
