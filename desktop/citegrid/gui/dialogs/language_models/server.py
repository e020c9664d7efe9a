"""A model server: its address, which of its models, a trial, and the question before anything leaves this computer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from citegrid.concurrency.jobs import Job, JobQueue, JobState
from citegrid.core.errors import CiteGridError
from citegrid.core.model.endpoint import Endpoint, ServerFacts, endpoint_of, is_address, shown
from citegrid.gui.bridge import Bridge
from citegrid.gui.dialogs.buttons import message, ok_and_cancel
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.widgets.inputs import Choice, LevelForm
from citegrid.ports import Cancel, Progress
from citegrid.workbench.language_models import LanguageModels, facts_said, key_said, question_of

USUAL = "http://127.0.0.1:8080/v1"


class ServerDialog(QDialog):
    """``chosen(address, said)`` when a server is to be used, for one that is elsewhere only after the person agreed; ``said`` is
    where its key is now, where one was given."""

    chosen = Signal(str, str)

    def __init__(self, models: LanguageModels, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Use a server"))
        self.setMinimumWidth(560)
        self._models = models
        self._bridge = Bridge()
        self._queue = JobQueue("server", self._bridge.post)
        self._job: Job[object] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        lead = QLabel(
            tr(
                "llama-server, Ollama, LM Studio and vLLM can run a model for CiteGrid. Start one of them and give its address here."
            )
        )
        lead.setWordWrap(True)
        column.addWidget(lead)
        self.address = QLineEdit(USUAL)
        self.address.selectAll()
        self.address.setPlaceholderText(USUAL)
        self.address.textChanged.connect(lambda *_: self._forget_names())
        self.address.setAccessibleName(tr("Address"))
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText(tr("only for a server that asks for one"))
        self.key.setToolTip(
            tr("Kept in this system's keyring where it has one, else until CiteGrid is closed; never in a file.")
        )
        self.key.setAccessibleName(tr("Key"))
        self.names = Choice()
        self.names.setAccessibleName(tr("Model"))
        self.look = self._worded("Look for its models", self._look)
        self.test = self._worded("Test it", self._test)
        form = LevelForm()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(tr("Address"), self._beside(self.address, self.look))
        form.addRow(tr("Key"), self.key)
        form.addRow(tr("Model"), self._beside(self.names, self.test))
        column.addLayout(form)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(3 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.said)
        buttons, self.use = ok_and_cancel(self, tr("Use this server"))
        column.addWidget(buttons)
        self._enable()

    def _worded(self, words: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(tr(words))
        button.setAutoDefault(False)
        button.clicked.connect(lambda *_: call())
        return button

    @staticmethod
    def _beside(field: QWidget, button: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        return row

    # -- what is typed -------------------------------------------------------------------------------------------------

    def _endpoint(self) -> Endpoint:
        """What was typed, with the model that is chosen; raises UsageError."""
        typed = self.address.text().strip()
        endpoint = endpoint_of(typed if is_address(typed) else f"http://{typed}")
        return endpoint if endpoint.model else endpoint_of(f"{endpoint.address}#{self.names.currentData() or ''}")

    def _forget_names(self) -> None:
        """The models of another address are not those of this one."""
        self.names.clear()
        self._enable()

    def _enable(self) -> None:
        idle = self._job is None
        for button in (self.look, self.test, self.use):
            button.setEnabled(idle and bool(self.address.text().strip()))
        self.names.setEnabled(idle and self.names.count() > 0)

    def _say(self, error: CiteGridError) -> None:
        self.said.setText(f"{tr_sentence(error.sentence)} {tr_sentence(error.hint)}".strip())

    # -- looking and trying --------------------------------------------------------------------------------------------

    def _look(self) -> None:
        self._start(self._models.names, self._take_names)

    def _test(self) -> None:
        self._start(self._models.facts, self._take_facts)

    def _start(self, ask: Callable[[Endpoint, Cancel], object], take: Callable[[object], None]) -> None:
        try:
            endpoint = self._endpoint()
        except CiteGridError as error:
            self._say(error)
            return

        key = self.key.text().strip()

        def work(progress: Progress, cancel: Cancel) -> object:
            if key:
                self._models.use_key(endpoint, key)
            return ask(endpoint, cancel)

        self.said.setText(tr("Asking the server …"))
        self._job = self._queue.start("Models", work, lambda job: self._follow(job, take))
        self._enable()

    def _follow(self, job: Job[object], take: Callable[[object], None]) -> None:
        if job.running:
            return
        self._job = None
        if job.state is JobState.DONE:
            take(job.result(0))
        elif job.error is not None:
            self._say(job.error)
        self._enable()

    def _take_names(self, found: object) -> None:
        names = found if isinstance(found, tuple) else ()
        self.names.clear()
        for name in names:
            self.names.addItem(shown(name), name)
        self.said.setText(tr("Models there: {count}.", count=len(names)))

    def _take_facts(self, found: object) -> None:
        if isinstance(found, ServerFacts):
            before = self.names.currentData()
            self._take_names(found.models)
            self.names.setCurrentIndex(max(0, self.names.findData(before)))
            self.said.setText(tr_sentence(facts_said(found)))

    # -- end -----------------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Use the server; the person is asked first where it is not this computer."""
        try:
            endpoint = self._endpoint()
        except CiteGridError as error:
            self._say(error)
            return
        if endpoint.local:
            self._take(endpoint)
        else:
            self._ask(endpoint)

    def _ask(self, endpoint: Endpoint) -> None:
        asked = tr("Send what your papers say to another computer?")
        box = message(self, "warning", asked, tr_sentence(question_of(endpoint)))
        agree = box.addButton(tr("Send it there"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Go back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.buttonClicked.connect(lambda button: self._take(endpoint) if button is agree else None)
        box.open()

    def _take(self, endpoint: Endpoint) -> None:
        """Use it; a key that was typed is kept first, beside the window, for a keyring may ask to be opened."""
        key = self.key.text().strip()
        if key:
            self._start(lambda _, __: self._models.keep_key(endpoint, key), lambda kept: self._chosen(endpoint, kept))
        else:
            self._chosen(endpoint)

    def _chosen(self, endpoint: Endpoint, kept: object = None) -> None:
        said = key_said(kept) if isinstance(kept, bool) else ""
        self.chosen.emit(str(endpoint), tr_sentence(said) if said else "")
        super().accept()
        self._end()

    def reject(self) -> None:
        self._end()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        self._bridge.shut()
        self._queue.close()
