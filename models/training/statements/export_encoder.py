"""Writes ``models/statements.onnx`` from what ``train_encoder.py learn`` has learnt, and holds the two against each other.

    python models/training/statements/export_encoder.py model.pt FOLDER… [--every 9] [--out statements.onnx]

Prints how far the shares of the file lie from those of the network on every ninth labelled sentence in the folders, the size and the
time.  Needs torch, safetensors and onnx.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from citegrid.core.language.script import is_chinese
from citegrid.engines.sentence_encoder import BATCH, LineCutter, Pieces, padded
from network import OUTPUTS, Network
from onnx_graph import INPUTS, model_of
from sentences import first_readings, labelled_lines
from targets import Array
from train_encoder import VOCABULARY

NETWORK = VOCABULARY.with_name("statements.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("learnt", type=Path)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--every", type=int, default=9, help="compare on every so manieth sentence")
    parser.add_argument("--limit", type=int, help="read so many papers at most")
    parser.add_argument("--out", type=Path, default=NETWORK)
    given = parser.parse_args()
    torch.set_num_threads(1)
    cutter = LineCutter(VOCABULARY)
    network = load(given.learnt, len(cutter.pieces.index))
    onnx.save(model_of(network), given.out)
    found = labelled_lines(given.folders, first_readings(), given.limit)
    cut = [cutter.cut(line) for _, line in found if not is_chinese(line.shown)][:: given.every]
    compare(network, given.out, sorted(cut, key=lambda line: sum(map(len, line))))


def load(path: Path, pieces: int) -> Network:
    """The network as ``train_encoder.py`` has saved it."""
    saved = torch.load(path, weights_only=True)
    network = Network(pieces, saved["layers"])
    network.load_state_dict(saved["state"])
    return network.eval()


def compare(network: Network, path: Path, lines: Sequence[Pieces]) -> None:
    import onnxruntime  # not before citegrid, which silences it

    """Prints how far the file's shares lie from the network's, its size and its time on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    learnt: list[list[Array]] = []
    shipped: list[list[Array]] = []
    seconds = 0.0
    for start in range(0, len(lines), BATCH):
        pieces, segments = padded(lines[start : start + BATCH])
        with torch.no_grad():
            learnt.append([shares.numpy() for shares in network(*map(torch.from_numpy, (pieces, segments))).values()])
        began = time.process_time()
        shipped.append(session.run(None, dict(zip(INPUTS, (pieces, segments), strict=True))))
        seconds += time.process_time() - began
    for head, ours, theirs in zip(OUTPUTS, _joined(learnt), _joined(shipped), strict=True):
        apart = np.abs(ours - theirs)
        same = np.mean(ours.argmax(axis=1) == theirs.argmax(axis=1))
        print(f"{head:9} at most {apart.max():.4f} apart, {apart.mean():.5f} on average; same answer {same:.3f}")
    print(f"{path.stat().st_size / 1e6:.1f} MB, {1000 * seconds / len(lines):.1f} ms a sentence, n = {len(lines)}")


def _joined(batches: Sequence[Sequence[Array]]) -> list[Array]:
    """The shares of each head for all lines."""
    return [np.concatenate(parts) for parts in zip(*batches, strict=True)]


if __name__ == "__main__":
    main()
