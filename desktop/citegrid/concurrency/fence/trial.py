"""The fence tried on this machine: a fenced process says what is in force, and does what it may not."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from citegrid.concurrency.fence.cage import PARSER, InForce, Measure
from citegrid.concurrency.fence.enter import standing
from citegrid.ports import Cancel, Progress

#: The name of a measure, whether it is in force, and by what, or why not.
Tried = tuple[str, bool, str]


def tried(own: str, *, progress: Progress, cancel: Cancel) -> Iterator[Tried]:
    """In the child: each measure; one that lets through what it should stop is not in force, whatever it says.  ``own`` is a
    file of the person's that nobody handed to it."""
    attempts: dict[Measure, Callable[[], object]] = {
        Measure.MEMORY: lambda: bytearray(2 * PARSER.memory),
        Measure.FILES: Path(own).read_bytes,
        Measure.NETWORK: lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        Measure.PROGRAMS: lambda: subprocess.run([sys.executable, "--version"], capture_output=True, check=False),
    }
    for one in standing():
        held = one.measure not in attempts or not _succeeds(attempts[one.measure])
        yield (one.measure.name, one.in_force and held, one.by if held else f"{one.by}?")


def standings(found: Iterator[Tried]) -> list[InForce]:
    """In the parent: what ``tried`` found, by measure."""
    return [InForce(Measure[name], in_force, by) for name, in_force, by in found if name in Measure.__members__]


def _succeeds(what: Callable[[], object]) -> bool:
    try:
        what()
    except (OSError, MemoryError):
        return False
    return True


def nothing() -> None:
    """What a trial has to load."""
