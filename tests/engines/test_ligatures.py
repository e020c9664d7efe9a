"""Characters that a font does not name come back as the ligatures they are, and only where the words agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.engines.ligatures import judged, restore
from citegrid.engines.pdf import open_pdf

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "papers"
FF, FI = ("Sans", "\x1b"), ("Sans", "\x1c")


def test_each_glyph_is_judged_by_all_its_words() -> None:
    words = [("di\ufffderent", FF), ("e\ufffdect", FF), ("\ufffdrst", FI), ("de\ufffdned", FI), ("Ho\ufffdman", FF)]
    assert judged(words) == {FF: "ff", FI: "fi"}


def test_a_glyph_whose_words_do_not_agree_stays_unknown() -> None:
    assert judged([("di\ufffderent", FF)]) == {}
    assert judged([("di\ufffderent", FF), ("e\ufffdect", FF), ("\ufffdrst", FF)]) == {}
    assert judged([("Ho\ufffdman", FF), ("Je\ufffdrey", FF)]) == {}


def page_of(*chars: str) -> dict:
    made = [
        {"c": c, "bbox": (10.0 * i, 0.0, 10.0 * i + 10, 9.0), "origin": (10.0 * i, 9.0)} for i, c in enumerate(chars)
    ]
    return {"blocks": [{"lines": [{"spans": [{"font": "Sans", "chars": made}]}]}]}


def test_the_letters_share_the_box_of_the_glyph() -> None:
    raw = page_of("H", "o", "\ufffd", "s")
    restore(raw, page_of("H", "o", "\x1b", "s"), {FF: "ff"})
    chars = raw["blocks"][0]["lines"][0]["spans"][0]["chars"]
    assert "".join(c["c"] for c in chars) == "Hoffs"
    assert [c["bbox"][:3:2] for c in chars] == [(0.0, 10.0), (10.0, 20.0), (20.0, 25.0), (25.0, 30.0), (30.0, 40.0)]


@pytest.mark.slow
def test_a_paper_with_such_a_font_reads_like_print() -> None:
    paper = CORPUS / "deep-review.pdf"
    if not paper.is_file():
        pytest.skip("the corpus of papers is not beside the repository")
    source = open_pdf(paper)
    text = "".join(source.page(number).text for number in range(1, 61))
    assert text.count("different") > 20
    assert text.count("\ufffd") < 10
