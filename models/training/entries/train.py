"""Learns ``models/entries.npz`` from lists that are rendered for it, and writes what the program reads.

python train.py render PAPERS STYLES --out lists.pkl       # citeproc and the house styles, from records of ours
python train.py learn lists.pkl [--steps 2500]             # writes models/entries.npz
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from citegrid.pipeline.bibliography.entry.tagger import GAP
from citegrid.pipeline.bibliography.entry.tokens import MOST, ROWS, features_of, tokens_of
from labelled import LABELS, Labelled
from network import Tagger
from noise import noisy

WEIGHTS = Path(__file__).resolve().parents[2] / "entries.npz"
_NUMBER = {label: number for number, label in enumerate(LABELS)}
#: Tokens of an entry that are learnt from; entries of a batch.
_LONGEST, _BATCH = 240, 64
#: The highest rate of Adam.
_RATE = 3e-3
#: How often a word is hidden, so that its shape and place must do.
_HIDDEN = 0.15

Example = tuple[np.ndarray, np.ndarray]


def examples(rng: random.Random, entries: Sequence[Labelled]) -> list[Example]:
    """The rows of features and the numbers of labels of each entry of a list, as a PDF might hold it."""
    known = rng.random() < 0.6
    found = []
    for entry in noisy(rng, entries):
        tokens = tokens_of(entry.text)[:_LONGEST]
        italic = [entry.italic[token.start] == "i" if known else None for token in tokens]
        rows = np.full((len(tokens), MOST), ROWS, np.int32)
        for i, features in enumerate(features_of(tokens, italic)):
            if rng.random() < _HIDDEN and len(features) > 6:
                features = [features[0], *features[2:]]
            rows[i, : len(features)] = features
        labels = np.array([_NUMBER[entry.labels[token.start]] for token in tokens], np.int64)
        if len(tokens) > 2:
            found.append((rows, labels))
    return found


def batches(rng: random.Random, lists: Sequence[Sequence[Labelled]]) -> Iterator[tuple[torch.Tensor, ...]]:
    """Once through all lists in a new order; some are shown entry by entry, as if each were a list."""
    order = list(range(len(lists)))
    rng.shuffle(order)
    held: list[tuple[int, Example]] = []
    number = 0
    for at in order:
        chosen = rng.sample(list(lists[at]), rng.randint(max(1, len(lists[at]) // 2), len(lists[at])))
        alone = rng.random() < 0.2
        for example in examples(rng, chosen):
            held.append((number, example))
            number += alone
        number += not alone
        if len(held) >= _BATCH:
            yield _batch(held)
            held, number = [], 0


def _batch(held: Sequence[tuple[int, Example]]) -> tuple[torch.Tensor, ...]:
    """Rows, entry of each row, places of the tokens, list of each entry, labels, which of the labels are there."""
    longest = max(len(labels) for _, (_, labels) in held)
    places, labels, mask = (np.zeros((len(held), longest), kind) for kind in (np.int64, np.int64, bool))
    gap = np.full((GAP, MOST), ROWS, np.int32)
    rows, entries, at = [gap], [np.full(GAP, -1)], GAP
    for i, (_, (row, label)) in enumerate(held):
        count = len(label)
        places[i, :count], labels[i, :count], mask[i, :count] = np.arange(at, at + count), label, True
        rows += [row, gap]
        entries += [np.full(count, i), np.full(GAP, -1)]
        at += count + GAP
    numbers = {n: i for i, n in enumerate(dict.fromkeys(n for n, _ in held))}
    lists = torch.tensor([numbers[n] for n, _ in held])
    arrays = (np.concatenate(rows).astype(np.int64), np.concatenate(entries), places)
    return *map(torch.from_numpy, arrays), lists, torch.from_numpy(labels), torch.from_numpy(mask)


def learn(
    lists: Sequence[Sequence[Labelled]], steps: int, seed: int, out: Path, begin: Path | None, top: float
) -> None:
    """Weights from scratch, or from those of ``begin`` on; ``top`` is the highest rate."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tagger = Tagger()
    if begin is not None:
        read_into(tagger, begin)
    optimizer = torch.optim.Adam(tagger.parameters(), lr=top, betas=(0.9, 0.98))
    losses = []
    for step, (*read, labels, mask) in enumerate(islice(_forever(rng, lists), steps)):
        for group in optimizer.param_groups:
            group["lr"] = top * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
        optimizer.zero_grad()
        loss = tagger.loss(tagger(*read), labels, mask)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            print(f"{step + 1} {np.mean(losses[-100:]):.4f}", flush=True)
    write(tagger, out)


def _forever(rng: random.Random, lists: Sequence[Sequence[Labelled]]) -> Iterator[tuple[torch.Tensor, ...]]:
    while True:
        yield from batches(rng, lists)


def read_into(tagger: Tagger, path: Path) -> None:
    """Take over the weights that ``write`` wrote."""
    with np.load(path, allow_pickle=False) as held, torch.no_grad():
        for name, parameter in _parameters(tagger).items():
            parameter.copy_(torch.from_numpy(held[name].astype(np.float32)))


def _parameters(tagger: Tagger) -> dict[str, torch.Tensor]:
    """The weights by their names in the file, turned as they are there."""
    held = {"embedding": tagger.embedding.weight[:ROWS], "transitions": tagger.transitions, "first": tagger.first}
    for i, convolution in enumerate(tagger.convolutions):  # (out, in, width) becomes (width, in, out)
        held |= {f"convolution{i}": convolution.weight.permute(2, 1, 0), f"bias{i}": convolution.bias}
    for name, linear in (("of_entry", tagger.of_entry), ("of_list", tagger.of_list), ("out", tagger.out)):
        held[name] = linear.weight.T
        if linear.bias is not None:
            held[f"{name}_bias"] = linear.bias
    return held


def write(tagger: Tagger, out: Path) -> None:
    """The weights as the program reads them, in half precision."""
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in _parameters(tagger).items()}
    np.savez_compressed(out, labels=np.array(list(LABELS)), **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    render = commands.add_parser("render")
    render.add_argument("papers", type=Path)
    render.add_argument("styles", type=Path)
    render.add_argument("--out", type=Path, required=True)
    render.add_argument("--lists", type=int, default=6000)
    render.add_argument("--seed", type=int, default=1)
    render.add_argument("--share", type=float, default=1.0, help="of the styles that citeproc prints")
    learning = commands.add_parser("learn")
    learning.add_argument("lists", type=Path, nargs="+")
    learning.add_argument("--steps", type=int, default=2500)
    learning.add_argument("--out", type=Path, default=WEIGHTS)
    learning.add_argument("--begin", type=Path, help="weights to go on from")
    learning.add_argument("--rate", type=float, default=_RATE)
    args = parser.parse_args()
    if args.command == "learn":
        lists = [made for path in args.lists for made in pickle.loads(path.read_bytes())]
        learn(lists, args.steps, 1, args.out, args.begin, args.rate)
        return
    import citeproc_lists
    import house_styles
    from records import material_of

    rng = random.Random(args.seed)
    material = material_of(sorted(args.papers.rglob("*.pdf")), args.styles)
    made = [
        *citeproc_lists.lists(rng, material, args.styles, 14, args.share),
        *house_styles.lists(rng, material, args.lists, 12),
    ]
    args.out.write_bytes(pickle.dumps(made))


if __name__ == "__main__":
    main()
