"""The window's language: ``tr`` and ``tr_sentence`` say the catalogue's sentences in it.

A language is switched at once: whoever shows words has a ``retranslate`` that the window calls again.
"""

from __future__ import annotations

from dataclasses import dataclass

from citegrid.core.messages import Message, say

LANGUAGES = {"zh": "中文", "en": "English"}


@dataclass
class _InUse:
    language: str = "en"


_now = _InUse()


def language() -> str:
    """The language in use, ``zh`` or ``en``."""
    return _now.language


def set_language(code: str) -> None:
    """Use another language from now on; widgets are told by the window."""
    _now.language = code if code in LANGUAGES else "en"


def tr(text: str, /, **values: object) -> str:
    """``text`` in the language in use, with ``{names}`` filled in."""
    return say(Message(text, **values), _now.language)


def tr_sentence(sentence: str) -> str:
    """A sentence that was made below the window (an error, a reason, a phase), in the language in use."""
    return say(sentence, _now.language)
