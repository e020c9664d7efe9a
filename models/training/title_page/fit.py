#!/usr/bin/env python3
"""Learn which segments of a title page are its title and its authors; writes ``models/title_page.npz``.

    python models/training/title_page/fit.py FOLDER [FOLDER…] [--covers 900] [--begin title_page.npz --kept FOLDER] [--folds 3]

FOLDER holds PDFs; those whose SHA-256 begins as a line of ``labels.tsv`` does are read, all others are passed over.  ``--covers``
draws so many title pages beside them (``covers.py``).  With ``--begin`` the networks go on from weights that are there, and what these
find in the PDFs of ``--kept`` is learnt again, lest it be forgotten.  With ``--folds`` nothing is written: each part of the papers is
judged by networks that learnt from the others.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from citegrid.core.document import Page
from citegrid.core.language.text import key_text
from citegrid.core.resources import home_of
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.layout.reading_order import arranged
from citegrid.pipeline.document.metadata.front import byline, title_of
from citegrid.pipeline.document.metadata.names import people
from citegrid.pipeline.document.metadata.segment_classes import (
    AUTHOR,
    EDGES,
    OTHER,
    TITLE,
    Classifier,
    classes,
    edge_of,
    shares,
)
from citegrid.pipeline.document.metadata.segment_features import FIRST, features_of, file_words
from citegrid.pipeline.document.metadata.segments import Segment, joined
from covers import Line, article, broken, cover, drawn, report

Array = np.ndarray[Any, np.dtype[np.float32]]

LABELS = Path(__file__).with_name("labels.tsv")
#: Nets, their units, passes over the data, how strongly weights are held down and features dropped.
NETS, UNITS, PASSES, DECAY, DROPPED = 4, 20, 24, 5e-4, 0.15
_BATCH, _RATE, _READ = 256, 4e-3, 12
#: How many passes, and at which rate, networks go on from weights that are there.
_FURTHER, _GENTLE = 18, 2e-3
#: Pages of both languages, of each kind and with a subtitle among those that are drawn.
_LANGUAGES = {"en": 40, "fr": 22, "de": 14, "es": 8, "it": 4, "pt": 4}
_KINDS = {cover: 60, report: 15, article: 25}
_SUBTITLED = 0.4
#: How often real pages with labels are shown beside others.
_OFTEN = 3
#: How much a segment that is neither counts, and a pair of neighbours.
_PLAIN, _PAIRS = 0.4, 0.8


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """The segments of a page with their features and classes; ``group`` is what papers of one kind share."""

    paper: str
    group: str
    segments: Sequence[Segment]
    features: Array
    labels: Array


def labels() -> dict[str, tuple[str, dict[int, int]]]:
    """By the first digits of the file: its group, and the class of each labelled segment (1000 a page)."""
    found: dict[str, tuple[str, dict[int, int]]] = {}
    for line in LABELS.read_text("utf-8").splitlines()[1:]:
        sha, group, title, authors = line.split("\t")
        marks = ((title, TITLE), (authors, AUTHOR))
        found[sha] = group, {int(n): mark for list_, mark in marks for n in list_.split(",") if n}
    return found


def labelled_pages(folders: Sequence[Path]) -> Iterator[LabelledPage]:
    """The first pages of the labelled papers in ``folders``."""
    known = labels()
    for path in sorted(path for folder in folders for path in folder.rglob("*.pdf")):
        sha = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        if sha in known:
            group, marks = known.pop(sha)
            for n, _, segments, features in described(path):
                truth = np.array([marks.get(1000 * n + i, OTHER) for i in range(len(segments))])
                yield LabelledPage(sha, group, segments, features, truth)


def described(path: Path) -> Iterator[tuple[int, Page, Sequence[Segment], Array]]:
    """Of the first pages of a PDF that hold words: the number from 0, the page, its segments and their features."""
    source = open_pdf(path, "")
    pages = arranged([source.page(n) for n in range(1, min(source.page_count, _READ) + 1)])
    words = file_words(pages, source.metadata)
    for n, page in enumerate(pages[:FIRST]):
        segments, features = features_of(page, words, later=n > 0)
        if segments:
            yield n, page, segments, features
    source.close()


def kept_pages(folders: Sequence[Path], before: Classifier) -> Iterator[LabelledPage]:
    """The first pages of PDFs without labels, as ``before`` reads them."""
    known = labels()
    for path in sorted(path for folder in folders for path in folder.rglob("*.pdf")):
        sha = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        if sha in known:
            continue
        for _, _, segments, features in described(path):
            said = classes(segments, shares(features, before), before.pairs)
            yield LabelledPage(sha, sha, segments, features, np.array(said))


def drawn_pages(count: int, seed: int) -> Iterator[LabelledPage]:
    """Pages that are drawn, of titles and people that are invented."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "entries"))
    from people import person
    from titles import Material, stretch, title

    rng = random.Random(seed)
    material = Material({"en": [], "zh": []}, {"en": ["Things"]})
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            language = rng.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0]
            make = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
            people = [
                person(rng, language) for _ in range(rng.choice((1, 1, 1, 2)) if make is cover else rng.randint(1, 6))
            ]
            named = [f"{one['given']} {one['family']}".strip() for one in people]
            first = title(rng, material, language, "book" if make is cover else "article-journal").strip(" .")
            subtitle = (
                title(rng, material, language, "article-journal").strip(" .")[:120] if rng.random() < _SUBTITLED else ""
            )
            lines = make(rng, language, first, subtitle, [name for name in named if " " in name] or ["Anna Berg"])
            running = broken(rng, " ".join(stretch(rng, material, language) for _ in range(40)), 95)
            data, placed = drawn(rng, lines, running)
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(data)
            for n, page, segments, features in described(path):
                truth = np.array([_label_of(segment, placed, page) if n == 0 else OTHER for segment in segments])
                yield LabelledPage(f"drawn{number}", f"drawn{number}", segments, features, truth)


