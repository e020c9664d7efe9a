"""What all panes share: a bar with a title and tools (which is also the handle to drag the pane), and small helpers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from citegrid.gui.i18n import tr
from citegrid.gui.theme import icon


class Pane(QWidget):
    """A bordered sheet.  ``bar`` stands apart, because the dock uses it as its title bar."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title_key = title
        self.bar = Bar()
        self.title = QLabel()
        self.title.setObjectName("title")
        self.title.setContentsMargins(4, 0, 8, 0)
        self.bar.row.addWidget(self.title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self._tips: list[tuple[QWidget, str]] = []

    def tool(
        self, name: str, tip: str, call: Callable[[], object] | None = None, *, checkable: bool = False
    ) -> QToolButton:
        """A button for the bar; ``tip`` is also its name for screen readers."""
        button = QToolButton()
        button.setIcon(icon(name))
        button.setIconSize(QSize(18, 18))
        button.setCheckable(checkable)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if call is not None:
            button.clicked.connect(lambda *_: call())
        self.teach(button, tip)
        return button

    def main(self) -> QWidget | None:
        """What takes the keyboard when one comes to the pane: the largest of its views and texts that are seen."""
        views = (w for w in self.findChildren(QAbstractScrollArea) if w.isVisible() and w.isEnabled())
        reached = [w for w in views if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return max(reached, key=lambda w: w.width() * w.height(), default=None)

    def forget(self) -> None:
        """Another project is open: nothing that was asked, chosen or found in the one before is shown any more; panes say
        what that is.  What the project itself holds is shown anew by those who give it."""

    def teach(self, widget: QWidget, tip: str) -> None:
        """Give a widget a tooltip and an accessible name that follow the language."""
        self._tips.append((widget, tip))

    def retranslate(self) -> None:
        """Show all words in the language of now; panes add their own."""
        self.title.setText(tr(self.title_key))
        self.setAccessibleName(tr(self.title_key))
        for widget, tip in self._tips:
            widget.setToolTip(tr(tip))
            widget.setAccessibleName(tr(tip))


class Bar(QWidget):
    """A thin row of tools.  Those that ``may_fold`` leave a bar that is too narrow; the pane's menu offers them then."""

    def __init__(self, name: str = "pane_bar") -> None:
        super().__init__()
        self._may_fold: tuple[QWidget, ...] = ()
        self._folded: set[QWidget] = set()
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 2, 6, 2)
        self.row.setSpacing(1)
        self.setMinimumHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def gap(self, pixels: int = 8) -> None:
        """A small space between groups."""
        self.row.addSpacing(pixels)

    def may_fold(self, *widgets: QWidget) -> None:
        """Say what can leave the bar, what is missed least first; nobody else may show or hide these."""
        self._may_fold = widgets

    @property
    def folded(self) -> list[QToolButton]:
        """The tools that had no room, in the order of the bar."""
        return [w for w in reversed(self._may_fold) if w in self._folded and isinstance(w, QToolButton)]

    def _width_of(self, widget: QWidget) -> int:
        return max(widget.minimumWidth(), widget.minimumSizeHint().width()) + self.row.spacing()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        still = sum(self._width_of(w) for w in self._may_fold if w not in self._folded)
        return QSize(max(0, least.width() - still), least.height())

    def _fold(self) -> None:
        wanted = super().minimumSizeHint().width() + sum(map(self._width_of, self._folded))
        for widget in self._may_fold:
            away = wanted > self.width()
            if away:
                wanted -= self._width_of(widget)
            if away != (widget in self._folded):
                self._folded ^= {widget}
                widget.setVisible(not away)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a label says more or less than before
            self._fold()
        return done
