"""Everything that can be done, for the window and the terminal alike: each family of use-cases is an attribute.

    workbench.papers.open(path)    workbench.table.set_columns(…)    workbench.fill.start()    workbench.reports.export(path)

Call it on one thread (the owner's); long work runs as jobs, and what jobs find comes back through ``post`` and
``session.apply``.  Views watch what changed (``session.watch``) and read the project anew.
"""

from __future__ import annotations

from pathlib import Path

from citegrid.concurrency.jobs import Post, at_once
from citegrid.core.project import Project
from citegrid.workbench.annotations import Annotations
from citegrid.workbench.cell_edits import CellEdits
from citegrid.workbench.engines import Engines
from citegrid.workbench.evidence_edits import EvidenceEdits
from citegrid.workbench.fill import TableFill
from citegrid.workbench.glossary.corrections import Corrections
from citegrid.workbench.glossary.use import GlossaryUse
from citegrid.workbench.language_models import LanguageModels
from citegrid.workbench.library.cited import CitedTexts
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.many_papers import ManyPapers
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.papers.shown import ShownPaper
from citegrid.workbench.papers.use import Papers
from citegrid.workbench.picture_columns import PictureColumns
from citegrid.workbench.project_files import ProjectFiles
from citegrid.workbench.questions import Questions
from citegrid.workbench.reports import Reports
from citegrid.workbench.review_edits import ReviewEdits
from citegrid.workbench.session import Session
from citegrid.workbench.table_edits import TableEdits
from citegrid.workbench.text_check import TextCheck


class Workbench:
    """The use-cases, wired: each knows the session and, through its constructor, the few others that it needs."""

    def __init__(self, engines: Engines, post: Post = at_once) -> None:
        self.session = session = Session(engines, post)
        opened = OpenPapers(session)
        self.papers = Papers(session, opened)
        self.shown_paper = shown = ShownPaper(session, opened)
        self.picture = PictureColumns(session)
        self.library = library = LibraryUse(session)
        self.cited = CitedTexts(session, opened, library)
        self.models = LanguageModels(session)
        self.files = ProjectFiles(session, self.papers, self.picture, library)
        self.table = TableEdits(session, opened, shown)
        self.cells = CellEdits(session, opened, library)
        self.evidence = EvidenceEdits(session, self.cells, shown, library)
        self.glossary = glossary = GlossaryUse(session)
        self.annotations = Annotations(session, shown)
        self.corrections = Corrections(session, glossary)
        self.fill = TableFill(session, opened, library, glossary)
        self.many_papers = ManyPapers(session, glossary)
        self.review = ReviewEdits(session, opened, library, glossary)
        self.questions = Questions(session, opened, library, self.cells, glossary)
        self.text_check = TextCheck(session, opened, library)
        self.reports = Reports(session, opened, library, self.cited)

    @property
    def project(self) -> Project:
        """The open project."""
        return self.session.project

    @property
    def folder(self) -> Path | None:
        """Where the project is saved after each change; None when it lies nowhere yet."""
        return self.session.folder

    def close(self) -> None:
        """Close the project, stop everything and wait for the threads to end."""
        self.files.close()
        self.session.close_queues()
        self.library.close()
        self.session.close_engines()
