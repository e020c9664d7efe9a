"""llama.cpp's own C interface, and all that is known of it here: a model with its context, tokens, batches, samplers.

(llama-cpp-python's high-level call copies all logits to Python for every token, which costs about half of the speed.)
The prefix that all sequences of a task share stays in sequence 0 and is reused by the next task that begins alike.
"""

from __future__ import annotations

import ctypes
import math
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import psutil

from citegrid.concurrency.cores import usable_cores
from citegrid.core.errors import Cancelled, ModelError
from citegrid.core.messages import Message
from citegrid.engines.language_model.devices import PROCESSOR, Placing, cards, placing
from citegrid.ports import Cancel, ModelInfo, Usage

#: Sequences decoded side by side: on two cores the gain flattens out beyond eight; a card that holds the whole model has more
#: to do at once, and a context to match.
WIDTH, WIDTH_ON_CARD, CONTEXTS_ON_CARD = 8, 24, 3
#: Tokens handed to llama.cpp at once; an abort is noticed within one graph node, so this is about speed only.
BATCH = 512
#: What is asked for in any case, in tokens; what is left for everything else, in bytes.
LEAST_CONTEXT, SPARE_MEMORY = 2048, 512 * 2**20
#: A mild penalty keeps small models from circling; numbers and names must be repeatable, so it stays mild.
REPEAT_PENALTY, REPEAT_LAST = 1.05, 48
#: How further answers are drawn: among so many likeliest tokens that together have this probability, at this temperature.
TOP_K, TOP_P, TEMPERATURE = 20, 0.9, 0.5
#: Seconds between two looks at the person's cancel.
_LOOK = 0.05

#: A row of a batch: ``(token, position, sequence, wants logits)``.
BatchRow = tuple[int, int, int, bool]

_ABORTED = 2
_backend_lock = threading.Lock()
_backend_ready = False


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _no_log(level: int, text: bytes, data: object) -> None:
    """llama.cpp's chatter does not belong on the user's terminal."""