def _label_of(segment: Segment, placed: Sequence[tuple[float, Line]], page: Page) -> int:
    """The class of the drawn line that a segment stands in; a label alone is none."""
    middle = (segment.box.y0 + segment.box.y1) / 2
    height, line = min(placed, key=lambda one: abs(one[0] - middle))
    inside = abs(height - middle) < line.size and key_text(segment.text) in key_text(line.text)
    return line.label if inside and not segment.text.endswith((":", "：")) else OTHER


def fitted(pages: Sequence[LabelledPage], begin: Classifier | None = None) -> Classifier:
    """A classifier that has learnt from ``pages``, from nothing or from what ``begin`` knows."""
    features = np.vstack([page.features for page in pages])
    truth = np.concatenate([page.labels for page in pages])
    nets = [_net(features, truth, seed, begin) for seed in range(NETS)]
    hidden, hidden_bias, out, out_bias = (np.stack(part).astype(np.float32) for part in zip(*nets, strict=True))
    return Classifier(hidden, hidden_bias, out, out_bias, _pairs(pages) if begin is None else begin.pairs)


def _net(features: Array, truth: Array, seed: int, begin: Classifier | None) -> list[Array]:
    """One network, by Adam with dropout; the scale of the features is folded into its weights."""
    dice = np.random.default_rng(seed)
    middle, spread = features.mean(0), features.std(0) + 0.05
    scaled = ((features - middle) / spread).astype(np.float32)
    weight = np.where(truth == OTHER, _PLAIN, 1.0).astype(np.float32)
    count, width = scaled.shape
    net = [
        dice.normal(0, width**-0.5, (width, UNITS)).astype(np.float32), np.zeros(UNITS, np.float32),
        dice.normal(0, UNITS**-0.5, (UNITS, 3)).astype(np.float32), np.array([2, 0, 0], np.float32),
    ]  # fmt: skip
    passes, highest = (PASSES, _RATE) if begin is None else (_FURTHER, _GENTLE)
    if begin is not None:
        held = begin.hidden[seed]
        net = [held * spread[:, None], begin.hidden_bias[seed] + middle @ held, begin.out[seed], begin.out_bias[seed]]
    first, second = [np.zeros_like(part) for part in net], [np.zeros_like(part) for part in net]
    step = 0
    for turn in range(passes):
        rate = highest * (1 - turn / passes) + 1e-5
        order = dice.permutation(count)
        for at in range(0, count, _BATCH):
            chosen = order[at : at + _BATCH]
            rows = scaled[chosen] * (dice.random((len(chosen), width), np.float32) > DROPPED) / (1 - DROPPED)
            step += 1
            for n, slope in enumerate(_slopes(net, rows, truth[chosen], weight[chosen])):
                first[n] = 0.9 * first[n] + 0.1 * slope
                second[n] = 0.999 * second[n] + 0.001 * slope**2
                net[n] = net[n] - rate * (first[n] / (1 - 0.9**step)) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
    unscaled = net[0] / spread[:, None]
    return [unscaled, net[1] - middle @ unscaled, net[2], net[3]]


