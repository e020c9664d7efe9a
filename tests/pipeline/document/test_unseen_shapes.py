"""Shapes of pages that unseen papers showed: a table inside a list, text behind a list, columns below an abstract."""

from __future__ import annotations

import pytest
from tests.papers import document

from citegrid.core.document import BlockKind, Box, Page, Word
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.bibliography.patterns import AUTHOR_START
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.document.layout.reading_order import arranged

_FAMILIES = ("Adams", "Baker", "Clark", "Davis", "Evans", "Fisher", "Green", "Harris")


def _entry(name: str, year: int) -> str:
    return f"{name}, J. and Moore, K. ({year}). The measurement of many things.\nJournal of Things 12, 34-56."


def test_an_unnumbered_list_goes_on_behind_a_table_on_the_next_page():
    first = [_entry(n, 2000 + i) for i, n in enumerate(_FAMILIES[:4])]
    table = "\n".join(f"Scanner {i}  0.{i}31  -1.{i}08" for i in range(20))
    doc = document(["References", *first], [table, *(_entry(n, 2010) for n in _FAMILIES[4:])])
    found = find_references(doc)
    assert [r.raw.split(",")[0] for r in found] == list(_FAMILIES)


@pytest.mark.parametrize(
    "heading",
    [
        "References and Notes",
        "7 Literaturverzeichnis",
        "Quellen- und Literaturverzeichnis",
        "Références bibliographiques",
        "Bibliografía",
        "REFERÊNCIAS",
        "Riferimenti bibliografici",
        "ЛИТЕРАТУРА",
        "Список использованных источников",
        "Kaynakça",
        "Piśmiennictwo",
        "Literatuurlijst",
        "参考文献一覧",
        "六、参考文献",
        "參考書目",
        "主要参考文献",
        "参 考 文 献",
        "참고 문헌",
    ],
)
def test_a_list_is_found_under_its_heading_in_many_languages(heading):
    entries = [f"J. {n}, The measurement of many things, 20{i:02d}." for i, n in enumerate(_FAMILIES, 1)]
    doc = document(["The text says much.", heading, *entries])
    assert [r.year for r in find_references(doc)] == list(range(2001, 2009))


@pytest.mark.parametrize("heading", ["Reference values", "Literature review", "文献综述", "Список", "The references"])
def test_a_heading_that_only_speaks_of_literature_begins_no_list(heading):
    entries = [f"{n} measured many things in 20{i:02d}, and so did others." for i, n in enumerate(_FAMILIES, 1)]
    assert find_references(document(["The text says much.", heading, *entries])) == ()


def test_text_behind_a_chapters_list_is_no_entry_even_if_it_speaks_of_years():
    entries = [f"[{i}] J. {n}, The measurement of many things, 20{i:02d}." for i, n in enumerate(_FAMILIES, 1)]
    doc = document(
        [
            (BlockKind.HEADING, "References"),
            "\n".join(entries),
            (BlockKind.HEADING, "2 Methods"),
            "In 2019 all of it was\ndone again\nas it had been\nin 2018.",
        ]
    )
    assert find_references(doc)[-1].raw == entries[-1]


def test_where_supporting_information_is_found_is_no_entry():
    first = [_entry(n, 2000 + i) for i, n in enumerate(_FAMILIES)]
    behind = "SUPPORTING INFORMATION\nAdditional supporting information can be found online in the\nSupporting Information section at the end of this article."
    assert len(find_references(document(["References", *first, behind]))) == len(first)


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("— Physics. Trans. by P. H. Wick.", True),
        ("———. “Another Work.” Things 3.", True),
        ("---. Another Work. Things UP.", True),
        ("van der Berg, J. The measurement", True),
        ("by Kalman P. Bland. Moreshet: Studies", False),
        ("and Emil Roth. Things UP, 1907.", False),
    ],
)
def test_a_dash_for_the_authors_above_begins_an_entry_and_a_small_word_does_not(line, begins):
    assert bool(AUTHOR_START.match(line)) == begins


