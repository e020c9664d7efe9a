"""Asking in the window: questions and texts go to the Workbench, what is found comes back to the pane, a click moves the paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from citegrid.core.edits.answers import is_same
from citegrid.core.errors import CiteGridError, InputError, UsageError
from citegrid.core.evidence import SourceKind
from citegrid.core.messages import Message
from citegrid.core.outcome.answers import Found, QuestionAnswered
from citegrid.gui.dialogs.into_table import IntoTableDialog
from citegrid.gui.i18n import tr
from citegrid.gui.panes.ask_pane import AskPane
from citegrid.gui.pdf_view.focus import focus_on
from citegrid.gui.settings import Settings

if TYPE_CHECKING:
    from citegrid.concurrency.jobs import Job
    from citegrid.workbench.workbench import Workbench

#: Files that a text can be opened from.
TEXTS = "*.docx *.md *.markdown *.txt *.text"


class Asking(QObject):
    """Facts: ``focus_changed(Focus)``, ``passage_chosen(Evidence)`` of the library, ``failed(error)``, ``noted(text)``."""

    focus_changed = Signal(object)
    passage_chosen = Signal(object)
    failed = Signal(object)
    noted = Signal(str)

    def __init__(self, workbench: Workbench, settings: Settings, pane: AskPane, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._settings, self._pane, self._window = workbench, settings, pane, window
        self._answered: QuestionAnswered | None = None
        self._job: Job[object] | None = None
        self._at = self._round = 0
        self.cell: Callable[[], tuple[str, str] | None] = lambda: None

    def _try(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)
            return False
        return True

    # -- asking --------------------------------------------------------------------------------------------------------

    def ask(self, question: str) -> None:
        """Answer a question."""
        chosen = self._settings.chosen_model
        self._begin(lambda: self._workbench.questions.ask(question, self._taking(), load=True, model=chosen))

    def check(self, text: str) -> None:
        """Set a text against the sources."""
        self._begin(lambda: self._workbench.text_check.check(text, self._taking()))

    def _begin(self, start: Callable[[], object]) -> None:
        self._pane.set_busy(True)
        if not self._try(lambda: setattr(self, "_job", start())):
            self._pane.set_busy(False)

    def _taking(self) -> Callable[[Found], None]:
        """Takes what is found for the question or text of now: keeps it, and shows it where nothing else was asked or chosen since;
        a translation that comes later takes the place of what it translates.  A project that can only be read where it lies
        stays as it is."""
        self._round += 1
        number = self._round
        heard: list[Found] = []

        def take(found: Found) -> None:
            questions = self._workbench.questions
            if self._workbench.files.read_only is None:
                (questions.renew if heard else questions.keep)(found)
            heard.append(found)
            if number == self._round:
                self._show(found)

        return take

    def _show(self, found: Found) -> None:
        self._answered = found if isinstance(found, QuestionAnswered) else None
        self._at = 0
        self._pane.show_found(found)

    def show(self, found: Found) -> None:
        """Show an answer or a checked text, whatever is still looked for."""
        self._round += 1
        self._show(found)

    def recall(self, *, newest: bool) -> None:
        """Offer what the project keeps, and show the ``newest`` of it; what is shown is shown as it is kept now."""
        kept, shown = self._workbench.project.answers, self._pane.shown
        self._pane.offer(kept)
        if newest and kept:
            self.show(kept[0])
        elif shown is not None and shown not in kept:
            for one in (found for found in kept if is_same(found, shown)):
                self._show(one)

    def show_earlier(self, number: int) -> None:
        """Show one of those that the project keeps."""
        self.show(self._workbench.project.answers[number])

    def ended(self, job: Job[object]) -> None:
        """A job has ended: where it was stopped or failed nothing is waited for any more."""
        if job is self._job:
            self._job = None
            self._pane.set_busy(False)

    def forget(self) -> None:
        """Another project is open."""
        self._answered, self._job, self._at = None, None, 0

    def ask_file(self) -> None:
        """Choose a text."""
        files = QFileDialog(self._window, tr("Check a text"), self._settings.folder, f"{tr('Texts')} ({TEXTS})")
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        files.fileSelected.connect(lambda name: self.open(Path(name)))
        files.finished.connect(files.deleteLater)
        files.open()

    def open(self, path: Path) -> None:
        """Show the text of a file and check it."""
        self._settings.folder = str(path.parent)
        self._try(lambda: self._pane.field.setPlainText(self._workbench.text_check.read(path)))
        if self._pane.words:
            self.check(self._pane.words)

    # -- what was found ------------------------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Show the place of one of the quotes that are shown."""
        evidence = self._pane.evidence
        if not 0 <= number < len(evidence):
            return
        self._at = number
        self._pane.mark(number)
        one = evidence[number]
        focus = focus_on(one, evidence, number, tr("Answer") if self._answered else tr("Your text"))
        if one.kind is SourceKind.LIBRARY:
            self.passage_chosen.emit(one)
        elif one.source not in {document.name for document in self._workbench.papers.documents}:
            self.failed.emit(self._absent(one.source))
        elif focus is not None:
            self.focus_changed.emit(focus)

    def _absent(self, name: str) -> CiteGridError:
        """Why a paper cannot be shown: it was taken out, or its file is not there or not read yet."""
        if all(file.name != name for file in self._workbench.project.papers):
            return InputError("This paper is no longer part of the project.", "Ask again.")
        hint = "Wait, open it again, or take it out of the project."
        return UsageError(Message("{name} has not been read yet.", name=name), hint)

    def step(self, by: int) -> None:
        """To the next quote, or the previous one with -1."""
        if self._pane.evidence:
            self.choose((self._at + by) % len(self._pane.evidence))

    def put_into_table(self) -> None:
        """Ask for a row and a column, and put the answer there."""
        answered, table = self._answered, self._workbench.project.table
        if answered is None or not table.rows or not table.columns:
            error = UsageError("The table has no cell for it yet.", "Type the columns and fill a row first.")
            self.failed.emit(error)
            return
        dialog = IntoTableDialog(table, self.cell(), self._window)
        dialog.chosen.connect(lambda work, column: self._put(answered, work, column))
        dialog.open()

    def _put(self, answered: QuestionAnswered, work_id: str, column: str) -> None:
        try:
            self._workbench.questions.put_into_table(answered, work_id, column)
        except KeyError:
            return  # the row or column went away while the dialog was open
        self.noted.emit(tr("The answer stands in “{column}” now.", column=column))
