"""Walks through every pane and dialog of the window over the filled sample, and keeps a picture of each."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screenshots import ROOT, Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from citegrid.core.project import Project
    from citegrid.core.table import Cell, Row

#: A question that the sample answers, and sentences of which it carries, contradicts and does not know one each.
QUESTIONS = {"en": "How many sentences are supported by their citations?", "zh": "有多少句子得到引文支持？"}


def walk_through(language: str, colours: Sequence[str], folder: Path, filled: Path | None) -> None:
    """Pictures of all places in ``language``, in ``folder``, named by place, language and colours."""
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(language, Path(home), folder)
        room = desk.app.primaryScreen().availableGeometry()
        desk.window.setGeometry(room)
        desk.window.show()
        tour = Tour(desk)
        with tour.wearing(colours[0]):
            tour.beginnings()
        _open_filled(desk, filled)
        for worn in colours:
            with tour.wearing(worn):
                tour.panes()
                tour.page()
                tour.menus()
                tour.dialogs()
                tour.told()
        desk.close()


def _open_filled(desk: Desk, filled: Path | None) -> None:
    """Open the filled sample that was kept, or fill it, and keep it."""
    kept = filled / f"sample-{desk.language}" if filled is not None else None
    if kept is not None and (kept / "project.json").is_file():
        desk.window.files.open_project(kept)
        desk.wait(lambda: desk.workbench.project.review is not None and desk.workbench.shown_paper.document is not None)
        desk.idle(2.0)
        return
    if kept is not None:
        desk.workbench.files.new(kept, "", desk.language)
        desk.window.files.open_paper(ROOT / "resources/sample/paper.pdf")
        desk.window.files.open_picture(ROOT / f"resources/sample/table-{desk.language}.png")
        desk.wait(lambda: desk.window.actions_["fill"].isEnabled() and not desk.window.jobs.busy, 2.0)
    else:
        desk.open_sample()
    desk.window.files.add_library([ROOT / "resources" / "sample"])
    desk.idle(1.0)
    desk.fill()


class Tour:
    """Goes from place to place; each is left as it was found."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.window = desk, desk.window
        self.worn = ""

    @contextmanager
    def wearing(self, colours: str) -> Iterator[None]:
        """In these colours, inside."""
        from citegrid.gui import theme

        self.worn = colours
        theme.wear(colours)
        self.window.retranslate()
        self.desk.wait(lambda: True, 0.4)
        yield

    def shoot(self, name: str, what: QWidget | None = None) -> None:
        """A picture of the window, or of another one that stands before it."""
        self.desk.wait(lambda: True, 0.35)
        path = self.desk.folder / f"{name}-{self.desk.language}-{self.worn}.png"
        (what or self.window).grab().save(str(path))

    # -- places --------------------------------------------------------------------------------------------------------

    def beginnings(self) -> None:
        """The start page, and the sample before it is filled."""
        self.shoot("00-start")
        self.desk.open_sample()
        self.shoot("01-before")

    @property
    def project(self) -> Project:
        """The project of now."""
        return self.desk.workbench.project

    def _cell(self, wanted: Callable[[Cell], object]) -> tuple[Row, Cell] | None:
        """The first cell of that kind below the first row."""
        found = ((row, cell) for row in self.project.table.rows[1:] for cell in row.cells if wanted(cell))
        return next(found, None)

    def panes(self) -> None:
        """Each pane in front, and the cells of each kind with their evidence."""
        from citegrid.core.table import Status

        window = self.window
        kinds = {status: self._cell(lambda cell, status=status: cell.status is status) for status in Status}
        for status, found in kinds.items():
            if found is not None:
                window.table.choose(found[0].work.id, found[1].column)
                self.shoot(f"10-cell-{status.name.lower()}")
        doubtful = self._cell(lambda cell: cell.to_be_checked)
        if doubtful is not None:
            window.table.choose(doubtful[0].work.id, doubtful[1].column)
            self.shoot("10-cell-translated")
        for pane in (window.picture, window.references, window.library, window.ask):
            window.dock_area.raise_pane(pane)
            self.shoot(f"11-{pane.title_key.lower()}")
        window.references.choose(self.desk.workbench.shown_paper.references[8].id)
        window.dock_area.raise_pane(window.references)
        self.shoot("11-references-chosen")
        self._asked()
        window.review.scroll_to(2)
        window.review.text.chosen_at.emit(2, 0)
        self.shoot("12-sentence")
        window.table.whole.setChecked(True)
        self.shoot("13-whole-cells")
        window.table.whole.setChecked(False)
        window.table.filter.setCurrentIndex(window.table.filter.findData("doubtful"))
        self.shoot("13-filtered")
        window.table.filter.setCurrentIndex(0)
        window.dock_area.set_checking(True)
        window.actions_["check"].trigger()
        self.shoot("14-checking-layout")
        window.dock_area.set_checking(False)

    def _asked(self) -> None:
        window, ask = self.window, self.window.ask
        window.show_ask()
        ask.field.setPlainText(QUESTIONS[self.desk.language])
        window.asking.ask(ask.words)
        self.desk.wait(ask.ask.isEnabled)
        self.desk.idle(1.0)
        self.shoot("11-ask-answered")
        quotes = [e.quote for cell in self.project.table.cells for e in cell.evidence if len(e.quote) > 60][:3]
        text = "\n".join(
            [*quotes, quotes[0].replace("5", "7"), "The moon is made of cheese that nobody has tasted yet."]
        )
        ask.field.setPlainText(text)
        window.asking.check(text)
        self.desk.wait(ask.ask.isEnabled)
        self.desk.idle(1.0)
        window.asking.choose(0)
        self.shoot("11-ask-checked")
        ask.field.clear()

    def page(self) -> None:
        """The paper: its side bar, finding, a highlight with its note, a selection, dark pages."""
        pdf = self.window.pdf
        for name, part in (("pages", pdf.side.pages), ("outline", pdf.side.outline), ("notes", pdf.side.notes)):
            pdf.show_side(part)
            self.shoot(f"20-side-{name}")
        pdf.open_find("sentence")
        self.desk.wait(lambda: True, 1.0)
        self.shoot("21-find")
        pdf.finder.shut()
        pdf.side_button.click()
        pdf.canvas.reveal(1, ())
        pdf.canvas.selection.take_page(1)
        spans = pdf.canvas.selection.spans[:1]
        self.shoot("22-selection")
        made = self.desk.workbench.annotations.highlight([replace(spans[0], end=spans[0].start + 60)])
        assert made is not None
        self.desk.workbench.annotations.change(made.key, note="To compare with the table of section 4.")
        self.desk.wait(lambda: True)
        self.window.annotating.go_to(0)
        self.shoot("23-note")
        self.desk.workbench.annotations.drop(made.key)
        pdf.canvas.selection.clear()
        pdf.dark.setChecked(True)
        self.shoot("24-dark-page")
        pdf.dark.setChecked(False)

    def menus(self) -> None:
        """The menu of the bar and those of table, review and pages."""
        from PySide6.QtWidgets import QMenu

        toolbar = self.window.toolbar
        self.window._fill_menu()
        self._popped(
            "30-menu",
            toolbar.main_menu,
            lambda: toolbar.main_menu.popup(self.window.mapToGlobal(self.window.rect().center())),
        )
        for number, menu in enumerate(m for m in toolbar.main_menu.findChildren(QMenu) if m.actions()):
            self._popped(f"30-menu-{number}", menu, lambda menu=menu: menu.popup(self.window.pos()))
        toolbar.task.open()
        self.desk.wait(lambda: True, 0.4)
        self.shoot("31-task", toolbar.task.panel)
        toolbar.task.panel.close()

    def _popped(self, name: str, menu: QWidget, pop: Callable[[], object]) -> None:
        pop()
        self.shoot(name, menu)
        menu.close()

    # -- dialogs -------------------------------------------------------------------------------------------------------

    def dialogs(self) -> None:
        """Every dialog, as the window opens it where that can be, else made as the window makes it."""
        act = self.window.actions_
        for name in (
            "many_papers",
            "details",
            "type_columns",
            "save_template",
            "printed",
            "export",
            "preferences",
            "models",
            "glossary",
            "guide",
            "about",
        ):
            self._dialog(f"40-{name}", act[name].trigger)
        places = [(row.work.id, row.cells[-1].column) for row in self.project.table.rows[:1]]
        self._dialog("41-hint", lambda: self.window.filling.ask_hint(places))
        self._dialog("41-password", self._made_password)
        from citegrid.gui.dialogs.leaving import ask_to_lose, ask_to_stop

        self._dialog("41-stop", lambda: ask_to_stop(self.window, lambda: None))
        self._dialog("41-lose", lambda: ask_to_lose(self.window, "The disk is full.", lambda: None))
        for name, make in self._made().items():
            self._dialog(f"42-{name}", lambda make=make: make().open())

    def _made_password(self) -> None:
        from citegrid.gui.dialogs.password import PasswordDialog

        PasswordDialog("paper.pdf", self.window, wrong=True).open()

    def _made(self) -> dict[str, Callable[[], QDialog]]:
        from citegrid.core.edits.glossary import Correction, Replacement
        from citegrid.core.glossary import Term
        from citegrid.core.holdings import CitedFiles, HeldFile, Holdings, ItemCollection, LibraryItem
        from citegrid.gui.dialogs.cited_works import CitedDialog
        from citegrid.gui.dialogs.corrections import CorrectionsDialog
        from citegrid.gui.dialogs.failure import FailureDialog
        from citegrid.gui.dialogs.glossary import GlossaryDialog
        from citegrid.gui.dialogs.into_table import IntoTableDialog
        from citegrid.gui.dialogs.language_models.server import ServerDialog
        from citegrid.gui.dialogs.new_text import NewTextDialog
        from citegrid.gui.dialogs.word_changes import WordChangesDialog
        from citegrid.gui.dialogs.zotero import ZoteroDialog
        from citegrid.pipeline.export.word.changes import Change, ReadBack
        from citegrid.workbench.glossary.corrections import Offer

        window, project = self.window, self.project
        review, table = project.review, project.table
        assert review is not None
        row, column = table.rows[1], table.columns[-1].name
        newer = replace(review, sentences=tuple(replace(s, text=s.text + " (2)") for s in review.sentences))
        items = tuple(
            LibraryItem(
                f"K{i}",
                r.work.title,
                r.work.authors,
                r.work.year,
                files=(f"/papers/{i}.pdf",) if i % 2 else (),
                collections=("a",),
            )
            for i, r in enumerate(table.rows)
        )
        references = self.desk.workbench.shown_paper.references
        held = tuple((r, HeldFile(items[1], f"/papers/{r.id}.pdf", "")) for r in references[:5])
        offer = Offer(Correction("citation", "引用", "引文"), (Replacement("引用", "引文", row.work.id, column),))
        change = Change(
            "The method retrieves.",
            "The method retrieves twice.",
            "The method retrieves.",
            work_id=row.work.id,
            column=column,
        )
        terms = (Term("citation", "引文"), Term("language model", "语言模型"))
        return {
            "new-text": lambda: NewTextDialog(review, newer, window),
            "into-table": lambda: IntoTableDialog(table, (row.work.id, column), window),
            "failure": lambda: FailureDialog(
                "Something went wrong in CiteGrid.", "Traceback (most recent call last):\n  …", True, window
            ),
            "glossary": lambda: GlossaryDialog(terms, terms[:1], window),
            "corrections": lambda: CorrectionsDialog(offer, project, window),
            "word-changes": lambda: WordChangesDialog("report.docx", ReadBack((change,), ()), project, window),
            "zotero": lambda: ZoteroDialog(Holdings(items, (ItemCollection("a", "Attribution"),)), window, listed=True),
            "cited": lambda: CitedDialog(CitedFiles(held, references[5:]), window),
            "server": lambda: ServerDialog(self.desk.workbench.models, window),
        }

    def _dialog(self, name: str, open_: Callable[[], object]) -> None:
        """Open a dialog, keep a picture of it, and close it."""
        from PySide6.QtWidgets import QDialog

        open_()
        self.desk.wait(lambda: True, 0.6)
        shown = [d for d in self.desk.app.topLevelWidgets() if isinstance(d, QDialog) and d.isVisible()]
        for dialog in shown:
            self.shoot(name, dialog)
            dialog.reject()
        self.desk.idle(0.2)
        if not shown:
            print(f"no dialog: {name}")

    def told(self) -> None:
        """What the window says above its panes."""
        from citegrid.core.errors import InputError

        window = self.window
        window.fail(
            InputError("The paper.pdf cannot be read: it is damaged.", "Open it in another program and save it anew.")
        )
        self.shoot("50-error")
        window.tell_exported("/home/a/report.docx")
        self.shoot("50-note")
        window.message.hide()
