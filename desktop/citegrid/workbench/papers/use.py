"""The use-cases that bring main papers in and out: opened and read, added, opened again, bound again, taken out.

A project begins with one paper; further ones are added, and each of them has a name of its own (see ``core.paper``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.document import Document, PaperDetails
from citegrid.core.edits.papers import added, without
from citegrid.core.errors import SourceLost, UsageError
from citegrid.core.messages import Message
from citegrid.core.paper import Paper, key_of, short_name
from citegrid.core.project import Changed, Part, SetFields, SourceFile
from citegrid.pipeline.bibliography.consistency import warnings_of
from citegrid.pipeline.relocate import Rebound, relocate, relocate_annotations, relocate_answers
from citegrid.ports import Cancel, PageSource, Progress
from citegrid.store.strayed import found_again
from citegrid.workbench import lazy_imports
from citegrid.workbench.papers.opened import OpenPaper, OpenPapers
from citegrid.workbench.session import Session


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a file becomes an open paper: ``refuse`` it when its bytes do not fit, ``keep`` it when its pages can be shown,
    and ``bind`` it when it has been read; ``known`` says which bytes to look for when it is not at its place."""

    path: Path
    password: str
    refuse: Callable[[PageSource], None]
    keep: Callable[[OpenPaper], None]
    known: SourceFile | None = None
    bind: Callable[[OpenPaper, Paper], None] = lambda opened, paper: None


