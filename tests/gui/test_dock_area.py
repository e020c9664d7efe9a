"""The layout: panes swap, float and hide, and all of it is remembered."""

from __future__ import annotations

from conftest import Driver
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from citegrid.gui import theme
from citegrid.gui.dock_area import DockArea
from citegrid.gui.settings import Settings
from citegrid.gui.widgets.pane import Bar
from citegrid.gui.window import Window


def menu_of(driver: Driver, name: str) -> QMenu:
    """The menu of a pane's bar, filled as it is when it opens."""
    pane = next(p for p in driver.window.dock_area._order if p.title_key == name)
    button = pane.bar.findChild(QToolButton, "pane_menu")
    assert button is not None and button.accessibleName()
    button.menu().aboutToShow.emit()
    return button.menu()


def choose(menu: QMenu, *words: str) -> None:
    """Choose an entry, through sub-menus."""
    for word in words[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == word)
    next(a for a in menu.actions() if a.text() == words[-1]).trigger()


def place(window: Window, name: str) -> tuple[int, int]:
    corner = window.dock_area.docks[name].mapTo(window.dock_area, QPoint(0, 0))
    return corner.x(), corner.y()


def test_panes_swap_and_the_layout_is_remembered(driver: Driver) -> None:
    driver.open()
    window = driver.window
    driver.bot.wait(50)
    paper, table = place(window, "Paper"), place(window, "Table")
    choose(menu_of(driver, "Paper"), "Swap places with", "Table")
    driver.bot.wait(50)
    assert place(window, "Paper") == table and place(window, "Table") == paper
    assert window.dock_area.docks["Paper"].objectName() == "Paper"
    choose(menu_of(driver, "Review"), "Hide")
    choose(menu_of(driver, "Library"), "Take out into a window of its own")
    assert window.dock_area.docks["Library"].isFloating() and window.dock_area.docks["Library"].isVisible()
    driver.settings.keep_bytes("desk", window.dock_area.state())
    driver.settings.sync()
    again = Window(driver.workbench, Settings(driver.folder / "window.ini"))  # type: ignore[arg-type]
    again.resize(window.size())
    again.show()
    driver.bot.waitExposed(again)
    driver.bot.wait(50)
    assert place(again, "Paper")[1] > place(again, "Table")[1]
    assert again.dock_area.docks["Review"].isHidden() and again.dock_area.docks["Library"].isFloating()
    again.close()
    again.deleteLater()
    driver.workbench.session._watchers.pop()
    driver.workbench.session._job_watchers.pop()
    choose(menu_of(driver, "Table"), "Show again", "Review")
    assert window.dock_area.docks["Review"].isVisible()
    choose(menu_of(driver, "Table"), "Reset the layout")
    assert place(window, "Paper") == paper and not window.dock_area.docks["Library"].isFloating()


def test_a_tabbed_pane_swaps_with_the_paper(driver: Driver) -> None:
    driver.open()
    window = driver.window
    driver.bot.wait(50)
    choose(menu_of(driver, "Paper"), "Swap places with", "Evidence")
    driver.bot.wait(50)
    assert isinstance(window.dock_area, DockArea)
    tabbed = window.dock_area.tabifiedDockWidgets(window.dock_area.docks["Paper"])
    assert {dock.objectName() for dock in tabbed} == {"Picture", "References", "Library", "Ask"}
    assert not window.dock_area.tabifiedDockWidgets(window.dock_area.docks["Evidence"])
    assert window.evidence.title.isVisibleTo(window.evidence.bar) and not window.pdf.title.isVisibleTo(window.pdf.bar)


def test_double_clicking_a_bar_takes_the_pane_out_and_back(driver: Driver) -> None:
    driver.open()
    dock = driver.window.dock_area.docks["Review"]
    bar = driver.window.review.bar
    driver.bot.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 6))
    assert dock.isFloating()
    driver.bot.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 6))
    assert not dock.isFloating()


def test_a_narrow_window_folds_its_bars_and_loses_no_tool(driver: Driver) -> None:
    """What is left at 150 % of a screen of 1280 × 800."""
    driver.open()
    driver.fill()
    window = driver.window
    for code in ("en", "zh"):
        window.speak(code)
        window.resize(853, 533)
        driver.bot.wait(60)
        assert window.width() == 853, "nothing forces the window to be wider"
        assert window.toolbar.menu_button.geometry().right() < window.toolbar.width()
        for bar in window.findChildren(Bar):
            if not bar.isVisible():
                continue
            shown = [w for w in bar.findChildren(QWidget) if w.isVisible() and w.parentWidget() is bar]
            cut = [
                w
                for w in shown
                if w.geometry().right() >= bar.width()
                or w.width() < min(w.minimumSizeHint().width(), w.sizeHint().width())
            ]
            assert not cut, (
                code,
                bar.parentWidget(),
                bar.width(),
                [(w, w.geometry(), w.minimumSizeHint()) for w in cut],
            )
        folded = window.pdf.bar.folded
        assert folded, "the paper's bar is too long for this"
        driver.window.dock_area._menus[0]._fill()
        offered = [action.text() for action in driver.window.dock_area._menus[0].menu.actions()]
        assert [button.toolTip() for button in folded] == offered[: len(folded)]
        window.resize(1480, 800)
        driver.bot.wait(60)
        assert not window.pdf.bar.folded and all(b.isVisible() for b in folded)
        assert window.toolbar.widgetForAction(window.actions_["export"]).text() == window.actions_["export"].iconText()


def test_icons_are_sharp_at_every_pixel_ratio(qapp: object) -> None:
    for ratio in (1.0, 1.5, 2.0, 3.0):
        made = theme.icon("open").pixmap(QSize(20, 20), ratio)
        assert (made.width(), made.height()) == (round(20 * ratio), round(20 * ratio))
        assert made.deviceIndependentSize().toSize() == QSize(20, 20)
