"""Answers side by side, over a context that only counts: further samples of an ask share the work on its prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from citegrid.engines.language_model.context import BatchRow, LlamaContext
from citegrid.engines.language_model.decoding import ParallelDecoding
from citegrid.ports import NEVER, Answer, Ask, ModelInfo, Usage

END = 0


@dataclass
class CountingContext:
    """Every answer is its sampler's seed, twice; sequences know which prompt they were copied from."""

    usage: Usage = field(default_factory=Usage)
    info: ModelInfo = field(default_factory=lambda: ModelInfo("counting", "", "", "", 512))
    size: int = 512
    width: int = 8
    decoded: list[BatchRow] = field(default_factory=list)
    copied: list[tuple[int, int]] = field(default_factory=list)
    freed: int = 0

    def hold(self, prefix: list[int], cancel: object) -> None:
        self.held = prefix

    def copy_prefix(self, slot: int, source: int = 0) -> None:
        self.copied.append((slot, source))

    def decode(self, rows: Sequence[BatchRow], cancel: object) -> None:
        self.decoded += rows

    def new_sampler(self, seed: int = 0) -> list[int]:
        letter = ord("a") + seed
        return [letter, letter, END]

    def free_sampler(self, sampler: object) -> None:
        self.freed += 1

    def sample(self, sampler: list[int], row: int) -> int:
        return sampler.pop(0)

    def likelihood(self, token: int, row: int) -> float:
        return -2.0 if token == ord("b") else -0.5

    def is_end(self, token: int) -> bool:
        return token == END

    def piece(self, token: int) -> bytes:
        return bytes([token])


def answers(context: CountingContext, *samples: int) -> dict[int, Answer]:
    asks = [Ask("", "", "", max_tokens=8, samples=count) for count in samples]
    said: dict[int, Answer] = {}
    prompts: Any = [(i, [5, 6, 7]) for i in range(len(asks))]
    ParallelDecoding(cast(LlamaContext, context), asks, [1, 2], prompts).run(said.__setitem__, NEVER)
    return said


def test_one_answer_is_the_likeliest() -> None:
    said = answers(CountingContext(), 1)[0]
    assert (said.text, said.ended, said.unsure, said.others) == ("aa", True, 0, ())
    assert said.likelihood == -0.5


def test_further_samples_come_with_the_first_answer() -> None:
    said = answers(CountingContext(), 3, 1)
    assert [said[0].text, *(other.text for other in said[0].others)] == ["aa", "bb", "cc"]
    assert said[0].others[0].unsure == 2 and said[0].others[0].likelihood < said[0].likelihood
    assert said[1].others == ()


def test_samples_share_the_work_on_their_prompt() -> None:
    context = CountingContext()
    answers(context, 3)
    assert context.usage.prompt_tokens == 3
    prefix, *forks = context.copied
    assert prefix[1] == 0 and [source for _, source in forks] == [prefix[0]] * 2
    assert context.freed == 3


def test_no_more_samples_than_there_is_room_for() -> None:
    context = CountingContext(size=30)
    said = answers(context, 9, 2)
    assert len(said[0].others) == 1 and len(said[1].others) == 1
