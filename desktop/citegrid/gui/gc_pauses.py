"""Keeps the window's thread free while others compute: Python's lock and its collector are shared by all threads."""

from __future__ import annotations

import gc
import sys

#: Seconds after which a thread that computes gives the lock to one that waits.  Each call into Qt asks for the lock
#: anew, so with Python's 5 ms a handful of calls beside a paper that is being read took half a second.  It costs the
#: thread that computes nothing while no other waits.
SWITCH = 0.0001


def breathe() -> None:
    """Hand the lock over sooner, and never look twice at what has survived a whole collection: the words of a long
    paper are millions of objects without cycles, and going through them holds every thread."""
    sys.setswitchinterval(SWITCH)
    if _freeze not in gc.callbacks:
        gc.callbacks.append(_freeze)


def settle() -> None:
    """All is loaded: it stays, and is looked through never again, not even once."""
    gc.freeze()


def _freeze(phase: str, info: dict[str, int]) -> None:
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()
