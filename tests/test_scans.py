"""A scanned paper, read by the real OCR, against what a person sees on two of its pages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from citegrid.core.document import TextFrom
from citegrid.pipeline.run import read_paper
from citegrid.wiring import engines

SCAN = Path(__file__).resolve().parents[2] / "shared/corpus/scanned/derived-plosone-scan.pdf"
#: Checked by eye on page 8.
TITLES = {
    "1.": (
        "Magnitude, patterns and composition of wildlife roadkill in the Serengeti ecosystem, northern Tanzania",
        2021,
    ),
    "2.": ("Effects of roads on terrestrial vertebrate species in Latin America", 2020),
    "3.": ("The value of monitoring wildlife roadkill", 2020),
    "5.": ("High-risk infrastructure projects pose imminent threats to forests in Indonesian Borneo", 2019),
}
#: Checked by eye in the two first paragraphs of the introduction, page 2: [1–3] [1,3] [4] [4,5] [6] [3] [1,10].
CITED = Counter({"1.": 3, "2.": 1, "3.": 3, "4.": 2, "5.": 1, "6.": 1})


@pytest.mark.slow
@pytest.mark.skipif(not SCAN.exists(), reason="the scans of ../shared/corpus are not here")
def test_a_scan_gives_the_entries_and_mentions_that_a_person_sees() -> None:
    parts = engines()
    source = parts.open_document(SCAN)
    assert parts.page_ocr is not None
    try:
        paper = read_paper(source, parts.page_ocr)
    finally:
        parts.page_ocr.close()
        source.close()
    assert all(page.text_from is TextFrom.OCR for page in paper.document.pages)
    found = {r.label: r for r in paper.references}
    assert {label: (found[label].title, found[label].year) for label in TITLES} == TITLES
    seen = Counter({label: sum(m.page == 2 for m in found[label].mentions) for label in CITED})
    assert (seen & CITED).total() >= 0.9 * CITED.total()
