"""Makes the guide's pictures anew, so that they do not age: checking, asking, and the dialogs that the guide tells of.

    QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/guide_pictures.py [FOLDER] [--filled FOLDER] [--language en|zh]

The filled sample is made with the default model, or opened in the
folder ``sample-LANGUAGE`` below ``--filled``, and what is missing of it is filled.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screenshots import ROOT, Desk
from tour import QUESTIONS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

SIZE = (1320, 820)
#: What the pictured glossary holds.
TERMS = (("citation", "引文"), ("evidence", "证据"), ("retrieval", "检索"), ("ground truth", "标准答案"))


def shoot(language: str, folder: Path, filled: Path | None) -> None:
    """All pictures of the guide in ``language``."""
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(language, Path(home), folder)
        desk.window.resize(*SIZE)
        desk.window.show()
        desk.open_sample()
        _keep(desk, "begin", desk.window)
        _open_filled(desk, filled)
        _checking(desk)
        _asking(desk)
        _dialogs(desk, Path(home))
        desk.close()


def _open_filled(desk: Desk, filled: Path | None) -> None:
    """The sample, filled: as it is kept, and what is missing of it; all of it where nothing is kept."""
    kept = filled / f"sample-{desk.language}" if filled is not None else None
    if kept is not None and (kept / "project.json").is_file():
        desk.window.files.open_project(kept, beside=False)
        desk.wait(lambda: desk.window.actions_["fill"].isEnabled() and not desk.window.jobs.busy, 2.0)
    if desk.workbench.project.review is None:
        desk.fill()


def _checking(desk: Desk) -> None:
    window = desk.window
    row = desk.workbench.project.table.rows[1]
    window.table.choose(row.work.id, row.cells[3].column)
    desk.wait(lambda: True, 2.0)
    _keep(desk, "filled", window)
    window.actions_["checking"].trigger()
    window.table.choose(row.work.id, row.cells[3].column)
    desk.wait(lambda: True, 2.0)
    _keep(desk, "checking", window)
    window.actions_["checking"].trigger()


def _asking(desk: Desk) -> None:
    window = desk.window
    window.show_ask()
    window.ask.field.setPlainText(QUESTIONS[desk.language])
    window.asking.ask(QUESTIONS[desk.language])
    desk.wait(lambda: window.jobs.busy, 0.0)
    desk.idle(1.5)
    _keep(desk, "ask", window)


def _dialogs(desk: Desk, home: Path) -> None:
    from citegrid.core.glossary import Term
    from citegrid.gui.dialogs.glossary import GlossaryDialog

    window = desk.window
    papers = home / "papers"
    papers.mkdir()
    shutil.copyfile(ROOT / "resources" / "sample" / "paper.pdf", papers / "okafor-2024.pdf")
    shutil.copyfile(ROOT / "resources" / "sample" / "paper.pdf", papers / "okafor-2024-copy.pdf")
    _dialog(desk, "export", window.reports.ask_export)
    _dialog(desk, "models", window.preferences.show_models)
    terms = tuple(Term(english, chinese) for english, chinese in TERMS)
    _dialog(desk, "glossary", lambda: GlossaryDialog(terms, (), window).open())

    def many() -> None:
        window.batch.show()
        window.batch.look_at(papers)

    _dialog(desk, "many", many)


def _dialog(desk: Desk, name: str, show: Callable[[], object]) -> None:
    """A picture of the dialog that ``show`` brings up."""
    show()
    desk.idle(1.5)
    dialog = next(d for d in desk.window.findChildren(_dialog_class()) if d.isVisible())
    _keep(desk, name, dialog)
    dialog.close()
    desk.wait(lambda: True, 0.3)


def _keep(desk: Desk, name: str, shown: QWidget) -> None:
    """A picture of a window, in few colours."""
    from PIL import Image

    path = desk.folder / f"{name}-{desk.language}.png"
    shown.grab().save(str(path))
    with Image.open(path, formats=["PNG"]) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def _dialog_class() -> type[QDialog]:
    from PySide6.QtWidgets import QDialog

    return QDialog


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the pictures of the guide.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "resources" / "guide" / "pictures")
    parser.add_argument("--filled", type=Path, help="where the filled sample is kept")
    parser.add_argument("--language", choices=("en", "zh"), action="append")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for language in chosen.language or ("en", "zh"):
        shoot(language, chosen.folder, chosen.filled)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