def _slopes(net: Sequence[Array], rows: Array, truth: Array, weight: Array) -> list[Array]:
    """The gradient of the weighted cross-entropy."""
    units = np.tanh(rows @ net[0] + net[1])
    outputs = units @ net[2] + net[3]
    likely = np.exp(outputs - outputs.max(1, keepdims=True))
    off = likely / likely.sum(1, keepdims=True)
    off[np.arange(len(rows)), truth] -= 1
    off *= (weight / len(rows))[:, None]
    inner = (off @ net[2].T) * (1 - units**2)
    return [rows.T @ inner + DECAY * net[0], inner.sum(0), units.T @ off + DECAY * net[2], off.sum(0)]


def _pairs(pages: Sequence[LabelledPage]) -> Array:
    """How much likelier than by chance a class follows another, as logarithms."""
    seen = np.full((EDGES, 3, 3), 0.5, np.float32)
    for page in pages:
        for n in range(1, len(page.segments)):
            seen[edge_of(page.segments[n - 1], page.segments[n]), page.labels[n - 1], page.labels[n]] += 1
    after = seen / seen.sum(2, keepdims=True)
    usual = seen.sum((0, 1)) / seen.sum()
    return (_PAIRS * np.log(after / usual)).astype(np.float32)


def judged(pages: Sequence[LabelledPage], classifier: Classifier) -> Iterator[str]:
    """What is wrong on each of ``pages`` that has a title, or authors."""
    for page in pages:
        likely = shares(page.features, classifier)
        said = classes(page.segments, likely, classifier.pairs)
        true_title, true_authors = (_labelled(page, label) for label in (TITLE, AUTHOR))
        title, authors = title_of(page.segments, said, likely)[0], byline(page.segments, said, likely)
        if true_title and key_text(joined(title)) != key_text(joined(true_title)):
            yield f"title\t{page.paper}\t{joined(title)}\tfor\t{joined(true_title)}"
        if true_authors and people(authors) != people(true_authors):
            yield f"authors\t{page.paper}\t{people(authors)}\tfor\t{people(true_authors)}"


def _labelled(page: LabelledPage, label: int) -> list[Segment]:
    return [segment for segment, one in zip(page.segments, page.labels, strict=True) if one == label]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--covers", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--kept", type=Path, action="append", default=[])
    args = parser.parse_args()
    pages = list(labelled_pages(args.folders))
    made = list(drawn_pages(args.covers, args.seed))
    begin = None
    if args.begin is not None:
        with np.load(args.begin, allow_pickle=False) as held:
            begin = Classifier(*(held[name].astype(np.float32) for name in Classifier.__dataclass_fields__))
        made += kept_pages(args.kept, begin)
    if not args.folds:
        classifier = fitted(pages * (_OFTEN if begin else 1) + made, begin)
        fields = {name: getattr(classifier, name).astype(np.float16) for name in Classifier.__dataclass_fields__}
        np.savez_compressed(home_of("models") / "title_page.npz", **fields)
        return
    wrong: list[str] = []
    for fold in range(args.folds):
        held = [page for page in pages if int(hashlib.sha256(page.group.encode()).hexdigest(), 16) % args.folds == fold]
        learnt = [page for page in pages if page not in held]
        wrong += judged(held, fitted(learnt * (_OFTEN if begin else 1) + made, begin))
    print(*sorted(wrong), sep="\n")
    for kind in ("title", "authors"):
        print(kind, "wrong on", sum(line.startswith(kind) for line in wrong), "of", len(pages), "pages")


if __name__ == "__main__":
    main()
