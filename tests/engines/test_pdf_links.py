"""Links of a PDF: as many as a paper has are all read, as many as an attacker makes cost a second."""

from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.run import read_paper
from citegrid.ports import MOST_LINKS


def with_links(count: int, dest: str = "[3 0 R /XYZ 0 700 0]") -> bytes:
    """A PDF of one page with ``count`` link annotations, written by hand: a library takes minutes over it."""
    annotations = " ".join(f"{5 + i} 0 R" for i in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Annots[{annotations}]/Resources<</Font<</F"
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        "<</Length 42>>stream\nBT /F 12 Tf 72 700 Td (Hello world.) Tj ET\nendstream",
    ]
    objects += [f"<</Type/Annot/Subtype/Link/Rect[{i % 600} 100 {i % 600 + 5} 110]/Dest {dest}>>" for i in range(count)]
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + rows
    return data + table + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode()


def test_all_links_of_a_page_are_read_as_they_stand(tmp_path):
    (tmp_path / "few.pdf").write_bytes(with_links(60))
    source = open_pdf(tmp_path / "few.pdf")
    links = source.links()
    source.close()
    assert [link.box[0] for link in links] == [float(i) for i in range(60)]
    assert {(link.to_page, link.to_x, link.to_y) for link in links} == {(1, 0.0, 92.0)}


def test_a_page_with_links_without_end_is_read_and_the_paper_says_so(tmp_path):
    # PyMuPDF's own get_links takes a minute for these, and 20 for the 32 768 that were seen
    (tmp_path / "many.pdf").write_bytes(with_links(12_000))
    source = open_pdf(tmp_path / "many.pdf")
    paper = read_paper(source, None)
    assert len(source.links()) == MOST_LINKS
    source.close()
    assert f"Only the first {MOST_LINKS} links of page 1 were read." in paper.document.warnings
    assert "Hello world." in paper.document.pages[0].text
