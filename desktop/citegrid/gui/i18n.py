"""The window's words in Chinese and English.

The English sentence is its own key: ``tr("Open paper")`` gives it back, or its
translation from ``resources/translations/zh.json``.  A language is switched at
once: whoever shows words has a ``retranslate`` that the window calls again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from citegrid.gui.resources import read_text

LANGUAGES = {"zh": "中文", "en": "English"}


@dataclass
class _Catalogue:
    """The words in use; ``patterns`` translate sentences with names in them, such as errors."""

    language: str = "en"
    words: dict[str, str] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)


_now = _Catalogue()


def language() -> str:
    """The language in use, ``zh`` or ``en``."""
    return _now.language


def set_language(code: str) -> None:
    """Use another language from now on; widgets are told by the window."""
    _now.language = code if code in LANGUAGES else "en"
    text = read_text(f"translations/{_now.language}.json")
    catalogue = json.loads(text) if text else {}
    _now.words = catalogue.get("words", {})
    _now.sentences = catalogue.get("sentences", {})
    _now.patterns = [(_pattern(key), value) for key, value in _now.sentences.items() if "{" in key]


def tr(text: str, /, **values: object) -> str:
    """``text`` in the language in use, with ``{names}`` filled in."""
    shown = _now.words.get(text, text)
    return shown.format(**values) if values else shown


def tr_sentence(sentence: str) -> str:
    """A sentence that was made below the window (an error, a phase): whole, or by a pattern with ``{names}``."""
    if sentence in _now.sentences:
        return _now.sentences[sentence]
    for pattern, value in _now.patterns:
        found = pattern.fullmatch(sentence)
        if found:
            return value.format(**{name: tr_sentence(part) for name, part in found.groupdict().items()})
    return sentence


def _pattern(key: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", key)
    made = [re.escape(part) if i % 2 == 0 else f"(?P<{part}>.+?)" for i, part in enumerate(parts)]
    return re.compile("".join(made), re.DOTALL)
