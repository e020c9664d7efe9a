"""Where a fetched model came from, and the sum that its publisher listed then: kept beside the models, for all later comparisons."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from citegrid.store.files import write_atomically

FILE = "fetched.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """The SHA-256 that ``host`` listed, and the day (ISO) on which it did."""

    sha256: str
    host: str
    day: str


def origin_of(path: Path) -> Origin | None:
    """That of a file in the models folder; None where it was not fetched from a hub."""
    said = _kept(path.parent).get(path.name)
    try:
        return Origin(**said) if isinstance(said, dict) else None
    except TypeError:
        return None


def keep_origin(path: Path, origin: Origin) -> None:
    """Keep it; raises StorageError."""
    known = {name: said for name, said in _kept(path.parent).items() if (path.parent / name).exists()}
    text = json.dumps({**known, path.name: asdict(origin)}, indent=1)
    write_atomically(path.parent / FILE, text.encode())


def _kept(folder: Path) -> dict[str, object]:
    try:
        known = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
