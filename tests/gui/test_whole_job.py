"""A person does the whole job with mouse and keyboard alone, on real papers and pictures, as a file on disk shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import qtbot_app
from docx import Document
from person import RIGHT, Person
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextBrowser,
)
from tests.telling import Telling

from citegrid import wiring
from citegrid.concurrency.jobs import Job, Post
from citegrid.core.project import Project
from citegrid.core.resources import resource
from citegrid.core.table import Status, Verdict
from citegrid.gui import theme
from citegrid.gui.bridge import Bridge
from citegrid.gui.dialogs.export import ExportDialog
from citegrid.gui.dialogs.preferences import PreferencesDialog
from citegrid.gui.settings import Settings
from citegrid.gui.widgets.job_bar import FILLING
from citegrid.gui.window import Window
from citegrid.store import project_folder
from citegrid.store.model_files import models
from citegrid.workbench.workbench import Workbench

K = Qt.Key


class Slow(Telling):
    """Takes a person's time to answer, and hears a cancel."""

    def answer(self, asks, *, on_answer=None, cancel=None):  # type: ignore[no-untyped-def]
        for _ in range(6):
            time.sleep(0.03)
            if cancel is not None:
                cancel.check()
        return super().answer(asks, on_answer=on_answer, **({"cancel": cancel} if cancel is not None else {}))


class Session:
    """One start of the program: a window, its Workbench, and who sits before it."""

    def __init__(self, bot, folder: Path, build: Callable[[Post], Workbench]) -> None:  # type: ignore[no-untyped-def]
        self.ended = False
        self.bridge = Bridge()
        self.workbench = build(self.bridge.post)
        self.window = Window(self.workbench, Settings(folder / "window.ini"))
        self.fills: list[Job[object]] = []  # those that have ended
        self.workbench.session.watch_jobs(
            lambda job: None if job.running or job.name != FILLING else self.fills.append(job)
        )
        self.window.resize(1400, 900)
        self.window.show()
        bot.waitExposed(self.window)
        self.window.activateWindow()
        self.me = Person(bot, self.window)
        self.me.wait(self.window.isActiveWindow)

    def end(self) -> None:
        """What the program does when its window is closed; once."""
        if self.ended:
            return
        self.ended = True
        self.bridge.shut()
        self.workbench.close()
        self.window.deleteLater()


@pytest.fixture
def start(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Session]]:  # type: ignore[no-untyped-def]
    begun: list[Session] = []
    theme.apply(qtbot_app(), theme.LIGHT)
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))  # projects are kept there, and file dialogs begin there

    def begin(build: Callable[[Post], Workbench]) -> Session:
        begun.append(Session(qtbot, tmp_path, build))
        return begun[-1]

    yield begin
    for session in begun:
        if not session.ended:
            session.workbench.session.queues.asking.cancel_all()
            session.me.wait(lambda session=session: not session.window.jobs.busy)
            session.window.close()
        session.end()
    qtbot_app().clipboard().clear()


def saved(folder: Path) -> Project:
    """The project as it lies on the disk."""
    return project_folder.load(folder)


def filled(project: Project) -> int:
    """How many cells have been asked."""
    return sum(c.status is not Status.WAITING for row in project.table.rows for c in row.cells)


