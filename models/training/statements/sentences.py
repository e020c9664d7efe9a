"""The labelled sentences, found again in the papers: labels are kept by hash, never the text.

``labels.tsv`` holds a line for each label: the first 16 hex digits of the paper's SHA-256, the page, those of the sentence's
SHA-256 (lines joined, UTF-8), the reference that is marked (an id of ``citegrid read``; empty: none; with ``>``: the sentence goes
on about it), whose statement, which kinds (the main one first), how central (0 to 2), whether it is understood alone (y, n), and
the reader.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from citegrid.core.document import Span
from citegrid.core.language.text import join_lines, sentences
from citegrid.core.paper import Paper
from citegrid.core.statement import Line
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.evidence.passages import Cited, citations_of, marked_text
from citegrid.pipeline.evidence.patterns import TARGET
from citegrid.pipeline.evidence.statements.lines import lines_of
from citegrid.pipeline.run import open_source, read_paper

LABELS = Path(__file__).with_name("labels.tsv")
#: The reader who labelled sentences of others once more, to measure agreement; nothing is learnt from these.
SECOND_READER = "second"


@dataclass(frozen=True, slots=True)
class Label:
    """A reader's judgement of one sentence; the fields are those of ``labels.tsv``."""

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
        """The same for labels of the same sentence, asked about the same work."""
        return self.file, self.sentence, self.target

    @property
    def own(self) -> bool:
        """Whether the sentence was read as one of the paper itself: no work is marked."""
        return not self.target


def labels(path: Path = LABELS) -> list[Label]:
    """All labels, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        return [
            Label(paper, int(page), sentence, target, speaker, kinds, int(central), alone == "y", reader)
            for paper, page, sentence, target, speaker, kinds, central, alone, reader in rows
        ]


def first_readings() -> list[Label]:
    """The labels to learn from: all but those of the second reader."""
    return [label for label in labels() if label.reader != SECOND_READER]


def labelled_lines(
    folders: Sequence[str], wanted: Iterable[Label], limit: int | None = None
) -> list[tuple[Label, Line]]:
    """The labels whose sentences are found again in papers below ``folders``, each with its line; of ``limit`` papers at most."""
    by_paper: dict[str, list[Label]] = {}
    for label in wanted:
        by_paper.setdefault(label.file, []).append(label)
    papers = sorted((_papers(folders, set(by_paper))).items())[:limit]
    found = [pair for paper, path in papers for pair in lines_for(read(path), by_paper[paper])]
    asked = sum(len(by_paper[paper]) for paper, _ in papers)
    print(
        f"{len(found)} of {asked} labelled sentences found again in {len(papers)} of {len(by_paper)} papers", flush=True
    )
    return found


def _papers(folders: Sequence[str], wanted: set[str]) -> dict[str, Path]:
    """The PDFs below ``folders`` that are wanted, by hash."""
    paths = (path for folder in folders for path in sorted(Path(folder).rglob("*.pdf")))
    known = {_hash(path.read_bytes()): path for path in paths}
    return {paper: known[paper] for paper in wanted & known.keys()}


def read(path: Path) -> Paper:
    """A paper as the program reads it, without OCR."""
    source = open_source(path, open_pdf)
    try:
        return read_paper(source, None)
    finally:
        source.close()


def lines_for(paper: Paper, wanted: Sequence[Label]) -> Iterator[tuple[Label, Line]]:
    """The lines of a paper that ``wanted`` labels, each with its own work marked; sentences that are not found are left out, as
    are those that the program takes for words to itself and gives no place."""
    document = paper.document
    cited = citations_of(document, paper.references)
    places = lines_of(cited).places
    by_sentence: dict[str, list[Label]] = {}
    for label in wanted:
        by_sentence.setdefault(label.sentence, []).append(label)
    for text, spans in _sentences(cited):
        place = places.get((spans[0].page, spans[0].start))
        if place is None:  # taken for words to the program
            continue
        for label in by_sentence.pop(_hash(text.encode("utf-8")), ()):
            shown = marked_text(document, spans, cited, label.target.removeprefix(">"))
            goes_on = not label.own and TARGET not in shown  # as Lines.line_of has it
            yield label, Line(shown, place.section, place.share, place.before, place.behind, goes_on)


def _sentences(cited: Cited) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for flow in cited.running:
        for start, end in sentences(flow.text):
            spans = flow.spans(start, end)
            if spans:
                yield join_lines(flow.text[start:end]), spans


def _hash(data: bytes) -> str:
    """How a paper or a sentence is known."""
    return hashlib.sha256(data).hexdigest()[:16]
