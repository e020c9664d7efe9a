"""The language model, through llama.cpp's own C interface.

Cells are decoded as parallel sequences that share one prompt prefix, and each
token is sampled in C.  (llama-cpp-python's high-level call copies all logits
to Python for every token, which costs about half of the speed.)  The shared
prefix stays in sequence 0 and is reused by the next call that begins alike.
"""

from __future__ import annotations

import ctypes
import math
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import psutil

from citegrid.core.errors import Cancelled, ModelError
from citegrid.core.messages import Message
from citegrid.engines.chat import ChatTemplate, without_thoughts
from citegrid.ports import NEVER, Answer, Ask, Cancel, ModelInfo, Usage

#: Sequences decoded side by side; on two cores the gain flattens out beyond eight.
WIDTH = 8
#: Tokens handed to llama.cpp at once; an abort is noticed within one graph node, so this is about speed only.
BATCH = 512
CONTEXT = 8192
#: What is asked for in any case, in tokens; what is left for everything else, in bytes.
LEAST_CONTEXT, SPARE_MEMORY = 2048, 512 * 2**20
#: A mild penalty keeps small models from circling; numbers and names must be repeatable, so it stays mild.
REPEAT_PENALTY, REPEAT_LAST = 1.05, 48
#: A token below this probability counts as one that the model was not sure of.
UNLIKELY = 1.0 / math.e

_ABORTED = 2
_backend_lock = threading.Lock()
_backend_ready = False


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _no_log(level: int, text: bytes, data: object) -> None:
    """llama.cpp's chatter does not belong on the user's terminal."""


@dataclass(slots=True)
class _Sequence:
    """One answer under way: its prompt after the prefix, its position, its text."""

    index: int
    slot: int
    prompt: list[int]
    max_tokens: int
    stop: tuple[str, ...]
    position: int
    sampler: Any
    fed: int = 0
    generated: int = 0
    unlikely: list[int] = field(default_factory=list)
    last: int = -1
    raw: bytearray = field(default_factory=bytearray)


