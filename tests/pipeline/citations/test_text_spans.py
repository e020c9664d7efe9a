"""The texts that are searched, and the numbers and names they are searched for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.papers import document, reference

from citegrid.core.document import BlockKind, Span
from citegrid.pipeline.citations.keys import index_names, word_key
from citegrid.pipeline.citations.labels import labels_of
from citegrid.pipeline.citations.text_spans import citing_texts


def test_full_width_forms_and_dashes_are_read_as_ascii_in_place() -> None:
    (text,) = citing_texts(document(["方法［3，5－7］和（张三，2020）"]), ())
    assert text.plain == "方法[3,5-7]和(张三,2020)"
    assert len(text.plain) == len(text.flow.text)


def test_superscript_characters_count_as_raised() -> None:
    (text,) = citing_texts(document(["shown¹² before"]), ())
    assert text.plain == "shown12 before"
    assert text.raised == ((5, 7),)


def test_a_raised_list_goes_on_over_a_line_end_after_a_comma() -> None:
    doc = document(["shown 1,\n2 here"])
    page = doc.page(1)
    page = replace(page, words=tuple(replace(w, raised=w.text in ("1,", "2")) for w in page.words))
    (text,) = citing_texts(replace(doc, pages=(page,)), ())
    assert [text.plain[a:b] for a, b in text.raised] == ["1,\n2"]


def test_entries_are_hidden() -> None:
    doc = document(["Some text.", "[1] Smith 2020.", (BlockKind.ENTRY, "[2] Jones 2021.")])
    block = doc.page(1).blocks[1]
    entry = reference("r1", spans=(Span(1, block.start, block.end),))
    assert [t.plain.strip() for t in citing_texts(doc, [entry]) if t.plain.strip()] == ["Some text."]


def test_labels_are_numbers_keys_or_positions() -> None:
    mixed = labels_of([reference("a", label="[3]"), reference("b", label="12."), reference("c", label="[Smi+20]")])
    assert mixed.numbers == {3: (0,), 12: (1,)}
    assert mixed.keys == {"smi+20": (2,)}
    assert mixed.printed
    bare = labels_of([reference("a"), reference("b")])
    assert bare.numbers == {1: (0,), 2: (1,)}
    assert not bare.printed


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("González’s".replace("’", "'"), "gonzalez"),
        ("Müller", "muller"),
        ("Ope-\nnAI", "openai"),
        ("O'Neill", "oneill"),
        ("Sørensen", "sorensen"),
        ("ﬁsher", "fisher"),
    ],
)
def test_words_of_names_are_compared_without_accents(word: str, key: str) -> None:
    assert word_key(word) == key


def test_an_entry_answers_to_its_acronym_and_to_its_letter() -> None:
    names = index_names(
        [
            reference(
                "a",
                authors=("World Health Organization",),
                year=2020,
                raw="World Health Organization. 2020b. A report.",
            ),
            reference("b", authors=(), raw="[7] J. Austin and A. Odena. Program synthesis. arXiv, 2021."),
        ]
    )
    assert "who" in names.by_word
    assert names.entries[0].letter == "b"
    assert names.by_word["austin"] == (1,)
    assert names.entries[1].years == {2021}
