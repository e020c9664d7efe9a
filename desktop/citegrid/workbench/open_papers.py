"""The use-cases that bring main papers in and out: opened and read, added, opened again, bound again, taken out.

A project begins with one paper; further ones are added, and each of them has a name of its own (see ``core.papers``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Job
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.core.papers import added, key_of, short_name, without
from citegrid.core.project import Changed, Part, SetFields, SourceFile
from citegrid.pipeline.bibliography.consistency import warnings_of
from citegrid.pipeline.relocate import rebind
from citegrid.ports import Cancel, PageSource, Progress
from citegrid.store.strayed import found_again
from citegrid.workbench import lazy_imports
from citegrid.workbench.papers import OpenPaper, Papers

if TYPE_CHECKING:
    from citegrid.core.paper import Paper


class Opening(Papers):
    """Opens and reads papers as jobs; what they find is taken here, on the owner's thread."""

    def get_ready(self, then: Callable[[], None]) -> Job[None]:
        """Load beside the owner's thread what reads a paper, so that the first one does not wait for it; ``then`` is posted
        in the end."""

        def work(progress: Progress, cancel: Cancel) -> None:
            lazy_imports.load()
            self._engines.load()  # last: processes that start would make this slower
            self._post(then)

        return self._reading.start("Getting ready", work)

    def open_paper(self, path: Path, password: str = "") -> Job[None]:
        """Open and read the project's first paper; views hear Part.PAPER when its pages can be shown and again when it is
        read.

        The project's own paper is looked for when it is not at its place.  Where the table's citations come from other
        bytes, they are looked for in the new ones (``rebound`` then tells what became of them)."""
        known = self.project.paper
        if known is not None and Path(known.path) != path:
            known = None

        def shown(opened: OpenPaper) -> None:
            if self._first is not None:
                self._first.source.close()
            self._first, self._showing = opened, ""
            sha256, old = opened.source.sha256, self.project.paper
            same = old is not None and old.sha256 == sha256
            name = old.name if old is not None and same and self._given(old) else self._name_for_first(opened.path)
            file = SourceFile(str(opened.path.resolve()), name, sha256)
            # citations of other bytes are looked for again once these are read
            if old != file and (old is None or same or not self.project.table.rows):
                values = [("paper", file)] if same else [("paper", file), ("label_offset", 0)]
                self.apply(SetFields(tuple(values), frozenset({Part.PAPER})), undoable=False)
            else:
                self._changed(Changed(frozenset({Part.PAPER})))

        def bind(opened: OpenPaper, paper: Paper) -> None:
            old = self.project.paper
            if opened is self._first and old is not None and old.sha256 != paper.document.sha256:
                name, sha256 = self._name_for_first(opened.path), paper.document.sha256
                file = SourceFile(str(opened.path.resolve()), name, sha256)
                self._bind(old, file, paper, (("paper", file), ("label_offset", 0)))

        return self._open_file(path, password, self._not_among(self.project.also), shown, known, bind)

    def _bind(self, old: SourceFile, new: SourceFile, paper: Paper, values: tuple[tuple[str, object], ...]) -> None:
        """Look for the citations of a changed paper again; ``values`` put the file of now into the project."""
        project, key = self.project, key_of(self.project, old)
        new_key = f"{new.sha256[:8]}:" if key else ""
        told = paper.known_as(new.name, new_key)
        table, review, rebound = rebind(
            project.table, project.review, told.document, told.references, old.name,
            old_key=key, key=new_key,
        )  # fmt: skip
        if rebound.kept + rebound.moved + rebound.lost:
            self.rebound = rebound
        values = (*values, ("table", table), ("review", review))
        self.apply(SetFields(values, frozenset({Part.PAPER, Part.ROWS, Part.REVIEW})), undoable=False)
        self._undo.clear()  # older steps would bring citations of the other bytes back
        self._redo.clear()

    @staticmethod
    def _not_among(others: Iterable[SourceFile]) -> Callable[[PageSource], None]:
        """Refuses a file whose bytes are those of one of ``others``."""
        hashes = {f.sha256: f.name for f in others}

        def fits(source: PageSource) -> None:
            if source.sha256 in hashes:
                raise UsageError(
                    Message("{name} is in this project already.", name=hashes[source.sha256]),
                    "Choose another paper.",
                )

        return fits

    def _name_for_first(self, path: Path) -> str:
        others = [f.name for f in self.project.also]
        return short_name(path.name, others) if path.name in others else path.name

    def add_paper(self, path: Path, password: str = "") -> Job[None]:
        """Add a further main paper to the project, or the first one; the job fails for one that is there already."""
        if self.project.paper is None:
            return self.open_paper(path, password)

        def shown(opened: OpenPaper) -> None:
            name = short_name(path.name, (f.name for f in self.project.papers))
            if name in self._open:  # of a paper that was taken out
                self._open[name].source.close()
            self._open[name], self._showing = opened, name
            self.apply(added(self.project, SourceFile(str(path.resolve()), name, opened.source.sha256)))

        return self._open_file(path, password, self._not_among(self.project.papers), shown)

    def reopen_further(self, file: SourceFile, password: str = "") -> Job[None]:
        """Open a further paper of the project again; where it was changed, its citations are looked for in its bytes of
        now, as for the first one."""

        def at() -> int | None:
            return next((i for i, f in enumerate(self.project.also) if f.name == file.name), None)

        def taken(opened: OpenPaper, sha256: str) -> tuple[SourceFile, tuple[SourceFile, ...]]:
            new, place = SourceFile(str(opened.path.resolve()), file.name, sha256), at()
            return new, tuple(new if i == place else f for i, f in enumerate(self.project.also))

        def shown(opened: OpenPaper) -> None:
            place = at()
            if place is None:  # taken out meanwhile
                opened.source.close()
                return
            old = self._open.pop(file.name, None)
            if old is not None:
                old.source.close()
            self._open[file.name] = opened
            new, also = taken(opened, opened.source.sha256)
            known = self.project.also[place]
            if new != known and new.sha256 == known.sha256:  # it lies elsewhere now
                self.apply(SetFields((("also", also),), frozenset({Part.PAPER})), undoable=False)
            else:
                self._changed(Changed(frozenset({Part.PAPER})))

        def bind(opened: OpenPaper, paper: Paper) -> None:
            place, sha256 = at(), paper.document.sha256
            if self._open.get(file.name) is not opened or place is None or self.project.also[place].sha256 == sha256:
                return
            new, also = taken(opened, sha256)
            offsets = tuple(o for o in self.project.also_offsets if o[0] != file.name)
            self._bind(self.project.also[place], new, paper, (("also", also), ("also_offsets", offsets)))

        others = [f for f in self.project.papers if f.name != file.name]
        return self._open_file(Path(file.path), password, self._not_among(others), shown, file, bind)

    def _open_file(
        self,
        path: Path,
        password: str,
        fits: Callable[[PageSource], None],
        take: Callable[[OpenPaper], None],
        known: SourceFile | None = None,
        bind: Callable[[OpenPaper, Paper], None] = lambda opened, paper: None,
    ) -> Job[None]:
        """``fits`` refuses a file, ``take`` keeps it, ``known`` says which bytes to look for when it is not at its place,
        and ``bind`` hears of it when it has been read."""
        generation, folder = self._generation, self.folder

        def shown(opened: OpenPaper) -> None:
            if generation == self._generation:
                take(opened)
            else:
                opened.source.close()

        def read(opened: OpenPaper, paper: Paper, doubts: tuple[str, ...]) -> None:
            if generation == self._generation:
                opened.read, opened.doubts = paper, doubts
                bind(opened, paper)
                self._changed(Changed(frozenset({Part.PAPER})))

        def work(progress: Progress, cancel: Cancel) -> None:
            place = found_again(known, folder, progress=progress, cancel=cancel) if known is not None else path
            source = lazy_imports.run.open_source(place, self._engines.open_document, password)
            try:
                fits(source)
            except BaseException:
                source.close()
                raise
            opened = OpenPaper(place, password, source)
            self._hand_over(lambda: shown(opened), cancel)
            if self._engines.read is not None:
                paper = self._engines.read(place, password, source.sha256, progress=progress, cancel=cancel)
            else:
                ocr = self._engines.page_ocr or self._engines.ocr
                paper = lazy_imports.run.read_paper(source, ocr, progress=progress, cancel=cancel)
            doubts = warnings_of(paper.references)
            self._post(lambda: read(opened, paper, doubts))

        return self._reading.start(Message("Reading {name}", name=path.name), work, self._hear)  # type: ignore[arg-type]

    def remove_paper(self, name: str) -> None:
        """Take a paper out, with its rows; where it is the first one, the next takes its place.  It can be undone; raises
        UsageError for the only one."""
        if not self.project.also:
            raise UsageError(
                Message("{name} is the only paper of this project.", name=name),
                "Begin a new project with another paper.",
            )
        if self._showing == name:
            self._showing = ""
        self.apply(without(self.project, name))
