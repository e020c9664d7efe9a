"""Running text past what interrupts it."""

from __future__ import annotations

from dataclasses import replace

from tests.papers import document

from citegrid.core.document import BlockKind, Box, Document, Word
from citegrid.pipeline.document.layout.text_chain import chained


def texts(doc: Document) -> list[str]:
    return [" ".join(f.text.split()) for f in chained(doc)]


def moved(doc: Document, number: int, line: int, *, dx: float = 0.0, size: float | None = None) -> Document:
    """``doc`` with the words of a line of a page elsewhere or in another size."""

    def change(word: Word) -> Word:
        if word.line != line:
            return word
        box = Box(word.box.page, word.box.x0 + dx, word.box.y0, word.box.x1 + dx, word.box.y1)
        return replace(word, box=box, edges=tuple(x + dx for x in word.edges), size=size or word.size)

    page = doc.page(number)
    changed = replace(page, words=tuple(change(w) for w in page.words))
    return replace(doc, pages=tuple(changed if p.number == number else p for p in doc.pages))


def test_a_sentence_goes_on_on_the_next_page() -> None:
    doc = document(["One ends here.", "This one goes"], ["on here. Next."])
    assert texts(doc) == ["One ends here.", "This one goes on here. Next."]


def test_a_paragraph_that_ends_does_not_go_on() -> None:
    assert texts(document(["One ends here."], ["another one begins."])) == ["One ends here.", "another one begins."]


def test_a_paragraph_that_ends_with_a_raised_citation_does_not_go_on() -> None:
    doc = document(["One ends as others found.12,14"], ["another one begins."])
    assert texts(doc) == ["One ends as others found.12,14", "another one begins."]


def test_an_abbreviation_does_not_end_a_paragraph() -> None:
    assert texts(document(["As shown by Smith et al."], ["(2020), all is well."])) == [
        "As shown by Smith et al. (2020), all is well."
    ]


def test_a_sentence_goes_on_below_the_words_of_a_figure() -> None:
    first = "A sentence of the text that is long enough to be one of its lines and goes"
    doc = document([first, "Input 3.5", "on below the figure in lines that are as long as those above the figure are."])
    doc = moved(doc, 1, 1, size=7.0)
    assert texts(doc) == [
        f"{first} on below the figure in lines that are as long as those above the figure are.",
        "Input 3.5",
    ]


def test_neither_axes_nor_cells_go_on_with_a_sentence() -> None:
    """Not in the type of the text either, nor where a figure stands right below it."""
    first = "A sentence of the text that is long enough to be one of its lines and goes"
    last = "on below the figure in lines that are as long as those above the figure are."
    doc = document([first], ["0.0 0.2 0.4 0.6 0.8 1.0"], [last])
    assert texts(doc) == [f"{first} {last}", "0.0 0.2 0.4 0.6 0.8 1.0"]
    doc = document([first, "High risk\n12 of 40\nLow risk\n8 of 41"], [last])
    assert texts(doc) == [f"{first} {last}", "High risk 12 of 40 Low risk 8 of 41"]


def test_a_heading_ends_a_sentence() -> None:
    doc = document(["A sentence that goes", (BlockKind.HEADING, "2 Method"), "on nowhere."])
    assert texts(doc) == ["A sentence that goes", "on nowhere."]
    assert [f.section for f in chained(doc)] == ["", "2 Method"]


def test_line_numbers_and_margin_notes_leave_the_text_alone() -> None:
    doc = document(
        [
            "12\nThe first line of the text (Smith\nReceived 2016\nand Jones, 2018) goes on.",
            "Another text in the usual size.",
        ]
    )
    for line in (0, 2):
        doc = moved(doc, 1, line, dx=-400.0, size=5.0)
    assert "The first line of the text (Smith and Jones, 2018) goes on." in texts(doc)


def test_every_character_leads_back_to_its_page() -> None:
    doc = document(["One goes"], ["on here."])
    (flow,) = chained(doc)
    at = flow.text.index("here")
    (span,) = flow.spans(at, at + 4)
    assert doc.page(span.page).text[span.start : span.end] == "here"


def test_a_document_without_words_has_no_text() -> None:
    assert chained(document([])) == []
