"""The library pane: background documents with their state, a search over them, and a reader that marks the chunk."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QMenu, QPushButton, QSplitter

from citegrid.core.language.terms import asked_terms
from citegrid.core.library import Background, Chunk, Hit, IndexedFile
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.widgets.pane import Bar, Pane
from citegrid.gui.widgets.passage_mime import Dragged, to_mime
from citegrid.gui.widgets.reading_text import ReadingText

#: Milliseconds after the last key before a search; letters of a snippet.
PAUSE, SNIPPET = 250, 150
#: Folders and files that one menu offers to remove.
MOST_OFFERED = 20
_FILE, _HIT, _ROOT = (int(Qt.ItemDataRole.UserRole) + i for i in range(3))


class LibraryReader(ReadingText):
    """Shows a document; selected words are dragged as a passage of the chunk they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.document().setDocumentMargin(12)
        self.shown: Background | None = None
        self._chunk = 0

    def show_chunk(self, document: Background, chunk: int, quote: str = "") -> None:
        """Show ``document``, chunk ``chunk`` marked and in view, ``quote`` within it in bold."""
        self.shown, self._chunk = document, chunk
        colours = theme.current()
        parts, heading = [f"<h3>{html.escape(document.title)}</h3>"], ""
        for one in document.chunks:
            if one.heading != heading:
                heading = one.heading
                parts.append(f"<h4>{html.escape(heading)}</h4>")
            parts.append(self._block(one, one.number == chunk, quote, colours))
        self.setHtml(f'<body style="color:{colours.text}; line-height:135%">{"".join(parts)}</body>')
        QTimer.singleShot(0, self, lambda: self.scrollToAnchor(f"chunk{chunk}"))

    def forget(self) -> None:
        """Show nothing."""
        self.shown, self._chunk = None, 0
        self.clear()

    @staticmethod
    def _block(chunk: Chunk, marked: bool, quote: str, colours: theme.Theme) -> str:
        text = html.escape(chunk.text)
        wanted = html.escape(quote)
        if marked and wanted and wanted in text:
            text = text.replace(wanted, f"<b>{wanted}</b>", 1)
        page = " · " + tr("p. {page}", page=chunk.page) if chunk.page is not None else ""
        ground = f' bgcolor="{colours.selection}"' if marked else ""
        return (
            f'<a name="chunk{chunk.number}"></a><table width="100%" cellpadding="6" cellspacing="0"><tr><td{ground}>'
            f'<span style="color:{colours.dim}">{html.escape(f"§ {chunk.number}{page}")}</span><br>'
            f"{text.replace(chr(10) * 2, '<br>')}</td></tr></table>"
        )

    def selected(self) -> Dragged | None:
        """The selected words as a passage; None where they stand in no chunk as they are."""
        words = self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
        if self.shown is None or not words or "\n" in words:
            return None
        ordered = sorted(self.shown.chunks, key=lambda c: c.number != self._chunk)
        found = next((c for c in ordered if words in c.text), None)
        return Dragged(self.shown.sha256, found.number, words) if found is not None else None

    def createMimeDataFromSelection(self) -> QMimeData:
        passage = self.selected()
        return to_mime(passage) if passage is not None else super().createMimeDataFromSelection()


