"""Shapes of pages that unseen papers showed: a table inside a list, text behind a list, columns below an abstract."""

from __future__ import annotations

from tests.papers import document

from citegrid.core.document import Box, Page, Word
from citegrid.pipeline.layout import arranged
from citegrid.pipeline.mentions import find_mentions
from citegrid.pipeline.references import find_references, mark_entries

_FAMILIES = ("Adams", "Baker", "Clark", "Davis", "Evans", "Fisher", "Green", "Harris")


def _entry(name: str, year: int) -> str:
    return f"{name}, J. and Moore, K. ({year}). The measurement of many things.\nJournal of Things 12, 34-56."


def test_an_unnumbered_list_goes_on_behind_a_table_on_the_next_page():
    first = [_entry(n, 2000 + i) for i, n in enumerate(_FAMILIES[:4])]
    table = "\n".join(f"Scanner {i}  0.{i}31  -1.{i}08" for i in range(20))
    doc = document(["References", *first], [table, *(_entry(n, 2010) for n in _FAMILIES[4:])])
    found = find_references(doc)
    assert [r.raw.split(",")[0] for r in found] == list(_FAMILIES)


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
