"""How many processors this process may use: those that the system leaves to it, and no more than the person allows.

A container or ``taskset`` gives a process a few of the machine's cores, and ``OMP_NUM_THREADS`` is the usual word for fewer still. Engines
that start a thread for each core of the *machine* then wait for one another: two OCR engines of two threads each on two
cores took three times as long as two of one thread.
"""

from __future__ import annotations

import os

import psutil


def usable_cores(*, physical: bool = False) -> int:
    """At least one. ``physical``: two threads that share a core's arithmetic count once."""
    machine = (psutil.cpu_count(logical=False) if physical else None) or os.cpu_count() or 1
    return max(1, min(machine, _left_by_the_system(machine), _allowed(machine)))


def use_cores(number: int) -> None:
    """Use no more than ``number`` from now on in this process and in those that it starts, as a process does that is one of several."""
    os.environ["OMP_NUM_THREADS"] = str(max(1, number))


def _left_by_the_system(machine: int) -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # Linux alone has it
    return len(affinity(0)) if affinity else machine


def _allowed(machine: int) -> int:
    asked = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    return int(asked) if asked.isdecimal() else machine
