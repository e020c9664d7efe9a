"""The table of a Word report: caption, grid, legend, and the page turned on its side where the table is wide."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from citegrid.core.paper import ids_of
from citegrid.core.table import Cell, Row, Status, Verdict
from citegrid.pipeline.export.column_widths import TablePlan, plan_table
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word import template
from citegrid.pipeline.export.word.citing import CitedText
from citegrid.pipeline.export.word.comments import comment, is_commented
from citegrid.pipeline.export.word.ooxml import Element, el, field, paragraph, run, twips
from citegrid.pipeline.export.word.options import CitationForm
from citegrid.pipeline.export.word.report import WordReport
from citegrid.pipeline.export.word.texts import own_runs, unsupported_runs

#: A row higher than this share of the page may break over two pages.
_WHOLE_ROW = 0.6
#: What the signs in the cells mean, in the order of the legend.
_LEGEND = {
    "to_check": "dotted line: translation to be checked; its comment has the original",
    "unsupported": "! grey: no evidence was found",
    "not_stated": "–: not stated on the pages searched",
    "failed": "!! could not be answered",
    "edited": "✎: edited by a person",
    "rejected": "struck out: rejected by a person",
}
#: The same of citations, by their form and whether there is an evidence list.
_CITED = {
    (CitationForm.LONG, True): "[doc …] and raised number: click for the quoted words in the evidence list",
    (CitationForm.LONG, False): "[doc …]: the file and its page; the comment has the quoted words",
    (
        CitationForm.STYLE,
        True,
    ): "Citations name the work that says it and its page: click for the quoted words in the evidence list",
    (CitationForm.STYLE, False): "Citations name the work that says it and its page; the comment has the quoted words",
    (
        CitationForm.FOOTNOTES,
        True,
    ): "Footnotes name the work that says it and its page: click for the quoted words in the evidence list",
    (CitationForm.FOOTNOTES, False): "Footnotes name the work that says it, its page and the quoted words",
}
_SMALL_STYLES = ("CiteGridMark", "CiteGridReason")


def write_table(report: WordReport) -> None:
    """The table of the project with its caption and legend."""
    table, words = report.project.table, report.words
    report.heading(words("Literature table"))
    if not table.columns:
        report.add_text("Normal", words("The table has no columns yet."))
        return
    section = report.body[-1]
    turned = _landscape(section, own_margins=report.options.template is None)
    short, long = _sides(section)
    plan = plan_table(_planned_texts(report), short - _beside(section), long - _beside(turned), (short + long) / 2)
    label = words("Table {number}", number="").strip()
    number = report.runs("Table {number}", number=field(f"SEQ {label} \\* ARABIC", "1"))
    marked = report.bookmarks.around("table_1", *number)
    report.add(paragraph(report.style("caption"), *marked, run(f"  {_caption(report)}")))
    grid = _Grid(report, plan, (short if plan.landscape else long) * _WHOLE_ROW)
    report.add(grid.made())
    note = report.add_text("CiteGrid Note", _legend(report, grid.signs))
    if plan.landscape:
        note[0].append(turned)


def _caption(report: WordReport) -> str:
    table = report.project.table
    key = "Literature table ({rows} works, {columns} attributes)"
    return report.words(key, rows=len(table.rows), columns=len(table.columns))


def _legend(report: WordReport, signs: set[str]) -> str:
    """The signs that the table uses in words; the caption again where it uses none."""
    words = report.words
    if not report.project.table.rows:
        return words("The table has no works yet.")
    shown = signs | ({"cited"} if report.evidence.entries else set())
    meanings = {"cited": _CITED[report.form, report.options.appendix], **_LEGEND}
    parts = [words(text) for kind, text in meanings.items() if kind in shown]
    return words.typography.semicolon.join(parts) + words.typography.stop if parts else _caption(report)


def _planned_texts(report: WordReport) -> list[list[str]]:
    """What the cells will hold, the header first, as long as it will look."""
    table = report.project.table
    return [list(table.names), *([_planned(report, *one) for one in _claims(row)] for row in table.rows)]


def _planned(report: WordReport, cell: Cell, claim: CitedText) -> str:
    return report.words.cell(cell) + report.citing.text(claim)


def _claims(row: Row) -> list[tuple[Cell, CitedText]]:
    """The cells of a row with what is to be cited for each: the first that has evidence names the row's work."""
    first = next((i for i, cell in enumerate(row.cells) if cell.evidence), None)
    ids = ids_of(row.work)
    return [(c, CitedText(c.evidence, ids, "" if i == first else None)) for i, c in enumerate(row.cells)]


# -- the page --------------------------------------------------------------------------------------------------------------


def _sides(section: Element) -> tuple[float, float]:
    """The shorter and the longer side of the page, in points."""
    size = section.find(qn("w:pgSz"))
    short, long = sorted(int(size.get(qn(f"w:{side}"))) / 20 for side in ("w", "h"))
    return short, long


def _beside(section: Element) -> float:
    """The left and the right margin of a section together, in points."""
    margin = section.find(qn("w:pgMar"))
    return sum(int(margin.get(qn(f"w:{side}"))) / 20 for side in ("left", "right"))


