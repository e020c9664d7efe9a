"""Makes the README's pictures anew, so that they do not age: the window on the sample before, while and after filling, in both languages.

    QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/screenshots.py [FOLDER]

Real parts and the default model; the Chinese table takes a minute or two.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1480, 920)
#: Seconds after which nothing more is waited for.
LONGEST = 900


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        _shoot(language, folder)
    return 0


def _shoot(language: str, folder: Path) -> None:
    from PIL import Image

    from citegrid import wiring
    from citegrid.core.table import Status
    from citegrid.gui.app import make_application
    from citegrid.gui.bridge import Bridge
    from citegrid.gui.i18n import set_language
    from citegrid.gui.settings import Settings
    from citegrid.gui.window import Window

    app = make_application()
    set_language(language)
    bridge = Bridge()
    workbench = wiring.build(bridge.post)
    with tempfile.TemporaryDirectory() as home:
        workbench.files.new(None, "", language)
        window = Window(workbench, Settings(Path(home) / "window.ini"))
        window.resize(*SIZE)
        window.show()

        def wait(until: Callable[[], bool], settle: float = 0.6) -> None:
            end = time.monotonic() + LONGEST
            while not until() and time.monotonic() < end:
                app.processEvents()
                time.sleep(0.02)
            end = time.monotonic() + settle
            while time.monotonic() < end:
                app.processEvents()
                time.sleep(0.02)

        def keep(name: str) -> None:
            path = folder / f"{name}-{language}.png"
            window.grab().save(str(path))
            with Image.open(path, formats=["PNG"]) as picture:
                picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)

        def filled() -> int:
            return sum(cell.status is not Status.WAITING for cell in workbench.project.table.cells)

        window.files.open_sample()
        wait(lambda: window.actions_["fill"].isEnabled() and not window.jobs.busy, 2.0)
        keep("before")
        window.filling.fill()
        wait(lambda: filled() >= 14 or workbench.project.review is not None, 0.1)
        keep("during")
        wait(lambda: workbench.project.review is not None and not window.jobs.busy)
        row = workbench.project.table.rows[1]
        window.table.choose(row.work.id, row.cells[3].column)
        wait(lambda: True, 2.0)
        keep("after")
        window.close()
        wait(lambda: not window.isVisible())
        bridge.shut()
        workbench.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    raise SystemExit(main())
