"""What each pane shows, compared with the project: nothing of another project, of a row that is gone, of a cell as it was."""

from __future__ import annotations

from collections.abc import Iterator

from conftest import Driver

from citegrid.core.table import Cell
from citegrid.gui.window import Window


def faults(driver: Driver) -> list[str]:
    """Each pane that shows something else than the project holds."""
    driver.window.review.text.commit()
    return [*_evidence(driver), *_table(driver), *_paper(driver), *_beside(driver)]


def _evidence(driver: Driver) -> Iterator[str]:
    pane, project = driver.window.evidence, driver.workbench.project
    cells: list[Cell] = [cell for row in project.table.rows for cell in row.cells]
    if pane._cell is not None and pane._cell not in cells:
        yield f"evidence shows a cell that is not there: {pane._cell.column}"
    said = project.review.sentences if project.review is not None else ()
    if pane._sentence is not None and pane._sentence not in said:
        yield f"evidence shows a sentence that is not there: {pane._sentence.text}"
    if pane.foot.isVisibleTo(pane) != (pane._cell is not None):
        yield "buttons of the evidence pane without a cell"
    if driver.window.pdf._takes_evidence and pane._cell is None:
        yield "the paper takes evidence for no cell"


def _table(driver: Driver) -> Iterator[str]:
    window, project = driver.window, driver.workbench.project
    if window.table.items.table != project.table:
        yield "the table is another"
    review = project.review if project.review is not None and project.review.sentences else None
    shown = window.review._review
    if shown != review:
        yield "the review is another"
    if window.review.beside.isVisibleTo(window.review) != (project.beside is not None and review is not None):
        yield "a new text is offered that is not there"
    if [window.picture.list.item(i).text() for i in range(window.picture.list.count())] != [
        c.name for c in project.table.columns
    ]:
        yield "the columns beside the picture are others"


def _paper(driver: Driver) -> Iterator[str]:
    window, shown = driver.window, driver.workbench.shown_paper
    if window.pdf.canvas.page_count != (shown.source.page_count if shown.source is not None else 0):
        yield "the pages are another paper's"
    if window.references.items.rowCount() != len(shown.references):
        yield "the references are another paper's"
    if tuple(window.pdf.canvas._own) != driver.workbench.annotations.shown:
        yield "highlights of another paper"
    bubble = window.annotating.bubble
    if bubble.isVisible() and bubble.key not in {one.key for one in driver.workbench.annotations.shown}:
        yield "a note on a highlight that is not there"
    if shown.source is None and window.pdf.canvas.all_marks.pages:
        yield "marks on no page"
    named = window.papers.tabs.isVisibleTo(window.pdf)
    if named != (len(driver.workbench.project.papers) > 1):
        yield "the papers' tabs are another project's"


def _beside(driver: Driver) -> Iterator[str]:
    window, session = driver.window, driver.workbench.session
    title = f"{session.folder.name} — CiteGrid" if session.folder is not None else "CiteGrid"
    if window.windowTitle() != title:
        yield f"the window is called {window.windowTitle()}"
    if not driver.workbench.project.library and window.library.reader.isVisibleTo(window.library):
        yield "the library shows a document of no library"
    yield from _buttons(window, driver)


def _buttons(window: Window, driver: Driver) -> Iterator[str]:
    rows = bool(driver.workbench.project.table.rows)
    if window.actions_["export"].isEnabled() != rows:
        yield "Export"
    if window.actions_["undo"].isEnabled() != driver.workbench.session.can_undo:
        yield "Undo"
