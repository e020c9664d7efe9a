"""Puts the fence up around the process it is called in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from citegrid.concurrency.fence import landlock, limits, macos, privileges, seccomp, windows
from citegrid.concurrency.fence.cage import Cage, InForce, Measure

#: What puts a measure up for a cage and the process id of its parent: by what it stands.  Raises OSError where it cannot.
Step = Callable[[Cage, int], str]

#: In this order: landlock asks for no new privileges, and seccomp forbids what the others need.
STEPS: dict[str, tuple[tuple[Measure, Step], ...]] = {
    "linux": (
        (Measure.PARENT, privileges.end_with_parent),
        (Measure.MEMORY, limits.memory),
        (Measure.TIME, limits.time),
        (Measure.PRIVILEGES, privileges.gain_none),
        (Measure.FILES, landlock.restrict),
        (Measure.NETWORK, seccomp.restrict),
        (Measure.PROGRAMS, seccomp.without_programs),
    ),
    "darwin": (
        (Measure.MEMORY, limits.memory),
        (Measure.TIME, limits.time),
        (Measure.FILES, macos.restrict),
        (Measure.NETWORK, macos.is_in_force),
        (Measure.PROGRAMS, macos.without_programs),
    ),
    "win32": (
        (Measure.MEMORY, windows.restrict),
        (Measure.TIME, windows.is_in_force),
        (Measure.PROGRAMS, windows.without_programs),
    ),
}
_in_force: list[InForce] = []


def enter(cage: Cage, parent: int) -> None:
    """Put up all that the system offers; what it lacks is left out, and told by ``standing``.  It cannot be undone."""
    with suppress(OSError, ValueError):
        limits.small_ones(cage)
    steps = STEPS.get(sys.platform, ())
    _in_force[:] = [_stands(measure, step, cage, parent) for measure, step in steps]
    _in_force.extend(_lacking(measure) for measure in Measure if measure not in dict(steps))


def _stands(measure: Measure, step: Step, cage: Cage, parent: int) -> InForce:
    try:
        return InForce(measure, True, step(cage, parent))
    except (OSError, ValueError, AttributeError) as fault:
        return InForce(measure, False, str(fault))


def _lacking(measure: Measure) -> InForce:
    return InForce(measure, False, sys.platform)


def standing() -> tuple[InForce, ...]:
    """What is in force in this process, once it has entered."""
    return tuple(_in_force)