class LlamaContext:
    """A loaded model and its context of ``size`` tokens; ``usage`` counts what was processed.  Not thread-safe."""

    def __init__(self, path: Path, sha256: str, context: int, threads: int, use_card: bool = True) -> None:
        """Load ``path``; raises ModelError when llama.cpp cannot, or there is no memory for the context.

        ``context`` is the most tokens that are asked for on the processor, ``threads`` 0 for one a core.  With ``use_card``
        as much of the model as fits goes onto a graphics card; one that fails to take it is left alone.
        """
        _start_backend()
        self._abort = ctypes.create_string_buffer(2)
        self._batch: Any = None
        self._context: Any = None
        self._held: list[int] = []
        self.usage = Usage()
        self._model, self.placing = _load(path, context, use_card)
        self.width = WIDTH_ON_CARD if self.placing.whole else WIDTH
        context *= CONTEXTS_ON_CARD if self.placing.whole else 1
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._vocabulary_size = int(llama_cpp.llama_vocab_n_tokens(self._vocabulary))
        self.info = self._info(path, sha256)
        trained = self.info.context_length
        try:
            self.size = self._new_context(
                self._fitting(min(context, trained or context), path), threads or usable_cores(physical=True)
            )
        except ModelError:
            self.close()
            raise
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)

    def close(self) -> None:
        """Free the model's memory; may be called twice."""
        if self._batch is not None:
            llama_cpp.llama_batch_free(self._batch)
        if self._context:
            llama_cpp.llama_free(self._context)
        if self._model:
            llama_cpp.llama_model_free(self._model)
        self._batch = self._context = self._model = None

    # -- what stands in the file ---------------------------------------------------------------------------------------

    def chat_template(self) -> str:
        """The chat template of the file; empty when it has none."""
        template = llama_cpp.llama_model_chat_template(self._model, None)
        return template.decode("utf-8", "replace") if template else ""

    def edge_tokens(self) -> tuple[str, str]:
        """The texts of the tokens that begin and end a prompt."""
        edges = (llama_cpp.llama_vocab_bos(self._vocabulary), llama_cpp.llama_vocab_eos(self._vocabulary))
        texts = []
        for token in edges:
            text = llama_cpp.llama_vocab_get_text(self._vocabulary, token) if token >= 0 else b""
            texts.append((text or b"").decode("utf-8", "replace"))
        return texts[0], texts[1]

    def _info(self, path: Path, sha256: str) -> ModelInfo:
        trained = int(llama_cpp.llama_model_n_ctx_train(self._model))
        parameters = int(llama_cpp.llama_model_n_params(self._model))
        at, architecture = self.placing, self._meta("general.architecture")
        placed = (at.card, at.on_card, at.layers)
        return ModelInfo(path.name, str(path), sha256, architecture, trained, parameters, *placed)

    def _meta(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(256)
        size = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, 256)
        return buffer.value.decode("utf-8", "replace") if size >= 0 else ""

    # -- tokens --------------------------------------------------------------------------------------------------------

    def tokens(self, text: str, special: bool = True) -> list[int]:
        """The tokens of ``text``; with ``special`` the marks of the chat template count as one token each."""
        data = text.encode("utf-8")
        room = len(data) + 8
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocabulary, data, len(data), buffer, room, False, special)
        return list(buffer[: max(count, 0)])

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; a character may be spread over several."""
        buffer = ctypes.create_string_buffer(64)
        size = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, 64, 0, False)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, -size, 0, False)
        return buffer.raw[: max(size, 0)]

    def is_end(self, token: int) -> bool:
        """Whether the model ends its answer with ``token``."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))

    # -- decoding ------------------------------------------------------------------------------------------------------

    def hold(self, prefix: list[int], cancel: Cancel) -> None:
        """Bring sequence 0 to ``prefix``, keeping what it already has of it; the other sequences are empty then."""
        memory = llama_cpp.llama_get_memory(self._context)
        same = common_length(self._held, prefix)
        for slot in range(1, self.width + 1):
            llama_cpp.llama_memory_seq_rm(memory, slot, -1, -1)
        if not llama_cpp.llama_memory_seq_rm(memory, 0, same, -1):
            llama_cpp.llama_memory_seq_rm(memory, 0, -1, -1)  # recurrent models cannot forget a part
            same = 0
        self._held = prefix[:same]
        self.usage.cached_tokens += same
        for at in range(same, len(prefix), BATCH):
            piece = prefix[at : at + BATCH]
            self.decode([(t, at + i, 0, False) for i, t in enumerate(piece)], cancel)
            self._held = prefix[: at + len(piece)]
            self.usage.prompt_tokens += len(piece)

    def copy_prefix(self, slot: int, source: int = 0) -> None:
        """Let the sequence ``slot`` begin with what the sequence ``source`` holds; sequence 0 holds the prefix."""
        memory = llama_cpp.llama_get_memory(self._context)
        llama_cpp.llama_memory_seq_rm(memory, slot, -1, -1)
        llama_cpp.llama_memory_seq_cp(memory, source, slot, -1, -1)

    def decode(self, rows: Sequence[BatchRow], cancel: Cancel) -> None:
        """Decode one batch; raises Cancelled or ModelError, and has forgotten everything then."""
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

    def logits(self, row: int, tokens: Sequence[int]) -> tuple[float, ...]:
        """The logits of ``tokens`` after the row of the last batch."""
        logits = llama_cpp.llama_get_logits_ith(self._context, row)
        return tuple(float(logits[token]) for token in tokens)

    def likelihood(self, token: int, row: int) -> float:
        """The logarithm of the probability that the model gives the token there."""
        logits = llama_cpp.llama_get_logits_ith(self._context, row)
        values = np.ctypeslib.as_array(logits, shape=(self._vocabulary_size,))
        best = float(values.max())
        return float(values[token]) - best - math.log(float(np.exp(values - best).sum()))

    # -- sampling ------------------------------------------------------------------------------------------------------

    def new_sampler(self, seed: int = 0) -> Any:
        """The likeliest token with a mild repeat penalty, or for a ``seed`` one drawn among the likeliest: the same prompt
        gives the same answer.  To be freed."""
        chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        penalty = llama_cpp.llama_sampler_init_penalties(self._vocabulary_size, REPEAT_LAST, REPEAT_PENALTY, 0.0, 0.0)
        steps = [penalty, *(_drawing(seed) if seed else [llama_cpp.llama_sampler_init_greedy()])]
        for step in steps:
            llama_cpp.llama_sampler_chain_add(chain, step)
        return chain

    def sample(self, sampler: Any, row: int) -> int:
        """The token that follows the row of the last batch."""
        return int(llama_cpp.llama_sampler_sample(sampler, self._context, row))

    @staticmethod
    def free_sampler(sampler: Any) -> None:
        """Free what ``new_sampler`` gave."""
        llama_cpp.llama_sampler_free(sampler)

    # -- set-up --------------------------------------------------------------------------------------------------------

    @contextmanager
    def aborting(self, cancel: Cancel) -> Iterator[None]:
        """While inside, a cancel stops llama.cpp in the middle of a batch."""
        over = threading.Event()
        self._abort[0] = b"\0"

        def watch() -> None:
            while not over.wait(_LOOK):
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

    def _fitting(self, size: int, path: Path) -> int:
        """``size`` tokens of context, or as many as the free memory holds beside the model's weights, at least LEAST_CONTEXT."""
        left = int(psutil.virtual_memory().available) - path.stat().st_size - SPARE_MEMORY
        room = self.placing.room if self.placing.whole else left
        return max(min(size, LEAST_CONTEXT), min(size, room // _bytes_of_token(self._model) // 256 * 256))

    def _new_context(self, size: int, threads: int) -> int:
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = size
        params.n_batch = params.n_ubatch = BATCH
        params.n_seq_max = self.width + 1
        params.n_outputs_max = self.width + 1  # logits are 0.6 MB a token for a vocabulary of 150,000
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


def _drawing(seed: int) -> list[Any]:
    """The samplers that draw a token with ``seed``."""
    return [
        llama_cpp.llama_sampler_init_top_k(TOP_K),
        llama_cpp.llama_sampler_init_top_p(TOP_P, 1),
        llama_cpp.llama_sampler_init_temp(TEMPERATURE),
        llama_cpp.llama_sampler_init_dist(seed),
    ]


def common_length(a: Sequence[int], b: Sequence[int]) -> int:
    """How many tokens two prompts begin alike with."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _load(path: Path, context: int, use_card: bool) -> tuple[Any, Placing]:
    """The model, and where it is; a card that does not take it after all leaves it to the processor."""
    wanted = _placing(path, context) if use_card else PROCESSOR
    for where in dict.fromkeys((wanted, PROCESSOR)):
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = where.on_card
        params.use_extra_bufts = not _has_amx()
        model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        if model:
            return model, where
    raise ModelError(
        Message("{name} cannot be loaded by llama.cpp.", name=path.name),
        "The file may be cut off or of an unknown kind; `citegrid models verify` tells more.",
    )


def _placing(path: Path, context: int) -> Placing:
    """Where the model goes; its layers are counted without loading its weights, and only where there is a card."""
    found = cards()
    if not found:
        return PROCESSOR
    params = llama_cpp.llama_model_default_params()
    params.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
    if not model:
        return PROCESSOR
    layers, token = int(llama_cpp.llama_model_n_layer(model)), _bytes_of_token(model)
    llama_cpp.llama_model_free(model)
    return placing(path.stat().st_size, layers, token * context, found)


def _bytes_of_token(model: Any) -> int:
    """What a token of context costs: one key and one value of 16 bits for each layer, in the width of the key-value heads."""
    heads = max(1, int(llama_cpp.llama_model_n_head(model)))
    width = int(llama_cpp.llama_model_n_embd(model)) * int(llama_cpp.llama_model_n_head_kv(model)) // heads
    return max(1, 4 * int(llama_cpp.llama_model_n_layer(model)) * width)


def _strlen() -> Any:
    library = ctypes.cdll.msvcrt if os.name == "nt" else ctypes.CDLL(None)
    return ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)


def _has_amx() -> bool:
    """Whether this llama.cpp was built to use the tile registers of server processors: GCC before 13 and virtual machines make it
    crash in its first batch there (llama.cpp issue 20824), and without its extra buffers it leaves them alone."""
    return b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info()


def _start_backend() -> None:
    global _backend_ready  # noqa: PLW0603 - llama.cpp's backend is one per process by its own design
    with _backend_lock:
        if not _backend_ready:
            llama_cpp.llama_log_set(_no_log, ctypes.c_void_p(0))
            _load_processors()
            llama_cpp.llama_backend_init()
            _backend_ready = True


def _load_processors() -> None:
    """Load the code for this processor where it lies in libraries of its own, as packages have it: from beside llama.cpp and from nowhere else."""
    folder = Path(llama_cpp.__file__).parent / "lib"
    # The same file that llama.cpp has loaded; another copy would keep a list of its own.
    name = {"win32": "ggml.dll", "darwin": "libggml.0.dylib"}.get(sys.platform, "libggml.so.0")
    if not (folder / name).is_file():
        return
    registry = ctypes.CDLL(str(folder / name))
    registry.ggml_backend_reg_count.restype = ctypes.c_size_t
    if not registry.ggml_backend_reg_count():
        registry.ggml_backend_load_all_from_path(ctypes.c_char_p(os.fsencode(folder)))
