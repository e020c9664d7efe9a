"""The picture pane: the picture with its header cells drawn, the list of columns, and one column in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from citegrid.core.edits import columns as work
from citegrid.core.edits.columns import Columns
from citegrid.core.errors import UsageError
from citegrid.core.table import Column, Template
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.items.column_list import ColumnList, command_of
from citegrid.gui.theme import icon
from citegrid.gui.widgets.column_form import ColumnForm
from citegrid.gui.widgets.empty_state import NoColumns
from citegrid.gui.widgets.pane import Bar, Pane
from citegrid.gui.widgets.picture_view import Drawing, PictureView


class PicturePane(Pane):
    """``columns_requested(columns, renamed)`` is the wish to change the table's columns; the others say where from,
    ``frame_requested((x0, y0, x1, y1))`` from which part of the picture."""

    columns_requested = Signal(object, object)
    picture_requested = Signal()
    frame_requested = Signal(object)
    paste_requested = Signal()
    names_requested = Signal()
    save_requested = Signal()
    template_requested = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__("Picture")
        self._columns: Columns = ()
        self._template: Template | None = None
        self._image = QImage()
        self._place = -1
        self._filling = False
        self.view, self.list, self.form, self.empty = PictureView(), ColumnList(), ColumnForm(), NoColumns()
        self.templates_menu = QMenu(self)
        self._build_bar()
        self._build_body()
        self._connect()
        self.set_columns(())

    def _build_bar(self) -> None:
        self.count = QLabel()
        self.count.setObjectName("dim")
        view = self.view
        self.picture_tools = [
            self.tool("zoom-out", "Smaller (−)", lambda: view.zoom_by(0.8)),
            self.tool("zoom-in", "Larger (+)", lambda: view.zoom_by(1.25)),
            self.tool("fit-page", "Show the whole picture (0)", view.fit),
            self.tool("rotate", "Turn the picture (R)", view.turn_once),
        ]
        self.draw_buttons = {
            Drawing.HEADER: self.tool("draw", "Draw a header that was not found: drag over it", checkable=True),
            Drawing.FRAME: self.tool("frame", "Draw the frame of the table: its columns are read anew", checkable=True),
        }
        self.more = self.tool("menu", "Another picture, typed columns, templates")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.bar.row.addWidget(self.count)
        self.bar.row.addStretch(1)
        for button in (*self.picture_tools, *self.draw_buttons.values(), self.more):
            self.bar.row.addWidget(button)

    def _build_body(self) -> None:
        tools = Bar()
        self.add_button = self.tool("add", "Add a column (Insert)", self._add)
        self.remove_button = self.tool("remove", "Remove the chosen columns (Delete); it can be undone", self._remove)
        self.up_button = self.tool("up", "Move to the left in the table (Alt+↑)", lambda: self._shift(-1))
        self.down_button = self.tool("down", "Move to the right in the table (Alt+↓)", lambda: self._shift(1))
        self.merge_button = self.tool("merge", "Merge the chosen columns into one (Ctrl+M)", self._merge)
        self.split_button = self.tool("split", "Split the column in two (Ctrl+D)", self._split)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            tools.row.addWidget(button)
        tools.gap()
        tools.row.addWidget(self.merge_button)
        tools.row.addWidget(self.split_button)
        tools.row.addStretch(1)
        tools.may_fold(self.split_button, self.merge_button)  # the menu of a column offers them, too
        left = QWidget()
        stack = QVBoxLayout(left)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(tools)
        stack.addWidget(self.list, 1)
        left.setMinimumWidth(172)
        self.form.setMinimumWidth(150)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.addWidget(left)
        self.halves.addWidget(self.form)
        self.halves.setSizes([240, 280])
        self.halves.setChildrenCollapsible(False)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.view)
        self.split.addWidget(self.halves)
        self.split.setSizes([180, 200])
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.note = QLabel()
        self.note.setObjectName("notice")
        self.note.setWordWrap(True)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.split)
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.note)
        self.body.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.list.renamed.connect(self._rename)
        self.list.reordered.connect(lambda places: self._wish(tuple(self._columns[i] for i in places)))
        self.list.itemSelectionChanged.connect(self._chosen)
        self.list.currentRowChanged.connect(lambda _: self._chosen())
        self._commands: dict[str, Callable[[], object]] = {
            "add": self._add,
            "remove": self._remove,
            "up": lambda: self._shift(-1),
            "down": lambda: self._shift(1),
            "merge": self._merge,
            "split": self._split,
            "open": self.form.edit_name,
        }
        for widget in (self.list, self.view):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self._column_menu(self.list.indexAt(at).row(), self.list.viewport().mapToGlobal(at))
        )
        self.view.customContextMenuRequested.connect(
            lambda at: self._column_menu(self.view.place_at(at.toPointF()), self.view.mapToGlobal(at))
        )
        self.list.key_pressed.connect(lambda name: self._commands[name]())
        self.form.edited.connect(self._edited)
        self.form.left.connect(self.list.setFocus)
        self.view.box_clicked.connect(self._box_clicked)
        self.view.box_opened.connect(self._open)
        self.view.box_drawn.connect(self._add)
        self.view.stepped.connect(self._step)
        self.view.turned.connect(self._chosen)
        self.view.frame_drawn.connect(self.frame_requested)
        self.view.drawing_changed.connect(self._show_drawing)
        for what, button in self.draw_buttons.items():
            button.clicked.connect(lambda on, what=what: self.view.set_drawing(what if on else Drawing.NOTHING))
        self.empty.picture_requested.connect(self.picture_requested)
        self.empty.paste_requested.connect(self.paste_requested)
        self.empty.names_requested.connect(self.names_requested)
        self.empty.template_button.setMenu(self.templates_menu)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_image(self, image: QImage, turned: float = 0.0) -> None:
        """Show another picture, upright when it was ``turned`` by so many degrees clockwise; a null image shows none."""
        self._image = image
        self.view.set_picture(image, -round(turned / 90))
        self._show()

    def set_columns(self, columns: Sequence[Column], template: Template | None = None) -> None:
        """Show the table's columns, and what the picture gave."""
        self._columns, self._template = tuple(columns), template
        self._filling = True
        self.list.set_columns(columns)
        self._filling = False
        self._show()

    def _show(self) -> None:
        self._chosen()
        self.count.setText(tr("{count} columns", count=len(self._columns)) if self._columns else "")
        pictured = not self._image.isNull()
        self.view.setVisible(pictured)
        self.form.set_pictured(pictured)
        for button in (*self.picture_tools, *self.draw_buttons.values()):
            button.setVisible(pictured)
        self.pages.setCurrentWidget(self.split if pictured or self._columns else self.empty)
        warnings = self._template.warnings if self._template is not None and not self._template.columns else ()
        self.note.setText(" ".join(tr_sentence(w) for w in warnings))
        self.note.setVisible(bool(warnings))

    def _show_drawing(self, drawn: Drawing) -> None:
        for what, button in self.draw_buttons.items():
            button.setChecked(what is drawn)

    def _chosen(self) -> None:
        """The choice, or what it shows, has changed."""
        if self._filling:
            return
        chosen, place = self.list.chosen(), self.list.currentRow()
        self._place = place if place < len(self._columns) else -1
        self.view.set_columns(self._columns, chosen)
        column = self._columns[self._place] if self._place >= 0 else None
        if column is not None:
            offered = work.hints_of(self._template, self._place) if self._template is not None else ()
            self.form.show_column(column, self.view.crop(column), offered)
        else:
            self.form.show_column(None)
        self.remove_button.setEnabled(bool(chosen))
        self.up_button.setEnabled(bool(chosen) and chosen != list(range(len(chosen))))
        self.down_button.setEnabled(bool(chosen) and chosen[0] < len(self._columns) - len(chosen))
        self.merge_button.setEnabled(len(chosen) > 1)
        self.split_button.setEnabled(len(chosen) == 1)

    def commit(self) -> None:
        """Take over what is being typed."""
        self.form.commit()

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _box_clicked(self, place: int, together: bool) -> None:
        if together:
            self.list.setFocus()
            chosen = set(self.list.chosen()) ^ {place}
            self.list.choose(sorted(chosen), place if place in chosen else None)
        else:
            self._open(place)

    def _open(self, place: int) -> None:
        self.list.choose([place])
        self.form.edit_name()

    def _step(self, by: int) -> None:
        place = self.list.currentRow() + by
        if 0 <= place < len(self._columns):
            self.list.choose([place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list work in the picture as well."""
        name = command_of(event) if self.view.hasFocus() else ""
        if name:
            self._commands[name]()
        else:
            super().keyPressEvent(event)

    # -- wishes --------------------------------------------------------------------------------------------------------

    def _wish(self, columns: Columns, renamed: Sequence[tuple[str, str]] = ()) -> None:
        if columns != self._columns:
            self.columns_requested.emit(columns, tuple(renamed))

    def _edited(self, column: Column) -> None:
        place = self._place
        old = self._columns[place]
        columns = (*self._columns[:place], column, *self._columns[place + 1 :])
        self._wish(columns, [(old.name, column.name)] if column.name != old.name else [])

    def _rename(self, place: int, name: str) -> None:
        try:
            self._wish(*work.renamed(self._columns, place, name))
        except UsageError as error:
            self.failed.emit(error)
        self.set_columns(self._columns, self._template)

    def _shift(self, by: int) -> None:
        chosen = self.list.chosen()
        places = [i for i, column in enumerate(work.moved(self._columns, chosen, by)) if column in self._named(chosen)]
        current = min(max(0, self.list.currentRow() + by), len(self._columns) - 1)
        self._wish(work.moved(self._columns, chosen, by))
        self.list.choose(places, current if current in places else None)

    def _named(self, places: Sequence[int]) -> list[Column]:
        return [self._columns[i] for i in places]

    def _add(self, box: tuple[float, float, float, float] | None = None) -> None:
        at = self.view.place_for(box) if box is not None else self.list.currentRow() + 1 or len(self._columns)
        self._wish(work.added(self._columns, at, Column(tr("New column"), box=box)))
        if at < self.list.count():
            self._open(at)

    def _remove(self) -> None:
        chosen = self.list.chosen()
        if chosen:
            self._wish(work.removed(self._columns, chosen))
            self.list.choose([min(chosen[0], len(self._columns) - 1)] if self._columns else [])

    def _merge(self) -> None:
        chosen = self.list.chosen()
        if len(chosen) > 1:
            self._wish(*work.merged(self._columns, chosen))
            self._open(chosen[0])

    def _split(self) -> None:
        chosen = self.list.chosen()
        if len(chosen) == 1:
            self._wish(work.split(self._columns, chosen[0]))
            self.list.choose([chosen[0], chosen[0] + 1])
            self.list.setFocus()

    # -- menus and words -----------------------------------------------------------------------------------------------

    def _column_menu(self, place: int, at: QPoint) -> None:
        """What can be done with the column under the mouse, or with those chosen when it is one of them."""
        if place < 0:
            return
        if place not in self.list.chosen():
            self.list.choose([place])
        several = len(self.list.chosen()) > 1
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name, sign, words, keys, on in (
            ("open", "edit", tr("Correct the name"), "", not several),
            ("add", "add", tr("Add a column"), "Ins", True),
            ("merge", "merge", tr("Merge into one"), "Ctrl+M", several),
            ("split", "split", tr("Split in two"), "Ctrl+D", not several),
            ("up", "up", tr("Move to the left"), "Alt+↑", self.up_button.isEnabled()),
            ("down", "down", tr("Move to the right"), "Alt+↓", self.down_button.isEnabled()),
            ("remove", "remove", tr("Remove"), "Del", True),
        ):
            action = menu.addAction(icon(sign), f"{words}\t{keys}" if keys else words, self._commands[name])
            action.setEnabled(on)
        menu.popup(at)

    def _fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(icon("picture"), tr("Open a picture…"), self.picture_requested.emit)
        self.menu.addAction(icon("paste"), tr("Paste a picture or names"), self.paste_requested.emit)
        self.menu.addSeparator()
        self.menu.addAction(icon("edit"), tr("Type the columns…"), self.names_requested.emit)
        self.templates_menu.setTitle(tr("Start from a template"))
        self.templates_menu.setIcon(icon("template"))
        self.menu.addMenu(self.templates_menu)
        save = self.menu.addAction(icon("template"), tr("Save as a template…"), self.save_requested.emit)
        save.setEnabled(bool(self._columns))

    def offer_templates(self, names: Sequence[tuple[str, str]]) -> None:
        """Put templates into the menu: ``(name, what is wrong with its file or empty)``."""
        self.templates_menu.clear()
        self.templates_menu.setToolTipsVisible(True)
        for name, fault in names:
            sign = icon("warning" if fault else "template")
            action = QAction(sign, name.replace("&", "&&"), self.templates_menu)
            action.setToolTip(tr_sentence(fault))
            action.triggered.connect(lambda *_, name=name: self.template_requested.emit(name))
            self.templates_menu.addAction(action)
        if not names:
            self.templates_menu.addAction(tr("None saved yet")).setEnabled(False)

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(tr("Columns of the table"))
        self.view.setAccessibleName(tr("The picture of the table"))
        self.form.retranslate()
        self.empty.retranslate()
        self.set_columns(self._columns, self._template)
