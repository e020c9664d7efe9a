"""The use-cases of the sources: the papers, and the picture of the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.edits.columns import keep_wishes
from citegrid.core.messages import Message
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
from citegrid.core.table import Template
from citegrid.ports import Cancel, Pixels, Progress
from citegrid.store.files import sha256_of
from citegrid.store.strayed import found_again
from citegrid.workbench import lazy_imports
from citegrid.workbench.open_papers import Opening


class Sources(Opening):
    """The project's papers and its picture, opened and read in the background."""

    def _stepped(self, before: Project) -> None:
        super()._stepped(before)
        picture = self.project.picture
        if picture != before.picture:
            self.picture = None
            if picture is not None:
                self._load_picture(Path(picture.path))

    def open_picture(self, path: Path) -> Job[None]:
        """Open a picture and read its columns; the table takes them."""
        return self._load_picture(path, read=True)

    def _load_picture(self, path: Path, read: bool = False) -> Job[None]:
        generation, folder, old = self._generation, self.folder, self.project.picture

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
            place = found_again(old, folder, progress=progress, cancel=cancel) if old is not None and not read else path
            pixels = self._engines.load_picture(place)
            template = (
                lazy_imports.read_template.read_columns(pixels, self._engines.ocr, progress=progress, cancel=cancel)
                if read
                else None
            )
            file = SourceFile(str(place.resolve()), place.name, sha256_of(place))
            self._post(lambda: found(pixels, file, template))

        return self._reading.start(Message("Reading {name}", name=path.name), work, self._hear)  # type: ignore[arg-type]
