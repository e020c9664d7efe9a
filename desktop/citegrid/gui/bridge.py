"""Carries work from other threads to the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

Call = Callable[[], None]


class Bridge(QObject):
    """``post(call)`` runs ``call`` on the thread the bridge was made on, in the order of posting.

    Safe from any thread; after ``shut`` calls are dropped, so that a late worker never meets a closed window.
    """

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Call) -> None:
        """Queue ``call`` for the window's thread."""
        if self._open:
            self._posted.emit(call)

    def shut(self) -> None:
        """Drop everything that comes from now on."""
        self._open = False

    @Slot(object)
    def _run(self, call: Call) -> None:
        if self._open:
            call()
