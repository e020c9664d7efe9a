"""The review pane: an editor whose citations jump, its length against the target, doubtful sentences marked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QProgressBar, QToolButton

from citegrid.core.citation import cite_all
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.table import Status
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.gui.review_editor.editor import ReviewText
from citegrid.gui.status_style import rich_text
from citegrid.gui.widgets.new_text_strip import NewTextStrip
from citegrid.gui.widgets.pane import Bar, Pane

DOUBTFUL = (Status.UNSUPPORTED, Status.FAILED)
#: How far from the target a review may be before the counter says so.
SLACK = 0.1


class ReviewPane(Pane):
    """Wishes: ``citation_chosen(sentence, evidence)``, ``review_written(Review)``, ``rewrite_requested(paragraph)``."""

    citation_chosen = Signal(int, int)
    review_written = Signal(object)
    rewrite_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__("Review")
        self._review: Review | None = None
        self.text = ReviewText()
        self.text.chosen_at.connect(self._choose)
        self.text.typed.connect(self._measure)
        self.text.written.connect(self.review_written)
        self.text.menu_requested.connect(self._menu)
        self.beside = NewTextStrip()
        self.body.addWidget(self.beside)
        self.body.addWidget(self.text, 1)
        self.bar.row.addStretch(1)
        self.doubts = QToolButton()
        self.doubts.setObjectName("doubts")
        self.doubts.setAutoRaise(True)
        self.doubts.clicked.connect(self.show_doubt)
        self.teach(self.doubts, "Go to the next sentence that no source carries, or whose translation is to be checked")
        self.bar.row.addWidget(self.doubts)
        self.again = self.tool("refresh", "Rewrite the paragraph of the cursor from the same evidence", self._rewrite)
        self.bar.row.addWidget(self.again)
        self.copies = self.tool("copy", "Copy the review with its citations", self.copy)
        self.bar.row.addWidget(self.copies)
        foot = Bar("pane_foot")
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setMinimumWidth(24)
        self.meter.setMaximumWidth(120)
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(self.meter)
        self.body.addWidget(foot)

    def forget(self) -> None:
        self.text.forget()

    def set_review(self, review: Review | None, beside: Review | None = None) -> None:
        """Show another review, or none yet; the place read stays where it is.  ``beside`` is what a later run wrote."""
        self.beside.show_count(review, beside)
        self._review = review if review is not None and review.sentences else None
        self.text.set_review(self._review)
        self._measure(self._review)

    def set_busy(self, busy: bool) -> None:
        """Whether the model is at work and cannot be asked to rewrite."""
        self.again.setEnabled(self._review is not None and not busy)

    def choose(self, sentence: int, evidence: int) -> None:
        """Mark the sentence whose evidence is shown; -1: none of them."""
        self.text.choose(sentence, evidence)

    def _choose(self, sentence: int, evidence: int) -> None:
        self.text.choose(sentence, evidence)
        self.citation_chosen.emit(sentence, evidence)

    def copy(self) -> None:
        """Put the whole text on the clipboard, its citations written as in the report: as rich and as plain text."""
        self.text.commit()
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

    def _measure(self, review: Review | None) -> None:
        """Count what stands there now against the target, and what nobody has proved."""
        self.meter.setVisible(review is not None)
        self.again.setEnabled(review is not None)
        self.copies.setEnabled(review is not None)
        doubts = sum(map(_is_doubtful, review.sentences)) if review is not None else 0
        words = "1 sentence to look at" if doubts == 1 else "{count} sentences to look at"
        self.doubts.setText(tr(words, count=doubts) if doubts else "")
        self.doubts.setVisible(bool(doubts))
        if review is None:
            self.count.clear()
            return
        length = sum(count(one.text, review.unit) for one in review.sentences)
        unit = tr("characters") if review.unit is Unit.CHARACTERS else tr("words")
        said = tr("{count} of {target} {unit}", count=length, target=review.target, unit=unit)
        away = length - review.target
        if abs(away) > SLACK * review.target:
            said += " · " + (tr("{count} too many", count=away) if away > 0 else tr("{count} to go", count=-away))
        self.count.setText(said)
        self.meter.setRange(0, max(1, review.target))
        self.meter.setValue(min(length, review.target))
        self.meter.setProperty("over", away > SLACK * review.target)
        self.meter.style().polish(self.meter)

    def show_doubt(self) -> None:
        """The next sentence behind the shown one that is to be looked at: bring it into view, show what was found."""
        self.text.commit()
        if self._review is None:
            return
        doubtful = [i for i, one in enumerate(self._review.sentences) if _is_doubtful(one)]
        if doubtful:
            number = next((i for i in doubtful if i > self.text.chosen[0]), doubtful[0])
            self.scroll_to(number)
            self._choose(number, 0)

    def scroll_to(self, number: int) -> None:
        """Bring a sentence into view, the cursor at its beginning."""
        place = self.text.place_of(number)
        if place >= 0:
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(place)
            self.text.setTextCursor(cursor)
            self.text.ensureCursorVisible()

    def _rewrite(self) -> None:
        self._rewrite_at(self.text.textCursor().blockNumber())

    def _rewrite_at(self, paragraph: int) -> None:
        self.text.commit()
        self.rewrite_requested.emit(paragraph)

    def _menu(self, place: QPoint, sentence: int, paragraph: int) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        some = self.text.textCursor().hasSelection()

        def add(icon: str, words: str, call: object, enabled: bool = True) -> None:
            action = QAction(theme.icon(icon), words, menu)
            action.triggered.connect(lambda *_: call())  # type: ignore[operator]
            action.setEnabled(enabled)
            menu.addAction(action)

        add("quote", tr("Show its evidence"), lambda: self._choose(sentence, 0), sentence >= 0)
        add("refresh", tr("Rewrite this paragraph"), lambda: self._rewrite_at(paragraph), self.again.isEnabled())
        menu.addSeparator()
        add("copy", tr("Copy"), self.text.copy, some)
        add("paste", tr("Paste"), self.text.paste, self.text.canPaste())
        add("review", tr("Copy the review with its citations"), self.copy)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def retranslate(self) -> None:
        super().retranslate()
        self.text.setAccessibleName(tr("Review"))
        hint = tr("The review is written here when the table is filled; every sentence with its citations.")
        self.text.hint = hint
        self.text.setAccessibleDescription(hint if self._review is None else "")
        self.text.commit()
        self.text.draw()
        self.beside.retranslate()
        self._measure(self._review)


def _is_doubtful(sentence: Sentence) -> bool:
    """Whether a person is to look at a sentence: no source carries it, or its translation is not sure."""
    return sentence.status in DOUBTFUL or sentence.to_be_checked
