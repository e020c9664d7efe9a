"""The files of ``models/`` that ship are those whose sums are written down, and fit each other."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from citegrid.core.resources import home_of
from citegrid.engines.ocr import NETWORKS, newer_networks
from citegrid.pipeline.evidence.statements.classifier import HEADS, shipped

MODELS = home_of("models")
SUMS = dict(reversed(line.split("  ")) for line in (MODELS / "SHA256SUMS").read_text("utf-8").splitlines())


@pytest.mark.parametrize("name", SUMS)
def test_a_file_has_the_sum_that_is_written_down(name: str) -> None:
    """After learning anew: ``cd models && sha256sum entries.npz statements.* > SHA256SUMS``, and see whether the README's figures still hold."""
    data = (MODELS / name).read_bytes()
    if Path(name).suffix == ".txt":  # a checkout may end its lines in another way
        data = data.replace(b"\r\n", b"\n")
    assert hashlib.sha256(data).hexdigest() == SUMS[name]


def test_all_that_ships_has_a_sum() -> None:
    project = tomllib.loads((MODELS.parent / "pyproject.toml").read_text("utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    names = {Path(path).name for path in taken if path.startswith("models/")} - {"manifest.toml", "ocr"}
    assert names == set(SUMS)


@pytest.mark.parametrize("name", NETWORKS.values())
def test_the_networks_that_read_text_are_those_that_make_env_brings(name: str) -> None:
    sums = dict(reversed(line.split()) for line in (MODELS / "ocr" / "SHA256SUMS").read_text("utf-8").splitlines())
    assert set(sums) == set(NETWORKS.values())
    if not (MODELS / "ocr" / name).is_file():
        pytest.skip("`make env` could not fetch the networks; text is read with older ones")
    assert hashlib.sha256((MODELS / "ocr" / name).read_bytes()).hexdigest() == sums[name]
    assert len(newer_networks()) == len(sums)


def test_the_weights_fit_the_heads() -> None:
    weights = shipped()
    assert weights.weights.shape == (len(weights.rows), sum(HEADS.values())) and len(weights.bias) == sum(
        HEADS.values()
    )
    assert (np.diff(weights.rows.astype(np.int64)) > 0).all()


def test_the_network_fits_its_vocabulary_and_the_heads() -> None:
    import onnxruntime  # not before citegrid, which silences it

    """It knows as many pieces as the vocabulary has; the numbers of its outputs are those of the heads."""
    session = onnxruntime.InferenceSession(MODELS / "statements.onnx", providers=["CPUExecutionProvider"])
    pieces = len((MODELS / "statements.vocab.txt").read_text("utf-8").splitlines())
    shares = session.run(None, _line(pieces - 1))
    assert Counter(one.shape[1] for one in shares) == Counter(HEADS.values())
    assert [float(one.sum()) for one in shares] == pytest.approx([1.0] * len(HEADS), abs=1e-3)
    with pytest.raises(Exception, match=r"out of (data )?bounds"):
        session.run(None, _line(pieces))


def _line(piece: int) -> dict[str, np.ndarray[Any, np.dtype[Any]]]:
    return {"ids": np.array([[2, piece]]), "segments": np.array([[0, 1]])}
