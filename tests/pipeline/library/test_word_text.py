"""Word documents: what stands beside plain paragraphs is read, what was deleted is not, and losses are told."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from citegrid.core.errors import InputError
from citegrid.core.messages import say
from citegrid.pipeline.library.word_stream import MOST_PARAGRAPHS
from citegrid.pipeline.library.word_text import read_word

CASES = Path(__file__).parents[4] / "shared" / "corpus" / "cases"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DUBLIN = "http://purl.org/dc/elements/1.1/"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word(body: str, space: str = WORDS, **parts: str) -> bytes:
    """A document of a body and further parts: ``footnotes``, ``endnotes``, ``styles``, ``core`` (properties)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}" {OTHERS}><w:body>{body}</w:body></w:document>'
        )
        for name, inner in parts.items():
            if name == "core":
                folder.writestr("docProps/core.xml", f'<p xmlns:dc="{DUBLIN}">{inner}</p>')
            else:
                folder.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{space}">{inner}</w:{name}>')
    return made.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, style: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>' if style else ''}{inner}</w:p>"


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_word(data, "made.docx").parts]


@pytest.mark.parametrize("space", [WORDS, STRICT], ids=["transitional", "strict"])
def test_insertions_count_and_deletions_do_not(space):
    body = paragraph(
        run("We tested ") + f"<w:ins>{run('two ')}</w:ins><w:del><w:r><w:delText>three </w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('old ')}</w:moveFrom>" + run("desks.")
    )
    assert texts(word(body, space)) == ["We tested two desks."]


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = f"<w:txbxContent>{paragraph(run('In the box'))}{paragraph(run('and below it'))}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = paragraph(run("Before ") + f"<w:r>{both}</w:r>" + run("after")) + paragraph(run("End"))
    assert texts(word(body)) == ["Before after", "In the box", "and below it", "End"]


def test_content_controls_are_read_and_their_placeholders_are_not():
    cited = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('(Lee, 2019)')}</w:sdtContent></w:sdt>"
    asked = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    whole = f"<w:sdt><w:sdtContent>{paragraph(run('A controlled paragraph'))}</w:sdtContent></w:sdt>"
    assert texts(word(paragraph(run("As said ") + cited + asked) + whole)) == [
        "As said (Lee, 2019)",
        "A controlled paragraph",
    ]


def test_notes_follow_the_paragraph_that_calls_them():
    body = paragraph(run("Called") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph(
        run("Next") + '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    foot = f'<w:footnote w:id="0">{paragraph(run("a rule"))}</w:footnote><w:footnote w:id="2">{paragraph(run("Foot"))}</w:footnote>'
    end = f'<w:endnote w:id="2">{paragraph(run("Endnote"))}</w:endnote>'
    assert texts(word(body, footnotes=foot, endnotes=end)) == ["Called", "Foot", "Next", "Endnote"]


def test_rows_of_tables_are_lines_also_of_one_within_a_cell():
    def cells(*inner: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{one}</w:tc>" for one in inner) + "</w:tr>"

    within = f"<w:tbl>{cells(paragraph(run('x')), paragraph(run('y')))}</w:tbl>"
    rows = cells(paragraph(run("a")), paragraph("")) + cells(paragraph(run("b")) + within, paragraph(run("c")))
    assert texts(word(f"<w:tbl>{rows}</w:tbl>")) == ["a", "b x | y | c"]


def test_the_first_page_says_who_wrote_it_and_the_computer_does_not():
    styles = '<w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    core = "<dc:title>Template of the faculty</dc:title><dc:creator>Administrator</dc:creator>"
    front = paragraph(run("Worms in clay"), "T")
    read = read_word(word(front + paragraph(run("Ann Lee, Bo van Chen")), styles=styles, core=core), "a.docx")
    assert (read.title, read.authors) == ("Worms in clay", ("Ann Lee", "Bo van Chen"))
    read = read_word(word(front + paragraph(run("Soil and carbon are counted.")), styles=styles, core=core), "a.docx")
    assert (read.title, read.authors) == ("Worms in clay", ())
    printed = "<dc:creator>Ann Lee</dc:creator>"
    read = read_word(word(paragraph(run("Worms in clay")) + paragraph(run("Ann Lee (Leeds)")), core=printed), "a.docx")
    assert (read.title, read.authors) == ("Worms in clay", ("Ann Lee",))


def test_what_is_no_text_is_told():
    pictures = "<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r>"
    read = read_word(word(paragraph(run("Seen") + pictures)), "a.docx")
    assert read.unread == "pictures (2)"
    assert say(read.unread, "zh") == "图片（2）"
    assert read_word(word(paragraph(run("Seen"))), "a.docx").unread == ""


def test_a_small_file_of_very_many_elements_costs_no_memory():
    data = word("<w:p/>" * 300_000)
    assert len(data) < 10**5
    tracemalloc.start()
    try:
        assert texts(data) == []
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()


def test_more_paragraphs_than_anybody_writes_are_refused():
    with pytest.raises(InputError, match="is broken"):
        read_word(word("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * (MOST_PARAGRAPHS + 1)), "many.docx")


def test_a_document_type_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as folder:
        folder.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>')
    with pytest.raises(InputError, match="is broken"):
        read_word(made.getvalue(), "types.docx")


@pytest.mark.skipif(not CASES.is_dir(), reason="the corpus of cases is not here")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("l1-textbox.docx", "Infectious Disease Reporting Procedure"),
        ("l2-strict.docx", "Some text"),
        ("p-track_changes_insertion.docx", "This is a text with two exciting insertions."),
        ("p-sdt_elements.docx", "col1 content | Body copy | col3 content"),
        ("p-notes.docx", "My note."),
        ("p-notes.docx", "This is an endnote at the end of the document."),
    ],
)
def test_files_of_other_programs_users(name, said):
    assert said in "\n".join(texts((CASES / name).read_bytes()))


@pytest.mark.skipif(not CASES.is_dir(), reason="the corpus of cases is not here")
def test_nearly_all_of_a_chart_made_of_text_boxes_is_read():
    assert sum(map(len, texts((CASES / "l1-textbox.docx").read_bytes()))) > 1500
