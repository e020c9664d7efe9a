"""The PDF canvas: layout, bounded cache, zoom, search, history."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from tests.doubles.drawn_paper import SENTENCES, DrawnSource, document

from citegrid.core.document import Box, Document, Page, boxes_of
from citegrid.gui import theme
from citegrid.gui.pdf_view import page_cache
from citegrid.gui.pdf_view.canvas import PdfCanvas
from citegrid.gui.pdf_view.focus import Focus
from citegrid.gui.pdf_view.page_layout import fit_zoom, lay_out
from citegrid.gui.pdf_view.page_painter import tiles
from citegrid.gui.pdf_view.search import find
from citegrid.gui.pdf_view.text_selection import TextSelection, sentence_boxes


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
    monkeypatch.setattr(page_cache, "CACHE_BYTES", 12_000_000)
    canvas.set_source(DrawnSource(pages=40))
    for page in range(1, 41, 3):
        canvas.go_to(page)
        qtbot.waitUntil(lambda page=page: canvas.renderer.best(page, canvas._scale(page))[1])
    assert canvas.renderer.bytes_kept() <= 12_000_000


def test_what_is_in_view_stays_although_it_is_more_than_the_cache_holds(  # type: ignore[no-untyped-def]
    canvas: PdfCanvas, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(page_cache, "CACHE_BYTES", 1)
    source = DrawnSource(pages=40)
    canvas.set_source(source)
    canvas.fit("page")
    canvas.set_two_pages(True)
    for page in (1, 20):
        canvas.go_to(page)
        for shown in (page, page + 1):
            qtbot.waitUntil(lambda shown=shown: canvas.renderer.best(shown, canvas._scale(shown))[1])
    assert canvas.renderer.best(20, canvas._scale(20))[1]
    assert canvas.renderer.best(1, canvas._scale(1))[0] is None


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


def test_search_sees_through_ligatures_hyphens_and_full_width_forms() -> None:
    text = "The ﬁrst bench-\nmark of ﬂows，第 １ 个引\n用评测。"
    page = Page(1, "1", 100, 100, text)
    doc = Document("a.pdf", "0" * 64, (page,))
    for wanted, stands in (
        ("first", "ﬁrst"),
        ("benchmark", "bench-\nmark"),
        ("flows", "ﬂows"),
        ("引用评测", "引\n用评测"),
        ("1 个", "１ 个"),
    ):
        hits = [text[start:end] for _, start, end in find(doc, wanted) if start >= 0]
        assert hits == [stands], wanted
    assert not [hit for hit in find(doc, "benchmarks") if hit[1] >= 0]


def test_selection_is_by_character_word_sentence_and_across_pages() -> None:
    doc = document(DrawnSource(pages=2))
    chosen = TextSelection()
    chosen.set_document(doc)
    word = doc.page(1).words[2]  # "al."
    chosen.begin(1, word.box.x0 + 1, word.box.y0 + 5)
    assert not chosen.spans
    chosen.extend(1, word.box.x0 + 9, word.box.y0 + 5)
    assert chosen.text == "al"
    chosen.take_word(1, word.box.x0 + 1, word.box.y0 + 5)
    assert chosen.text == "al."
    chosen.take_sentence(1, word.box.x0 + 1, word.box.y0 + 5)
    assert chosen.text == " ".join(SENTENCES[:2])
    last, first = doc.page(1).words[-1], doc.page(2).words[0]
    chosen.begin(2, first.box.x1 - 1, first.box.y0 + 5)  # backwards, over the page's end
    chosen.extend(1, last.box.x0 + 1, last.box.y0 + 5)
    assert chosen.text == "page. Gao"
    assert chosen.boxes(1) and chosen.boxes(2) and [span.page for span in chosen.spans] == [1, 2]


def test_the_sentence_around_quoted_words_is_found_from_their_boxes() -> None:
    page = document(DrawnSource(pages=1)).page(1)
    start = page.text.index("statement")
    boxes = sentence_boxes(page, boxes_of(page, start, start + len("statement is carried")))
    assert boxes == boxes_of(page, 0, page.text.index("source.") + len("source."))
    assert sentence_boxes(page, (Box(1, 0, 500, 10, 510),)) == ()


def test_magnified_pages_are_sharp_where_they_are_looked_at(canvas: PdfCanvas, qtbot) -> None:  # type: ignore[no-untyped-def]
    source = DrawnSource(pages=3)
    canvas.set_source(source)
    canvas.set_document(document(source))
    canvas.set_zoom(8.0)
    view, ratio = canvas._view(), canvas.devicePixelRatioF()
    wanted = tiles(canvas._layout, canvas.page, view, canvas.zoom * ratio)
    assert 1 <= len(wanted) <= 4 and all(wish.scale == 8.0 * ratio for wish in wanted)
    qtbot.waitUntil(lambda: all(canvas.renderer.tile(wish) is not None for wish in wanted))
    sharp = canvas.grab().toImage()
    shades = {sharp.pixelColor(x, y).lightness() // 64 for x in range(0, 500, 3) for y in range(0, 400, 3)}
    assert shades >= {0, 3}  # print is black and paper white: nothing is a stretched blur
    assert source.renders < 20  # not the whole page was drawn at that size


def test_a_dark_page_has_no_bright_edge(canvas: PdfCanvas, qapp, qtbot) -> None:  # type: ignore[no-untyped-def]
    theme.apply(qapp, theme.DARK)
    canvas.set_source(DrawnSource(pages=3))
    canvas.set_dark(True)
    for zoom in (0.93, 1.0713, 1.2207):
        canvas.set_zoom(zoom)
        qtbot.waitUntil(lambda: canvas.renderer.best(canvas.page, canvas._scale(canvas.page))[1])
        shown = canvas.viewport().grab().toImage()
        down = range(shown.height() // 2, shown.height() // 2 + 40)
        bright = [x for x in range(shown.width()) if all(shown.pixelColor(x, y).lightness() > 90 for y in down)]
        assert not bright, (zoom, bright)
    theme.apply(qapp, theme.LIGHT)


def test_a_jump_is_taken_back_although_the_pane_was_turned_and_resized(canvas: PdfCanvas, qtbot) -> None:  # type: ignore[no-untyped-def]
    source = DrawnSource(pages=30)
    canvas.set_source(source)
    canvas.set_document(document(source))
    canvas.go_to(7, 0, 100)
    canvas.go_to(25)
    canvas.set_two_pages(True)
    canvas.resize(900, 420)
    canvas.back()
    assert canvas.page in (7, 8)
    canvas.back()
    assert canvas.page == 1
    assert not canvas.history.can_back
    canvas.forward()
    canvas.forward()
    assert canvas.page in (25, 26) and not canvas.history.can_forward
