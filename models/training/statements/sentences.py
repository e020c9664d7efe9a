"""The labelled sentences, found again in the papers: labels are kept by hash, never the text.

``labels.tsv`` holds a line for each label: the first 16 hex digits of the paper's SHA-256, the page, those of the sentence's
SHA-256 (lines joined, UTF-8), the reference that is marked (an id of ``citegrid read``; empty: none; with ``>``: the sentence goes
on about it), whose statement, which kinds (the main one first), how central (0 to 2), whether it is understood alone (y, n), and
the reader.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.core.paper import Paper
from citegrid.core.text import join_lines, sentences
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.evidence.passages import Cited, citations_of, marked_text
from citegrid.core.statement import Line
from citegrid.pipeline.evidence.statements.lines import BEFORE, lines_of
from citegrid.pipeline.run import open_source, read_paper

LABELS = Path(__file__).with_name("labels.tsv")


@dataclass(frozen=True, slots=True)
class Label:
    """A reader's judgement of one sentence."""

    file: str
    page: int
    sentence: str
    target: str
    speaker: str
    kinds: str
    central: int
    alone: bool
    reader: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.file, self.sentence, self.target


def labels(path: Path = LABELS) -> list[Label]:
    """All labels, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        return [
            Label(f, int(page), sentence, target, speaker, kinds, int(central), alone == "y", reader)
            for f, page, sentence, target, speaker, kinds, central, alone, reader in rows
        ]


def read(path: Path) -> Paper:
    """A paper as the program reads it, without OCR."""
    source = open_source(path, open_pdf)
    try:
        return read_paper(source, None)
    finally:
        source.close()


def lines_for(paper: Paper, wanted: Sequence[Label]) -> Iterator[tuple[Label, Line]]:
    """The lines of a paper that ``wanted`` labels, each with its own work marked; sentences that are not found are left out."""
    document = paper.document
    cited = citations_of(document, paper.references)
    places = lines_of(cited).places
    by_sentence: dict[str, list[Label]] = {}
    for label in wanted:
        by_sentence.setdefault(label.sentence, []).append(label)
    for text, spans in _sentences(cited):
        for label in by_sentence.pop(hash_of(text), ()):
            place = places[(spans[0].page, spans[0].start)]
            work = label.target.removeprefix(">")
            shown = marked_text(document, spans, cited, work)
            line = Line(shown, place.section, place.share, place.before, place.behind, label.target.startswith(">"))
            yield label, replace(line, before=line.before[-BEFORE:])


def _sentences(cited: Cited) -> Iterator[tuple[str, tuple]]:
    for flow in cited.running:
        for start, end in sentences(flow.text):
            spans = flow.spans(start, end)
            if spans:
                yield join_lines(flow.text[start:end]), spans


def hash_of(text: str) -> str:
    """How a sentence is known."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
