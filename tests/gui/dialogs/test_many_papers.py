"""Many papers in the window: named, left out with a reason, filled with the reasons of what failed, exported and opened."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Driver

from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Wishes
from citegrid.core.messages import Message
from citegrid.core.outcome.account import Fate
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.gui.dialogs.many_papers import ManyPapersDialog
from citegrid.gui.i18n import set_language
from citegrid.ports import Cancel


class Desk:
    """A scheduler that answers at once; it waits at a paper called “slow”."""

    def rows(self, papers: tuple[FoundPaper, ...], wishes: Wishes, cancel: Cancel) -> Iterator[Begun | PaperRow]:
        for paper in papers:
            yield Begun(paper.sha256)
            while paper.path.stem == "slow":
                cancel.check()
                time.sleep(0.01)
            if paper.path.stem == "broken":
                yield PaperRow(paper.sha256, reason=Message("{name} is empty.", name=paper.name))
            else:
                cells = tuple(Cell(c.name, f"of {paper.name}", Status.UNSUPPORTED) for c in wishes.columns)
                yield PaperRow(paper.sha256, Row(Work(WorkKind.PAPER, "paper", paper.name), cells), paper.name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    for name in ("a", "b", "broken"):
        (made / f"{name}.pdf").write_text(name)
    (made / "copy.pdf").write_text("a")
    return made


@pytest.fixture
def dialog(driver: Driver, folder: Path, tmp_path: Path) -> ManyPapersDialog:
    session = driver.workbench.session
    (tmp_path / "fake.gguf").write_bytes(b"GGUF")
    session.engines = replace(session.engines, scheduler=lambda workers, address: Desk())
    driver.workbench.table.set_columns([Column("Title"), Column("Method")])
    driver.window.actions_["many_papers"].trigger()
    driver.window.batch.look_at(folder)
    shown = driver.window.batch.dialog
    assert shown is not None
    driver.wait(lambda: shown.items.rowCount() == 4)
    return shown


def texts(dialog: ManyPapersDialog) -> list[tuple[str, ...]]:
    items = dialog.items
    return [tuple(str(items.index(r, c).data()) for c in range(3)) for r in range(items.rowCount())]


def fill(driver: Driver, dialog: ManyPapersDialog) -> None:
    dialog.start.click()
    driver.wait(lambda: driver.workbench.many_papers.table is not None and dialog.start.isEnabled())


def test_each_paper_is_shown_with_what_became_of_it_and_why(driver: Driver, dialog: ManyPapersDialog) -> None:
    dialog.view.selectRow(1)
    assert not dialog.exclude.isEnabled()
    dialog.reason.setText("off topic")
    dialog.exclude.click()
    fill(driver, dialog)
    assert texts(dialog) == [
        ("✓", "a.pdf", "read"),
        ("–", "b.pdf", "excluded: off topic"),
        ("!", "broken.pdf", "not readable: broken.pdf is empty."),
        ("=", "copy.pdf", "duplicate: the same file as a.pdf"),
    ]
    assert driver.workbench.many_papers.account[0].fate is Fate.READ
    assert dialog.open_.isEnabled() and dialog.export.isEnabled()
    set_language("zh")
    assert texts(dialog)[3][2] == "重复：与 a.pdf 是同一文件"
    dialog.view.selectRow(1)
    dialog.include.click()
    assert texts(dialog)[1][0] == ""
    dialog.reject()


def test_the_finished_table_is_written_and_opened_as_a_project(
    driver: Driver, dialog: ManyPapersDialog, tmp_path: Path
) -> None:
    fill(driver, dialog)
    driver.window.batch.export(tmp_path / "t.csv")
    driver.wait((tmp_path / "t.csv").is_file)
    assert "of a.pdf" in (tmp_path / "t.csv").read_text("utf-8-sig")
    dialog.open_.click()
    driver.wait(lambda: len(driver.workbench.project.table.rows) == 2)
    assert [one.fate for one in driver.workbench.project.account].count(Fate.READ) == 2
    assert driver.workbench.folder is not None
    assert driver.window.batch.dialog is None or not driver.window.batch.dialog.isVisible()
    driver.wait(lambda: not driver.window.jobs.busy)


def test_a_batch_is_stopped_at_once_and_keeps_what_was_done(
    driver: Driver, folder: Path, dialog: ManyPapersDialog
) -> None:
    (folder / "slow.pdf").write_text("slow")
    (folder / "z.pdf").write_text("z")
    driver.window.batch.look_at(folder)
    driver.wait(lambda: dialog.items.rowCount() == 6)
    dialog.start.click()
    driver.wait(lambda: ("▸", "slow.pdf", "being read") in texts(dialog))
    assert not dialog.folder.isEnabled() and dialog.stop.isEnabled()
    dialog.stop.click()
    driver.wait(dialog.start.isEnabled, 2000)
    assert [row[0] for row in texts(dialog)] == ["✓", "✓", "!", "=", "", ""]
    made = driver.workbench.many_papers.table
    assert made is not None and len(made.table.rows) == 2 and not made.checks[0].passed
    dialog.reject()


def test_the_chosen_model_fills_the_rows_and_a_server_does_not_here(driver: Driver, dialog: ManyPapersDialog) -> None:
    driver.settings.model = "http://127.0.0.1:8080/v1#big"
    dialog.start.click()
    driver.wait(driver.window.message.isVisible)
    assert "filled by a model file" in driver.window.message.text.text()
