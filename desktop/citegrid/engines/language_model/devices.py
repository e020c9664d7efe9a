"""Graphics cards as llama.cpp sees them, and how much of a model goes onto one: as much as its free memory holds.

llama-cpp-python passes on no more than whether there is a backend; ggml's own calls, in the library that it loads, know
the devices.  Untested on real cards: the tests put a double of these calls in their place.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import llama_cpp

#: Kinds of devices in ggml: a card of its own, and one that shares the memory of the computer.
GPU, INTEGRATED = 1, 2
#: Bytes of a card that stay free: for its context's scratch, and for what draws the screen.
SPARE_CARD = 768 * 2**20


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its memory in bytes."""

    name: str
    kind: int
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a model goes: ``on_card`` of its ``layers``, and the card's name; ``room`` bytes are left there for the context."""

    on_card: int = 0
    layers: int = 0
    card: str = ""
    room: int = 0

    @property
    def whole(self) -> bool:
        """Whether all of it is on the card."""
        return 0 < self.layers <= self.on_card


PROCESSOR = Placing()


def cards() -> list[Card]:
    """The cards that this llama.cpp can use; none where it was built for the processor alone.

    One that shares the computer's memory counts only where there is no other, as in llama.cpp itself.
    """
    if not llama_cpp.llama_supports_gpu_offload():
        return []
    with suppress(AttributeError, OSError):
        found = [card for card in _devices(_calls()) if card.kind in (GPU, INTEGRATED)]
        return [card for card in found if card.kind == GPU] or found
    return []


def placing(size: int, layers: int, context: int, found: list[Card]) -> Placing:
    """Where a model of ``size`` bytes in ``layers`` goes, whose context takes ``context`` bytes.

    The layers have the same share of the weights, and of the context, and one more holds the output.  Several cards are
    filled together, as llama.cpp does.
    """
    free = sum(max(0, card.free - SPARE_CARD) for card in found)
    parts = layers + 1
    on_card = min(parts, free * parts // max(1, size + context))
    if layers <= 0 or on_card <= 0:
        return PROCESSOR
    names = ", ".join(dict.fromkeys(card.name for card in found))
    return Placing(on_card, layers, names, max(0, free - size * on_card // parts))


def _calls() -> Any:
    """The library with ggml's calls; on Linux and macOS whatever llama.cpp's own library depends on is found through it."""
    return llama_cpp.llama_cpp._lib


def _devices(library: Any) -> Iterator[Card]:
    count, get = library.ggml_backend_dev_count, library.ggml_backend_dev_get
    describe, kind, memory = (
        library.ggml_backend_dev_description, library.ggml_backend_dev_type, library.ggml_backend_dev_memory,
    )  # fmt: skip
    count.restype, get.restype, describe.restype, kind.restype = (
        ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int,
    )  # fmt: skip
    get.argtypes, memory.restype = [ctypes.c_size_t], None
    for call in (describe, kind):
        call.argtypes = [ctypes.c_void_p]
    memory.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_size_t)]
    for index in range(count()):
        device, free, total = get(index), ctypes.c_size_t(), ctypes.c_size_t()
        memory(device, ctypes.byref(free), ctypes.byref(total))
        name = (describe(device) or b"").decode("utf-8", "replace")
        yield Card(name, int(kind(device)), free.value, total.value)