class LlamaModel:
    """A GGUF chat model on the processor.  Not to be called from two threads at once (a lock sees to it)."""

    def __init__(self, path: Path, *, sha256: str = "", context: int = CONTEXT, threads: int = 0) -> None:
        """Load ``path``; raises ModelError when llama.cpp cannot load it or it has no chat template."""
        _start_backend()
        self._lock = threading.Lock()
        self._abort = ctypes.create_string_buffer(2)
        self._batch: Any = None
        self._context: Any = None
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = 0
        params.use_extra_bufts = not _has_amx()
        self._model: Any = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        if not self._model:
            raise ModelError(
                Message("{name} cannot be loaded by llama.cpp.", name=path.name),
                "The file may be cut off or of an unknown kind; `citegrid models verify` tells more.",
            )
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._vocabulary_size = int(llama_cpp.llama_vocab_n_tokens(self._vocabulary))
        trained = int(llama_cpp.llama_model_n_ctx_train(self._model))
        template = llama_cpp.llama_model_chat_template(self._model, None)
        if not template:
            self.close()
            raise ModelError(
                Message("{name} has no chat template.", name=path.name), "Choose an instruct or chat model."
            )
        try:
            self._template = ChatTemplate(template.decode("utf-8", "replace"), path.name, *self._edge_tokens())
            self._size = self._new_context(self._fitting(min(context, trained or context), path), threads or _cores())
        except ModelError:
            self.close()
            raise
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self._held: list[int] = []
        self.usage = Usage()
        self.info = ModelInfo(
            path.name,
            str(path),
            sha256,
            self._meta("general.architecture"),
            trained,
            int(llama_cpp.llama_model_n_params(self._model)),
        )

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

        with self._lock, self._aborting(cancel):
            for group in _groups(asks):
                self._answer_group(asks, group, ended, cancel)
        return [a or Answer("", False) for a in answers]

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        """See ``ports.LanguageModel``."""
        result: list[tuple[float, ...]] = [()] * len(asks)
        with self._lock, self._aborting(cancel):
            for group in _groups(asks):
                prefix, rests = self._prompts([asks[i] for i in group])
                self._hold(prefix, cancel)
                waiting = deque(zip(group, rests, strict=True))
                while waiting:
                    cancel.check()
                    self._weigh_some(asks, choices, len(prefix), waiting, result, cancel)
        return result

    def _weigh_some(
        self,
        asks: Sequence[Ask],
        choices: Sequence[str],
        start: int,
        waiting: deque[tuple[int, list[int]]],
        result: list[tuple[float, ...]],
        cancel: Cancel,
    ) -> None:
        """As many whole prompts as fit one batch, side by side; a longer one alone, in pieces."""
        rows: list[tuple[int, int, int, bool]] = []
        ends: list[tuple[int, int]] = []
        while waiting and len(ends) < WIDTH and (not rows or len(rows) + len(waiting[0][1]) <= BATCH):
            index, rest = waiting.popleft()
            slot = len(ends) + 1
            self._copy_prefix(slot)
            rows += [(token, start + i, slot, i == len(rest) - 1) for i, token in enumerate(rest)]
            ends.append((index, len(rows) - 1))
        while len(rows) > BATCH:
            self._decode(rows[:BATCH], cancel)
            rows = rows[BATCH:]
            ends = [(index, at - BATCH) for index, at in ends]
        self._decode(rows, cancel)
        self.usage.prompt_tokens += ends[-1][1] + 1
        for index, at in ends:
            logits = llama_cpp.llama_get_logits_ith(self._context, at)
            result[index] = tuple(float(logits[t]) for t in self._first_tokens(asks[index].prefill, choices))

    def _first_tokens(self, prefill: str, choices: Sequence[str]) -> list[int]:
        """The token that each choice begins with when it follows ``prefill``."""
        before = len(self._tokens(prefill, special=False)) if prefill else 0
        tokens = [self._tokens(prefill + choice, special=False) for choice in choices]
        return [t[min(before, len(t) - 1)] for t in tokens]

    def count(self, text: str) -> int:
        """Tokens in ``text``."""
        return len(self._tokens(text, special=False))

    def close(self) -> None:
        """Free the model's memory; may be called twice."""
        if self._batch is not None:
            llama_cpp.llama_batch_free(self._batch)
        if self._context:
            llama_cpp.llama_free(self._context)
        if self._model:
            llama_cpp.llama_model_free(self._model)
        self._batch = self._context = self._model = None

    # -- parallel decoding ---------------------------------------------------------------------------------------------

    def _answer_group(
        self, asks: Sequence[Ask], group: Sequence[int], ended: Callable[[int, Answer], None], cancel: Cancel
    ) -> None:
        prefix, rests = self._prompts([asks[i] for i in group])
        # long questions have long answers; those begin first, so that the last ones do not run alone
        waiting = deque(sorted(zip(group, rests, strict=True), key=lambda one: -len(one[1])))
        longest = max(len(rest) + asks[i].max_tokens for i, rest in waiting)
        if len(prefix) + longest > self._size:
            raise ModelError(
                Message(
                    "A question of {longest} tokens does not fit the context of {name} ({size} tokens).",
                    longest=len(prefix) + longest,
                    name=self.info.name,
                    size=self._size,
                ),
                "Choose a model with a longer context.",
            )
        self._hold(prefix, cancel)
        free = list(range(1, 1 + max(1, min(WIDTH, (self._size - len(prefix)) // longest))))
        busy: list[_Sequence] = []
        try:
            while waiting or busy:
                cancel.check()
                while waiting and free:
                    index, rest = waiting.popleft()
                    slot = free.pop()
                    self._copy_prefix(slot)
                    ask = asks[index]
                    busy.append(
                        _Sequence(
                            index, slot, rest, ask.max_tokens, ask.stop, len(prefix), _sampler(self._vocabulary_size)
                        )
                    )
                for done in self._step(busy, cancel):
                    busy.remove(done)
                    free.append(done.slot)
                    llama_cpp.llama_sampler_free(done.sampler)
                    ended(done.index, self._answer_of(done))
        finally:
            for sequence in busy:
                llama_cpp.llama_sampler_free(sequence.sampler)

    def _step(self, busy: list[_Sequence], cancel: Cancel) -> list[_Sequence]:
        """Decode one batch: a token of each answer under way, and as much new prompt as fits; the answers that ended."""
        rows: list[tuple[int, int, int, bool]] = []
        sampled: list[tuple[_Sequence, int]] = []
        for s in busy:
            if s.last >= 0:
                sampled.append((s, len(rows)))
                rows.append((s.last, s.position, s.slot, True))
                s.position += 1
        for s in busy:
            room = BATCH - len(rows)
            if s.last >= 0 or room <= 0:
                continue
            piece = s.prompt[s.fed : s.fed + room]
            whole = s.fed + len(piece) == len(s.prompt)
            for i, token in enumerate(piece):
                rows.append((token, s.position + i, s.slot, whole and i == len(piece) - 1))
            s.position += len(piece)
            s.fed += len(piece)
            self.usage.prompt_tokens += len(piece)
            if whole:
                sampled.append((s, len(rows) - 1))
        self._decode(rows, cancel)
        ends = []
        for s, row in sampled:
            token = int(llama_cpp.llama_sampler_sample(s.sampler, self._context, row))
            s.last = token
            s.generated += 1
            if self._is_unlikely(token, row):
                s.unlikely.append(len(s.raw))
            self.usage.generated_tokens += 1
            if llama_cpp.llama_vocab_is_eog(self._vocabulary, token):
                s.last = -2
            else:
                s.raw += self._piece(token)
            if s.last == -2 or s.generated >= s.max_tokens or _stopped(s):
                ends.append(s)
        return ends

    def _is_unlikely(self, token: int, row: int) -> bool:
        """Whether the model gives the token a probability below ``UNLIKELY``."""
        logits = llama_cpp.llama_get_logits_ith(self._context, row)
        values = np.ctypeslib.as_array(logits, shape=(self._vocabulary_size,))
        with np.errstate(over="ignore"):  # infinity is unlikely, too
            return bool(np.exp(values - values[token]).sum() > 1.0 / UNLIKELY)

    def _answer_of(self, s: _Sequence) -> Answer:
        text = s.raw.decode("utf-8", "ignore")
        ended = s.last == -2
        text = without_thoughts(text)
        begins = len(s.raw) - len(text.encode("utf-8"))  # doubts while it was thinking are not about the answer
        unsure = sum(at >= begins for at in s.unlikely)
        for stop in s.stop:
            head, found, _ = text.partition(stop) if stop != "\n" else text.lstrip("\n").partition(stop)
            if found:
                text, ended = head, True
        return Answer(text.strip(), ended, unsure)

    def _hold(self, prefix: list[int], cancel: Cancel) -> None:
        """Bring sequence 0 to ``prefix``, keeping what it already has of it."""
        memory = llama_cpp.llama_get_memory(self._context)
        same = _common(self._held, prefix)
        for slot in range(1, WIDTH + 1):
            llama_cpp.llama_memory_seq_rm(memory, slot, -1, -1)
        if not llama_cpp.llama_memory_seq_rm(memory, 0, same, -1):
            llama_cpp.llama_memory_seq_rm(memory, 0, -1, -1)  # recurrent models cannot forget a part
            same = 0
        self._held = prefix[:same]
        self.usage.cached_tokens += same
        for at in range(same, len(prefix), BATCH):
            piece = prefix[at : at + BATCH]
            self._decode([(t, at + i, 0, False) for i, t in enumerate(piece)], cancel)
            self._held = prefix[: at + len(piece)]
            self.usage.prompt_tokens += len(piece)

    def _copy_prefix(self, slot: int) -> None:
        memory = llama_cpp.llama_get_memory(self._context)
        llama_cpp.llama_memory_seq_rm(memory, slot, -1, -1)
        llama_cpp.llama_memory_seq_cp(memory, 0, slot, -1, -1)

    def _decode(self, rows: Sequence[tuple[int, int, int, bool]], cancel: Cancel) -> None:
        """Decode rows of ``(token, position, sequence, wants logits)``."""
        batch = self._batch
        batch.n_tokens = len(rows)
        for i, (token, position, sequence, logits) in enumerate(rows):
            batch.token[i] = token
            batch.pos[i] = position
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = sequence
            batch.logits[i] = logits
        code = llama_cpp.llama_decode(self._context, batch)
        if code == 0:
            return
        self._held = []
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self._context), True)
        cancel.check()
        if code == _ABORTED:
            raise Cancelled()
        raise ModelError(
            Message("{name} failed while it was thinking (llama.cpp code {code}).", name=self.info.name, code=code),
            "Try again.",
        )

    # -- tokens --------------------------------------------------------------------------------------------------------

    def _prompts(self, asks: Sequence[Ask]) -> tuple[list[int], list[list[int]]]:
        """The tokens all asks begin with, and the rest of each (never empty: its last token gives the first logits)."""
        whole = []
        for ask in asks:
            head, tail = self._template.split(ask.system, ask.shared, ask.own)
            whole.append(self._tokens(head) + self._tokens(tail + ask.prefill))
        shared = whole[0]
        for tokens in whole[1:]:
            shared = shared[: _common(shared, tokens)]
        if len(asks) == 1:
            shared = self._tokens(self._template.split(asks[0].system, asks[0].shared, asks[0].own)[0])
        shared = shared[: min(len(shared), min(len(t) for t in whole) - 1)]
        return shared, [t[len(shared) :] for t in whole]

    def _tokens(self, text: str, special: bool = True) -> list[int]:
        data = text.encode("utf-8")
        room = len(data) + 8
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocabulary, data, len(data), buffer, room, False, special)
        return list(buffer[: max(count, 0)])

    def _piece(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(64)
        size = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, 64, 0, False)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, -size, 0, False)
        return buffer.raw[: max(size, 0)]

    # -- set-up --------------------------------------------------------------------------------------------------------

    def _fitting(self, size: int, path: Path) -> int:
        """``size`` tokens of context, or as many as the free memory holds beside the model's weights, at least LEAST_CONTEXT.

        A token costs one key and one value of 16 bits for each layer, in the width of the key-value heads.
        """
        model = self._model
        heads = max(1, int(llama_cpp.llama_model_n_head(model)))
        width = int(llama_cpp.llama_model_n_embd(model)) * int(llama_cpp.llama_model_n_head_kv(model)) // heads
        token = max(1, 4 * int(llama_cpp.llama_model_n_layer(model)) * width)
        room = int(psutil.virtual_memory().available) - path.stat().st_size - SPARE_MEMORY
        return max(min(size, LEAST_CONTEXT), min(size, room // token // 256 * 256))

    def _new_context(self, size: int, threads: int) -> int:
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = size
        params.n_batch = params.n_ubatch = BATCH
        params.n_seq_max = WIDTH + 1
        params.n_outputs_max = WIDTH + 1  # logits are 0.6 MB a token for a vocabulary of 150,000
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified = True
        params.no_perf = True
        self._context = llama_cpp.llama_init_from_model(self._model, params)
        if not self._context:
            raise ModelError(
                "There is not enough memory for the model's context.", "Close other programs or choose a smaller model."
            )
        # The callback runs on llama.cpp's own threads between graph nodes.  A Python callback would take the
        # interpreter's lock each time; C's strlen over a byte that is 0 or 1 says the same and needs no lock.
        llama_cpp.llama_set_abort_callback(self._context, _strlen(), ctypes.cast(self._abort, ctypes.c_void_p))
        return size

    @contextmanager
    def _aborting(self, cancel: Cancel) -> Iterator[None]:
        """While inside, a cancel stops llama.cpp in the middle of a batch."""
        over = threading.Event()
        self._abort[0] = b"\0"

        def watch() -> None:
            while not over.wait(0.05):
                if cancel.cancelled():
                    self._abort[0] = b"\1"

        watcher = threading.Thread(target=watch, name="citegrid-abort", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
            self._abort[0] = b"\0"

    def _edge_tokens(self) -> tuple[str, str]:
        edges = (llama_cpp.llama_vocab_bos(self._vocabulary), llama_cpp.llama_vocab_eos(self._vocabulary))
        texts = []
        for token in edges:
            text = llama_cpp.llama_vocab_get_text(self._vocabulary, token) if token >= 0 else b""
            texts.append((text or b"").decode("utf-8", "replace"))
        return texts[0], texts[1]

    def _meta(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(256)
        size = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, 256)
        return buffer.value.decode("utf-8", "replace") if size >= 0 else ""


def _groups(asks: Sequence[Ask]) -> list[list[int]]:
    """Indices of asks with the same beginning, in order of first appearance."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, ask in enumerate(asks):
        groups.setdefault((ask.system, ask.shared), []).append(index)
    return list(groups.values())


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _stopped(s: _Sequence) -> bool:
    text = s.raw.decode("utf-8", "ignore")
    if text.lstrip().startswith("<think"):
        return False
    text = text.lstrip("\n")
    return any(stop in text for stop in s.stop)


def _sampler(vocabulary_size: int) -> Any:
    """Greedy with a mild repeat penalty: the same prompt gives the same answer."""
    chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
    penalty = llama_cpp.llama_sampler_init_penalties(vocabulary_size, REPEAT_LAST, REPEAT_PENALTY, 0.0, 0.0)
    llama_cpp.llama_sampler_chain_add(chain, penalty)
    llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
    return chain


def _strlen() -> Any:
    library = ctypes.cdll.msvcrt if os.name == "nt" else ctypes.CDLL(None)
    return ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)


def _has_amx() -> bool:
    """Whether this llama.cpp was built to use the tile registers of server processors: GCC before 13 and virtual machines make it
    crash in its first batch there (llama.cpp issue 20824), and without its extra buffers it leaves them alone."""
    return b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info()


def _cores() -> int:
    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def _start_backend() -> None:
    global _backend_ready  # noqa: PLW0603 - llama.cpp's backend is one per process by its own design
    with _backend_lock:
        if not _backend_ready:
            llama_cpp.llama_log_set(_no_log, ctypes.c_void_p(0))
            llama_cpp.llama_backend_init()
            _backend_ready = True
