"""The tagger as it is learnt: dilated convolutions over embeddings of hashed features, what is read of the list, and a CRF on top."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from citegrid.pipeline.bibliography.entry.tagger import DILATIONS, WIDTH
from citegrid.pipeline.bibliography.entry.tokens import ROWS
from labelled import LABELS

EMBEDDED, HIDDEN = 48, 96


class Tagger(nn.Module):
    """Scores of labels for tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.EmbeddingBag(ROWS + 1, EMBEDDED, mode="sum", padding_idx=ROWS)
        nn.init.normal_(self.embedding.weight, std=0.1)
        nn.init.zeros_(self.embedding.weight[ROWS])
        sizes = [EMBEDDED, *[HIDDEN] * len(DILATIONS)]
        self.convolutions = nn.ModuleList(
            nn.Conv1d(a, HIDDEN, WIDTH, dilation=d, padding=d * (WIDTH // 2))
            for a, d in zip(sizes, DILATIONS, strict=False)
        )
        self.of_entry = nn.Linear(HIDDEN, HIDDEN)
        self.of_list = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first = nn.Parameter(torch.zeros(len(LABELS)))
        self.dropout = nn.Dropout(0.15)

    def forward(self, rows: Tensor, entries: Tensor, places: Tensor, lists: Tensor) -> Tensor:
        """(entries, tokens, labels) from the rows (tokens, features) of a batch, whose entries stand one behind the other.

        ``entries`` says of each row to which entry it belongs, -1 for the gaps between them; ``places`` (entries, tokens) where the
        tokens of each entry stand, ``lists`` to which list each entry belongs.
        """
        weight = (entries >= 0).float()
        hidden = (self.dropout(self.embedding(rows)) * weight.unsqueeze(1)).T.unsqueeze(0)
        for i, convolution in enumerate(self.convolutions):
            if i == len(self.convolutions) - 1:
                context = self._context(hidden[0].T, entries, lists)
                hidden = (hidden + context[entries].T * weight) * weight
            read = self.dropout(torch.relu(convolution(hidden)))
            hidden = (read if i == 0 else hidden + read) * weight
        return self.out(hidden[0].T)[places]

    def _context(self, hidden: Tensor, entries: Tensor, lists: Tensor) -> Tensor:
        known = entries >= 0
        entry = _means(hidden[known], entries[known], len(lists))
        of_list = _means(entry, lists, int(lists.max()) + 1)
        return torch.relu(self.of_entry(entry) + self.of_list(of_list[lists]))

    def loss(self, scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """The negative log-likelihood of the labels, for each token."""
        return (self._partition(scores, mask) - self._score(scores, labels, mask)).sum() / mask.sum()

    def _score(self, scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        emitted = (scores.gather(2, labels.unsqueeze(2)).squeeze(2) * mask).sum(1) + self.first[labels[:, 0]]
        return emitted + (self.transitions[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum(1)

    def _partition(self, scores: Tensor, mask: Tensor) -> Tensor:
        alpha = self.first + scores[:, 0]
        for t in range(1, scores.shape[1]):
            top = alpha.amax(1, keepdim=True)  # log of products of exponentials: one small product of matrices a token
            step = torch.log(torch.exp(alpha - top) @ torch.exp(self.transitions)) + top + scores[:, t]
            alpha = torch.where(mask[:, t : t + 1], step, alpha)
        return torch.logsumexp(alpha, 1)


def _means(values: Tensor, groups: Tensor, count: int) -> Tensor:
    """The mean of the rows of each group."""
    sums = torch.zeros(count, values.shape[1]).index_add(0, groups, values)
    return sums / torch.zeros(count).index_add(0, groups, torch.ones(len(groups))).unsqueeze(1)
