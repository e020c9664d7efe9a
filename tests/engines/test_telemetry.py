"""Nothing is sent anywhere: the OCR engine, which would, is silenced in every process that loads it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = """
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

class Watch(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "onnxruntime":
            import os
            assert os.environ.get("ORT_DISABLE_TELEMETRY") == "1"

sys.meta_path.insert(0, Watch())

if __name__ == "__main__":
    from citegrid.engines.{module} import {engine}
    from citegrid.ports import Pixels
    engine = {engine}(1)
    assert engine.read(Pixels(64, 64, bytes([255]) * (64 * 64 * 3))) == []
    assert "{module}" == "ocr_pool" or "onnxruntime" in sys.modules
    getattr(engine, "close", lambda: None)()
"""


@pytest.mark.slow
@pytest.mark.parametrize(("module", "engine"), [("ocr", "RapidOcr"), ("ocr_pool", "OcrPool")])
def test_reading_a_picture_leaves_no_trace_of_telemetry(tmp_path: Path, module: str, engine: str) -> None:
    """Where it is not silenced, onnxruntime 1.32 keeps a device id and what it is about to send in the user's cache."""
    home = tmp_path / "home"
    home.mkdir()
    script = tmp_path / "read.py"
    script.write_text(READ.format(module=module, engine=engine), "utf-8")
    inherited = {k: v for k, v in os.environ.items() if k not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**inherited, "HOME": str(home), "LOCALAPPDATA": str(home), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not list(home.rglob("*"))


def test_nothing_loads_it_before_it_is_silenced() -> None:
    """Importing the package silences it; outside of it no module may load it as it is imported itself, in whatever order."""
    root = Path(__file__).resolve().parents[2]
    found = []
    for path in (*root.glob("tests/**/*.py"), *root.glob("models/**/*.py"), *root.glob("packaging/**/*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [path.name for name in names if name.partition(".")[0] in ("onnxruntime", "rapidocr")]
    assert found == []


def test_the_package_silences_it_whatever_the_environment_says() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import citegrid, os; print(os.environ['ORT_DISABLE_TELEMETRY'], os.environ['DO_NOT_TRACK'])"],
        env={**os.environ, "ORT_DISABLE_TELEMETRY": "0", "DO_NOT_TRACK": "0", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "1"]
