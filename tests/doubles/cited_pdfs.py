"""PDFs of works that the sample cites, made up: a title page in their names, an identifier where wished, words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf

from citegrid.core.reference import Reference

#: What each of them says of itself, in words that the sample does not have.
OWN_WORDS = (
    "We propose a lantern method that trains the model on ferry timetables and checks every claim against the harbour log. "
    "The method is trained on 417 timetables in nine weeks. Our results show that 93 percent of the claims are carried by the log. "
    "A limitation is that the log is written by hand."
)


def write_pdf(
    path: Path, title: str, authors: Sequence[str], text: str = OWN_WORDS, note: str = "", pages: int = 2
) -> Path:
    """A paper of ``pages`` pages; ``note`` (an identifier) stands at the foot of the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page(width=595, height=842)
        if number == 0:
            page.insert_textbox((60, 60, 535, 130), title, fontname="hebo", fontsize=17, align=1)
            page.insert_textbox((60, 135, 535, 160), ", ".join(authors), fontsize=11, align=1)
            page.insert_text((60, 200), "Abstract", fontname="hebo", fontsize=12)
            page.insert_textbox((60, 215, 535, 330), text, fontsize=10)
            page.insert_text((60, 800), note, fontsize=8)
        page.insert_text((60, 350), f"{number + 1} Method", fontname="hebo", fontsize=12)
        page.insert_textbox((60, 365, 535, 500), "The harbour log lists each ferry by its hour. " * 4, fontsize=10)
    document.save(str(path))
    document.close()
    return path


def write_work(path: Path, reference: Reference, note: str = "") -> Path:
    """The PDF of a cited work, named as its entry names it."""
    authors = [" ".join(reversed(author.split(", "))) for author in reference.authors]
    return write_pdf(path, reference.title, authors[:4], note=note)
