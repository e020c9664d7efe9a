"""Sentences as keys with values: said in either language, nested, stored and sent."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import pytest

from citegrid.core.errors import Cancelled, InputError, PasswordNeeded
from citegrid.core.messages import Message, from_json, from_text, is_known, say, to_json, to_text
from citegrid.core.resources import resource

READING = Message("Reading {name}", name="a b.pdf")


def test_a_message_is_its_english_sentence() -> None:
    assert READING == "Reading a b.pdf"
    assert (READING.key, READING.values) == ("Reading {name}", {"name": "a b.pdf"})


def test_it_is_said_in_either_language() -> None:
    assert say(READING, "en") == "Reading a b.pdf"
    assert say(READING, "zh") == "正在读取 a b.pdf"


def test_a_plain_string_is_a_sentence_without_values() -> None:
    assert say("Reading the pages", "zh") != "Reading the pages"
    assert say("Something quite new.", "zh") == "Something quite new."


def test_values_that_are_messages_are_said_in_the_language_of_the_whole() -> None:
    whole = Message("{what}!", what=READING)
    assert say(whole, "zh") == "正在读取 a b.pdf!"
    assert whole == "Reading a b.pdf!"


def test_one_thing_is_not_said_as_many() -> None:
    assert [say(Message("{count} entries", count=n), "en") for n in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]
    assert say(Message("{count} cells differ.", count=1), "en") == "1 cell differs."
    assert say(Message("{count} entries", count=1), "zh") == "1 条"


def test_the_english_forms_are_of_known_keys_and_fill_their_names() -> None:
    forms: dict[str, str] = json.loads(resource("translations", "en.json").read_text("utf-8"))
    for key, form in forms.items():
        names = set(re.findall(r"\{(\w+)", key))
        assert is_known(key) and set(re.findall(r"\{(\w+)", form)) == names, key
        assert "|" not in say(Message(key, **dict.fromkeys(names, 1)), "en")
        if "|" in form:
            assert say(Message(key, **dict.fromkeys(names, 7)), "en") == Message(key, **dict.fromkeys(names, 7))


def test_names_with_braces_are_left_alone() -> None:
    assert say(Message("Reading {name}", name="{0}.pdf"), "zh") == "正在读取 {0}.pdf"


def test_it_goes_through_files_and_processes_whole() -> None:
    whole = Message("{what}!", what=READING, count=3)
    for again in (from_json(json.loads(json.dumps(to_json(whole)))), pickle.loads(pickle.dumps(whole))):
        assert isinstance(again, Message)
        assert say(again, "zh") == "正在读取 a b.pdf!"
    assert from_json("a sentence of an older version") == "a sentence of an older version"


def test_an_error_is_said_with_its_hint() -> None:
    error = InputError(Message("Reading {name}", name="a.pdf"), "Check the path.")
    assert str(error) == "Reading a.pdf Check the path."
    assert error.said("zh") == "正在读取 a.pdf请检查路径。"
    assert str(pickle.loads(pickle.dumps(Message("Reading {name}", name="a.pdf")))) == "Reading a.pdf"


def test_an_error_keeps_its_class_keys_and_values_between_processes() -> None:
    error = pickle.loads(pickle.dumps(PasswordNeeded(Message("{name} is encrypted.", name="a.pdf"), "Check the path.")))
    assert type(error) is PasswordNeeded
    assert str(error) == "a.pdf is encrypted. Check the path."
    assert error.said("zh") == "a.pdf 已加密。请检查路径。"
    assert pickle.loads(pickle.dumps(Cancelled())).exit_code == 130


def test_values_are_plain_so_that_they_can_be_stored_and_sent() -> None:
    path, fault = Path("a/b.pdf"), OSError("gone")
    told = Message("{path} is damaged ({reason}).", path=path, reason=fault)
    assert told.values == {"path": str(path), "reason": "gone"}
    assert pickle.loads(pickle.dumps(told)).values == told.values


def test_a_database_keeps_keys_and_values_as_text() -> None:
    for sentence in (
        READING,
        Message("{what}!", what=READING),
        Message("Reading the pages"),
        "told by an older version",
    ):
        again = from_text(to_text(sentence))
        assert (again, say(again, "zh")) == (sentence, say(sentence, "zh"))
    assert from_text('{"key": cut off') == '{"key": cut off'


@pytest.mark.parametrize("damaged", [None, 3, [1], {"values": 3}, {"key": "{a} {b}", "values": {"a": None}}])
def test_a_damaged_sentence_costs_nobody_a_file(damaged: object) -> None:
    assert isinstance(from_json(damaged), str)
