"""Sentences for people, in two languages: a key with values below, words above.

The key of a sentence is its English form with ``{names}`` for what changes, as gettext has it; ``resources/translations/``
holds the other languages.  Below the window, the terminal and the exports nobody chooses a language: they make a
``Message``, and whoever shows it says it with ``say``.  A ``Message`` is also its own English text, so that it can be
logged, compared and stored like any other; a plain string is a sentence without values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from citegrid.core.resources import resource

LANGUAGES = ("zh", "en")
_NAME = re.compile(r"\{(\w+)\}")


class Message(str):
    """A sentence as ``key`` and ``values``; as a string it is the English sentence.

    Values may be Messages themselves; they are said in the language of the whole.
    """

    __slots__ = ("key", "values")
    key: str
    values: Mapping[str, object]

    def __new__(cls, key: str, /, **values: object) -> Self:
        made = super().__new__(cls, _filled(key, values))
        made.key, made.values = key, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.key, dict(self.values)))


def _filled(form: str, values: Mapping[str, object]) -> str:
    """``form`` with its ``{names}`` filled in; any other brace, and a name without a value, stays as it is."""
    return _NAME.sub(lambda m: str(values.get(m.group(1), m.group())), form) if values else form


def _again(key: str, values: dict[str, object]) -> Message:
    return Message(key, **values)


def say(sentence: str, language: str) -> str:
    """``sentence`` in ``language`` (``zh`` or ``en``); in English where the catalogue does not have it."""
    if not isinstance(sentence, Message):
        return _catalogue(language).get(sentence, sentence)
    form = _catalogue(language).get(sentence.key, sentence.key)
    return _filled(form, {k: say(v, language) if isinstance(v, Message) else v for k, v in sentence.values.items()})


def to_json(sentence: str) -> object:
    """``sentence`` for a file: a plain string as it is, a Message with values as key and values."""
    if not isinstance(sentence, Message) or not sentence.values:
        return str(sentence)
    return {"key": sentence.key, "values": {k: _value_to_json(v) for k, v in sentence.values.items()}}


def from_json(value: object) -> str:
    """What ``to_json`` wrote; a plain string where it is one (files of older versions hold whole sentences)."""
    if not isinstance(value, Mapping):
        return str(value)
    held = value.get("values")
    values = held.items() if isinstance(held, Mapping) else ()
    return Message(
        str(value.get("key", "")), **{str(k): from_json(v) if isinstance(v, Mapping) else v for k, v in values}
    )


def _value_to_json(value: object) -> object:
    if isinstance(value, Message):
        return {"key": value.key, "values": {k: _value_to_json(v) for k, v in value.values.items()}}
    return value if isinstance(value, int | float) else str(value)


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    """English sentence → sentence in ``language``; empty for English, and where the file is not there."""
    path = resource("translations", f"{language}.json")
    if not path.is_file():
        return {}
    read: dict[str, str] = json.loads(path.read_text("utf-8"))
    return read
