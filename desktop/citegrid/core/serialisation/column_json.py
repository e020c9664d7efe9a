"""A column as JSON: in results, in project files and in saved templates alike."""

from __future__ import annotations

from typing import Any

from citegrid.core.serialisation.fields import Field
from citegrid.core.table import AnswerType, Column


def column_to_json(column: Column) -> dict[str, Any]:
    """Everything of a column, its name included."""
    return {
        "name": column.name,
        "instruction": column.instruction,
        "answer_type": column.answer_type.value,
        "box": list(column.box) if column.box else None,
        "confidence": column.confidence,
        "hints": list(column.hints),
    }


def column_from_json(column: Field, name: str = "") -> Column:
    """The column that ``column_to_json`` wrote, or an older CiteGrid (without hints); ``name`` where it stands apart.

    Raises InputError that names the field.
    """
    return Column(
        name or column.text("name"),
        column.text("instruction", ""),
        column.choice("answer_type", AnswerType, AnswerType.TEXT),
        column.four_numbers("box"),
        column.number("confidence", 1.0),
        tuple(h.as_text() for h in column.items("hints")),
    )
