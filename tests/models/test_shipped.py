"""The files of ``models/`` that ship are those whose sums are written down, and fit each other."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pytest

from citegrid.core.resources import home_of
from citegrid.core.statement import Line
from citegrid.engines.sentence_encoder import OnnxEncoder
from citegrid.pipeline.evidence.statements.classifier import HEADS, shipped

MODELS = home_of("models")
SUMS = dict(reversed(line.split("  ")) for line in (MODELS / "SHA256SUMS").read_text("utf-8").splitlines())


@pytest.mark.parametrize("name", SUMS)
def test_a_file_has_the_sum_that_is_written_down(name: str) -> None:
    """After learning anew: ``cd models && sha256sum statements.* > SHA256SUMS``, and see whether the README's figures still hold."""
    data = (MODELS / name).read_bytes()
    if Path(name).suffix == ".txt":  # a checkout may end its lines in another way
        data = data.replace(b"\r\n", b"\n")
    assert hashlib.sha256(data).hexdigest() == SUMS[name]


def test_all_that_ships_has_a_sum() -> None:
    project = tomllib.loads((MODELS.parent / "pyproject.toml").read_text("utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    names = {Path(path).name for path in taken if path.startswith("models/")} - {"manifest.toml"}
    assert names == set(SUMS)


def test_the_weights_fit_the_heads() -> None:
    weights = shipped()
    assert weights.weights.shape == (len(weights.rows), sum(HEADS.values())) and len(weights.bias) == sum(
        HEADS.values()
    )
    assert (np.diff(weights.rows.astype(np.int64)) > 0).all()


def test_the_network_fits_its_vocabulary() -> None:
    """Every number of the vocabulary is one that the network knows, and its shares are those of the heads."""
    encoder = OnnxEncoder(MODELS / "statements.onnx", MODELS / "statements.vocab.txt")
    last = (MODELS / "statements.vocab.txt").read_text("utf-8").split()[-1].removeprefix("##")
    (opinion,) = encoder.opinions([Line(f"We measure 412 samples of {last}.")])
    shares = np.split(np.exp(np.array(opinion)), np.cumsum(list(HEADS.values()))[:-1])
    assert [len(part) for part in shares] == list(HEADS.values())
    assert [float(part.sum()) for part in shares] == pytest.approx([1.0] * len(HEADS), abs=1e-3)
