"""Finished rows on disk: one file for each paper, written whole or not at all, so a batch that was killed goes on where it was."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from citegrid.batch.wishes import PaperRow, Wishes
from citegrid.core.document import PaperDetails
from citegrid.core.errors import InputError, StorageError
from citegrid.core.messages import to_json
from citegrid.core.serialisation.fields import Field, scrubbed
from citegrid.core.serialisation.result import row_from_json, row_to_json
from citegrid.core.serialisation.statement_json import heard
from citegrid.store.files import write_atomically


class FinishedRows:
    """The rows in ``folder``, each under ``Wishes.key`` of its paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, sha256: str, wishes: Wishes, details: PaperDetails | None = None) -> PaperRow | None:
        """The row of the paper with that hash, of which a reference manager knows ``details``; None where it was not finished yet, or where its file is damaged."""
        try:
            kept = json.loads(self._file(sha256, wishes, details).read_text("utf-8"))
            return _from_json(Field(kept, "", sha256), wishes)
        except (OSError, ValueError, InputError):
            return None

    def put(self, row: PaperRow, wishes: Wishes, details: PaperDetails | None = None) -> None:
        """Keep a finished paper; a disk that is full costs only the resuming."""
        data = {
            "sha256": row.sha256,
            "row": row_to_json(row.row, {}, wishes.language) if row.row is not None else None,
            "title": row.title,
            "doi": row.doi,
            "reason": row.reason,
            "reason_message": to_json(row.reason),
            "again": row.again,
            "seconds": row.seconds,
            "tokens": list(row.tokens),
        }
        with contextlib.suppress(StorageError):
            text = json.dumps(scrubbed(data), ensure_ascii=False)
            write_atomically(self._file(row.sha256, wishes, details), text.encode("utf-8"))

    def _file(self, sha256: str, wishes: Wishes, details: PaperDetails | None) -> Path:
        key = wishes.key(sha256, details)
        return self._folder / key[:2] / f"{key}.json"


def _from_json(kept: Field, wishes: Wishes) -> PaperRow:
    row, tokens = kept.get("row"), [one.as_whole() for one in kept.items("tokens")]
    return PaperRow(
        kept.text("sha256"),
        None if row.missing else row_from_json(row, wishes.columns),
        kept.text("title", ""),
        kept.text("doi", ""),
        heard(kept, "reason", ""),
        kept.flag("again", False),
        kept.number("seconds", 0.0),
        (tokens[0], tokens[1], tokens[2]),
    )
