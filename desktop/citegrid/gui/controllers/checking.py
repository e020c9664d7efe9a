"""Checking: what the choice of a cell, a quote or a verdict means; between the panes and the Workbench."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from citegrid.core.document import Span
from citegrid.core.errors import CiteGridError
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.language.text import around
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Row, Verdict
from citegrid.gui.i18n import tr
from citegrid.gui.items.reference_items import short_authors
from citegrid.gui.pdf_view.focus import Focus, focus_on
from citegrid.gui.widgets.passage_mime import Dragged

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench

VERDICTS = {"accept": Verdict.ACCEPTED, "reject": Verdict.REJECTED, "open": Verdict.OPEN}


class Checking(QObject):
    """Facts for panes: ``focus_changed(Focus)``, ``cell_shown(row, cell, quote)``, ``sentence_shown(sentence, quote)``."""

    focus_changed = Signal(object)
    focus_lost = Signal()
    passage_chosen = Signal(object)
    cell_shown = Signal(object, object, int)
    sentence_shown = Signal(object, int)
    #: whether more is to be shown, and for each quote the words before and after it (or None)
    context_changed = Signal(bool, object)
    #: a person's text was taken for a cell: the cell before, and the text
    edited = Signal(object, str)
    #: what is shown is another by now (``cell_shown``, ``sentence_shown``), or nothing is shown any more
    cell_changed = Signal(object, object, int)
    sentence_changed = Signal(object, int)
    left = Signal()
    noted = Signal(str)
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._cell: tuple[str, str] | None = None
        self._sentence = -1
        self._quote = 0
        self._selection: tuple[Span, ...] = ()
        self._wide = False
        self._told: Cell | Sentence | None = None

    @property
    def on_cell(self) -> bool:
        """Whether a cell is shown, and not a sentence."""
        return self._cell is not None

    @property
    def cell_places(self) -> tuple[tuple[str, str], ...]:
        """The cell that is shown, as work and column; none for a sentence."""
        return (self._cell,) if self._cell is not None else ()

    def widen(self) -> None:
        """Show the words around each quote, or only the quotes again."""
        self._wide = not self._wide
        shown = self._shown()
        if shown is not None:
            self._tell_context(shown)

    def _tell_context(self, shown: Cell | Sentence) -> None:
        evidence = shown.evidence or (shown.near if isinstance(shown, Cell) else ())
        document = self._workbench.shown_paper.document
        wide = self._wide and document is not None
        self.context_changed.emit(
            self._wide, tuple(around(document, one) for one in evidence) if wide and document is not None else ()
        )

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)
        except KeyError:
            return  # the row or column went away between the click and the wish

    def _shown(self) -> Cell | Sentence | None:
        if self._cell is not None:
            try:
                return self._workbench.cells.at(*self._cell)
            except KeyError:
                return None
        review = self._workbench.project.review
        if review is not None and 0 <= self._sentence < len(review.sentences):
            return review.sentences[self._sentence]
        return None

    # -- what is shown stays true -----------------------------------------------------------------------------------

    def forget(self) -> None:
        """Another project is open, or what was shown is gone: nothing is shown."""
        self._cell, self._sentence, self._quote, self._told = None, -1, 0, None
        self.left.emit()
        self.focus_lost.emit()

    def refresh(self) -> None:
        """The project changed: what is shown is shown as it is by now, or no longer where it is gone."""
        if self._cell is not None:
            work_id, column = self._cell
            row = next((row for row in self._workbench.project.table.rows if row.work.id == work_id), None)
            cell = next((c for c in row.cells if c.column == column), None) if row is not None else None
            if row is None or cell is None:
                self.forget()
            elif cell != self._told:
                self._told = cell
                self.cell_changed.emit(row, cell, min(self._quote, max(0, len(cell.evidence) - 1)))
        elif self._sentence >= 0 and self._shown() != self._told:
            self._refresh_sentence()

    def _refresh_sentence(self) -> None:
        """The sentence that was shown has another place by now, other proofs, or is gone."""
        review, told = self._workbench.project.review, self._told
        said = review.sentences if review is not None else ()
        here = self._shown()
        same = isinstance(here, Sentence) and isinstance(told, Sentence) and here.evidence == told.evidence
        places = [i for i, s in enumerate(said) if isinstance(told, Sentence) and s.text == told.text]
        if places or same:
            self._sentence = self._sentence if same else places[0]
            self._told = said[self._sentence]
            self.sentence_changed.emit(self._told, self._quote)
        else:
            self.forget()

    # -- looking -------------------------------------------------------------------------------------------------------

    def choose_cell(self, row: Row, cell: Cell, quote: int) -> None:
        """Show a cell's evidence and move the paper to it."""
        self._cell, self._sentence, self._told = (row.work.id, cell.column), -1, cell
        self._tell_context(cell)
        self.cell_shown.emit(row, cell, quote)
        about = f"{short_authors(row.work.authors, row.work.year)} · {cell.column}"
        self._move(cell.evidence or cell.near, quote, about)

    def choose_sentence(self, number: int, quote: int) -> None:
        """Show a review sentence's evidence and move the paper to it."""
        review = self._workbench.project.review
        if review is None or not 0 <= number < len(review.sentences):
            return
        sentence = review.sentences[number]
        self._cell, self._sentence, self._told = None, number, sentence
        self._tell_context(sentence)
        self.sentence_shown.emit(sentence, quote)
        self._move(sentence.evidence, quote, tr("Sentence of the review"))

    def choose_quote(self, quote: int) -> None:
        """Another quote of what is shown."""
        shown = self._shown()
        if isinstance(shown, Sentence):
            self.choose_sentence(self._sentence, quote)
        elif shown is not None and self._cell is not None:
            row = next((r for r in self._workbench.project.table.rows if r.work.id == self._cell[0]), None)
            if row is not None:
                self.choose_cell(row, shown, quote)

    def step(self, by: int) -> None:
        """To the next quote of what is shown, or the previous one with -1."""
        shown = self._shown()
        if shown is not None:
            quotes = shown.evidence or (shown.near if isinstance(shown, Cell) else ())
            if quotes:
                self.choose_quote((self._quote + by) % len(quotes))

    def _move(self, evidence: tuple[Evidence, ...], quote: int, about: str) -> None:
        self._quote = quote
        if not 0 <= quote < len(evidence):
            self.focus_lost.emit()
            return
        if evidence[quote].kind is SourceKind.LIBRARY:
            self.focus_lost.emit()
            self.passage_chosen.emit(evidence[quote])
            return
        focus: Focus | None = focus_on(evidence[quote], evidence, quote, about)
        if focus is None:
            self.focus_lost.emit()
        else:
            self.focus_changed.emit(focus)

    # -- deciding ------------------------------------------------------------------------------------------------------

    def judge(self, work_id: str, column: str, verdict: str) -> None:
        """``accept``, ``reject``, ``open`` or ``not stated``."""
        cells = self._workbench.cells
        if verdict == "not stated":
            self._try(lambda: cells.mark_not_stated(work_id, column))
        else:
            self._try(lambda: cells.judge(work_id, column, VERDICTS[verdict]))

    def accept_copied(self) -> None:
        """Accept what is copied from the reference lists, and say how much it was."""
        count = self._workbench.cells.accept_copied()
        self.noted.emit(tr("{count} cells are accepted that are copied from the reference list.", count=count))

    def judge_shown(self, verdict: str) -> None:
        """A verdict on the cell whose evidence is shown."""
        if self._cell is not None:
            self.judge(*self._cell, verdict)

    def edit(self, work_id: str, column: str, text: str) -> None:
        """The person's words for a cell."""
        self._try(lambda: self._edit(work_id, column, text.strip()))

    def _edit(self, work_id: str, column: str, text: str) -> None:
        before = self._workbench.cells.at(work_id, column)
        self._workbench.cells.edit(work_id, column, text)
        if text != before.text:
            self.edited.emit(before, text)

    def confirm(self) -> None:
        """The person says that the translation in the sentence shown is right."""
        if self._sentence >= 0:
            self._workbench.review.confirm(self._sentence)
            self.choose_sentence(self._sentence, self._quote)

    def take_draft(self) -> None:
        """Put the model's newer words in the place of the old ones."""
        shown = self._shown()
        if isinstance(shown, Cell) and self._cell is not None and shown.draft:
            self.edit(*self._cell, shown.draft)

    # -- evidence by hand ----------------------------------------------------------------------------------------------

    def select(self, spans: tuple[Span, ...]) -> None:
        """Text was selected in the paper, or no text any more."""
        self._selection = spans

    def attach(self) -> None:
        """Make the selected text evidence of the cell that is shown, and show it there."""
        if self._cell is None:
            return
        place, spans = self._cell, self._selection
        self._try(lambda: self._show_attached(self._workbench.evidence.attach_selection(*place, spans)))

    def _show_attached(self, quote: int | None) -> None:
        if quote is not None:
            self.choose_quote(quote)

    def attach_passage(self, work_id: str, column: str, passage: Dragged) -> None:
        """Make a passage of the library evidence of a cell."""
        attach = self._workbench.evidence.attach_passage
        self._try(lambda: attach(work_id, column, passage.sha256, passage.chunk, passage.quote))
