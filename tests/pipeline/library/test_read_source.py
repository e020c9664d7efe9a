"""Reading and cutting background documents: formats, encodings, headings, sentences; broken files are one sentence."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library_samples import SAMPLES, write

from citegrid import wiring
from citegrid.core.errors import InputError
from citegrid.core.library import Background, TextBlock
from citegrid.core.project import Project
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Status
from citegrid.pipeline.export.formats import export
from citegrid.pipeline.library import read_source
from citegrid.pipeline.library.chunking import FEWEST, MOST, cut, size
from citegrid.pipeline.library.decoding import decode
from citegrid.pipeline.library.ingest import read_pages
from citegrid.pipeline.library.read_source import load, read_background

ENGLISH = "The measured value rose in the second year, and nobody could say why it fell again in the third one. "
CHINESE = "第二年的测量值有所上升，第三年又回落，没有人能够说明其中的原因。"


def read(path: Path) -> Background:
    data, sha256 = load(path)
    engines = wiring.engines()
    return read_background(path, data, sha256, lambda p: read_pages(p, engines.open_document, None))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_every_format_gives_title_authors_and_a_chunk_for_each_section(sample, tmp_path):
    write(tmp_path)
    document = read(tmp_path / sample.name)
    assert document.title == sample.title
    assert "".join(document.authors) in sample.byline.replace(" and ", "").replace(", ", "").replace("、", "")
    assert document.authors
    assert [c.number for c in document.chunks] == [1, 2, 3]
    for chunk, section in zip(document.chunks, sample.sections, strict=True):
        assert "".join(section.text.split()) in "".join(chunk.text.split())
        assert chunk.page == (chunk.number if sample.name.endswith(".pdf") else None)


def test_menus_and_scripts_of_a_web_page_are_left_out(tmp_path):
    write(tmp_path)
    text = " ".join(c.text for c in read(tmp_path / "reading.html").chunks)
    assert "Menu entry" not in text
    assert "script words" not in text
    assert "All rights" not in text


def test_a_page_inside_a_form_and_an_article_among_menus(tmp_path):
    side = "<div>Other stories of the day, told at length for readers who stay. " * 3 + "</div>"
    body = f"<p>{ENGLISH * 4}</p>"
    (tmp_path / "form.html").write_text(f"<body><form>{body}</form></body>")
    (tmp_path / "article.html").write_text(f"<body>{side}<article><h1>The rise</h1>{body}</article></body>")
    assert ENGLISH.strip() in read(tmp_path / "form.html").chunks[0].text
    document = read(tmp_path / "article.html")
    assert document.title == "The rise"
    assert "Other stories" not in " ".join(c.text for c in document.chunks)


@given(st.binary(max_size=400), st.sampled_from(sorted(read_source.KINDS - read_source.PAGED)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_sentence(data, kind):
    try:
        document = read_background(Path(f"any{kind}"), data, "0" * 64, lambda p: pytest.fail("not a PDF"))
    except InputError as fault:
        assert f"any{kind}" in str(fault)
    else:
        assert [c.number for c in document.chunks] == list(range(1, len(document.chunks) + 1))
        assert document.title


@given(st.lists(st.tuples(st.booleans(), st.text(max_size=900)), max_size=12))
@settings(max_examples=150, deadline=None)
def test_cutting_loses_no_paragraph_and_makes_no_long_chunk(parts):
    made = [TextBlock(" ".join(text.split()), heading) for heading, text in parts]
    chunks = cut(made)
    kept = "".join("".join(c.text for c in chunks).split())
    position = 0
    for part in made:
        if not part.heading:
            position = kept.find("".join(part.text.split()), position)
            assert position >= 0
    assert all(size(c.text) <= 1.3 * MOST for c in chunks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_chinese_in_every_encoding(encoding):
    assert decode((CHINESE * 3).encode(encoding)) == CHINESE * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_latin_in_every_encoding(encoding):
    text = "Le résumé était prêt à être envoyé; la façade, le maïs et l'œuvre aussi.".replace("œ", "oe")
    assert decode(text.encode(encoding)) == text


def test_bytes_that_are_no_text():
    assert decode(bytes(range(256)) * 8) is None


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_a_long_paragraph_is_cut_at_sentences(text):
    chunks = cut([TextBlock(text * 60)])
    assert len(chunks) > 2
    assert "".join("".join(c.text for c in chunks).split()) == "".join((text * 60).split())
    for chunk in chunks[:-1]:
        assert FEWEST < size(chunk.text) <= MOST
        assert chunk.text[-1] in ".。"


def test_a_text_without_any_stop_is_cut_all_the_same():
    assert all(size(c.text) <= MOST for c in cut([TextBlock("字" * 3000)]))
    assert "".join("".join(c.text for c in cut([TextBlock("词" * 3000)])).split()) == "词" * 3000


def test_paragraphs_fill_a_chunk_and_headings_part_them():
    parts = [
        TextBlock("Aims", heading=True, page=1),
        *[TextBlock(ENGLISH * 2, page=1)] * 4,
        TextBlock("Means", heading=True, page=2),
    ]
    chunks = cut([*parts, TextBlock(ENGLISH * 2, page=2)])
    assert [(c.heading, c.page) for c in chunks] == [("Aims", 1), ("Means", 2)]
    assert chunks[0].text.count("\n\n") == 3


def test_a_report_of_ours_is_no_source(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(
        export(Project("What is known?", "en", review=Review((Sentence("It is so.", Status.SUPPORTED),))), ".docx")
    )
    with pytest.raises(InputError, match=r"report\.docx is a report of CiteGrid"):
        read(path)
    assert "It is so." in read_source.paragraphs_of(path)  # a person may check its text all the same


def test_broken_files_are_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "none.txt").write_bytes(b" \n ")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and nothing more")
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (tmp_path / "signs.html").write_text("<html><script>x</script><p>***</p></html>")
    locked = pymupdf.open()
    locked.new_page().insert_text((50, 50), "A secret letter.")
    locked.save(tmp_path / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    (tmp_path / "huge.md").write_text("word " * 1000)
    words = {"none": "empty", "noise": "not text", "broken": "broken", "old": "encrypted", "signs": "no text"}
    for path in sorted(tmp_path.iterdir()):
        if path.stem == "huge":
            monkeypatch.setattr(read_source, "MOST_BYTES", 2**10)
        with pytest.raises(InputError, match=path.name) as caught:
            read(path)
        assert words.get(path.stem, "") in str(caught.value)
        monkeypatch.undo()
