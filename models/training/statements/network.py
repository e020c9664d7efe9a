"""The network that reads a sentence in its place: the first layers of a BERT encoder, and a head for each question.

A sentence goes in as ``engines/sentence_encoder.padded`` lays it out.  The heads see the mean over the sentence, the mean over the
marks of the work in question, the first piece of the line, and which signs stand in the line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

from citegrid.engines.sentence_encoder import MOST, PLACES
from citegrid.pipeline.evidence.statements.classifier import HEADS

#: The sizes of all-MiniLM-L6-v2: of a state, of the layer in between, and how many heads attend.
WIDTH, INNER, ATTENTION_HEADS = 384, 1536, 12
OF_HEAD = WIDTH // ATTENTION_HEADS
EPSILON = 1e-12
#: What padding takes off the scores of attention.
PADDED = -1e4
DROPOUT, DROPOUT_OF_HEADS = 0.1, 0.2
#: The outputs of the network, in its order (which is not that of ``HEADS``).
OUTPUTS = {head: HEADS[head] for head in ("kinds", "speakers", "central", "alone")}

#: The vocabulary begins with these: what BERT needs, and our signs.
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
SIGNS = ("[TARGET]", "[OTHER]", "[OWN]", "[ON]", *(f"[P{place}]" for place in range(PLACES)))
PADDING, FIRST_SIGN = 0, len(SPECIAL)
TARGET = FIRST_SIGN + SIGNS.index("[TARGET]")
#: The word that a sign is taken for before anything is learnt; a place is taken for its figure.
STANDS_FOR = {"[TARGET]": "author", "[OTHER]": "others", "[OWN]": "we", "[ON]": "they"}
STANDS_FOR |= {f"[P{place}]": str(place) for place in range(PLACES)}


class ByteDropout(nn.Module):
    """``nn.Dropout`` with a mask of random bytes, which is several times cheaper on a processor."""

    def __init__(self, share: float, generator: np.random.Generator) -> None:
        super().__init__()
        self._share, self._generator = share, generator

    def forward(self, states: Tensor) -> Tensor:
        if not self.training:
            return states
        drawn = np.frombuffer(self._generator.bytes(states.numel()), np.uint8).copy()
        kept = torch.from_numpy(drawn).view(states.shape) >= round(self._share * 256)
        return states * (kept.to(states.dtype) * (1 / (1 - self._share)))


class Layer(nn.Module):
    """A transformer layer as in BERT (Devlin et al., 2019): attention, then two linear maps, each with a residual and a norm."""

    def __init__(self, generator: np.random.Generator) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.attended, self.mapped = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = ByteDropout(DROPOUT, generator)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        query, key, value = (_by_head(part(states)) for part in (self.query, self.key, self.value))
        attention = torch.softmax(query @ key.transpose(-1, -2) * OF_HEAD**-0.5 + bias, -1) @ value
        states = self.attended(states + self.dropout(self.out(attention.transpose(1, 2).flatten(2))))
        return self.mapped(states + self.dropout(self.down(F.gelu(self.up(states)))))


def _by_head(states: Tensor) -> Tensor:
    """Lines x pieces x width as lines x heads x pieces x width of a head."""
    return states.unflatten(2, (ATTENTION_HEADS, OF_HEAD)).transpose(1, 2)


class Network(nn.Module):
    """From the numbers of pieces to the shares of each head's outputs; ``below`` and ``above`` are its two halves."""

    def __init__(self, pieces: int, layers: int, seed: int = 1) -> None:
        super().__init__()
        generator = np.random.default_rng(seed)
        self.word, self.position, self.segment = (nn.Embedding(size, WIDTH) for size in (pieces, MOST, 2))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(generator) for _ in range(layers))
        self.dropout = ByteDropout(DROPOUT_OF_HEADS, generator)
        self.heads = nn.ModuleDict(
            {head: nn.Linear(3 * WIDTH + len(SIGNS), outputs) for head, outputs in OUTPUTS.items()}
        )

    def below(self, pieces: Tensor, segments: Tensor, layers: int) -> Tensor:
        """The states above the first ``layers``: lines x pieces x width."""
        places = torch.arange(pieces.shape[1])
        states = self.norm(self.word(pieces) + self.position(places) + self.segment(segments))
        return self._through(states, pieces, 0, layers)

    def above(self, states: Tensor, pieces: Tensor, segments: Tensor, layers: int) -> dict[str, Tensor]:
        """The logits of each head, from the states above the first ``layers``."""
        states = self._through(states, pieces, layers, len(self.layers))
        seen = self.dropout(_pooled(states.float(), pieces, segments))
        return {name: head(seen) for name, head in self.heads.items()}

    def forward(self, pieces: Tensor, segments: Tensor) -> dict[str, Tensor]:
        logits = self.above(self.below(pieces, segments, 0), pieces, segments, 0)
        return {head: torch.softmax(values.float(), -1) for head, values in logits.items()}

    def _through(self, states: Tensor, pieces: Tensor, first: int, end: int) -> Tensor:
        bias = ((pieces == PADDING).to(states.dtype) * PADDED)[:, None, None, :]
        for layer in list(self.layers)[first:end]:
            states = layer(states, bias)
        return states


def _pooled(states: Tensor, pieces: Tensor, segments: Tensor) -> Tensor:
    """What the heads see of each line: lines x (3 widths and a share for each sign)."""
    sentence = segments.to(states.dtype)
    marks = sentence * (pieces == TARGET)
    signs = torch.arange(FIRST_SIGN, FIRST_SIGN + len(SIGNS))
    there = (pieces.unsqueeze(-1) == signs).to(states.dtype).amax(1)
    return torch.cat([_mean(states, sentence), _mean(states, marks), states[:, 0], there], 1)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of the states that ``mask`` (lines x pieces) keeps; 0 where it keeps none."""
    return (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)


#: Our names for the parts of a layer, and those of the pretrained network.
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "mapped": "output.LayerNorm",
}


def pretrained(folder: Path, vocabulary: Sequence[str], layers: int, seed: int) -> Network:
    """The first layers of the network in ``folder`` (``model.safetensors``, ``tokenizer.json``), with heads that know nothing yet.

    Of its word embeddings those of ``vocabulary`` are kept; signs begin as the words they stand for.
    """
    held = {name.removeprefix("bert."): values for name, values in load_file(folder / "model.safetensors").items()}
    index = pieces_of(folder / "tokenizer.json")
    words = held["embeddings.word_embeddings.weight"]
    weights = {
        "word.weight": torch.stack([words[index[STANDS_FOR.get(piece, piece)]] for piece in vocabulary]),
        "position.weight": held["embeddings.position_embeddings.weight"][:MOST],
        "segment.weight": held["embeddings.token_type_embeddings.weight"],
        "norm.weight": held["embeddings.LayerNorm.weight"],
        "norm.bias": held["embeddings.LayerNorm.bias"],
    }
    for layer in range(layers):
        for ours, theirs in _PARTS.items():
            for part in ("weight", "bias"):
                weights[f"layers.{layer}.{ours}.{part}"] = held[f"encoder.layer.{layer}.{theirs}.{part}"]
    torch.manual_seed(seed)
    network = Network(len(vocabulary), layers, seed)
    for head in network.heads.values():
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    heads = {name: values for name, values in network.state_dict().items() if name.startswith("heads.")}
    network.load_state_dict(weights | heads)
    return network


def pieces_of(tokenizer: Path) -> dict[str, int]:
    """The vocabulary of a ``tokenizer.json``: the number of each piece."""
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    return vocabulary
