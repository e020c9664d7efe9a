"""The review pane: the text with citation marks that jump, its length against the target, doubtful sentences marked."""

from __future__ import annotations

import html

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QMenu, QProgressBar, QTextBrowser

from citegrid.core.citation import cite_all
from citegrid.core.review import Review, Unit, count
from citegrid.core.table import Status
from citegrid.gui import theme
from citegrid.gui.marks import chips, rich_text, sentence_mark
from citegrid.gui.pane import Bar, Pane
from citegrid.gui.words import tr


class ReviewPane(Pane):
    """``citation_chosen(sentence, evidence)``; ``sentence_edited(sentence, text)``; ``again_requested``."""

    citation_chosen = Signal(int, int)
    sentence_edited = Signal(int, str)

    def __init__(self) -> None:
        super().__init__("Review")
        self._review: Review | None = None
        self._chosen = (-1, -1)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(14)
        self.text.anchorClicked.connect(self._clicked)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.text.customContextMenuRequested.connect(self._menu)
        self.body.addWidget(self.text, 1)
        self.doubts = QLabel()
        self.doubts.setObjectName("dim")
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.doubts)
        self.bar.row.addWidget(self.tool("copy", "Copy the review with its citations", self.copy))
        foot = Bar("pane_foot")
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setFixedWidth(120)
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(self.meter)
        self.body.addWidget(foot)

    def set_review(self, review: Review | None) -> None:
        """Show another review, or none yet; the place read stays where it is."""
        self._review = review
        self._draw()

    def copy(self) -> None:
        """Put the whole text on the clipboard, its citations written as in the report: as rich and as plain text."""
        if self._review is None:
            return
        space, tongue = ("", "zh") if self._review.unit is Unit.CHARACTERS else (" ", "en")
        plain: dict[int, list[str]] = {}
        rich: dict[int, list[str]] = {}
        for one in self._review.sentences:
            mark = cite_all(one.evidence, tongue)
            plain.setdefault(one.paragraph, []).append(one.text + (space + mark if mark else ""))
            rich.setdefault(one.paragraph, []).append(rich_text(one.text, mark, space))
        data = QMimeData()
        data.setText("\n\n".join(space.join(parts) for _, parts in sorted(plain.items())))
        lines = "".join(f"<p>{space.join(parts)}</p>" for _, parts in sorted(rich.items()))
        data.setHtml(f'<meta charset="utf-8">{lines}')
        QApplication.clipboard().setMimeData(data)

    def _draw(self) -> None:
        place = self.text.verticalScrollBar().value()
        colours = theme.current()
        review = self._review
        if review is None or not review.sentences:
            hint = tr("The review is written here when the table is filled; every sentence with its citations.")
            self.text.setHtml(f'<p style="color:{colours.dim}">{html.escape(hint)}</p>')
            self.count.clear()
            self.doubts.clear()
            self.meter.setVisible(False)
            return
        self.text.setHtml(self._page(review, colours))
        self.text.verticalScrollBar().setValue(place)
        length = sum(count(one.text, review.unit) for one in review.sentences)
        unit = tr("characters") if review.unit is Unit.CHARACTERS else tr("words")
        self.count.setText(tr("{count} of {target} {unit}", count=length, target=review.target, unit=unit))
        self.meter.setVisible(True)
        self.meter.setRange(0, max(1, review.target))
        self.meter.setValue(min(length, review.target))
        doubts = sum(one.status in (Status.UNSUPPORTED, Status.FAILED) for one in review.sentences)
        words = "1 sentence to look at" if doubts == 1 else "{count} sentences to look at"
        self.doubts.setText(tr(words, count=doubts) if doubts else "")

    def _page(self, review: Review, colours: theme.Theme) -> str:
        paragraphs: dict[int, list[str]] = {}
        space = "" if review.unit is Unit.CHARACTERS else " "
        for i, one in enumerate(review.sentences):
            mark = sentence_mark(one)
            style = ""
            if one.status in (Status.UNSUPPORTED, Status.FAILED):
                style = f"border-bottom:1px; text-decoration:underline; color:{colours.unsupported};"
            marks = "".join(
                f'&#8202;<a href="cite:{i}:{number}" style="text-decoration:none; color:{self._ink((i, number), colours)[0]}; '
                f'background-color:{self._ink((i, number), colours)[1]};">&nbsp;{html.escape(label)}&nbsp;</a>'
                for label, number in chips(one.evidence)
            )
            warning = "" if not style else f'<span style="color:{mark.ink(colours)}"> {mark.sign}</span>'
            words = (
                f'<a name="s{i}" href="cite:{i}:-1" style="text-decoration:none; color:{colours.text}; {style}">'
                f"{html.escape(one.text)}</a>"
            )
            paragraphs.setdefault(one.paragraph, []).append(f"{words}{warning}{marks}")
        body = "".join(
            f'<p style="margin:0 0 10px 0; line-height:150%">{space.join(parts)}</p>'
            for _, parts in sorted(paragraphs.items())
        )
        return f'<body style="color:{colours.text}">{body}</body>'

    def _ink(self, place: tuple[int, int], colours: theme.Theme) -> tuple[str, str]:
        return (colours.on_accent, colours.accent) if place == self._chosen else (colours.accent, colours.chip)

    def _clicked(self, url: QUrl) -> None:
        kind, _, rest = url.toString().partition(":")
        if kind != "cite":
            return
        sentence, evidence = (int(part) for part in rest.split(":"))
        self._chosen = (sentence, max(0, evidence))
        self._draw()
        self.citation_chosen.emit(sentence, max(0, evidence))

    def _sentence_at(self, place: QPoint) -> int:
        """The sentence under a place of the viewport; -1 without one."""
        anchor = self.text.anchorAt(place)
        if anchor.startswith("cite:"):
            return int(anchor.split(":")[1])
        return -1

    def _menu(self, place: QPoint) -> None:
        number = self._sentence_at(place)
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if number >= 0:
            menu.addAction(
                theme.icon("quote"), tr("Show its evidence"), lambda: self._clicked(QUrl(f"cite:{number}:0"))
            )
            menu.addAction(theme.icon("edit"), tr("Edit the sentence"), lambda: self.edit_sentence(number))
            menu.addSeparator()
        selected = self.text.textCursor().hasSelection()
        menu.addAction(theme.icon("copy"), tr("Copy"), self.text.copy).setEnabled(selected)
        menu.addAction(theme.icon("review"), tr("Copy the review with its citations"), self.copy)
        menu.popup(self.text.viewport().mapToGlobal(place))

    def edit_sentence(self, number: int) -> None:
        """Ask for other words for one sentence."""
        if self._review is None:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Edit the sentence"))
        dialog.setLabelText(tr("Its citations stay and are checked again:"))
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setTextValue(self._review.sentences[number].text)
        dialog.resize(560, 240)
        dialog.textValueSelected.connect(lambda text: self.sentence_edited.emit(number, text))
        dialog.open()

    def scroll_to(self, number: int) -> None:
        """Bring a sentence into view."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.scrollToAnchor(f"s{number}")

    def retranslate(self) -> None:
        super().retranslate()
        self.text.setAccessibleName(tr("Review"))
        self._draw()
