"""A project opens where it was left: its page and zoom, the widths of its columns, the chosen cell, what was filtered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from citegrid.core.table import Status
from citegrid.gui.panes.pdf_pane import PdfPane
from citegrid.gui.panes.table_pane import TablePane
from citegrid.gui.settings import Settings
from citegrid.gui.status_style import needs_check
from citegrid.ports import PageSource

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


@dataclass(frozen=True, slots=True)
class ViewState:
    """``place`` is a page and a point on it, ``cell`` a work and a column, ``widths`` those that a person gave."""

    paper: str = ""
    place: tuple[int, float, float] = (0, 0.0, 0.0)
    zoom: float = 0.0
    fit: str = "width"
    cell: tuple[str, str] | None = None
    widths: dict[str, int] = field(default_factory=dict)
    whole: bool = False
    filter: str = "all"

    def to_text(self) -> str:
        """As the settings keep it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> ViewState | None:
        """What ``to_text`` wrote; None for anything else, such as that of another version."""
        try:
            held = json.loads(text)
            cell = tuple(held["cell"]) if held["cell"] else None
            return cls(**(held | {"place": tuple(held["place"]), "cell": cell}))
        except (ValueError, TypeError, KeyError):
            return None


class ViewKeeper:
    """Writes down how a project is looked at when it is left, and has it looked at so again when it is opened."""

    def __init__(self, workbench: Workbench, settings: Settings, pdf: PdfPane, table: TablePane) -> None:
        self._workbench, self._settings, self._pdf, self._table = workbench, settings, pdf, table
        self._waiting: ViewState | None = None
        self._seen: PageSource | None = None

    def keep(self) -> None:
        """The project is left; one whose pages were never shown keeps the state of before."""
        folder, shown = self._workbench.folder, self._workbench.shown_paper
        if folder is None or self._waiting is not None:
            return
        here, canvas = self._table.current(), self._pdf.canvas
        state = ViewState(
            shown.name, canvas.place, canvas.zoom, canvas.fitting, (here[0].work.id, here[1].column) if here else None,
            self._table.view.widths, self._table.view.whole, self._table.rows.kind,
        )  # fmt: skip
        self._settings.keep_view(folder, state.to_text())
        filled = [c for row in self._workbench.project.table.rows for c in row.cells if c.status is not Status.WAITING]
        self._settings.keep_checked(folder, sum(not needs_check(c) for c in filled), len(filled))

    def expect(self) -> None:
        """Another project is open: its table is looked at as before at once, its pages when they can be shown."""
        folder, project = self._workbench.folder, self._workbench.project
        state = ViewState.of(self._settings.view_of(folder)) if folder is not None else None
        self._waiting = state if project.papers else None
        if state is None:
            return
        table = self._table
        table.view.set_widths(state.widths)
        table.whole.setChecked(state.whole)
        table.filter.setCurrentIndex(max(0, table.filter.findData(state.filter)))

    def pages_shown(self) -> None:
        """The pages of a paper can be shown now: those that were looked at last, and the cell that was chosen."""
        state, shown = self._waiting, self._workbench.shown_paper
        if state is None or shown.source is None:
            return
        if state.paper != shown.name and any(f.name == state.paper for f in self._workbench.project.papers):
            shown.show(state.paper)  # its pages may come later; then this is called again
            return
        self._waiting = None
        if state.cell is not None:
            self._table.choose(*state.cell)
        self._pdf.canvas.settle(state.place, state.zoom, state.fit)
