"""Pages of real and of broken PDFs: words with boxes, pixels from the same source."""

from pathlib import Path

import pymupdf
import pytest

from citegrid.core.document import boxes_of
from citegrid.core.errors import InputError, PasswordNeeded
from citegrid.engines.pdf import _LineBuilder, open_pdf

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"


def test_words_stand_where_the_page_prints_them():
    source = open_pdf(SAMPLE)
    page = source.page(1)
    assert source.page_count == 6
    at = page.text.index("Abstract")
    box = boxes_of(page, at, at + len("Abstract"))[0]
    printed = pymupdf.open(SAMPLE)[0].get_text("text", clip=pymupdf.Rect(box.x0, box.y0, box.x1, box.y1))
    assert printed.strip() == "Abstract"
    source.close()


def test_each_word_has_an_edge_for_each_character():
    source = open_pdf(SAMPLE)
    page = source.page(2)
    for word in page.words:
        assert page.text[word.start : word.end] == word.text
        assert len(word.edges) == len(word.text) + 1
    source.close()


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(tmp_path, angle):
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.insert_text((50, 60), "Where am I now?")
    page.set_rotation(angle)
    document.save(tmp_path / "turned.pdf")
    source = open_pdf(tmp_path / "turned.pdf")
    shown = source.page(1)
    assert (shown.width, shown.height) == ((300, 400) if angle % 180 else (400, 300))
    pixels = source.render(1, 2.0)
    assert (pixels.width, pixels.height) == (2 * shown.width, 2 * shown.height)
    box = shown.words[0].box
    inside = [
        pixels.data[3 * (y * pixels.width + x)]
        for y in range(int(2 * box.y0), int(2 * box.y1))
        for x in range(int(2 * box.x0), int(2 * box.x1))
    ]
    assert min(inside) < 128  # the word's ink lies in the word's box
    source.close()


def test_a_page_that_is_broken_is_empty_and_white(tmp_path):
    document = pymupdf.open()
    for text in ("First page.", "Second page."):
        document.new_page().insert_text((72, 72), text)
    document.save(tmp_path / "whole.pdf")
    data = (tmp_path / "whole.pdf").read_bytes()
    kids = data.index(b"/Kids")
    (tmp_path / "broken.pdf").write_bytes(data[:kids] + data[kids:].replace(b"[", b"<", 1))
    try:
        source = open_pdf(tmp_path / "broken.pdf")
    except InputError:
        return  # so broken that it is refused with one sentence
    for number in range(1, source.page_count + 1):
        pixels = source.render(number, 0.5)
        assert len(pixels.data) == 3 * pixels.width * pixels.height
        assert source.page(number).number == number
    source.close()


def test_a_big_page_is_not_rendered_beyond_the_limit():
    source = open_pdf(SAMPLE)
    pixels = source.render(1, 40.0)
    assert pixels.width * pixels.height < 70e6
    source.close()


def test_a_locked_file_needs_its_password(tmp_path):
    path = tmp_path / "locked.pdf"
    pymupdf.open(SAMPLE).save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="sesame", owner_pw="o")
    with pytest.raises(PasswordNeeded):
        open_pdf(path)
    with pytest.raises(PasswordNeeded):
        open_pdf(path, "wrong")
    assert open_pdf(path, "sesame").page_count == 6


def test_links_of_the_sample_lead_to_entries():
    source = open_pdf(SAMPLE)
    links = source.links()
    assert len(links) == 176
    assert {link.to_page for link in links} <= {5, 6}
    source.close()


def test_a_link_that_leads_nowhere_does_not_cost_the_page_the_others(tmp_path):
    document = pymupdf.open()
    for _ in range(2):
        document.new_page()
    rect = "/Type/Annot/Subtype/Link/Rect[72 700 90 710]"
    there = document[1].xref
    links = [
        f"<<{rect}/A<</S/GoTo/D[99 /XYZ 0 0 0]>>>>",
        f"<<{rect}/Dest(nowhere)>>",
        f"<<{rect}/Dest[{there} 0 R /XYZ 0 700 0]>>",
    ]
    document.xref_set_key(document[0].xref, "Annots", "[" + " ".join(links) + "]")
    document.save(tmp_path / "links.pdf")
    source = open_pdf(tmp_path / "links.pdf")
    assert [link.to_page for link in source.links()][-1] == 2
    source.close()


def test_a_damaged_file_without_pages_is_called_broken(tmp_path):
    path = tmp_path / "hollow.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n")
    with pytest.raises(InputError, match=r"hollow\.pdf is broken"):
        open_pdf(path)


def test_a_book_of_heavy_pages_ends_in_empty_ones(tmp_path, monkeypatch):
    monkeypatch.setattr("citegrid.engines.pdf.MOST_LETTERS", 50)
    document = pymupdf.open()
    for _ in range(4):
        document.new_page().insert_text((72, 72), "Forty characters are on each page of it.")
    document.save(tmp_path / "book.pdf")
    source = open_pdf(tmp_path / "book.pdf")
    assert [bool(source.page(n).words) for n in (1, 2, 3, 4, 1)] == [True, True, False, False, True]
    source.close()


def test_a_blank_in_a_font_of_its_own_between_letters_that_touch_parts_no_word(tmp_path):
    document = pymupdf.open()
    page = document.new_page()
    at, size, bold = 72.0, 18, pymupdf.Font("hebo")
    for piece in ("P", "air"):  # a kerned pair, as some publishers set it, and then two words
        page.insert_text((at, 100), piece, fontsize=size, fontname="hebo")
        at += bold.text_length(piece, size)
        page.insert_text((at, 100), " ", fontsize=6, fontname="cour")
    page.insert_text((at + 0.3 * size, 100), "tests", fontsize=size, fontname="hebo")
    document.save(tmp_path / "kerned.pdf")
    source = open_pdf(tmp_path / "kerned.pdf")
    assert source.page(1).text.split() == ["Pair", "tests"]
    source.close()


def test_signs_that_a_publishers_font_calls_ideographs_are_read_as_signs():
    def span(font, text, at):
        chars = [
            {"c": c, "bbox": (at + 5 * n, 0, at + 5 * n + 5, 10), "origin": (at + 5 * n, 8)} for n, c in enumerate(text)
        ]
        return {"size": 10.0, "font": font, "flags": 0, "origin": (at, 8), "chars": chars}

    line = {"dir": (1.0, 0.0), "spans": [span("FZSSK", "张三摇", 0), span("E-BZ", "摇2020鄄203畅", 15)]}
    assert [word.text for word in _LineBuilder(1, 0, 0, 0, None).words_of(line)] == ["张三摇", "2020-203."]
