"""The use-cases of reports: hand one out, take back what others changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citegrid import __version__
from citegrid.concurrency.jobs import Job
from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import ModelChoice
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.core.reference import Reference
from citegrid.pipeline.export.formats import write_result
from citegrid.ports import Cancel, Progress
from citegrid.workbench import export_service, lazy_imports
from citegrid.workbench.library.cited import CitedTexts
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session


class Reports:
    """Exports, and Word reports that come back."""

    def __init__(self, session: Session, papers: OpenPapers, library: LibraryUse, cited: CitedTexts) -> None:
        self._session, self._papers, self._library, self._cited = session, papers, library, cited

    def export(self, path: Path, options: export_service.ExportOptions | None = None) -> Job[Path]:
        """Write the project in the format of the path's suffix; the job fails with WouldReplace where a file lies
        that is not ours to replace and ``options.replace`` is not set."""
        session, project = self._session, self._session.project
        sources = replace(self._papers.export_sources(), linked=self._cited.in_manager())
        helpers = export_service.Helpers(session.engines.crop, session.engines.annotate)
        papers = self._papers.read_so_far()

        def work(progress: Progress, cancel: Cancel) -> Path:
            chosen = options or export_service.ExportOptions()
            now, known = _checked(project, papers), replace(sources, references=(*_own(papers), *sources.references))
            return export_service.write(path, now, known, helpers, chosen, progress, cancel)

        return session.start(session.queues.reading, Message("Exporting {name}", name=path.name), work)

    def result(self) -> bytes:
        """The whole result as JSON, with the entries of the works that it names, as ``citegrid fill --json`` writes it."""
        papers = self._papers.read_so_far()
        entries = (*_own(papers), *(entry for paper in papers for entry in paper.references))
        return write_result(self._session.project, __version__, entries)

    def read_back(self, path: Path, model: ModelChoice | None = None) -> Job[lazy_imports.read_changes.ReadBack]:
        """What others changed in a Word report of this project; each change is judged by the verifier before it is
        shown (with ``model``, or the one that is loaded; else by its words alone)."""
        session, project = self._session, self._session.project
        papers, library = self._papers.read_so_far(), self._library.for_run()

        def work(progress: Progress, cancel: Cancel) -> lazy_imports.read_changes.ReadBack:
            progress.report("Reading back", 0, 0, path.name)
            read = session.engines.read_report or lazy_imports.read_changes.read_back
            back = read(_bytes(path), path.name, project)
            engine = session.load_model(model, cancel) if model and back.changes else session.model
            judged = []
            for i, change in enumerate(back.changes):
                progress.report("Checking what was changed", i, len(back.changes), path.name)
                judged.append(lazy_imports.apply_changes.judged(project, papers, change, engine, cancel, library))
            return replace(back, changes=tuple(judged))

        return session.start(session.queues.asking, Message("Reading {name}", name=path.name), work)

    def take_back(self, changes: Sequence[lazy_imports.read_changes.Change]) -> None:
        """Take changes that ``read_back`` found into the project, in one step that can be undone."""
        self._session.apply(lazy_imports.apply_changes.taken(self._session.project, changes))


def _checked(project: Project, papers: Sequence[Paper]) -> Project:
    """``project`` with the self-check of what it says now, not of what the run said; as it was without all of its papers."""
    if not project.table.rows or len(papers) != len(project.papers):
        return project
    return replace(project, checks=lazy_imports.quality_checks.checks_of(project, papers))


def _own(papers: Sequence[Paper]) -> list[Reference]:
    """The papers themselves as entries, for what they print of their journal and identifiers."""
    return [lazy_imports.own_entry.own_entry(paper.document, paper.own_id) for paper in papers]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        sentence = Message("{name} cannot be opened ({reason}).", name=path.name, reason=fault.strerror)
        raise InputError(sentence, "Check its place.") from fault
