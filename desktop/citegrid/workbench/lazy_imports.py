"""The rooms that the use-cases call, each imported when it is first called.

A window that shows a start page reads no paper yet; the libraries and patterns of the rooms take longer to load than
all the rest of the program.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citegrid.batch import assemble as assemble
    from citegrid.pipeline import examination as examination
    from citegrid.pipeline import quality_checks as quality_checks
    from citegrid.pipeline import run as run
    from citegrid.pipeline.answers import answer as answer
    from citegrid.pipeline.answers import check_text as check_text
    from citegrid.pipeline.bibliography import own_entry as own_entry
    from citegrid.pipeline.cells import check_edit as check_edit
    from citegrid.pipeline.cells import context as context
    from citegrid.pipeline.cells import own_row as own_row
    from citegrid.pipeline.cells import rows as rows
    from citegrid.pipeline.cells.selection import rank_works as rank_works
    from citegrid.pipeline.export.word import apply_changes as apply_changes
    from citegrid.pipeline.export.word import read_changes as read_changes
    from citegrid.pipeline.review import revise as revise
    from citegrid.pipeline.table_image import read_template as read_template
    from citegrid.pipeline.translation import learn_terms as learn_terms

_PLACES = {
    "assemble": "citegrid.batch.assemble",
    "answer": "citegrid.pipeline.answers.answer",
    "check_edit": "citegrid.pipeline.cells.check_edit",
    "check_text": "citegrid.pipeline.answers.check_text",
    "context": "citegrid.pipeline.cells.context",
    "examination": "citegrid.pipeline.examination",
    "learn_terms": "citegrid.pipeline.translation.learn_terms",
    "own_entry": "citegrid.pipeline.bibliography.own_entry",
    "own_row": "citegrid.pipeline.cells.own_row",
    "quality_checks": "citegrid.pipeline.quality_checks",
    "rank_works": "citegrid.pipeline.cells.selection.rank_works",
    "rows": "citegrid.pipeline.cells.rows",
    "read_template": "citegrid.pipeline.table_image.read_template",
    "revise": "citegrid.pipeline.review.revise",
    "apply_changes": "citegrid.pipeline.export.word.apply_changes",
    "run": "citegrid.pipeline.run",
    "read_changes": "citegrid.pipeline.export.word.read_changes",
}


def load() -> None:
    """Load what a paper walks through."""
    import_module(_PLACES["run"])


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(_PLACES[name])