class Papers:
    """Opens and reads papers as jobs; what they find is taken here, on the owner's thread."""

    def __init__(self, session: Session, opened: OpenPapers) -> None:
        self._session, self._opened = session, opened
        #: What became of the citations of the last paper that was changed; None until one was.
        self.rebound: Rebound | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The pages of all papers that have been read."""
        return self._opened.documents

    def get_ready(self, then: Callable[[], None]) -> Job[None]:
        """Load beside the owner's thread what reads a paper, so that the first one does not wait for it; ``then`` is posted
        in the end."""

        def work(progress: Progress, cancel: Cancel) -> None:
            lazy_imports.load()
            self._session.engines.load()  # last: processes that start would make this slower
            self._session.post(then)

        return self._session.queues.reading.start("Getting ready", work)

    # -- the first one -------------------------------------------------------------------------------------------------

    def open(self, path: Path, password: str = "", details: PaperDetails | None = None) -> Job[None]:
        """Open and read the project's first paper; views hear Part.PAPER when its pages can be shown and again when it is
        read.  ``details`` are what a reference manager says of its title page.

        The project's own paper is looked for when it is not at its place.  Where the table's citations come from other
        bytes, they are looked for in the new ones (``rebound`` then tells what became of them)."""
        known = self._session.project.paper
        if known is not None and Path(known.path) != path:
            known = None
        refuse = self._refuse_those(self._session.project.also)

        def bind(opened: OpenPaper, paper: Paper) -> None:
            self._bind_first(opened, paper, chosen=known is None)

        def keep(opened: OpenPaper) -> None:
            self._take_details(opened, details)
            self._keep_first(opened)

        return self._start(_Opening(path, password, refuse, keep, known, bind))

    def probe(self, path: Path, password: str, then: Callable[[], None]) -> Job[None]:
        """See whether a paper can be opened; only then is ``then`` called, on the owner's thread and for this project."""
        began = self._session.for_this_project(then)

        def work(progress: Progress, cancel: Cancel) -> None:
            opening = _Opening(path, password, lambda pages: None, lambda opened: None)
            self._pages(path, opening).close()
            self._session.post(began)

        return self._session.start(self._session.queues.reading, Message("Reading {name}", name=path.name), work)

    def _take_details(self, opened: OpenPaper, details: PaperDetails | None) -> None:
        """Keep what a reference manager says of a paper; a person's word stays."""
        if details is not None:
            known = self._session.project.with_details([(opened.source.sha256, details)])
            self._session.apply(SetFields((("details", known),), frozenset()), undoable=False)

    def _keep_first(self, opened: OpenPaper) -> None:
        self._opened.put_first(opened)
        sha256, old = opened.source.sha256, self._session.project.paper
        same = old is not None and old.sha256 == sha256
        name = old.name if old is not None and same and self._opened.is_named(old) else self._free_name(opened.path)
        file = SourceFile(str(opened.path.resolve()), name, sha256)
        # what stands in other bytes is looked for again once these are read
        if old != file and (old is None or same or not self._stands_in(old, opened.path)):
            values = [("paper", file)] if same else [("paper", file), ("label_offset", 0)]
            self._session.apply(SetFields(tuple(values), frozenset({Part.PAPER})), undoable=False)
        else:
            self._session.announce(Changed(frozenset({Part.PAPER})))

    def _stands_in(self, old: SourceFile, path: Path) -> bool:
        """Whether the project holds places in the bytes of ``old`` that are to be looked for in those of the file at ``path``: those
        of its table in any, answers and highlights in a changed one of its own."""
        project = self._session.project
        own = path.name == old.name or path.resolve() == Path(old.path)
        marked = any(one.sha256 == old.sha256 for one in project.annotations)
        return bool(project.table.rows) or (own and (marked or bool(project.answers)))

    def _bind_first(self, opened: OpenPaper, paper: Paper, *, chosen: bool) -> None:
        old = self._session.project.paper
        if opened is self._opened.first and old is not None and old.sha256 != paper.document.sha256:
            name, sha256 = self._free_name(opened.path), paper.document.sha256
            file = SourceFile(str(opened.path.resolve()), name, sha256)
            if self._bind(old, file, paper, (("paper", file), ("label_offset", 0)), chosen=chosen):
                return
            self._opened.drop_first()
            self._tell_lost(old)

    def _free_name(self, path: Path) -> str:
        others = [f.name for f in self._session.project.also]
        return short_name(path.name, others) if path.name in others else path.name

    # -- further ones --------------------------------------------------------------------------------------------------

    def add(self, path: Path, password: str = "") -> Job[None]:
        """Add a further main paper to the project, or the first one; the job fails for one that is there already."""
        if self._session.project.paper is None:
            return self.open(path, password)

        def keep(opened: OpenPaper) -> None:
            project = self._session.project
            name = short_name(path.name, (f.name for f in project.papers))
            self._opened.put_further(name, opened)  # one that was taken out may have borne it
            self._opened.chosen = name
            self._session.apply(added(project, SourceFile(str(path.resolve()), name, opened.source.sha256)))

        return self._start(_Opening(path, password, self._refuse_those(self._session.project.papers), keep))

    def reopen(self, file: SourceFile, password: str = "") -> Job[None]:
        """Open a further paper of the project again; where it was changed, its citations are looked for in its bytes of
        now, as for the first one."""

        def keep(opened: OpenPaper) -> None:
            self._keep_further(file.name, opened)

        chosen = file not in self._session.project.also

        def bind(opened: OpenPaper, paper: Paper) -> None:
            self._bind_further(file.name, opened, paper, chosen=chosen)

        others = [f for f in self._session.project.papers if f.name != file.name]
        return self._start(_Opening(Path(file.path), password, self._refuse_those(others), keep, file, bind))

    def _further(self, name: str) -> SourceFile | None:
        return next((f for f in self._session.project.also if f.name == name), None)

    def _with(self, new: SourceFile) -> tuple[SourceFile, ...]:
        """The further papers with ``new`` in the place of the one of its name."""
        return tuple(new if f.name == new.name else f for f in self._session.project.also)

    def _keep_further(self, name: str, opened: OpenPaper) -> None:
        known = self._further(name)
        if known is None:  # taken out meanwhile
            opened.source.close()
            return
        self._opened.put_further(name, opened)
        new = SourceFile(str(opened.path.resolve()), name, opened.source.sha256)
        if new != known and new.sha256 == known.sha256:  # it lies elsewhere now
            values = (("also", self._with(new)),)
            self._session.apply(SetFields(values, frozenset({Part.PAPER})), undoable=False)
        else:
            self._session.announce(Changed(frozenset({Part.PAPER})))

    def _bind_further(self, name: str, opened: OpenPaper, paper: Paper, *, chosen: bool) -> None:
        known, sha256 = self._further(name), paper.document.sha256
        if self._opened.further.get(name) is not opened or known is None or known.sha256 == sha256:
            return
        new = SourceFile(str(opened.path.resolve()), name, sha256)
        offsets = tuple(o for o in self._session.project.also_offsets if o[0] != name)
        if not self._bind(known, new, paper, (("also", self._with(new)), ("also_offsets", offsets)), chosen=chosen):
            self._opened.drop_further(name)
            self._tell_lost(known)

    def remove(self, name: str) -> None:
        """Take a paper out, with its rows; where it is the first one, the next takes its place.  It can be undone; raises
        UsageError for the only one."""
        if not self._session.project.also:
            sentence = Message("{name} is the only paper of this project.", name=name)
            raise UsageError(sentence, "Begin a new project with another paper.")
        if self._opened.chosen == name:
            self._opened.chosen = ""
        self._session.apply(without(self._session.project, name))

    # -- both ----------------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Let go of all papers: the project is closed."""
        self._opened.close()
        self.rebound = None

    @staticmethod
    def _refuse_those(others: Iterable[SourceFile]) -> Callable[[PageSource], None]:
        """Refuses a file whose bytes are those of one of ``others``."""
        hashes = {f.sha256: f.name for f in others}

        def refuse(source: PageSource) -> None:
            if source.sha256 in hashes:
                sentence = Message("{name} is in this project already.", name=hashes[source.sha256])
                raise UsageError(sentence, "Choose another paper.")

        return refuse

    def _bind(
        self,
        old: SourceFile,
        new: SourceFile,
        paper: Paper,
        values: tuple[tuple[str, object], ...],
        *,
        chosen: bool,
    ) -> bool:
        """Look for the citations of a changed paper again; ``values`` put the file of now into the project.

        False where none of them stands in it and the person has not ``chosen`` it: it is another paper that lies there, and
        the project stays as it was.
        """
        project = self._session.project
        key = key_of(project, old)
        new_key = f"{new.sha256[:8]}:" if key else ""
        known = paper.known_as(new.name, new_key)
        table, review, rebound = relocate(
            project.table, project.review, known.document, known.references, old.name,
            old_key=key, key=new_key,
        )  # fmt: skip
        if rebound.lost and not (rebound.kept or rebound.moved or chosen):
            return False
        annotations, lost = relocate_annotations(project.annotations, known.document, old.sha256)
        if rebound.kept + rebound.moved + rebound.lost + lost:
            self.rebound = replace(rebound, notes=lost)
        answers = relocate_answers(project.answers, known.document, old.name)
        values = (*values, ("table", table), ("review", review), ("beside", None))
        values = (*values, ("annotations", annotations), ("answers", answers))
        parts = frozenset({Part.PAPER, Part.ROWS, Part.REVIEW, Part.ANNOTATIONS, Part.ANSWERS})
        self._session.forget_undo()  # older steps would bring citations of the other bytes back
        self._session.apply(SetFields(values, parts), undoable=False)
        return True

    def _tell_lost(self, file: SourceFile) -> None:
        """Another paper lies in the place of one of the project: ask for it, as for one that is gone."""
        place = Path(file.path)
        sentence = Message("Another paper lies where {name} was ({place}).", name=file.name, place=place.parent)
        lost = SourceLost(sentence, "Say where it lies now.", file.path)

        def work(progress: Progress, cancel: Cancel) -> None:
            raise lost

        self._session.start(self._session.queues.aside, Message("Reading {name}", name=file.name), work, told=False)

    def _start(self, opening: _Opening) -> Job[None]:
        session, generation, folder = self._session, self._session.generation, self._session.folder

        def keep(opened: OpenPaper) -> None:
            if generation == session.generation:
                opening.keep(opened)
            else:
                opened.source.close()

        def take(opened: OpenPaper, paper: Paper, doubts: tuple[str, ...]) -> None:
            opened.read, opened.doubts = paper, doubts
            opening.bind(opened, paper)
            session.announce(Changed(frozenset({Part.PAPER})))

        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> None:
            place = opening.path
            if opening.known is not None:
                place = found_again(opening.known, folder, progress=progress, cancel=cancel)
            opened = OpenPaper(place, opening.password, self._pages(place, opening))
            session.hand_over(lambda: keep(opened), cancel)
            paper = self._read(opened, progress, cancel)
            doubts = warnings_of(paper.references)
            session.post(lambda: taken(opened, paper, doubts))

        return session.start(session.queues.reading, Message("Reading {name}", name=opening.path.name), work)

    def _pages(self, place: Path, opening: _Opening) -> PageSource:
        source = lazy_imports.run.open_source(place, self._session.engines.open_document, opening.password)
        try:
            opening.refuse(source)
        except BaseException:
            source.close()
            raise
        return source

    def _read(self, opened: OpenPaper, progress: Progress, cancel: Cancel) -> Paper:
        engines, source = self._session.engines, opened.source
        if engines.read is not None:
            return engines.read(opened.path, opened.password, source.sha256, progress=progress, cancel=cancel)
        ocr = engines.page_ocr or engines.ocr
        return lazy_imports.run.read_paper(source, ocr, progress=progress, cancel=cancel)
