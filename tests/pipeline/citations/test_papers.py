"""In-text citations of real papers, against the hyperlinks that their typesetters set and against hand-checked pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.document.read import read_document
from citegrid.ports import Link

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "sample" / "paper.pdf"
CORPUS = ROOT.parent / "shared" / "corpus"


@lru_cache(maxsize=4)
def read(path: Path) -> tuple[Document, tuple[Reference, ...], tuple[Link, ...]]:
    """Document, references with mentions found without links, and the links."""
    if not path.exists():
        pytest.skip(f"{path.name} of the corpus is not here")
    source = open_pdf(path)
    try:
        document = read_document(source, None)
        return document, find_mentions(document, find_references(document), ()), tuple(source.links())
    finally:
        source.close()


def covered(references: tuple[Reference, ...], links: tuple[Link, ...]) -> float:
    """Share of the links that touch a mention of an entry on the page they lead to."""
    cites = [ln for ln in links if ln.name.startswith("cite.")]
    boxes = [(r.page, b) for r in references for m in r.mentions for b in m.boxes]

    def hit(link: Link) -> bool:
        x0, y0, x1, y1 = link.box
        return any(
            b.page == link.page
            and abs(page - link.to_page) <= 1
            and b.x0 < x1 + 2
            and x0 < b.x1 + 2
            and b.y0 < y1 + 2
            and y0 < b.y1 + 2
            for page, b in boxes
        )

    return sum(map(hit, cites)) / len(cites)


def test_every_link_of_the_sample_is_a_mention() -> None:
    document, references, links = read(SAMPLE)
    assert len(links) > 100
    assert covered(references, links) == 1.0
    assert all(r.mentions for r in references)
    for reference in references:
        for mention in reference.mentions:
            assert mention.boxes
            assert mention.sentence_spans
            shown = "".join(document.page(s.page).text[s.start : s.end] for s in mention.spans)
            assert "".join(mention.text.replace("-", "").split()) == "".join(shown.replace("-", "").split())


@pytest.mark.parametrize("name", ["gorder-rescience.pdf", "spectral-thesis.pdf", "deepseek-r1.pdf"])
def test_links_of_corpus_papers_are_mentions(name: str) -> None:
    _, references, links = read(CORPUS / "papers" / name)
    assert covered(references, links) >= 0.95


def test_links_and_text_agree() -> None:
    """With its links a paper gets the same mentions as without."""
    document, without, links = read(SAMPLE)
    with_links = find_mentions(document, without, links)
    assert [[m.spans for m in r.mentions] for r in with_links] == [[m.spans for m in r.mentions] for r in without]


def test_superscripts_of_a_chemistry_paper() -> None:
    _, references, _ = read(CORPUS / "papers" / "rsc-redox.pdf")
    by_label = {r.label.strip("[]."): r for r in references}
    first = [m for n in ("1", "2", "3", "4") for m in by_label[n].mentions[:1]]
    assert len(first) == 4
    assert {m.page for m in first} == {1}
    assert {m.sentence[-8:] for m in first} == {"life.1–4"}
    assert sum(bool(r.mentions) for r in references) >= 0.95 * len(references)


def test_a_chinese_thesis() -> None:
    """Pages checked by hand: the citations of pages 15 to 18, in order."""
    _, references, _ = read(CORPUS / "chinese" / "ecnu-master.pdf")
    found = sorted(
        (m.page, m.spans[0].start, r.label.strip("[]")) for r in references for m in r.mentions if 15 <= m.page <= 18
    )
    assert [(page, label) for page, _, label in found][:9] == [
        (15, "1"), (16, "2"), (18, "3"), (18, "4"), (18, "5"), (18, "6"), (18, "7"), (18, "8"), (18, "9"),
    ]  # fmt: skip
    (first,) = [m for r in references if r.label.strip("[]") == "1" for m in r.mentions if m.page == 15]
    assert first.sentence == "十四五规划把“上云用数赋智[1]”，作为建设数字化时代的关键步骤。"
    assert all(m.page > 12 for r in references for m in r.mentions), "the list of figures does not cite"
