"""The Word report: query, table, review, evidence, self-check and run, each statement linked to the words that carry it.

Every citation in a cell or sentence leads to its entry in the evidence list
by a bookmark, and the entry leads back; so the file can be checked by someone
who has neither CiteGrid nor the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from dataclasses import field as field_
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn

from citegrid.core.citation import marks
from citegrid.core.evidence import Evidence
from citegrid.core.project import Project
from citegrid.core.reference import Reference
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.export import column_widths
from citegrid.pipeline.export import strings as words
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word import appendix, embedded_project, template
from citegrid.pipeline.export.word.ooxml import Bookmarks, Element, el, field, link, paragraph, run, twips

#: Gives the picture of a quote's lines as PNG, None where there is none.
Crops = Callable[[Evidence], bytes | None]
#: A row higher than this share of the page may break over two pages.
_WHOLE_ROW = 0.6
_NAME_LENGTH = 44


@dataclass(frozen=True, slots=True)
class WordOptions:
    """What a report can have besides its text.

    ``pdf_link`` is the address of the paper as seen from the report, already quoted, for links to its pages, ``pdf_links`` those of
    further papers by name; ``template`` the bytes of a
    person's own .docx; ``comments`` puts the quotes of each cell into a Word comment; ``made`` is the time to write
    into the file; ``style`` the bytes of the CSL style of the reference list, None for none; ``references`` are the
    paper's, for what only they know of a work (venue, DOI).
    """

    pdf_link: str = ""
    pdf_links: Mapping[str, str] = field_(default_factory=dict)
    template: bytes | None = None
    comments: bool = False
    made: datetime | None = None
    style: bytes | None = None
    references: Sequence[Reference] = ()


def write_docx(
    project: Project, *, version: str = "", crops: Crops | None = None, options: WordOptions | None = None
) -> bytes:
    """The report as the bytes of a .docx; raises InputError for a template that is not a Word document."""
    return _Writer(project, version, crops, options or WordOptions()).write()


class _Writer:
    """One report being written."""

    def __init__(self, project: Project, version: str, crops: Crops | None, options: WordOptions) -> None:
        self.project = project
        self.version = version
        self.crops = crops
        self.options = options
        self.words = words.labels_for(project.language)
        self.evidence = EvidenceList(project)
        self.document = template.begin(project.language, options.template)
        self.bookmarks = Bookmarks()
        self.body: Any = self.document.element.body
        self._styles: dict[str, str] = {}
        self._seen: set[str] = set()  # the kinds of legend that the table needs

    def style(self, name: str) -> str:
        """The id of a style by its name."""
        if name not in self._styles:
            self._styles[name] = template.style_id(self.document, name)
        return self._styles[name]

    def add(self, element: Element) -> Element:
        """Put an element at the end of the text."""
        self.body.insert(len(self.body) - 1, element)
        return element

    def heading(self, text: str) -> None:
        self.add(paragraph(self.style("heading 1"), run(text)))

    def write(self) -> bytes:
        self._footer()
        self._front()
        self._table()
        self._review()
        appendix.write_references(self)
        appendix.write_evidence(self)
        appendix.write_checks(self)
        appendix.write_run(self)
        self._properties()
        embedded_project.keep(self.document, self.project)
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    # -- front ---------------------------------------------------------------------------------------------------------

    def _front(self) -> None:
        self.add(paragraph(self.style("Title"), run(self.words.title)))
        subject = self._subject()
        if subject:
            self.add(paragraph(self.style("Subtitle"), run(subject)))
        query = clean(self.project.query)
        if query:
            self.heading(self.words.query)
            self.add(paragraph(self.style("Quote"), run(query)))

    def _subject(self) -> str:
        """The paper's title, those of several papers, or the file name."""
        titles = [
            row.work.title for row in self.project.table.rows if row.work.kind.value == "paper" and row.work.title
        ]
        if titles:
            return clean(self.words.between.join(titles if self.project.also else titles[:1]))
        return clean(self.project.paper.name) if self.project.paper else ""

    def _properties(self) -> None:
        properties = self.document.core_properties
        subject = self._subject()
        properties.title = f"{self.words.title}{self.words.colon}{subject}"[:255] if subject else self.words.title
        properties.author = properties.last_modified_by = "CiteGrid"
        properties.comments = properties.keywords = properties.category = ""
        properties.language = "zh-CN" if self.project.language == "zh" else "en-US"
        properties.revision = 1
        made = self.options.made or datetime.now(UTC)
        properties.created = properties.modified = made.replace(tzinfo=None)

    def _footer(self) -> None:
        footer = self.document.sections[-1].footer
        if self.options.template is not None and not footer.is_linked_to_previous:
            return  # a person's own footer stays
        footer.is_linked_to_previous = False
        before, between, after = self.words.page_of
        new = paragraph(self.style("footer"), run(before), field("PAGE", "1"), run(between), field("NUMPAGES", "1"))
        if after:
            new.append(run(after))
        old = footer._element
        for child in list(old):
            old.remove(child)
        old.append(new)

    # -- table ---------------------------------------------------------------------------------------------------------

    def _table(self) -> None:
        table, say = self.project.table, self.words
        self.heading(say.table)
        if not table.columns:
            self.add(paragraph(self.style("Normal"), run(say.no_columns)))
            return
        texts = [[c.name for c in table.columns]]
        texts += [[self._planned(c) for c in row.cells] for row in table.rows]
        section = self.body[-1]
        size = section.find(qn("w:pgSz"))
        sides = sorted(int(size.get(qn(f"w:{s}"))) / 20 for s in ("w", "h"))
        upright, turned = section, self._landscape(section)
        plan = column_widths.plan_table(
            texts, sides[0] - _beside(upright), sides[1] - _beside(turned), (sides[0] + sides[1]) / 2
        )
        caption = say.caption.format(rows=len(table.rows), columns=len(table.columns))
        number = field(f"SEQ {say.table_word} \\* ARABIC", "1")
        parts = self.bookmarks.around("table_1", run(f"{say.table_word} "), number)
        self.add(paragraph(self.style("caption"), *parts, run(f"  {caption}")))
        self.add(self._grid(plan, (sides[0] if plan.landscape else sides[1]) * _WHOLE_ROW))
        note = paragraph(self.style("CiteGrid Note"), run(self._legend()))
        if plan.landscape:
            note[0].append(turned)
        self.add(note)

    def _planned(self, cell: Cell) -> str:
        mark = "".join(m for m, _ in marks(cell.evidence, self.words.language))
        return words.plain_cell(cell, self.words) + mark[: round(len(mark) * 0.8)]

    def _landscape(self, section: Element) -> Element:
        """The properties of the section that ends here, on its side: the page and its margins turned by a quarter."""
        turned = deepcopy(section)
        size, margin = turned.find(qn("w:pgSz")), turned.find(qn("w:pgMar"))
        width, height = (int(size.get(qn(f"w:{s}"))) for s in ("w", "h"))
        size.set(qn("w:w"), str(max(width, height)))
        size.set(qn("w:h"), str(min(width, height)))
        size.set(qn("w:orient"), "landscape")
        sides = [margin.get(qn(f"w:{s}")) for s in ("right", "top", "left", "bottom")]
        for name, value in zip(("top", "left", "bottom", "right"), sides, strict=True):
            # our own page gives a table more room; a person's template keeps its margins
            own = self.options.template is None
            margin.set(qn(f"w:{name}"), str(twips(template.MARGIN_TABLE)) if own else value)
        return turned

    def _grid(self, plan: column_widths.Plan, whole: float) -> Element:
        table = self.project.table
        grid = el("tblGrid", *(el("gridCol", w=twips(w)) for w in plan.widths))
        made = el(
            "tbl",
            el(
                "tblPr",
                el("tblStyle", val="CiteGridTable"),
                el("tblW", w=sum(twips(w) for w in plan.widths), type_="dxa"),
                el("tblLayout", type_="fixed"),
                el("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            ),
            grid,
        )
        head = el("tr", el("trPr", el("cantSplit"), el("tblHeader")))
        for column, width in zip(table.columns, plan.widths, strict=True):
            text = paragraph(self.style("CiteGrid Head"), self._sized(run(clean(column.name)), plan.size))
            head.append(self._cell(width, text))
        made.append(head)
        for i, (row, height) in enumerate(zip(table.rows, plan.heights[1:], strict=True)):
            line = el("tr")
            if height <= whole:
                line.append(el("trPr", el("cantSplit")))
            for j, (cell, width) in enumerate(zip(row.cells, plan.widths, strict=True)):
                inside = [self._sized(part, plan.size) for part in self._cell_runs(cell)]
                text = paragraph(self.style("CiteGrid Cell"), *self.bookmarks.around(f"cell_{i + 1}_{j + 1}", *inside))
                line.append(self._cell(width, text))
                if self.options.comments and cell.evidence:
                    appendix.comment(self, text, cell)
            made.append(line)
        for text in made[-1].iter(qn("w:p")):
            text[0].append(el("keepNext"))  # the legend stays with the last row
        return made

    @staticmethod
    def _cell(width: float, text: Element) -> Element:
        return el("tc", el("tcPr", el("tcW", w=twips(width), type_="dxa")), text)

    @staticmethod
    def _sized(part: Element, size: float) -> Element:
        """``part`` with its runs in the table's size; marks and reasons a little smaller."""
        for one in part.iter(qn("w:r")):
            properties = one.find(qn("w:rPr"))
            if properties is None:
                properties = el("rPr")
                one.insert(0, properties)
            style = properties.find(qn("w:rStyle"))
            small = style is not None and style.get(qn("w:val")) in ("CiteGridMark", "CiteGridReason")
            half = round(2 * max(6.5, size - 1.5)) if small else round(2 * size)
            properties.extend((el("sz", val=half), el("szCs", val=half)))
        return part

    def _cell_runs(self, cell: Cell) -> list[Element]:
        say = self.words
        text = clean(cell.text)
        made: list[Element] = []
        if cell.verdict is Verdict.REJECTED:
            self._seen.add("rejected")
            made += [run(text, "CiteGridStruck"), run(words.parenthesis(say.rejected, say), "CiteGridReason")]
        elif cell.status is Status.SUPPORTED:
            made.append(run(text))
            if cell.note:
                made.append(run(words.parenthesis(clean(cell.note), say), "CiteGridReason"))
        elif cell.status is Status.FAILED:
            self._seen.add("failed")
            made += [run("!! ", "CiteGridSign"), run(words.why(say.failed, cell.reason, say), "CiteGridReason")]
        elif not text:
            waits = cell.status is Status.WAITING
            self._seen.update(() if waits else ("not_stated",))
            made.append(run(say.waiting if waits else f"– {words.not_stated(cell, say)}", "CiteGridSilent"))
        else:
            self._seen.add("unsupported")
            why = words.parenthesis(words.unsupported(cell.reason, say), say)
            made += [run("! ", "CiteGridSign"), run(text, "CiteGridDoubted"), run(why, "CiteGridReason")]
        if cell.verdict is Verdict.EDITED:
            self._seen.add("edited")
            made.append(run(" ✎", "CiteGridFaint"))
        return made + self.citation(cell.evidence, "".join(t.text for part in made for t in part.iter(qn("w:t"))))

    def _legend(self) -> str:
        shown = self._seen | ({"cited"} if self.evidence.entries else set())
        parts = [text for kind, text in self.words.legend if kind in shown]
        if not self.project.table.rows:
            parts = [self.words.no_rows]
        ends = ("；", "。") if self.words.language == "zh" else ("; ", ".")
        return (
            ends[0].join(parts) + ends[1]
            if parts
            else self.words.caption.format(rows=len(self.project.table.rows), columns=len(self.project.table.columns))
        )

    # -- citations -----------------------------------------------------------------------------------------------------

    def citation(self, evidence: Sequence[Evidence], after: str) -> list[Element]:
        """The marks of ``evidence`` behind the text ``after``: each leads to its first entry, each raised number to its own."""
        made: list[Element] = []
        if evidence and (self.words.language != "zh" or not column_widths.is_wide(after)):
            made.append(run(" "))
        for mark, group in marks([_shortened(e) for e in evidence], self.words.language):
            originals = [e for e in evidence if _shortened(e) in group]
            numbers = sorted(self.evidence.numbers(originals))
            first = self.evidence.entries[numbers[0] - 1]
            made.append(link(f"ev_{numbers[0]}", run(mark, "CiteGridMark"), tip=first.evidence.quote))
            for place, number in enumerate(numbers):
                tip = self.evidence.entries[number - 1].evidence.quote
                if place:
                    made.append(run(",", "CiteGridNumber"))
                made.append(link(f"ev_{number}", run(str(number), "CiteGridNumber"), tip=tip))
        return made

    # -- review --------------------------------------------------------------------------------------------------------

    def _review(self) -> None:
        self.heading(self.words.review)
        review = self.project.review
        if review is None or not review.sentences:
            self.add(paragraph(self.style("Normal"), run(self.words.no_review)))
            return
        current: Element | None = None
        number = -1
        for i, sentence in enumerate(review.sentences):
            if current is None or sentence.paragraph != number:
                current, number = self.add(paragraph(self.style("Body Text"))), sentence.paragraph
            elif self.words.language != "zh" or review.sentences[i - 1].evidence:
                current.append(run(" "))
            current.extend(self.bookmarks.around(f"sentence_{i + 1}", *self._sentence_runs(sentence)))

    def _sentence_runs(self, sentence: Sentence) -> list[Element]:
        text = clean(sentence.text)
        if sentence.status in (Status.SUPPORTED, Status.LINK):
            return [run(text), *self.citation(sentence.evidence, text)]
        why = words.parenthesis(words.unsupported(sentence.reason, self.words), self.words)
        made = [run("! ", "CiteGridSign"), run(text, "CiteGridDoubted"), run(why, "CiteGridReason")]
        return made + self.citation(sentence.evidence, why)


def _beside(section: Element) -> float:
    """The left and the right margin of a section together, in points."""
    margin = section.find(qn("w:pgMar"))
    return sum(int(margin.get(qn(f"w:{s}"))) / 20 for s in ("left", "right"))


def _shortened(evidence: Evidence) -> Evidence:
    """The same evidence with a very long source name cut in its middle; the evidence list has it in full."""
    name = evidence.source
    if len(name) <= _NAME_LENGTH:
        return evidence
    return replace(evidence, source=f"{name[: _NAME_LENGTH - 14]}…{name[-12:]}")
