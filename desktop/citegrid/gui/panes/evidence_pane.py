"""The evidence pane: why a cell says what it says; each quote with its page, how it was found, and every doubt."""

from __future__ import annotations

import html

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton

from citegrid.core.evidence import Evidence, Match
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Row, Status
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.items.reference_items import short_authors
from citegrid.gui.status_style import (
    TO_CHECK,
    cell_mark,
    chip_label,
    match_phrase,
    printed_label,
    sentence_mark,
    shown_text,
    underlined,
)
from citegrid.gui.widgets.pane import Bar, Pane
from citegrid.gui.widgets.reading_text import ReadingText


class EvidencePane(Pane):
    """``evidence_chosen(index)``: which quote of what is shown; ``verdict_requested(name)``; ``draft_requested``;
    ``typed(event)``: a key of the table was pressed here, while one of its cells is shown."""

    evidence_chosen = Signal(int)
    verdict_requested = Signal(str)
    draft_requested = Signal()
    confirm_requested = Signal()
    attach_requested = Signal()
    wide_requested = Signal()
    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__("Evidence")
        self.text = ReadingText()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._clicked)
        self.text.typed.connect(self._type)
        self.text.document().setDocumentMargin(12)
        self.text.setViewportMargins(0, 8, 0, 0)  # a taller line height is taken from the top margin
        self.body.addWidget(self.text, 1)
        self.foot = Bar("pane_foot")
        self.foot.row.setContentsMargins(10, 6, 10, 6)
        self.foot.row.setSpacing(8)
        self.accept = QPushButton()
        self.accept.setObjectName("primary")
        self.reject = QPushButton()
        self.nothing = QPushButton()
        self.attach = QPushButton()
        for button, verdict in ((self.accept, "accept"), (self.reject, "reject"), (self.nothing, "not stated")):
            button.clicked.connect(lambda _=False, verdict=verdict: self.verdict_requested.emit(verdict))
            self.foot.row.addWidget(button)
        self.foot.row.addStretch(1)
        self.attach.clicked.connect(self.attach_requested)
        self.attach.setEnabled(False)
        self.where = QLabel()
        self.where.setObjectName("dim")
        self.bar.row.addWidget(self.where, 1)
        self.wide = self.tool("whole-text", "Show the words around each quote (+)", checkable=True)
        self.wide.clicked.connect(self.wide_requested)
        self.bar.row.addWidget(self.wide)
        self.offer = Bar("pane_foot")  # only while words are selected: the foot has no room for it in large print
        self.offer.row.setContentsMargins(10, 6, 10, 6)
        self.offer.row.addWidget(self.attach)
        self.body.addWidget(self.offer)
        self.offer.hide()
        self.body.addWidget(self.foot)
        self._row: Row | None = None
        self._cell: Cell | None = None
        self._sentence: Sentence | None = None
        self._current = 0
        self._context: tuple[tuple[str, str] | None, ...] = ()
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._row = self._cell = self._sentence = None
        self._draw()

    def forget(self) -> None:
        self._context, self._current = (), 0
        self.set_selection(False)
        self.clear()

    def show_cell(self, row: Row, cell: Cell, current: int) -> None:
        """Show a cell's evidence, the quote ``current`` first in view."""
        self._row, self._cell, self._sentence, self._current = row, cell, None, current
        self._draw()

    def show_sentence(self, sentence: Sentence, current: int) -> None:
        """Show a review sentence's evidence."""
        self._row, self._cell, self._sentence, self._current = None, None, sentence, current
        self._draw()

    def set_context(self, wide: bool, context: tuple[tuple[str, str] | None, ...]) -> None:
        """Show the words around each quote (None where there are none), or the quotes alone."""
        self._context = context
        self.wide.setChecked(wide)
        self._draw()

    def set_selection(self, some: bool) -> None:
        """Whether text is selected in the paper that could become evidence."""
        self.attach.setEnabled(some and self._cell is not None)
        self.offer.setVisible(self.attach.isEnabled())

    def _draw(self) -> None:
        self.foot.setVisible(self._cell is not None)
        colours = theme.current()
        if self._cell is not None and self._row is not None:
            self.where.setText(f"{short_authors(self._row.work.authors, self._row.work.year)} · {self._cell.column}")
            parts = self._cell_parts(self._cell, colours)
        elif self._sentence is not None:
            self.where.setText(tr("Sentence of the review"))
            one = self._sentence
            parts = [self._head(one, colours)]
            parts += self._quotes(one.evidence, colours)
        else:
            self.where.setText("")
            hint = tr("Choose a cell or a citation: the words that prove it are shown here and marked in the paper.")
            parts = [_dim(hint, colours)]
        self.text.setHtml(f'<body style="color:{colours.text}; line-height:135%">{"".join(parts)}</body>')
        if self._current:
            self.text.scrollToAnchor(f"quote{self._current}")

    def _cell_parts(self, cell: Cell, colours: theme.Theme) -> list[str]:
        """What is known of a cell, as HTML: its text and why, its quotes, or what came nearest, and another answer."""
        parts = [self._head(cell, colours)]
        if cell.note:
            parts.append(f'<p style="color:{colours.fuzzy}">{html.escape(cell.note)}</p>')
        parts += self._quotes(cell.evidence, colours)
        if cell.status is Status.NOT_STATED and cell.searched and not cell.reason:  # which names them
            parts.append(_dim(tr("Pages read: {pages}", pages=", ".join(map(str, cell.searched))), colours))
        if not cell.evidence and cell.near:
            parts += [_dim(tr("What came nearest:"), colours), *self._quotes(cell.near, colours)]
        if cell.draft and cell.draft != cell.text:
            parts.append(
                f'<p style="color:{colours.dim}">{html.escape(tr("Another answer:"))}<br>'
                f'<span style="color:{colours.text}">{html.escape(cell.draft)}</span> '
                f'<a href="draft:">{html.escape(tr("Take it"))}</a></p>'
            )
        return parts

    def _head(self, said: Cell | Sentence, colours: theme.Theme) -> str:
        """The text of a cell or sentence, its doubtful words underlined, and what was found out about it."""
        text, mark = (shown_text(said), cell_mark(said)) if isinstance(said, Cell) else (said.text, sentence_mark(said))
        why = tr_sentence(said.reason) if said.reason else ""
        if isinstance(said, Cell) and said.status is Status.NOT_STATED and why and text == tr("not stated"):
            text, why = why, ""  # the reason says it, and where it was looked for
        reason = f" — {html.escape(why)}" if why else ""
        lines = [
            f'<span style="color:{mark.ink(colours)}">{html.escape(f"{mark.sign} {tr(mark.phrase)}")}{reason}</span>'
        ]
        if said.to_be_checked:
            lines.append(self._to_check(said, colours))
        return (
            f'<p style="margin-bottom:4px"><b>{underlined(text, said.open_doubts) or "…"}</b></p>'
            f'<p style="margin-top:0; margin-bottom:8px">{"<br>".join(lines)}</p>'
        )

    @staticmethod
    def _to_check(said: Cell | Sentence, colours: theme.Theme) -> str:
        """That a translation is to be compared with the quotes below it; a sentence has no button, but a link to say so."""
        sure = bool(said.doubts)
        words = tr("Translation to be checked: compare the underlined words") if sure else tr(TO_CHECK.phrase)
        done = f' <a href="confirm:">{html.escape(tr("It is right"))}</a>' if isinstance(said, Sentence) else ""
        return f'<span style="color:{TO_CHECK.ink(colours)}">{TO_CHECK.sign} {html.escape(words)}</span>{done}'

    def _quotes(self, evidence: tuple[Evidence, ...], colours: theme.Theme) -> list[str]:
        parts = []
        for i, one in enumerate(evidence):
            ink = colours.unsupported if one.match is Match.NOT_FOUND else colours.dim
            here = i == self._current
            ground = colours.selection if here else colours.raised
            hand = "" if one.first_hand else " · " + tr("told by another work")
            found = f"{match_phrase(one.match)}{hand}"
            parts.append(
                f'<a name="quote{i}"></a><table width="100%" cellpadding="8" cellspacing="0" style="margin-top:6px; margin-bottom:6px">'
                f'<tr><td width="3" bgcolor="{colours.accent if here else colours.line}" style="padding:0"></td>'
                f'<td bgcolor="{ground}"><p style="margin:0; line-height:130%"><a href="quote:{i}" style="text-decoration:none"><b>'
                f"{html.escape(chip_label(one) + printed_label(one))}</b></a>"
                f'&nbsp; <span style="color:{colours.dim}">{html.escape(one.source)}</span><br>'
                f"{self._worded(i, one, colours)}<br>"
                f'<span style="color:{ink}">{html.escape(found)}</span></p></td></tr></table>'
            )
        return parts

    def _worded(self, i: int, one: Evidence, colours: theme.Theme) -> str:
        context = self._context[i] if i < len(self._context) else None
        quote = html.escape(one.quote)
        if context is None:
            return f"“{quote}”"
        before, after = (f'<span style="color:{colours.dim}">{html.escape(words)}</span>' for words in context)
        return f"{before} <b>{quote}</b> {after}"

    def _type(self, event: QKeyEvent) -> None:
        if self._cell is not None:
            self.typed.emit(event)

    def _clicked(self, url: QUrl) -> None:
        kind, _, number = url.toString().partition(":")
        if kind == "quote":
            self.evidence_chosen.emit(int(number))
        elif kind == "draft":
            self.draft_requested.emit()
        elif kind == "confirm":
            self.confirm_requested.emit()

    def retranslate(self) -> None:
        super().retranslate()
        self.text.setAccessibleName(tr("Evidence"))
        for button, words, tip in (
            (self.accept, "Accept", "Accept the cell (A)"),
            (self.reject, "Reject", "Reject the cell (R)"),
            (self.nothing, "Not stated", "Say that the paper does not state it (N)"),
            (self.attach, "Use the selected text", "Make the text selected in the paper the evidence of this cell"),
        ):
            button.setText(tr(words))
            button.setToolTip(tr(tip))
        self._draw()


def _dim(text: str, colours: theme.Theme) -> str:
    return f'<p style="color:{colours.dim}">{html.escape(text)}</p>'
