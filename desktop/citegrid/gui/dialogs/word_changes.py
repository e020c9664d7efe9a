"""What others changed in a Word report: each change with how it was judged, to be taken over or left."""

from __future__ import annotations

import html

from PySide6.QtWidgets import QWidget

from citegrid.core.project import Project
from citegrid.gui import theme
from citegrid.gui.dialogs.ticking import Choosable, TickDialog, shortened
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.status_style import status_mark
from citegrid.pipeline.export.word.changes import Change, ReadBack


class WordChangesDialog(TickDialog):
    """``taken(changes)`` with those that the person ticked."""

    def __init__(self, name: str, back: ReadBack, project: Project, parent: QWidget) -> None:
        titles = {row.work.id: row.work.title for row in project.table.rows}
        lead = tr("Tick what you take over. What is not ticked stays as it is in the project; you can undo it later.")
        super().__init__(
            tr("Changes in {name}", name=name),
            lead if back.changes else tr("The file says what the project says."),
            [Choosable(change, _where(change, titles), "<br>".join(_lines(change))) for change in back.changes],
            parent,
            [tr_sentence(note) for note in back.notes],
        )


def _where(change: Change, titles: dict[str, str]) -> str:
    if change.sentence is not None:
        return tr("Sentence {number} of the review", number=change.sentence + 1)
    return shortened(titles.get(change.work_id, "")) + (f" · {change.column}" if change.column else "")


def _lines(change: Change) -> list[str]:
    """A change as HTML: what it was, what it is, and how it was judged."""
    colours = theme.current()
    lines = [f'<span style="color:{colours.dim}"><s>{html.escape(change.was)}</s></span>'] if change.was else []
    lines.append(html.escape(change.text) or f"<i>{html.escape(tr('deleted'))}</i>")
    if change.both:
        lines.append(html.escape(tr("You changed it too: {text}", text=change.now)))
    if change.judged is not None and change.text:
        mark = status_mark(change.judged.status, change.judged.evidence)
        why = f" ({html.escape(tr_sentence(change.judged.reason))})" if change.judged.reason else ""
        lines.append(f'<span style="color:{mark.ink(colours)}">{mark.sign} {html.escape(tr(mark.phrase))}</span>{why}')
    return lines
