"""The text of the review as an editor: sentences that know what they came from, citations as marks that cannot break."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from citegrid.core.review import Review
from citegrid.core.table import Doubts, Status, stretches
from citegrid.gui import theme
from citegrid.gui.review_editor.citation_chip import (
    CHIP,
    LABEL_PROPERTY,
    MARK_PROPERTY,
    OBJECT_CHARACTER,
    SENTENCE_PROPERTY,
    CitationChip,
)
from citegrid.gui.review_editor.clipboard import copied, pasted
from citegrid.gui.review_editor.runs import TextRun, review_of, runs_of
from citegrid.gui.status_style import as_doubtful, chip_label, units
from citegrid.gui.widgets.hint import paint_hint

#: Milliseconds without a key before what was written is taken over.
REST = 900


class ReviewText(QTextEdit):
    """Wishes: ``chosen_at(sentence, evidence)`` when the cursor or a click comes to them, ``written(Review)`` when the
    person rests.  ``typed(Review)`` tells of every change at once."""

    chosen_at = Signal(int, int)
    typed = Signal(object)
    written = Signal(object)
    menu_requested = Signal(object, int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)  # the window's undo takes back everything, this text included
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setMouseTracking(True)
        self.document().setDocumentMargin(14)
        self._chip = CitationChip(self, lambda: self.chosen)
        self.document().documentLayout().registerHandler(CHIP, self._chip)
        self.chosen = (-1, -1)
        self.hint = ""
        self._named = False
        self._review: Review | None = None
        self._filling = False
        self._pending = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._rested)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)

    # -- in and out ----------------------------------------------------------------------------------------------------

    def set_review(self, review: Review | None) -> None:
        """Show a review; the cursor and the place read stay where they are, and so does what is being written."""
        if review is not None and self._review is not None and _words(review) == _words(self._review):
            self._review = review
            for sentence in range(len(review.sentences)):
                self._dress(sentence)
            return
        self._review = review
        self.draw()

    def forget(self) -> None:
        """Another project is open: what was written here is its own, from the beginning."""
        self.chosen, self._review = (-1, -1), None
        self.draw()

    def name_papers(self, on: bool) -> None:
        """Whether the marks name the paper as well, because there are several."""
        if on != self._named:
            self._named = on
            self.commit()
            self.draw()

    def draw(self) -> None:
        """Write the text anew, as the review says and in the colours of now."""
        review = self._review
        self._rest.stop()
        self._pending = False
        here, scroll = self._place(), self.verticalScrollBar().value()
        self._filling = True
        self.clear()
        self.setReadOnly(review is None)
        if review is not None:
            self._fill(review)
        self._settle(here)
        self._filling = False
        self.verticalScrollBar().setValue(scroll)

    def _place(self) -> tuple[int, int, bool]:
        """The cursor's paragraph, the characters before it there without white space, and whether a space comes last."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return cursor.blockNumber(), len("".join(before.split())), before[-1:].isspace()

    def _settle(self, place: tuple[int, int, bool]) -> None:
        """Put the cursor back; a space that was typed last and that the review does not keep is typed again."""
        number, count, spaced = place
        block = self.document().findBlockByNumber(min(number, self.document().blockCount() - 1))
        text, at = block.text(), 0
        while count and at < len(text):
            count -= not text[at].isspace()
            at += 1
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + at)
        if spaced and at:
            if text[at : at + 1].isspace():
                cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
            else:
                style = cursor.charFormat()
                cursor.insertText(" ", self._plain(-1, None) if style.objectType() == CHIP else style)
        self.setTextCursor(cursor)

    def _fill(self, review: Review) -> None:
        cursor = QTextCursor(self.document())
        paragraph = 0
        block = QTextBlockFormat()
        block.setLineHeight(150.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(8)
        cursor.setBlockFormat(block)
        for run in runs_of(review):
            if run.paragraph != paragraph:
                cursor.insertBlock(block, QTextCharFormat())
                paragraph = run.paragraph
            self._insert(cursor, run, review)

    def _insert(self, cursor: QTextCursor, run: TextRun, review: Review) -> None:
        if run.mark < 0:
            before = len(run.text) - len(run.text.lstrip())
            for text, doubtful in stretches(run.text, self._doubts(run.sentence, run.text, review, before)):
                cursor.insertText(text, self._plain(run.sentence, review, doubtful))
            return
        made = QTextCharFormat()
        made.setObjectType(CHIP)
        made.setProperty(SENTENCE_PROPERTY, run.sentence)
        made.setProperty(MARK_PROPERTY, run.mark)
        made.setProperty(LABEL_PROPERTY, chip_label(review.sentences[run.sentence].evidence[run.mark], self._named))
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        cursor.insertText(OBJECT_CHARACTER, made)

    @staticmethod
    def _doubts(sentence: int, text: str, review: Review, start: int) -> Doubts:
        """The doubtful places of a sentence whose words begin at ``start`` of ``text``; none while it says something else."""
        if sentence < 0 or text[start:] != review.sentences[sentence].text:
            return ()
        return tuple((start + a, start + b) for a, b in review.sentences[sentence].open_doubts)

    def _plain(self, sentence: int, review: Review | None, doubtful: bool = False) -> QTextCharFormat:
        """The look of a sentence's words: a wavy line under what no source carries, a broken one under a translation in doubt."""
        made, colours = QTextCharFormat(), theme.current()
        made.setForeground(QColor(colours.text))
        if sentence >= 0 and review is not None:
            made.setProperty(SENTENCE_PROPERTY, sentence)
            if doubtful:
                as_doubtful(made)
            if review.sentences[sentence].status in (Status.UNSUPPORTED, Status.FAILED):
                made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                made.setUnderlineColor(QColor(colours.unsupported))
                made.setForeground(QColor(colours.unsupported))
            if sentence == self.chosen[0]:
                made.setBackground(QColor(colours.selection))
        return made

    def runs(self) -> Iterator[TextRun]:
        """The text as it stands."""
        block, number = self.document().begin(), 0
        while block.isValid():
            it = block.begin()
            while not it.atEnd():
                fragment = it.fragment()
                style = fragment.charFormat()
                sentence = style.property(SENTENCE_PROPERTY)
                sentence = -1 if sentence is None else int(sentence)
                if style.objectType() == CHIP:
                    for _ in fragment.text():  # equal marks side by side are one fragment
                        yield TextRun(number, sentence, mark=int(style.property(MARK_PROPERTY)))
                else:
                    yield TextRun(number, sentence, fragment.text().replace("\u2028", " "))
                it += 1
            block, number = block.next(), number + 1

    def said(self) -> Review | None:
        """The review as it stands in the editor."""
        return review_of(self.runs(), self._review) if self._review is not None else None

    def _rested(self) -> None:
        if self.textCursor().block().text().strip():  # a paragraph just begun has nothing to take over yet
            self.commit()

    def commit(self) -> None:
        """Take over what was written."""
        self._rest.stop()
        if self._pending:
            said = self.said()
            self._pending = False
            if said is not None:
                self.written.emit(said)

    def _changed(self) -> None:
        if self._filling or self._review is None:
            return
        self._pending = True
        self._rest.start()
        self.typed.emit(self.said())

    # -- choosing ------------------------------------------------------------------------------------------------------

    def choose(self, sentence: int, mark: int) -> None:
        """Mark a sentence and one of its citations as the ones whose evidence is shown."""
        if (sentence, mark) == self.chosen or self._pending:
            return
        before, self.chosen = self.chosen[0], (sentence, mark)
        if before != sentence:
            for one in (before, sentence):
                self._dress(one)
        self.viewport().update()

    def _dress(self, sentence: int) -> None:
        """Give the words of a sentence their look anew."""
        if self._review is None or not 0 <= sentence < len(self._review.sentences):
            return
        self._filling = True
        cursor = QTextCursor(self.document())
        places = self._places(sentence)
        text = "".join(words for _, words in places)
        doubts = self._doubts(sentence, text, self._review, len(text) - len(text.lstrip()))
        done = 0
        for start, words in places:
            for piece, doubtful in stretches(words, tuple((a - done, b - done) for a, b in doubts)):
                cursor.setPosition(start)
                start += units(piece)
                cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(self._plain(sentence, self._review, doubtful))
            done += len(words)
        self._filling = False

    def _places(self, sentence: int) -> list[tuple[int, str]]:
        """Where the words of a sentence begin, and these words, stretch by stretch."""
        found, block = [], self.document().begin()
        while block.isValid():
            it = block.begin()
            while not it.atEnd():
                fragment = it.fragment()
                style = fragment.charFormat()
                if style.objectType() != CHIP and style.property(SENTENCE_PROPERTY) == sentence:
                    found.append((fragment.position(), fragment.text()))
                it += 1
            block = block.next()
        return found

    def place_of(self, sentence: int) -> int:
        """Where the words of a sentence begin; -1 when it has none."""
        places = self._places(sentence)
        return places[0][0] + 1 if places else -1

    def at(self, position: int) -> tuple[int, int]:
        """The sentence and mark of the character before a position of the text; -1 where there is none."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        style = cursor.charFormat()
        sentence, mark = style.property(SENTENCE_PROPERTY), style.property(MARK_PROPERTY)
        return (-1 if sentence is None else int(sentence), -1 if mark is None else int(mark))

    def mark_under(self, event: QMouseEvent) -> tuple[int, int] | None:
        """The mark under the mouse."""
        layout = self.document().documentLayout()
        place = event.position()
        place.setX(place.x() + self.horizontalScrollBar().value())
        place.setY(place.y() + self.verticalScrollBar().value())
        position = layout.hitTest(place, Qt.HitTestAccuracy.ExactHit)
        if position < 0 or self.document().characterAt(position) != OBJECT_CHARACTER:
            return None
        sentence, mark = self.at(position + 1)
        return (sentence, mark) if mark >= 0 else None

    def _moved(self) -> None:
        if self._filling or self._pending or not self.hasFocus():
            return
        sentence, mark = self.at(self.textCursor().position())
        if sentence >= 0 and sentence != self.chosen[0]:
            self.chosen_at.emit(sentence, max(0, mark))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._review is None:
            paint_hint(self, self.hint)  # Qt's own placeholder is cut after its first line

    # -- events --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_under(event) if event.button() == Qt.MouseButton.LeftButton else None
        if mark is None:
            super().mousePressEvent(event)
            return
        self.setFocus()
        self.commit()
        self.chosen_at.emit(*mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.mark_under(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        cursor = self.cursorForPosition(event.pos())
        self.menu_requested.emit(event.globalPos(), self.at(cursor.position())[0], cursor.blockNumber())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_undo(event):
            self.commit()  # what is being written is the first thing to take back
            event.ignore()
            return False
        return super().event(event)

    @staticmethod
    def _is_undo(event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_undo(event):
            event.ignore()
            return
        if event.text().isprintable() and event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.textCursor().removeSelectedText()
            self._prepare()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.textCursor().removeSelectedText()
        self._prepare()
        super().inputMethodEvent(event)

    def _prepare(self) -> None:
        """What is typed behind a mark begins a sentence of its own; elsewhere it belongs to the sentence it stands in."""
        cursor = self.textCursor()
        if not cursor.hasSelection() and cursor.charFormat().objectType() == CHIP:
            self.setCurrentCharFormat(self._plain(-1, None))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    # -- clipboard -----------------------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection with its citations: as text for others, as runs for this editor."""
        return copied(self.textCursor(), self.at)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Our own runs keep their citations; other text comes in plain."""
        cursor, review, runs = self.textCursor(), self._review, pasted(source)
        if review is None:
            return
        if runs is None:
            self._prepare()
            cursor.insertText(source.text(), self.currentCharFormat())
            return
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for sentence, text, mark in runs:
            if text == "\n":
                cursor.insertBlock()
            elif sentence < len(review.sentences):
                self._insert(cursor, TextRun(0, sentence, text, mark), review)
        cursor.endEditBlock()


def _words(review: Review) -> list[tuple[object, ...]]:
    """What a review says and cites, without how it was judged."""
    return [(s.text, s.evidence, s.paragraph) for s in review.sentences]
