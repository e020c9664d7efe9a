"""Characters that a font does not name come back as the ligatures they are, and only where the words agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.engines.ligatures import judged, least_widths, restore, restore_wide
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


def wide(*words: tuple[float, str], font: str = "Minion") -> list[tuple[str, float, str]]:
    return [(font, width, word) for width, word in words]


def test_a_wide_t_is_th_where_the_words_say_so() -> None:
    told = wide((1.07, "Te"), (1.07, "Tis"), (1.07, "Tese"), (0.62, "Turkish"))
    assert least_widths(told) == {"Minion": pytest.approx(0.868)}
    assert least_widths([*told, ("Italic", 1.03, "Tymus"), ("Italic", 0.6, "Two")])["Italic"] == pytest.approx(0.85)


def test_a_wide_t_that_few_words_speak_for_stays_t() -> None:
    assert least_widths(wide((1.07, "Te"), (1.07, "Tis"), (1.07, "Turkish"))) == {}
    assert least_widths(wide(*[(1.07, "Te")] * 3, *[(0.62, "Te")] * 3)) == {}  # French


def test_the_letters_of_th_share_the_box_of_t() -> None:
    raw = page_of("T", "e", " ", "T", "o")
    raw["blocks"][0]["lines"][0]["spans"][0]["size"] = 10.0
    raw["blocks"][0]["lines"][0]["spans"][0]["chars"][3]["bbox"] = (30.0, 0.0, 36.0, 9.0)
    restore_wide(raw, {"Sans": 0.9})
    chars = raw["blocks"][0]["lines"][0]["spans"][0]["chars"]
    assert "".join(c["c"] for c in chars) == "The To"
    assert [c["bbox"][:3:2] for c in chars[:3]] == [(0.0, 5.0), (5.0, 10.0), (10.0, 20.0)]
