"""Ctrl-C in the terminal: work is asked to stop, and what does not hear it is left."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

import psutil

from citegrid.core.errors import Cancelled
from citegrid.screen import system_language

#: Seconds that the program takes to end by itself; the person was promised one second, and a busy machine takes a part of it.
PATIENCE = 0.5


@contextlib.contextmanager
def ending_for_certain() -> Iterator[None]:
    """From the first Ctrl-C on the program ends within a second: by itself, which says what was kept, or by force.

    Each cell is on the disk when it is shown, and files are replaced in one step, so that nothing is lost either way.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is not signal.default_int_handler:
        yield  # the caller's own way, or a job in the background that is deaf to it
        return

    def hear(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=_leave, name="citegrid-leave", daemon=True).start()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _leave() -> None:
    time.sleep(PATIENCE)
    error = Cancelled()
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"\ncitegrid: {error.said(system_language())}\n")
        sys.stderr.flush()
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()
    os._exit(error.exit_code)
