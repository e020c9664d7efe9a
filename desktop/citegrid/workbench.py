"""The use-cases, for the window and the terminal alike: open, fill, edit, verify, export.

The Workbench is the sole owner of the Project.  Call it on one thread (the
owner's); long work runs as jobs, and what jobs find comes back through
``post`` and ``apply``.  Views watch ``Changed`` and read the Project anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from citegrid import exporting
from citegrid.core.columns import check_names, corrected, keep_wishes
from citegrid.core.document import Document
from citegrid.core.errors import InputError, UsageError
from citegrid.core.evidence import Evidence
from citegrid.core.library import Background, Chunk, Hit, Shelved
from citegrid.core.page_labels import offset_for, relabelled, with_offset
from citegrid.core.project import (
    DEFAULT_QUERY,
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
    fit_rows,
    set_rows,
)
from citegrid.core.reference import Reference
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Table, Template, Verdict
from citegrid.jobs import Job, JobQueue, Post, at_once
from citegrid.librarian import Librarian, NowAndThen
from citegrid.pipeline import rewriting, taking, walk
from citegrid.pipeline.columns import read_columns
from citegrid.pipeline.export import word_read
from citegrid.pipeline.first_hand import Library
from citegrid.pipeline.reading_json import warnings_of
from citegrid.pipeline.request import read_request
from citegrid.pipeline.stock import Stocked
from citegrid.pipeline.walk_step import Paper
from citegrid.ports import Annotate, Cancel, LanguageModel, OcrEngine, OpenDocument, PageSource, Pixels, Progress
from citegrid.store import models, project_folder, templates
from citegrid.store.checksums import checksum
from citegrid.store.files import sha256_of

UNDO_DEPTH = 200


class PageOcr(OcrEngine, Protocol):
    """The OCR of whole pages; ``close`` ends its processes (a later read starts them again)."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The real parts, or their doubles; ``wiring`` makes them."""

    open_document: OpenDocument
    ocr: OcrEngine
    load_picture: Callable[[Path], Pixels]
    load_model: Callable[[Path, str], LanguageModel]
    crop: Callable[[PageSource, Evidence], bytes | None]
    annotate: Annotate
    page_ocr: PageOcr | None = None


