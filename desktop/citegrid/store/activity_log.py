"""The log: what was done, with sizes, times, versions and kinds of errors; never words, names or places of a document.

One line for each thing done, in the state folder, for the person alone (0600), three files of a megabyte at most.  Its lines are
made of keys of the catalogue of sentences (``core/messages``), which hold ``{names}`` and not what stands for them, of numbers,
and of plain short words; whatever else is given is left out.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from citegrid import __version__
from citegrid.core.messages import as_message, is_known
from citegrid.store.own_files import private_folder

NAME = "citegrid.log"
#: Bytes of one file, how many older ones are kept, and characters of a line.
BYTES, OLDER, LONGEST = 1_000_000, 2, 400
#: What a fact may hold beside letters and figures.
_PLAIN = frozenset("._:-+/<>")

Fact = str | int | float


class ActivityLog:
    """Notes lines in ``folder``; where that cannot be done it is left undone."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def note(self, what: str, sentence: str = "", /, **facts: Fact) -> None:
        """Note that ``what`` was done to what ``sentence`` (a key of the catalogue) names; ``facts`` are numbers and short words."""
        key = as_message(sentence).key if sentence else ""
        told = [f'"{key if is_known(key) else "…"}"'] if key else []
        told += [f"{name}={shown}" for name, value in facts.items() if (shown := _shown(value))]
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._write(" ".join([now, __version__, _shown(what), *told])[:LONGEST])

    def tail(self, lines: int = 200) -> list[str]:
        """The newest lines, the oldest of them first."""
        paths = [self.path.with_name(f"{NAME}.1"), self.path]
        held = [line for path in paths for line in _read(path)]
        return held[-lines:]

    def _write(self, line: str) -> None:
        with contextlib.suppress(OSError):
            private_folder(self.path.parent)
            handler = _Private(self.path, maxBytes=BYTES, backupCount=OLDER, encoding="utf-8")
            with contextlib.closing(handler):
                handler.emit(logging.LogRecord("citegrid", logging.INFO, "", 0, line, None, None))


class _Private(RotatingFileHandler):
    """Makes its files for the person alone, follows no link, and complains to nobody."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        return os.fdopen(os.open(self.baseFilename, flags, 0o600), "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        return


def system() -> str:
    """The system in a word or two: ``Linux-6.1-x86_64``."""
    return f"{platform.system()}-{platform.release()}-{platform.machine()}"


def _shown(value: Fact) -> str:
    """A number as it is; a word when it is short and plain, and nothing otherwise."""
    if isinstance(value, float):
        return f"{value:.2f}"
    text = str(value)
    plain = len(text) <= 60 and all((char.isascii() and char.isalnum()) or char in _PLAIN for char in text)
    return text if plain else ""


def _read(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
