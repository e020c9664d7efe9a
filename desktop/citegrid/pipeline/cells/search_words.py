"""The words by which a column is looked for in a paper."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.table import Column
from citegrid.pipeline.cells.column_intents import words_of
from citegrid.pipeline.cells.prompts import instruction_of, prompt
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

KEYWORD_TOKENS = 48


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