def test_a_number_of_a_volume_at_a_lines_start_is_no_label():
    entries = [f"{i}. {n} J. The measurement of many things. 20{i:02d}. T. {i}." for i, n in enumerate(_FAMILIES, 1)]
    entries[5] = entries[5].replace(" T. 6.", " T.\n8. No. 3. P. 4-5.")
    doc = document(["References", "\n".join(entries)])
    assert [r.label for r in find_references(doc)] == [f"{i}." for i in range(1, 9)]


def test_a_number_of_two_lists_on_a_page_means_the_next_list():
    lists = [
        [f"[{i}] J. {n}, The measurement of many things, 20{i:02d}." for i, n in enumerate(f, 1)]
        for f in (_FAMILIES[:4], _FAMILIES[4:])
    ]
    heads = [(BlockKind.HEADING, "References"), (BlockKind.HEADING, "2 Methods")]
    doc = document(
        [
            "First work [1], [2].",
            heads[0],
            "\n".join(lists[0]),
            heads[1],
            "Then [1], [3].",
            heads[0],
            "\n".join(lists[1]),
        ]
    )
    references = find_references(doc)
    found = find_mentions(mark_entries(doc, references), references, ())
    assert [len(r.mentions) for r in found] == [1, 1, 0, 0, 1, 0, 1, 0]


def test_what_follows_a_list_and_a_heading_is_not_taken_for_the_rest_of_it():
    first = [_entry(n, 2000 + i) for i, n in enumerate(_FAMILIES[:4])]
    prose = "\n".join("Here the proof of the theorem is given in all of its length" for _ in range(20))
    doc = document(
        ["References", *first], ["Appendix", prose], [_entry("Green", 2011), _entry("Harris", 2012), "and so on."]
    )
    assert len(find_references(doc)) == 4


def test_text_behind_the_list_on_the_same_page_still_cites():
    entries = [f"[{i}] J. {n}, The measurement of many things, 20{i:02d}." for i, n in enumerate(_FAMILIES, 1)]
    doc = document(
        ["We follow earlier work [1]."],
        ["References", "\n".join(entries), "Appendix", "The score of the forest is that of [7] for every data set."],
    )
    references = find_references(doc)
    marked = mark_entries(doc, references)
    assert all(
        any(b.index == w.block and b.start <= w.start < b.end for b in page.blocks)
        for page in marked.pages
        for w in page.words
    )
    found = find_mentions(marked, references, ())
    assert [m.page for m in found[6].mentions] == [2]


def test_an_interval_of_powers_of_ten_is_no_citation():
    entries = [f"[{i}] J. {n}, The measurement of many things, 20{i:02d}." for i, n in enumerate(_FAMILIES, 1)]
    doc = document(["Rates lie in [1e-5, 1] and [1e-6, 4]; see [2], [3] and [4]."], ["References", "\n".join(entries)])
    references = find_references(doc)
    found = find_mentions(mark_entries(doc, references), references, ())
    assert [len(r.mentions) for r in found[:5]] == [0, 1, 1, 1, 0]


def _row(words: list[Word], text: list[str], x: float, y: float, row: str, block: int) -> None:
    at = sum(map(len, text))
    for word in row.split():
        edges = tuple(x + 5 * i for i in range(len(word) + 1))
        box = Box(1, x, y, edges[-1], y + 9)
        words.append(Word(word, at, at + len(word), box, len(words) and block, block, size=9.0, edges=edges))
        text.append(word + " ")
        at += len(word) + 1
        x = edges[-1] + 5


def test_columns_below_a_long_abstract_are_read_one_after_the_other():
    words: list[Word] = []
    text: list[str] = []
    for i in range(30):
        _row(words, text, 50, 60 + 11 * i, "abstract " * 10, i)
    for i in range(12):
        _row(words, text, 50, 420 + 11 * i, f"left{i:02d} " + "wording " * 4, 100 + i)
    for i in range(12):
        _row(words, text, 310, 420 + 11 * i, f"right{i:02d} " + "wording " * 4, 200 + i)
    page = Page(1, "1", 600, 800, "".join(text), tuple(words), ())
    read = arranged([page])[0].text
    assert read.index("left11") < read.index("right00")
