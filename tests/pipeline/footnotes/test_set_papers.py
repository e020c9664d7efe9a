"""Eleven styles of citing, in one and two columns, with words broken at line ends, against what the papers were made of."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.pipeline.set_papers import STYLES, set_paper

from citegrid.core.language.text import key_text
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.run import read_paper

#: In two of the last four the list ends a few lines down the right column of its last page; "et Al-Rashid" is in the others.
CASES = [(style, columns, columns) for style in STYLES for columns in (1, 2)]
CASES += [("APA", 2, 4), ("APA", 2, 5), ("French", 2, 3), ("French", 2, 8)]


@pytest.mark.parametrize(("style", "columns", "seed"), CASES)
def test_every_entry_and_every_citation_is_found(tmp_path, style, columns, seed):
    listed, gold = set_paper(tmp_path / "paper.pdf", STYLES[style], seed, columns)
    paper = read_paper(open_pdf(tmp_path / "paper.pdf"), None)
    assert [key_text(r.title) for r in paper.references] == [key_text(w.title) for w in listed]
    assert [r.year for r in paper.references] == [w.year for w in listed]
    assert [len(r.authors) for r in paper.references] == [len(w.families) for w in listed]
    found = Counter({w.number: len(r.mentions) for w, r in zip(listed, paper.references, strict=True)})
    assert {n: (found[n], gold[n]) for n in found | gold if found[n] != gold[n]} == {}
    assert paper.document.warnings == ()
