"""A person's own highlights, notes and bookmarks; dark pages; the list of what a search found."""

from __future__ import annotations

import pytest
from conftest import Driver
from PySide6.QtCore import Qt

from citegrid.core.annotation import Ink
from citegrid.core.language.text import join_lines
from citegrid.store import project_folder


@pytest.fixture
def reading(driver: Driver) -> Driver:
    driver.open()
    return driver


def select(driver: Driver, page: int, start: int, end: int) -> str:
    """Select characters of a page; the words as they would be quoted."""
    canvas = driver.window.pdf.canvas
    canvas.selection._anchor, canvas.selection._head = (page, start, start), (page, end, end)
    canvas.selection_changed.emit()
    return canvas.selection.text


def test_selected_words_are_highlighted_noted_listed_and_kept(reading: Driver) -> None:
    pane, annotating = reading.window.pdf, reading.window.annotating
    words = select(reading, 2, 5, 40)
    pane.chosen.mark_button.click()
    (one,) = reading.workbench.project.annotations
    assert (one.quote, one.page, one.note) == (words, 2, "")
    assert pane.canvas.selection.spans == ()
    assert pane.side.notes.rows.item(0).text().startswith("p. ")
    pane.canvas.reveal(2, one.boxes)
    box = one.boxes[0]
    annotating.click(2, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    bubble = annotating.bubble
    assert bubble.isVisible()
    bubble.inks[Ink.GREEN].click()
    bubble.text.setPlainText("Compare this with Table 2.")
    annotating.click(1, 1, 1)  # a click elsewhere closes it
    (noted,) = reading.workbench.project.annotations
    assert (noted.note, noted.ink, bubble.isVisible()) == ("Compare this with Table 2.", Ink.GREEN, False)
    assert "Compare this" in pane.side.notes.rows.item(0).text()
    folder = reading.folder / "kept"
    project_folder.create(folder)
    project_folder.save(folder, reading.workbench.project)
    assert project_folder.load(folder).annotations == (noted,)


def test_each_step_is_undone_alone_and_the_next_highlight_has_the_last_colour(reading: Driver) -> None:
    workbench, annotating = reading.workbench, reading.window.annotating
    select(reading, 1, 0, 20)
    reading.window.pdf.highlight()
    (one,) = workbench.project.annotations
    annotating.bubble.show_note(one, reading.window.rect())
    annotating.bubble.inks[Ink.PINK].click()
    annotating.bubble.drop_button.click()
    assert workbench.project.annotations == () and not annotating.bubble.isVisible()
    workbench.session.undo()
    assert [a.ink for a in workbench.project.annotations] == [Ink.PINK]
    workbench.session.undo()
    assert workbench.project.annotations == (one,)
    select(reading, 3, 0, 20)
    reading.window.pdf.highlight()
    assert [a.ink for a in workbench.project.annotations] == [Ink.YELLOW, Ink.PINK]


def test_a_page_is_bookmarked_and_found_again_from_the_list(reading: Driver) -> None:
    pane = reading.window.pdf
    pane.canvas.go_to(5)
    pane.bookmark_requested.emit(5)
    pane.canvas.go_to(1)
    pane.side.notes.chosen.emit(0)
    assert pane.canvas.page == 5
    pane.bookmark_requested.emit(5)
    assert reading.workbench.project.annotations == ()
    assert pane.side.notes.rows.count() == 0


def test_another_project_shows_none_of_them(reading: Driver) -> None:
    select(reading, 1, 0, 20)
    reading.window.pdf.highlight()
    reading.window.annotating._open(reading.workbench.project.annotations[0])
    reading.window.files.new()
    reading.idle()
    assert reading.window.pdf.side.notes.rows.count() == 0
    assert reading.window.pdf.canvas._own == () and not reading.window.annotating.bubble.isVisible()


def test_a_search_lists_its_places_and_minds_the_case_where_wished(reading: Driver) -> None:
    pane, document = reading.window.pdf, reading.workbench.shown_paper.document
    assert document is not None
    word = next(w for w in join_lines(document.pages[0].text).split() if w[0].isupper() and w[1:].islower())
    pane.open_find(word.lower())
    reading.wait(lambda: pane.side.found.rows.count() > 0)
    reading.wait(lambda: not pane.finder._timer.isActive())
    anywhere = len(pane.finder._hits)
    assert word.lower() in pane.side.found.rows.item(0).text().lower()
    pane.side.found.chosen.emit(pane.side.found.rows.count() - 1)
    assert pane.finder.at == pane.side.found.rows.count() - 1
    pane.finder.case.setChecked(True)
    reading.wait(lambda: not pane.finder._timer.isActive())
    assert len(pane.finder._hits) < anywhere


def test_dark_pages_are_light_print_on_dark_paper_and_remembered(reading: Driver) -> None:
    canvas = reading.window.pdf.canvas
    reading.wait(lambda: canvas.renderer.best(1, canvas._scale(1))[1])
    page = canvas._layout.rects[0]
    spot = (page.topLeft() - canvas._view().topLeft()).toPoint() + page.topLeft().toPoint() * 0
    white = canvas.viewport().grab().toImage().pixelColor(spot.x() + 6, spot.y() + 6).lightness()
    reading.window.pdf.dark.setChecked(True)
    dark = canvas.viewport().grab().toImage().pixelColor(spot.x() + 6, spot.y() + 6).lightness()
    assert white > 240 and dark < 40
    assert reading.window.settings.dark_pages


def test_the_bubble_closes_with_escape_and_keeps_what_was_typed(reading: Driver) -> None:
    select(reading, 1, 0, 20)
    reading.window.pdf.highlight()
    bubble = reading.window.annotating.bubble
    reading.window.annotating._open(reading.workbench.project.annotations[0])
    bubble.text.setFocus()
    reading.bot.keyClicks(bubble.text, "typed")
    reading.bot.keyClick(bubble.text, Qt.Key.Key_Escape)
    assert not bubble.isVisible()
    assert reading.workbench.project.annotations[0].note == "typed"
