"""The sample through the real window with real parts: PDF, OCR, the default model, Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import qtbot_app
from docx import Document
from PySide6.QtCore import Qt

from citegrid import wiring
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Status
from citegrid.gui import theme
from citegrid.gui.bridge import Bridge
from citegrid.gui.settings import Settings
from citegrid.gui.window import Window
from citegrid.store.model_files import models

pytestmark = [pytest.mark.slow, pytest.mark.model]
MINUTES = 60_000


class Real:
    """A window on a Workbench with the real engines."""

    def __init__(self, qtbot, folder: Path) -> None:  # type: ignore[no-untyped-def]
        self.bot = qtbot
        self.bridge = Bridge()
        self.workbench = wiring.build_for_window(self.bridge.post)
        self.window = Window(self.workbench, Settings(folder / "window.ini"))
        self.window.resize(1400, 900)
        self.window.show()
        qtbot.waitExposed(self.window)

    def wait(self, condition, minutes: float = 1) -> None:  # type: ignore[no-untyped-def]
        self.bot.waitUntil(condition, timeout=int(minutes * MINUTES))

    def close(self) -> None:
        self.wait(lambda: not self.window.jobs.busy)
        self.window.close()
        self.bridge.shut()
        self.workbench.close()
        self.window.deleteLater()


@pytest.fixture
def real(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Real]:  # type: ignore[no-untyped-def]
    model = models.resolve()
    monkeypatch.setattr(models, "resolve", lambda name=None: model)
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    theme.apply(qtbot_app(), theme.LIGHT)
    made = Real(qtbot, tmp_path)
    yield made
    made.close()


def test_the_sample_is_filled_checked_exported_and_opened_again(real: Real, tmp_path: Path) -> None:
    window, workbench = real.window, real.workbench
    window.files.open_sample()
    real.wait(
        lambda: (
            workbench.shown_paper.document is not None
            and bool(workbench.project.table.columns)
            and not window.jobs.busy
        )
    )
    assert len(workbench.shown_paper.references) == 32
    assert window.pdf.canvas.page_count == 6

    workbench.table.set_limits(3, 150)
    window.fill_button.click()
    real.wait(lambda: workbench.project.review is not None and not window.jobs.busy, minutes=12)
    rows = workbench.project.table.rows
    assert len(rows) == 3
    cells = [c for r in rows for c in r.cells]
    assert all(c.status is not Status.WAITING for c in cells)
    assert sum(c.status is Status.SUPPORTED and bool(c.evidence) for c in cells) >= 9

    # a click on the first citation of a supported answer shows its words in the paper
    row, column = next(
        (i, j)
        for i, r in enumerate(rows)
        for j, c in enumerate(r.cells)
        if i > 0 and j > 1 and c.status is Status.SUPPORTED
    )
    view = window.table.view
    index = window.table.rows.index(row, column)
    view.scrollTo(index)
    real.bot.wait(100)
    rect = view.visualRect(index)
    laid = view.delegate.layout_of(index.data(Qt.ItemDataRole.UserRole), rect.width(), view.font())
    chip, _, _ = laid.chips[0]
    real.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + chip.center().toPoint())
    evidence = rows[row].cells[column].evidence[0]
    strong, _ = window.pdf.canvas.marks
    assert window.pdf.canvas.page == evidence.page
    assert tuple(strong) == evidence.boxes
    assert window.pdf.canvas.mark_in_view()
    assert evidence.quote[:40] in window.evidence.text.toPlainText()

    report = tmp_path / "report.docx"
    window.reports.export(report)
    real.wait(lambda: report.exists() and not window.jobs.busy)
    assert len(next(t for t in Document(str(report)).tables if len(t.columns) == 6).rows) == 4

    saved, folder = to_json(workbench.project, "1"), workbench.folder
    assert folder is not None
    window.files.open_project(folder)
    real.wait(lambda: workbench.shown_paper.document is not None and not window.jobs.busy)
    assert to_json(workbench.project, "1") == saved
    assert window.table.items.rowCount() == 3
