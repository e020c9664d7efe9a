"""The project in the panes: each part that changed is shown anew where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from citegrid.core.paper import ids_of
from citegrid.core.project import Changed, Part
from citegrid.gui.controllers.papers import PaperWork
from citegrid.gui.panes.pdf_pane import PdfPane
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.panes.references_pane import ReferencesPane
from citegrid.gui.panes.review_pane import ReviewPane
from citegrid.gui.panes.table_pane import TablePane
from citegrid.gui.pdf_view.citation_navigation import Citing
from citegrid.gui.pdf_view.page_cache import to_image
from citegrid.ports import PageSource, Pixels

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


@dataclass
class ProjectView:
    """Reads the Workbench and writes to the panes; ``source`` and ``pixels`` are what they show now."""

    workbench: Workbench
    pdf: PdfPane
    picture: PicturePane
    references: ReferencesPane
    table: TablePane
    review: ReviewPane
    papers: PaperWork
    citing: Citing
    source: PageSource | None = None
    pixels: Pixels | None = None

    def show(self, changed: Changed) -> None:
        """Show what changed."""
        parts = changed.parts
        if Part.PAPER in parts:
            self.show_paper()
        if Part.PICTURE in parts:
            self.show_picture()
        if parts & {Part.COLUMNS, Part.PICTURE}:
            self.show_columns()
        if parts & {Part.COLUMNS, Part.ROWS, Part.CELL}:
            self.show_table(changed)
        if Part.REVIEW in parts:
            project = self.workbench.project
            self.review.set_review(project.review, project.beside)

    def show_paper(self) -> None:
        """The shown paper's pages and its reference list."""
        self.papers.refresh()
        shown = self.workbench.shown_paper
        if shown.source is not self.source:
            self.source = shown.source
            self.pdf.set_source(self.source, list(self.source.outline()) if self.source is not None else [])
        document, references = shown.document, shown.references
        self.pdf.set_document(document)
        labels = {page.number: page.label for page in document.pages} if document is not None else {}
        self.references.set_references(references, shown.warnings, labels)
        self.citing.set_references(references)
        self.pdf.set_places(self.citing.places.at)
        self._mark_used()
        for chips in (self.table.view, self.review.text):
            chips.name_papers(len(self.workbench.project.papers) > 1)

    def show_picture(self) -> None:
        """The picture of the table, where another one was loaded."""
        pixels, template = self.workbench.picture.pixels, self.workbench.project.template
        if pixels is not self.pixels:
            self.pixels = pixels
            image = to_image(pixels) if pixels is not None else QImage()
            self.picture.set_image(image, template.rotation if template is not None else 0.0)

    def show_columns(self) -> None:
        """The columns beside the picture."""
        project = self.workbench.project
        self.picture.set_columns(project.table.columns, project.template)

    def show_table(self, changed: Changed) -> None:
        """The table; only the cells that changed where nothing else of it did."""
        table = self.workbench.project.table
        if changed.parts & {Part.COLUMNS, Part.ROWS}:
            self.table.set_table(table)
            self._mark_used()
        else:
            self.table.set_table(table, changed.cells)

    def _mark_used(self) -> None:
        rows = self.workbench.project.table.rows
        self.references.set_used(frozenset(one for row in rows for one in ids_of(row.work)))
