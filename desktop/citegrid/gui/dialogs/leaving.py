"""Closing a window that is at work: the question, and the wait for its jobs to stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from citegrid.gui.dialogs.buttons import message
from citegrid.gui.i18n import tr

#: Milliseconds that jobs get to stop when the window is closed.
PATIENCE = 8000


def ask_to_stop(parent: QWidget, stop: Callable[[], object]) -> None:
    """Ask whether to stop and close (``stop`` is then called) or to go on working."""
    more = tr("If you stop now, what was done is kept, and you can continue next time.")
    box = message(parent, "info", tr("CiteGrid is still at work."), more)
    accept = box.addButton(tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(tr("Go on working"), QMessageBox.ButtonRole.RejectRole)
    box.buttonClicked.connect(lambda button: stop() if button is accept else None)
    box.open()


def ask_to_lose(parent: QWidget, why: str, leave: Callable[[], object]) -> None:
    """Say that the last changes could not be saved, and why; ``leave`` is called when the person closes all the same."""
    box = message(parent, "warning", tr("The last changes are not saved."), why)
    accept = box.addButton(tr("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(tr("Go back"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.buttonClicked.connect(lambda button: leave() if button is accept else None)
    box.open()


def when_quiet(parent: QWidget, busy: Callable[[], bool], call: Callable[[], object]) -> None:
    """Wait with the window alive until nothing is ``busy`` any more, and ``call`` in the end whatever the jobs do."""
    timer = QTimer(parent)
    timer.setInterval(50)
    waited = [0]

    def look() -> None:
        waited[0] += 50
        if not busy() or waited[0] >= PATIENCE:
            timer.stop()
            call()

    timer.timeout.connect(look)
    timer.start()
