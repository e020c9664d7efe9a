"""Which of the cited works are here: those that were found, with their files, and those that are missing, to be copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from citegrid.core.holdings import CitedFiles, link_of, wanted_list
from citegrid.core.reference import Reference
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.items.reference_items import short_authors

#: Sentences about files that are told beneath the lists.
FAULTS = 2
#: Height of a line.
ROW = 26
#: Share of the width that the works' column has.
WORKS = 0.62


class CitedDialog(QDialog):
    """``taken(CitedFiles)`` when the works that are here are to be read as sources."""

    taken = Signal(object)

    def __init__(self, cited: CitedFiles, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("The cited works"))
        self.resize(860, 600)
        self._cited = cited
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        here, total = len(cited.found), cited.total
        self.lead = QLabel(tr("{here} of {total} works are here.", here=here, total=total))
        self.lead.setObjectName("title")
        column.addWidget(self.lead)
        words = (
            "Read as sources, their own words fill their rows."
            if here
            else "None of the files is a work of the reference list."
        )
        lead = QLabel(tr(words))
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addWidget(self._list(), 1)
        for fault in cited.faults[:FAULTS]:
            label = QLabel(f"! {tr_sentence(fault)}")
            label.setObjectName("dim")
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(self._foot())

    def _list(self) -> QTreeWidget:
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Work"), tr("File, or where it can be had")])
        self.list.setAccessibleName(tr("The cited works"))
        self.list.setIndentation(14)
        self.list.setIconSize(QSize(16, 16))
        found, missing = self._cited.found, self._cited.missing
        here = self._group(tr("Here ({count})", count=len(found)))
        for reference, file in found:
            self._line(here, "open", reference, Path(file.path).name, file.path)
        gone = self._group(tr("Missing ({count})", count=len(missing)))
        for reference in missing:
            link = link_of(reference)
            self._line(gone, "dash", reference, link or "–", link or reference.raw)
        self.list.expandAll()
        head = self.list.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(0, int(self.width() * WORKS))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        return self.list

    def _group(self, words: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem([words])
        group.setSizeHint(0, QSize(0, ROW + 4))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self.list.addTopLevelItem(group)
        return group

    def _line(self, group: QTreeWidgetItem, sign: str, reference: Reference, place: str, tip: str) -> None:
        who = f"{reference.label} {short_authors(reference.authors, reference.year)}".strip()
        line = QTreeWidgetItem([f"{who} · {reference.title or reference.raw}", place])
        line.setSizeHint(0, QSize(0, ROW))
        line.setIcon(0, theme.icon(sign))
        line.setToolTip(0, reference.raw)
        line.setToolTip(1, tip)
        group.addChild(line)

    def _foot(self) -> QHBoxLayout:
        self.copy = QPushButton(theme.icon("copy"), tr("Copy the missing ones"))
        self.copy.setToolTip(tr("A line for each: the work, its DOI and its address"))
        self.copy.setEnabled(bool(self._cited.missing))
        self.copy.clicked.connect(self._copy)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        self.take = QPushButton(tr("Read {count} as sources", count=len(self._cited.found)))
        self.take.setObjectName("primary")
        self.take.setVisible(bool(self._cited.found))
        self.take.clicked.connect(self._take)
        for button in (self.copy, close, self.take):
            button.setAutoDefault(False)
        (self.take if self._cited.found else close).setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.take)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(wanted_list(self._cited.missing))
        self.copy.setText(tr("Copied"))

    def _take(self) -> None:
        self.accept()
        self.taken.emit(self._cited)
