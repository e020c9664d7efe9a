"""Sentences for people, in two languages: a key with values below, words above.

The key of a sentence is its English form with ``{names}`` for what changes, as gettext has it; ``resources/translations/``
holds the other languages, and the English of keys that say one thing otherwise than many (``{count:row|rows}``).  Below the
window, the terminal and the exports nobody chooses a language: they make a ``Message``, and whoever shows it says it with
``say``.  A ``Message`` is also its own English text, so that it can be logged, compared and stored like any other; a plain
string is a sentence without values.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from citegrid.core.invisible import visible
from citegrid.core.resources import resource

LANGUAGES = ("zh", "en")
#: What stands in a sentence for one of its ``{names}``.
Value = str | int | float
_NAME = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")


class Message(str):
    """A sentence as ``key`` and ``values``; as a string it is the English sentence.

    Values are numbers, texts, or Messages, which are said in the language of the whole; anything else (a path, a fault)
    counts as its text, so that a Message can be stored and sent to another process.
    """

    __slots__ = ("key", "values")
    key: str
    values: Mapping[str, Value]

    def __new__(cls, key: str, /, **values: object) -> Self:
        plain = {name: _plain(value) for name, value in values.items()}
        made = super().__new__(cls, _filled(key, plain))
        made.key, made.values = key, plain
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.key, dict(self.values)))


def _plain(value: object) -> Value:
    """A value as it is shown: the name of a file, or words of one, may hold what turns the writing around."""
    return value if isinstance(value, Message | int | float) else visible(str(value))


def _filled(form: str, values: Mapping[str, Value]) -> str:
    """``form`` with its ``{names}`` filled in, and of ``{name:one|many}`` the word that fits the number; any other brace, and a
    name without a value, stays as it is."""
    return _NAME.sub(lambda found: _value_of(found, values), form) if values else form


def _value_of(found: re.Match[str], values: Mapping[str, Value]) -> str:
    name, one, many = found.groups()
    if name not in values:
        return found.group()
    value = values[name]
    return str(value) if one is None else one if value == 1 else many


def _again(key: str, values: dict[str, Value]) -> Message:
    return Message(key, **values)


def as_message(sentence: str) -> Message:
    """``sentence`` itself, or the Message whose key it is: for what is to be said within another sentence."""
    return sentence if isinstance(sentence, Message) else Message(sentence)


def is_known(key: str) -> bool:
    """Whether ``key`` is one of the catalogue's, and so words of ours alone."""
    return key in _catalogue("zh")


def say(sentence: str, language: str) -> str:
    """``sentence`` in ``language`` (``zh`` or ``en``); in English where the catalogue does not have it."""
    said = as_message(sentence)
    form = _catalogue(language).get(said.key, said.key)
    return _filled(form, {k: say(v, language) if isinstance(v, Message) else v for k, v in said.values.items()})


def to_json(sentence: str) -> object:
    """``sentence`` for a file: a plain string as it is, a Message with values as key and values."""
    if not isinstance(sentence, Message) or not sentence.values:
        return str(sentence)
    return {"key": sentence.key, "values": {k: _value_to_json(v) for k, v in sentence.values.items()}}


#: How deep sentences stand in sentences at most, and how long one is at most that a file holds.
_DEEPEST, _LONGEST = 6, 50_000


def from_json(value: object, _depth: int = 0) -> str:
    """What ``to_json`` wrote; a plain string where it is one (files of older versions hold whole sentences).

    Whatever else a file holds becomes some text: a damaged sentence costs nobody a project.
    """
    if not isinstance(value, Mapping) or _depth > _DEEPEST:
        return str(value) if isinstance(value, str | int | float) else ""
    held = value.get("values")
    values = {
        str(k): from_json(v, _depth + 1) if isinstance(v, Mapping) else _plain(v)
        for k, v in (held.items() if isinstance(held, Mapping) else ())
    }
    key = str(value.get("key", ""))
    length = sum(len(str(values.get(name, ""))) for name, *_ in _NAME.findall(key))
    return Message(key, **values) if length < _LONGEST else key  # one that unfolds without end is none of ours


def to_text(sentence: str) -> str:
    """``sentence`` for a column of a database: as it is, or as the JSON of its key and values."""
    written = to_json(sentence)
    return written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)


def from_text(text: str) -> str:
    """What ``to_text`` wrote."""
    if text.startswith('{"key": '):
        with contextlib.suppress(ValueError):
            return from_json(json.loads(text))
    return text


def _value_to_json(value: Value) -> object:
    if isinstance(value, Message):  # with its key also where it has no values: as a plain value it would not be said
        return {"key": value.key, "values": {k: _value_to_json(v) for k, v in value.values.items()}}
    return value


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    """English sentence → sentence in ``language``; empty for English, and where the file is not there."""
    path = resource("translations", f"{language}.json")
    if not path.is_file():
        return {}
    read: dict[str, str] = json.loads(path.read_text("utf-8"))
    return read
