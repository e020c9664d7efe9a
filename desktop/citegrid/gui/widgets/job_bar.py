"""The line at the foot: what is being done, on which row, how fast, how long still; and how much is checked."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from citegrid.concurrency.jobs import Job, JobState, JobStep
from citegrid.core.project import Project
from citegrid.core.table import Status
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.status_style import needs_check
from citegrid.gui.widgets.elided_label import Elided

#: The job that can be paused.
FILLING = "Filling the table"


#: Steps that tell how fast it goes.
FEW = 12


class Speed:
    """Measures steps a minute of one phase, and from it the time left.

    ``usual`` is how many seconds a step took the last time: the first steps, some of which take no time at all, say
    little, and until there are FEW of them the time left is told by it.
    """

    def __init__(self, usual: float = 0.0) -> None:
        self.usual = usual
        self._phase = ""
        self._first = (0.0, 0)

    def forget(self) -> None:
        """Measure anew: time went by without work."""
        self._phase = ""

    def measure(self, phase: str, done: int, total: int, now: float) -> tuple[float, float]:
        """``(steps a minute, seconds left)``; zeros while nothing can be said."""
        if phase != self._phase or done < self._first[1]:
            self._phase, self._first = phase, (now, done)
        seconds, steps = now - self._first[0], done - self._first[1]
        if total <= 0:
            return 0.0, 0.0
        if steps < FEW and self.usual:
            return 0.0, (total - done) * self.usual
        if seconds < 1.0 or steps < 1:
            return 0.0, 0.0
        self.usual = seconds / steps if steps >= FEW else self.usual
        return 60 * steps / seconds, (total - done) * seconds / steps


def spoken_time(seconds: float) -> str:
    """``1 min 20 s``; in steps of five seconds, so that it does not flicker, and of minutes when there are many."""
    whole = max(5, int(-(-seconds // 5) * 5))
    if whole >= 600:
        return tr("{minutes} min", minutes=-(-whole // 60))
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    return tr("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)


class JobStrip(QWidget):
    """Shows the newest job that is under way."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 6)
        row.setSpacing(10)
        self.setFixedHeight(38)
        self.what = Elided(24)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.detail = Elided()
        self.detail.setObjectName("dim")
        self.pace = QLabel()
        self.pace.setObjectName("dim")
        self.cancel = QToolButton()
        self.cancel.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.cancel.setIcon(theme.icon("stop"))
        self.cancel.setIconSize(QSize(14, 14))
        self.cancel.clicked.connect(self.stop)
        self.pause = QToolButton()
        self.pause.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.pause.setIconSize(QSize(14, 14))
        self.pause.setCheckable(True)
        self.pause.clicked.connect(self._pause)
        self._look = QTimer(self)
        self._look.setInterval(100)
        self._look.timeout.connect(self._show)
        self.checked = QLabel()
        self.checked.setObjectName("dim")
        for widget in (self.what, self.bar, self.pace, self.pause, self.cancel):
            row.addWidget(widget)
        row.addWidget(self.detail, 1)
        row.addWidget(self.checked)
        self._jobs: list[Job[object]] = []
        self._speed, self._other = Speed(), Speed()
        self._project: Project | None = None
        self._said = ""
        self._hint = ""
        self._show()

    @property
    def usual_pace(self) -> float:
        """Seconds a cell took the last time; 0.0 while none was filled."""
        return self._speed.usual

    def set_usual_pace(self, seconds: float) -> None:
        """Tell how long a cell took the last time, on this computer."""
        self._speed.usual = seconds

    @property
    def busy(self) -> bool:
        """Whether some job is under way."""
        return any(job.running for job in self._jobs)

    def follow(self, job: Job[object]) -> None:
        """A job began, moved on or ended."""
        if job.running and job not in self._jobs:
            self._jobs.append(job)
            self._said = ""
        if not job.running and job in self._jobs:
            self._jobs.remove(job)
            if job.state is JobState.CANCELLED:
                self._said = tr("Stopped. What was done is kept.")
        self._show()

    def forget(self) -> None:
        """Another project is open: what became of the last job of the one before is no news any more."""
        self._said = ""
        self._show()

    def show_project(self, project: Project) -> None:
        """Count what is filled and checked."""
        self._project = project
        cells = [cell for row in project.table.rows for cell in row.cells]
        filled = [cell for cell in cells if cell.status is not Status.WAITING]
        done = sum(not needs_check(cell) for cell in filled)
        self.checked.setText(tr("{done} / {total} checked", done=done, total=len(filled)) if filled else "")

    def stop(self) -> None:
        """Ask all jobs to stop."""
        for job in self._jobs:
            job.cancel()
        self.cancel.setEnabled(False)
        self.cancel.setText(tr("Stopping…"))

    def toggle_pause(self) -> None:
        """Hold the filling that is under way, or let it go on; nothing when there is none."""
        if self._pausable() is not None:
            self.pause.click()

    def _pausable(self) -> Job[object] | None:
        return next((job for job in self._jobs if job.name == FILLING), None)

    def _pause(self) -> None:
        job = self._pausable()
        if job is not None:
            job.pause(not job.paused)
            self._speed.forget()
        self._show()

    def say_keys(self, hint: str) -> None:
        """What stands here while nothing is done: the keys that work where the person is; empty: that all is ready."""
        self._hint = hint
        self._show()

    def _show_pause(self) -> None:
        job = self._pausable()
        self.pause.setVisible(job is not None)
        paused = job is not None and job.paused
        self.pause.setChecked(paused)
        self.pause.setIcon(theme.icon("fill" if paused else "pause"))
        self.pause.setText(tr("Go on") if paused else tr("Pause"))
        if paused and not self._look.isActive():
            self._look.start()  # the work comes to rest between two steps, which nobody reports
        elif not paused:
            self._look.stop()

    def _show(self) -> None:
        job = self._jobs[-1] if self._jobs else None
        for widget in (self.bar, self.pace, self.cancel):
            widget.setVisible(job is not None)
        self._show_pause()
        if job is None:
            self.what.setText(self._said or self._hint or tr("Ready"))
            self.detail.clear()
        elif job.paused:
            self.what.setText(tr("Paused. What was done is kept.") if job.resting else tr("Pausing after this step…"))
            self.pace.setText(_count(job.step))
        else:
            self._show_progress(job)

    def _show_progress(self, job: Job[object]) -> None:
        step = job.step
        self.what.setText(tr_sentence(step.phase or job.name))
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        self.pace.setText(" · ".join(filter(None, (_count(step), *self._pace(step)))))
        self.detail.setText(tr_sentence(step.detail))
        if not job.flag.cancelled():
            self.cancel.setEnabled(True)
            self.cancel.setText(tr("Cancel"))

    def _pace(self, step: JobStep) -> list[str]:
        """How fast it goes, and how long it will take; nothing while that is not known."""
        speed = self._speed if step.phase == FILLING else self._other
        rate, left = speed.measure(step.phase, step.done, step.total, time.monotonic())
        if not left:
            return []
        said = tr("{rate} cells a minute", rate=round(rate)) if rate and step.phase == FILLING else ""
        return [said, tr("{time} left", time=spoken_time(left))]

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.cancel.setText(tr("Stopping…") if self._jobs and not self.cancel.isEnabled() else tr("Cancel"))
        self.cancel.setToolTip(tr("Stop; what was done is kept"))
        self.pause.setToolTip(tr("Hold the filling, to have the computer for yourself, and let it go on later (F9)"))
        self.setAccessibleName(tr("What is being done"))
        self._said = ""
        self._show()
        if self._project is not None:
            self.show_project(self._project)


def _count(step: JobStep) -> str:
    return f"{step.done} / {step.total}" if step.total else ""
