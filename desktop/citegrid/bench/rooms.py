"""The rooms that the use-cases call, each imported when it is first called.

A window that shows a start page reads no paper yet; the libraries and patterns of the rooms take longer to load than
all the rest of the program.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citegrid.pipeline import columns as columns
    from citegrid.pipeline import rewriting as rewriting
    from citegrid.pipeline import taking as taking
    from citegrid.pipeline import walk as walk
    from citegrid.pipeline.export import word_read as word_read

_PLACES = {
    "columns": "citegrid.pipeline.columns",
    "rewriting": "citegrid.pipeline.rewriting",
    "taking": "citegrid.pipeline.taking",
    "walk": "citegrid.pipeline.walk",
    "word_read": "citegrid.pipeline.export.word_read",
}


def load() -> None:
    """Load what a paper walks through."""
    import_module(_PLACES["walk"])


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(_PLACES[name])
