"""Ctrl-C ends the terminal's commands and the window within a second, in phases that hear nothing of it too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from citegrid.store import project_folder

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
#: Seconds from Ctrl-C to the end: a second was promised; this machine may be busy with other tests.
SOON = 3.0

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there"),
]


def interrupted(program: str, folder: Path, wait_for: str) -> tuple[int, str, float, int]:
    """The exit code of ``program``, what it said, how long it took from Ctrl-C on, and how many processes it left, when it is
    interrupted after it has said ``wait_for``."""
    environment = dict(
        os.environ, PYTHONPATH=f"{ROOT / 'desktop'}{os.pathsep}{ROOT}", CITEGRID_DATA=str(folder / "data"),
        QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8",
    )  # fmt: skip
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is started deaf to it
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], env=environment, cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    said = ""
    try:
        assert process.stdout is not None
        while wait_for not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        children = psutil.Process(process.pid).children(recursive=True)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
        took = time.monotonic() - began
    finally:
        process.kill()
    _, left = psutil.wait_procs(children, timeout=3)
    return process.returncode, said + rest, took, len(left)


def test_a_phase_that_hears_nothing_is_left(tmp_path):
    program = f"""
        import sys, time
        from citegrid import wiring
        from citegrid.__main__ import main
        from citegrid.cli import read

        def deaf(*given):
            print("deaf", flush=True)
            end = time.monotonic() + 60
            while time.monotonic() < end:
                pass

        read.print_json = deaf
        sys.exit(main(["read", {str(SAMPLE / "paper.pdf")!r}, "--json"]))
    """
    code, said, took, left = interrupted(program, tmp_path, "deaf")
    assert (code, left) == (130, 0), said
    assert "citegrid: Stopped as asked." in said
    assert "Traceback" not in said
    assert took < SOON


def test_the_window_ends_and_what_was_written_is_saved(tmp_path):
    program = f"""
        import sys
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from citegrid.gui import app, window

        class Window(window.Window):
            def __init__(self, workbench, settings):
                super().__init__(workbench, settings)
                workbench.files.new(Path({str(tmp_path / "project")!r}), "", "en")
                workbench.table.set_query("Kept at the end?")
                QTimer.singleShot(0, lambda: print("shown", flush=True))

        window.Window = Window
        sys.exit(app.main([]))
    """
    code, said, took, left = interrupted(program, tmp_path, "shown")
    assert (code, left) == (130, 0), said
    assert "Traceback" not in said
    assert took < SOON
    assert project_folder.load(tmp_path / "project").query == "Kept at the end?"


def test_loading_the_program_is_left_too(tmp_path):
    program = """
        import sys
        from importlib.abc import MetaPathFinder

        class Loading(MetaPathFinder):
            def find_spec(self, name, path=None, target=None):
                if name == "citegrid.cli.main":
                    import time
                    print("loading", flush=True)
                    time.sleep(20)

        sys.meta_path.insert(0, Loading())
        from citegrid.__main__ import main
        sys.exit(main(["models", "list"]))
    """
    code, said, took, left = interrupted(program, tmp_path, "loading")
    assert (code, left) == (130, 0), said
    assert said == "loading\ncitegrid: Stopped as asked. What was done so far is kept.\n"
    assert took < SOON
