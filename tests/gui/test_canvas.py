"""The PDF canvas: layout, bounded cache, zoom, search, history."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from double import DrawnSource, document

from citegrid.core.document import Box
from citegrid.gui import render
from citegrid.gui.canvas import PdfCanvas
from citegrid.gui.canvas_text import TextSelection, find
from citegrid.gui.focus import Focus
from citegrid.gui.page_layout import fit_zoom, lay_out


@pytest.fixture
def canvas(qtbot) -> Iterator[PdfCanvas]:  # type: ignore[no-untyped-def]
    made = PdfCanvas()
    made.resize(600, 500)
    made.show()
    yield made
    made.renderer.stop()
    made.close()
    made.deleteLater()


def test_pages_lie_below_each_other_and_boxes_map_there_and_back() -> None:
    sizes = [(400.0, 600.0)] * 5 + [(800.0, 400.0)]
    for rotation in (0, 90, 180, 270):
        for two in (False, True):
            laid = lay_out(sizes, 1.5, rotation, two, 700.0)
            for page in range(1, 7):
                width, height = sizes[page - 1]
                rect = laid.box_rect(Box(page, 0, 0, width, height))
                wanted = laid.rects[page - 1]
                assert abs(rect.x() - wanted.x()) < 0.01 and abs(rect.height() - wanted.height()) < 0.01
                spot = laid.box_rect(Box(page, 100, 200, 110, 212)).center()
                hit = laid.hit(spot.x(), spot.y())
                assert hit is not None and hit[0] == page
                assert abs(hit[1] - 105) < 0.01 and abs(hit[2] - 206) < 0.01


def test_fit_fits() -> None:
    sizes = [(400.0, 600.0)] * 4
    for two in (False, True):
        zoom = fit_zoom(sizes, 0, two, (600.0, 500.0), False)
        assert lay_out(sizes, zoom, 0, two, 600.0).width <= 600.01
        zoom = fit_zoom(sizes, 0, two, (600.0, 500.0), True)
        assert lay_out(sizes, zoom, 0, two, 600.0).rects[0].height() <= 500


def test_pages_are_drawn_off_the_window_thread_and_sharp(canvas: PdfCanvas, qtbot) -> None:  # type: ignore[no-untyped-def]
    source = DrawnSource(pages=30)
    canvas.set_source(source)
    qtbot.waitUntil(lambda: canvas.renderer.best(1, canvas._scale(1))[1])
    canvas.set_zoom(3.0)
    qtbot.waitUntil(lambda: canvas.renderer.best(canvas.page, canvas._scale(canvas.page))[1])
    image, exact = canvas.renderer.best(canvas.page, canvas._scale(canvas.page))
    assert exact and image is not None and image.width() == round(420 * canvas._scale(canvas.page))


def test_the_cache_is_bounded(canvas: PdfCanvas, qtbot, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(render, "CACHE_BYTES", 12_000_000)
    canvas.set_source(DrawnSource(pages=40))
    for page in range(1, 41, 3):
        canvas.go_to(page)
        qtbot.waitUntil(lambda page=page: canvas.renderer.best(page, canvas._scale(page))[1])
    assert canvas.renderer.bytes_kept() <= 12_000_000


def test_a_thousand_pages_open_at_once(canvas: PdfCanvas, qtbot) -> None:  # type: ignore[no-untyped-def]
    began = time.monotonic()
    canvas.set_source(DrawnSource(pages=1000))
    qtbot.waitUntil(lambda: canvas.renderer.best(1, canvas._scale(1))[1])
    assert time.monotonic() - began < 20  # laying out every page takes minutes


def test_focus_scrolls_marks_and_can_be_taken_back(canvas: PdfCanvas, qtbot) -> None:  # type: ignore[no-untyped-def]
    source = DrawnSource(pages=30)
    canvas.set_source(source)
    canvas.set_document(document(source))
    canvas.show_focus(Focus("paper.pdf", 20, (Box(20, 40, 400, 200, 412),), (Box(20, 40, 380, 200, 392),)))
    assert canvas.mark_in_view()
    assert canvas.page in (19, 20)
    canvas.back()
    assert canvas.page == 1
    canvas.forward()
    assert canvas.mark_in_view()


def test_zoom_keeps_the_place_under_the_mouse(canvas: PdfCanvas, qtbot) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QPointF

    source = DrawnSource(pages=30)
    canvas.set_source(source)
    canvas.set_document(document(source))
    canvas.go_to(12, 0, 200)
    anchor = QPointF(300, 100)
    before = canvas._hit(anchor)
    canvas.set_zoom(canvas.zoom * 1.7, anchor)
    after = canvas._hit(anchor)
    assert before is not None and after is not None
    assert before[0] == after[0]
    assert abs(before[1] - after[1]) < 1 and abs(before[2] - after[2]) < 1


def test_search_finds_across_lines_and_ignores_case() -> None:
    doc = document(DrawnSource(pages=3))
    hits = [hit for hit in find(doc, "CITATIONS and  measure") if hit[1] >= 0]
    assert [page for page, _, _ in hits] == [1, 2, 3]
    assert not [hit for hit in find(doc, "   ") if hit[1] >= 0]


def test_selection_is_by_character() -> None:
    doc = document(DrawnSource(pages=2))
    chosen = TextSelection()
    chosen.set_document(doc)
    word = doc.page(1).words[2]  # "al."
    chosen.begin(1, word.box.x0 + 1, word.box.y0 + 5)
    chosen.extend(1, word.box.x0 + 9, word.box.y0 + 5)
    assert chosen.text == "al"
    chosen.take_word(1, word.box.x0 + 1, word.box.y0 + 5)
    assert chosen.text == "al."
