"""Learns the network behind ``models/statements.onnx`` from the English labels, and measures it on papers that it has not seen.

    python models/training/statements/train_encoder.py measure FOLDER… --pretrained MINILM [--folds 3] [--out encoder.npz]
    python models/training/statements/train_encoder.py learn FOLDER… --pretrained MINILM --out model.pt

The folders hold the labelled papers; ``MINILM`` holds ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2.  What is
learnt goes through ``export_encoder.py`` before it ships.  The embeddings and the first layers stay as they were pretrained, so that
their states are computed once.  Needs torch and safetensors.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from citegrid.core.language.script import is_chinese
from citegrid.engines.sentence_encoder import LineCutter, padded
from measures import report, save
from network import OUTPUTS, Network, pretrained
from sentences import Label, first_readings, labelled_lines
from targets import Array, ByHead, folds_of, targets_of

VOCABULARY = Path(__file__).resolve().parents[2] / "statements.vocab.txt"
#: How much the loss of each head counts.
LOSS = {"kinds": 1.0, "speakers": 0.8, "central": 0.5, "alone": 0.4}
#: Share of the steps in which the rate rises; the longest gradient; lines in a batch where nothing is learnt.
WARM_UP, LONGEST_GRADIENT, READ_TOGETHER = 0.1, 1.0, 64
WEIGHT_DECAY = 0.01
#: Lines in a batch differ in length by about so many pieces, drawn anew each epoch.
SPREAD = 12
TOLD_EVERY = 50


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the network is made of and how it learns; ``frozen`` of its ``layers`` stay as they are."""

    layers: int = 4
    frozen: int = 2
    epochs: int = 3
    batch: int = 16
    rate: float = 1.5e-4
    rate_of_heads: float = 1e-3
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled sentences as the network takes them; ``below`` are the states above the frozen layers, one tensor a sentence."""

    labels: list[Label]
    pieces: Tensor
    segments: Tensor
    targets: dict[str, Tensor]
    below: list[Tensor]

    def lengths(self, rows: Sequence[int]) -> list[int]:
        return [len(self.below[row]) for row in rows]

    def batch(self, rows: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """States, pieces and segments of some sentences, as wide as the longest of them."""
        states = nn.utils.rnn.pad_sequence([self.below[row] for row in rows], batch_first=True).float()
        width = states.shape[1]
        return states, self.pieces[rows, :width], self.segments[rows, :width]


def main() -> None:
    given = _arguments()
    torch.set_num_threads(given.threads)
    recipe = Recipe()
    cutter = LineCutter(given.vocabulary)
    found = labelled_lines(given.folders, first_readings(), given.limit)
    known = [(label, line) for label, line in found if not is_chinese(line.shown)]
    pieces, segments = map(torch.from_numpy, padded([cutter.cut(line) for _, line in known]))
    vocabulary = list(cutter.pieces.index)

    def beginning() -> Network:
        return pretrained(given.pretrained, vocabulary, recipe.layers, recipe.seed)

    labels = [label for label, _ in known]
    targets = {head: torch.from_numpy(target).float() for head, target in targets_of(labels).items()}
    below = states_below(beginning(), pieces, segments, recipe.frozen)
    examples = Examples(labels, pieces, segments, targets, below)
    print(
        f"{len(labels)} English sentences, {np.mean(examples.lengths(range(len(labels)))):.0f} pieces long", flush=True
    )
    if given.what == "learn":
        network = learn(beginning(), examples, range(len(labels)), recipe)
        torch.save({"state": network.state_dict(), "layers": recipe.layers}, given.out or "model.pt")
        return
    shares = {head: np.zeros((len(labels), outputs)) for head, outputs in OUTPUTS.items()}
    fold = folds_of(labels, given.folds)
    for number in range(given.folds):
        seen, unseen = np.flatnonzero(fold != number).tolist(), np.flatnonzero(fold == number).tolist()
        network = learn(beginning(), examples, seen, recipe)
        for head, values in predict(network, examples, unseen, recipe.frozen).items():
            shares[head][unseen] = values
    report("encoder", labels, shares)
    if given.out:
        save(given.out, labels, shares)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("measure", "learn"))
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, default=VOCABULARY)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--limit", type=int, help="read so many papers at most")
    parser.add_argument("--out", type=Path, help="learn: where the network goes; measure: the shares, for compare.py")
    return parser.parse_args()


def states_below(network: Network, pieces: Tensor, segments: Tensor, frozen: int) -> list[Tensor]:
    """The states above the frozen layers, once for all sentences, each without padding."""
    network.eval()
    lengths = (pieces > 0).sum(1).tolist()
    below: dict[int, Tensor] = {}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for rows in batches(lengths, READ_TOGETHER):
            width = max(lengths[row] for row in rows)
            states = network.below(pieces[rows, :width], segments[rows, :width], frozen).to(torch.bfloat16)
            below.update((row, one[: lengths[row]].clone()) for row, one in zip(rows, states, strict=True))
    return [below[row] for row in range(len(lengths))]


def batches(lengths: Sequence[int], size: int, generator: random.Random | None = None) -> list[list[int]]:
    """Positions in batches of about equal length, in a random order by ``generator``."""
    keys = [length + (generator.random() * SPREAD if generator else 0) for length in lengths]
    order = sorted(range(len(lengths)), key=keys.__getitem__)
    found = [order[start : start + size] for start in range(0, len(order), size)]
    if generator:
        generator.shuffle(found)
    return found


def learn(network: Network, examples: Examples, rows: Sequence[int], recipe: Recipe) -> Network:
    """Teaches the layers that are not frozen, and the heads, what readers said of these ``rows``."""
    torch.manual_seed(recipe.seed)
    generator = random.Random(recipe.seed)
    body = [part for layer in list(network.layers)[recipe.frozen :] for part in layer.parameters()]
    heads = list(network.heads.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.rate_of_heads}], weight_decay=WEIGHT_DECAY
    )
    steps = recipe.epochs * -(-len(rows) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, steps))
    network.train()
    start, step = time.monotonic(), 0
    for epoch in range(recipe.epochs):
        losses = []
        for some in batches(examples.lengths(rows), recipe.batch, generator):
            loss = _loss(network, examples, [rows[i] for i in some], recipe.frozen)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(body + heads, LONGEST_GRADIENT)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            step += 1
            if step % TOLD_EVERY == 0:
                print(f"step {step} of {steps}, loss {loss.item():.2f}, {time.monotonic() - start:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}", flush=True)
    return network


def rate_at(step: int, steps: int) -> float:
    """The share of the full rate: it rises to the first tenth of the steps and falls to 0 at the last."""
    return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)


def _loss(network: Network, examples: Examples, rows: Sequence[int], frozen: int) -> Tensor:
    """The weighted cross-entropy of all heads."""
    with torch.autocast("cpu", torch.bfloat16):
        logits = network.above(*examples.batch(rows), frozen)
    entropies = {
        head: -(examples.targets[head][rows] * F.log_softmax(logits[head].float(), -1)).sum(-1).mean()
        for head in OUTPUTS
    }
    return torch.stack([LOSS[head] * entropy for head, entropy in entropies.items()]).sum()


def predict(network: Network, examples: Examples, rows: Sequence[int], frozen: int) -> ByHead:
    """What the network says of these ``rows``, in their order."""
    network.eval()
    found: dict[str, Array] = {head: np.zeros((len(rows), outputs)) for head, outputs in OUTPUTS.items()}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for some in batches(examples.lengths(rows), READ_TOGETHER):
            logits = network.above(*examples.batch([rows[i] for i in some]), frozen)
            for head, values in logits.items():
                found[head][some] = torch.softmax(values.float(), -1).numpy()
    return found


if __name__ == "__main__":
    main()