class Workbench:
    """One open project and everything that can be done with it."""

    def __init__(self, engines: Engines, post: Post = at_once) -> None:
        self._engines = engines
        self._post = post
        self._reading = JobQueue("reading", post)
        self._asking = JobQueue("asking", post)
        self._stocking = JobQueue("library", post)
        self._librarian = Librarian(engines.open_document, engines.ocr)
        self._watchers: list[Callable[[Changed], None]] = []
        self._job_watchers: list[Callable[[Job[object]], None]] = []
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._generation = 0
        self._model: tuple[Path, LanguageModel] | None = None
        self._paper_file: tuple[Path, str] | None = None
        self.project = Project(query=DEFAULT_QUERY["zh"])
        self.folder: Path | None = None
        self._read: Paper | None = None
        self._moved: tuple[Paper, int, Paper] | None = None
        self.source: PageSource | None = None
        self.picture: Pixels | None = None

    # -- facts ---------------------------------------------------------------------------------------------------------

    def watch(self, listener: Callable[[Changed], None]) -> None:
        """Tell ``listener`` what changed, after each change of the project."""
        self._watchers.append(listener)

    def watch_jobs(self, listener: Callable[[Job[object]], None]) -> None:
        """Tell ``listener`` of each job's start, progress and end."""
        self._job_watchers.append(listener)

    def _changed(self, changed: Changed) -> None:
        for listener in self._watchers:
            listener(changed)

    def _hear(self, job: Job[object]) -> None:
        for listener in self._job_watchers:
            listener(job)

    # -- edits ---------------------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether ``undo`` would change anything."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether ``redo`` would change anything."""
        return bool(self._redo)

    def apply(self, edit: Edit, *, undoable: bool = True) -> None:
        """Change the project, remember how to undo it, save it, tell the watchers."""
        self.project, changed, inverse = apply(self.project, edit)
        if undoable:
            self._undo.append(inverse)
            del self._undo[:-UNDO_DEPTH]
            self._redo.clear()
        self.save()
        self._changed(changed)

    def undo(self) -> None:
        """Take back the last change; nothing when there is none."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Do again what was undone last; nothing when there is none."""
        self._step(self._redo, self._undo)

    def _step(self, take: list[Edit], give: list[Edit]) -> None:
        if not take:
            return
        before = self.project.picture
        self.project, changed, inverse = apply(self.project, take.pop())
        give.append(inverse)
        self.save()
        picture = self.project.picture
        if picture != before:
            self.picture = None
            if picture is not None:
                self._load_picture(Path(picture.path))
        self._changed(changed)

    def set_query(self, query: str, language: str = "") -> None:
        """Set what the person asks for; the language is read from the query unless it is given."""
        language = language or read_request(query).language
        self.apply(SetFields((("query", query), ("language", language)), frozenset({Part.QUERY})))

    def set_limits(self, max_rows: int, target: int) -> None:
        """Set the number of rows and the review's length; 0 means: as the query says, or the default."""
        self.apply(SetFields((("max_rows", max_rows), ("target", target)), frozenset({Part.QUERY})))

    def set_columns(self, columns: Sequence[Column], renamed: Sequence[tuple[str, str]] = ()) -> None:
        """Replace the columns; ``renamed`` pairs old and new names whose cells are to be kept."""
        made = tuple(replace(c, name=c.name.strip()) for c in columns)
        check_names(made)
        edits: list[Edit] = [SetColumns(made, tuple(renamed))]
        if self.project.template is not None:  # what the picture gave, as the person corrected it
            template = corrected(self.project.template, made, renamed)
            edits.append(SetFields((("template", template),), frozenset({Part.COLUMNS})))
        self.apply(Several(tuple(edits)))

    def use_template(self, name: str) -> None:
        """Take the columns of a saved template; raises InputError when it cannot be used."""
        self.set_columns(templates.load(name))

    def save_template(self, name: str) -> Path:
        """Keep the table's columns as a template; the file it lies in."""
        return templates.save(name, self.project.table.columns)

    def edit_cell(self, work_id: str, column: str, text: str) -> None:
        """Take a person's text for a cell; its evidence is looked for again by the verifier."""
        old = self.cell(work_id, column)
        if text.strip() == old.text:
            return
        new = replace(old, text=text.strip(), verdict=Verdict.EDITED, draft=old.draft or old.text)
        paper, work, language = self._paper(), self._row(work_id).work, self.project.language
        self.apply(
            SetCell(work_id, walk.check_edit(paper, work, new, None, language, library=self._library()), by_person=True)
        )
        if new.text and self._model is not None:
            self._check_again(work_id, new)

    def _check_again(self, work_id: str, edited: Cell) -> None:
        """Let the model weigh a person's text; the answer counts only while the text is still the same."""
        paper, work, language = self._paper(), self._row(work_id).work, self.project.language
        generation = self._generation

        def judged(cell: Cell) -> None:
            if generation != self._generation:
                return
            try:
                now = self.cell(work_id, cell.column)
            except KeyError:
                return
            if now.text == cell.text:
                self.apply(SetCell(work_id, replace(cell, verdict=now.verdict), by_person=True), undoable=False)

        def check(progress: Progress, cancel: Cancel) -> None:
            model = self._model[1] if self._model is not None else None
            cell = walk.check_edit(paper, work, edited, model, language, library=self._library(), cancel=cancel)
            self._post(lambda: judged(cell))

        self._asking.start("Checking your text", check, self._hear)

    def judge_cell(self, work_id: str, column: str, verdict: Verdict) -> None:
        """Accept or reject a cell, or open it again."""
        self.apply(SetCell(work_id, replace(self.cell(work_id, column), verdict=verdict), by_person=True))

    def drop_row(self, work_id: str) -> None:
        """Remove a row."""
        rows = tuple(r for r in self.project.table.rows if r.work.id != work_id)
        self.apply(set_rows(rows, self.project.table))

    def move_row(self, work_id: str, to: int) -> None:
        """Move a row to position ``to``."""
        rows = list(self.project.table.rows)
        at = next(i for i, r in enumerate(rows) if r.work.id == work_id)
        rows.insert(to, rows.pop(at))
        self.apply(set_rows(tuple(rows), self.project.table))

    def add_row(self, reference_id: str) -> None:
        """Add a row of waiting cells for a reference of the paper; nothing when it has one."""
        if any(r.work.id == reference_id for r in self.project.table.rows):
            return
        reference = next(r for r in self.references if r.id == reference_id)
        work = walk.work_of(reference, self.project.language)
        row = walk.waiting_row(self._paper(), work, self.project.table.columns, self.project.language)
        self.apply(set_rows((*self.project.table.rows, row), self.project.table))

    def cell(self, work_id: str, column: str) -> Cell:
        """The cell of a work and a column; raises KeyError."""
        for cell in self._row(work_id).cells:
            if cell.column == column:
                return cell
        raise KeyError((work_id, column))

    def _row(self, work_id: str) -> Row:
        for row in self.project.table.rows:
            if row.work.id == work_id:
                return row
        raise KeyError(work_id)

    # -- project life --------------------------------------------------------------------------------------------------

    def new_project(
        self, folder: Path | None = None, query: str = "", language: str = "zh", *, keep_columns: bool = False
    ) -> None:
        """Begin an empty project, or one with the picture and the columns of now; it is saved in ``folder`` after each
        change, when one is given."""
        old = self.project
        self.close_project()
        self.project = Project(query=query or DEFAULT_QUERY[language], language=language)
        if keep_columns:
            table = Table(old.table.columns)
            self.project = replace(self.project, picture=old.picture, template=old.template, table=table)
            if old.picture is not None:
                self._load_picture(Path(old.picture.path))
        if folder is not None:
            self.folder = project_folder.create(folder)
            self.save()
        self._changed(Changed(frozenset(Part)))

    def open_project(self, folder: Path) -> None:
        """Open a project as it was left; its paper and picture are then opened as jobs (see ``reopen_sources``)."""
        project = project_folder.load(folder)
        self.close_project()
        self.folder = project_folder.create(folder)
        self.project = project
        self._changed(Changed(frozenset(Part)))

    def reopen_sources(self) -> list[Job[None]]:
        """Read the project's paper and picture again, in the background."""
        jobs: list[Job[None]] = []
        if self.project.paper is not None:
            jobs.append(self.open_paper(Path(self.project.paper.path)))
        if self.project.picture is not None:
            jobs.append(self._load_picture(Path(self.project.picture.path)))
        if self.project.library:
            self.update_library()
        return jobs

    def save(self) -> None:
        """Write the project to its folder, atomically; nothing without a folder."""
        if self.folder is not None:
            project_folder.save(self.folder, self.project)

    def close_project(self) -> None:
        """Stop its jobs and let go of its files."""
        self._generation += 1
        self._reading.cancel_all()
        self._asking.cancel_all()
        self._stocking.cancel_all()
        if self.source is not None:
            self.source.close()
        self.folder = self.source = self.picture = self._read = self._paper_file = None
        self._undo.clear()
        self._redo.clear()

    def close(self) -> None:
        """Stop everything and wait for the threads to end."""
        self.close_project()
        self._reading.close()
        self._asking.close()
        self._stocking.close()
        self._librarian.close()
        if self._engines.page_ocr is not None:
            self._engines.page_ocr.close()
        if self._model is not None:
            self._model[1].close()
            self._model = None

    # -- sources -------------------------------------------------------------------------------------------------------

    def open_paper(self, path: Path, password: str = "") -> Job[None]:
        """Open and read a paper; views hear Part.PAPER when its pages can be shown and again when it is read."""
        generation = self._generation

        def shown(source: PageSource) -> None:
            if generation != self._generation:
                source.close()
                return
            if self.source is not None:
                self.source.close()
            self.source, self._read = source, None
            self._paper_file = (path, password)
            file = SourceFile(str(path.resolve()), path.name, source.sha256)
            if self.project.paper != file:
                values = (("paper", file), ("label_offset", 0))
                self.apply(SetFields(values, frozenset({Part.PAPER})), undoable=False)
            else:
                self._changed(Changed(frozenset({Part.PAPER})))

        def read(paper: Paper) -> None:
            if generation == self._generation:
                self._read = paper
                self._changed(Changed(frozenset({Part.PAPER})))

        def work(progress: Progress, cancel: Cancel) -> None:
            source = walk.open_source(path, self._engines.open_document, password)
            self._post(lambda: shown(source))
            paper = walk.read_paper(
                source, self._engines.page_ocr or self._engines.ocr, progress=progress, cancel=cancel
            )
            self._post(lambda: read(paper))

        return self._reading.start(f"Reading {path.name}", work, self._hear)  # type: ignore[arg-type]

    def open_picture(self, path: Path) -> Job[None]:
        """Open a picture and read its columns; the table takes them."""
        return self._load_picture(path, read=True)

    def _load_picture(self, path: Path, read: bool = False) -> Job[None]:
        generation = self._generation

        def found(pixels: Pixels, file: SourceFile, template: Template | None) -> None:
            if generation != self._generation:
                return
            if template is None:
                if self.project.picture is not None and Path(self.project.picture.path) == path:
                    self.picture = pixels
                    self._changed(Changed(frozenset({Part.PICTURE})))
                return
            self.picture = pixels
            columns = keep_wishes(template.columns, self.project.table.columns)
            values = (("picture", file), ("template", replace(template, columns=columns)))
            edits: list[Edit] = [SetFields(values, frozenset({Part.PICTURE}))]
            if columns:
                edits.append(SetColumns(columns))
            self.apply(Several(tuple(edits)))

        def work(progress: Progress, cancel: Cancel) -> None:
            pixels = self._engines.load_picture(path)
            template = read_columns(pixels, self._engines.ocr, progress=progress, cancel=cancel) if read else None
            file = SourceFile(str(path.resolve()), path.name, sha256_of(path))
            self._post(lambda: found(pixels, file, template))

        return self._reading.start(f"Reading {path.name}", work, self._hear)  # type: ignore[arg-type]

    # -- the library ---------------------------------------------------------------------------------------------------

    @property
    def library_roots(self) -> tuple[Path, ...]:
        """The folders and files of background documents that belong to the project."""
        return tuple(Path(file.path) for file in self.project.library)

    def add_library(self, roots: Sequence[Path]) -> Job[Stocked]:
        """Take folders and files of background documents in, and read them in the background."""
        new = [r.resolve() for r in roots if r.resolve() not in self.library_roots]
        sources = (*self.project.library, *(SourceFile(str(r), r.name, "") for r in new))
        self.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))
        return self.update_library()

    def remove_library(self, root: Path) -> None:
        """Leave a folder or file of background documents out; what was read of it stays known."""
        sources = tuple(f for f in self.project.library if Path(f.path) != root)
        self.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))

    def update_library(self) -> Job[Stocked]:
        """Read what came, changed or moved since; a stop keeps what was read."""
        generation, roots = self._generation, self.library_roots

        def shown() -> None:
            if generation == self._generation:
                self._changed(Changed(frozenset({Part.LIBRARY})))

        def stocked() -> None:
            if generation == self._generation:
                known = tuple(self._librarian.source_of(Path(file.path)) for file in self.project.library)
                if known != self.project.library:
                    self.apply(SetFields((("library", known),), frozenset({Part.LIBRARY})), undoable=False)
                else:
                    self._changed(Changed(frozenset({Part.LIBRARY})))

        def work(progress: Progress, cancel: Cancel) -> Stocked:
            try:
                return self._librarian.update(roots, NowAndThen(progress, lambda: self._post(shown)), cancel)
            finally:
                self._post(stocked)

        return self._stocking.start("Reading the library", work, self._hear)  # type: ignore[arg-type]

    def library_files(self) -> list[Shelved]:
        """The project's background files as last seen."""
        return self._librarian.files(self.library_roots)

    def search_library(self, question: str) -> list[Hit]:
        """Chunks that answer ``question``, by words and the glossary; quick enough for every key stroke."""
        return self._librarian.search(question, self.library_roots)

    def library_document(self, sha256: str) -> Background | None:
        """A background document with its chunks; None when it is gone."""
        return self._librarian.document(sha256)

    def library_place(self, evidence: Evidence) -> tuple[Background, Chunk] | None:
        """Where a citation of the library stands now; None when it no longer holds."""
        return self._librarian.place_of(evidence, self.library_roots)

    def _library(self) -> Library | None:
        return self._librarian.for_walk(self.library_roots, None) if self.library_roots else None

    # -- the table and the review --------------------------------------------------------------------------------------

    def fill(self, model: Path | None = None, *, again: bool = False) -> Job[None]:
        """Fill the waiting cells (all of them with ``again``) and write the review; cells arrive one by one.

        Raises UsageError when there is no paper or there are no columns yet.
        """
        paper, project, generation = self._paper(), self.project, self._generation
        if not project.table.columns:
            raise UsageError("The table has no columns yet.", "Open a picture of the table, or type the column names.")

        asked = {c.name: c.question for c in project.table.columns}

        def mine(call: Callable[[], None]) -> None:
            self._post(lambda: call() if generation == self._generation else None)

        hear = walk.Hear(
            rows=lambda rows: mine(lambda: self._take_rows(rows)),
            cell=lambda work_id, cell: mine(lambda: self._take_cell(work_id, cell, asked[cell.column])),
            review=lambda review: mine(lambda: self._take_review(review)),
        )

        def work(progress: Progress, cancel: Cancel) -> None:
            progress.report("Loading the model", 0, 0)
            engine = self._load_model(model)
            library = self._librarian.for_walk(self.library_roots, engine, cancel)
            outcome = walk.walk(
                paper, project, engine, hear, again=again, library=library, progress=progress, cancel=cancel
            )
            mine(lambda: self._take_run(outcome))

        return self._asking.start("Filling the table", work, self._hear)  # type: ignore[arg-type]

    def _load_model(self, path: Path | None) -> LanguageModel:
        path = models.resolve(str(path) if path else None)
        if self._model is None or self._model[0] != path:
            if self._model is not None:
                self._model[1].close()
            self._model = (path, self._engines.load_model(path, checksum(path)))
        return self._model[1]

    def _take_rows(self, rows: tuple[Row, ...]) -> None:
        """The rows of a fill; columns may have changed since it began."""
        self.apply(set_rows(fit_rows(rows, self.project.table.columns), self.project.table))

    def _take_cell(self, work_id: str, cell: Cell, question: object) -> None:
        if all((c.name, c.question) != (cell.column, question) for c in self.project.table.columns):
            return  # its column asks something else by now
        try:
            self.apply(SetCell(work_id, cell), undoable=False)
        except KeyError:
            return  # its row was removed while it was asked

    def _take_review(self, review: Review) -> None:
        self.apply(SetFields((("review", review),), frozenset({Part.REVIEW})))

    def _take_run(self, outcome: walk.Outcome) -> None:
        checks = walk.checks_of(self.project, self._paper())
        values = (("run", outcome.run), ("checks", checks))
        self.apply(SetFields(values, frozenset({Part.RUN})), undoable=False)

    def edit_review(self, review: Review) -> None:
        """Take the review as a person wrote it; what is new in it is judged, by the model where one is loaded."""
        project, before, generation = self.project, self.project.review, self._generation
        fresh = [s for s in review.sentences if rewriting.is_new(s, before)]
        if review == before:
            return
        known = {id(s): rewriting.judged(project, s, None) for s in fresh}
        review = replace(review, sentences=tuple(known.get(id(s), s) for s in review.sentences))
        self.apply(SetFields((("review", review),), frozenset({Part.REVIEW})))
        weighed = [s for s in known.values() if s.evidence]
        if self._model is None or not weighed:
            return

        def judged(pairs: list[tuple[Sentence, Sentence]]) -> None:
            now = self.project.review
            if generation != self._generation or now is None:
                return
            by_text = {(old.text, old.evidence): new for old, new in pairs}
            said = tuple(
                replace(new, paragraph=s.paragraph) if (new := by_text.get((s.text, s.evidence))) else s
                for s in now.sentences
            )
            values = (("review", replace(now, sentences=said)),)
            self.apply(SetFields(values, frozenset({Part.REVIEW})), undoable=False)

        def check(progress: Progress, cancel: Cancel) -> None:
            model = self._model[1] if self._model is not None else None
            pairs = [(s, rewriting.judged(project, s, model, cancel)) for s in weighed]
            self._post(lambda: judged(pairs))

        self._asking.start("Checking your text", check, self._hear)

    def rewrite_paragraph(self, number: int, model: Path | None = None) -> Job[None]:
        """Let the model say a paragraph of the review anew, from the same evidence; dropped when the
        paragraph has been changed meanwhile."""
        paper, project, generation = self._paper(), self.project, self._generation
        library = self._library()
        words = rewriting.words_of(project.review, number)

        def take(sentences: tuple[Sentence, ...]) -> None:
            now = self.project.review
            if generation != self._generation or now is None or rewriting.words_of(now, number) != words:
                return
            review = rewriting.with_paragraph(now, number, sentences)
            self.apply(SetFields((("review", review),), frozenset({Part.REVIEW})))

        def work(progress: Progress, cancel: Cancel) -> None:
            progress.report("Loading the model", 0, 0)
            engine = self._load_model(model)
            sentences = rewriting.rewritten(
                project, paper, number, engine, library=library, progress=progress, cancel=cancel
            )
            self._post(lambda: take(sentences))

        return self._asking.start("Rewriting the paragraph", work, self._hear)  # type: ignore[arg-type]

    def note_seconds(self, step: str, seconds: float) -> None:
        """Add the time of a step to the run's account."""
        run = self.project.run
        run = replace(run, seconds=(*(s for s in run.seconds if s[0] != step), (step, round(seconds, 2))))
        self.apply(SetFields((("run", run),), frozenset({Part.RUN})), undoable=False)

    # -- out -----------------------------------------------------------------------------------------------------------

    def export(self, path: Path, options: exporting.ExportOptions | None = None) -> Job[Path]:
        """Write the project in the format of the path's suffix; the job fails with WouldReplace where a file lies
        that is not ours to replace and ``options.replace`` is not set."""
        project = self.project
        file, password = self._paper_file or (None, "")
        sources = exporting.Sources(file, password, self.source, self.references)
        helpers = exporting.Helpers(self._engines.crop, self._engines.annotate)

        def work(progress: Progress, cancel: Cancel) -> Path:
            chosen = options or exporting.ExportOptions()
            return exporting.write(path, project, sources, helpers, chosen, progress, cancel)

        return self._reading.start(f"Exporting {path.name}", work, self._hear)  # type: ignore[arg-type]

    # -- back ----------------------------------------------------------------------------------------------------------

    def read_back(self, path: Path, model: Path | None = None) -> Job[word_read.ReadBack]:
        """What others changed in a Word report of this project; each change is judged by the verifier before it is
        shown (with ``model``, or the one that is loaded; else by its words alone)."""
        project, paper, library = self.project, self._read, self._library()

        def work(progress: Progress, cancel: Cancel) -> word_read.ReadBack:
            progress.report("Reading back", 0, 0, path.name)
            try:
                data = path.read_bytes()
            except OSError as fault:
                raise InputError(f"{path.name} cannot be opened ({fault.strerror}).", "Check its place.") from fault
            back = word_read.read_back(data, path.name, project)
            engine = self._load_model(model) if model and back.changes else self._model and self._model[1]
            judged = []
            for i, change in enumerate(back.changes):
                progress.report("Checking what was changed", i, len(back.changes), path.name)
                judged.append(taking.judged(project, paper, change, engine, cancel, library))
            return replace(back, changes=tuple(judged))

        return self._asking.start(f"Reading {path.name}", work, self._hear)  # type: ignore[arg-type]

    def take_back(self, changes: Sequence[word_read.Change]) -> None:
        """Take changes that ``read_back`` found into the project, in one step that can be undone."""
        self.apply(taking.taken(self.project, changes))

    def _paper(self) -> Paper:
        paper = self._shown()
        if paper is None:
            raise UsageError("No paper has been read yet.", "Open a PDF first.")
        return paper

    def _shown(self) -> Paper | None:
        """The paper as read, its labels moved as the person wishes; None until it has been read."""
        if self._read is None or not self.project.label_offset:
            return self._read
        offset = self.project.label_offset
        if self._moved is None or self._moved[:2] != (self._read, offset):
            paper = replace(self._read, document=with_offset(self._read.document, offset))
            self._moved = (self._read, offset, paper)
        return self._moved[2]

    def set_printed_label(self, page: int, printed: str) -> None:
        """Say what number is printed on ``page``: the labels of all pages move along, and those of every citation.

        Raises UsageError when ``printed`` is no number of the kind that the page has (arabic or roman).
        """
        read = self._paper() and self._read
        assert read is not None
        label = read.document.page(page).label
        offset = offset_for(printed.strip(), label)
        if offset is None:
            raise UsageError(f"“{printed}” is no page number like “{label}”.", "Type the number as the page prints it.")
        document = with_offset(read.document, offset)
        table, review = relabelled(self.project.table, self.project.review, document)
        values = (("label_offset", offset), ("table", table), ("review", review))
        self.apply(SetFields(values, frozenset({Part.PAPER, Part.ROWS, Part.REVIEW})))

    @property
    def document(self) -> Document | None:
        """The paper's pages; None until it has been read."""
        paper = self._shown()
        return paper.document if paper else None

    @property
    def reading_warnings(self) -> tuple[str, ...]:
        """What a reader should know of the paper as read: pages read by OCR, gaps in its list, entries never cited."""
        return (*self._read.document.warnings, *warnings_of(self._read.references)) if self._read else ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The paper's reference list with its mentions; empty until it has been read."""
        return self._read.references if self._read else ()
