"""A tiny GGUF file, byte by byte, and a data folder of the test's own."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

Pair = tuple[str, int, bytes]
GgufMaker = Callable[..., Path]


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def gguf_bytes(
    *,
    architecture: str = "llama",
    template: str | None = "{{ messages }}",
    context: int = 4096,
    tensors: int = 2,
    extra: Iterable[Pair] = (),
    version: int = 3,
) -> bytes:
    """A model with ``tensors`` F32 tensors of 64 weights."""
    pairs: list[Pair] = [
        ("general.architecture", 8, text(architecture)),
        ("general.name", 8, text("Tiny")),
        (f"{architecture}.context_length", 4, struct.pack("<I", context)),
        ("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 3) + text("a") + text("b") + text("ç")),
        ("tokenizer.ggml.scores", 9, struct.pack("<IQ3f", 6, 3, 0.1, 0.2, 0.3)),
        *extra,
    ]
    if template is not None:
        pairs.append(("tokenizer.chat_template", 8, text(template)))
    head = b"GGUF" + struct.pack("<IQQ", version, tensors, len(pairs))
    head += b"".join(text(key) + struct.pack("<I", kind) + value for key, kind, value in pairs)
    for index in range(tensors):
        head += text(f"blk.{index}") + struct.pack("<I", 1) + struct.pack("<QIQ", 64, 0, index * 256)
    head += b"\0" * (-len(head) % 32)
    return head + bytes(range(256)) * tensors


@pytest.fixture
def make_gguf(tmp_path: Path) -> GgufMaker:
    def make(name: str = "tiny.gguf", **described: object) -> Path:
        path = tmp_path / name
        path.write_bytes(gguf_bytes(**described))  # type: ignore[arg-type]
        return path

    return make


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that nobody else uses."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CITEGRID_DATA", str(folder))
    return folder
