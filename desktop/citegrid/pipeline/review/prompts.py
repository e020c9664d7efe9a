"""What the review asks the model, as data: ``resources/prompts/review.toml``; the words come out byte for byte."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from citegrid.core.resources import resource


@dataclass(frozen=True, slots=True)
class Exercise:
    """One set of the writing test: facts to write a paragraph from, under a topic, in a language; ``works`` are the names by
    which the facts cite theirs."""

    language: str
    topic: str
    facts: tuple[str, ...]
    works: tuple[str, ...]


def prompt(table: str, language: str) -> str:
    """The text of a table in ``language``; raises KeyError where there is none."""
    text = _tables()[table][language]
    assert isinstance(text, str)
    return text


def exercises() -> tuple[Exercise, ...]:
    """The sets of the writing test."""
    exams = _tables()["exam"]
    return tuple(Exercise(one["language"], one["topic"], tuple(one["facts"]), tuple(one["works"])) for one in exams)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resource("prompts", "review.toml").read_text("utf-8"))
