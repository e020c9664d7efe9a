"""The language models on this computer: which there are, which is used; fetch one, check its bytes, take in one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from citegrid.concurrency.jobs import Job, JobQueue, JobState
from citegrid.core.errors import CiteGridError
from citegrid.core.model.endpoint import ModelChoice, endpoint_of
from citegrid.core.model.examination import Examination
from citegrid.gui.bridge import Bridge
from citegrid.gui.dialogs.language_models.rows import HEADERS, NOT_FETCHED, ROW, columns_of
from citegrid.gui.dialogs.language_models.server import ServerDialog
from citegrid.gui.i18n import language, tr, tr_sentence
from citegrid.gui.settings import Settings
from citegrid.ports import Cancel, Progress
from citegrid.store import paths
from citegrid.store.model_files import models
from citegrid.store.model_files.recommend import Recommendation
from citegrid.wiring import add_model
from citegrid.workbench.language_models import LanguageModels, examination_said, offer_said

Task = Callable[[Progress, Cancel], object]


class ModelsDialog(QDialog):
    """Not modal: a download goes on beside the work, and stops when the dialog is closed; it can be taken up again."""

    def __init__(self, settings: Settings, finding: LanguageModels, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Models"))
        self.resize(970, 580)
        self._settings, self._finding = settings, finding
        self._bridge = Bridge()
        self._queue = JobQueue("models", self._bridge.post)
        self._job: Job[object] | None = None
        self._found: list[models.Model] = []
        self._told: dict[str, Recommendation] = {}
        self._closed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        lead = QLabel(
            tr(
                "The model puts what the paper says into words. It runs on this computer, or on a server that you name. Without a "
                "server, only fetching a model uses the network."
            )
        )
        lead.setWordWrap(True)
        column.addWidget(lead)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(tr("Models"))
        self.list.setHeaderLabels([tr(name) for name in HEADERS])
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for i in (1, 2, 3, 4):
            self.list.header().setSectionResizeMode(i, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(lambda *_: self._show_found())
        column.addWidget(self.list, 1)
        self.offer, self.where, self.found = QLabel(), QLabel(), QLabel()
        self.offer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for line in (self.offer, self.found, self.where):
            line.setWordWrap(True)
            column.addWidget(line)
        self._show_where()
        self._add_buttons(column)
        self._add_foot(column)
        try:
            self._take_told(finding.recommended(language(), measure=False))
        except CiteGridError as error:
            self._say(error)
            self._refresh()

    def _add_buttons(self, column: QVBoxLayout) -> None:
        """What can be done with the chosen model, and below it with all of them."""
        self.use = self._worded("Use this one", self._use)
        self.translate = self._worded("Let it translate", self._let_translate)
        self.translate.setToolTip(tr("It translates, and the model in use does all else; both take memory"))
        self.fetch = self._worded("Fetch it", self._fetch)
        self.check = self._worded("Check its bytes", self._check)
        self.examine = self._worded("Examine it", self._examine)
        self.forget = self._worded("Forget it", self._forget)
        self.measure = self._worded("Which fits?", self._measure)
        self.measure.setToolTip(
            tr("Measure the default model for some seconds, and say what a table takes with each model")
        )
        self.add = self._worded("Add a file…", self._ask_file)
        self.server = self._worded("Use a server…", self._ask_server)
        self.folder = self._worded("Show the folder", self._show_folder)
        one = (self.use, self.translate, self.fetch, self.check, self.examine, self.forget)
        for group in (one, (self.measure, self.add, self.server, self.folder)):
            row = QHBoxLayout()
            for button in group:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)

    def _add_foot(self, column: QVBoxLayout) -> None:
        """What is being done and what came of it, and the ends."""
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stop = self._worded("Stop", self._stop)
        self.done_ = self._worded("Close", self.close)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.stop)
        below.addWidget(self.done_)
        column.addWidget(self.bar)
        column.addLayout(below)

    def _worded(self, words: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(tr(words))
        button.setAutoDefault(False)
        button.clicked.connect(lambda *_: call())
        return button

    # -- what is shown -------------------------------------------------------------------------------------------------

    @staticmethod
    def _mark(model: models.Model) -> str:
        """That a model is the one that fills; where it must be fetched first, that it will be."""
        return f"✓ {tr('in use')}" if model.usable else f"· {tr('used once it is downloaded')}"

    def _marks(self, model: models.Model) -> list[str]:
        marks = [self._mark(model)] if self._used(model) else []
        return [*marks, f"✓ {tr('translates')}"] if self._translates(model) else marks

    def _refresh(self) -> None:
        chosen = self._chosen()
        try:
            self._found = [*models.list_models(), *models.served_models(self._settings.servers)]
        except CiteGridError as error:
            self._found = []
            self._say(error)
        self.list.clear()
        for model in self._found:
            item = QTreeWidgetItem(columns_of(model, self._marks(model), self._told.get(model.id)))
            item.setSizeHint(0, QSize(0, ROW))  # before the style is known, rows would be made lower for good
            item.setToolTip(0, model.id if model.served else str(model.path))
            self.list.addTopLevelItem(item)
            if chosen is not None and model.id == chosen.id:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._enable()

    def _used(self, model: models.Model) -> bool:
        name = self._settings.model
        return model.default if not name else name in (model.id, model.choice)

    def _translates(self, model: models.Model) -> bool:
        return bool(self._settings.translator) and self._settings.translator in (model.id, str(model.path))

    def _chosen(self) -> models.Model | None:
        item = self.list.currentItem()
        at = self.list.indexOfTopLevelItem(item) if item is not None else -1
        return self._found[at] if 0 <= at < len(self._found) else None

    def _enable(self) -> None:
        model, busy = self._chosen(), self._job is not None
        here = model is not None and model.state == "here"
        served = model is not None and model.served
        self.use.setEnabled(model is not None and model.usable and not self._used(model))
        translates = model is not None and self._translates(model)
        self.translate.setText(tr("No longer translate") if translates else tr("Let it translate"))
        self.translate.setEnabled(translates or (model is not None and model.usable and not self._used(model)))
        for button in (self.fetch, self.check):
            button.setVisible(not served)
        self.forget.setVisible(served)
        self.forget.setEnabled(not busy)
        self.examine.setEnabled(not busy and model is not None and model.usable)
        self.fetch.setEnabled(not busy and model is not None and model.known and model.state not in NOT_FETCHED)
        self.measure.setEnabled(not busy)
        self.fetch.setText(
            tr("Go on fetching") if model is not None and model.state == "partly here" else tr("Fetch it")
        )
        self.check.setEnabled(not busy and here)
        self.add.setEnabled(not busy)
        self.stop.setVisible(busy)
        self.bar.setVisible(busy)

    def _say(self, error: CiteGridError) -> None:
        self.said.setText(f"{tr_sentence(error.sentence)} {tr_sentence(error.hint)}".strip())

    # -- wishes --------------------------------------------------------------------------------------------------------

    def _use(self) -> None:
        model = self._chosen()
        if model is not None:
            self._settings.model = model.choice
            self.said.setText(tr("{name} fills the table from now on.", name=model.name))
            self._refresh()

    def _let_translate(self) -> None:
        """The chosen model translates from now on, or no longer does; the one in use does all else."""
        model = self._chosen()
        if model is None:
            return
        off = self._translates(model)
        self._settings.translator = "" if off else model.id if model.known or model.served else str(model.path)
        self._finding.translate_with(self._settings.translator, self._settings.servers)
        said = "The model in use translates, too." if off else "{name} translates from now on."
        self.said.setText(tr(said, name=model.name))
        self._refresh()

    def _fetch(self) -> None:
        model = self._chosen()
        if model is not None:
            done = tr("{name} is here, and its bytes are as its publisher lists them.", name=model.name)
            self._start(lambda progress, cancel: models.fetch(model.id, progress, cancel), done)

    def _check(self) -> None:
        model = self._chosen()
        if model is not None:
            self._start(lambda progress, cancel: models.verify(model.path, progress, cancel), "")

    def _measure(self) -> None:
        self.bar.setRange(0, 0)
        self.said.setText("")
        self._job = self._finding.measure(language(), self._follow_elsewhere)  # type: ignore[assignment]
        self._enable()

    def _take_told(self, told: list[Recommendation]) -> None:
        """Say of each model whether it fits; of the best one, that it is."""
        self._told = {one.model.id: one for one in told}
        best = next((one for one in told if one.best), None)
        if best is not None and best.seconds:
            minutes = max(1, round(best.seconds / 60))
            self.said.setText(
                tr(
                    "The largest that fits and is quick enough is {name}: about {minutes} min for a table of 10 works and 6 columns.",
                    name=best.model.name,
                    minutes=minutes,
                )
            )
        self._refresh()

    def _show_where(self) -> None:
        """Say where the loaded model computes, where one is loaded."""
        where = self._finding.where()
        self.where.setText(tr_sentence(where) if where is not None else "")
        self.where.setVisible(where is not None)

    def _show_found(self) -> None:
        """Say what the examination of the chosen model found, where it was examined."""
        self._enable()
        model = self._chosen()
        self.offer.setText(tr_sentence(offer_said(model)) if model is not None and model.publisher else "")
        found = self._finding.examined(self._choice_of(model)) if model is not None and model.usable else None
        self.found.setText(self._found_said(found) if found is not None else "")
        self.found.setVisible(found is not None)
        self.offer.setVisible(bool(self.offer.text()))

    @staticmethod
    def _choice_of(model: models.Model) -> ModelChoice:
        return endpoint_of(model.id) if model.served else model.path

    @staticmethod
    def _found_said(found: Examination) -> str:
        return tr("Examined: {found}", found=" · ".join(map(tr_sentence, examination_said(found))))

    def _examine(self) -> None:
        model = self._chosen()
        if model is not None and model.usable and self._job is None:
            self.bar.setRange(0, 0)
            self.said.setText("")
            self._job = self._finding.examine(self._choice_of(model), self._follow_elsewhere)  # type: ignore[assignment]
            self._enable()

    def _follow_elsewhere(self, job: Job[Any]) -> None:
        """Follow a job that uses the loaded model, and so waits for a fill."""
        if not self._closed:
            self._follow(job, "")

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("Add a model"), str(Path.home()), "GGUF (*.gguf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_in(Path(name)))
        dialog.open()

    def take_in(self, path: Path) -> None:
        """Take a person's own model file in."""
        done = tr("{name} is added.", name=path.name)
        self._start(lambda progress, cancel: add_model(path, progress, cancel), done)

    def _ask_server(self) -> None:
        dialog = ServerDialog(self._finding, self)
        dialog.chosen.connect(self._take_server)
        dialog.open()

    def _take_server(self, address: str, key: str) -> None:
        """Use the model of a server from now on, and list it."""
        self._settings.servers = [*(one for one in self._settings.servers if one != address), address]
        self._settings.model = address
        self._refresh()
        self.said.setText(f"{tr('{name} fills the table from now on.', name=address)} {key}".strip())

    def _forget(self) -> None:
        model = self._chosen()
        if model is not None and model.served:
            self._settings.servers = [one for one in self._settings.servers if one != model.id]
            self._settings.model = "" if self._used(model) else self._settings.model
            if self._translates(model):
                self._let_translate()
            self._refresh()
            endpoint = endpoint_of(model.id)
            if all(endpoint_of(one).address != endpoint.address for one in self._settings.servers):
                self._start(lambda progress, cancel: self._finding.forget_key(endpoint), "")

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.models_folder())))

    def _start(self, task: Task, done: str) -> None:
        if self._job is not None:
            return
        self.bar.setRange(0, 0)
        self.said.setText("")
        self._job = self._queue.start("Models", task, lambda job: self._follow(job, done))
        self._enable()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)

    def _follow(self, job: Job[object], done: str) -> None:
        if job.running:
            step = job.step
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            count = f" · {step.done} / {step.total}" if step.total else ""
            self.said.setText(f"{tr_sentence(step.phase)}{count}")
            return
        self._job = None
        self.stop.setEnabled(True)
        if job.state is JobState.DONE:
            found = job.result(0)
            self.said.setText(self._verified(found) if isinstance(found, models.Verified) else done)
            if isinstance(found, list):
                self._take_told(found)
            self._show_where()
        elif job.state is JobState.CANCELLED:
            self.said.setText(tr("Stopped. What was fetched is kept, and fetching goes on from there."))
        elif job.error is not None:
            self._say(job.error)
        self._refresh()

    def _verified(self, found: models.Verified) -> str:
        name, start = found.path.name, found.sha256[:16]
        if found.listed:
            return tr("{name} is whole: its checksum {start}… is the one its publisher lists.", name=name, start=start)
        return tr("{name} is whole: its checksum {start}… is the one it had when it was added.", name=name, start=start)

    # -- end -----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closed = True
        self._stop()
        self._bridge.shut()
        self._queue.close()  # ends within a moment: every loop of a fetch or a check asks whether it shall stop
        super().closeEvent(event)
