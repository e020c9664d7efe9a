"""The tagger: which field each token of an entry belongs to, by weights that are learnt (``models/training/entries``).

A small network reads the tokens: embeddings of their hashed features, convolutions that see ever further (Strubell et al., 2017,
"Fast and accurate entity recognition with iterated dilated convolutions"), and the mean over the whole list, for a list has one
style.  On top a linear chain of labels (a conditional random field; Lafferty et al., 2001) chooses the best sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from citegrid.core.resources import home_of
from citegrid.pipeline.bibliography.entry.list_habits import LEAST, SignKind, habits
from citegrid.pipeline.bibliography.entry.tokens import MOST, ROWS

Array = np.ndarray[Any, np.dtype[Any]]

#: Tokens that a convolution sees, and how far apart they stand in each layer.
WIDTH, DILATIONS = 5, (1, 1, 3, 9)
#: Between two entries so much is left free that no convolution sees both.
GAP = (WIDTH // 2) * max(DILATIONS)
#: What a label costs where none may begin.
_FORBIDDEN = -1e3
#: Rows that are multiplied at a time: so few that no library spreads them over threads, which wait for each other longer than that.
_BLOCK = 24


@cache
def _shipped() -> dict[str, Array]:
    """The weights that ship with the program."""
    with np.load(home_of("models") / "entries.npz", allow_pickle=False) as held:
        return {name: held[name] if name == "labels" else held[name].astype(np.float32) for name in held.files}


def tag(
    entries: Sequence[Sequence[Sequence[int]]],
    bound: Sequence[Sequence[bool]] = (),
    signs: Sequence[Sequence[SignKind]] = (),
) -> list[str]:
    """The labels of the tokens of each entry, one letter for each; ``entries`` are one list: rows of features of tokens; where ``bound``
    is true a token bears the label of the one before; by the kinds of their ``signs`` the entries are read as the list does."""
    if not entries:
        return []
    weights = _shipped()
    scores = _scores(
        [entry or [[]] for entry in entries], weights
    )  # an entry without tokens is read as one without features
    paths = _best(scores, weights, bound)
    if len(signs) >= LEAST:
        paths = _best(scores, weights, bound, *habits(paths, signs, len(weights["first"])))
    return ["".join(weights["labels"][path])[: len(entry)] for path, entry in zip(paths, entries, strict=True)]


def _scores(entries: Sequence[Sequence[Sequence[int]]], weights: dict[str, Array]) -> list[Array]:
    """What each label is worth at each token."""
    places = _places(list(map(len, entries)))
    hidden = np.zeros(
        (GAP + sum(place.stop - place.start + GAP for place in places), weights["embedding"].shape[1]), np.float32
    )
    mask = np.zeros((len(hidden), 1), np.float32)
    for entry, place in zip(entries, places, strict=True):
        hidden[place] = _embedded(entry, weights["embedding"])
        mask[place] = 1
    first, *middle, last = range(len(DILATIONS))
    hidden = _read(hidden, first, weights) * mask
    for layer in middle:
        hidden += _read(hidden, layer, weights) * mask
    _add_context(hidden, places, weights)
    hidden += _read(hidden, last, weights)
    return [hidden[place] @ weights["out"] + weights["out_bias"] for place in places]


def _read(hidden: Array, layer: int, weights: dict[str, Array]) -> Array:
    convolved = _convolved(hidden, weights[f"convolution{layer}"], DILATIONS[layer])
    read: Array = np.maximum(convolved + weights[f"bias{layer}"], 0)
    return read


def _places(lengths: Sequence[int]) -> list[slice]:
    """Where entries of these lengths stand when they are read in one go."""
    places, at = [], GAP
    for length in lengths:
        places.append(slice(at, at + length))
        at += length + GAP
    return places


def _embedded(entry: Sequence[Sequence[int]], table: Array) -> Array:
    """The sums of the embeddings of each token's features."""
    rows = np.full((len(entry), MOST), ROWS)
    for i, features in enumerate(entry):
        rows[i, : len(features)] = features
    known: Array = np.where((rows < ROWS)[..., None], table[np.minimum(rows, ROWS - 1)], 0).sum(1)
    return known


def _convolved(hidden: Array, kernel: Array, dilation: int) -> Array:
    """Each row together with those that stand ``dilation`` apart before and behind it."""
    count, half = len(hidden), len(kernel) // 2 * dilation
    blocks = -(-count // _BLOCK)
    padded = np.pad(hidden, ((half, half + blocks * _BLOCK - count), (0, 0)))
    out = np.zeros((blocks, _BLOCK, kernel.shape[2]), np.float32)
    for i, part in enumerate(kernel):
        out += padded[i * dilation :][: blocks * _BLOCK].reshape(blocks, _BLOCK, -1) @ part
    rows: Array = out.reshape(-1, kernel.shape[2])[:count]
    return rows


def _add_context(hidden: Array, places: Sequence[slice], weights: dict[str, Array]) -> None:
    """Add to each token what the means over its entry and over the list say."""
    means = np.stack([hidden[place].mean(0) for place in places])
    context = means @ weights["of_entry"] + weights["of_entry_bias"] + means.mean(0) @ weights["of_list"]
    for place, row in zip(places, np.maximum(context, 0), strict=True):
        hidden[place] += row


def _best(
    scores: Sequence[Array],
    weights: dict[str, Array],
    bound: Sequence[Sequence[bool]],
    worth: Array | None = None,
    kinds: Sequence[Array] = (),
) -> list[Array]:
    """The best sequence of labels for each entry (Viterbi), all entries abreast; ``worth`` is what pairs of labels are worth besides, for
    each of the ``kinds`` of tokens."""
    lengths = np.array(list(map(len, scores)))
    labels = len(weights["first"])
    order = np.argsort(-lengths, kind="stable")
    held = np.zeros((len(scores), lengths.max(), labels), np.float32)
    turns = np.zeros((len(scores), lengths.max()), np.float32)
    pairs = (
        np.broadcast_to(weights["transitions"], (1, labels, labels))
        if worth is None
        else weights["transitions"] + worth
    )
    kind = np.zeros((len(scores), lengths.max()), np.int64)
    for row, at in enumerate(order):
        held[row, : lengths[at]] = scores[at]
        if kinds:
            kind[row, : len(kinds[at])] = kinds[at]
        if bound:
            turns[row, : len(bound[at])] = np.where(bound[at], _FORBIDDEN, 0)
    other = 1 - np.eye(labels, dtype=np.float32)
    best = weights["first"] + held[:, 0]
    came = np.zeros((lengths.max(), len(scores), labels), np.int8)
    for t in range(1, lengths.max()):
        going = int((lengths > t).sum())
        steps = best[:going, :, None] + pairs[kind[:going, t]] + turns[:going, t, None, None] * other
        came[t, :going] = steps.argmax(1)
        best[:going] = steps.max(1) + held[:going, t]
    paths: list[Array] = [np.empty(0, np.int64)] * len(scores)
    for row, at in enumerate(order):
        path = [int(best[row].argmax())]
        for t in range(lengths[at] - 1, 0, -1):
            path.append(int(came[t, row, path[-1]]))
        paths[at] = np.array(path[::-1])
    return paths
