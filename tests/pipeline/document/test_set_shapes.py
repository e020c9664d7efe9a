"""Papers in the shapes of journals, theses and other languages, against what they were made of: entries, fields, and each
citation in its sentence."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.pipeline.set_shapes import set_shape
from tests.pipeline.shapes import SHAPES

from citegrid.core.language.text import key_text
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.run import read_paper


@pytest.mark.parametrize("name", list(SHAPES))
def test_every_entry_and_every_citation_of_a_shape_is_found(tmp_path, name):
    shape = SHAPES[name]
    works, gold = set_shape(tmp_path / "paper.pdf", shape, 1)
    paper = read_paper(open_pdf(tmp_path / "paper.pdf"), None)
    read = paper.references
    assert [key_text(r.title) for r in read] == [key_text(w.title) * shape.titles for w in works]
    assert [r.year for r in read] == [w.year for w in works]
    assert [key_text(r.authors[0].split(",")[0]) for r in read] == [key_text(w.families[0]) for w in works]
    assert [len(r.authors) for r in read] == [
        _printed(len(w.families), r.raw, shape.most) for w, r in zip(works, read, strict=True)
    ]
    words = {word for _, word in gold}
    found = Counter(
        (number, next((word for word in words if word in mention.sentence), mention.sentence))
        for number, reference in enumerate(read, 1)
        for mention in reference.mentions
    )
    assert {place: (found[place], gold[place]) for place in found | gold if found[place] != gold[place]} == {}
    assert paper.document.warnings == ()


def _printed(people: int, raw: str, most: int) -> int:
    """How many of the authors an entry prints: ``most`` before "et al."."""
    return min(people, most) if re.search(r"等|et al|и др", raw) else people