def _landscape(section: Element, *, own_margins: bool) -> Element:
    """The properties of the section that ends here, on its side: the page and its margins turned by a quarter.

    Our own page gives a table more room; a person's template keeps its margins.
    """
    turned = deepcopy(section)
    size, margin = turned.find(qn("w:pgSz")), turned.find(qn("w:pgMar"))
    width, height = (int(size.get(qn(f"w:{side}"))) for side in ("w", "h"))
    size.set(qn("w:w"), str(max(width, height)))
    size.set(qn("w:h"), str(min(width, height)))
    size.set(qn("w:orient"), "landscape")
    sides = [margin.get(qn(f"w:{side}")) for side in ("right", "top", "left", "bottom")]
    if own_margins:
        sides = [str(twips(template.MARGIN_TABLE))] * 4
    for name, value in zip(("top", "left", "bottom", "right"), sides, strict=True):
        margin.set(qn(f"w:{name}"), value)
    return turned


# -- the grid --------------------------------------------------------------------------------------------------------------


class _Grid:
    """The grid of the table being made; ``signs`` are the kinds of signs that its cells show, for the legend."""

    def __init__(self, report: WordReport, plan: TablePlan, whole: float) -> None:
        self._report, self._plan, self._whole = report, plan, whole
        self.signs: set[str] = set()

    def made(self) -> Element:
        """The element ``w:tbl``."""
        made = el("tbl", self._properties(), el("tblGrid", *(el("gridCol", w=twips(w)) for w in self._plan.widths)))
        made.append(self._head())
        rows = zip(self._report.project.table.rows, self._plan.heights[1:], strict=True)
        made.extend(self._row(i, row, height) for i, (row, height) in enumerate(rows, 1))
        for text in made[-1].iter(qn("w:p")):
            text[0].append(el("keepNext"))  # the legend stays with the last row
        return made

    def _properties(self) -> Element:
        return el(
            "tblPr",
            el("tblStyle", val="CiteGridTable"),
            el("tblW", w=sum(map(twips, self._plan.widths)), type_="dxa"),
            el("tblLayout", type_="fixed"),
            el("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        )

    def _head(self) -> Element:
        head = el("tr", el("trPr", el("cantSplit"), el("tblHeader")))
        style = self._report.style("CiteGrid Head")
        for column, width in zip(self._report.project.table.columns, self._plan.widths, strict=True):
            head.append(_cell(width, paragraph(style, self._sized(run(clean(column.name))))))
        return head

    def _row(self, i: int, row: Row, height: float) -> Element:
        line = el("tr")
        if height <= self._whole:
            line.append(el("trPr", el("cantSplit")))
        for j, ((cell, claim), width) in enumerate(zip(_claims(row), self._plan.widths, strict=True), 1):
            inside = list(map(self._sized, self._runs(cell, claim)))
            around = self._report.bookmarks.around(f"cell_{i}_{j}", *inside)
            text = paragraph(self._report.style("CiteGrid Cell"), *around)
            line.append(_cell(width, text))
            if is_commented(self._report, cell) or (cell.evidence and self._report.options.comments):
                comment(self._report, text, cell)
        return line

    def _sized(self, part: Element) -> Element:
        """``part`` with its runs in the table's size; marks and reasons a little smaller."""
        for one in part.iter(qn("w:r")):
            properties = one.find(qn("w:rPr"))
            if properties is None:
                properties = el("rPr")
                one.insert(0, properties)
            half = round(2 * self._size(properties.find(qn("w:rStyle"))))
            properties.extend((el("sz", val=half), el("szCs", val=half)))
        return part

    def _size(self, style: Any) -> float:
        small = style is not None and style.get(qn("w:val")) in _SMALL_STYLES
        return max(6.5, self._plan.size - 1.5) if small else self._plan.size

    def _runs(self, cell: Cell, claim: CitedText) -> list[Element]:
        """What a cell says, with its signs, its reasons and its citations."""
        sign, made = self._said(cell)
        self.signs |= {sign, "to_check" if cell.to_be_checked else ""} - {""}
        if cell.verdict is Verdict.EDITED:
            self.signs.add("edited")
            made.append(run(" ✎", "CiteGridFaint"))
        return self._report.citing.cite(made, claim)

    def _said(self, cell: Cell) -> tuple[str, list[Element]]:
        """The kind of sign that a cell shows (empty for none), and its text."""
        words, text = self._report.words, clean(cell.text)
        if cell.verdict is Verdict.REJECTED:
            why = words.in_parentheses(words("rejected by a person"))
            return "rejected", [run(text, "CiteGridStruck"), run(why, "CiteGridReason")]
        match cell.status:
            case Status.SUPPORTED:
                note = [run(words.in_parentheses(clean(cell.note)), "CiteGridReason")] if cell.note else []
                return "", [*own_runs(self._report, cell), *note]
            case Status.LINK:
                return "", [run(text)]
            case Status.FAILED:
                why = words.with_reason(words("could not be answered"), cell.reason)
                return "failed", [run("!! ", "CiteGridSign"), run(why, "CiteGridReason")]
            case Status.WAITING if not text:
                return "", [run(words("not filled yet"), "CiteGridSilent")]
        if not text:
            return "not_stated", [run(f"– {words.not_stated(cell)}", "CiteGridSilent")]
        return "unsupported", unsupported_runs(self._report, cell)


def _cell(width: float, text: Element) -> Element:
    return el("tc", el("tcPr", el("tcW", w=twips(width), type_="dxa")), text)
