"""Reading a Word report back after others have edited it: which cells and sentences say something else now.

What was printed lies in the file itself (``embedded_project``); where an editor threw
that away, the project as it is now takes its place.  Rows and sentences are
known by their bookmarks, tracked changes count as accepted, and marks, signs
and reasons that the report added are no part of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from rapidfuzz import fuzz

from citegrid.core.errors import InputError
from citegrid.core.project import Project
from citegrid.core.review import Sentence
from citegrid.core.table import Cell
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.embedded_project import Base, base_of, kept
from citegrid.pipeline.export.word.open import open_docx

#: What the report itself adds in each of its character styles; the rest of such a run was typed by a person.
_ADDED = {
    "citegridmark": re.compile(r"\[[^\]]*\]"),
    "citegridnumber": re.compile(r"[\d,]+"),
    "citegridsign": re.compile(r"!+"),
    "citegridfaint": re.compile("✎"),
    "citegridreason": re.compile(r"^\s*(?:（.*）|\(.*\)|(?:未能作答|could not be answered).*)\s*$", re.S),
    "citegridsilent": re.compile(r"^\s*(?:– ?.*|尚未填写|not filled yet)\s*$", re.S),
}
_LINKED = re.compile(r"\[[^\]]*\]|[\d,]+")
_CELL = re.compile(r"cell_(\d+)_(\d+)")
_SENTENCE = re.compile(r"sentence_(\d+)")
_ALIKE = 80.0


@dataclass(frozen=True, slots=True)
class Change:
    """A cell (``work_id`` and ``column``) or a sentence (``sentence``, from 0) that says something else in Word, or a row that
    was deleted there (``work_id`` alone).

    ``was`` is what the report had, ``text`` what Word has, ``now`` what the project says today; an empty ``text``
    means that it was deleted.  ``judged`` is the cell or sentence as it would be taken over, once it was judged.
    """

    was: str
    text: str
    now: str
    work_id: str = ""
    column: str = ""
    sentence: int | None = None
    judged: Cell | Sentence | None = None

    @property
    def both(self) -> bool:
        """Whether the project was changed too since the report was written."""
        return self.now != self.was

    @property
    def row_gone(self) -> bool:
        """Whether a whole row was deleted."""
        return self.sentence is None and not self.column


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The changes in the order of the report, and what was done to the file that cannot be taken over."""

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


def read_back(data: bytes, name: str, project: Project) -> ReadBack:
    """What a person changed in the report ``data``; raises InputError where it is not a report of ``project``."""
    document = open_docx(data, name, "Save it as .docx and try again.")
    base = kept(document)
    works = {row.work.id for row in project.table.rows}
    if base is not None and base.rows and not works & {work for work, _ in base.rows}:
        raise InputError(f"{name} is not a report of this project.", "Open the project that it was made from.")
    return _Reader(document, base or base_of(project), project, name).read()


