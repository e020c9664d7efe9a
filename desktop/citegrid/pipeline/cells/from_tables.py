"""Values from the paper's own tables: the cell where the work's row meets the column that is asked for, or the other way round.

Its evidence are the value, what its row and its column are called, and the table's name, each where it stands.

A row is a work's where it cites it or prints its name, and the paper's own where it says so; a column answers by its very name.
Where several tables or cells say different things, none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.language.lexicon import words
from citegrid.core.paper import Paper
from citegrid.core.reference import Work
from citegrid.pipeline.cells.answer import Answers, CellAnswer, Draft, change_some
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence.passages import Cited, marked_text
from citegrid.pipeline.evidence.patterns import TARGET
from citegrid.pipeline.evidence.tables import PageTable, TableCell, folded
from citegrid.pipeline.evidence.verify import Finding

_OWN = words("cells", "own_row_of_a_table")
#: Words of the longest value: what is longer is a text, and would have to be in the table's language.
LONGEST = 3


def answer_by_table(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """``answers``, those that no sentence carries by a value of a table where one is the work's and the column's."""

    def valued(some: list[CellAnswer]) -> Answers:
        told = tuple(_told(context, work))
        return [_by_table(answer, told) for answer in some]

    return change_some(answers, lambda a: not a.carried, valued)


@dataclass(frozen=True, slots=True)
class _Told:
    """A table that may speak of a work: of which paper, and how it would name the work."""

    table: PageTable
    paper: Paper
    cited: Cited
    target: str
    names: frozenset[str]

    def is_named_in(self, cell: TableCell) -> bool:
        """Whether a cell cites the work, or is its name."""
        shown = marked_text(self.paper.document, cell.spans, self.cited, self.target)
        return TARGET in shown or folded(cell.text) in self.names

    def values_of(self, column: str) -> Iterator[tuple[TableCell, TableCell, TableCell]]:
        """The values of the work under a name (folded), each with the cells that say whose and what it is."""
        for row in self.table.rows:
            for value in row[1:]:
                over = self.table.over(value)
                for whose, what in ((row[0], over), (over, row[0])):
                    if folded(what.text) == column and self.is_named_in(whose):
                        yield value, whose, what


def _told(context: RunContext, work: Work) -> Iterator[_Told]:
    own = context.paper_of(work)
    if own is not None:
        cited = context.citations(own)
        names = frozenset(filter(None, map(folded, (*_OWN, cited.itself))))
        yield from (_Told(table, own, cited, "", names) for table in context.tables(own))
    for paper, entry in context.entries_of(work):
        cited = context.citations(paper)
        names = frozenset(map(folded, cited.names.get(entry.id, ())))
        yield from (_Told(table, paper, cited, entry.id, names) for table in context.tables(paper))


def _by_table(answer: CellAnswer, told: tuple[_Told, ...]) -> CellAnswer:
    """An answer with the one value that tables give; as it is where they give none, or several."""
    column = folded(answer.column.name)
    found = {cells[0].text: (one, cells) for one in told for cells in one.values_of(column)}
    if len(found) != 1 or len(next(iter(found)).split()) > LONGEST:
        return answer
    ((text, (one, cells)),) = found.items()
    used = tuple(_passage(one.paper, cell) for cell in (*cells, one.table.name))
    return replace(answer, draft=Draft(text), text=text, finding=Finding(True, "", used))


def _passage(paper: Paper, cell: TableCell) -> Passage:
    return Passage(SourceKind.DOCUMENT, paper.document.name, cell.spans[0].page, cell.text, cell.spans)
