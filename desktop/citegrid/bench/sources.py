"""The use-cases of the sources: the paper with its pages and labels, and the picture of the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from citegrid.bench.owner import Owner
from citegrid.core.columns import keep_wishes
from citegrid.core.document import Document
from citegrid.core.errors import UsageError
from citegrid.core.page_labels import offset_for, relabelled, with_offset
from citegrid.core.project import (
    Changed,
    Edit,
    Part,
    Project,
    SetColumns,
    SetFields,
    Several,
    SourceFile,
)
from citegrid.core.reference import Reference
from citegrid.core.table import Template
from citegrid.jobs import Job
from citegrid.pipeline import walk
from citegrid.pipeline.columns import read_columns
from citegrid.pipeline.list_doubts import warnings_of
from citegrid.pipeline.walk_step import Paper
from citegrid.ports import Cancel, PageSource, Pixels, Progress
from citegrid.store.files import sha256_of


class Sources(Owner):
    """The project's paper and picture, opened and read in the background."""

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

    def _stepped(self, before: Project) -> None:
        picture = self.project.picture
        if picture != before.picture:
            self.picture = None
            if picture is not None:
                self._load_picture(Path(picture.path))

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
