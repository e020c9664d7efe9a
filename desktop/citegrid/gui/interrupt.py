"""Ctrl-C in the terminal that the window was started from, and the system's wish that the program ends."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier

#: Ctrl-C, and what a system that shuts down sends; not all systems have all of them.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def on_interrupt(leave: Callable[[], object]) -> Callable[[], None]:
    """Have ``leave`` called on this, the window's, thread when the program is told to end; the call that is given back ends
    that.  Qt's event loop would not hear Python's handlers: they are woken through a socket."""
    ours, theirs = socket.socketpair()
    for socket_ in (ours, theirs):
        socket_.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)

    def hear(*_: object) -> None:
        ours.recv(64)
        leave()

    notifier.activated.connect(hear)
    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in known}
    heard = [number for number in known if before[number] is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, lambda *_: None)
    old = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)

    def end() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(old)
        for number in heard:
            signal.signal(number, before[number])
        ours.close()
        theirs.close()

    return end
