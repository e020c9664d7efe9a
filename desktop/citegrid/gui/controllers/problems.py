"""What went wrong, told where the person looks, with the next step at hand: find the file, get the model, send a report."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from citegrid.concurrency.jobs import Post
from citegrid.core.errors import CiteGridError, InternalError, ManagerClosed, ModelError, SourceLost
from citegrid.core.messages import Message
from citegrid.gui.dialogs.failure import FailureDialog
from citegrid.gui.i18n import language, tr, tr_sentence
from citegrid.gui.widgets.message_bar import MessageBar
from citegrid.pipeline.relocate import Rebound
from citegrid.ports import Cancel, Progress
from citegrid.store.activity_log import ActivityLog
from citegrid.store.paths import state_folder
from citegrid.workbench.help.diary import note_error
from citegrid.workbench.help.problem_report import problem_report, report_of

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class Problems(QObject):
    """Wishes behind the buttons beside a message: ``find_requested(place)`` of what lay there, ``models_requested``,
    ``data_requested`` for the folder of a reference manager."""

    find_requested = Signal(str)
    models_requested = Signal()
    data_requested = Signal()

    def __init__(self, workbench: Workbench, message: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._message, self._window = workbench, message, window
        self._told: Rebound | None = None
        self.dialog: FailureDialog | None = None
        self._log = ActivityLog(state_folder())

    def tell(self, error: CiteGridError) -> None:
        """Show an error below the panes; a fault of ours has a dialog of its own, with a report."""
        if isinstance(error, InternalError):
            self._show_failure(error)
        elif isinstance(error, SourceLost):
            place = error.place
            self._message.show_error(error, tr("Find it…"), lambda: self.find_requested.emit(place))
        elif isinstance(error, ManagerClosed):
            self._message.show_error(error, tr("Zotero's data folder…"), self.data_requested.emit)
        elif isinstance(error, ModelError):
            self._message.show_error(error, tr("Models…"), self.models_requested.emit)
        else:
            self._message.show_error(error)

    def tell_read_only(self, folder: Path, save_copy: Callable[[], None]) -> None:
        """Say once that a project can only be read where it lies, and offer a copy."""
        words = tr("“{name}” can only be read where it lies. What you change is kept in a copy.", name=folder.name)
        self._message.show_warning(words, tr("Save a copy"), save_copy)

    def tell_rebound(self) -> None:
        """The paper was changed: say once what became of its citations."""
        rebound = self._workbench.papers.rebound
        if rebound is None or rebound is self._told:
            return
        self._told = rebound
        words = tr(
            "{name} was changed since its citations were made. They were looked for again: {kept} stand where they "
            "stood, {moved} elsewhere, {lost} nowhere.",
            name=rebound.name, kept=rebound.kept, moved=rebound.moved, lost=rebound.lost,
        )  # fmt: skip
        if not rebound.kept + rebound.moved + rebound.lost:
            words = tr("{name} was changed since you marked it.", name=rebound.name)
        if rebound.notes:
            words += " " + tr(
                "{notes} of your highlights stand nowhere in it; they are kept, and shown when the old file is back.",
                notes=rebound.notes,
            )
        if rebound.lost:
            words += " " + tr("The cells that lost one are open again; choose “Doubtful” to see them.")
        self._message.show_warning(words)

    def _show_failure(self, error: BaseException) -> None:
        if self.dialog is not None:  # one at a time; what follows a fault is seldom news
            return
        what = tr_sentence(error.sentence) if isinstance(error, InternalError) else f"{type(error).__name__}: {error}"
        note_error(self._log, error)
        self.dialog = FailureDialog(what, report_of(error), self._saved(), self._window)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def ask_report(self) -> None:
        """A text for who helps: shown at once, and completed when the parts were tried beside the window."""
        if self.dialog is not None:
            return
        tried = tr("The parts are being tried; this takes some seconds …")
        self.dialog = dialog = FailureDialog(
            "", problem_report([tried], self._log, language()), True, self._window, own=True
        )
        dialog.destroyed.connect(self._closed)
        dialog.open()
        session = self._workbench.session

        def try_parts(progress: Progress, cancel: Cancel) -> None:
            from citegrid.workbench.help.self_test import facts, fence, trials

            found = [*facts(), *(one.said for one in (*trials(session.engines, load_model=False), *fence()))]
            session.post(lambda: self._complete(dialog, tried, found))

        session.start(session.queues.aside, Message("Trying the parts"), try_parts)

    def _complete(self, dialog: FailureDialog, tried: str, found: Sequence[Message]) -> None:
        if self.dialog is dialog:  # not closed meanwhile
            dialog.complete(tried, "\n".join(tr_sentence(one) for one in found).replace(str(Path.home()), "~"))

    def _closed(self) -> None:
        self.dialog = None

    def _saved(self) -> bool:
        try:
            self._workbench.session.save()
        except Exception:  # whatever it was: it must not bring the next dialog about this one
            return False
        return self._workbench.folder is not None

    def unforeseen(self, fault: BaseException) -> None:
        """An error that nobody caught: the window lives on and tells."""
        if isinstance(fault, CiteGridError):
            self.tell(fault)
        else:
            self._show_failure(fault)

    def listen(self, post: Post) -> Callable[[], None]:
        """Hear of every uncaught error from now on, of any thread; the call that is given back ends it."""
        before, before_thread = sys.excepthook, threading.excepthook

        def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
            before(kind, fault, trace)
            if isinstance(fault, Exception):
                post(lambda: self.unforeseen(fault))

        def tell_of_thread(told: threading.ExceptHookArgs) -> None:
            before_thread(told)
            fault = told.exc_value
            if isinstance(fault, Exception):
                post(lambda: self.unforeseen(fault))

        def end() -> None:
            sys.excepthook, threading.excepthook = before, before_thread

        sys.excepthook, threading.excepthook = tell, tell_of_thread
        return end
