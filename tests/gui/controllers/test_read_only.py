"""A project on a read-only disk in the window: said once, read there, changed in a copy."""

from __future__ import annotations

import errno

from conftest import Driver
from tests.store.test_project_saver import TABLE

from citegrid.core.project import Project
from citegrid.core.table import Verdict
from citegrid.gui.controllers import files as controller
from citegrid.store import locking, project_folder
from citegrid.store.files import storage_error


def test_it_is_said_once_and_what_is_changed_is_kept_in_a_copy(driver: Driver, monkeypatch) -> None:
    folder, home = driver.folder / "on a DVD", driver.folder / "projects"
    folder.mkdir()
    project_folder.save(folder, Project("What is known?", "en", table=TABLE))

    def take(path):
        if path.parent == folder:
            raise storage_error(path, OSError(errno.EROFS, "Read-only file system"))
        return locking.take(path)

    monkeypatch.setattr(project_folder, "take", take)
    monkeypatch.setattr(controller, "projects_folder", lambda: home)
    said: list[str] = []
    show = driver.window.message.show_warning
    monkeypatch.setattr(
        driver.window.message, "show_warning", lambda text, *rest: (said.append(text), show(text, *rest))
    )
    driver.window.files.open_project(folder)
    driver.wait(lambda: driver.workbench.project.table == TABLE)
    assert said == ["“on a DVD” can only be read where it lies. What you change is kept in a copy."]
    assert driver.window.message.button.text() == "Save a copy"
    assert driver.workbench.folder is None
    assert not home.exists()
    driver.workbench.cells.judge("r1", "A", Verdict.ACCEPTED)
    assert driver.workbench.folder == home / "on a DVD"
    assert len(said) == 1
