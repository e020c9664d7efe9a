"""Makes pictures of the window with real parts: those of the README, and those of every pane and dialog, to be looked at.

    QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/screenshots.py [FOLDER]
    .venv/bin/python packaging/screenshots.py --every FOLDER [--filled FOLDER] [--language en|zh] [--colours light|dark]

The first shows the sample before, while and after filling, in both languages; the Chinese table takes a minute or two.  The second
(``tour``) needs a screen, real or of Xvfb, and makes the window as large as it is; ``--filled`` keeps the filled sample from one
call to the next.  For a pixel ratio of 2: ``QT_SCALE_FACTOR=2`` on a screen twice as large.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1480, 920)
#: Seconds after which nothing more is waited for.
LONGEST = 900


class Desk:
    """A window on a real Workbench, its settings in ``home``; ``keep`` puts pictures into ``folder``."""

    def __init__(self, language: str, home: Path, folder: Path) -> None:
        from citegrid import wiring
        from citegrid.gui.app import make_application
        from citegrid.gui.bridge import Bridge
        from citegrid.gui.i18n import set_language
        from citegrid.gui.settings import Settings
        from citegrid.gui.window import Window

        self.language, self.folder = language, folder
        self.app = make_application()
        set_language(language)
        self.bridge = Bridge()
        self.workbench = wiring.build(self.bridge.post)
        self.workbench.files.new(None, "", language)
        self.window = Window(self.workbench, Settings(home / "window.ini"))

    def wait(self, until: Callable[[], object], settle: float = 0.6) -> None:
        """Let the window live until something is seen, and for a moment more."""
        end = time.monotonic() + LONGEST
        while not until() and time.monotonic() < end:
            self._live()
        end = time.monotonic() + settle
        while time.monotonic() < end:
            self._live()

    def _live(self) -> None:
        self.app.processEvents()
        time.sleep(0.02)

    def idle(self, settle: float = 0.6) -> None:
        """Wait until nothing is being done."""
        self.wait(lambda: not self.window.jobs.busy, settle)

    def keep(self, name: str) -> None:
        """A picture of the window, in few colours."""
        from PIL import Image

        path = self.folder / f"{name}-{self.language}.png"
        self.window.grab().save(str(path))
        with Image.open(path, formats=["PNG"]) as picture:
            picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)

    def filled(self) -> int:
        """Cells that are no longer waiting."""
        from citegrid.core.table import Status

        return sum(cell.status is not Status.WAITING for cell in self.workbench.project.table.cells)

    def open_sample(self) -> None:
        """Open the sample, and wait until it can be filled."""
        self.window.files.open_sample()
        self.wait(lambda: self.window.actions_["fill"].isEnabled() and not self.window.jobs.busy, 2.0)

    def fill(self) -> None:
        """Fill the table and write the review."""
        self.window.filling.fill()
        self.wait(lambda: self.workbench.project.review is not None and not self.window.jobs.busy)

    def close(self) -> None:
        """Close the window and all behind it."""
        self.window.close()
        self.wait(lambda: not self.window.isVisible())
        self.bridge.shut()
        self.workbench.close()


def _of_readme(language: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(language, Path(home), folder)
        desk.window.resize(*SIZE)
        desk.window.show()
        desk.open_sample()
        desk.keep("before")
        desk.window.filling.fill()
        desk.wait(lambda: desk.filled() >= 14 or desk.workbench.project.review is not None, 0.1)
        desk.keep("during")
        desk.wait(lambda: desk.workbench.project.review is not None and not desk.window.jobs.busy)
        row = desk.workbench.project.table.rows[1]
        desk.window.table.choose(row.work.id, row.cells[3].column)
        desk.wait(lambda: True, 2.0)
        desk.keep("after")
        desk.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Make pictures of the window.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "resources" / "screenshots")
    parser.add_argument("--every", action="store_true", help="every pane and dialog, for looking at")
    parser.add_argument("--filled", type=Path, help="where the filled sample is kept")
    parser.add_argument("--language", choices=("en", "zh"), action="append")
    parser.add_argument("--colours", choices=("light", "dark"), action="append")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    if not chosen.every:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for language in chosen.language or ("en", "zh"):
        if chosen.every:
            from tour import walk_through

            walk_through(language, chosen.colours or ["light", "dark"], chosen.folder, chosen.filled)
        else:
            _of_readme(language, chosen.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
