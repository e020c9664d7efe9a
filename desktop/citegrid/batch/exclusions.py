"""Which papers of a folder a person left out, and why: kept by the bytes of the paper, so that moving it changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from citegrid.store.files import write_atomically


class Exclusions:
    """What was left out at ``place`` (a folder or a list), kept below ``folder``."""

    def __init__(self, folder: Path, place: Path) -> None:
        name = hashlib.sha256(str(place.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        self._file = folder / f"{name}.json"

    def get(self) -> dict[str, str]:
        """Hash → reason; nothing where nothing was kept, or what was kept is damaged."""
        try:
            kept = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(reason) for key, reason in kept.items()} if isinstance(kept, dict) else {}

    def put(self, reasons: Mapping[str, str]) -> None:
        """Keep ``reasons`` by hash; raises StorageError."""
        write_atomically(self._file, json.dumps(dict(reasons), ensure_ascii=False, indent=1).encode("utf-8"))
