"""A list of changes, each with a box to tick: some are taken over, the others stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from citegrid.gui.i18n import tr


@dataclass(frozen=True, slots=True)
class Choosable:
    """What can be taken over: where it is, how it is shown (HTML), and whether its box is ticked at first."""

    value: object
    where: str
    shown: str
    ticked: bool = False


class TickDialog(QDialog):
    """``taken(list)`` with the values of those that the person ticked."""

    taken = Signal(object)

    def __init__(
        self, title: str, lead: str, choices: Sequence[Choosable], parent: QWidget, notes: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(760, 560)
        self._choices = choices
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(_label(lead))
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setSpacing(14)
        self.boxes: list[QCheckBox] = []
        for choice in choices:
            rows.addWidget(self._row(choice))
        for note in notes:
            rows.addWidget(_label(f"! {note}"))
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        column.addWidget(area, 1)
        column.addWidget(self._buttons())
        self.accepted.connect(self._emit_taken)
        self._ticked()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.all = QPushButton(tr("Tick all"))
        self.all.clicked.connect(self._tick_all)
        self.take = QPushButton(tr("Take over"))
        self.take.setObjectName("primary")
        self.all.setAutoDefault(False)
        buttons.addButton(self.all, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.take, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Leave all"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        self.all.setEnabled(bool(self._choices))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _row(self, choice: Choosable) -> QWidget:
        row = QWidget()
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3)
        box = QCheckBox(choice.where.replace("&", "&&"))
        box.setChecked(choice.ticked)
        box.toggled.connect(lambda _: self._ticked())
        self.boxes.append(box)
        inside.addWidget(box)
        label = _label(choice.shown, rich=True)
        label.setContentsMargins(24, 0, 0, 0)
        inside.addWidget(label)
        return row

    def _ticked(self) -> None:
        """There is something to take over only where something is ticked."""
        some = any(box.isChecked() for box in self.boxes)
        self.take.setEnabled(some)
        self.take.setDefault(some)

    def _tick_all(self) -> None:
        for box in self.boxes:
            box.setChecked(True)

    def _emit_taken(self) -> None:
        self.taken.emit([c.value for c, box in zip(self._choices, self.boxes, strict=True) if box.isChecked()])


def shortened(title: str, most: int = 50) -> str:
    """A title for the name of a box."""
    return title if len(title) <= most else title[: most - 1] + "…"


def _label(text: str, *, rich: bool = False) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
