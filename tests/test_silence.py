"""Nothing is sent anywhere: the whole job, in the terminal and in the window, speaks to no machine but this one."""

from __future__ import annotations

import pytest
from tests.silence import ROOT, traces, watch, why_not

from citegrid.store.model_files import models

SAMPLE = ROOT / "resources" / "sample"
pytestmark = [pytest.mark.alone, pytest.mark.skipif(bool(why_not()), reason=why_not() or "can be watched")]

TERMINAL = """
import sys
from dataclasses import replace
from pathlib import Path

import citegrid.workbench.session
from citegrid import wiring
from citegrid.__main__ import main
from citegrid.store.model_files import models
from tests.planted import planted_paper
from tests.telling import Telling

if __name__ == "__main__":
    models.resolve = lambda name=None: Path("fake.gguf")
    citegrid.workbench.session.checksum = lambda path, **_: "0" * 64
    real = wiring.engines
    wiring.engines = lambda: replace(real(), load_model=lambda path, sha256, cancel: Telling())
    paper = str(planted_paper(Path("paper.pdf"), "en", ()))
    assert main(["read", paper, "--json"]) == 0
    assert main(["fill", "--pdf", paper, "--columns", "Title|Method", "--project", "project", "--out", "report.docx",
                 "--json", "result.json"]) == 0
    for name in ("report.md", "report.xlsx", "report.bib"):
        assert main(["export", "result.json", "--out", name]) == 0
    assert main(["verify", "result.json", "--pdf", paper]) == 0
    assert main(["models", "list"]) == 0
    print("the end")
"""
WINDOW = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from citegrid.gui import app, window
from tests.planted import planted_paper

class Window(window.Window):
    def __init__(self, workbench, settings):
        super().__init__(workbench, settings)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(50)

    def look(self):
        if self.workbench.shown_paper.references and not self.jobs.busy:
            self.timer.stop()
            print("the end", flush=True)
            self.close()

if __name__ == "__main__":
    window.Window = Window
    sys.exit(app.main(["--pdf", str(planted_paper(Path("paper.pdf"), "en", ()))]))
"""
LOUD = """
import socket, sys
for call in (lambda: socket.create_connection(("192.0.2.1", 443), 1), lambda: socket.getaddrinfo("example.invalid", 80)):
    try:
        call()
    except OSError:
        pass
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
print("the end")
"""
WHOLE = """
import sys
from citegrid.__main__ import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def test_a_program_that_speaks_is_caught(tmp_path):
    found = watch(LOUD, tmp_path)
    assert found.said.strip() == "the end"
    assert any('inet_addr("192.0.2.1")' in call for call in found.attempts)


@pytest.mark.parametrize(
    "program", [TERMINAL, pytest.param(WINDOW, marks=pytest.mark.slow)], ids=["terminal", "window"]
)
def test_nothing_is_sent_by_the(program, tmp_path):
    found = watch(program, tmp_path)
    assert found.code == 0, found.said
    assert "the end" in found.said
    assert found.attempts == ()
    assert traces(tmp_path) == []


@pytest.mark.slow
@pytest.mark.model
def test_nothing_is_sent_by_the_whole_job_with_ocr_and_the_model(tmp_path):
    model = str(models.resolve(None))
    given = (
        "--pdf",
        str(SAMPLE / "paper.pdf"),
        "--image",
        str(SAMPLE / "table-zh.png"),
        "--rows",
        "1",
        "--words",
        "100",
    )
    found = watch(WHOLE, tmp_path, "fill", *given, "--model", model, "--out", "report.docx", seconds=900)
    assert found.code == 0, found.said
    assert found.attempts == ()
    assert traces(tmp_path) == []
