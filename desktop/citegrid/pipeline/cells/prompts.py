"""What the model is asked, as data: ``resources/prompts/cells.toml``.

The words lie in a file because people who know the field tune them, not Python; they come out byte for byte as they stand
there, since prompts that begin alike are computed once.
"""

from __future__ import annotations

import tomllib
from functools import cache

from citegrid.core.resources import resource
from citegrid.core.table import Column


def prompt(table: str, key: str) -> str:
    """The text ``key`` (a language, or a name) of a table; raises KeyError where there is none."""
    return _tables()[table][key]


def instruction_of(column: Column, language: str) -> str:
    """The person's instruction and the examples of the wished form, as they stand in a question."""
    between = prompt("instruction_between", language)
    parts = [" ".join(column.instruction.split())] if column.instruction else []
    if column.hints:
        parts.append(prompt("instruction_examples", language).format(shown=between.join(column.hints)))
    return prompt("instruction", language).format(parts=between.join(parts)) if parts else ""


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("prompts", "cells.toml").read_text("utf-8"))
