"""Translations that are to be checked: seen in the table, the evidence and the review, and gone when a person decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Driver
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QFont, QImage, QTextCharFormat

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Part, SetCell, SetFields
from citegrid.core.table import Cell, Status, Verdict, Wording
from citegrid.gui import theme
from citegrid.gui.items.cell_layout import lay_out
from citegrid.gui.items.table_items import CELL, passes
from citegrid.gui.status_style import checked_words, underlined, units

QUOTE = (
    "The answers are preferred to those of the demonstrators 56% of the time, and to the best answer 69% of the time."
)
TEXT = "答案被演示者优先选择。"
DOUBT = (TEXT.index("优先"), TEXT.index("优先") + 4)
K = Qt.Key


def cell(column: str = "a", text: str = TEXT, **more: object) -> Cell:
    quoted = (Evidence(SourceKind.DOCUMENT, "paper.pdf", QUOTE, Match.EXACT, 2),)
    made = Cell(column, text, Status.SUPPORTED, quoted, wording=Wording.TO_BE_CHECKED, doubts=(DOUBT,))
    return replace(made, **more)  # type: ignore[arg-type]


def marked(driver: Driver) -> tuple[str, str]:
    """A filled table whose first row has a translation in doubt in its third column; its place."""
    driver.open()
    driver.fill()
    row = driver.workbench.project.table.rows[0]
    place = row.work.id, row.cells[2].column
    driver.workbench.session.apply(SetCell(place[0], cell(place[1]), by_person=True))
    driver.window.table.choose(*place)
    return place


# -- the layout of a cell ------------------------------------------------------------------------------------------------


@pytest.fixture
def font(qapp: object) -> QFont:
    return QFont()


def test_doubtful_words_are_underlined_and_the_original_stands_below_where_there_is_room(font: QFont) -> None:
    whole = lay_out(cell(), 300, font)
    assert [(f.start, f.length) for f in whole.text.formats()] == [(DOUBT[0], 4)]
    assert whole.original is not None and whole.original.text() == QUOTE
    assert whole.height > lay_out(cell(verdict=Verdict.ACCEPTED), 300, font).height


def test_an_original_without_room_is_left_out_and_a_long_one_cut(font: QFont) -> None:
    assert lay_out(cell(), 300, font, limit=52).original is None
    some = lay_out(cell(), 140, font, limit=120)
    assert some.original is not None and some.original.text().endswith("…")
    assert some.height <= 120


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.EDITED, Verdict.REJECTED])
def test_a_decision_ends_it(font: QFont, verdict: Verdict) -> None:
    laid = lay_out(cell(verdict=verdict), 300, font)
    assert laid.original is None and laid.text.formats() == []


def test_offsets_are_those_of_qt_beyond_the_first_plane(font: QFont) -> None:
    laid = lay_out(cell(text="𝑥𝑦是优先", doubts=((3, 5),)), 300, font)
    assert [(f.start, f.length) for f in laid.text.formats()] == [(5, 2)]
    assert units("𝑥a") == 3


def test_words_are_escaped_before_they_are_underlined() -> None:
    assert underlined("a<b>c", ((1, 4),)) == "a<u>&lt;b&gt;</u>c"


def test_the_count_names_them_only_where_there_are_some() -> None:
    assert checked_words([cell(), cell(verdict=Verdict.ACCEPTED)]) == "1 / 2 checked · translations to check: 1"
    assert checked_words([cell(verdict=Verdict.ACCEPTED)]) == "1 / 1 checked"
    assert checked_words([]) == ""


def test_they_count_as_doubtful_and_have_a_filter_of_their_own() -> None:
    assert passes(cell(), "translation") and passes(cell(), "doubtful") and passes(cell(), "to check")
    assert not passes(cell(verdict=Verdict.ACCEPTED), "translation")
    assert not passes(cell(wording=Wording.TRANSLATED), "translation")


# -- the window ----------------------------------------------------------------------------------------------------------


def test_the_table_shows_the_sign_and_tells_the_original(driver: Driver) -> None:
    marked(driver)
    table = driver.window.table
    index = table.view.currentIndex()
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "<u>优先选择</u>" in tip and QUOTE in tip
    assert "to be checked" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert table.checked.text().endswith("· translations to check: 1")
    table.view.scrollTo(index)
    driver.bot.wait(50)
    with_sign = table.view.viewport().grab(table.view.visualRect(index)).toImage()
    amber = QColor(theme.current().fuzzy)
    assert _has(with_sign, amber)
    driver.bot.keyClick(table.view, K.Key_A)
    driver.bot.wait(50)
    assert not _has(table.view.viewport().grab(table.view.visualRect(index)).toImage(), amber)


def _has(image: QImage, colour: QColor) -> bool:
    """Whether a pixel of about that colour is there."""

    def near(at: QColor) -> bool:
        pairs = ((at.red(), colour.red()), (at.green(), colour.green()), (at.blue(), colour.blue()))
        return all(abs(a - b) < 24 for a, b in pairs)

    return any(near(image.pixelColor(QPoint(x, y))) for x in range(image.width()) for y in range(image.height()))


def test_accepting_keeps_the_wording_and_takes_the_mark(driver: Driver) -> None:
    place = marked(driver)
    driver.window.table.view.setFocus()
    driver.bot.keyClick(driver.window.table.view, K.Key_A)
    made = driver.workbench.cells.at(*place)
    assert made.wording is Wording.TO_BE_CHECKED and not made.to_be_checked
    driver.workbench.session.undo()
    assert driver.workbench.cells.at(*place).to_be_checked


def test_editing_takes_the_mark_and_the_doubts_that_fit_no_longer(driver: Driver) -> None:
    place = marked(driver)
    driver.workbench.cells.edit(*place, "答案比演示者的更受青睐。")
    driver.idle()
    made = driver.workbench.cells.at(*place)
    assert not made.to_be_checked and made.doubts == () and made.wording is Wording.TO_BE_CHECKED


def test_the_evidence_underlines_and_the_original_is_one_click_away(driver: Driver) -> None:
    marked(driver)
    evidence = driver.window.evidence
    driver.window.table._choose(driver.window.table.view.currentIndex(), 0)
    shown = evidence.text.toPlainText()
    assert "Translation to be checked: compare the underlined words" in shown and QUOTE in shown
    assert "It is right" not in shown  # a cell has its buttons
    assert _underlined(evidence.text.document()) == ["优先选择"]


def _underlined(document, style: object = None) -> list[str]:  # type: ignore[no-untyped-def]
    found, block = [], document.begin()
    while block.isValid():
        it = block.begin()
        while not it.atEnd():
            look = it.fragment().charFormat()
            drawn = look.underlineStyle() == style if style is not None else look.fontUnderline()
            if drawn and not look.isAnchor():
                found.append(it.fragment().text())
            it += 1
        block = block.next()
    return found


DASHED = QTextCharFormat.UnderlineStyle.DashUnderline


def doubt_sentence(driver: Driver, doubts: tuple[tuple[int, int], ...]) -> None:
    review = driver.workbench.project.review
    assert review is not None
    said = list(review.sentences)
    said[2] = replace(said[2], wording=Wording.TO_BE_CHECKED, doubts=doubts)
    values = (("review", replace(review, sentences=tuple(said))),)
    driver.workbench.session.apply(SetFields(values, frozenset({Part.REVIEW})))


def test_the_review_underlines_counts_and_goes_there(driver: Driver) -> None:
    driver.open()
    driver.fill()
    pane = driver.window.review
    assert pane.doubts.text() == "1 sentence to look at"
    doubt_sentence(driver, ((3, 6),))
    assert driver.workbench.project.review is not None
    text = driver.workbench.project.review.sentences[2].text
    assert _underlined(pane.text.document(), DASHED) == [text[3:6]]
    assert pane.doubts.text() == "2 sentences to look at"
    pane.show_doubt()
    assert pane.text.chosen[0] == 2
    assert _underlined(pane.text.document(), DASHED) == [text[3:6]]  # also when the sentence is chosen and drawn anew
    pane.text.draw()
    assert _underlined(pane.text.document(), DASHED) == [text[3:6]]
    assert pane.text.said() == driver.workbench.project.review  # marks cut no sentence


def test_a_sentence_without_named_doubts_is_underlined_as_a_whole(driver: Driver) -> None:
    driver.open()
    driver.fill()
    doubt_sentence(driver, ())
    assert driver.workbench.project.review is not None
    assert _underlined(driver.window.review.text.document(), DASHED) == [
        driver.workbench.project.review.sentences[2].text
    ]


def test_a_sentence_is_confirmed_from_its_evidence(driver: Driver) -> None:
    driver.open()
    driver.fill()
    doubt_sentence(driver, ((3, 6),))
    window = driver.window
    window.checking.choose_sentence(2, 0)
    assert "It is right" in window.evidence.text.toPlainText()
    window.evidence._clicked(QUrl("confirm:"))
    assert driver.workbench.project.review is not None
    made = driver.workbench.project.review.sentences[2]
    assert not made.to_be_checked and made.wording is Wording.TRANSLATED
    assert "It is right" not in window.evidence.text.toPlainText()
    assert _underlined(window.review.text.document(), DASHED) == []
    driver.workbench.session.undo()
    assert driver.workbench.project.review.sentences[2].to_be_checked


def test_the_filter_shows_their_rows_alone(driver: Driver) -> None:
    marked(driver)
    table = driver.window.table
    table.filter.setCurrentIndex(table.filter.findData("translation"))
    assert table.rows.rowCount() == 1
    assert any(table.rows.index(0, c).data(CELL).to_be_checked for c in range(table.rows.columnCount()))
