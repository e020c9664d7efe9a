"""A Workbench without a pipeline: drawn pages, a made-up table, jobs that are quick and real."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from citegrid.concurrency.jobs import Job, JobQueue, Post, at_once
from citegrid.core.document import Block, BlockKind, Box, Document, Page, Word, boxes_of
from citegrid.core.edits import rows as core_rows
from citegrid.core.edits.ask_again import asked_anew
from citegrid.core.edits.columns import check_names, corrected
from citegrid.core.errors import CiteGridError, InputError, PasswordNeeded, UsageError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.library import Background, Chunk, Hit, IndexedFile
from citegrid.core.messages import Message
from citegrid.core.project import (
    Changed,
    Edit,
    Part,
    Project,
    SetCell,
    SetColumns,
    SetFields,
    Several,
    SourceFile,
    apply,
    set_rows,
)
from citegrid.core.reference import Mention, Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit
from citegrid.core.table import Cell, Column, Row, Status, Table, Template, Verdict
from citegrid.pipeline.export.word import apply_changes
from citegrid.pipeline.export.word.changes import Change, ReadBack
from citegrid.pipeline.export.word.read_changes import read_back
from citegrid.pipeline.relocate import Rebound
from citegrid.pipeline.review import revise
from citegrid.pipeline.table_image.read_template import NO_TABLE
from citegrid.ports import Cancel, Link, Pixels, Progress
from citegrid.store import templates
from citegrid.workbench.export_service import ExportOptions

WIDTH, HEIGHT = 420.0, 594.0
STEP = 6.0  # width of a character
SENTENCES = (
    "Gao et al. (2023) let a model answer with citations and",
    "measure whether each statement is carried by its source.",
    "Rashkin and Das (2021) define what it means that a text",
    "is attributable to identified sources in 12 data sets.",
    "Liu (2023) audits four search engines and finds that 51.5",
    "percent of the sentences are fully supported.",
    "We propose a table whose cells are proved by the page.",
)


def make_page(number: int) -> Page:
    """A page of seven lines, each word with its box."""
    words: list[Word] = []
    text = ""
    for line, sentence in enumerate(SENTENCES):
        x, y = 40.0, 60.0 + 24 * line + number % 5
        for word in sentence.split():
            start = len(text)
            text += word + " "
            width = STEP * len(word)
            edges = tuple(x + STEP * i for i in range(len(word) + 1))
            words.append(
                Word(word, start, start + len(word), Box(number, x, y, x + width, y + 12), line, 0, 10.0, edges=edges)
            )
            x += width + STEP
        text = text[:-1] + "\n"
    block = Block(0, BlockKind.BODY, 0, len(text), Box(number, 40, 60, 380, 240))
    return Page(number, "i" if number == 1 else str(number - 1), WIDTH, HEIGHT, text, tuple(words), (block,))


class DrawnSource:
    """A PageSource whose pages are drawn by Qt on whatever thread asks."""

    def __init__(self, name: str = "paper.pdf", pages: int = 12) -> None:
        self.sha256 = "d" * 64
        self.name = name
        self.page_count = pages
        self.metadata: dict[str, str] = {}
        self.renders = 0
        self.closed = False

    def page(self, number: int) -> Page:
        return make_page(number)

    def render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None = None) -> Pixels:
        self.renders += 1
        left, top, right, bottom = clip or (0.0, 0.0, WIDTH, HEIGHT)
        size = (round((right - left) * scale), round((bottom - top) * scale))
        image = QImage(*size, QImage.Format.Format_RGB888)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.scale(scale, scale)
        painter.translate(-left, -top)
        font = QFont("DejaVu Sans Mono")
        font.setPixelSize(10)
        painter.setFont(font)
        for word in make_page(number).words:
            box = word.box
            painter.drawText(QRectF(box.x0, box.y0, box.x1 - box.x0 + 4, 12), Qt.AlignmentFlag.AlignLeft, word.text)
        painter.drawText(QRectF(0, HEIGHT - 40, WIDTH, 20), Qt.AlignmentFlag.AlignCenter, str(number))
        painter.end()
        data = b"".join(bytes(image.constScanLine(y))[: 3 * image.width()] for y in range(image.height()))
        return Pixels(image.width(), image.height(), data)

    def links(self) -> Sequence[Link]:
        return ()

    def outline(self) -> Sequence[tuple[int, str, int]]:
        return ((1, "1 Introduction", 1), (2, "1.1 Aims", 2), (1, "2 Method", 3))

    def close(self) -> None:
        self.closed = True


def document(source: DrawnSource) -> Document:
    """The read document of a drawn source."""
    pages = tuple(make_page(n) for n in range(1, source.page_count + 1))
    return Document(source.name, source.sha256, pages, "A drawn paper", ("Painter, Pat",), 2024)


def quote(doc: Document, page: int, words: str, match: Match = Match.EXACT) -> Evidence:
    """Evidence for words that stand on a page."""
    text = doc.page(page).text
    start = text.replace("\n", " ").index(words)
    boxes = boxes_of(doc.page(page), start, start + len(words))
    return Evidence(SourceKind.DOCUMENT, doc.name, words, match, page, doc.page(page).label, boxes)


def references(doc: Document) -> tuple[Reference, ...]:
    """Three works, each cited on two pages."""
    made = []
    for i, (author, year, title, cited) in enumerate(
        (
            (
                "Gao, Tianyu|Yen, Howard|Yu, Jiatong",
                2023,
                "Enabling language models to generate text with citations",
                "Gao et al. (2023)",
            ),
            (
                "Rashkin, Hannah|Das, Dipanjan",
                2021,
                "Measuring attribution in natural language generation models",
                "Rashkin and Das (2021)",
            ),
            ("Liu, Nelson", 2023, "Evaluating verifiability in generative search engines", "Liu (2023)"),
        )
    ):
        mentions = tuple(
            Mention(page, cited, quote(doc, page, cited).boxes, (), cited, (), "1 Introduction", narrative=True)
            for page in (2, 5)
        )
        raw = f"{author.replace('|', ', ')} {year}. {title}."
        box = Box(doc.pages[-1].number, 40, 300 + 30 * i, 380, 322 + 30 * i)
        made.append(
            Reference(
                f"r{i + 1}",
                f"[{i + 1}]",
                raw,
                box.page,
                (box,),
                (),
                tuple(author.split("|")),
                title,
                year,
                mentions=mentions,
            )
        )
    return tuple(made)


NAMES = ("文献名称", "作者与年份", "主要方法/理论/算法", "关键实验结论", "创新点/理论贡献", "影响/备注")


def picture() -> Pixels:
    """A drawn table with six header cells."""
    image = QImage(1200, 360, QImage.Format.Format_RGB888)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(22)
    painter.setFont(font)
    for column in range(6):
        for row in range(4):
            painter.drawRect(20 + 193 * column, 20 + 80 * row, 193, 80)
        painter.drawText(QRectF(20 + 193 * column, 20, 193, 80), Qt.AlignmentFlag.AlignCenter, NAMES[column])
    painter.end()
    data = b"".join(bytes(image.constScanLine(y))[: 3 * image.width()] for y in range(image.height()))
    return Pixels(image.width(), image.height(), data)


def columns() -> tuple[Column, ...]:
    """The columns of the drawn table."""
    return tuple(
        Column(name, box=(30 + 193 * i, 40, 200 + 193 * i, 80), confidence=0.7 if i == 4 else 0.98)
        for i, name in enumerate(NAMES)
    )


def answers(doc: Document, refs: Sequence[Reference], work: Work) -> tuple[Cell, ...]:
    """One cell of every status."""
    ref = next((r for r in refs if r.id == work.id), None)
    number = refs.index(ref) if ref in refs else 3
    line = SENTENCES[min(2 * number, 6)]
    second = SENTENCES[min(2 * number + 1, 6)]
    return (
        Cell(NAMES[0], work.title, Status.SUPPORTED, (quote(doc, 2, line),)),
        Cell(NAMES[1], f"{'; '.join(work.authors)}（{work.year}）", Status.SUPPORTED, (quote(doc, 2, line[:12]), quote(doc, 5, line[:12]))),
        Cell(NAMES[2], "提出让模型在回答时给出引用，并逐句衡量引文是否真正支撑论断的方法。", Status.SUPPORTED,
             (quote(doc, 2, line), quote(doc, 3, second), quote(doc, 7, second))),
        Cell(NAMES[3], "在四个检索引擎上，只有51.5%的句子得到完整支撑。", Status.SUPPORTED, (quote(doc, 4, second, Match.FUZZY),)),
        Cell(NAMES[4], "首次统一了归因评估的理论框架。", Status.UNSUPPORTED, (), "文中没有这样的说法"),
        Cell(NAMES[5], "", Status.NOT_STATED, (), "", (2, 5)),
    )  # fmt: skip


def review(doc: Document) -> Review:
    """A review of two paragraphs with one unsupported sentence."""
    return Review(
        (
            Sentence("近年来，大语言模型生成带引用文本的能力成为研究热点。", Status.LINK),
            Sentence("Gao等（2023）让模型在回答时给出引用，并衡量每个论断是否由其来源支撑。", Status.SUPPORTED, (quote(doc, 2, SENTENCES[0]), quote(doc, 5, SENTENCES[1]))),
            Sentence("Rashkin与Das（2021）在12个数据集上给出了可归因性的定义。", Status.SUPPORTED, (quote(doc, 3, SENTENCES[3]),)),
            Sentence("这些工作彻底解决了幻觉问题。", Status.UNSUPPORTED, (), 1, "没有证据支撑这一论断"),
            Sentence("Liu（2023）审计了四个检索引擎，发现51.5%的句子得到完整支撑。", Status.SUPPORTED, (quote(doc, 6, SENTENCES[4]),), 1),
        ),
        1000,
        Unit.CHARACTERS,
    )  # fmt: skip


def background() -> tuple[Background, ...]:
    """Two background documents of several chunks."""
    filler = tuple(
        Chunk(n, f"Chunk {n} says little. It only takes room on the shelf, line after line.", "Filler")
        for n in range(2, 12)
    )
    geese = Chunk(1, "Geese fly in a wedge. The leader breaks the wind for them.", "Flight", 4)
    last = Chunk(12, "Storks, however, glide. They save strength over warm fields.", "Gliding", 9)
    return (
        Background("a" * 64, "geese.pdf", "How geese fly", ("Nils",), 1906, "", (geese, *filler, last)),
        Background("b" * 64, "notes.md", "Notes", chunks=(Chunk(1, "Nothing about birds here."),)),
    )


class DoubleBench:
    """Speaks the Workbench's language; ``pause`` is how long a cell takes."""

    def __init__(self, post: Post = at_once, *, pause: float = 0.0, pages: int = 12) -> None:
        self._post = post
        self._reading, self._asking = JobQueue("reading", post), JobQueue("asking", post)
        self._watchers: list[Callable[[Changed], None]] = []
        self._job_watchers: list[Callable[[Job[object]], None]] = []
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self.pause, self.pages = pause, pages
        self.printed: tuple[int, str] | None = None
        self.password = ""
        self.saves = 0
        self.rebound: Rebound | None = None
        self.asked_again: list[tuple[str, str]] = []
        self.project = Project(query="请整理文献，输出1000字左右的综述。")
        self.folder: Path | None = None
        self.document: Document | None = None
        self.source: DrawnSource | None = None
        self.references: tuple[Reference, ...] = ()
        self.reading_warnings: tuple[str, ...] = ()
        self.picture: Pixels | None = None
        self.exports: list[Path] = []
        self.options: ExportOptions | None = None
        self.opened: list[Path] = []
        self.turned = 0.0

    def watch(self, listener: Callable[[Changed], None]) -> None:
        self._watchers.append(listener)

    def watch_jobs(self, listener: Callable[[Job[object]], None]) -> None:
        self._job_watchers.append(listener)

    def _changed(self, changed: Changed) -> None:
        for listener in self._watchers:
            listener(changed)

    def _hear(self, job: Job[object]) -> None:
        for listener in self._job_watchers:
            listener(job)

    can_undo = property(lambda self: bool(self._undo))
    can_redo = property(lambda self: bool(self._redo))

    def apply(self, edit: Edit, *, undoable: bool = True) -> None:
        self.project, changed, inverse = apply(self.project, edit)
        if undoable:
            self._undo.append(inverse)
            self._redo.clear()
        self._changed(changed)

    def undo(self) -> None:
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        self._step(self._redo, self._undo)

    def _step(self, take: list[Edit], give: list[Edit]) -> None:
        if take:
            self.project, changed, inverse = apply(self.project, take.pop())
            give.append(inverse)
            self._changed(changed)

    def set_printed_label(self, page: int, printed: str) -> None:
        self.printed = (page, printed)

    def set_limits(self, max_rows: int, target: int) -> None:
        self.apply(SetFields((("max_rows", max_rows), ("target", target)), frozenset({Part.QUERY})))

    def set_query(self, query: str, language: str = "") -> None:
        self.apply(SetFields((("query", query),), frozenset({Part.QUERY})))

    def set_columns(self, columns: Sequence[Column], renamed: Sequence[tuple[str, str]] = ()) -> None:
        check_names(columns)
        edits: list[Edit] = [SetColumns(tuple(columns), tuple(renamed))]
        if self.project.template is not None:
            template = corrected(self.project.template, tuple(columns), renamed)
            edits.append(SetFields((("template", template),), frozenset({Part.COLUMNS})))
        self.apply(Several(tuple(edits)))

    def use_template(self, name: str) -> None:
        self.set_columns(templates.load(name))

    def save_template(self, name: str) -> Path:
        return templates.save(name, self.project.table.columns)

    def cell(self, work_id: str, column: str) -> Cell:
        for row in self.project.table.rows:
            for cell in row.cells:
                if (row.work.id, cell.column) == (work_id, column):
                    return cell
        raise KeyError((work_id, column))

    def edit_cell(self, work_id: str, column: str, text: str) -> None:
        cell = replace(self.cell(work_id, column), text=text.strip(), verdict=Verdict.EDITED)
        self.apply(SetCell(work_id, cell, by_person=True))

    def judge_cell(self, work_id: str, column: str, verdict: Verdict) -> None:
        self.apply(SetCell(work_id, replace(self.cell(work_id, column), verdict=verdict), by_person=True))

    def drop_row(self, work_id: str) -> None:
        self.apply(core_rows.drop(self.project, (work_id,)))

    def pin_rows(self, work_ids: Sequence[str], on: bool = True) -> None:
        self.apply(core_rows.pin(self.project, work_ids, on))

    def move_row(self, work_id: str, to: int) -> None:
        self.apply(core_rows.move(self.project, work_id, to))

    def add_row(self, reference_id: str) -> None:
        ref = next(r for r in self.references if r.id == reference_id)
        row = Row(_work(ref), tuple(Cell(c.name) for c in self.project.table.columns))
        self.apply(core_rows.add(self.project, row))

    def new_project(
        self, folder: Path | None = None, query: str = "", language: str = "zh", *, keep_columns: bool = False
    ) -> None:
        old = self.project
        self.close_project()
        self.project = Project(query=query or "请整理文献，输出1000字左右的综述。", language=language)
        if keep_columns:
            table = Table(old.table.columns)
            self.project = replace(self.project, picture=old.picture, template=old.template, table=table)
        self.folder = folder
        self._changed(Changed(frozenset(Part)))

    saving = False
    unsaved: CiteGridError | None = None

    def save(self) -> None:
        self.saves += 1

    def finish_saving(self) -> None:
        if self.unsaved is not None:
            raise self.unsaved

    def close_project(self) -> None:
        self._reading.cancel_all()
        self._asking.cancel_all()
        self.folder = self.document = self.source = self.picture = None
        self.references = ()
        self._undo.clear()
        self._redo.clear()

    def close(self) -> None:
        self.close_project()
        self._reading.close()
        self._asking.close()

    def open_paper(self, path: Path, password: str = "") -> Job[None]:
        def shown(source: DrawnSource) -> None:
            self.source, self.document, self.references = source, None, ()
            file = SourceFile(str(path), path.name, source.sha256)
            self.apply(SetFields((("paper", file),), frozenset({Part.PAPER})), undoable=False)

        def read(doc: Document) -> None:
            self.document, self.references = doc, references(doc)
            self._changed(Changed(frozenset({Part.PAPER})))

        def work(progress: Progress, cancel: Cancel) -> None:
            if "broken" in path.name:
                raise InputError(f"{path.name} is not a PDF.", "Open another file.")
            if "locked" in path.name and password != self.password:
                raise PasswordNeeded(f"{path.name} is encrypted.", "Give its password.")
            source = DrawnSource(path.name, self.pages)
            self._post(lambda: shown(source))
            doc = document(source)
            self._post(lambda: read(doc))

        return self._reading.start(f"Reading {path.name}", work, self._hear)

    @property
    def shown_paper(self) -> str:
        return self.source.name if self.source is not None else ""

    def show_paper(self, name: str) -> None:
        """The double holds one paper; several are shown by the real Workbench in test_paper_work."""

    def open_picture(self, path: Path) -> Job[None]:
        def found(pixels: Pixels) -> None:
            self.picture = pixels
            file = SourceFile(str(path), path.name, "e" * 64)
            blank = "blank" in path.name
            rows = (("A work", "Gao 2023", "", "51.5%", "", ""), ("Another", "Liu 2021", "", "12%", "", ""))
            template = Template((), warnings=(NO_TABLE,)) if blank else Template(columns(), rows, self.turned)
            values = (("picture", file), ("template", template))
            edits: list[Edit] = [SetFields(values, frozenset({Part.PICTURE}))]
            if template.columns:
                edits.append(SetColumns(template.columns))
            self.apply(Several(tuple(edits)))

        def work(progress: Progress, cancel: Cancel) -> None:
            self.opened.append(path)
            pixels = picture()
            self._post(lambda: found(pixels))

        return self._reading.start(f"Reading {path.name}", work, self._hear)

    def fill(
        self,
        model: Path | None = None,
        *,
        again: bool = False,
        anew: bool = False,
        only: Sequence[tuple[str, str]] = (),
    ) -> Job[None]:
        if self.document is None:
            raise UsageError("No paper has been read yet.", "Open a PDF first.")
        self.asked_again = list(only)
        doc, refs, table = self.document, self.references, asked_anew(self.project, only).table
        works = [row.work for row in table.rows]
        if anew or not works:
            ranked = [Work(WorkKind.PAPER, "paper", doc.title, doc.authors, doc.year), *map(_work, refs)]
            works = core_rows.chosen_anew(table.rows, ranked, self.project.dropped, self.project.max_rows or 10)
        pinned = {row.work.id for row in table.rows if row.pinned}
        kept = {(r.work.id, c.column): c for r in table.rows for c in r.cells}
        rows = tuple(
            Row(w, tuple(kept.get((w.id, c.name), Cell(c.name)) for c in table.columns), w.id in pinned) for w in works
        )

        def work(progress: Progress, cancel: Cancel) -> None:
            self._post(lambda: self.apply(set_rows(rows, self.project.table)))
            total, done = sum(len(r.cells) for r in rows), 0
            for row in rows:
                for cell in answers(doc, refs, row.work):
                    cancel.check()
                    done += 1
                    old = kept.get((row.work.id, cell.column))
                    if old is not None and old.status is not Status.WAITING and not again:
                        continue
                    time.sleep(self.pause)
                    progress.report("Filling the table", done, total, row.work.title)
                    self._post(lambda row=row, cell=cell: self._take(row.work.id, cell))
            if only:
                return
            progress.report("Writing the review", 0, 0)
            self._post(lambda: self.apply(SetFields((("review", review(doc)),), frozenset({Part.REVIEW}))))

        return self._asking.start("Filling the table", work, self._hear)

    def _take(self, work_id: str, cell: Cell) -> None:
        with contextlib.suppress(KeyError):  # its column was removed or renamed
            self.apply(SetCell(work_id, cell), undoable=False)

    def export(self, path: Path, options: ExportOptions | None = None) -> Job[Path]:
        def work(progress: Progress, cancel: Cancel) -> Path:
            path.write_bytes(b"report")
            self.exports.append(path)
            self.options = options
            return path

        return self._reading.start(f"Exporting {path.name}", work, self._hear)

    library_roots: tuple[Path, ...] = ()
    shelf: tuple[Background, ...] = ()

    def add_library(self, roots: Sequence[Path]) -> Job[None]:
        def work(progress: Progress, cancel: Cancel) -> None:
            self._post(lambda: self._changed(Changed(frozenset({Part.LIBRARY}))))

        self.library_roots = (*self.library_roots, *roots)
        self.shelf = background()
        return self._reading.start("Reading the library", work, self._hear)

    def remove_library(self, root: Path) -> None:
        self.library_roots = tuple(r for r in self.library_roots if r != root)
        self._changed(Changed(frozenset({Part.LIBRARY})))

    def update_library(self) -> Job[None]:
        return self.add_library([])

    def library_files(self) -> list[IndexedFile]:
        known = [IndexedFile(d.name, 1, 1, d.sha256, "", d.title, len(d.chunks)) for d in self.shelf]
        return (
            [*known, IndexedFile("broken.docx", 1, 1, "", Message("{name} is broken.", name="broken.docx"))]
            if self.library_roots
            else []
        )

    def search_library(self, question: str) -> list[Hit]:
        return [Hit(d.sha256, d.title, c, 1.0) for d in self.shelf for c in d.chunks if question in c.text]

    def library_document(self, sha256: str) -> Background | None:
        return next((d for d in self.shelf if d.sha256 == sha256), None)

    def library_place(self, evidence: Evidence) -> tuple[Background, Chunk] | None:
        places = [(d, c) for d in self.shelf for c in d.chunks if evidence.quote in c.text]
        return places[0] if places else None

    def read_back(self, path: Path, model: Path | None = None) -> Job[ReadBack]:
        def work(progress: Progress, cancel: Cancel) -> ReadBack:
            back = read_back(path.read_bytes(), path.name, self.project)
            return replace(back, changes=tuple(apply_changes.judged(self.project, None, c, None) for c in back.changes))

        return self._asking.start(f"Reading {path.name}", work, self._hear)

    def edit_review(self, review: Review) -> None:
        before = self.project.review
        said = [revise.judged(self.project, s, None) if revise.is_new(s, before) else s for s in review.sentences]
        self.apply(SetFields((("review", replace(review, sentences=tuple(said))),), frozenset({Part.REVIEW})))

    def rewrite_paragraph(self, number: int, model: Path | None = None) -> Job[None]:
        old = self.project.review
        assert old is not None
        said = [replace(s, text="再写：" + s.text) for s in old.sentences if s.paragraph == number]

        def work(progress: Progress, cancel: Cancel) -> None:
            new = revise.with_paragraph(old, number, said)
            self._post(lambda: self.apply(SetFields((("review", new),), frozenset({Part.REVIEW}))))

        return self._asking.start("Rewriting the paragraph", work, self._hear)

    def take_back(self, changes: Sequence[Change]) -> None:
        self.apply(apply_changes.taken(self.project, changes))

    def reopen_sources(self) -> list[Job[None]]:
        return []


def _work(ref: Reference) -> Work:
    return Work(WorkKind.REFERENCE, ref.id, ref.title, ref.authors, ref.year, reasons=("cited twice",))
