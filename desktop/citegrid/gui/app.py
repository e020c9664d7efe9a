"""Starts the window: arguments, application, Workbench, event loop, and an end that never hangs."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Post
from citegrid.core.messages import say
from citegrid.screen import missing, system_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from citegrid.gui.window import Window
    from citegrid.workbench.workbench import Workbench

#: The exit code of a program that was told to end.
INTERRUPTED = 130
#: OpenCV's wheel may point Qt to plugins of its own; ours would then not load.
STRAYS = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "QT_PLUGIN_PATH")


def drop_strays() -> None:
    """Forget Qt paths that lead into OpenCV's package."""
    for name in STRAYS:
        if "cv2" in os.environ.get(name, ""):
            del os.environ[name]


def make_application() -> QApplication:
    """The one QApplication, named and dressed for the system's colours."""
    drop_strays()
    from PySide6.QtWidgets import QApplication

    from citegrid import __version__
    from citegrid.gui import theme
    from citegrid.gui.gc_pauses import breathe

    breathe()
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("CiteGrid")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("citegrid")
    app.setFont(theme.with_chinese(app.font()))
    theme.apply(app, theme.system_theme())
    return app


def run(
    factory: Callable[[Post], Workbench],
    *,
    project: Path | None = None,
    paper: Path | None = None,
    picture: Path | None = None,
    query: str = "",
    fill: bool = False,
    sample: bool = False,
    language: str = "",
) -> int:
    """Show the window until it is closed; the exit code.  ``fill`` begins as soon as both files are read."""
    app = make_application()
    from citegrid.gui import theme
    from citegrid.gui.bridge import Bridge
    from citegrid.gui.gc_pauses import settle
    from citegrid.gui.i18n import language as read_language
    from citegrid.gui.i18n import set_language
    from citegrid.gui.interrupt import on_interrupt
    from citegrid.gui.settings import Settings
    from citegrid.gui.window import Window
    from citegrid.store.activity_log import ActivityLog, system
    from citegrid.store.paths import state_folder
    from citegrid.workbench.help.diary import Diary

    settings = Settings()
    set_language(language or settings.language)
    bridge = Bridge()
    workbench = factory(bridge.post)
    log = ActivityLog(state_folder())
    log.note("window", system=system())
    Diary(workbench.session, log)
    workbench.files.new(None, "", read_language())  # the query begins in the language of the window
    window = Window(workbench, settings)

    def dress() -> None:
        theme.wear(settings.colours)
        window.retranslate()

    dress()
    app.styleHints().colorSchemeChanged.connect(lambda _: dress())
    end_listening = window.problems.listen(bridge.post)
    window.show()

    def leave() -> None:
        window.leave()
        app.exit(INTERRUPTED)

    end_hearing = on_interrupt(leave)
    workbench.papers.get_ready(settle)
    begin(window, project, paper, picture, query, fill=fill, sample=sample)
    code = app.exec()
    end_hearing()
    end_listening()
    leave_clipboard()
    bridge.shut()
    log.note("closed", code=code)
    end(workbench, code)
    return code


def begin(
    window: Window,
    project: Path | None,
    paper: Path | None,
    picture: Path | None,
    query: str,
    *,
    fill: bool,
    sample: bool,
) -> None:
    """Open what was named; ``query`` is asked of it, whatever it brought along, and ``fill`` waits until all is read."""
    if project is not None:
        window.files.open_project(project, beside=False)
    if sample:
        window.files.open_sample()
    if query:
        window.workbench.table.set_query(query)
    if paper is not None:
        window.files.open_paper(paper)
    if picture is not None:
        window.files.open_picture(picture)
    if fill:
        window.filling.when_ready()


def leave_clipboard() -> None:
    """Leave what was copied as plain text: Qt crashes at exit while the clipboard holds data made in Python."""
    from PySide6.QtWidgets import QApplication

    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.setText(clipboard.text())


def end(workbench: Workbench, code: int = 0) -> None:
    """Close the Workbench; when a thread will not stop, leave without it (everything is saved already)."""
    saving = workbench.session.saving
    closing = threading.Thread(target=workbench.close, daemon=True)
    closing.start()
    closing.join(0.5 if code == INTERRUPTED and not saving else 5.0)
    if closing.is_alive():
        sys.stderr.write("CiteGrid closed without waiting for a task that did not stop.\n")
        sys.stderr.flush()
        os._exit(code)


def parser() -> argparse.ArgumentParser:
    """What ``citegrid open`` understands."""
    made = argparse.ArgumentParser(prog="citegrid open", description="Open the window.")
    made.add_argument("project", nargs="?", type=Path, help="a project folder")
    made.add_argument("--pdf", type=Path, help="the paper")
    made.add_argument("--image", type=Path, help="the picture of the table")
    made.add_argument("--query", default="", help="what to collect, and how long the review shall be")
    made.add_argument("--fill", action="store_true", help="fill as soon as both are read")
    made.add_argument("--sample", action="store_true", help="open the sample project")
    made.add_argument("--language", choices=("zh", "en"), default="", help="language of the window")
    return made


def main(argv: Sequence[str]) -> int:
    """The window for ``citegrid`` and ``citegrid open …``; the exit code."""
    args = parser().parse_args(list(argv))
    lacking = missing()
    if lacking is not None:  # Qt would end the program without a word that helps
        sys.stderr.write(f"citegrid: {say(lacking, args.language or system_language())}\n")
        return 1
    try:
        drop_strays()
        from citegrid.wiring import build_for_window
    except ImportError as fault:
        sys.stderr.write(f"The window cannot start: {fault}. Run “citegrid doctor” to see what is missing.\n")
        return 1
    return run(
        build_for_window,
        project=args.project,
        paper=args.pdf,
        picture=args.image,
        query=args.query,
        fill=args.fill,
        sample=args.sample,
        language=args.language,
    )
