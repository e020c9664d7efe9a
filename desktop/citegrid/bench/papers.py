"""The use-cases of the main papers: opened, read, shown one at a time, their page labels put right.

A project begins with one paper; further ones are added, and each of them has a name of its own (see ``core.papers``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.bench import rooms
from citegrid.bench.owner import Engines, Owner
from citegrid.core.document import Document
from citegrid.core.errors import UsageError
from citegrid.core.page_labels import offset_for, relabelled, with_offset
from citegrid.core.papers import added, key_of, short_name, without
from citegrid.core.project import Changed, Part, Project, SetFields, SourceFile
from citegrid.core.reference import Reference
from citegrid.exporting import Sources
from citegrid.jobs import Job, Post, at_once
from citegrid.pipeline.list_doubts import warnings_of
from citegrid.pipeline.rebind import rebind
from citegrid.ports import Cancel, PageSource, Progress
from citegrid.store.strayed import found_again

if TYPE_CHECKING:
    from citegrid.pipeline.walk_step import Paper


@dataclass(slots=True)
class OpenPaper:
    """An open paper: its file and password, its pages, what was read of it (None until then), and that as last shown."""

    path: Path
    password: str
    source: PageSource
    read: Paper | None = None
    told: tuple[str, str, int, Paper] | None = None

    def known_as(self, name: str, key: str, offset: int) -> Paper | None:
        """The paper as read, under its name in the project, its labels moved as the person wishes."""
        if self.read is None:
            return None
        if self.told is None or self.told[:3] != (name, key, offset):
            document = with_offset(self.read.document, offset)
            self.told = (name, key, offset, replace(self.read, document=document).known_as(name, key))
        return self.told[3]


class Papers(Owner):
    """The project's main papers; the first one, and further ones by their names."""

    def __init__(self, engines: Engines, post: Post = at_once) -> None:
        super().__init__(engines, post)
        self._first: OpenPaper | None = None
        self._open: dict[str, OpenPaper] = {}
        self._showing = ""

    def get_ready(self, then: Callable[[], None]) -> Job[None]:
        """Load beside the owner's thread what reads a paper, so that the first one does not wait for it; ``then`` is posted
        in the end."""

        def work(progress: Progress, cancel: Cancel) -> None:
            self._engines.load()
            assert rooms.walk
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
            project.table, project.review, told.document, told.references, old.name, project.language,
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
                raise UsageError(f"{hashes[source.sha256]} is in this project already.", "Choose another paper.")

        return fits

    def _given(self, first: SourceFile) -> bool:
        """Whether the first paper has a name in the project that is not just its file's: its citations carry it."""
        return bool(self.project.also) or first.name != Path(first.path).name

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

        def read(opened: OpenPaper, paper: Paper) -> None:
            if generation == self._generation:
                opened.read = paper
                bind(opened, paper)
                self._changed(Changed(frozenset({Part.PAPER})))

        def work(progress: Progress, cancel: Cancel) -> None:
            place = found_again(known, folder, progress=progress, cancel=cancel) if known is not None else path
            source = rooms.walk.open_source(place, self._engines.open_document, password)
            try:
                fits(source)
            except BaseException:
                source.close()
                raise
            opened = OpenPaper(place, password, source)
            self._hand_over(lambda: shown(opened), cancel)
            ocr = self._engines.page_ocr or self._engines.ocr
            paper = rooms.walk.read_paper(source, ocr, progress=progress, cancel=cancel)
            self._post(lambda: read(opened, paper))

        return self._reading.start(f"Reading {path.name}", work, self._hear)  # type: ignore[arg-type]

    def remove_paper(self, name: str) -> None:
        """Take a paper out, with its rows; where it is the first one, the next takes its place.  It can be undone; raises
        UsageError for the only one."""
        if not self.project.also:
            raise UsageError(f"{name} is the only paper of this project.", "Begin a new project with another paper.")
        if self._showing == name:
            self._showing = ""
        self.apply(without(self.project, name))

    def _follow(self, before: Project) -> None:
        """Let the open papers change places where another one is the first now."""
        old, new, first = before.paper, self.project.paper, self._first
        if old is None or new is None or old == new or (first is not None and first.source.sha256 == new.sha256):
            return
        self._first = self._open.pop(new.name, None)
        if first is not None:
            stale = self._open.pop(old.name, None)
            if stale is not None:
                stale.source.close()
            self._open[old.name] = first

    # -- one at a time -------------------------------------------------------------------------------------------------

    @property
    def shown_paper(self) -> str:
        """The name of the paper that ``source``, ``document`` and ``references`` are of; empty without one."""
        if self._showing and any(f.name == self._showing for f in self.project.also):
            return self._showing
        return self.project.paper.name if self.project.paper else ""

    def show_paper(self, name: str) -> None:
        """Show another paper of the project; nothing for the one that is shown, or for an unknown name."""
        if name == self.shown_paper or all(f.name != name for f in self.project.papers):
            return
        self._showing = name if any(f.name == name for f in self.project.also) else ""
        self._changed(Changed(frozenset({Part.PAPER})))

    def _at_hand(self) -> OpenPaper | None:
        name = self.shown_paper
        return self._open.get(name) if any(f.name == name for f in self.project.also) else self._first

    def _told(self, name: str) -> Paper | None:
        file = next((f for f in self.project.also if f.name == name), None)
        if file is not None:
            opened = self._open.get(name)
            return opened.known_as(name, key_of(self.project, file), self.project.offset_of(name)) if opened else None
        if self._first is None or self._first.read is None:
            return None
        first = self.project.paper
        known = first.name if first is not None and self._given(first) else self._first.read.document.name
        return self._first.known_as(known, "", self.project.label_offset)

    @property
    def source(self) -> PageSource | None:
        """The pages of the shown paper."""
        opened = self._at_hand()
        return opened.source if opened else None

    @property
    def document(self) -> Document | None:
        """The shown paper's pages; None until it has been read."""
        paper = self._told(self.shown_paper)
        return paper.document if paper else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The pages of all papers that have been read."""
        return tuple(p.document for f in self.project.papers if (p := self._told(f.name)) is not None)

    @property
    def reading_warnings(self) -> tuple[str, ...]:
        """What a reader should know of the shown paper: pages read by OCR, gaps in its list, entries never cited."""
        paper = self._told(self.shown_paper)
        return (*paper.document.warnings, *warnings_of(paper.references)) if paper else ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The shown paper's reference list with its mentions; empty until it has been read."""
        paper = self._told(self.shown_paper)
        return paper.references if paper else ()

    def _papers(self) -> tuple[Paper, ...]:
        """All papers as read, the first one first; raises UsageError when one is missing."""
        if self._first is None or self._first.read is None:
            raise UsageError("No paper has been read yet.", "Open a PDF first.")
        names = [self.project.paper.name if self.project.paper else "", *(f.name for f in self.project.also)]
        found = [(name, self._told(name)) for name in names]
        for name, paper in found:
            if paper is None:
                raise UsageError(
                    f"{name} has not been read yet.", "Wait, open it again, or take it out of the project."
                )
        return tuple(paper for _, paper in found if paper is not None)

    def _papers_read(self) -> tuple[Paper, ...]:
        """The papers that are at hand, possibly none."""
        names = [self.project.paper.name if self.project.paper else "", *(f.name for f in self.project.also)]
        return tuple(paper for name in names if (paper := self._told(name)) is not None)

    def set_printed_label(self, page: int, printed: str) -> None:
        """Say what number is printed on ``page`` of the shown paper: the labels of all its pages move along, and those of
        every citation of it.

        Raises UsageError when ``printed`` is no number of the kind that the page has (arabic or roman).
        """
        self._papers()
        opened, name = self._at_hand(), self.shown_paper
        assert opened is not None
        assert opened.read is not None
        label = opened.read.document.page(page).label
        offset = offset_for(printed.strip(), label)
        if offset is None:
            raise UsageError(f"“{printed}” is no page number like “{label}”.", "Type the number as the page prints it.")
        told = self._told(name)
        document = with_offset(replace(opened.read.document, name=told.document.name if told else name), offset)
        table, review = relabelled(self.project.table, self.project.review, document)
        values: list[tuple[str, object]] = [("table", table), ("review", review)]
        if any(f.name == name for f in self.project.also):
            others = (o for o in self.project.also_offsets if o[0] != name)
            values.append(("also_offsets", (*others, (name, offset))))
        else:
            values.append(("label_offset", offset))
        self.apply(SetFields(tuple(values), frozenset({Part.PAPER, Part.ROWS, Part.REVIEW})))

    def _for_export(self) -> Sources:
        """What is at hand of the papers, for a report."""
        made = [
            Sources(o.path, o.password, o.source, p.references if (p := self._told(name)) else (), name)
            for name, o in self._opened()
        ]
        return replace(made[0], further=tuple(made[1:])) if made else Sources()

    def _opened(self) -> Iterator[tuple[str, OpenPaper]]:
        if self._first is not None:
            yield self.project.paper.name if self.project.paper else "", self._first
        for file in self.project.also:
            if file.name in self._open:
                yield file.name, self._open[file.name]

    def _close_papers(self) -> None:
        for opened in (self._first, *self._open.values()):
            if opened is not None:
                opened.source.close()
        self._first, self._showing = None, ""
        self._open.clear()
