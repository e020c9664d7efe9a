"""What goes onto a graphics card: a double of ggml's own calls, since no card is here."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import llama_cpp
import pytest

from citegrid.core.errors import ModelError
from citegrid.engines.language_model import devices
from citegrid.engines.language_model.devices import GPU, INTEGRATED, PROCESSOR, SPARE_CARD, Card, cards, placing
from citegrid.engines.language_model.llama import LlamaModel

GB = 2**30
CPU = Card("Processor", 0, 16 * GB, 16 * GB)
SMALL, LARGE, SHARED = (
    Card("Small card", GPU, 2 * GB, 4 * GB), Card("Large card", GPU, 20 * GB, 24 * GB),
    Card("Shared", INTEGRATED, 8 * GB, 16 * GB),
)  # fmt: skip


class Call:
    """A function of a C library: it takes ``argtypes`` and a ``restype``."""

    def __init__(self, call: Any) -> None:
        self._call, self.argtypes, self.restype = call, None, None

    def __call__(self, *given: Any) -> Any:
        return self._call(*given)


def library(found: list[Card]) -> SimpleNamespace:
    def memory(device: int, free: Any, total: Any) -> None:
        for pointer, value in ((free, found[device].free), (total, found[device].total)):
            ctypes.cast(pointer, ctypes.POINTER(ctypes.c_size_t))[0] = value

    calls = {
        "count": lambda: len(found), "get": lambda i: i, "description": lambda i: found[i].name.encode(),
        "type": lambda i: found[i].kind, "memory": memory,
    }  # fmt: skip
    return SimpleNamespace(**{f"ggml_backend_dev_{name}": Call(call) for name, call in calls.items()})


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """Its devices, for a llama.cpp that was built with a backend."""
    found: list[Card] = [CPU]
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(devices, "_calls", lambda: library(found))
    return found


def test_cards_are_told_from_the_processor(machine: list[Card]) -> None:
    assert cards() == []
    machine.append(SHARED)
    assert cards() == [SHARED]
    machine.append(SMALL)
    assert cards() == [SMALL]


def test_a_llama_of_the_processor_alone_has_no_cards_and_is_not_asked(
    machine: list[Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.append(SMALL)
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: False)
    assert cards() == []


def test_a_library_without_these_calls_means_no_card(machine: list[Card], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_calls", SimpleNamespace)
    assert cards() == []


def test_the_real_library_has_these_calls() -> None:
    found = list(devices._devices(devices._calls()))
    assert any(card.total > 0 for card in found)


def test_as_much_as_the_free_memory_holds_goes_onto_the_card() -> None:
    whole = placing(4 * GB, 32, GB, [LARGE])
    assert (whole.whole, whole.on_card, whole.card) == (True, 33, "Large card")
    assert whole.room == LARGE.free - SPARE_CARD - 4 * GB
    part = placing(4 * GB, 32, GB, [SMALL])
    assert not part.whole and part.on_card == (SMALL.free - SPARE_CARD) * 33 // (5 * GB) == 8
    assert placing(4 * GB, 32, GB, [SMALL, SMALL]).on_card == 16
    assert placing(4 * GB, 32, GB, [Card("Full", GPU, SPARE_CARD, GB)]) == PROCESSOR
    assert placing(4 * GB, 32, GB, []) == placing(4 * GB, 0, GB, [LARGE]) == PROCESSOR


@pytest.mark.parametrize(
    ("use_card", "built", "wanted"), [(True, True, [25, 0]), (False, True, [0]), (True, False, [0])]
)
def test_the_model_is_loaded_onto_the_card_and_without_it_where_that_fails(
    machine: list[Card], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, use_card: bool, built: bool, wanted: list[int]
) -> None:
    machine.append(LARGE)
    (tmp_path / "model.gguf").write_bytes(b"x" * 1000)
    asked: list[int] = []

    def load(path: bytes, params: Any) -> object | None:
        if params.vocab_only:
            return object()
        asked.append(params.n_gpu_layers)
        return None

    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: built)
    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", load)
    for name, value in {"n_layer": 24, "n_head": 8, "n_embd": 512, "n_head_kv": 2}.items():
        monkeypatch.setattr(llama_cpp, f"llama_model_{name}", lambda model, value=value: value)
    monkeypatch.setattr(llama_cpp, "llama_model_free", lambda model: None)
    with pytest.raises(ModelError, match="cannot be loaded"):
        LlamaModel(tmp_path / "model.gguf", use_card=use_card)
    assert asked == wanted