class _Reader:
    def __init__(self, document: Any, base: Base, project: Project, name: str) -> None:
        self._body = document.element.body
        # an editor may give styles new ids; their names stay
        self._styles = {s.style_id: re.sub(r"\W", "", s.name or "").casefold() for s in document.styles}
        self._base, self._project, self._name = base, project, name
        self._zh = project.language == "zh"
        self._changes: list[Change] = []
        self._notes: list[str] = []

    def read(self) -> ReadBack:
        self._table()
        self._review()
        return ReadBack(tuple(self._changes), tuple(self._notes))

    def _note(self, zh: str, en: str) -> None:
        self._notes.append(zh if self._zh else en)

    # -- table ---------------------------------------------------------------------------------------------------------

    def _table(self) -> None:
        table = self._find_table()
        if table is None:
            if self._base.columns:
                raise InputError(f"{self._name} holds no table of a CiteGrid report.", "Choose another file.")
            return
        lines = table.findall(qn("w:tr"))
        columns = self._columns([self._text(tc) for tc in lines[0].findall(qn("w:tc"))])
        seen: set[int] = set()
        for place, line in enumerate(lines[1:]):
            texts = [self._text(tc) for tc in line.findall(qn("w:tc"))]
            row = self._row_of(line, place, texts, len(lines) - 1)
            if row is None or row in seen:
                shown = next((t for t in texts if t), "")[:40]
                self._note(f"新增的一行没有取用：{shown}", f"A row that was added is not taken over: {shown}")
                continue
            seen.add(row)
            self._compare(row, columns, texts)
        there = {row.work.id for row in self._project.table.rows}
        for row, (work, printed) in enumerate(self._base.rows):
            if row not in seen and work in there:
                shown = next((t for t in printed if t), "")
                self._changes.append(Change(shown, "", shown, work))

    def _find_table(self) -> Any | None:
        best, most = None, 0
        for table in self._body.iter(qn("w:tbl")):
            marks = sum(bool(_CELL.fullmatch(b.get(qn("w:name"), ""))) for b in table.iter(qn("w:bookmarkStart")))
            first = table.find(qn("w:tr"))
            heads = [self._text(tc) for tc in first.findall(qn("w:tc"))] if first is not None else []
            score = marks + (10**6 if self._base.columns and heads == list(self._base.columns) else 0)
            if score > most:
                best, most = table, score
        return best

    def _columns(self, heads: Sequence[str]) -> list[int | None]:
        """For each column in Word the column of the report that it is."""
        base = list(self._base.columns)
        if len(heads) == len(base) and not set(heads) >= set(base):
            changed = [h for h, b in zip(heads, base, strict=True) if h != b]
            self._note(
                f"列名的改动没有取用：{'、'.join(changed)}", f"Renamed columns are not taken over: {', '.join(changed)}"
            )
            return list(range(len(base)))
        missing = [b for b in base if b not in heads]
        if missing:
            self._note(f"在Word中被删除的列：{'、'.join(missing)}", f"Columns deleted in Word: {', '.join(missing)}")
        return [base.index(h) if h in base else None for h in heads]

    def _row_of(self, line: Any, place: int, texts: Sequence[str], lines: int) -> int | None:
        count = len(self._base.rows)
        for mark in line.iter(qn("w:bookmarkStart")):
            found = _CELL.fullmatch(mark.get(qn("w:name"), ""))
            if found and 1 <= int(found[1]) <= count:
                return int(found[1]) - 1
        if lines == count:
            return place
        likeness = [fuzz.ratio(" ".join(texts), " ".join(cells)) for _, cells in self._base.rows]
        best = max(range(count), key=likeness.__getitem__, default=None)
        return best if best is not None and likeness[best] >= _ALIKE else None

    def _compare(self, row: int, columns: Sequence[int | None], texts: Sequence[str]) -> None:
        work, was = self._base.rows[row]
        now = next((r for r in self._project.table.rows if r.work.id == work), None)
        if now is None:
            self._note(f"第{row + 1}行的文献已不在项目中", f"The work of row {row + 1} is no longer in the project")
            return
        if len(texts) != len(columns):
            self._note(f"第{row + 1}行的单元格数已改变", f"Row {row + 1} has another number of cells now")
            return
        cells = {clean(c.column): c for c in now.cells}
        for column, text in zip(columns, texts, strict=True):
            if column is None or column >= len(was) or text == was[column]:
                continue
            cell = cells.get(self._base.columns[column])
            if cell is not None and clean(cell.text) != text:
                change = Change(was[column], text, clean(cell.text), work, cell.column)
                self._changes.append(change)

    # -- review --------------------------------------------------------------------------------------------------------

    def _review(self) -> None:
        review = self._project.review
        if not self._base.sentences or review is None:
            return
        said = self._sentences()
        if not said:
            self._note("在Word中找不到综述的语句", "The sentences of the review cannot be found in Word")
            return
        now = [clean(s.text) for s in review.sentences]
        for i, was in enumerate(self._base.sentences):
            text = clean(said.get(i, ""))
            if text == was:
                continue
            if i >= len(now):
                self._note(f"综述第{i + 1}句已不在项目中", f"Sentence {i + 1} is no longer in the project")
            elif now[i] != text:
                self._changes.append(Change(was, text, now[i], sentence=i))

    def _sentences(self) -> dict[int, str]:
        """The text of each sentence by its number from 0; what stands between two belongs to the one before."""
        found: dict[int, list[str]] = {}
        pending: list[str] = []
        current: int | None = None
        opened: dict[str, int] = {}
        for paragraph in self._review_paragraphs():
            pieces: list[tuple[str, str]] = []

            def flush(pieces: list[tuple[str, str]], at: int | None) -> None:
                text = self._without_marks(pieces)
                pieces.clear()
                if at is not None:
                    found.setdefault(at, []).append(text)
                elif text.strip():
                    pending.append(text)

            for node in paragraph.iter():
                if node.tag == qn("w:bookmarkStart"):
                    mark = _SENTENCE.fullmatch(node.get(qn("w:name"), ""))
                    if mark:
                        flush(pieces, current)
                        current = int(mark[1]) - 1
                        found.setdefault(current, []).extend(pending)
                        pending.clear()
                        opened[node.get(qn("w:id"))] = current
                elif node.tag == qn("w:r"):
                    pieces.extend(self._run(node))
            flush(pieces, current)
            if current is not None:
                found[current].append(" ")
        return {number: "".join(parts) for number, parts in found.items()}

    def _review_paragraphs(self) -> Iterator[Any]:
        begun = False
        for paragraph in self._body.findall(qn("w:p")):
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            heading = style is not None and self._styles.get(style.get(qn("w:val")), "").startswith("heading")
            if begun and heading:
                return
            marks = (b.get(qn("w:name"), "") for b in paragraph.iter(qn("w:bookmarkStart")))
            begun = begun or any(_SENTENCE.fullmatch(m) for m in marks)
            if begun:
                yield paragraph

    # -- text ----------------------------------------------------------------------------------------------------------

    def _text(self, cell: Any) -> str:
        """What a person reads in a table cell as its text, on one line."""
        paragraphs = [[p for r in para.iter(qn("w:r")) for p in self._run(r)] for para in cell.iter(qn("w:p"))]
        return clean(" ".join(self._without_marks(p) for p in paragraphs))

    def _run(self, run: Any) -> Iterator[tuple[str, str]]:
        """The style and the text of a run; nothing for one that was deleted."""
        linked = ""
        for above in run.iterancestors():
            if above.tag in (qn("w:del"), qn("w:moveFrom")):
                return
            if above.tag == qn("w:hyperlink") and (above.get(qn("w:anchor")) or "").startswith("ev_"):
                linked = "linked"
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        name = self._styles.get(style.get(qn("w:val")), "") if style is not None else ""
        gaps = (qn("w:tab"), qn("w:br"), qn("w:cr"))
        text = "".join((n.text or "") if n.tag == qn("w:t") else " " if n.tag in gaps else "" for n in run)
        if text:
            yield (name if name in _ADDED else linked), text

    @staticmethod
    def _without_marks(pieces: Sequence[tuple[str, str]]) -> str:
        """The pieces joined, without what the report added; editors cut runs anywhere, so like is joined with like."""
        joined: list[list[str]] = []
        for style, text in pieces:
            if joined and joined[-1][0] == style:
                joined[-1][1] += text
            else:
                joined.append([style, text])
        out = []
        for style, text in joined:
            added = _LINKED if style == "linked" else _ADDED.get(style)
            out.append(added.sub("", text) if added else text)
        return "".join(out)
