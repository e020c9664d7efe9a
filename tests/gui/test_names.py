"""Names for screen readers in both languages, tooltips that teach, and Tab that reaches everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Driver
from person import name_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from citegrid.core.edits.glossary import Correction, Replacement
from citegrid.core.glossary import Term
from citegrid.gui.controllers.papers import PaperTabs
from citegrid.gui.dialogs.about import AboutDialog
from citegrid.gui.dialogs.columns import ColumnsDialog, TemplateDialog
from citegrid.gui.dialogs.corrections import CorrectionsDialog
from citegrid.gui.dialogs.export import ExportDialog
from citegrid.gui.dialogs.failure import FailureDialog
from citegrid.gui.dialogs.glossary import GlossaryDialog
from citegrid.gui.dialogs.guide import GuideDialog
from citegrid.gui.dialogs.language_models.manager import ModelsDialog
from citegrid.gui.dialogs.language_models.server import ServerDialog
from citegrid.gui.dialogs.password import PasswordDialog
from citegrid.gui.dialogs.preferences import PreferencesDialog, Preferred
from citegrid.gui.dialogs.word_changes import WordChangesDialog
from citegrid.gui.i18n import language
from citegrid.gui.pdf_view.canvas import PdfCanvas
from citegrid.gui.widgets.message_bar import MessageBar
from citegrid.gui.widgets.offer_bar import OfferBar
from citegrid.gui.widgets.picture_view import PictureView
from citegrid.gui.window import Window
from citegrid.pipeline.export.word.changes import Change, ReadBack
from citegrid.workbench.export_service import ExportOptions
from citegrid.workbench.glossary.corrections import Offer

INTERACTIVE = (
    QAbstractButton,
    QLineEdit,
    QTextEdit,
    QPlainTextEdit,
    QAbstractItemView,
    QComboBox,
    QAbstractSpinBox,
    QTabBar,
    QDockWidget,
    PdfCanvas,
    PictureView,
)
#: Words that are the same in both languages.
SAME = ("CiteGrid", "DOI", "PDF")


def ours(top: QWidget) -> list[QWidget]:
    """Every widget that a person works on; parts that Qt makes inside others are named by those."""
    found = []
    for widget in top.findChildren(QWidget):
        away = any(isinstance(one, MessageBar | OfferBar) and one.isHidden() for one in ancestors(widget))
        arrow = isinstance(widget.parent(), QTabBar) and widget.objectName().startswith("Scroll")
        inner = (
            arrow
            or (widget.objectName().startswith("qt_") and not isinstance(widget, QTabBar))
            or isinstance(widget, QHeaderView)
        )
        part = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit) or any(
            isinstance(one, QComboBox) for one in ancestors(widget)
        )
        if isinstance(widget, INTERACTIVE) and not inner and not part and not away:
            found.append(widget)
    return found


def ancestors(widget: QWidget) -> list[QWidget]:
    found, parent = [], widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def described(widget: QWidget) -> str:
    path = [type(w).__name__ + (f"#{w.objectName()}" if w.objectName() else "") for w in (widget, *ancestors(widget))]
    return " < ".join(path[:5])


def test_every_widget_has_a_name_in_the_language_of_now(driver: Driver) -> None:
    driver.open()
    driver.fill()
    window = driver.window
    names: dict[str, dict[int, str]] = {}
    seen: list[QWidget] = []  # held, so that none takes the place in memory of one that is gone
    for code in ("en", "zh", "en"):
        window.speak(code)
        widgets = ours(window)
        seen += widgets
        assert len(widgets) > 60
        nameless = [described(w) for w in widgets if not name_of(w).strip()]
        assert not nameless, "\n".join(nameless)
        names[code] = {id(w): name_of(w) for w in widgets}
    projects = {Path(folder).name for folder in window.settings.recent}
    stuck = [
        f"{described(w)}: {names['zh'][id(w)]}"
        for w in widgets
        if names["zh"].get(id(w)) == names["en"][id(w)]
        and any(c.isascii() and c.isalpha() for c in names["en"][id(w)])
        and not names["en"][id(w)].startswith(SAME)
        and not isinstance(w, PaperTabs)  # named by the paper in front
        and names["en"][id(w)] not in projects  # the start page names recent projects
    ]
    assert not stuck, "\n".join(stuck)


def test_every_tool_button_teaches(driver: Driver) -> None:
    driver.open()
    for code in ("en", "zh"):
        driver.window.speak(code)
        buttons = [w for w in ours(driver.window) if isinstance(w, QToolButton) and not isinstance(w.parent(), QTabBar)]
        silent = [described(b) for b in buttons if not b.toolTip()]
        assert len(buttons) > 40 and not silent, "\n".join(silent)


def dialogs(window: Window) -> tuple[Callable[[], QDialog], ...]:
    """Every dialog of the program, made as the window makes it."""
    project = window.workbench.project
    change = Change("a text", "another", "a text", work_id="r1", column=project.table.columns[0].name)
    elsewhere = (Replacement("甲", "乙", "r1", project.table.columns[0].name),)
    offer = Offer(Correction("first", "甲", "乙"), elsewhere)
    return (
        lambda: ExportDialog((2, 1), ExportOptions(), "en", window),
        lambda: PreferencesDialog(Preferred(10, 1000, language(), "system", ""), (), window),
        lambda: ModelsDialog(window.settings, window.workbench.models, window),
        lambda: ServerDialog(window.workbench.models, window),
        lambda: AboutDialog(window),
        lambda: ColumnsDialog(project.table.columns, "", window),
        lambda: TemplateDialog(6, (), window),
        lambda: PasswordDialog("paper.pdf", window),
        lambda: FailureDialog("It failed.", "Traceback", True, window),
        lambda: FailureDialog("", "A report", True, window, own=True),
        lambda: GuideDialog((("Fill", "F5"),), window),
        lambda: GlossaryDialog((Term("policy", "策略"),), (Term("model", "模型"),), window),
        lambda: CorrectionsDialog(offer, project, window),
        lambda: WordChangesDialog("report.docx", ReadBack((change,), ()), project, window),
    )


def test_every_widget_of_every_dialog_has_a_name(driver: Driver) -> None:
    driver.open()
    driver.fill()
    for code in ("en", "zh"):
        driver.window.speak(code)
        for make in dialogs(driver.window):
            dialog = make()
            dialog.show()
            widgets = ours(dialog)
            nameless = [described(w) for w in widgets if not name_of(w).strip()]
            assert widgets and not nameless, "\n".join(nameless)
            assert dialog.windowTitle()
            pressed = [button.text() for button in dialog.findChildren(QPushButton) if button.isDefault()]
            main = [w.text() for w in dialog.findChildren(QPushButton) if w.objectName() == "primary" and w.isEnabled()]
            assert len(pressed) <= 1 and (not main or not pressed or pressed[0] in main), "Enter presses what is marked"
            fields = [
                w for w in widgets if isinstance(w, QLineEdit | QPlainTextEdit) and w.isEnabled() and w.isVisible()
            ]
            assert not fields or not isinstance(dialog.focusWidget(), QPushButton), "one begins in a field"
            if code == "zh":
                english = [name_of(w) for w in widgets if name_of(w).isascii() and not name_of(w).startswith(SAME)]
                assert not english, (type(dialog).__name__, english)
            dialog.close()
            driver.bot.wait(1)


def reached(top: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> set[QWidget]:
    """What has had the keyboard once Tab has come round to where it began."""
    seen: list[QWidget] = []
    for _ in range(300):
        QTest.keyClick(QGuiApplication.focusWindow(), key)
        here = QApplication.focusWidget()
        assert here is not None
        if len(seen) > 1 and here is seen[0]:
            return set(seen)
        seen.append(here)  # more than once where Tab goes through the links of a text
    raise AssertionError(f"Tab does not come round: {[name_of(w) for w in seen[-10:]]}")


def reachable(top: QWidget) -> list[QWidget]:
    """Everything one can work on at this moment; the arrows that Qt adds to tabs only scroll them."""
    wanted = []
    for widget in ours(top):
        if isinstance(widget, QDockWidget) or not widget.isVisible() or not widget.isEnabled():
            continue
        if widget.visibleRegion().isEmpty() or isinstance(widget.parent(), QTabBar):
            continue
        wanted.append(widget)
    return wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_reaches_everything_in_the_window(driver: Driver, key: Qt.Key) -> None:
    driver.open()
    driver.fill()
    window = driver.window
    window.activateWindow()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F8)  # a cell is chosen, so that Tab does not choose one
    for pane in (window.picture, window.references, window.evidence, window.library):
        window.dock_area.raise_pane(pane)
        driver.bot.wait(30)
        wanted = reachable(window)
        assert len(wanted) > 40
        seen = reached(window, key)
        lost = [w for w in wanted if w not in seen]
        assert not lost, (pane.title_key, [f"{described(w)}: {name_of(w)}" for w in lost])


def test_f6_goes_from_pane_to_pane(driver: Driver) -> None:
    driver.open()
    driver.fill()
    window = driver.window
    window.activateWindow()
    window.table.view.setFocus()
    driver.wait(window.table.view.hasFocus)

    def go(modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget | None:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F6, modifiers)
        return QApplication.focusWidget()

    round_ = [go() for _ in range(4)]
    assert round_[0] is window.review.text and round_[1] is window.pdf.canvas and round_[3] is window.table.view
    assert any(p.isAncestorOf(round_[2]) for p in (window.picture, window.references, window.evidence, window.library))
    assert go(Qt.KeyboardModifier.ShiftModifier) is round_[2]


def test_tab_reaches_everything_in_every_dialog(driver: Driver) -> None:
    driver.open()
    for make in dialogs(driver.window):
        dialog = make()
        dialog.show()
        dialog.activateWindow()
        driver.wait(dialog.isActiveWindow)
        seen = reached(dialog)
        lost = [w for w in reachable(dialog) if w not in seen]
        assert not lost, (type(dialog).__name__, [f"{described(w)}: {name_of(w)}" for w in lost])
        dialog.close()
        driver.bot.wait(1)


def test_tab_reaches_everything_on_the_start_page(driver: Driver) -> None:
    driver.window.activateWindow()
    seen = reached(driver.window)
    lost = [w for w in reachable(driver.window) if w not in seen]
    assert not lost, [f"{described(w)}: {name_of(w)}" for w in lost]
