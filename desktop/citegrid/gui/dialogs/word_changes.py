"""What others changed in a Word report: each change with how it was judged, to be taken over or left."""

from __future__ import annotations

import html

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

from citegrid.core.project import Project
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.status_style import status_mark
from citegrid.pipeline.export.word.changes import Change, ReadBack


class WordChangesDialog(QDialog):
    """``taken(changes)`` with those that the person ticked."""

    taken = Signal(object)

    def __init__(self, name: str, back: ReadBack, project: Project, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Changes in {name}", name=name))
        self.resize(760, 560)
        self._changes = back.changes
        self._titles = {row.work.id: row.work.title for row in project.table.rows}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        lead = tr("Tick what you take over. What is not ticked stays as it is in the project; you can undo it later.")
        column.addWidget(_label(lead if back.changes else tr("The file says what the project says.")))
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setSpacing(14)
        self.boxes: list[QCheckBox] = []
        for change in back.changes:
            rows.addWidget(self._row(change))
        for note in back.notes:
            rows.addWidget(_label(f"! {tr_sentence(note)}"))
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        column.addWidget(area, 1)
        buttons = QDialogButtonBox()
        self.all = QPushButton(tr("Tick all"))
        self.all.clicked.connect(self._tick_all)
        take = QPushButton(tr("Take over"))
        take.setDefault(True)
        buttons.addButton(self.all, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Leave all"), QDialogButtonBox.ButtonRole.RejectRole)
        take.setEnabled(bool(back.changes))
        self.all.setEnabled(bool(back.changes))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._emit_taken)
        column.addWidget(buttons)

    def _row(self, change: Change) -> QWidget:
        row = QWidget()
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3)
        if change.sentence is not None:
            where = tr("Sentence {number} of the review", number=change.sentence + 1)
        else:
            title = self._titles.get(change.work_id, "")
            where = title if len(title) <= 50 else title[:49] + "…"
            where += f" · {change.column}" if change.column else ""
        box = QCheckBox(where)
        self.boxes.append(box)
        inside.addWidget(box)
        colours = theme.current()
        lines = [f'<span style="color:{colours.dim}"><s>{html.escape(change.was)}</s></span>'] if change.was else []
        lines.append(html.escape(change.text) or f"<i>{html.escape(tr('deleted'))}</i>")
        if change.both:
            lines.append(html.escape(tr("You changed it too: {text}", text=change.now)))
        if change.judged is not None and change.text:
            evidence = change.judged.evidence
            mark = status_mark(change.judged.status, evidence)
            why = f" ({html.escape(tr_sentence(change.judged.reason))})" if change.judged.reason else ""
            lines.append(
                f'<span style="color:{mark.ink(colours)}">{mark.sign} {html.escape(tr(mark.phrase))}</span>{why}'
            )
        lines_label = _label("<br>".join(lines), rich=True)
        lines_label.setContentsMargins(24, 0, 0, 0)
        inside.addWidget(lines_label)
        return row

    def _tick_all(self) -> None:
        for box in self.boxes:
            box.setChecked(True)

    def _emit_taken(self) -> None:
        self.taken.emit([c for c, box in zip(self._changes, self.boxes, strict=True) if box.isChecked()])


def _label(text: str, *, rich: bool = False) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
