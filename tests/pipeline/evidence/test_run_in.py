"""A heading in the line of its paragraph is no part of the sentence behind it."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.read import read_document
from citegrid.pipeline.evidence.passages import citations_of, own_sentences

REST = "has been addressed by many of the works that were read for this survey, in ways that differ a lot."


@pytest.mark.parametrize(
    ("heading", "begins", "said"),
    [
        ("Optimization tool", "Joint coverage", "Joint coverage has been"),
        ("Drosophila melanogaster", "in the wild", "Drosophila melanogaster in the wild has been"),
        ("Magnolia officinalis", "L. in the wild", "Magnolia officinalis L. in the wild has been"),
        ("Recall", "Joint coverage", "Recall Joint coverage has been"),
    ],
)
def test_the_first_sentence_of_a_paragraph(tmp_path: Path, heading: str, begins: str, said: str) -> None:
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        for n in range(10):
            page.insert_text(
                (60, 100 + 14 * n), f"Line {n} of a text that tells of the coverage and of other things.", fontsize=10
            )
        page.insert_text((60, 280), heading, fontname="tiit", fontsize=10)
        at = 60 + pymupdf.get_text_length(f"{heading} ", fontname="tiit", fontsize=10)
        page.insert_text((at, 280), f"{begins} {REST[:40]}", fontname="tiro", fontsize=10)
        page.insert_text((60, 294), REST[40:].strip(), fontname="tiro", fontsize=10)
        pdf.save(tmp_path / "a.pdf")
    document = read_document(open_pdf(tmp_path / "a.pdf"), None)
    sentences = [one.text for one in own_sentences(document, citations_of(document, ()))]
    assert any(one.startswith(said) for one in sentences), sentences
