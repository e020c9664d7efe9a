"""Highlights in a copy of a PDF, as another reader sees them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

from citegrid.core.annotation import Highlight
from citegrid.core.document import Box
from citegrid.core.errors import InputError, PasswordNeeded
from citegrid.engines.annotate import annotate
from citegrid.engines.pdf import open_pdf

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"


def word_boxes(path: Path, page: int, first: int, last: int) -> tuple[tuple[Box, ...], str]:
    words = open_pdf(path).page(page).words[first:last]
    return tuple(w.box for w in words), " ".join(w.text for w in words)


def marked_text(data: bytes, page: int) -> list[str]:
    """The words whose middle lies in each highlight, found without our own page source."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        shown = document[page - 1]
        words = shown.get_text("words")
        found = []
        for note in shown.annots():
            corners = note.vertices
            rects = [pymupdf.Quad(corners[i : i + 4]).rect for i in range(0, len(corners), 4)]
            middles = [(w[4], pymupdf.Point((w[0] + w[2]) / 2, (w[1] + w[3]) / 2)) for w in words]
            found.append(" ".join(text for text, middle in middles if any(r.contains(middle) for r in rects)))
        return found


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_the_highlight_lies_on_its_words(tmp_path: Path, rotation: int, cropped: bool):
    path = tmp_path / "论文 #1 50%.pdf"
    with pymupdf.open(SAMPLE) as document:
        if cropped:
            document[1].set_cropbox(pymupdf.Rect(30, 40, 560, 780))
        document[1].set_rotation(rotation)
        document.save(path)
    before = path.read_bytes()
    boxes, text = word_boxes(path, 2, 60, 66)
    data = annotate(before, path.name, [Highlight(boxes, "[1]", "第1行“方法”：内容")])
    assert marked_text(data, 2) == [text]
    assert path.read_bytes() == before
    with pymupdf.open(stream=data, filetype="pdf") as document, pymupdf.open(path) as source:
        page = document[1]
        (note,) = list(page.annots())
        assert (note.type[1], note.info["title"], note.info["content"]) == (
            "Highlight",
            "CiteGrid",
            "第1行“方法”：内容",
        )
        assert page.get_text() == source[1].get_text()


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_poppler_shows_the_words_marked(tmp_path: Path):
    boxes, _ = word_boxes(SAMPLE, 2, 60, 66)
    path = tmp_path / "marked.pdf"
    path.write_bytes(annotate(SAMPLE.read_bytes(), "paper.pdf", [Highlight(boxes, "[1]", "text")]))
    pages = {}
    for name, source in (("plain", SAMPLE), ("marked", path)):
        command = ["pdftoppm", "-r", "72", "-f", "2", "-l", "2", "-singlefile", source, tmp_path / name]
        subprocess.run(command, check=True, capture_output=True)
        pages[name] = cv2.imread(str(tmp_path / f"{name}.ppm"))
    plain, marked = pages["plain"], pages["marked"]
    changed = (plain != marked).any(axis=2)
    inside, near = np.zeros_like(changed), np.zeros_like(changed)
    for b in boxes:
        inside[int(b.y0) : int(b.y1) + 1, int(b.x0) : int(b.x1) + 1] = True
        near[int(b.y0) - 3 : int(b.y1) + 4, int(b.x0) - 3 : int(b.x1) + 4] = True
    assert (changed & inside).sum() > 0.6 * inside.sum()
    assert not (changed & ~near).any()
    words = [subprocess.run(["pdftotext", p, "-"], check=True, capture_output=True).stdout for p in (SAMPLE, path)]
    assert words[0] == words[1]


def test_an_encrypted_paper_stays_encrypted(tmp_path: Path):
    path = tmp_path / "locked.pdf"
    with pymupdf.open(SAMPLE) as document:
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open sesame", owner_pw="owner")
    boxes, _ = word_boxes(SAMPLE, 1, 0, 3)
    highlight = Highlight(boxes, "[1]", "text")
    with pytest.raises(PasswordNeeded, match=r"locked\.pdf"):
        annotate(path.read_bytes(), path.name, [highlight])
    data = annotate(path.read_bytes(), path.name, [highlight], "open sesame")
    with pymupdf.open(stream=data, filetype="pdf") as document:
        assert document.needs_pass and document.authenticate("open sesame")
        assert len(list(document[0].annots())) == 1


def test_a_broken_file_is_one_sentence():
    with pytest.raises(InputError, match=r"broken\.pdf"):
        annotate(b"not a pdf", "broken.pdf", [])


def test_boxes_of_pages_that_are_not_there_are_left_out():
    data = annotate(SAMPLE.read_bytes(), "paper.pdf", [Highlight((Box(999, 0, 0, 9, 9),), "", "")])
    with pymupdf.open(stream=data, filetype="pdf") as document:
        assert not any(list(page.annots()) for page in document)


def test_a_persons_own_highlight_has_its_colour_and_its_note() -> None:
    boxes, text = word_boxes(SAMPLE, 2, 60, 66)
    data = annotate(SAMPLE.read_bytes(), "paper.pdf", [Highlight(boxes, "", "compare with Table 2", ink="green")])
    assert marked_text(data, 2) == [text]
    with pymupdf.open(stream=data, filetype="pdf") as document:
        (note,) = list(document[1].annots())
        red, green, blue = note.colors["stroke"]
        assert note.info["content"] == "compare with Table 2"
        assert green > red and green > blue
