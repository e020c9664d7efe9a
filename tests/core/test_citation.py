"""How evidence is printed."""

from __future__ import annotations

import pytest

from citegrid.core.citation import cite, cite_all, marks, pages_text
from citegrid.core.evidence import Evidence, Match, SourceKind


def on(page: int | None, label: str = "", source: str = "paper.pdf") -> Evidence:
    return Evidence(SourceKind.DOCUMENT, source, "q", Match.EXACT, page, label)


def chunk(number: int | None, source: str = "A title", page: int | None = None) -> Evidence:
    return Evidence(SourceKind.LIBRARY, source, "q", Match.EXACT, page, chunk=number)


def test_one_page():
    assert cite(on(6), "zh") == "[文档: paper.pdf, 第6页]"
    assert cite(on(6, "6"), "en") == "[doc: paper.pdf, page 6]"


def test_a_printed_label_stands_beside_a_page_that_it_differs_from():
    assert cite(on(6, "iv"), "en") == "[doc: paper.pdf, page 6 (printed iv)]"
    assert cite(on(6, "212"), "zh") == "[文档: paper.pdf, 第6页（印刷页码212）]"


@pytest.mark.parametrize(
    ("pages", "en", "zh"),
    [
        ([2, 3, 4, 5, 6], "page 2-6", "第2-6页"),
        ([14, 9], "page 9, 14", "第9, 14页"),
        ([3, 3, 2, 9], "page 2-3, 9", "第2-3, 9页"),
    ],
)
def test_pages_of_one_source_are_merged(pages: list[int], en: str, zh: str):
    evidence = [on(p) for p in pages]
    assert cite_all(evidence, "en") == f"[doc: paper.pdf, {en}]"
    assert cite_all(evidence, "zh") == f"[文档: paper.pdf, {zh}]"


def test_labels_of_merged_pages():
    evidence = [on(2, "212"), on(3, "213"), on(9, "219")]
    assert cite_all(evidence, "en") == "[doc: paper.pdf, page 2-3, 9 (printed 212-213, 219)]"


def test_a_background_document_is_cited_by_its_chunks_in_every_language():
    for language in ("zh", "en"):
        assert cite(chunk(3), language) == '[long_context: "A title", chunk 3]'
        assert cite_all([chunk(5), chunk(3), chunk(4)], language) == '[long_context: "A title", chunk 3-5]'
    assert cite(chunk(None, page=4), "en") == '[long_context: "A title", page 4]'


def test_each_source_has_its_own_mark_with_its_evidence():
    a, b, c = on(2), chunk(1), on(4)
    assert marks([a, b, c], "en") == [
        ("[doc: paper.pdf, page 2, 4]", (a, c)),
        ('[long_context: "A title", chunk 1]', (b,)),
    ]
    assert cite_all([], "zh") == ""


def test_a_name_with_brackets_or_quotes_keeps_the_mark_in_one_piece():
    assert cite(on(1, source="paper [1].pdf"), "en") == "[doc: paper (1).pdf, page 1]"
    assert cite(chunk(1, source='The "best"\n one'), "en") == "[long_context: \"The 'best' one\", chunk 1]"


def test_pages_for_reading():
    assert pages_text([4, 2, 3], "zh") == "第2-4页"
    assert pages_text([4], "en") == "page 4"
    assert pages_text([4, 9], "en") == "pages 4, 9"
    assert pages_text([], "en") == ""
