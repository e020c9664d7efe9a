"""The decision for OCR page by page, and pages that are turned."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import ClassVar

import pytest
from tests import papers

from citegrid.core.document import Page, TextFrom
from citegrid.core.errors import OcrError
from citegrid.core.messages import say
from citegrid.pipeline.document.ocr_page import as_shown, page_of
from citegrid.pipeline.document.read import OcrOutcome, read_document, warning_of
from citegrid.pipeline.document.text_layer import Flaw, flaw_of, is_seen
from citegrid.ports import NEVER, Cancel, OcrLine, Pixels

PROSE = "\n".join(
    ["Roads that cross protected areas are built to simplify movement of goods and services, but they have"] * 5
)


def test_flaws() -> None:
    assert flaw_of(papers.page(1, [PROSE])) is None
    assert flaw_of(papers.page(1, ["12"])) is Flaw.NO_TEXT
    assert flaw_of(papers.page(1, ["\ue012\ue013\ue014 " * 30])) is Flaw.UNREADABLE
    assert flaw_of(papers.page(1, ["\ufffd\ufffd\ufffd " * 30])) is Flaw.UNREADABLE
    assert flaw_of(papers.page(1, [codecs.encode(PROSE, "rot13")])) is Flaw.NO_WORDS
    assert flaw_of(papers.page(1, ['!"#$% a(b) ╡╢╖╕c ' * 20])) is Flaw.NO_WORDS
    assert (
        flaw_of(papers.page(1, ["1.1 Background and aims " + 60 * "." + " 12\n1.2 Roads " + 60 * "⋯" + " 14"])) is None
    )
    german = "Die Straßen durch geschützte Gebiete werden gebaut, um den Verkehr von Waren zu erleichtern.\n" * 5
    assert flaw_of(papers.page(1, [german.strip()])) is None


def test_the_eye_has_the_last_word() -> None:
    strange = papers.page(1, [codecs.encode(PROSE, "rot13")])
    assert is_seen(strange, strange)
    assert not is_seen(strange, papers.page(1, [PROSE]))


class Source:
    sha256, name, page_count = "0" * 64, "paper.pdf", 4
    metadata: ClassVar[dict[str, str]] = {}

    def page(self, number: int) -> Page:
        return papers.page(number, [PROSE]) if number == 2 else replace(papers.page(number, []), text="", words=())

    def render(self, number: int, scale: float) -> Pixels:
        return Pixels(600, 2, bytes([255 if number == 4 else number]) * 1800 + bytes([255]) * 1800)


class Reader:
    workers = 2

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        if picture.data[0] == 3:
            raise OcrError("dead")
        return [line(f"Seen on page {picture.data[0]}", (50, 50), (300, 50))]


def line(text: str, a: tuple[float, float], b: tuple[float, float]) -> OcrLine:
    down = (-(b[1] - a[1]) / 20, (b[0] - a[0]) / 20)
    return OcrLine(text, (a, b, (b[0] + down[0], b[1] + down[1]), (a[0] + down[0], a[1] + down[1])), 0.99)


def test_each_page_is_decided_on_and_told() -> None:
    document = read_document(Source(), Reader())  # type: ignore[arg-type]
    assert document.page(1).text.strip() == "Seen on page 1"
    assert [p.text_from for p in document.pages[:2]] == [TextFrom.OCR, TextFrom.TEXT_LAYER]
    assert document.warnings == (
        "page 1 has no text layer and was read by OCR.",
        "page 3 has no text layer and was not read (the OCR failed).",
    )
    assert read_document(Source(), None).warnings == (  # type: ignore[arg-type]
        "pages 1, 3, 4 have no text layer and were not read (no OCR).",
    )


class Stamped(Source):
    """A scan whose only text is the stamp on each page, but for one that says something."""

    def page(self, number: int) -> Page:
        return papers.page(number, [PROSE if number == 2 else "Journal of Roads, all rights reserved"])


def test_a_stamp_on_every_page_is_no_text_of_theirs() -> None:
    document = read_document(Stamped(), Reader())  # type: ignore[arg-type]
    assert [p.text_from for p in document.pages[:2]] == [TextFrom.OCR, TextFrom.TEXT_LAYER]
    assert document.warnings[0] == "pages 1, 4 have a text layer that is only a stamp and were read by OCR."


@pytest.mark.parametrize(
    ("a", "b"), [((50, 50), (250, 50)), ((550, 50), (550, 250)), ((550, 700), (350, 700)), ((50, 700), (50, 500))]
)
def test_turned_pages_are_read_upright_and_marked_where_they_stand(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    along = ((b[0] - a[0]) / 200, (b[1] - a[1]) / 200)
    down = (-along[1] * 20, along[0] * 20)
    lines = [
        line(text, (a[0] + i * down[0], a[1] + i * down[1]), (b[0] + i * down[0], b[1] + i * down[1]))
        for i, text in enumerate(["first line of the page", "second line of the page"])
    ]
    made, turn = page_of(replace(papers.page(1, []), text="", words=(), blocks=()), lines[::-1], 1.0)
    assert made.text.splitlines() == ["first line of the page", "second line of the page"]
    assert made.words[0].box.y0 < made.words[-1].box.y0
    shown = as_shown(made, turn)
    box = shown.words[0].box
    assert (shown.width, shown.height) == (600, 800)
    middle = (a[0] + along[0] * 22 + down[0] / 4, a[1] + along[1] * 22 + down[1] / 4)
    assert box.x0 < middle[0] < box.x1
    assert box.y0 < middle[1] < box.y1


@pytest.mark.parametrize("flaw", Flaw)
@pytest.mark.parametrize("outcome", OcrOutcome)
@pytest.mark.parametrize("numbers", [[3], [3, 4]])
def test_every_warning_can_be_said_in_chinese(flaw: Flaw, outcome: OcrOutcome, numbers: list[int]) -> None:
    warning = warning_of(flaw, outcome, numbers)
    assert "{" not in warning
    assert say(warning, "zh") != warning


def test_a_warning_names_a_dozen_pages() -> None:
    assert " 11, 12 … have no text layer" in warning_of(Flaw.NO_TEXT, OcrOutcome.READ, list(range(1, 40)))
