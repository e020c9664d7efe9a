"""Measures the library: time, memory and disk of generated documents, and its search.

    python tests/benchmarks/library.py [--documents N]

The documents are Markdown of about 1,500 words or 3,000 characters, half of them Chinese, drawn from a fixed random
vocabulary of 20,000 words; a tenth are PDFs of the same length.  Memory is the peak of this process.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pymupdf

from citegrid import wiring
from citegrid.core.resources import resource as shipped
from citegrid.pipeline.library.ingest import ingest
from citegrid.pipeline.library.search import read_glossary, search
from citegrid.store.library_index import LibraryIndex

#: Common words are commoner, as in any language.
WEIGHTS = list(itertools.accumulate(1 / (i + 10) for i in range(20_000)))


def vocabulary(dice: random.Random) -> tuple[list[str], list[str]]:
    latin = ["".join(dice.choices("abcdefghiklmnoprstuvw", k=dice.randint(3, 10))) for _ in range(20_000)]
    common = [chr(dice.randint(0x4E00, 0x62FF)) for _ in range(1500)]
    return latin, ["".join(dice.choices(common, k=2)) for _ in range(20_000)]


def text_of(dice: random.Random, words: list[str], chinese: bool) -> list[str]:
    """Thirty paragraphs of sentences."""
    paragraphs = []
    for _ in range(30):
        chosen = dice.choices(words, cum_weights=WEIGHTS, k=50)
        step = 12
        sentences = [chosen[i : i + step] for i in range(0, 50, step)]
        paragraphs.append(
            "".join("".join(s) + "。" for s in sentences)
            if chinese
            else " ".join(" ".join(s).capitalize() + "." for s in sentences)
        )
    return paragraphs


def write(folder: Path, count: int) -> None:
    dice = random.Random(8)
    latin, chinese = vocabulary(dice)
    for number in range(count):
        is_chinese = number % 2 == 1
        paragraphs = text_of(dice, chinese if is_chinese else latin, is_chinese)
        if number % 10 == 0:
            document = pymupdf.open()
            for at in range(0, 30, 6):
                document.new_page().insert_textbox((60, 60, 540, 780), "\n\n".join(paragraphs[at : at + 6]), fontsize=9)
            document.save(folder / f"document {number}.pdf")
            document.close()
        else:
            parts = [f"# Document {number}"]
            for i, paragraph in enumerate(paragraphs):
                parts += [f"## Section {i // 6 + 1}"] * (i % 6 == 0) + [paragraph]
            (folder / f"document {number}.md").write_text("\n\n".join(parts), "utf-8")


def peak() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the library.")
    parser.add_argument("--documents", type=int, default=2000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "documents"
        folder.mkdir()
        write(folder, count)
        bytes_ = sum(p.stat().st_size for p in folder.iterdir())
        index = LibraryIndex(Path(place) / "library.sqlite")
        open_ = wiring.engines().open_document
        before = peak()
        began = time.perf_counter()
        done = ingest(index, [folder], open_, None)
        first = time.perf_counter() - began
        began = time.perf_counter()
        again = ingest(index, [folder], open_, None)
        second = time.perf_counter() - began
        glossary = read_glossary(shipped("glossary.tsv").read_text("utf-8"))
        dice = random.Random(9)
        latin, chinese = vocabulary(random.Random(8))
        times = []
        for i in range(100):
            question = " ".join(dice.choices(latin[:200], k=6)) if i % 2 else "".join(dice.choices(chinese[:200], k=6))
            began = time.perf_counter()
            search(index, question, [folder], 20, glossary)
            times.append(time.perf_counter() - began)
        times.sort()
        chunks = sum(f.chunks for f in index.files([folder]))
        index.close()
        disk = (Path(place) / "library.sqlite").stat().st_size
        print(
            f"| {count} | {bytes_ / 1e6:.0f} MB | {chunks} | {first:.0f} s | {second:.1f} s | {1000 * times[50]:.0f} / "
            f"{1000 * times[-1]:.0f} ms | {peak():.0f} MB (before {before:.0f}) | {disk / 1e6:.0f} MB |"
        )
        assert done.read == again.unchanged == count, (done, again)
    return 0


if __name__ == "__main__":
    sys.exit(main())
