"""Answers decoded side by side: sequences that share one prompt prefix, a token of each in every batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.engines.language_model.context import BATCH, BatchRow, LlamaContext
from citegrid.engines.language_model.spoken import Spoken
from citegrid.ports import Answer, Ask, Cancel

#: An ask by its number, and its prompt after the prefix.
NumberedPrompt = tuple[int, list[int]]


@dataclass(slots=True)
class AnswerSequence(Spoken):
    """One answer under way: its prompt after the prefix, its position, its text.

    ``fed`` tokens of the prompt are decoded; ``last`` is the newest token, -1 before the first; ``unlikely`` are the places
    in ``raw`` where a token stands that the model was not sure of; ``likelihood`` is the sum over its tokens; ``sample`` is 0
    for the first answer to its ask.
    """

    index: int
    slot: int
    prompt: list[int]
    max_tokens: int
    stop: tuple[str, ...]
    position: int
    sampler: Any
    sample: int = 0
    fed: int = 0
    generated: int = 0
    unlikely: list[tuple[int, int]] = field(default_factory=list)
    likelihood: float = 0.0
    last: int = -1
    raw: bytearray = field(default_factory=bytearray)
    ended_itself: bool = False

    def next_token(self) -> BatchRow:
        """The row that lets it go on after its newest token."""
        self.position += 1
        return self.last, self.position - 1, self.slot, True

    def next_prompt(self, room: int) -> list[BatchRow]:
        """As many rows of its prompt as there is room for; logits are wanted of the very last one."""
        piece = self.prompt[self.fed : self.fed + room]
        whole = self.fed + len(piece) == len(self.prompt)
        rows = [(token, self.position + i, self.slot, whole and i == len(piece) - 1) for i, token in enumerate(piece)]
        self.position += len(piece)
        self.fed += len(piece)
        return rows


class ParallelDecoding:
    """Answers the asks of one group, whose prompts begin with ``prefix``."""

    def __init__(
        self, context: LlamaContext, asks: Sequence[Ask], prefix: list[int], prompts: Sequence[NumberedPrompt]
    ) -> None:
        """``prompts`` are the rests after the prefix; raises ModelError when one alone is longer than the context."""
        self._context, self._asks, self._prefix = context, asks, prefix
        # long questions have long answers; those begin first, so that the last ones do not run alone
        self._waiting = deque(sorted(prompts, key=lambda one: -len(one[1])))
        longest = max(len(rest) + asks[i].max_tokens for i, rest in prompts)
        if len(prefix) + longest > context.size:
            raise ModelError(
                Message(
                    "A question of {longest} tokens does not fit the context of {name} ({size} tokens).",
                    longest=len(prefix) + longest,
                    name=context.info.name,
                    size=context.size,
                ),
                "Choose a model with a longer context.",
            )
        self._width = max(1, min(context.width, (context.size - len(prefix)) // longest))
        self._free = list(range(1, 1 + self._width))
        self._busy: list[AnswerSequence] = []
        self._said: dict[int, dict[int, Answer]] = {}

    def run(self, ended: Callable[[int, Answer], None], cancel: Cancel) -> None:
        """Decode until all have ended; each answer is told as it ends."""
        self._context.hold(self._prefix, cancel)
        try:
            while self._waiting or self._busy:
                cancel.check()
                while self._waiting and len(self._free) >= self._samples(self._waiting[0][0]):
                    self._busy += self._begin(*self._waiting.popleft())
                for done in self._step(cancel):
                    self._busy.remove(done)
                    self._free.append(done.slot)
                    self._context.free_sampler(done.sampler)
                    self._keep(done, ended)
        finally:
            for sequence in self._busy:
                self._context.free_sampler(sequence.sampler)

    def _samples(self, index: int) -> int:
        """How many answers an ask gets: as many as it wants, or as there is room for."""
        return max(1, min(self._asks[index].samples, self._width))

    def _begin(self, index: int, prompt: list[int]) -> list[AnswerSequence]:
        """The answers to one ask; only the first feeds the prompt, from which the others go on."""
        ask = self._asks[index]
        sequences = []
        for sample in range(self._samples(index)):
            slot, sampler = self._free.pop(), self._context.new_sampler(seed=sample)
            sequences.append(
                AnswerSequence(index, slot, prompt, ask.max_tokens, ask.stop, len(self._prefix), sampler, sample)
            )
        self._context.copy_prefix(sequences[0].slot)
        return sequences

    def _keep(self, done: AnswerSequence, ended: Callable[[int, Answer], None]) -> None:
        """Keep what was said; told when all the answers to its ask have ended."""
        said = self._said.setdefault(done.index, {})
        said[done.sample] = done.answer()
        if len(said) == self._samples(done.index):
            first, *others = (said[sample] for sample in sorted(said))
            ended(done.index, replace(first, others=tuple(others)))

    def _step(self, cancel: Cancel) -> list[AnswerSequence]:
        """Decode one batch: a token of each answer under way, and as much new prompt as fits; the answers that ended."""
        rows: list[BatchRow] = []
        sampled = [*self._running(rows), *self._starting(rows)]
        self._context.decode(rows, cancel)
        for sequence, row in sampled:
            if sequence.last < 0 and sequence.sample:
                self._go_on_from_first(sequence)
            self._sample(sequence, row)
        return [sequence for sequence, _ in sampled if sequence.over]

    def _running(self, rows: list[BatchRow]) -> Iterator[tuple[AnswerSequence, int]]:
        """Add a row for each answer under way; each with the place of its row."""
        for sequence in self._busy:
            if sequence.last >= 0:
                rows.append(sequence.next_token())
                yield sequence, len(rows) - 1

    def _starting(self, rows: list[BatchRow]) -> Iterator[tuple[AnswerSequence, int]]:
        """Add as much of the new prompts as there is room for; those that are whole then, with the place of their last row."""
        for sequence in self._busy:
            if sequence.last >= 0 or sequence.sample or len(rows) >= BATCH:
                continue
            piece = sequence.next_prompt(BATCH - len(rows))
            rows += piece
            self._context.usage.prompt_tokens += len(piece)
            if sequence.fed == len(sequence.prompt):
                yield from ((one, len(rows) - 1) for one in self._busy if one.index == sequence.index)

    def _go_on_from_first(self, sequence: AnswerSequence) -> None:
        """Take over the prompt that the first answer to the same ask has just fed."""
        first = next(one for one in self._busy if one.index == sequence.index and not one.sample)
        self._context.copy_prefix(sequence.slot, first.slot)
        sequence.position, sequence.fed = len(self._prefix) + len(sequence.prompt), len(sequence.prompt)

    def _sample(self, sequence: AnswerSequence, row: int) -> None:
        """Take the next token of one answer."""
        token = sequence.last = self._context.sample(sequence.sampler, row)
        sequence.generated += 1
        self._context.usage.generated_tokens += 1
        sequence.ended_itself = self._context.is_end(token)
        piece = b"" if sequence.ended_itself else self._context.piece(token)
        sequence.hear(piece, self._context.likelihood(token, row))
