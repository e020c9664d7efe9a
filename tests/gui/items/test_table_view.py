"""The table as people see it: enough rows at once, whole names of columns, no citation and no year lost."""

from __future__ import annotations

from conftest import Driver
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QApplication

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.gui.items.cell_delegate import fitted
from citegrid.gui.items.cell_layout import lay_out
from citegrid.gui.items.headers import HEADER_WIDTH, WRAP
from citegrid.gui.items.table_items import TableFilter, TableItems
from citegrid.gui.status_style import chips


def _cell(text: str, pages: int) -> Cell:
    evidence = tuple(
        Evidence(SourceKind.DOCUMENT, "p.pdf", f"q{n}", Match.EXACT, n, str(n)) for n in range(1, pages + 1)
    )
    return Cell("a", text, Status.SUPPORTED, evidence)


def test_four_rows_are_seen_in_a_window_of_1280_by_800(driver: Driver) -> None:
    driver.open()
    driver.fill()
    view = driver.window.table.view
    driver.wait(lambda: not view._queue)
    heights = [view.rowHeight(i) for i in range(4)]
    assert sum(heights) <= view.viewport().height(), heights
    driver.bot.keyClick(view, Qt.Key.Key_W)
    driver.wait(lambda: not view._queue)
    assert sum(view.rowHeight(i) for i in range(4)) > sum(heights)
    assert driver.window.table.whole.isChecked()


