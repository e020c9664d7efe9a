"""A passage of the library while it is dragged: from the library pane onto a cell of the table."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import QMimeData

MIME = "application/x-citegrid-passage"


@dataclass(frozen=True, slots=True)
class Dragged:
    """Words of a background document and the chunk they stand in."""

    sha256: str
    chunk: int
    quote: str


def to_mime(passage: Dragged) -> QMimeData:
    """The passage for cells of the table, and its words for anything else."""
    data = QMimeData()
    data.setData(MIME, json.dumps(asdict(passage)).encode("utf-8"))
    data.setText(passage.quote)
    return data


def from_mime(data: QMimeData) -> Dragged | None:
    """The passage that is dragged; None when it is something else."""
    if not data.hasFormat(MIME):
        return None
    return Dragged(**json.loads(bytes(data.data(MIME).data()).decode("utf-8")))
