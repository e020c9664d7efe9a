"""The words of the tables and of their reviews that are our own: ``resources/lexicon/cells.toml``."""

from __future__ import annotations

from citegrid.core import lexicon


def phrase(table: str, language: str) -> str:
    """The one phrase of a table in ``language``."""
    (only,) = lexicon.tables("cells")[table][language]
    return only
