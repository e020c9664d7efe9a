"""GGUF headers: true ones are read, damaged and hostile ones refused in one sentence, quickly and in little memory."""

from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citegrid.core.errors import ModelError
from citegrid.store.model_files import gguf

GgufMaker = Callable[..., Path]


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def test_reads_what_the_header_says(make_gguf: GgufMaker) -> None:
    header = gguf.check_chat_model(make_gguf(context=8192, template="{{ x }}"))
    assert (header.architecture, header.name, header.context_length) == ("llama", "Tiny", 8192)
    assert (header.tensors, header.parameters, header.chat_template, header.version) == (2, 128, "{{ x }}", 3)


@pytest.mark.parametrize(
    ("described", "words"),
    [
        ({"architecture": "nomic-bert"}, "does not write text"),
        ({"architecture": "newnet9"}, "cannot load \\(newnet9\\)"),
        ({"template": None}, "no chat template"),
        ({"template": "  "}, "no chat template"),
        ({"context": 512}, "can read 512 tokens at once, 2048 are needed"),
        ({"tensors": 0}, "a vocabulary but no model"),
        ({"version": 1}, "has version 1 of the GGUF format"),
        ({"version": 0x03000000}, "other byte order"),
        ({"extra": [("general.type", 8, text("adapter"))]}, "not a model but an adapter"),
        ({"extra": [("split.count", 2, struct.pack("<H", 3))]}, "one of 3 parts"),
    ],
)
def test_what_cannot_work_is_refused_in_one_sentence(
    make_gguf: GgufMaker, described: dict[str, object], words: str
) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        gguf.check_chat_model(make_gguf("mine.gguf", **described))
    assert "mine.gguf" in caught.value.sentence
    assert caught.value.hint


def test_every_cut_is_noticed(make_gguf: GgufMaker, tmp_path: Path) -> None:
    whole = make_gguf().read_bytes()
    cut = tmp_path / "cut.gguf"
    for length in range(4, len(whole), 5):
        cut.write_bytes(whole[:length])
        with pytest.raises(ModelError, match=r"cut\.gguf is cut off"):
            gguf.read_header(cut)


def test_other_files_are_not_models(tmp_path: Path) -> None:
    for content in (b"", b"GG", b"%PDF-1.7\n", b"\0" * 100):
        path = tmp_path / "other.gguf"
        path.write_bytes(content)
        with pytest.raises(ModelError, match=r"other\.gguf is not a GGUF file"):
            gguf.read_header(path)
    with pytest.raises(ModelError, match="no such file"):
        gguf.read_header(tmp_path / "absent.gguf")
    with pytest.raises(ModelError, match="folder"):
        gguf.read_header(tmp_path)


HUGE = 1 << 62


@pytest.mark.parametrize(
    "body",
    [
        struct.pack("<QQ", HUGE, 1),
        struct.pack("<QQ", 1, HUGE),
        struct.pack("<QQ", 0, 1) + struct.pack("<Q", HUGE),
        struct.pack("<QQ", 0, 1) + text("general.name") + struct.pack("<IQ", 8, HUGE),
        struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, 8, HUGE),
        struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, 4, HUGE),
        struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, 9, 7_000_000) + struct.pack("<IQ", 9, 0) * 9,
        struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<I", 99),
        struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<I", 4_000_000_000),
        struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<I4QIQ", 4, HUGE, HUGE, HUGE, HUGE, 0, HUGE),
        struct.pack("<QQ", 1, 1) + text("general.alignment") + struct.pack("<II", 4, 3),
    ],
)
def test_hostile_numbers_cost_neither_memory_nor_time(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "hostile.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<I", 3) + body + b"\0" * 4096)
    tracemalloc.start()
    with pytest.raises(ModelError, match=r"damaged|cut off"):
        gguf.read_header(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@settings(max_examples=100, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(4, 400), value=st.binary(min_size=1, max_size=12))
def test_any_damage_ends_in_a_header_or_a_sentence(make_gguf: GgufMaker, place: int, value: bytes) -> None:
    path = make_gguf("damaged.gguf")
    data = path.read_bytes()
    path.write_bytes(data[:place] + value + data[place + len(value) :])
    try:
        gguf.check_chat_model(path)
    except ModelError as error:
        assert error.hint


def test_the_list_of_architectures_is_the_librarys_own() -> None:
    spec = pytest.importorskip("importlib.util").find_spec("llama_cpp")
    libraries = [*Path(spec.origin).parent.glob("lib/*llama.*")] if spec and spec.origin else []
    if not libraries:
        pytest.skip("llama-cpp-python is not installed")
    bytes_of = b"".join(library.read_bytes() for library in libraries)
    # Compilers write texts of up to eight letters into the code, so only longer names can be looked for.
    missing = [name for name in gguf.LOADABLE | gguf.NOT_CHAT if len(name) > 8 and name.encode() not in bytes_of]
    assert not missing
