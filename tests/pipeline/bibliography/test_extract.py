"""The reference list: found wherever it is, split where a reader splits it, nothing dropped silently."""

from pathlib import Path

import pytest
from tests.papers import document

from citegrid.core.document import BlockKind
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.extract import _names_works, find_references
from citegrid.pipeline.bibliography.mark import mark_entries

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample"
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
BODY = "This is the text of a paper in which works are cited for some time."
NUMBERED = [
    "[1] A. Smith and B. Doe, “A first title of a work,” Journal of Things,\n    vol. 3, pp. 1–9, 2019.",
    "[2] C. Roe, “A second title of a work,” in Proceedings, 2020.",
    "[3] D. Poe, “A third title of a work,” Journal of Things, 2021.",
]
HANGING = [
    "Adams, J. (2001). A first title that is long enough to\n    need two lines. Journal of Things, 3, 1–9.",
    "Baker, K. (2002). A second title. Journal of Things, 4, 2–3.\nClark, L., & Dean, M. (2003). A third title that is\n    long as well. Press.",
]


def heading(text="References"):
    return (BlockKind.HEADING, text)


def test_a_numbered_list_is_split_by_its_labels():
    found = find_references(document([BODY, heading(), *NUMBERED]))
    assert [r.label for r in found] == ["[1]", "[2]", "[3]"]
    assert [r.year for r in found] == [2019, 2020, 2021]
    assert found[0].raw.endswith("pp. 1–9, 2019.")
    assert found[0].title == "A first title of a work"
    assert [r.id for r in found] == ["r1", "r2", "r3"]


def test_a_list_of_raised_numbers_without_a_heading_is_found():
    entries = [f"{n}S. Lee and B. Kim, J. Things {n + 10}, {n + 20} ({1990 + n})." for n in range(1, 8)]
    found = find_references(document([*[BODY] * 4, *entries]))
    assert [(r.label, r.year) for r in found] == [(str(n), 1990 + n) for n in range(1, 8)]


@pytest.mark.parametrize(
    "behind", ["Acknowledgments: We thank all", "Recibido: 24 de Febrero, 2025", "作者简介:李四，教授"]
)
def test_what_is_run_in_behind_the_list_is_none_of_it(behind):
    found = find_references(document([BODY, heading(), *NUMBERED, behind + " of whom there are many, 2019."]))
    assert len(found) == 3 and behind[:4] not in found[-1].raw


def test_the_head_of_a_tables_column_begins_no_list():
    table = "Dimension Cost Size Time\nMonaci (2003) multi variable variable single"
    text = "Perboli et al. (2012) introduced the idea of costs that nobody knows before. " * 60
    doc = document([BODY, heading("Reference"), table, text, heading(), *NUMBERED])
    found = find_references(doc)
    assert [r.label for r in found] == ["[1]", "[2]", "[3]"]
    blocks = mark_entries(doc, found).pages[0].blocks
    assert [b.kind for b in blocks if doc.pages[0].text[b.start :].startswith("Perboli")] == [BlockKind.BODY]


def test_a_list_without_labels_is_split_by_its_hanging_indent():
    found = find_references(document([BODY, heading(), *HANGING]))
    assert [r.authors[0] for r in found] == ["Adams, J.", "Baker, K.", "Clark, L."]
    assert [r.year for r in found] == [2001, 2002, 2003]


@pytest.mark.parametrize(
    "name",
    [
        "References",
        "REFERENCES",
        "7 References",
        "VI. REFERENCES",
        "Bibliography",
        "Literature Cited",
        "参考文献",
        "Literatur",
        "Références",
        "IV. Webographie et références",
    ],
)
def test_the_list_is_found_under_its_names(name):
    assert len(find_references(document([BODY, heading(name), *NUMBERED]))) == 3


def test_an_appendix_is_not_part_of_the_list():
    found = find_references(
        document([BODY, heading(), *NUMBERED, heading("A Appendix"), "More text of 2022 follows here."])
    )
    assert len(found) == 3
    assert "2022" not in found[-1].raw


