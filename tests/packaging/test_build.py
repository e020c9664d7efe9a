"""What is given to others must be whole: the wheel finds its resources and its list of models by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_brings_all_it_needs(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    script = ROOT / "packaging" / "build.py"
    built = subprocess.run(
        [sys.executable, str(script), "--out", str(tmp_path / "dist")], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    code = (
        "import citegrid\n"
        "from pathlib import Path\n"
        "from citegrid.core.resources import resource\n"
        "from citegrid.store.model_files import manifest\n"
        "print(resource('sample').is_dir(), manifest.read_manifest().default, Path(citegrid.__file__).parent)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(installed)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == ["True", "qwen2.5-coder-1.5b", str(installed / "citegrid")]
