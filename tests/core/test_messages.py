"""Sentences as keys with values: said in either language, nested, stored and sent."""

from __future__ import annotations

import json
import pickle

from citegrid.core.errors import InputError
from citegrid.core.messages import Message, from_json, say, to_json

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
    assert error.said("zh").startswith("正在读取 a.pdf ")
    assert str(pickle.loads(pickle.dumps(Message("Reading {name}", name="a.pdf")))) == "Reading a.pdf"