def test_an_entry_goes_on_over_a_page_end_and_keeps_both_places():
    first = [BODY, heading(), NUMBERED[0], "[2] C. Roe, “A second title of a"]
    found = find_references(document(first, ["    work,” in Proceedings, 2020.", NUMBERED[2]]))
    assert len(found) == 3
    assert [s.page for s in found[1].spans] == [1, 2]
    assert {b.page for b in found[1].boxes} == {1, 2}
    assert found[1].page == 1


def test_the_word_references_in_the_text_begins_no_list():
    assert (
        find_references(document([BODY, "References", "are important to readers and there is more text here."])) == ()
    )
    assert find_references(document([BODY])) == ()


def test_marked_entries_are_no_running_text():
    doc = document([BODY, heading(), *NUMBERED])
    marked = mark_entries(doc, find_references(doc))
    kinds = [b.kind for b in marked.page(1).blocks]
    assert kinds[0] is BlockKind.BODY
    assert kinds[1] is BlockKind.HEADING
    assert set(kinds[2:]) == {BlockKind.ENTRY}


def read(path):
    from citegrid.engines.pdf import open_pdf
    from citegrid.pipeline.document.read import read_document

    return read_document(open_pdf(path), None)


def test_the_sample_lists_its_32_works():
    found = find_references(read(SAMPLE / "paper.pdf"))
    assert len(found) == 32
    assert all(r.authors and r.title and r.year for r in found)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of papers is not here")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("plosone-roadkill", 51),
        ("jner-fes", 49),
        ("gingivitis-review", 154),
        ("rsc-redox", 58),
        ("clinsci-ace", 56),
    ],
)
def test_lists_of_real_papers_are_found_whole(name, count):
    assert len(find_references(read(CORPUS / "papers" / f"{name}.pdf"))) == count


def test_an_entry_that_repeats_its_authors_may_be_short():
    doc = document(
        [BODY, heading(), "Masuda, K. 2014, ApJ, 783, 53\n—. 2022, ApJ, 937, 94\nMathur, S. 2017, ApJS, 229, 30"]
    )
    found = find_references(doc)
    assert [(r.authors[0], r.year) for r in found] == [("Masuda, K.", 2014), ("Masuda, K.", 2022), ("Mathur, S.", 2017)]


@pytest.mark.parametrize("label", ["[Bib]", "[mor]", "[Kivity et al.]", "[BK-1-ol]"])
def test_words_in_the_place_of_a_number_begin_an_entry(label):
    words = f"{label} E. Noe, “A title without a number,” Journal of Things, 2018."
    assert [r.label for r in find_references(document([BODY, heading(), NUMBERED[0], words, *NUMBERED[1:]]))] == [
        "[1]", label, "[2]", "[3]",
    ]  # fmt: skip


def test_what_is_told_of_the_authors_is_no_part_of_the_last_entry():
    more = [f"[{n}] E. Noe, “A title of work {n},” Journal of Things, 202{n}." for n in (4, 5)]
    life = [f"Ann Smith was born in 19{n} and is a fellow of the academy since 20{n} and more." for n in range(20, 30)]
    found = find_references(document([BODY, heading(), *NUMBERED, *more, *life]))
    assert len(found) == 5
    assert found[-1].raw.endswith("2025.")


def test_the_last_letters_of_a_page_behind_a_short_list_do_not_say_how_large_its_own_are():
    assert [r.label for r in find_references(document([heading(), *NUMBERED], [BODY] * 20))] == ["[1]", "[2]", "[3]"]


def test_a_list_names_works_and_a_table_of_the_literature_has_years_alone() -> None:
    work = Reference("", "[1]", "", 1, (), (), ("Gao, T.",), "T", 2020)
    site = Reference("", "[2]", "", 1, (), (), (), "T", None, url="https://example.org")
    cell = Reference("", "", "", 1, (), (), (), "实证（2019）发挥的作用", 2019)
    assert _names_works((work, site, cell, cell, cell, cell))
    assert not _names_works((work, cell, cell, cell))
