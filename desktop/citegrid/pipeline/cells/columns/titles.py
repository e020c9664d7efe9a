"""What a title says by itself: the aim or the method that it names, where no sentence says it; and when it is no answer.

A column that most rows answer by their titles says nothing that the title does not: its cells are better not stated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.language import lexicon
from citegrid.core.language.script import count_han
from citegrid.core.messages import Message
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Table, Verdict
from citegrid.pipeline.cells.columns import patterns
from citegrid.pipeline.cells.columns.bibliographic import fields_of
from citegrid.pipeline.cells.columns.column_intents import intent_of

#: Share of all answers that may be titles.
MOST_OF_ALL = 0.1
#: Share of the rows up to which titles may answer a column, and the rows that may always.
MOST_BY_TITLE, ALWAYS = 0.3, 1
ONLY_THE_TITLE = Message("not stated (only its title speaks of it)")
#: What a title must name to answer columns of a kind.
_NAMED_BY = {"aim": patterns.NAMES_AN_AIM, "method": patterns.NAMES_A_METHOD}


def answered_by_title(column: Column, title: str) -> bool:
    """Whether a work's title alone answers the column: the aim, or the way of working, that it names."""
    intent = intent_of(column)
    named = _NAMED_BY.get(intent.key)
    asked = column.answer_type is AnswerType.TEXT and not intent.explicit and _says_something(title)
    return asked and named is not None and named.search(title) is not None


def is_by_title(cell: Cell) -> bool:
    """Whether a cell says what a title says, and that it is the title."""
    begins = tuple(words.partition("{")[0] for words in lexicon.words("cells", "by_title"))
    return cell.status is Status.SUPPORTED and cell.verdict is Verdict.OPEN and cell.text.startswith(begins)


def without_columns_of_titles(rows: Sequence[Row]) -> tuple[Row, ...]:
    """``rows``, where a column that more than a few of them answer by their titles is not stated in these."""
    filled = _filled_by_titles(rows)
    return tuple(_without(row, filled) for row in rows) if filled else tuple(rows)


def _filled_by_titles(rows: Sequence[Row]) -> set[str]:
    """The columns that titles answer in too many rows; all that they answer where they are too many of all answers."""
    cells = Table(rows=tuple(rows)).cells
    by_title = Counter(cell.column for cell in cells if is_by_title(cell))
    answered = sum(cell.status is Status.SUPPORTED and not fields_of(cell.column) for cell in cells)
    if by_title.total() > MOST_OF_ALL * answered:
        return set(by_title)
    most = max(ALWAYS, MOST_BY_TITLE * len(rows))
    return {column for column, count in by_title.items() if count > most}


def _without(row: Row, columns: set[str]) -> Row:
    """A row whose titles in ``columns`` are taken back."""
    return replace(row, cells=tuple(_silent(c) if c.column in columns and is_by_title(c) else c for c in row.cells))


def _silent(cell: Cell) -> Cell:
    """The cell that stands for a title taken back: not stated, the title is what came nearest."""
    return Cell(
        cell.column, status=Status.NOT_STATED, reason=ONLY_THE_TITLE, searched=cell.searched, near=cell.evidence
    )


def _says_something(title: str) -> bool:
    """Whether a title is more than a name: three words, or eight ideographs."""
    return len(title.split()) >= 3 or count_han(title) >= 8
