"""What ``citegrid read --json`` prints of a read paper."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.papers import document, reference

from citegrid.core.document import Box
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.export.document_json import reading_to_json


def test_the_shape_that_is_promised() -> None:
    doc = replace(document(["Shown [1]."], title="A title"), authors=("Smith, A.",), year=2020)
    entry = reference(
        "r1", label="[1]", authors=("Jones, B.",), year=2019, doi="10.1/x", boxes=(Box(1, 1.23456, 2, 3, 4),)
    )
    data = json.loads(json.dumps(reading_to_json(doc, find_mentions(doc, [entry], ()))))
    assert data["document"] == {
        "name": "paper.pdf",
        "sha256": "0" * 64,
        "pages": 1,
        "title": "A title",
        "authors": ["Smith, A."],
        "year": 2020,
        "doi": "",
        "arxiv": "",
    }
    assert data["pages"] == [
        {"page": 1, "page_label": "1", "width": 600, "height": 800, "text_from": "text layer"},
    ]
    (one,) = data["references"]
    assert {"id", "label", "raw", "authors", "title", "year", "venue", "doi", "arxiv", "url", "page"} <= set(one)
    assert one["boxes"] == [[1, 1.23, 2, 3, 4]]
    (mention,) = one["mentions"]
    assert mention["page"] == 1
    assert mention["text"] == "[1]"
    assert mention["sentence"] == "Shown [1]."
    assert mention["intent"] == "background"
    assert [len(box) for box in mention["boxes"]] == [5]


def test_an_entry_keeps_the_characters_of_the_file_where_ligatures_were_restored() -> None:
    doc = document(["Shown [1].", "References\n[1] Hoffman, M. (2013). An effect. Journal of Effects, 1, 1-2."])
    page = doc.pages[-1]
    words = tuple(replace(w, restored=((2, 2),)) if w.text.startswith("Hoffman") else w for w in page.words)
    doc = replace(doc, pages=(*doc.pages[:-1], replace(page, words=words)))
    found = find_references(doc)
    assert "Hoffman" in found[0].authors[0]
    assert "Ho\ufffdman, M. (2013). An effect." in reading_to_json(doc, found)["references"][0]["raw"]
