"""Pages that unfold to gigabytes are known by their weight, before anything reads them; honest pages are not."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest

from citegrid.engines import weight
from citegrid.engines.pdf import open_pdf
from citegrid.engines.weight import Scales

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"
LINE = b"BT /F 10 Tf 50 700 Td (" + b"word " * 20 + b") Tj ET\n"


def made(contents: bytes, forms: Sequence[bytes] = (), filters: str = "") -> pymupdf.Document:
    """A page with ``contents``, packed already where ``filters`` says how; a form may draw the next one as X."""
    document = pymupdf.open()
    page = document.new_page()
    xrefs = [document.get_new_xref() for _ in (contents, *forms)]
    for xref, form in zip(xrefs[1:], forms, strict=True):
        below = min(xref + 1, xrefs[-1])
        document.update_object(
            xref, f"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X {below} 0 R>>>>>>"
        )
        document.update_stream(xref, form)
    document.update_object(xrefs[0], "<<>>")
    document.update_stream(xrefs[0], contents, compress=not filters)
    if filters:
        document.xref_set_key(xrefs[0], "Filter", filters)
    document.xref_set_key(page.xref, "Contents", f"{xrefs[0]} 0 R")
    if forms:
        document.xref_set_key(page.xref, "Resources", f"<</XObject<</X {xrefs[1]} 0 R>>>>")
    return document


def heavy(document: pymupdf.Document) -> bool:
    return Scales(document).is_too_heavy(document[0])


def test_the_pages_of_a_paper_are_light():
    document = pymupdf.open(SAMPLE)
    scales = Scales(document)
    assert not any(scales.is_too_heavy(page) for page in document)


def test_an_inflated_stream_is_heavy_packed_once_or_twice():
    packed = zlib.compress(b" " * (weight.MOST_BYTES + 1), 9)
    assert heavy(made(packed, filters="/FlateDecode"))
    assert heavy(made(zlib.compress(packed, 9), filters="[/FlateDecode /FlateDecode]"))


def test_what_counts_is_the_text_shown_not_the_lines_drawn():
    many = weight.MOST_LETTERS // 100 + 1
    assert heavy(made(LINE * many))
    assert not heavy(made(b"0 0 m 100 100 l S\n" * many))
    assert not heavy(made(LINE * (many // 2)))


def test_forms_weigh_as_often_as_they_are_drawn():
    ten = b"/X Do " * 10
    assert heavy(made(ten, [ten, ten, ten, ten, LINE]))
    assert not heavy(made(ten, [ten, LINE]))


def test_a_form_that_draws_itself_ends():
    assert not heavy(made(b"/X Do", [b"/X Do " + LINE]))


def test_a_page_whose_contents_are_no_stream_is_light():
    document = pymupdf.open()
    page = document.new_page()
    document.xref_set_key(page.xref, "Contents", "1 0 R")
    assert not heavy(document)


@pytest.fixture
def bomb(tmp_path) -> Path:
    path = tmp_path / "bomb.pdf"
    document = made(LINE * (weight.MOST_LETTERS // 100 + 1))
    document.new_page().insert_text((72, 72), "A page as others are.")
    document.save(path)
    return path


def test_a_heavy_page_is_empty_and_white_and_the_others_are_read(bomb):
    source = open_pdf(bomb)
    assert source.page(1).words == ()
    assert set(source.render(1, 0.2).data) == {255}
    assert source.page(2).text.strip() == "A page as others are."
    source.close()
