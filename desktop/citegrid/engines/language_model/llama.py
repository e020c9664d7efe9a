"""The language model behind the port ``LanguageModel``: chat prompts in, answers or weights out.

Questions that begin alike are answered as one group: their shared prefix is decoded once (``llama_context``), and their
answers are generated side by side (``llama_decoding``).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.engines.language_model.chat import ChatTemplate
from citegrid.engines.language_model.context import BATCH, BatchRow, LlamaContext, common_length
from citegrid.engines.language_model.decoding import NumberedPrompt, ParallelDecoding
from citegrid.ports import NEVER, Answer, Ask, Cancel, ModelInfo, Usage

CONTEXT = 8192


class LlamaModel:
    """A GGUF chat model, on the processor or a graphics card.  Not to be called from two threads at once (a lock sees to it)."""

    def __init__(
        self, path: Path, *, sha256: str = "", context: int = CONTEXT, threads: int = 0, use_card: bool = True
    ) -> None:
        """Load ``path``; raises ModelError when llama.cpp cannot load it or it has no chat template."""
        self._lock = threading.Lock()
        self._context = LlamaContext(path, sha256, context, threads, use_card)
        self.info: ModelInfo = self._context.info
        self.usage: Usage = self._context.usage
        try:
            self._template = self._chat_template(path.name)
        except ModelError:
            self.close()
            raise

    def _chat_template(self, name: str) -> ChatTemplate:
        template = self._context.chat_template()
        if not template:
            raise ModelError(Message("{name} has no chat template.", name=name), "Choose an instruct or chat model.")
        return ChatTemplate(template, name, *self._context.edge_tokens())

    # -- the port ------------------------------------------------------------------------------------------------------

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        """See ``ports.LanguageModel``.  Raises ModelError when one ask alone is longer than the context."""
        answers: list[Answer | None] = [None] * len(asks)

        def ended(index: int, answer: Answer) -> None:
            answers[index] = answer
            if on_answer is not None:
                on_answer(index, answer)

        with self._lock, self._context.aborting(cancel):
            for group in _groups(asks):
                prefix, rests = self._prompts([asks[i] for i in group])
                prompts = list(zip(group, rests, strict=True))
                ParallelDecoding(self._context, asks, prefix, prompts).run(ended, cancel)
        return [a or Answer("", False) for a in answers]

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        """See ``ports.LanguageModel``."""
        result: list[tuple[float, ...]] = [()] * len(asks)
        with self._lock, self._context.aborting(cancel):
            for group in _groups(asks):
                prefix, rests = self._prompts([asks[i] for i in group])
                self._context.hold(prefix, cancel)
                waiting = deque(zip(group, rests, strict=True))
                while waiting:
                    cancel.check()
                    for index, row in self._decode_some(len(prefix), waiting, cancel):
                        tokens = self._first_tokens(asks[index].prefill, choices)
                        result[index] = self._context.logits(row, tokens)
        return result

    def count(self, text: str) -> int:
        """Tokens in ``text``."""
        return len(self._context.tokens(text, special=False))

    def close(self) -> None:
        """Free the model's memory; may be called twice."""
        self._context.close()

    # -- weights -------------------------------------------------------------------------------------------------------

    def _decode_some(self, start: int, waiting: deque[NumberedPrompt], cancel: Cancel) -> list[tuple[int, int]]:
        """As many whole prompts as fit one batch, side by side; a longer one alone, in pieces.

        Each with the row of the last batch that its logits stand at.
        """
        rows: list[BatchRow] = []
        ends: list[tuple[int, int]] = []
        while waiting and len(ends) < self._context.width and (not rows or len(rows) + len(waiting[0][1]) <= BATCH):
            index, rest = waiting.popleft()
            slot = len(ends) + 1
            self._context.copy_prefix(slot)
            rows += [(token, start + i, slot, i == len(rest) - 1) for i, token in enumerate(rest)]
            ends.append((index, len(rows) - 1))
        while len(rows) > BATCH:
            self._context.decode(rows[:BATCH], cancel)
            rows = rows[BATCH:]
            ends = [(index, at - BATCH) for index, at in ends]
        self._context.decode(rows, cancel)
        self.usage.prompt_tokens += ends[-1][1] + 1
        return ends

    def _first_tokens(self, prefill: str, choices: Sequence[str]) -> list[int]:
        """The token that each choice begins with when it follows ``prefill``."""
        before = len(self._context.tokens(prefill, special=False)) if prefill else 0
        tokens = [self._context.tokens(prefill + choice, special=False) for choice in choices]
        return [t[min(before, len(t) - 1)] for t in tokens]

    # -- prompts -------------------------------------------------------------------------------------------------------

    def _prompts(self, asks: Sequence[Ask]) -> tuple[list[int], list[list[int]]]:
        """The tokens all asks begin with, and the rest of each (never empty: its last token gives the first logits)."""
        tokens = self._context.tokens
        split = [self._template.split(ask.system, ask.shared, ask.own) for ask in asks]
        whole = [tokens(head) + tokens(tail + ask.prefill) for (head, tail), ask in zip(split, asks, strict=True)]
        shared = min((common_length(whole[0], other) for other in whole[1:]), default=len(tokens(split[0][0])))
        shared = min(shared, *(len(t) - 1 for t in whole))
        return whole[0][:shared], [t[shared:] for t in whole]


def _groups(asks: Sequence[Ask]) -> list[list[int]]:
    """Indices of asks with the same beginning, in order of first appearance."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, ask in enumerate(asks):
        groups.setdefault((ask.system, ask.shared), []).append(index)
    return list(groups.values())
