"""Opening: dialogs, drops, passwords, and where a new project is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from citegrid.concurrency.jobs import Job
from citegrid.core.document import PaperDetails
from citegrid.core.errors import CiteGridError, PasswordNeeded, UsageError
from citegrid.core.messages import Message
from citegrid.core.project import SourceFile
from citegrid.core.resources import resource
from citegrid.gui.dialogs.password import PasswordDialog
from citegrid.gui.i18n import language, tr
from citegrid.gui.settings import Settings
from citegrid.store.files import write_atomically
from citegrid.store.paths import chosen_folder
from citegrid.store.project_folder import FILE
from citegrid.store.zotero.manager import is_of_zotero

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench

PAPERS = (".pdf",)
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")
BACKGROUND = (".pdf", ".docx", ".txt", ".md", ".html", ".htm")


def projects_folder() -> Path:
    """Where projects are kept unless the person chooses: ``Documents/CiteGrid``."""
    chosen = chosen_folder()
    return chosen / "projects" if chosen else Path(platformdirs.user_documents_dir()) / "CiteGrid"


def fresh_folder(name: str, home: Path | None = None) -> Path:
    """A folder for a new project called ``name`` that does not exist yet."""
    home = home or projects_folder()
    safe = re.sub(r'[\\/:*?"<>|#%\x00-\x1f]+', " ", name).strip(" .")[:80] or "project"
    folder, number = home / safe, 2
    while folder.exists():
        folder, number = home / f"{safe} {number}", number + 1
    return folder


def _zotero_key(url: QUrl) -> str:
    """The key of the item that a link of Zotero names (``zotero://select/library/items/ABCD2345``); empty for other addresses."""
    return Path(url.path()).name if url.scheme() == "zotero" and "/items/" in url.path() else ""


def words_of_zotero(data: QMimeData) -> str:
    """What Zotero, which shows itself as the browser that it is built on, writes of items that are dragged from it: their entries
    or links; empty for other things."""
    browser = any("x-moz" in name or "_moz_" in name for name in data.formats())
    words = data.text() if data.hasText() and not data.hasUrls() else ""
    return words if browser or "zotero://" in words else ""


def _papers() -> str:
    return f"{tr('Papers')} (*.pdf *.PDF)"


def _pictures() -> str:
    kinds = " ".join(f"*{end} *{end.upper()}" for end in PICTURES)
    return f"{tr('Pictures')} ({kinds})"


class Files(QObject):
    """Turns the person's files into calls of the Workbench."""

    failed = Signal(object)
    #: a project was opened in a folder where nothing can be written
    read_only = Signal(object)
    #: another project is about to be opened: what is being written is to be taken over
    leaving = Signal()
    picture_opened = Signal()
    #: folders or files of background documents were chosen
    library_chosen = Signal(object)
    #: a file of Zotero's storage, or the key of an item, was dropped
    of_zotero = Signal(object)
    key_of_zotero = Signal(str)
    #: items of Zotero were dropped that have no file of their own: what it writes of them
    words_of_zotero = Signal(str)

    def __init__(self, workbench: Workbench, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._settings = settings
        self._window = window
        self._papers: dict[int, tuple[Job[None], Path, bool]] = {}
        self._details: dict[Path, PaperDetails] = {}
        self.dialog: QWidget | None = None
        self._homeless = -1
        #: what a project is called that is begun with columns alone
        self.named = ""

    # -- dialogs -------------------------------------------------------------------------------------------------------

    def ask_paper(self) -> None:
        """Choose a PDF."""
        self._ask(tr("Open the paper"), _papers(), self._open_chosen)

    def _open_chosen(self, path: Path) -> None:
        self.open_paper(path)

    def ask_picture(self) -> None:
        """Choose a picture."""
        self._ask(tr("Open the picture of the table"), _pictures(), self.open_picture)

    def ask_library_folder(self) -> None:
        """Choose a folder of background documents."""
        dialog = QFileDialog(self._window, tr("Add a folder of background documents"), self._settings.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._run(dialog, lambda path: self.add_library([path]))

    def ask_library_files(self) -> None:
        """Choose background documents."""
        kinds = " ".join(f"*{end}" for end in BACKGROUND)
        dialog = QFileDialog(
            self._window, tr("Add background documents"), self._settings.folder, f"{tr('Documents')} ({kinds})"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_library([Path(name) for name in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.destroyed.connect(lambda: setattr(self, "dialog", None))
        dialog.open()

    def add_library(self, roots: Sequence[Path]) -> None:
        """Take folders or files of background documents into the project."""
        if roots:
            self.library_chosen.emit(tuple(roots))

    def ask_project(self) -> None:
        """Choose a project folder."""
        dialog = QFileDialog(self._window, tr("Open a project folder"), str(projects_folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._run(dialog, self.open_project)

    def find(self, place: str) -> None:
        """Say where what lay at ``place`` lies now: a folder of the library, the picture, or a paper, whose citations are
        looked for again if it was changed."""
        project, bench = self._workbench.project, self._workbench
        further = next((file for file in project.also if file.path == place), None)
        if any(file.path == place for file in project.library):
            dialog = QFileDialog(self._window, tr("Find the folder of background documents"), self._settings.folder)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            self._run(dialog, lambda path: self._try(lambda: bench.library.find(place, path)))
        elif project.picture is not None and project.picture.path == place:
            self._ask(tr("Find the picture"), _pictures(), lambda path: self._try(lambda: bench.picture.find(path)))
        elif further is not None:
            self._ask(tr("Find the paper"), _papers(), lambda path: self._reopen_further(further, path))
        else:
            self._ask(tr("Find the paper"), _papers(), self.rebind_paper)

    def _reopen_further(self, file: SourceFile, path: Path) -> None:
        self._try(lambda: self._workbench.papers.reopen(replace(file, path=str(path.resolve()))))

    def rebind_paper(self, path: Path) -> None:
        """The project's own paper lies at ``path`` now."""
        job: list[Job[None]] = []
        if self._try(lambda: job.append(self._workbench.papers.open(path))):
            self._papers[id(job[0])] = (job[0], path, False)

    def _ask(self, title: str, kinds: str, take: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._window, title, self._settings.folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._run(dialog, take)

    def _run(self, dialog: QFileDialog, take: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(name: str) -> None:
            path = Path(name)
            self._settings.folder = str(path.parent)
            take(path)

        dialog.fileSelected.connect(chosen)
        self.dialog = dialog
        dialog.destroyed.connect(lambda: setattr(self, "dialog", None))
        dialog.open()

    # -- drops ---------------------------------------------------------------------------------------------------------

    @staticmethod
    def welcome(data: QMimeData) -> bool:
        """Whether something that is dragged over the window can be opened."""
        known = (_zotero_key(url) or Files._kind(Path(url.toLocalFile())) for url in data.urls())
        return any(known) or bool(words_of_zotero(data))

    @staticmethod
    def _kind(path: Path) -> str:
        if path.suffix.lower() in PAPERS:
            return "paper"
        if path.suffix.lower() in PICTURES:
            return "picture"
        if (path / FILE).is_file() or path.name == FILE:
            return "project"
        return "background" if path.suffix.lower() in BACKGROUND or (path.is_absolute() and path.is_dir()) else ""

    def drop(self, data: QMimeData, *, background: bool = False) -> None:
        """Open what was dropped, each by its kind: papers, pictures, projects; texts and folders become background documents, and
        so do papers where ``background`` says that they were let go over the library."""
        self._drop_words(words_of_zotero(data))
        opening = {"paper": self._drop_paper, "picture": self.open_picture, "project": self._drop_project}
        texts = ("background", "paper") if background else ("background",)
        paths = {Path(url.toLocalFile()): _zotero_key(url) for url in data.urls()}
        self.add_library([path for path, key in paths.items() if not key and self._kind(path) in texts])
        for path, key in paths.items():
            if key:
                self.key_of_zotero.emit(key)
            elif (kind := self._kind(path)) not in texts:
                opening.get(kind, self._refuse)(path)

    def _drop_words(self, words: str) -> None:
        keys = [key for word in words.split() if (key := _zotero_key(QUrl(word)))]
        if keys:
            self.key_of_zotero.emit(keys[0])
        elif words:
            self.words_of_zotero.emit(words)

    def _drop_paper(self, path: Path) -> None:
        if is_of_zotero(path):
            self.of_zotero.emit(path)
        else:
            self.open_paper(path)

    def _drop_project(self, path: Path) -> None:
        self.open_project(path.parent if path.name == FILE else path)

    def _refuse(self, path: Path) -> None:
        self.failed.emit(
            UsageError(
                Message("{name} is neither a PDF nor a picture.", name=path.name),
                "Open a PDF, PNG or JPEG; background documents can be Word, text, Markdown or HTML files, too.",
            )
        )

    # -- calls ---------------------------------------------------------------------------------------------------------

    def _try(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)
            return False
        return True

    def ensure_project(self, name: str) -> bool:
        """Give a project without a folder one, so that it saves itself from now on."""
        if self._workbench.folder is not None:
            return True
        made = self._try(lambda: self._workbench.files.settle(fresh_folder(name)))
        if made:
            self.remember()
        return made

    def save_copy(self) -> None:
        """Keep a project that can only be read where it lies in a folder of its own, from now on."""
        place = self._workbench.files.read_only
        if place is not None:
            self.ensure_project(place.name)

    def settle(self) -> None:
        """The project changed: one that was begun and lies nowhere yet gets a folder, called like what it was begun with.

        So a file that cannot be opened never gives its name to anything.  A folder that cannot be made is told once.
        """
        project, session = self._workbench.project, self._workbench.session
        sources = [file for file in (project.paper, project.picture, *project.library) if file is not None]
        begun = bool(sources) or bool(project.table.columns)
        files = self._workbench.files
        if files.read_only is not None and files.is_as_opened:
            return
        if begun and self._workbench.folder is None and self._homeless != session.generation:
            name = Path(sources[0].path).stem if sources else self.named or tr("Table")
            name = files.read_only.name if files.read_only is not None else name
            if not self.ensure_project(name):
                self._homeless = session.generation

    def remember(self) -> None:
        """Put the open project at the head of the recent ones."""
        folder = self._workbench.folder
        if folder is not None:
            self._settings.remember(folder)

    def new(self) -> None:
        """Begin an empty project that lies nowhere yet, in the language of the window."""
        self.leaving.emit()
        self._try(lambda: self._workbench.files.new(None, "", language()))

    def open_sample(self) -> None:
        """Open the paper and the picture that come with CiteGrid."""
        self.new()
        self.open_paper(resource("sample", "paper.pdf"))
        self.open_picture(resource("sample", f"table-{language()}.png"))

    def open_paper(self, path: Path, password: str = "", details: PaperDetails | None = None) -> None:
        """Open a paper; a password is asked for when it needs one.  Another paper begins another project, with the picture
        and the columns of this one.  ``details`` are what a reference manager says of it."""
        project, papers = self._workbench.project, self._workbench.papers
        if project.paper is not None and project.table.rows and Path(project.paper.path) != path.resolve():
            job = papers.probe(path, password, lambda: self._begin_with(path, password, details))
            self._papers[id(job)] = (job, path, bool(password))
        else:
            self._open_here(path, password, details)
        if details is not None:
            self._details[path] = details

    def _open_here(self, path: Path, password: str, details: PaperDetails | None) -> None:
        job: list[Job[None]] = []
        if self._try(lambda: job.append(self._workbench.papers.open(path, password, details))):
            self._papers[id(job[0])] = (job[0], path, bool(password))

    def _begin_with(self, path: Path, password: str, details: PaperDetails | None) -> None:
        """Begin another project with a paper that can be opened, with the picture and the columns of this one."""
        self.leaving.emit()
        folder, project = fresh_folder(path.stem), self._workbench.project
        make = self._workbench.files.new
        if self._try(lambda: make(folder, project.query, project.language, keep_columns=True)):
            self.remember()
            self._open_here(path, password, details)

    def open_picture(self, path: Path) -> None:
        """Open a picture; its header becomes the columns."""
        if self._try(lambda: self._workbench.picture.open(path)):
            self.picture_opened.emit()

    def paste_picture(self, png: bytes) -> None:
        """Keep a picture that was pasted in the project's folder and open it."""
        if not self.ensure_project(tr("Pasted picture")):
            return
        assert self._workbench.folder is not None
        path = self._workbench.folder / f"pasted-{hashlib.sha256(png).hexdigest()[:8]}.png"
        if self._try(lambda: write_atomically(path, png)):
            self.open_picture(path)

    def open_project(self, folder: Path, *, beside: bool = True) -> None:
        """Open a project as it was left, and its sources; ``beside`` the window, or before anything else is done."""
        self.leaving.emit()
        if beside:
            files = self._workbench.files
            self._try(lambda: files.open_beside(folder, lambda: self._reopen(folder), self.leaving.emit))
        elif self._try(lambda: self._workbench.files.open(folder)):
            self._reopen(folder)

    def _reopen(self, folder: Path) -> None:
        self._settings.remember(folder)
        if self._workbench.files.read_only is not None:
            self.read_only.emit(folder)
        paper = self._workbench.project.paper
        jobs: list[Job[None]] = []
        self._try(lambda: jobs.extend(self._workbench.files.reopen_sources()))
        if paper is not None and jobs:
            self._papers[id(jobs[0])] = (jobs[0], Path(paper.path), False)

    def ended(self, job: Job[object]) -> bool:
        """A job has ended; True when its failure was dealt with here (a password is being asked for)."""
        paper = self._papers.pop(id(job), None)
        if paper is None or not isinstance(job.error, PasswordNeeded):
            return False
        dialog = PasswordDialog(paper[1].name, self._window, wrong=paper[2])
        dialog.given.connect(lambda password: self.open_paper(paper[1], password, self._details.get(paper[1])))
        self.dialog = dialog
        dialog.destroyed.connect(lambda: setattr(self, "dialog", None))
        dialog.open()
        return True
