"""The pane to ask in: a question or a person's own text goes in, sentences come out, each a click away from its place."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPlainTextEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from citegrid.core.evidence import Evidence
from citegrid.core.outcome.answers import (
    ROLES,
    AnswerSentence,
    CheckedSentence,
    CheckedText,
    Found,
    QuestionAnswered,
    Standing,
)
from citegrid.core.table import Wording
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.status_style import (
    FUZZY,
    SUPPORTED,
    TO_CHECK,
    Mark,
    chip_label,
    is_weak,
    printed_label,
    standing_mark,
    underlined,
)
from citegrid.gui.widgets.elided_label import beginning
from citegrid.gui.widgets.pane import Pane
from citegrid.gui.widgets.reading_text import ReadingText

#: Lines of the field while it is empty and at most, and characters of a quote that is shown whole.
_LINES, _MOST_LINES, _WHOLE = 2, 7, 240
#: The share of the pane's height that the field takes at most: the answer is what one looks at.
_FIELD = 0.25
#: Characters of what names an earlier result.
_NAMED = 60
#: The sign of a sentence that stands so in its source.
_PRINTED = Mark("✓", "check", "supported", "word for word")
_HINT = (
    "Ask about the paper and the library, or paste a paragraph of your own to see which of its sentences they support. "
    "Nothing leaves this computer."
)


class QuestionField(QPlainTextEdit):
    """A field that grows with its text; Enter asks (``entered``), Shift+Enter begins a line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(6)
        self.most = _MOST_LINES
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the text, within limits."""
        blocks = (self.document().findBlockByNumber(i) for i in range(self.document().blockCount()))
        lines = sum(max(1, block.layout().lineCount()) for block in blocks)
        shown = max(_LINES, min(self.most, lines))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + 22)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class AskPane(Pane):
    """Wishes: ``question_asked(text)``, ``text_given(text)``, ``file_requested``, ``table_requested``,
    ``place_chosen(number)``: which of the evidence of what is shown (``evidence``), ``earlier_chosen(number)`` of what is offered, and
    ``forget_requested``: nothing of it is to be kept."""

    question_asked = Signal(str)
    text_given = Signal(str)
    file_requested = Signal()
    table_requested = Signal()
    place_chosen = Signal(int)
    earlier_chosen = Signal(int)
    forget_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Ask")
        self.field = QuestionField()
        self.field.entered.connect(self._enter)
        self.field.textChanged.connect(self._enable)
        self.ask, self.check, self.open = QPushButton(), QPushButton(), QPushButton()
        self.ask.clicked.connect(lambda: self.question_asked.emit(self.words))
        self.check.clicked.connect(lambda: self.text_given.emit(self.words))
        self.open.clicked.connect(self.file_requested)
        self.open.setIcon(theme.icon("open"))
        self.body.addWidget(self._head())
        self.where = QLabel()
        self.where.setObjectName("dim")
        self.bar.row.addWidget(self.where, 1)
        self.menu = QMenu(self)
        self.earlier = self.tool("clock", "Earlier answers and checked texts of this project")
        self.earlier.setMenu(self.menu)
        self.earlier.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.bar.row.addWidget(self.earlier)
        self._kept: tuple[Found, ...] = ()
        self.offer(())
        self.text = ReadingText()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._clicked)
        self.text.document().setDocumentMargin(12)
        self.body.addWidget(self.text, 1)
        self.evidence: tuple[Evidence, ...] = ()
        self._shown: Found | None = None
        self._current, self._busy = -1, False
        self.field.fit()
        self._enable()

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("form")
        column = QVBoxLayout(head)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.ask)
        row.addWidget(self.check)
        row.addStretch(1)
        row.addWidget(self.open)
        column.addLayout(row)
        return head

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText().strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = int(self.height() * _FIELD) // self.fontMetrics().lineSpacing()
        self.field.most = max(_LINES, min(_MOST_LINES, room))
        self.field.fit()

    def _enter(self) -> None:
        """A question is asked; several lines are a text to be checked."""
        if self.words and not self._busy:
            (self.text_given if "\n" in self.words else self.question_asked).emit(self.words)

    def main(self) -> QWidget | None:
        return self.field

    # -- what is shown -------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        self.field.clear()
        self._shown, self._current = None, -1
        self.set_busy(False)

    def set_busy(self, on: bool) -> None:
        """Whether an answer is being looked for."""
        self._busy = on
        self._enable()
        self._draw()

    def show_found(self, found: Found) -> None:
        """Show the answer to a question, or how each sentence of a text stands, what is contradicted first."""
        self._shown, self._current = found, -1
        self.set_busy(False)

    @property
    def shown(self) -> Found | None:
        """What is shown; None before anything was found."""
        return self._shown

    def offer(self, kept: Sequence[Found]) -> None:
        """Offer what was found earlier, the newest first."""
        self._kept = tuple(kept)
        self.earlier.setEnabled(bool(kept))
        self.menu.clear()
        for number, one in enumerate(kept):
            sign = theme.icon("search" if isinstance(one, QuestionAnswered) else "review")
            chosen = self.menu.addAction(sign, _name_of(one).replace("&", "&&"))
            chosen.triggered.connect(lambda *_, number=number: self.earlier_chosen.emit(number))
        self.menu.addSeparator()
        self.menu.addAction(theme.icon("remove"), tr("Remove all of these"), self.forget_requested.emit)

    def mark(self, number: int) -> None:
        """Show which place the page is at."""
        self._current = number
        at = self.text.verticalScrollBar().value()
        self._draw()
        self.text.verticalScrollBar().setValue(at)

    def _enable(self) -> None:
        for button in (self.ask, self.check):
            button.setEnabled(bool(self.words) and not self._busy)
        primary = self.check if "\n" in self.words else self.ask
        for button in (self.ask, self.check):
            name = "primary" if button is primary else ""
            if button.objectName() != name:
                button.setObjectName(name)
                button.style().polish(button)

    def _draw(self) -> None:
        colours, self.evidence = theme.current(), ()
        self.where.setText("")
        if self._busy:
            parts = [_dim(tr("Looking through the sentences of the sources…"), colours)]
        elif isinstance(self._shown, QuestionAnswered):
            parts = self._answer(self._shown, colours)
        elif isinstance(self._shown, CheckedText):
            parts = self._check(self._shown, colours)
        else:
            parts = [_dim(tr(_HINT), colours)]
        self.text.setHtml(f'<body style="color:{colours.text}; line-height:135%">{"".join(parts)}</body>')

    def _answer(self, answered: QuestionAnswered, colours: theme.Theme) -> list[str]:
        parts = [f'<p style="margin-bottom:6px"><b>{html.escape(answered.question)}</b></p>']
        if not answered.sentences:
            return [*parts, _dim(f"– {tr_sentence(answered.reason)}", colours)]
        parts += [self._answer_sentence(one, colours) for one in answered.sentences]
        words = html.escape(tr("Put it into the table…"))
        return [*parts, f'<p style="margin-top:10px"><a href="table:">{words}</a></p>']

    def _answer_sentence(self, one: AnswerSentence, colours: theme.Theme) -> str:
        printed = FUZZY if is_weak(one.evidence) else _PRINTED
        mark = {Wording.TO_BE_CHECKED: TO_CHECK, Wording.PRINTED: printed}.get(one.wording, SUPPORTED)
        original = () if one.wording is Wording.PRINTED else one.evidence
        return self._card(mark, underlined(one.text, one.doubts), "", one.evidence, original, colours)

    def _check(self, checked: CheckedText, colours: theme.Theme) -> list[str]:
        if not checked.sentences:
            return [_dim(tr("There is no sentence in this text that claims anything."), colours)]
        counts = [(standing, len(checked.of(standing))) for standing in Standing]
        said = " · ".join(f"{standing_mark(s).sign} {count} {tr(s.value)}" for s, count in counts if count)
        self.where.setText(said)
        return [
            *(self._checked_sentence(one, colours) for one in checked.by_standing),
            _dim(tr_sentence(ROLES), colours),
        ]

    def _checked_sentence(self, one: CheckedSentence, colours: theme.Theme) -> str:
        reason = tr_sentence(one.reason) if one.reason else ""
        near = f"{tr('What came nearest:')} " if one.standing is Standing.NOT_FOUND and one.evidence else ""
        said = f"{reason}. {near}".strip(". ") if near else reason
        return self._card(standing_mark(one.standing), html.escape(one.text), said, one.evidence, one.evidence, colours)

    def _card(
        self,
        mark: Mark,
        text: str,
        reason: str,
        evidence: Sequence[Evidence],
        quoted: Sequence[Evidence],
        colours: theme.Theme,
    ) -> str:
        """A sentence with its sign, in words and colour, and a link to each of its places."""
        first = len(self.evidence)
        self.evidence = (*self.evidence, *evidence)
        here = first <= self._current < len(self.evidence)
        ink, ground = mark.ink(colours), colours.selection if here else colours.raised
        because = f" — {html.escape(reason)}" if reason else ""
        quotes = "".join(f"<br>{self._place(first + i, e, e in quoted, colours)}" for i, e in enumerate(evidence))
        return (
            '<table width="100%" cellpadding="8" cellspacing="0" style="margin-top:6px; margin-bottom:6px">'
            f'<tr><td width="3" bgcolor="{ink}" style="padding:0"></td><td bgcolor="{ground}">'
            f'<p style="margin:0; line-height:130%"><span style="color:{ink}">{html.escape(f"{mark.sign} {tr(mark.phrase)}")}'
            f"{because}</span><br>{text}{quotes}</p></td></tr></table>"
        )

    def _place(self, number: int, one: Evidence, quoted: bool, colours: theme.Theme) -> str:
        label = html.escape(chip_label(one, named=True) + printed_label(one))
        quote = one.quote if len(one.quote) <= _WHOLE else f"{one.quote[:_WHOLE].rsplit(' ', 1)[0]} …"
        words = f' <span style="color:{colours.dim}">“{html.escape(quote)}”</span>' if quoted else ""
        return f'<a href="place:{number}" style="text-decoration:none"><b>{label}</b></a>{words}'

    def _clicked(self, url: QUrl) -> None:
        kind, _, number = url.toString().partition(":")
        if kind == "place":
            self.place_chosen.emit(int(number))
        elif kind == "table":
            self.table_requested.emit()

    def retranslate(self) -> None:
        super().retranslate()
        self.field.setPlaceholderText(tr("A question, or sentences of your own"))
        self.field.setAccessibleName(tr("A question, or sentences of your own"))
        self.text.setAccessibleName(tr("Answer"))
        for button, words, tip in (
            (self.ask, "Ask", "Answer it in sentences of the sources (Enter)"),
            (
                self.check,
                "Check as my text",
                "Set each sentence against the sources: contradicted, not found, supported",
            ),
            (self.open, "Open a text…", "Check a manuscript: Word, Markdown or plain text"),
        ):
            button.setText(tr(words))
            button.setToolTip(tr(tip))
        self.offer(self._kept)
        self._draw()


def _name_of(found: Found) -> str:
    """A few words that tell one result from the others."""
    if isinstance(found, QuestionAnswered):
        return beginning(found.question, _NAMED)
    words = beginning(found.sentences[0].text, _NAMED) if found.sentences else ""
    return tr("Your text: {words}", words=words)


def _dim(text: str, colours: theme.Theme) -> str:
    return f'<p style="color:{colours.dim}">{html.escape(text)}</p>'
