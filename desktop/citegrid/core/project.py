"""Project holds everything a person works on; ``apply`` is the one way to change it.

``apply(project, edit)`` gives the new project, what changed, and the inverse
edit.  Undo is applying the inverse.  Values are frozen, so an old project
stays true while a worker still reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from citegrid.core.annotation import Annotation
from citegrid.core.document import PaperDetails
from citegrid.core.edits.columns import merge_cells
from citegrid.core.edits.row_numbers import numbered
from citegrid.core.glossary import Glossary
from citegrid.core.outcome.account import Account
from citegrid.core.outcome.answers import Found
from citegrid.core.reference import Reference
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Table, Template, Verdict

DEFAULT_QUERY = {
    "zh": "请根据图片的重要属性，整理pdf中提到的重要文献，按照图片表格的形式整合，输出1000字左右的文献综述分析。",
    "en": "Collect the important literature mentioned in the PDF in a table with the columns of the picture, and write "
    "a review of about 500 words.",
}


#: The origin of details that an entry of a reference list gives of the file that is its work: they tell which work it is, and
#: are no word on its title page.
LISTED = "reference list"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file the project was made from: where it was last seen and the SHA-256 that proves it is the same."""

    path: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """What a fill used: enough to repeat it and to say so in the report.  ``translator`` is empty where the model translated, too;
    ``cluster`` is the address of the scheduler whose workers did it, empty for this computer."""

    model: str = ""
    model_sha256: str = ""
    seed: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    generated_tokens: int = 0
    seconds: tuple[tuple[str, float], ...] = ()
    translator: str = ""
    translator_sha256: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-check: what must hold, whether it does, and the figures."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """Everything a person works on.  ``max_rows`` and ``target`` of 0 mean: as the query says, or the default.
    ``label_offset`` is what a person adds to the printed number of every page, where it was read wrongly.
    ``also`` are further main papers beside ``paper``, each with a name of its own; ``also_offsets`` their label offsets,
    by name.  ``dropped`` are works whose rows a person removed, each by the key of its title (see ``core.edits.rows``).
    ``glossary`` are this project's own terms; those of all projects lie in the user's data folder.
    ``beside`` is what a later run wrote while the review is a person's (see ``core.edits.new_text``).
    ``details`` are what a person corrected of a main paper's title page, by the SHA-256 of its file, and what a reference manager
    or a reference list (LISTED) says of background documents.
    ``annotations`` are the person's own highlights, notes and bookmarks in the main papers.
    ``answers`` are what was found last for questions and for the person's own texts, the newest first.
    ``account`` is what became of every paper that a batch found, where one made the project.
    ``references`` are the entries of the works that table and review name, where the project came from a result without its papers.
    """

    query: str = ""
    language: str = "zh"
    paper: SourceFile | None = None
    picture: SourceFile | None = None
    library: tuple[SourceFile, ...] = ()
    template: Template | None = None
    table: Table = field(default_factory=Table)
    review: Review | None = None
    checks: tuple[Check, ...] = ()
    run: Run = field(default_factory=Run)
    max_rows: int = 0
    target: int = 0
    label_offset: int = 0
    also: tuple[SourceFile, ...] = ()
    also_offsets: tuple[tuple[str, int], ...] = ()
    dropped: tuple[str, ...] = ()
    glossary: Glossary = ()
    details: tuple[tuple[str, PaperDetails], ...] = ()
    beside: Review | None = None
    annotations: tuple[Annotation, ...] = ()
    account: Account = ()
    answers: tuple[Found, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def papers(self) -> tuple[SourceFile, ...]:
        """All main papers, the first one first."""
        return (self.paper, *self.also) if self.paper is not None else self.also

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the review; none without one."""
        return self.review.sentences if self.review is not None else ()

    @property
    def to_be_checked(self) -> int:
        """How many translations, of cells and of sentences, a person is still to compare with their originals."""
        texts: tuple[Cell | Sentence, ...] = (*self.table.cells, *self.sentences)
        return sum(one.to_be_checked for one in texts)

    def details_of(self, sha256: str) -> PaperDetails | None:
        """What a person corrected of the title page of the paper with that hash, or a reference manager knows of it; None where
        nothing was said, or a reference list alone says what its file is."""
        known = dict(self.details).get(sha256)
        return known if known is not None and known.origin != LISTED else None

    def with_details(self, said: Iterable[tuple[str, PaperDetails]]) -> tuple[tuple[str, PaperDetails], ...]:
        """The details of now with those that are ``said`` of files, by their hashes; what a person said stays."""
        by_person = {sha256 for sha256, known in self.details if not known.origin}
        return tuple((dict(self.details) | {sha256: new for sha256, new in said if sha256 not in by_person}).items())

    def offset_of(self, name: str) -> int:
        """The label offset of the paper of that name."""
        further = any(file.name == name for file in self.also)
        return dict(self.also_offsets).get(name, 0) if further else self.label_offset


class Part(Enum):
    """Parts of a project that views watch."""

    QUERY = auto()
    PAPER = auto()
    PICTURE = auto()
    LIBRARY = auto()
    COLUMNS = auto()
    ROWS = auto()
    CELL = auto()
    REVIEW = auto()
    RUN = auto()
    GLOSSARY = auto()
    ANNOTATIONS = auto()
    ANSWERS = auto()


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit changed; ``cells`` are ``(work id, column name)`` when only cells did."""

    parts: frozenset[Part]
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SetFields:
    """Replaces whole fields of the project, by name."""

    values: tuple[tuple[str, object], ...]
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class SetColumns:
    """Replaces the columns; each row keeps the cells whose column stays, by name.

    ``renamed`` pairs old and new names; several old names of one new name are merged.  A cell whose column asks
    something else now waits again, unless a person decided on it.  ``cells`` (work id, cell) are put back at the end.
    """

    columns: tuple[Column, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    cells: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class SetCell:
    """Replaces one cell.  ``by_person`` false never overwrites a cell that a person accepted or edited:
    the new text then lies beside it as its draft."""

    work_id: str
    cell: Cell
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Edits that are done, and undone, as one."""

    edits: tuple[Edit, ...]