def test_a_few_rows_have_the_room_of_all(driver: Driver) -> None:
    driver.open()
    driver.fill()
    view, height = driver.window.table.view, driver.window.table.view.viewport().height()
    assert view.delegate.limit < height // 3
    for row in driver.workbench.project.table.rows[2:]:
        driver.workbench.table.drop_row(row.work.id)
    driver.wait(lambda: view.delegate.limit >= height // 2 - 1)
    for row in driver.workbench.project.table.rows:
        driver.workbench.table.drop_row(row.work.id)
    driver.wait(lambda: view.delegate.limit < height // 3)


def test_long_names_of_columns_wrap(driver: Driver) -> None:
    driver.open()
    names = ("Theoretical framework and its assumptions", "Year")
    driver.workbench.table.set_columns([Column(name) for name in names])
    header = driver.window.table.view.horizontalHeader()
    header.resizeSection(0, 110)
    bold = QFont(header.font())
    bold.setWeight(QFont.Weight.DemiBold)
    wanted = QFontMetrics(bold).boundingRect(QRect(0, 0, header._room(0), 1000), WRAP, names[0]).height()
    assert wanted > QFontMetrics(bold).lineSpacing()
    driver.wait(lambda: header.height() >= wanted)


def test_a_cut_text_keeps_its_citations_in_reach(qapp: object) -> None:
    whole = lay_out(_cell("many words " * 20, 5), 120, QFont())
    low = lay_out(_cell("many words " * 20, 5), 120, QFont(), 60)
    assert not whole.cut and low.cut and low.height <= 60 < whole.height
    assert [number for _, _, number in whole.chips] == [0, 1, 2, 3, 4]
    assert low.text.text().endswith("…")
    assert low.chips[-1][1] == f"+{5 - low.chips[-1][2]}"
    assert all(rect.right() <= 120 and rect.bottom() <= low.height for rect, _, _ in low.chips)


def test_a_text_that_fits_is_not_cut(qapp: object) -> None:
    laid = lay_out(_cell("few", 1), 160, QFont(), 60)
    assert not laid.cut and laid.text.text() == "few" and len(laid.chips) == 1


def test_an_empty_table_names_the_next_step(driver: Driver) -> None:
    driver.window.files.open_picture(driver.file("table.png"))
    driver.wait(lambda: bool(driver.workbench.project.table.columns))
    driver.idle()
    assert "Open the paper next" in driver.window.table.view.hint
    driver.open()
    assert "Press “Fill”" in driver.window.table.view.hint
    driver.fill()
    driver.window.table.filter.setCurrentIndex(driver.window.table.filter.findData("waiting"))
    assert "All cells" in driver.window.table.view.hint
    assert driver.window.table.rows.rowCount() == 0


def test_widths_set_by_hand_outlast_new_cells_and_a_new_size_of_the_window(driver: Driver) -> None:
    driver.open()
    header = driver.window.table.view.horizontalHeader()
    header.resizeSection(2, 222)
    driver.fill()
    driver.window.resize(1100, 800)
    driver.bot.wait(50)
    assert header.sectionSize(2) == 222
    driver.window.table.view.spread_columns()
    assert header.sectionSize(2) != 222


def test_the_header_of_the_rows_does_not_ask_for_their_titles_to_know_its_width(driver: Driver, monkeypatch) -> None:
    """Qt's own answer did, for hundreds of rows and several times a movement."""
    driver.open()
    driver.fill()
    header, asked = driver.window.table.view.verticalHeader(), []
    real = TableFilter.headerData
    monkeypatch.setattr(TableFilter, "headerData", lambda *args: (asked.append(args[1]), real(*args))[1])
    header.headerDataChanged(Qt.Orientation.Vertical, 0, 1)  # forgets what it knew
    assert header.sizeHint().width() >= HEADER_WIDTH
    assert not asked


def test_numbers_sort_by_value_and_empty_cells_last(qapp: object) -> None:
    items, rows = TableItems(), TableFilter()
    works = [Work(WorkKind.REFERENCE, f"r{i}", f"W{i}") for i in range(4)]
    texts = ["10 papers", "", "9 papers", "Papers"]
    table = Table((Column("a"),), tuple(Row(w, (Cell("a", t),)) for w, t in zip(works, texts, strict=True)))
    items.set_table(table)
    rows.setSourceModel(items)
    rows.sort(0)
    assert [rows.index(i, 0).data() for i in range(4)] == ["9 papers", "10 papers", "Papers", ""]


def test_chips_name_their_paper_where_there_are_several(qapp: object) -> None:
    one = Evidence(SourceKind.DOCUMENT, "attention-is-all-you-need.pdf", "q", Match.EXACT, 3, "3")
    other = Evidence(SourceKind.DOCUMENT, "mimo.pdf", "q", Match.EXACT, 3, "3")
    assert chips((one, one, other), named=True) == [("attention…u-need · p. 3", 0), ("mimo · p. 3", 2)]
    assert [index for _, index in chips((one, other))] == [0, 1], "two papers are two places, whatever the chips say"
    metrics = QFontMetricsF(QFont())
    low = fitted("attention…u-need · p. 3", metrics.horizontalAdvance("atte…ed · p. 3"), metrics)
    assert low.endswith(" · p. 3") and low.count("…") == 1 and low.startswith("at")


def test_six_columns_fit_at_1280_and_their_names_are_whole_below_that(driver: Driver) -> None:
    driver.open()
    names = ("Title", "Authors and year", "Method or theory", "Key findings", "Contribution", "Limitations")
    driver.workbench.table.set_columns([Column(name) for name in names])
    driver.fill()
    view = driver.window.table.view
    assert not view.horizontalScrollBar().maximum()
    driver.window.resize(900, 700)
    driver.bot.wait(60)
    header = driver.window.table.view.horizontalHeader()
    assert all(header.sectionSize(i) >= header.widest_word(i) for i in range(6))


def test_columns_are_spread_again_where_the_event_tells_one_width_twice(driver: Driver, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """A scroll bar that the rows bring while the columns are being spread: what Qt then says of the old width is the new one."""
    driver.open()
    driver.fill()
    view = driver.window.table.view
    viewport = view.viewport()
    with monkeypatch.context() as patch:
        patch.setattr(view, "viewport", type("Wider", (), {"width": lambda self: viewport.width() + 11}))
        view.spread_columns()
    assert sum(view.columnWidth(i) for i in range(6)) > viewport.width()
    QApplication.sendEvent(viewport, QResizeEvent(viewport.size(), viewport.size()))
    assert sum(view.columnWidth(i) for i in range(6)) <= viewport.width()
