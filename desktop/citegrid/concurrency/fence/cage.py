"""What a fenced process may use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from citegrid.core.messages import Message


@dataclass(frozen=True, slots=True)
class Cage:
    """What a process may use beyond the program's own files, which it may read.

    ``reads`` are the files and folders that it may also read, ``writes`` the one folder that it may write (none: nothing);
    ``memory`` is the most it may take in bytes, ``seconds`` the most of the processor's time (0: no limit).  ``programs``: it may
    start processes, which its own fence then holds, too.  The network is open to none.
    """

    reads: tuple[str, ...] = ()
    writes: str = ""
    memory: int = 0
    seconds: int = 0
    programs: bool = False


#: Reads what it is handed, and no file: PDFs, pictures, documents.
PARSER = Cage(memory=1536 << 20, seconds=900)
#: The same for processes that serve for as long as the program runs; each answer has its deadline.
SERVER = Cage(memory=1536 << 20)


class Measure(Enum):
    """The parts of the fence, as they are shown."""

    MEMORY = Message("a limit of memory")
    TIME = Message("a limit of processor time")
    FILES = Message("no file but the program's own")
    NETWORK = Message("no network")
    PROGRAMS = Message("no other program")
    PRIVILEGES = Message("no new privileges")
    PARENT = Message("ends with CiteGrid")


@dataclass(frozen=True, slots=True)
class InForce:
    """Whether a measure is in force, and by what, or why not."""

    measure: Measure
    in_force: bool
    by: str = ""
