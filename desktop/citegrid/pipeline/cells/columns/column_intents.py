"""What a column asks for, in plain English, and by which words it is looked for: small models judge “how it works” far better than a bare “主要方法/理论”.

The kinds of columns, their names and their words are data (``resources/lexicon/columns.toml``, and ``gloss`` in
``resources/prompts/cells.toml``).  A column whose name matches nothing there is judged by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from citegrid.core import lexicon
from citegrid.core.script import count_han
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells import patterns, prompts
from citegrid.pipeline.cells.prompts import instruction_of, prompt
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel


class Says(Enum):
    """The kinds of information that a sentence is sorted into, each by the letter of its line in the question ``sort``."""

    AIM = "A"
    METHOD = "B"
    RESULT = "C"
    LIMIT = "D"
    NOTHING = "E"


KEYWORD_TOKENS = 48
#: The kind of sentence that answers a kind of column; any sentence may answer those that are not here.
_ANSWERED_BY = {
    "limits": Says.LIMIT,
    "data": Says.METHOD,
    "aim": Says.AIM,
    "findings": Says.RESULT,
    "metric": Says.METHOD,
    "theory": Says.METHOD,
    "method": Says.METHOD,
    "background": Says.AIM,
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What columns of one kind ask for.

    ``gloss`` ends the question “Does the sentence state …” (“it” is the work), ``words`` are looked for in the paper,
    ``says`` is the kind of sentence that answers (None: any), and ``sections`` are where a paper says it of itself.
    """

    key: str
    names: re.Pattern[str]
    gloss: str
    words: str
    says: Says | None
    sections: re.Pattern[str] | None


def _topic(key: str) -> Topic:
    searched = " ".join(lexicon.words("columns", f"{key}_search"))
    gloss = prompt("gloss", key)
    return Topic(key, patterns.column_names(key), gloss, searched, _ANSWERED_BY.get(key), patterns.topic_sections(key))


_TOPICS = tuple(map(_topic, prompts.keys("gloss")))


def topic_of(column: Column) -> Topic | None:
    """What a column asks for; None when its name is of no known kind."""
    return next((t for t in _TOPICS if t.names.search(column.name)), None)


def gloss_of(column: Column) -> str:
    """The end of the question “Does the sentence state …”; empty when the name is of no known kind."""
    topic = topic_of(column)
    return topic.gloss if topic else ""


def words_of(column: Column) -> str:
    """English words that stand in sentences about a column of this kind; empty when it is of no known kind."""
    return " ".join(t.words for t in _TOPICS if t.names.search(column.name))


def search_words(columns: Sequence[Column], model: LanguageModel, *, cancel: Cancel = NEVER) -> dict[str, str]:
    """For each column the words to look for in the paper: its name, its instruction, words of its kind; for a column of
    no known kind the model's own keywords."""
    words = {c.name: f"{c.name} {c.instruction} {words_of(c)}" for c in columns}
    unknown = [c for c in columns if not words_of(c)]
    for column, answer in zip(unknown, model.answer(list(map(_question, unknown)), cancel=cancel), strict=True):
        words[column.name] += f" {answer.text}"
    return words


def _question(column: Column) -> Ask:
    task = prompt("search", "task").format(column=column.name + instruction_of(column, "en"))
    return Ask(prompt("search", "system"), "", task, max_tokens=KEYWORD_TOKENS)


def answered_by_title(column: Column, title: str) -> bool:
    """Whether a work's title alone answers the column: what it is about, or the way of working that it names."""
    topic = topic_of(column)
    if topic is None or column.answer_type is not AnswerType.TEXT or not _says_something(title):
        return False
    return topic.says is Says.AIM or (topic.key == "method" and bool(patterns.NAMES_A_METHOD.search(title)))


def _says_something(title: str) -> bool:
    """Whether a title is more than a name: three words, or eight ideographs."""
    return len(title.split()) >= 3 or count_han(title) >= 8
