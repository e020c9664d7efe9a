"""Rows, length of the review, the model, language and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from citegrid.core.errors import CiteGridError
from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.i18n import LANGUAGES, tr
from citegrid.gui.widgets.inputs import Choice, LevelForm, Number
from citegrid.store.model_files import models

COLOURS = {"system": "As the system", "light": "Light", "dark": "Dark"}


@dataclass(frozen=True, slots=True)
class Preferred:
    """What a person prefers; 0 rows or 0 length mean: as the query says, no model: the default one."""

    rows: int
    length: int
    language: str
    colours: str
    model: str
    use_card: bool = True


class PreferencesDialog(QDialog):
    """``chosen(Preferred)`` when it is accepted."""

    chosen = Signal(object)

    def __init__(self, now: Preferred, servers: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        form = LevelForm()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.rows = self._number(now.rows, 60, 1)
        self.length = self._number(now.length, 20000, 100)
        self.language = self._choice(LANGUAGES, now.language)
        self.colours = self._choice({kind: tr(name) for kind, name in COLOURS.items()}, now.colours)
        self.model = self._choice(_models(servers), now.model)
        self.card = QCheckBox(tr("Use the graphics card where there is one"))
        self.card.setChecked(now.use_card)
        form.addRow(tr("Rows at most, the paper included"), self.rows)
        form.addRow(tr("Length of the review (characters or words)"), self.length)
        form.addRow(tr("Language model"), self.model)
        form.addRow("", self.card)
        form.addRow(tr("Language of the window"), self.language)
        form.addRow(tr("Colours"), self.colours)
        buttons, _ = ok_and_cancel(self, tr("OK"))
        self.accepted.connect(self._emit_changes)
        column.addLayout(form)
        column.addWidget(buttons)

    def _number(self, value: int, most: int, step: int) -> Number:
        box = Number()
        box.setRange(0, most)
        box.setSingleStep(step)
        box.setSpecialValueText(tr("Automatic, as the question says"))
        box.setValue(value)
        return box

    def _choice(self, words: dict[str, str], chosen: str) -> Choice:
        box = Choice()
        for code, name in words.items():
            box.addItem(name, code)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def _emit_changes(self) -> None:
        chosen = Preferred(
            self.rows.value(),
            self.length.value(),
            self.language.currentData(),
            self.colours.currentData(),
            self.model.currentData(),
            self.card.isChecked(),
        )
        self.chosen.emit(chosen)


def _models(servers: Sequence[str]) -> dict[str, str]:
    """The models that can be used now, those of ``servers`` too, by what the settings keep of them."""
    found = {"": tr("The default one")}
    try:
        for model in (*models.list_models(), *models.served_models(servers)):
            if model.usable and not model.default:
                found[model.choice] = model.name
    except CiteGridError:
        return found  # the model manager says what is wrong
    return found
