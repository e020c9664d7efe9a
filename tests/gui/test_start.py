"""What the window loads, and the start page says, before a person has asked for anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from citegrid.gui.panes.start_page import recent_words
from citegrid.gui.settings import Settings

SCRIPT = """
import gc
import sys
from pathlib import Path
from citegrid import wiring
from citegrid.gui.app import make_application
from citegrid.gui.gc_pauses import settle
from citegrid.gui.bridge import Bridge
from citegrid.gui.settings import Settings
from citegrid.gui.window import Window

app = make_application()
bridge = Bridge()
workbench = wiring.build_for_window(bridge.post)
window = Window(workbench, Settings(Path(sys.argv[1]) / "window.ini"))
window.show()
app.processEvents()
print("\\n".join(sorted(name for name, module in sys.modules.items() if module)))  # None: kept out
print("----")
ready, before = [], gc.get_freeze_count() + 20_000
workbench.papers.get_ready(lambda: (settle(), ready.append(gc.get_freeze_count())))
while not ready:
    app.processEvents()
print("\\n".join(sorted(name for name, module in sys.modules.items() if module)))  # None: kept out
assert ready[0] > before, ready
window.close()
bridge.shut()
workbench.close()
"""
#: Reading pages, pictures, Word and Excel, running the model, and the rooms that do it.
LATE = {
    "pymupdf", "pymupdf4llm", "cv2", "numpy", "PIL", "rapidocr_onnxruntime", "onnxruntime", "llama_cpp", "docx", "openpyxl",
    "lxml", "rapidfuzz", "citeproc", "citegrid.workbench.library.service", "citegrid.pipeline.run", "citegrid.pipeline.table_image.read_template",
    "citegrid.pipeline.export.word.write", "citegrid.gui.dialogs.language_models.manager", "citegrid.gui.dialogs.about",
}  # fmt: skip


def test_the_start_page_loads_no_library_that_it_does_not_need_and_the_rest_behind_it(tmp_path: Path) -> None:
    desktop = Path(__file__).parents[2] / "desktop"
    env = dict(os.environ, CITEGRID_DATA=str(tmp_path), PYTHONPATH=str(desktop), QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    loaded, later = (set(part.split()) for part in done.stdout.split("----"))
    assert "citegrid.gui.window" in loaded
    assert not loaded & LATE
    assert "citegrid.pipeline.run" in later, "the first paper does not wait for it"
    assert "pymupdf" not in later, "papers are drawn and read in processes of their own"


def test_recent_projects_say_their_day_and_how_far_they_were_checked(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    for name in ("gone", "plain", "checked"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "project.json").touch()
        os.utime(tmp_path / name / "project.json", (86_400 * 365, 86_400 * 365 + 40_000))
        settings.remember(tmp_path / name)
    settings.keep_checked(tmp_path / "checked", 12, 40)
    (tmp_path / "gone" / "project.json").unlink()
    said = [recent_words(one) for one in settings.recent_projects()]
    assert said == ["checked · 1971-01-01 · 12 / 40 checked", "plain · 1971-01-01"]