Edit = SetFields | SetColumns | SetCell | Several


def set_rows(rows: tuple[Row, ...], table: Table) -> SetFields:
    """The edit that replaces the rows of ``table``."""
    return SetFields((("table", replace(table, rows=rows)),), frozenset({Part.ROWS}))


def apply(project: Project, edit: Edit) -> tuple[Project, Changed, Edit]:
    """The project after ``edit``, what changed, and the edit that undoes it; columns that count rows are right after each.

    Raises KeyError for a work or column that is not in the table.
    """
    after, changed, undo = _applied(project, edit)
    if after.table is project.table:
        return after, changed, undo
    return replace(after, table=numbered(after.table)), changed, undo


def _applied(project: Project, edit: Edit) -> tuple[Project, Changed, Edit]:
    if isinstance(edit, SetFields):
        old = tuple((name, getattr(project, name)) for name, _ in edit.values)
        return replace(project, **dict(edit.values)), Changed(edit.parts), SetFields(old, edit.parts)  # type: ignore[arg-type]
    if isinstance(edit, SetColumns):
        table = _with_columns(project.table, edit)
        undo = SetColumns(
            project.table.columns,
            tuple((new, old) for old, new in edit.renamed),
            tuple(_lost(project.table, table, dict(edit.renamed))),
        )
        return replace(project, table=table), Changed(frozenset({Part.COLUMNS, Part.ROWS})), undo
    if isinstance(edit, Several):
        return _several(project, edit)
    return _set_cell(project, edit)


def _several(project: Project, several: Several) -> tuple[Project, Changed, Edit]:
    parts: frozenset[Part] = frozenset()
    cells: tuple[tuple[str, str], ...] = ()
    inverse: list[Edit] = []
    for edit in several.edits:
        project, changed, undo = _applied(project, edit)
        parts, cells = parts | changed.parts, (*cells, *changed.cells)
        inverse.insert(0, undo)
    return project, Changed(parts, cells), Several(tuple(inverse))


def fit_rows(rows: Iterable[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """``rows`` with exactly a cell for each of ``columns``: known ones by name, the others waiting."""
    fitted = []
    for row in rows:
        known = {c.column: c for c in row.cells}
        fitted.append(replace(row, cells=tuple(known.get(c.name) or Cell(c.name) for c in columns)))
    return tuple(fitted)


def _with_columns(table: Table, edit: SetColumns) -> Table:
    sources = _sources_of(edit)
    old_columns = {c.name: c for c in table.columns}
    back = {(work_id, cell.column): cell for work_id, cell in edit.cells}
    rows = []
    for row in table.rows:
        known = {c.column: c for c in row.cells}
        cells = []
        for column in edit.columns:
            carried = [_carried(known[n], old_columns[n], column) for n in sources[column.name] if n in known]
            cell = merge_cells(column.name, carried) if carried else Cell(column.name)
            cells.append(back.get((row.work.id, column.name), cell))
        rows.append(replace(row, cells=tuple(cells)))
    return Table(edit.columns, tuple(rows))


def _sources_of(edit: SetColumns) -> dict[str, list[str]]:
    """New column → the old ones that its cells come from: those renamed to it, or the one of its own name."""
    gone = {old for old, _ in edit.renamed}
    sources: dict[str, list[str]] = {}
    for old, new in edit.renamed:
        sources.setdefault(new, []).append(old)
    for column in edit.columns:
        sources.setdefault(column.name, [] if column.name in gone else [column.name])
    return sources


def _carried(cell: Cell, old: Column, new: Column) -> Cell:
    if old.question != new.question and cell.verdict is Verdict.OPEN:
        return Cell(new.name)
    return replace(cell, column=new.name)


def _lost(before: Table, after: Table, new_name: dict[str, str]) -> Iterator[tuple[str, Cell]]:
    """The cells of ``before`` that cannot be told from those of ``after``."""
    for old_row, row in zip(before.rows, after.rows, strict=True):
        now = {c.column: c for c in row.cells}
        for cell in old_row.cells:
            name = new_name.get(cell.column, cell.column)
            if now.get(name) != replace(cell, column=name):
                yield old_row.work.id, cell


def _set_cell(project: Project, edit: SetCell) -> tuple[Project, Changed, Edit]:
    rows = list(project.table.rows)
    for i, row in enumerate(rows):
        if row.work.id != edit.work_id:
            continue
        cells = list(row.cells)
        for j, old in enumerate(cells):
            if old.column != edit.cell.column:
                continue
            new = edit.cell
            if not edit.by_person and old.verdict in (Verdict.ACCEPTED, Verdict.EDITED):
                new = replace(old, draft=edit.cell.text)
            cells[j] = new
            rows[i] = replace(row, cells=tuple(cells))
            changed = Changed(frozenset({Part.CELL}), ((edit.work_id, old.column),))
            table = replace(project.table, rows=tuple(rows))
            return replace(project, table=table), changed, SetCell(edit.work_id, old, by_person=True)
    raise KeyError((edit.work_id, edit.cell.column))
