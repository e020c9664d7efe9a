"""Learns what tells a sentence that speaks to the program from a statement, and measures it.

    python train.py measure FOLDER…     each planted sentence and each paper by weights that have not seen it (five folds)
    python train.py learn FOLDER…       writes models/instructions.npz
    python train.py sealed              what the shipped weights find of sealed.txt, which nothing was learnt from

FOLDER holds papers (.pdf) and sentences of papers (.jsonl with ``text`` or ``sentences``), read as the program reads them; their
sentences are the statements, with those of ``statements.*.txt``.  Numpy alone; two minutes and the time of reading.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "instructions.npz"
#: Penalty of large weights; how much a planted sentence counts beside a statement, and one of ``statements.*.txt``.
PENALTY, PLANTED, HARD = 5e-5, 8.0, 6.0
#: A feature is known when so many sentences have it.
LEAST = 2
#: A sentence of fewer features counts as if it had as many (pipeline/evidence/instructions).
SHORT = 80
#: The share of statements of papers not seen in learning that may lie above the threshold.
MAY_ERR = 0.0004
FOLDS, STEPS = 5, 400


@dataclass(frozen=True)
class Sentence:
    """``group`` is the paper, or the name of our own file; ``planted`` whether it speaks to the program."""

    text: str
    group: str
    planted: bool = False


def own() -> list[Sentence]:
    """What we wrote."""
    return [
        Sentence(line, path.name, path.name.startswith("planted"))
        for path in sorted(HERE.glob("*.*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]


def of_papers(folders: Sequence[str]) -> Iterator[Sentence]:
    """The sentences of the running text of papers, and those of the .jsonl files."""
    for path in sorted(p for folder in folders for p in Path(folder).rglob("*") if p.suffix in (".pdf", ".jsonl")):
        texts = _of_lines(path) if path.suffix == ".jsonl" else _of_paper(path)
        yield from (Sentence(text, path.name) for text in texts)


def _of_lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        read = json.loads(line)
        yield from read.get("sentences") or [read.get("text") or read.get("t")]


def _of_paper(path: Path) -> Iterator[str]:
    from citegrid.core.errors import CiteGridError
    from citegrid.core.language.text import join_lines, sentences
    from citegrid.engines.pdf import open_pdf
    from citegrid.pipeline.evidence.passages import citations_of
    from citegrid.pipeline.run import open_source, read_paper

    try:
        source = open_source(path, open_pdf)
    except CiteGridError:
        return
    paper = read_paper(source, None)
    source.close()
    for flow in citations_of(paper.document, paper.references).running:
        for start, end in sentences(flow.text):
            yield join_lines(flow.text[start:end])


class Features:
    """Sentences as columns of known features, in the order of ``rows``."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        from citegrid.pipeline.evidence.instructions import features_of

        self.sentences = sentences
        self.hashes = [
            np.array(sorted({zlib.crc32(n.encode("utf-8")) for n in features_of(s.text)}), np.uint32) for s in sentences
        ]
        self.planted = np.array([s.planted for s in sentences])
        self.groups = np.array([s.group for s in sentences])
        ours = np.array([s.group.startswith("statements.") for s in sentences])
        self.counts = np.where(self.planted, PLANTED, np.where(ours, HARD, 1.0))

    def known(self, at: np.ndarray) -> np.ndarray:
        """The features that enough of the sentences ``at`` have, one of them planted or ours."""
        all_, ours = Counter[int](), set[int]()
        for i in at:
            all_.update(self.hashes[i].tolist())
            if self.counts[i] > 1:
                ours.update(self.hashes[i].tolist())
        return np.array(sorted(h for h in ours if all_[h] >= LEAST), np.uint32)

    def table(self, at: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which sentence has which feature, and how much each counts in its sentence."""
        who, what, much = [], [], []
        for n, i in enumerate(at):
            found = np.searchsorted(rows, self.hashes[i])
            known = found[(found < len(rows)) & (rows[np.minimum(found, len(rows) - 1)] == self.hashes[i])]
            who.append(np.full(len(known), n))
            what.append(known)
            much.append(np.full(len(known), 1 / np.sqrt(max(SHORT, len(self.hashes[i])))))
        return np.concatenate(who), np.concatenate(what), np.concatenate(much)


def learn(features: Features, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Rows, weights and bias of a logistic regression with an L2 penalty, by Adam on all sentences at once."""
    rows = features.known(at)
    who, what, much = features.table(at, rows)
    wanted, counts = features.planted[at].astype(float), features.counts[at] / features.counts[at].sum()
    weights, bias = np.zeros(len(rows)), -3.0
    first, second = np.zeros(len(rows) + 1), np.zeros(len(rows) + 1)
    for step in range(1, STEPS + 1):
        scores = np.bincount(who, weights[what] * much, len(at)) + bias
        off = (1 / (1 + np.exp(-scores)) - wanted) * counts
        slope = np.append(np.bincount(what, off[who] * much, len(rows)) + PENALTY * weights / 10, off.sum())
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        move = 0.15 * (1 - step / STEPS) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
        weights, bias = weights - move[:-1], bias - move[-1]
    return rows, weights, float(bias)


def scores_of(features: Features, at: np.ndarray, learnt: tuple[np.ndarray, np.ndarray, float]) -> np.ndarray:
    """The scores of the sentences ``at``."""
    rows, weights, bias = learnt
    who, what, much = features.table(at, rows)
    return np.bincount(who, weights[what] * much, len(at)) + bias


def unseen(features: Features) -> np.ndarray:
    """The score of each sentence by weights that have seen neither it nor, of a paper, its paper."""
    ours = features.counts > 1
    keys = [s.text if ours[i] else s.group for i, s in enumerate(features.sentences)]
    fold = np.array([int(hashlib.sha256(key.encode("utf-8")).hexdigest(), 16) % FOLDS for key in keys])
    scores = np.zeros(len(fold))
    for n in range(FOLDS):
        scores[fold == n] = scores_of(features, np.flatnonzero(fold == n), learn(features, np.flatnonzero(fold != n)))
    return scores


def threshold_of(features: Features, scores: np.ndarray) -> float:
    """Above it lies ``MAY_ERR`` of the statements of papers."""
    papers = np.sort(scores[features.counts == 1])
    return float(papers[int(len(papers) * (1 - MAY_ERR))])


def measure(features: Features) -> None:
    scores = unseen(features)
    at = threshold_of(features, scores)
    over, papers = scores > at, features.counts == 1
    print(f"threshold {at:.2f}; statements of papers above it: {over[papers].sum()} of {papers.sum()}")
    for name in sorted(set(features.groups[~papers])):
        mine = features.groups == name
        print(f"{name}: {over[mine].sum()} of {mine.sum()} above it")
    for i in np.flatnonzero((over != features.planted) & ~papers):
        print("  ", features.groups[i], f"{scores[i] - at:.2f}", features.sentences[i].text)
    print(
        "of papers: " + " ".join(f"{name} {count}" for name, count in Counter(features.groups[over & papers]).items())
    )


def write(features: Features) -> None:
    at = threshold_of(features, unseen(features))
    rows, weights, bias = learn(features, np.arange(len(features.sentences)))
    kept = np.abs(weights) > 0.02
    np.savez_compressed(OUT, rows=rows[kept], weights=weights[kept].astype(np.float16), bias=np.float32(bias - at))
    print(f"{OUT.name}: {kept.sum()} features, {OUT.stat().st_size} bytes, threshold {at:.2f}")


def main() -> int:
    what, folders = sys.argv[1], sys.argv[2:]
    if what == "sealed":
        from citegrid.pipeline.evidence.instructions import speaks_to_the_program

        lines = (HERE / "sealed.txt").read_text("utf-8").splitlines()
        print(sum(map(speaks_to_the_program, lines)), "of", len(lines))
        return 0
    features = Features([*own(), *of_papers(folders)])
    print(len(features.sentences), "sentences", flush=True)
    (measure if what == "measure" else write)(features)
    return 0


if __name__ == "__main__":
    sys.exit(main())