class LibraryList(QListWidget):
    """Documents, or what a search found; a hit is dragged as its most telling sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def add(self, first: str, second: str) -> QListWidgetItem:
        """A new item of two lines, high enough for the ideographs of another font."""
        item = QListWidgetItem(f"{first}\n{second}", self)
        item.setSizeHint(QSize(0, 2 * self.fontMetrics().lineSpacing() + 20))
        return item

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        hits = [item.data(_HIT) for item in items if item.data(_HIT) is not None]
        if not hits:
            return QMimeData()
        hit, words = hits[0]
        return to_mime(Dragged(hit.sha256, hit.chunk.number, words))


class LibraryPane(Pane):
    """Wishes: folders or files added, a root removed, the library read again, a search, a document opened at a chunk."""

    folder_requested = Signal()
    files_requested = Signal()
    zotero_requested = Signal()
    remove_requested = Signal(str)
    update_requested = Signal()
    search_requested = Signal(str)
    open_requested = Signal(str, int, str)
    verdict_requested = Signal(str)
    evidence_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Library")
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.count)
        self.bar.row.addWidget(self.tool("folder", "Add a folder of background documents", self.folder_requested.emit))
        self.bar.row.addWidget(self.tool("add", "Add background documents", self.files_requested.emit))
        zotero = self.tool("library", "Take a collection, or the cited works, from Zotero", self.zotero_requested.emit)
        zotero.setText("Zotero")
        zotero.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.bar.row.addWidget(zotero)
        self.bar.row.addWidget(self.tool("refresh", "Read what came or changed", self.update_requested.emit))
        self.wanted = QLineEdit()
        self.wanted.setClearButtonEnabled(True)
        self.wanted.setAcceptDrops(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(lambda: self.search_requested.emit(self.wanted.text().strip()))
        self.wanted.textChanged.connect(lambda _: self._soon.start())
        line = Bar()
        line.row.addWidget(self.wanted)
        self.list = LibraryList()
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        self.list.customContextMenuRequested.connect(self._menu)
        self.reader = LibraryReader()
        self.reader.hide()
        self.empty = QLabel()
        self.empty.setObjectName("dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(16)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.setChildrenCollapsible(False)
        for half in (self.list, self.reader):
            half.setMinimumHeight(48)
            self.halves.addWidget(half)
        self.body.addWidget(line)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.halves, 1)
        self.foot = Bar("pane_foot")  # a citation is judged where it is read
        self.foot.row.setContentsMargins(10, 6, 10, 6)
        self.foot.row.setSpacing(8)
        self.accept, self.reject, self.back = QPushButton(), QPushButton(), QPushButton()
        self.accept.setObjectName("primary")
        self.accept.clicked.connect(lambda _=False: self.verdict_requested.emit("accept"))
        self.reject.clicked.connect(lambda _=False: self.verdict_requested.emit("reject"))
        self.back.clicked.connect(self.evidence_requested)
        for button in (self.accept, self.reject, self.back):
            self.foot.row.addWidget(button)
        self.foot.row.addStretch(1)
        self.body.addWidget(self.foot)
        self.foot.hide()
        self._roots: tuple[str, ...] = ()
        self._files: tuple[IndexedFile, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self._shown = ("", 0, "")
        self.set_library((), ())

    # -- facts ---------------------------------------------------------------------------------------------------------

    def set_library(self, roots: Sequence[Path], files: Sequence[IndexedFile]) -> None:
        """Show the project's folders and files of background documents."""
        self._roots, self._files = tuple(map(str, roots)), tuple(files)
        self.empty.setVisible(not roots)
        self.halves.setVisible(bool(roots))
        if not roots:
            self.reader.hide()
        if self.wanted.text().strip():
            self._soon.start()
        else:
            self._draw()

    def forget(self) -> None:
        self.wanted.clear()
        self._soon.stop()
        self._hits, self._shown = (), ("", 0, "")
        self.reader.forget()
        self.reader.hide()
        self.foot.hide()

    def set_judging(self, on: bool) -> None:
        """Whether what is shown proves a cell that can be judged here."""
        self.foot.setVisible(on)

    def set_hits(self, question: str, hits: Sequence[Hit]) -> None:
        """Show what a search found; nothing when the person has typed on."""
        if question == self.wanted.text().strip():
            self._hits = tuple(hits)
            self._draw()

    def show_document(self, document: Background, chunk: int, quote: str = "") -> None:
        """Open a document at a chunk."""
        self._shown = (document.sha256, chunk, quote)
        self.halves.show()
        self.empty.hide()
        self.reader.show()
        self.reader.show_chunk(document, chunk, quote)

    def _draw(self) -> None:
        self.list.clear()
        asked = self.wanted.text().strip()
        if asked:
            for hit in self._hits:
                words = snippet(hit.chunk.text, asked)
                item = self.list.add(f"§ {hit.chunk.number} · {hit.title}", shortened(words))
                item.setData(_HIT, (hit, words))
                item.setToolTip(words + "\n" + tr("Drag it onto a cell to make it evidence"))
            self.count.setText(tr("{count} found", count=len(self._hits)))
            return
        for file in self._files:
            state = tr_sentence(file.fault) if file.skipped else tr("{count} passages", count=file.chunks)
            state += f" · {tr_sentence(file.fault)}" if file.fault and not file.skipped else ""
            sign = "!" if file.skipped else "✓"
            item = self.list.add(f"{sign} {file.title or Path(file.path).name}", state)
            item.setData(_FILE, file)
            item.setToolTip(file.path)
        ready = sum(not f.skipped for f in self._files)
        self.count.setText(tr("{count} documents", count=ready) if self._files else "")

    # -- wishes --------------------------------------------------------------------------------------------------------

    def _open(self, item: QListWidgetItem) -> None:
        file, found = item.data(_FILE), item.data(_HIT)
        if found is not None:
            hit, words = found
            self.open_requested.emit(hit.sha256, hit.chunk.number, words)
        elif file is not None and not file.skipped:
            self.open_requested.emit(file.sha256, 1, "")

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for root in self._roots_at(place)[:MOST_OFFERED]:
            words = tr("Remove {name} from the library", name=Path(root).name)
            menu.addAction(theme.icon("remove"), words).triggered.connect(
                lambda _=False, root=root: self.remove_requested.emit(root)
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._roots:
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _roots_at(self, place: QPoint) -> tuple[str, ...]:
        """The folder or file that the document at ``place`` belongs to; all of them where none is."""
        item = self.list.itemAt(place)
        file = item.data(_FILE) if item is not None else None
        within = [root for root in self._roots if file is not None and Path(file.path).is_relative_to(root)]
        return tuple(within) or self._roots

    def retranslate(self) -> None:
        super().retranslate()
        self.wanted.setPlaceholderText(tr("Search the library, in Chinese or English"))
        self.wanted.setAccessibleName(tr("Search the library, in Chinese or English"))
        self.list.setAccessibleName(tr("Library"))
        for button, words, tip in (
            (self.accept, "Accept", "Accept the cell (A)"),
            (self.reject, "Reject", "Reject the cell (R)"),
            (self.back, "Evidence", "Show all evidence of the cell"),
        ):
            button.setText(tr(words))
            button.setToolTip(tr(tip))
        self.reader.setAccessibleName(tr("The background document"))
        self.empty.setText(
            tr(
                "Add a folder of background documents (PDF, Word, text, web pages), drop it here, or take them from Zotero: "
                "they become rows and evidence."
            )
        )
        self._draw()


def snippet(text: str, asked: str) -> str:
    """The line's sentence that holds most words of the question, as it stands in the chunk."""
    terms = asked_terms(asked)
    pieces = [p.strip() for p in re.findall(r"[^。！？\n]+?(?:[.!?](?=\s|$)|[。！？]|\n|$)", text) if p.strip()]
    return max(pieces, key=lambda p: sum(t in p.casefold() for t in terms), default=text[:SNIPPET])


def shortened(words: str) -> str:
    """A snippet of at most SNIPPET letters."""
    return words if len(words) <= SNIPPET else words[: SNIPPET - 1] + "…"
