"""Pictures opened, and PDFs annotated, where nothing else can be reached: the ports of ``picture`` and ``annotate`` one process away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from citegrid.concurrency.remote_work import RemoteWork
from citegrid.concurrency.wire import checked
from citegrid.core.annotation import Highlight
from citegrid.engines.picture_file import picture_bytes
from citegrid.ports import NEVER, SILENT, Cancel, Pixels, Progress


class CagedEngines:
    """``load_picture`` and ``annotate`` in processes of ``remote``."""

    def __init__(self, remote: RemoteWork) -> None:
        self._remote = remote

    def load_picture(self, path: Path) -> Pixels:
        """See ``picture.load_picture``."""
        work = (picture_in_parts, picture_bytes(path), path.name)
        (pixels,) = self._remote.run(*work, parts=(Pixels,), name=path.name)
        return checked(pixels)

    def annotate(
        self,
        data: bytes,
        name: str,
        highlights: Sequence[Highlight],
        password: str = "",
        *,
        progress: Progress = SILENT,
        cancel: Cancel = NEVER,
    ) -> bytes:
        """See ``ports.Annotate``."""
        work = (annotated_in_parts, data, name, tuple(highlights), password)
        made: list[bytes] = list(self._remote.run(*work, parts=(bytes,), name=name, progress=progress, cancel=cancel))
        return b"".join(made)


# -- in the child ------------------------------------------------------------------------------------------------------


def picture_in_parts(data: bytes, name: str, *, progress: Progress, cancel: Cancel) -> Iterator[Pixels]:
    """The picture, as the only part."""
    from citegrid.engines.picture import picture_of

    yield picture_of(data, name)


def annotated_in_parts(
    data: bytes, name: str, highlights: Sequence[Highlight], password: str, *, progress: Progress, cancel: Cancel
) -> Iterator[bytes]:
    """The file, piece by piece."""
    from citegrid.engines.annotate import annotate

    made = annotate(data, name, highlights, password, progress=progress, cancel=cancel)
    for start in range(0, len(made), _PIECE):
        yield made[start : start + _PIECE]


#: Bytes of a piece.
_PIECE = 32 << 20
