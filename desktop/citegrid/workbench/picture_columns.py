"""The use-cases of the picture of the table: its pixels, and the columns that are read from it."""

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
from citegrid.workbench.session import Session

#: Left, top, right and bottom of a part of a picture, in its pixels.
Frame = tuple[float, float, float, float]


class PictureColumns:
    """The project's picture, opened and read in the background; ``pixels`` is None until it can be shown."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.pixels: Pixels | None = None
        session.follow(self._follow)

    def _follow(self, before: Project, *, stepped: bool) -> None:
        """An undo or redo brought another picture: load it again."""
        picture = self._session.project.picture
        if stepped and picture != before.picture:
            self.pixels = None
            if picture is not None:
                self.load(Path(picture.path))

    def open(self, path: Path, *, frame: Frame | None = None) -> Job[None]:
        """Open a picture and read its columns; the table takes them.

        ``frame`` (left, top, right, bottom in pixels of the picture) bounds the table.
        """
        session, take = self._session, self._session.for_this_project(self._take)

        def work(progress: Progress, cancel: Cancel) -> None:
            pixels = session.engines.load_picture(path)
            template = self._read(pixels, frame, progress, cancel)
            file = _source_file(path)
            session.post(lambda: take(pixels, file, template))

        return session.start(session.queues.reading, Message("Reading {name}", name=path.name), work)

    def read_within(self, frame: Frame) -> Job[None] | None:
        """Read the columns of the shown picture anew, of the table within ``frame`` (x0, y0, x1, y1 in its pixels); the
        table takes them.  None before there is a picture."""
        session, pixels, file = self._session, self.pixels, self._session.project.picture
        if pixels is None or file is None:
            return None
        take = session.for_this_project(self._take)

        def work(progress: Progress, cancel: Cancel) -> None:
            template = self._read(pixels, frame, progress, cancel)
            session.post(lambda: take(pixels, file, template))

        return session.start(session.queues.reading, Message("Reading {name}", name=file.name), work)

    def _read(self, pixels: Pixels, frame: Frame | None, progress: Progress, cancel: Cancel) -> Template:
        """What stands in a picture, or in a frame of it; on a worker's thread."""
        read, ocr = lazy_imports.read_template.read_columns, self._session.engines.ocr
        return read(pixels, ocr, frame=frame, progress=progress, cancel=cancel)

    def _take(self, pixels: Pixels, file: SourceFile, template: Template) -> None:
        self.pixels = pixels
        columns = keep_wishes(template.columns, self._session.project.table.columns)
        values = (("picture", file), ("template", replace(template, columns=columns)))
        edits: list[Edit] = [SetFields(values, frozenset({Part.PICTURE}))]
        if columns:
            edits.append(SetColumns(columns))
        self._session.apply(Several(tuple(edits)))

    def find(self, path: Path) -> Job[None]:
        """The project's picture lies at ``path`` now; its columns stay as they are."""
        session = self._session

        def take(pixels: Pixels, file: SourceFile) -> None:
            self.pixels = pixels
            session.apply(SetFields((("picture", file),), frozenset({Part.PICTURE})), undoable=False)

        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> None:
            pixels, file = session.engines.load_picture(path), _source_file(path)
            session.post(lambda: taken(pixels, file))

        return session.start(session.queues.reading, Message("Reading {name}", name=path.name), work)

    def load(self, path: Path) -> Job[None]:
        """Load the project's picture again, where it lies by now; its columns stay as they are."""
        session, known, folder = self._session, self._session.project.picture, self._session.folder

        def show(pixels: Pixels) -> None:
            picture = session.project.picture
            if picture is not None and Path(picture.path) == path:
                self.pixels = pixels
                session.announce(Changed(frozenset({Part.PICTURE})))

        shown = session.for_this_project(show)

        def work(progress: Progress, cancel: Cancel) -> None:
            place = found_again(known, folder, progress=progress, cancel=cancel) if known is not None else path
            pixels = session.engines.load_picture(place)
            session.post(lambda: shown(pixels))

        return session.start(session.queues.reading, Message("Reading {name}", name=path.name), work)

    def forget(self) -> None:
        """Let go of the pixels: the project is closed."""
        self.pixels = None


def _source_file(path: Path) -> SourceFile:
    return SourceFile(str(path.resolve()), path.name, sha256_of(path))
