"""What examinations found, by the checksum of a model's file or by its server and name: one small file in the data folder."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from citegrid.core.errors import CiteGridError
from citegrid.core.model.examination import NEVER_CARRIES, Examination
from citegrid.store.files import make_folder, write_atomically

FILE = "examinations.json"


@dataclass(frozen=True, slots=True)
class Examinations:
    """The findings kept in ``folder``; one that cannot be read counts as none."""

    folder: Path

    def found(self, identity: str) -> Examination | None:
        """What was found of a model; None where it was not examined."""
        said = self._known().get(identity)
        names = {field.name for field in fields(Examination)}
        if (
            not isinstance(said, dict)
            or set(said) != names
            or not all(isinstance(v, bool | int | float) for v in said.values())
        ):
            return None
        one = Examination(**said)
        return one if 0.5 <= one.carried <= NEVER_CARRIES else None

    def keep(self, identity: str, found: Examination) -> None:
        """Remember what was found."""
        text = json.dumps({**self._known(), identity: asdict(found)}, indent=1)
        with contextlib.suppress(OSError, CiteGridError):
            make_folder(self.folder)
            write_atomically(self.folder / FILE, text.encode())

    def _known(self) -> dict[str, object]:
        try:
            read = json.loads((self.folder / FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return read if isinstance(read, dict) else {}
