"""Which models passed the writing test, by the checksum of their file or by their server and name: one small file in the person's data folder."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from citegrid.core.errors import CiteGridError
from citegrid.store.files import make_folder, write_atomically

FILE = "writing-tests.json"


@dataclass(frozen=True, slots=True)
class WritingTests:
    """The outcomes kept in ``folder``; one that cannot be kept is found out again another time."""

    folder: Path

    def passed(self, identity: str) -> bool | None:
        """Whether the model passed; None where it was not tested."""
        outcome = self._known().get(identity)
        return outcome if isinstance(outcome, bool) else None

    def keep(self, identity: str, passed: bool) -> None:
        """Remember an outcome."""
        text = json.dumps({**self._known(), identity: passed}, indent=1)
        with contextlib.suppress(OSError, CiteGridError):
            make_folder(self.folder)
            write_atomically(self.folder / FILE, text.encode())

    def _known(self) -> dict[str, object]:
        try:
            read = json.loads((self.folder / FILE).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return read if isinstance(read, dict) else {}
