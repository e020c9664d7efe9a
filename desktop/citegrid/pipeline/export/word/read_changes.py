"""Reading a Word report back after others have edited it: which cells and sentences say something else now.

What was printed lies in the file itself (``embedded_project``); where an editor threw
that away, the project as it is now takes its place.  Rows and sentences are
known by their bookmarks, tracked changes count as accepted, and marks, signs
and reasons that the report added are no part of a text.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from itertools import filterfalse
from typing import Any

from docx.oxml.ns import qn
from rapidfuzz import fuzz

from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.table import Cell
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.changes import Change as Change
from citegrid.pipeline.export.word.changes import ReadBack as ReadBack
from citegrid.pipeline.export.word.embedded_project import ReportTexts, base_of, kept
from citegrid.pipeline.export.word.open import open_docx
from citegrid.pipeline.export.word.own_text import OwnText, Piece

_CELL = re.compile(r"cell_(\d+)_(\d+)")
_SENTENCE = re.compile(r"sentence_(\d+)")
_ALIKE = 80.0


def read_back(data: bytes, name: str, project: Project) -> ReadBack:
    """What a person changed in the report ``data``; raises InputError where it is not a report of ``project``."""
    document = open_docx(data, name, "Save it as .docx and try again.")
    base = kept(document)
    works = {row.work.id for row in project.table.rows}
    if base is not None and base.rows and not works & {work for work, _ in base.rows}:
        sentence = Message("{name} is not a report of this project.", name=name)
        raise InputError(sentence, "Open the project that it was made from.")
    return _ReportReader(document, base or base_of(project), project, name).read()


def review_in(data: bytes, name: str) -> tuple[str, ...]:
    """The sentences of the review that stand in the report ``data``; none where it holds no review of ours.

    Raises InputError where it is not a Word document.
    """
    document = open_docx(data, name, "Save it as .docx and try again.")
    reader = _ReportReader(document, kept(document) or base_of(Project()), Project(), name)
    return tuple(filter(None, (clean(text) for _, text in sorted(reader.sentences().items()))))


class _ReportReader:
    """A report that came back, beside ``base``: what was printed into it."""

    def __init__(self, document: Any, base: ReportTexts, project: Project, name: str) -> None:
        self._body = document.element.body
        self._own_text = OwnText(document, base.citations)
        self._base, self._project, self._name = base, project, name
        self._changes: list[Change] = []
        self._notes: list[str] = []

    def read(self) -> ReadBack:
        self._read_table()
        self._read_review()
        return ReadBack(tuple(self._changes), tuple(self._notes))

    # -- table ---------------------------------------------------------------------------------------------------------

    def _read_table(self) -> None:
        table = self._find_table()
        if table is not None:
            self._read_rows(table)
        elif self._base.columns:
            sentence = Message("{name} holds no table of a CiteGrid report.", name=self._name)
            raise InputError(sentence, "Choose another file.")

    def _read_rows(self, table: Any) -> None:
        head, *lines = table.findall(qn("w:tr"))
        columns = self._columns(self._texts(head))
        found: set[int] = set()
        for place, line in enumerate(lines):
            texts = self._texts(line)
            row = self._row_of(line, place, texts, len(lines))
            if row is None or row in found:
                self._notes.append(Message("A row that was added is not taken over: {text}", text=_first(texts)[:40]))
                continue
            found.add(row)
            self._compare(row, columns, texts)
        self._note_deleted(found)

    def _note_deleted(self, found: set[int]) -> None:
        """A change for each row of the report that is in the project and no longer in Word."""
        known = {row.work.id for row in self._project.table.rows}
        for row, (work, printed) in enumerate(self._base.rows):
            if row not in found and work in known:
                shown = _first(printed)
                self._changes.append(Change(shown, "", shown, work))

    def _texts(self, line: Any) -> list[str]:
        return list(map(self._own_text.of_cell, line.findall(qn("w:tc"))))

    def _find_table(self) -> Any | None:
        """The table with the columns of the report, else the one with most of its bookmarks; None without any."""
        scored = [(self._likeness(table), table) for table in self._body.iter(qn("w:tbl"))]
        likeness, table = max(scored, key=operator.itemgetter(0), default=((False, 0), None))
        return table if any(likeness) else None

    def _likeness(self, table: Any) -> tuple[bool, int]:
        marks = sum(bool(_CELL.fullmatch(_name(mark))) for mark in table.iter(qn("w:bookmarkStart")))
        first = table.find(qn("w:tr"))
        heads = tuple(self._texts(first)) if first is not None else ()
        return bool(heads) and heads == self._base.columns, marks

    def _columns(self, heads: Sequence[str]) -> list[int | None]:
        """For each column in Word the column of the report that it is."""
        base = list(self._base.columns)
        if len(heads) == len(base) and not set(heads) >= set(base):
            changed = [h for h, b in zip(heads, base, strict=True) if h != b]
            self._notes.append(Message("Renamed columns are not taken over: {names}", names=", ".join(changed)))
            return list(range(len(base)))
        missing = list(filterfalse(heads.__contains__, base))
        if missing:
            self._notes.append(Message("Columns deleted in Word: {names}", names=", ".join(missing)))
        return [base.index(h) if h in base else None for h in heads]

    def _row_of(self, line: Any, place: int, texts: Sequence[str], lines: int) -> int | None:
        count = len(self._base.rows)
        for mark in line.iter(qn("w:bookmarkStart")):
            found = _CELL.fullmatch(_name(mark))
            if found and 1 <= int(found[1]) <= count:
                return int(found[1]) - 1
        if lines == count:
            return place
        likeness = [fuzz.ratio(" ".join(texts), " ".join(cells)) for _, cells in self._base.rows]
        best = max(range(count), key=likeness.__getitem__, default=None)
        return best if best is not None and likeness[best] >= _ALIKE else None

    def _compare(self, row: int, columns: Sequence[int | None], texts: Sequence[str]) -> None:
        work, printed = self._base.rows[row]
        now = self._project.table.row_of(work)
        if now is None:
            self._notes.append(Message("The work of row {row} is no longer in the project", row=row + 1))
            return
        if len(texts) != len(columns):
            self._notes.append(Message("Row {row} has another number of cells now", row=row + 1))
            return
        cells = {clean(cell.column): cell for cell in now.cells}
        was: dict[int | None, tuple[Cell | None, str]] = {
            place: (cells.get(name), text)
            for place, (name, text) in enumerate(zip(self._base.columns, printed, strict=False))
        }
        for column, text in zip(columns, texts, strict=True):
            cell, before = was.get(column, (None, ""))
            if cell is not None and text not in (before, clean(cell.text)):
                self._changes.append(Change(before, text, clean(cell.text), work, cell.column))

    # -- review --------------------------------------------------------------------------------------------------------

    def _read_review(self) -> None:
        review = self._project.review
        if not self._base.sentences or review is None:
            return
        said = self.sentences()
        if not said:
            self._notes.append(Message("The sentences of the review cannot be found in Word"))
            return
        now = [clean(s.text) for s in review.sentences]
        for i, was in enumerate(self._base.sentences):
            text = clean(said.get(i, ""))
            if text == was:
                continue
            if i >= len(now):
                self._notes.append(Message("Sentence {number} is no longer in the project", number=i + 1))
            elif now[i] != text:
                self._changes.append(Change(was, text, now[i], sentence=i))

    def sentences(self) -> dict[int, str]:
        """The text of each sentence by its number from 0; what stands between two belongs to the one before."""
        found: dict[int, list[str]] = {}
        before: list[str] = []  # what stands before the first sentence belongs to it
        current: int | None = None
        for paragraph in self._review_paragraphs():
            for number, text in self._stretches(paragraph, current):
                if number is None:
                    before.append(text)
                    continue
                if number not in found:
                    found[number], before = before, []
                current = number
                found[number].append(text)
            if current is not None:
                found[current].append(" ")
        return {number: "".join(parts) for number, parts in found.items()}

    def _stretches(self, paragraph: Any, current: int | None) -> Iterator[tuple[int | None, str]]:
        """The text between the bookmarks of a paragraph with the number of the sentence that it belongs to."""
        pieces: list[Piece] = []
        for node in paragraph.iter(qn("w:bookmarkStart"), qn("w:r")):
            if node.tag == qn("w:r"):
                pieces.extend(self._own_text.pieces(node))
                continue
            mark = _SENTENCE.fullmatch(_name(node))
            if mark:
                yield current, self._own_text.without_added(pieces)
                current, pieces = int(mark[1]) - 1, []
        yield current, self._own_text.without_added(pieces)

    def _review_paragraphs(self) -> Iterator[Any]:
        begun = False
        for paragraph in self._body.findall(qn("w:p")):
            style = self._own_text.style(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
            if begun and style.startswith("heading"):
                return
            begun = begun or any(_SENTENCE.fullmatch(_name(mark)) for mark in paragraph.iter(qn("w:bookmarkStart")))
            if begun:
                yield paragraph


def _name(bookmark: Any) -> str:
    return str(bookmark.get(qn("w:name"), ""))


def _first(texts: Sequence[str]) -> str:
    return next(filter(None, texts), "")
