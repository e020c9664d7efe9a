"""The texts of a paper that may cite."""

from __future__ import annotations

from tests.papers import document, reference

from citegrid.core.document import BlockKind, Span
from citegrid.pipeline.citations.text_spans import citing_texts


def test_full_width_forms_and_dashes_are_read_as_ascii_in_place() -> None:
    (text,) = citing_texts(document(["方法［3，5－7］和（张三，2020）"]), ())
    assert text.plain == "方法[3,5-7]和(张三,2020)"
    assert len(text.plain) == len(text.flow.text)


def test_entries_are_hidden() -> None:
    doc = document(["Some text.", "[1] Smith 2020.", (BlockKind.ENTRY, "[2] Jones 2021.")])
    block = doc.page(1).blocks[1]
    entry = reference("r1", spans=(Span(1, block.start, block.end),))
    assert [t.plain.strip() for t in citing_texts(doc, [entry]) if t.plain.strip()] == ["Some text."]