def whole_job(
    start: Callable[..., Session], tmp_path: Path, build: Callable[[Post], Workbench], patience: float
) -> None:
    first = start(build)
    me, window, workbench = first.me, first.window, first.workbench

    # open: the paper from the start page, the picture by its key
    me.press("Open a PDF…")
    me.name_file(str(resource("sample", "paper.pdf")))
    me.wait(lambda: window.references.items.rowCount() == 32, patience)
    me.control(K.Key_P)
    me.name_file(str(resource("sample", "table-en.png")))
    me.wait(window.picture.list.isVisible, patience)
    columns = me.find(QAbstractItemView, "Columns of the table")
    assert columns.model().rowCount() == 6
    folder = workbench.folder
    assert folder is not None

    # correct a header
    me.click(columns.viewport(), columns.visualRect(columns.model().index(5, 0)).center())
    name = me.find(QLineEdit, "Name")
    me.click(name)
    me.control(K.Key_A)
    me.write("What it is good for")
    me.key(K.Key_Return)
    me.wait(lambda: saved(folder).table.columns[5].name == "What it is good for")

    # ask for little, for a person's time is short
    me.control(K.Key_Comma)
    dialog = me.dialog(PreferencesDialog)
    me.wait(dialog.isActiveWindow)
    me.click(me.find(QSpinBox, "Rows at most, the paper included", dialog))
    me.control(K.Key_A)
    me.write("4")
    me.key(K.Key_Tab)
    me.control(K.Key_A)
    me.write("150")
    me.answer("OK", PreferencesDialog)
    me.wait(lambda: (saved(folder).max_rows, saved(folder).target) == (4, 150))

    # fill, cancel, continue
    me.press("Fill")
    me.wait(lambda: window.table.items.rowCount() == 4 and filled(workbench.project) > 8, patience)
    me.press("Cancel", window.jobs)
    me.wait(lambda: "Stopped" in window.jobs.what.text(), patience)
    kept = filled(workbench.project)
    assert 0 < kept < 24
    me.press("Continue")
    me.wait(lambda: not window.jobs.busy and window.review.text.toPlainText(), patience)
    table = me.find(QAbstractItemView, "The table")
    me.wait(lambda: filled(saved(folder)) == 24 and saved(folder).review is not None)  # it is written beside the window

    # check twelve cells by keyboard; the page follows
    evidence = me.find(QTextBrowser, "Evidence") if window.evidence.isVisible() else window.evidence.text
    me.key(K.Key_F8)
    me.wait(table.hasFocus)
    for n in range(12):
        cell = window.table.current()
        assert cell is not None
        if cell[1].evidence:
            assert window.pdf.canvas.page == cell[1].evidence[0].page
            assert window.pdf.canvas.mark_in_view()
            assert cell[1].evidence[0].quote[:30] in evidence.toPlainText().replace("\xa0", " ")
        me.key((K.Key_A, K.Key_A, K.Key_R)[n % 3])
    assert window.table.checked.text().startswith("12 / 24 checked")

    def judged() -> tuple[int, int]:
        verdicts = [c.verdict for row in saved(folder).table.rows for c in row.cells]
        return verdicts.count(Verdict.ACCEPTED), verdicts.count(Verdict.REJECTED)

    me.wait(lambda: judged() == (8, 4))  # they are written beside the window

    # edit in place, undo, redo
    place = window.table.current()
    assert place is not None
    at = (place[0].work.id, place[1].column)
    me.key(K.Key_E)
    me.wait(lambda: isinstance(qtbot_app().focusWidget(), QPlainTextEdit))
    me.control(K.Key_A)
    me.write("My own words")
    me.key(K.Key_Return)
    me.wait(lambda: workbench.cells.at(*at).text == "My own words")
    assert workbench.cells.at(*at).verdict is Verdict.EDITED
    me.wait(lambda: not window.jobs.busy, patience)
    me.control(K.Key_Z)
    me.wait(lambda: workbench.cells.at(*at).text == place[1].text)
    me.key(K.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    me.wait(lambda: workbench.cells.at(*at).text == "My own words")

    # ask one cell again, with the mouse: what was written stays
    index = table.currentIndex()
    me.click(table.viewport(), table.visualRect(index).center(), RIGHT)
    fills = len(first.fills)
    me.choose("Ask again")
    me.wait(lambda: len(first.fills) > fills and not window.jobs.busy, patience)
    assert workbench.cells.at(*at).text == "My own words"
    shown = window.evidence.text
    assert "Another answer" in shown.toPlainText() and place[1].text in shown.toPlainText()
    link = shown.document().find("Take it")
    me.scroll_to(shown, lambda: shown.cursorRect(link))
    me.click(shown.viewport(), shown.cursorRect(link).center() - QPoint(8, 0))
    me.wait(lambda: workbench.cells.at(*at).text == place[1].text)
    me.wait(lambda: not window.jobs.busy, patience)
    me.control(K.Key_Z)  # with the keyboard still in the evidence
    me.wait(lambda: workbench.cells.at(*at).text == "My own words")

    # export
    report = tmp_path / "report.docx"
    me.control(K.Key_E)
    me.answer("Choose the place…", ExportDialog)
    me.name_file(str(report))
    me.wait(lambda: report.exists() and not window.jobs.busy, patience)
    assert "My own words" in "".join(c.text for t in Document(str(report)).tables for row in t.rows for c in row.cells)

    # close while busy
    header = table.verticalHeader()
    row = QPoint(header.width() // 2, header.sectionViewportPosition(index.row()) + 12)
    me.click(header.viewport(), row, RIGHT)
    me.choose("Ask the row again")
    me.wait(lambda: window.jobs.busy)
    me.control(K.Key_Q)
    me.answer("Stop and close", QMessageBox)
    me.wait(lambda: not window.isVisible(), patience)
    first.end()
    before = saved(folder)

    # reopen from the start page
    second = start(build)
    me, window, workbench = second.me, second.window, second.workbench
    me.press(next(name for name in me.names(QPushButton) if name.startswith(f"{folder.name} · ")))
    me.wait(lambda: window.references.items.rowCount() == 32 and window.picture.view.isVisible(), patience)
    me.wait(lambda: not window.jobs.busy, patience)
    assert workbench.project.table == before.table
    assert workbench.project.review == before.review
    assert workbench.cells.at(*at).text == "My own words"
    assert window.table.items.rowCount() == 4
    assert "checked" in window.table.checked.text()
    me.control(K.Key_Q)
    me.wait(lambda: not window.isVisible())


def test_a_person_does_the_whole_job(start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
    doubles = replace(wiring.caged_engines(), load_model=lambda path, sha256, cancel: Slow())
    whole_job(start, tmp_path, lambda post: Workbench(doubles, post), 60)


def test_a_word_file_is_seven_clicks_away(start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """From the start page on, without a key of the program's; a file that is opened counts as the click on it."""
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
    doubles = replace(wiring.caged_engines(), load_model=lambda path, sha256, cancel: Telling())
    session = start(lambda post: Workbench(doubles, post))
    me, window = session.me, session.window
    me.press("Open a PDF…")
    me.name_file(str(resource("sample", "paper.pdf")))
    me.wait(lambda: window.references.items.rowCount() == 32, 60)
    me.press("Open a picture…")
    me.name_file(str(resource("sample", "table-en.png")))
    me.wait(lambda: window.fill_button.isEnabled() and not window.jobs.busy, 60)
    me.press("Fill")
    me.wait(lambda: window.review.text.toPlainText() and not window.jobs.busy, 120)
    me.press("Export")
    me.answer("Choose the place…", ExportDialog)
    report = tmp_path / "report.docx"
    me.name_file(str(report))
    me.wait(lambda: report.exists() and not window.jobs.busy, 60)
    opened = 2
    assert me.clicks + opened <= 7


@pytest.fixture(scope="module")
def model() -> Path:
    """Found before the data folder becomes that of a test."""
    return models.resolve()


@pytest.mark.slow
@pytest.mark.model
def test_a_person_does_the_whole_job_with_the_model(  # type: ignore[no-untyped-def]
    model: Path, start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "resolve", lambda name=None: model)
    whole_job(start, tmp_path, wiring.build_for_window, 900)
