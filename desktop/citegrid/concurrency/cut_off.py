"""A wait on the network that a cancel ends: the sockets are shut, for nothing else wakes who reads from them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from citegrid.ports import Cancel

#: Seconds between two looks at the person's cancel.
LOOK = 0.1


@contextmanager
def cut_off(lines: Sequence[socket.socket], cancel: Cancel) -> Iterator[None]:
    """Shut ``lines``, also those that come to be among them meanwhile, as soon as the person cancels."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(LOOK):
            if cancel.cancelled():
                for line in tuple(lines):
                    with suppress(OSError):
                        line.shutdown(socket.SHUT_RDWR)
                return

    watcher = threading.Thread(target=watch, name="citegrid-cut-off", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
