"""The use-cases of reports: hand one out, take back what others changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.workbench import export_service, lazy_imports
from citegrid.workbench.library import Shelf
from citegrid.workbench.sources import Sources


class Reports(Sources, Shelf):
    """Exports, and Word reports that come back."""

    def export(self, path: Path, options: export_service.ExportOptions | None = None) -> Job[Path]:
        """Write the project in the format of the path's suffix; the job fails with WouldReplace where a file lies
        that is not ours to replace and ``options.replace`` is not set."""
        project = self.project
        sources = self._for_export()
        helpers = export_service.Helpers(self._engines.crop, self._engines.annotate)

        def work(progress: Progress, cancel: Cancel) -> Path:
            chosen = options or export_service.ExportOptions()
            return export_service.write(path, project, sources, helpers, chosen, progress, cancel)

        return self._reading.start(Message("Exporting {name}", name=path.name), work, self._hear)  # type: ignore[arg-type]

    def read_back(self, path: Path, model: Path | None = None) -> Job[lazy_imports.read_changes.ReadBack]:
        """What others changed in a Word report of this project; each change is judged by the verifier before it is
        shown (with ``model``, or the one that is loaded; else by its words alone)."""
        project, papers, library = self.project, self._papers_read(), self._library()

        def work(progress: Progress, cancel: Cancel) -> lazy_imports.read_changes.ReadBack:
            progress.report("Reading back", 0, 0, path.name)
            try:
                data = path.read_bytes()
            except OSError as fault:
                raise InputError(
                    Message("{name} cannot be opened ({reason}).", name=path.name, reason=fault.strerror),
                    "Check its place.",
                ) from fault
            back = lazy_imports.read_changes.read_back(data, path.name, project)
            engine = self._load_model(model) if model and back.changes else self._model and self._model[1]
            judged = []
            for i, change in enumerate(back.changes):
                progress.report("Checking what was changed", i, len(back.changes), path.name)
                judged.append(lazy_imports.apply_changes.judged(project, papers, change, engine, cancel, library))
            return replace(back, changes=tuple(judged))

        return self._asking.start(Message("Reading {name}", name=path.name), work, self._hear)  # type: ignore[arg-type]

    def take_back(self, changes: Sequence[lazy_imports.read_changes.Change]) -> None:
        """Take changes that ``read_back`` found into the project, in one step that can be undone."""
        self.apply(lazy_imports.apply_changes.taken(self.project, changes))
