"""How llama.cpp is set up, without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import llama_cpp
import pytest

from citegrid.core.errors import ModelError
from citegrid.engines.language_model.decoding import AnswerSequence
from citegrid.engines.language_model.llama import LlamaModel


@pytest.mark.parametrize(("built", "extra"), [(b"AVX2 = 1 | AMX_INT8 = 1 |", False), (b"AVX2 = 1 |", True)])
def test_the_tile_registers_of_servers_are_left_alone(
    built: bytes, extra: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[bool] = []

    def load(path: bytes, params: Any) -> None:
        asked.append(params.use_extra_bufts)

    monkeypatch.setattr(llama_cpp, "llama_print_system_info", lambda: built)
    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", load)
    with pytest.raises(ModelError, match="cannot be loaded"):
        LlamaModel(tmp_path / "model.gguf")
    assert asked == [extra]


def test_doubts_while_the_model_was_thinking_are_not_about_its_answer() -> None:
    thought, answer = "<think>也许是树突？\n</think>", "作者用凝胶抑制枝晶。"
    said = AnswerSequence(0, 1, [], 96, (), 0, None, raw=bytearray((thought + answer).encode()))
    begins = len(thought.encode())
    said.unlikely = [(0, 3), (9, 12), (15, 18), (begins + 6, begins + 12)]
    said.ended_itself = True
    given = said.answer()
    assert (given.text, given.ended, given.unsure) == (answer, True, 1)
    assert [answer[a:b] for a, b in given.doubted] == ["用凝"]
