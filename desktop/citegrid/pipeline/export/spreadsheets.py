"""The table for spreadsheets: CSV with its citations in the cells, Excel with them as comments and links."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from citegrid.core.citation import cite, cite_all
from citegrid.core.project import Project
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.export.column_widths import em
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.paper_account import HEADING, HEADS, fate_in_words, summary_of
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.provenance import asked_beside, facts_of
from citegrid.pipeline.export.strings import wording_in

#: What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,10})?")
_LONGEST = 32000
#: The names of the sheets that links lead to.
_TABLE, _REVIEW, _EVIDENCE = "Literature table", "Review", "Evidence (a list)"
_EVIDENCE_HEADS = ("Quote", "Source", "Page", "Printed", "chunk", "Match", "Said by", "used in")
_ACCENT, _GREY, _HEAD, _TO_CHECK = "1F5C7A", "6B6B6B", "EEF2F4", "9A6A12"


def write_csv(project: Project) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it; a cell that looks like a formula begins with an apostrophe."""
    words = wording_in(project.language)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(clean(c.name)) for c in project.table.columns])
    for row in project.table.rows:
        cells = (f"{words.cell(c)} {cite_all(c.evidence, words.language)}".strip() for c in row.cells)
        writer.writerow([_harmless(clean(text)) for text in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_xlsx(project: Project, version: str = "", made: datetime | None = None) -> bytes:
    """A workbook: the table, the review, the evidence, and the self-check with the run."""
    book = Workbook()
    if made is not None:
        book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    book.properties.creator = "CiteGrid"
    _Sheets(project, version, book).write()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class _Sheets:
    def __init__(self, project: Project, version: str, book: Workbook) -> None:
        self.project, self.version, self.book = project, version, book
        self.words = wording_in(project.language)
        self.evidence = EvidenceList(project)

    def write(self) -> None:
        table = self.book.active
        table.title = self.words(_TABLE)
        self._table(table)
        if self.project.review and self.project.review.sentences:
            self._review(self.book.create_sheet(self.words(_REVIEW)))
        if self.evidence.entries:
            self._evidence(self.book.create_sheet(self.words(_EVIDENCE)))
        if self.project.account:
            self._account(self.book.create_sheet(self.words(HEADING)))
        self._run(self.book.create_sheet(self.words("Methods and run")))

    def _table(self, sheet: Any) -> None:
        columns, rows = self.project.table.columns, self.project.table.rows
        for j, column in enumerate(columns, 1):
            _put(sheet, 1, j, column.name)
            texts = [self.words.cell(row.cells[j - 1]) for row in rows]
            widest = max([em(column.name) * 1.3, *(min(em(t), 22.0) for t in texts)])
            sheet.column_dimensions[get_column_letter(j)].width = round(min(44.0, 2.0 * widest + 3), 1)
        _style_heads(sheet, len(columns))
        for i, row in enumerate(rows, 2):
            for j, cell in enumerate(row.cells, 1):
                self._cell(sheet, i, j, cell)
        if columns and rows:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _cell(self, sheet: Any, i: int, j: int, cell: Cell) -> None:
        words = self.words
        made = _put(sheet, i, j, words.cell(cell), number=cell.status is Status.SUPPORTED)
        if cell.verdict is Verdict.REJECTED:
            made.font = Font(color=_GREY, strike=True)
        elif cell.status is not Status.SUPPORTED:
            made.font = Font(color=_GREY, italic=words.typography.italics)
        if not cell.evidence:
            return
        parts = [
            f"[{self.evidence.number(e)}] “{clean(e.quote)}” {clean(cite(e, words.language))}" for e in cell.evidence
        ]
        comment = Comment("\n".join(parts)[:_LONGEST], "CiteGrid")
        comment.width, comment.height = 380, min(400, 60 + 40 * sum(1 + int(em(p) // 28) for p in parts) // 2)
        made.comment = comment
        first = self.evidence.number(cell.evidence[0])
        _link(sheet, made, words(_EVIDENCE), first + 1, clean(cite(cell.evidence[0], words.language)))
        if cell.status is Status.SUPPORTED and cell.verdict is not Verdict.REJECTED:
            made.font = Font(color=_TO_CHECK if cell.to_be_checked else _ACCENT)

    def _review(self, sheet: Any) -> None:
        words = self.words
        assert self.project.review is not None
        _heads(sheet, ["#", *map(words, (_REVIEW, "Status", _EVIDENCE))])
        for i, sentence in enumerate(self.project.review.sentences, 2):
            _put(sheet, i, 1, str(i - 1), number=True)
            _put(sheet, i, 2, clean(sentence.text) + words.to_check(sentence))
            _put(sheet, i, 3, words.with_reason(words.status(sentence.status), sentence.reason))
            marks = _put(sheet, i, 4, cite_all(sentence.evidence, words.language))
            if sentence.evidence:
                _link(sheet, marks, words(_EVIDENCE), self.evidence.number(sentence.evidence[0]) + 1, "")
                marks.font = Font(color=_ACCENT)
        _widths(sheet, (5, 80, 24, 44))

    def _evidence(self, sheet: Any) -> None:
        words = self.words
        _heads(sheet, ["#", *map(words, _EVIDENCE_HEADS)])
        for entry in self.evidence.entries:
            i, evidence = entry.number + 1, entry.evidence
            _put(sheet, i, 1, str(entry.number), number=True)
            _put(sheet, i, 2, evidence.quote)
            _put(sheet, i, 3, evidence.source)
            _put(sheet, i, 4, str(evidence.page or ""), number=True)
            _put(sheet, i, 5, evidence.page_label)
            _put(sheet, i, 6, "" if evidence.chunk is None else str(evidence.chunk), number=True)
            _put(sheet, i, 7, words.matched(evidence))
            _put(sheet, i, 8, words.hand(evidence))
            names = self.project.table.names
            used = _put(sheet, i, 9, words.listed([words.use(u.row, u.column, names) for u in entry.uses]))
            use = entry.uses[0]
            if use.row is None:
                _link(sheet, used, words(_REVIEW), use.column + 2, "", column="B")
            else:
                _link(sheet, used, words(_TABLE), use.row + 2, "", column=get_column_letter(use.column + 1))
            used.font = Font(color=_ACCENT)
        _widths(sheet, (5, 70, 30, 7, 9, 7, 14, 14, 34))

    def _account(self, sheet: Any) -> None:
        words, account = self.words, self.project.account
        _heads(sheet, list(map(words, HEADS)))
        for i, one in enumerate(account, 2):
            for j, text in enumerate((one.name, fate_in_words(one, words), words.sentence(one.reason), one.sha256), 1):
                _put(sheet, i, j, text)
        sheet.auto_filter.ref = f"A1:D{len(account) + 1}"
        _put(sheet, len(account) + 3, 1, summary_of(self.project, words)).alignment = Alignment(wrap_text=False)
        _widths(sheet, (44, 14, 70, 20))

    def _run(self, sheet: Any) -> None:
        words = self.words
        lines = [(words("Task"), " ".join(filter(None, (self.project.query, asked_beside(self.project, words)))))]
        for check in self.project.checks:
            name, detail = map(words.sentence, (check.name, check.detail))
            lines.append((f"{'✓' if check.passed else '!'} {name}", detail))
        lines += facts_of(self.project, self.version, words)
        for i, (name, text) in enumerate(lines, 1):
            _put(sheet, i, 1, name).font = Font(bold=True)
            _put(sheet, i, 2, text)
        _widths(sheet, (44, 90))


def _put(sheet: Any, row: int, column: int, text: str, *, number: bool = False) -> Any:
    """Write ``text``, as a number only where that is wanted and it is one; never as a formula."""
    cell = sheet.cell(row, column)
    plain = clean(text)[:_LONGEST]
    if number and _NUMBER.fullmatch(plain):
        cell.value = float(plain) if "." in plain else int(plain)
    elif plain:
        cell.value = plain
        cell.data_type = "s"
        cell.quotePrefix = plain.startswith(_FORMULA)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _heads(sheet: Any, heads: Sequence[str]) -> None:
    """The names of the columns in the first row."""
    for j, head in enumerate(heads, 1):
        _put(sheet, 1, j, head)
    _style_heads(sheet, len(heads))


def _style_heads(sheet: Any, columns: int) -> None:
    for j in range(1, columns + 1):
        cell = sheet.cell(1, j)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"


def _widths(sheet: Any, widths: Sequence[float]) -> None:
    for j, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(j)].width = width


def _link(sheet: Any, cell: Any, target: str, row: int, tip: str, column: str = "A") -> None:
    """A link inside the workbook; set by hand because ``cell.hyperlink`` would make an outer one of it."""
    link = Hyperlink(ref=cell.coordinate, location=f"'{target}'!{column}{row}", tooltip=tip[:250] or None)
    cell._hyperlink = link
    sheet._hyperlinks.append(link)
