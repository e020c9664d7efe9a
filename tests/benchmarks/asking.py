"""Measures how fast cells are asked, as ratios in one run: ``python tests/benchmarks/asking.py [--model FILE.gguf]``.

The same questions (the sample's sentences, put into cells) are asked of the same GGUF file in three ways: cell by cell with
llama-cpp-python's ``create_chat_completion`` and a JSON schema, cell by cell without one, and side by side by
``engines.llama``.  The last figure sets its tokens per second against bare decoding of as many sequences.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import llama_cpp

from citegrid import wiring
from citegrid.core.table import Column
from citegrid.engines.language_model.context import WIDTH
from citegrid.engines.language_model.llama import LlamaModel
from citegrid.pipeline import run
from citegrid.pipeline.cells import generate
from citegrid.pipeline.evidence import retrieve
from citegrid.ports import Ask
from citegrid.store.model_files import models

ROOT = Path(__file__).resolve().parents[2]
CELLS = 24
SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}


def questions() -> list[Ask]:
    """Cells of the sample, as the program asks for them: a sentence to be put into Chinese."""
    source = wiring.engines().open_document(ROOT / "resources" / "sample" / "paper.pdf")
    paper = run.read_paper(source, None)
    cited = retrieve.citations_of(paper.document, paper.references)
    found = [p for r in paper.references for p in retrieve.of_reference(paper.document, r, cited)]
    asked = [generate.phrasing_of(p, Column("方法"), "zh", focus=False).ask for p in found]
    return [a for a in asked if a is not None][:CELLS]


def one_by_one(path: Path, asks: list[Ask], schema: bool) -> tuple[float, int]:
    """Seconds and tokens of the high-level API, cell by cell."""
    model = llama_cpp.Llama(str(path), n_ctx=4096, n_batch=512, verbose=False)
    form: Any = {"type": "json_object", "schema": SCHEMA} if schema else None
    began, tokens = time.perf_counter(), 0
    for a in asks:
        turns: Any = [{"role": "system", "content": a.system}, {"role": "user", "content": a.shared + a.own}]
        answer: Any = model.create_chat_completion(
            turns, max_tokens=a.max_tokens, temperature=0.0, response_format=form, stop=None if schema else ["\n"]
        )
        tokens += answer["usage"]["completion_tokens"]
        if schema:
            json.loads(answer["choices"][0]["message"]["content"] or "{}", strict=False) if answer["choices"][0][
                "finish_reason"
            ] == "stop" else None
    seconds = time.perf_counter() - began
    model.close()
    return seconds, tokens


def side_by_side(model: LlamaModel, asks: list[Ask]) -> tuple[float, int]:
    """Seconds and tokens of the program's own way."""
    before = model.usage.generated_tokens
    began = time.perf_counter()
    model.answer(asks)
    return time.perf_counter() - began, model.usage.generated_tokens - before


def generating(model: LlamaModel, width: int, tokens: int = 64) -> float:
    """Tokens per second of ``width`` long answers side by side, prompts not counted."""
    asks = [
        Ask("You write.", "", f"Write a long story about the number {i}.", max_tokens=tokens, stop=())
        for i in range(width)
    ]
    short = [Ask(a.system, a.shared, a.own, max_tokens=1, stop=()) for a in asks]
    began = time.perf_counter()
    model.answer(short)
    prompts = time.perf_counter() - began
    began, before = time.perf_counter(), model.usage.generated_tokens
    model.answer(asks)
    return (model.usage.generated_tokens - before - width) / (time.perf_counter() - began - prompts)


def bare(model: LlamaModel, width: int, steps: int = 64) -> float:
    """Tokens per second of llama.cpp alone: ``width`` sequences, greedy by the position of the greatest logit left out."""
    context, batch = model._context._context, model._context._batch
    memory = llama_cpp.llama_get_memory(context)
    llama_cpp.llama_memory_clear(memory, True)
    model._context._held = []
    began = time.perf_counter()
    for step in range(40 + steps):
        if step == 40:
            began = time.perf_counter()
        batch.n_tokens = width
        for i in range(width):
            batch.token[i], batch.pos[i], batch.n_seq_id[i], batch.logits[i] = 100 + i + step, step, 1, True
            batch.seq_id[i][0] = i + 1
        llama_cpp.llama_decode(context, batch)
        llama_cpp.llama_synchronize(context)
    seconds = time.perf_counter() - began
    llama_cpp.llama_memory_clear(memory, True)
    return width * steps / seconds


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how fast cells are asked.")
    parser.add_argument("--model", help="a GGUF chat model (default: the default one)")
    path = models.resolve(parser.parse_args().model)
    asks = questions()
    model = LlamaModel(path)
    ours, our_tokens = side_by_side(model, asks)
    width = min(WIDTH, len(asks))
    speed, limit = generating(model, width), bare(model, width)
    model.close()
    print(f"{path.name}, {len(asks)} cells, {width} side by side\n")
    print("| way | seconds a cell | tokens a second | times as long as ours |")
    print("|---|---|---|---|")
    print(f"| side by side (ours) | {ours / len(asks):.2f} | {our_tokens / ours:.0f} | 1.0 |")
    for name, schema in (("chat completion, cell by cell", False), ("the same with a JSON schema", True)):
        seconds, tokens = one_by_one(path, asks, schema)
        print(f"| {name} | {seconds / len(asks):.2f} | {tokens / seconds:.0f} | {seconds / ours:.1f} |", flush=True)
    print(
        f"\ngenerating {width} answers: {speed:.0f} tokens/s, bare llama.cpp {limit:.0f} tokens/s, share {speed / limit:.2f}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
